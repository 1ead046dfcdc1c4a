// Units as people write them: "mg/L", "mmol_per_L", "hours".
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

#include <mgpk/nearest_name.hpp>

namespace mgpk::record::detail {

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Hours in a unit of time; 0 for what is none.
inline double h_per_unit(std::string_view unit) {
  const std::string word = lower_case(unit);
  if (is_one_of(word, {"h", "hr", "hrs", "hour", "hours"})) return 1;
  if (is_one_of(word, {"min", "mins", "minute", "minutes"})) return 1.0 / 60;
  if (is_one_of(word, {"d", "day", "days"})) return 24;
  if (is_one_of(word, {"s", "sec", "secs", "second", "seconds"})) return 1.0 / 3600;
  return 0;
}

inline bool is_amount_unit(std::string_view unit) {
  return is_one_of(
      unit, {"mol", "mmol", "umol", "nmol", "mEq", "kg", "g", "mg", "ug", "mcg", "ng", "IU", "U"});
}
inline bool is_volume_unit(std::string_view unit) {
  return is_one_of(unit, {"L", "dL", "mL", "uL", "l", "dl", "ml", "ul"});
}

/// A unit with one denominator at most, whichever way it is written.
struct UnitText {
  std::string above, below;
};

inline UnitText parsed_unit(std::string_view unit) {
  for (const std::string_view per : {std::string_view("/"), std::string_view("_per_")}) {
    const std::size_t at = unit.find(per);
    if (at != std::string_view::npos)
      return {std::string(unit.substr(0, at)), std::string(unit.substr(at + per.size()))};
  }
  return {std::string(unit), ""};
}

/// Whether the words are units at all, so that a name may end in them.
inline bool is_unit(std::string_view unit) {
  const auto known = [](std::string_view word) {
    return h_per_unit(word) > 0 || is_amount_unit(word) || is_volume_unit(word);
  };
  const UnitText parts = parsed_unit(unit);
  return known(parts.above) && (parts.below.empty() || known(parts.below));
}

inline std::string in_slash_form(const UnitText& parts) {
  return parts.below.empty() ? parts.above : parts.above + "/" + parts.below;
}

}  // namespace mgpk::record::detail
