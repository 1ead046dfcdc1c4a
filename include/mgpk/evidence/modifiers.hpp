// Find the named changes of a person, and refuse those that are not known or not meant.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include <mgpk/error.hpp>
#include <mgpk/evidence/modifiers_table.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::evidence {

/// Whether a row counts where a change is asked for as chronic or as acute.
constexpr bool counts(const Modifier& row, Applies when) {
  return row.applies == Applies::both || row.applies == when;
}

template <class Act>
void for_each_row(std::string_view modifier, Applies when, Act&& act) {
  for (const Modifier& row : modifiers)
    if (row.name == modifier && counts(row, when)) act(row);
}

inline bool has_rows(std::string_view modifier, Applies when) {
  return std::any_of(modifiers.begin(), modifiers.end(), [&](const Modifier& row) {
    return row.name == modifier && counts(row, when);
  });
}

/// The highest_strength that a change may be: twice that of the table, on its own scale.
inline constexpr double highest_strength = 2.0;

/// A name, a strength, and a place where this change is meant.
inline void check_modifier(std::string_view name, double strength, Applies when) {
  if (std::find(modifier_names.begin(), modifier_names.end(), name) == modifier_names.end())
    fail_unknown_name("a modifier must be one of the table", name, modifier_names,
                      "known are " + quoted_list(modifier_names, "and"));
  const std::string quoted = '"' + std::string(name) + '"';
  if (!has_rows(name, when) && when == Applies::chronic)
    fail("a modifier of a person must be one that lasts", quoted + ", which is acute",
         "add it to the plan with modify(), for as long as it acts");
  if (!has_rows(name, when))
    fail("a modifier of a plan must be one that acts within hours", quoted + ", which is chronic",
         "give it to the subject as one of its modifiers");
  require_between("the strength of " + std::string(name), strength, 0.0, highest_strength,
                  "give 1 for the size of the table, 0 for none");
}

/// "tm_dct times 0.8 (0.4 to 0.95, calibrated, Kieboom_2018)".
inline std::string in_words(const Modifier& row) {
  std::string words(name_of(row.target));
  words.append(" ").append(name_of(row.how)).append(" ").append(mgpk::text_of(row.value));
  if (row.unit != "1") words.append(" ").append(row.unit);
  words += " (" + mgpk::text_of(row.low) + " to " + mgpk::text_of(row.high) + ", ";
  return words.append(name_of(row.kind)).append(", ").append(row.reference) + ")";
}

/// All that one modifier changes, for the list of what a run assumes.
inline std::string in_words(std::string_view modifier, double strength, Applies when) {
  std::string words(modifier);
  if (strength != 1) words += " (strength " + mgpk::text_of(strength) + ")";
  std::string_view between = ": ";
  for_each_row(modifier, when, [&](const Modifier& row) {
    words.append(between).append(in_words(row));
    between = ", ";
  });
  return words;
}

}  // namespace mgpk::evidence
