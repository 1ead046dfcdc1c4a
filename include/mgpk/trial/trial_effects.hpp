// Find what a trial has published.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/trial/trial_effects_table.hpp>

namespace mgpk::trial {

/// All names, in the order of `trial_effects`.
inline std::array<std::string_view, trial_effects.size()> trial_effect_names() {
  std::array<std::string_view, trial_effects.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = trial_effects[i].key;
  return names;
}

/// @throws UnknownNameError with the nearest names.
inline const TrialEffect& trial_effect(std::string_view name) {
  for (const TrialEffect& row : trial_effects)
    if (row.key == name) return row;
  fail_unknown_name("a trial effect must be one of the table", name, trial_effect_names(),
                    "known are " + quoted_list(trial_effect_names(), "and"));
}

/// Those of one effect, such as "sleep".
inline std::vector<std::string_view> trial_effects_of(std::string_view effect) {
  std::vector<std::string_view> keys;
  for (const TrialEffect& row : trial_effects)
    if (row.effect == effect) keys.push_back(row.key);
  return keys;
}

}  // namespace mgpk::trial
