// What one trial or meta-analysis has published: a row of data/trial_effects.csv. A difference
// between groups of people, with its spread, dose and weeks; nothing here knows a plasma level.
#pragma once

#include <string_view>

namespace mgpk::trial {

/// What is counted in a person.
enum class Outcome {
  normal,      ///< a number, or its change
  count,       ///< events, spread more than by chance alone
  proportion,  ///< yes or no; the difference is one of shares
  ratio        ///< published as a ratio; not simulated
};

/// Where the standard error of the difference comes from.
enum class SeFrom {
  interval,  ///< the published interval of 95 %
  p_value,   ///< the published P value, as of a normal law
  binomial,  ///< the shares themselves, in two groups of one size
  none
};

constexpr std::string_view name_of(Outcome outcome) {
  constexpr std::string_view names[] = {"normal", "count", "proportion", "ratio"};
  return names[static_cast<unsigned>(outcome)];
}
constexpr std::string_view name_of(SeFrom from) {
  constexpr std::string_view names[] = {"interval", "p_value", "binomial", "none"};
  return names[static_cast<unsigned>(from)];
}

/// NaN stands for what is not known.
struct TrialEffect {
  std::string_view key;
  std::string_view effect;  ///< key of effect/effects.hpp
  std::string_view outcome;
  std::string_view population;
  std::string_view unit;
  Outcome kind;
  double difference;  ///< magnesium less placebo, in `unit`; of a ratio over it
  double low;         ///< ends of the interval of 95 %
  double high;
  double se;
  double p_value;
  SeFrom se_from;
  double n_people;  ///< people in all groups
  double placebo;   ///< mean or share of the placebo group
  double dose_low_mg_per_d;
  double dose_high_mg_per_d;
  double weeks;
  bool lower_is_better;
  std::string_view certainty;
  std::string_view rank;
  bool simulated;
  std::string_view why_not;    ///< where it cannot be simulated
  std::string_view reference;  ///< key of evidence/reference.hpp
  bool verify;                 ///< something in it is remembered and not yet verified
  std::string_view note;
};

}  // namespace mgpk::trial
