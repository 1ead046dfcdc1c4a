// What a claim of an article is, which number tests it, and between which limits it would hold.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

#include <mgpk/study/study.hpp>

namespace mgpk::claim {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// What is found of a claim. The model gives the first four by a rule on a number, or the fifth;
/// readers of the literature also found references that nobody can find.
enum class Verdict {
  supported,
  mixed,
  unsupported,
  contradicted,
  not_testable,
  not_checked,
  citation_not_found,
};

/// A claim as it was read, verbatim from data/claims.csv.
struct Claim {
  std::string_view id, article, text, quantity, model_output, domain;
  std::string_view testable;  ///< "yes", "partly" or "no": whether a simulation could say something
  Verdict literature;
  std::string_view evidence, reference;
};

/// How a number is made of readings.
enum class How {
  value,      ///< the first reading itself
  over,       ///< the first over the second
  minus,      ///< the first less the second
  table,      ///< from the table of salts, without a run
  published,  ///< a published effect with its interval: shown, but no output of the model
  people,     ///< the share of a virtual population
};

/// A number that a simulation gives.
struct Measure {
  std::string_view name, unit;
  How how;
  study::Reading first, second;
  std::string_view meaning;
};

/// From low to high; NaN at both ends is a region that does not exist.
struct Region {
  double low = unknown, high = unknown;
};

/// One claim held against one measure.
struct Test {
  std::string_view id;       ///< of the claim
  std::string_view measure;  ///< empty where no number can say anything
  std::string_view also;     ///< more measures that say something beside it, parted by ";"
  Region holds;              ///< where the claim would be true
  Region opposite;           ///< where its opposite would be
  std::string_view limits;   ///< where the limits come from
  std::string_view reason;   ///< one sentence; {value}, {low} and {high} stand for the number
};

constexpr std::string_view name_of(Verdict verdict) {
  constexpr std::string_view names[] = {"supported",         "mixed",        "unsupported",
                                        "contradicted",      "not_testable", "not_checked",
                                        "citation_not_found"};
  return names[static_cast<std::size_t>(verdict)];
}

constexpr std::string_view name_of(How how) {
  constexpr std::string_view names[] = {"value", "over", "minus", "table", "published", "people"};
  return names[static_cast<std::size_t>(how)];
}

}  // namespace mgpk::claim
