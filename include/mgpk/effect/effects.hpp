// Find an effect by its name, and what of it wants verifying.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <mgpk/effect/effects_table.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/reference.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::effect {

/// All names, in the order of `effects`.
inline std::array<std::string_view, effects.size()> effect_names() {
  std::array<std::string_view, effects.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = effects[i].key;
  return names;
}

/// @throws UnknownNameError with the nearest names.
inline const Effect& effect(std::string_view name) {
  for (const Effect& row : effects)
    if (row.key == name) return row;
  fail_unknown_name("an effect must be one of the table", name, effect_names(),
                    "known are " + quoted_list(effect_names(), "and"));
}

/// The words of a list that is parted by spaces.
inline std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const std::size_t end = list.find(' ');
    if (end != 0) words.push_back(list.substr(0, end));
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
  }
  return words;
}

/// Whether a parameter rests on a source that is only remembered.
inline bool is_recalled(std::string_view parameter_key) {
  const auto reference = evidence::parameter(parameter_key).reference;
  for (const auto& source : evidence::references)
    if (source.key == reference) return source.provenance == evidence::Provenance::recalled;
  return false;
}

/// The parameters of an effect that are remembered and not yet verified.
inline std::vector<std::string_view> to_verify(const Effect& effect) {
  std::vector<std::string_view> keys;
  for (const auto key : words_of(effect.parameters))
    if (is_recalled(key)) keys.push_back(key);
  return keys;
}

/// What says why an effect has no columns.
inline std::string why_not_computed(const Effect& effect) {
  return "\"" + std::string(effect.key) + "\" (" + rank_in_words(effect) +
         ") is documented and not computed: " + std::string(effect.why_not);
}

}  // namespace mgpk::effect
