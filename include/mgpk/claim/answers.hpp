// Every claim answered: the number that tests it, the verdict of the model by rule, and the verdict
// of the literature beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <mgpk/claim/catalogue.hpp>
#include <mgpk/claim/verdict.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::claim {

/// How the claims are answered.
struct AnswerOptions {
  /// Of the uncertain constants, for the intervals; 0: every interval is its value alone.
  std::size_t n_draws = 9;
  std::uint64_t seed = 1;
  std::size_t n_threads = 0;  ///< 0: all cores; no number depends on it
  std::size_t n_people = 50;  ///< virtual adults, where a share of people is asked for
  /// Other values for rows of data/parameters.csv, for everybody; these are not drawn.
  study::Overrides overrides{};
  bool allow_outside_range = false;  ///< of the overrides
  double relative_tolerance = 1e-5;  ///< of the runs: far below what the draws differ
  double absolute_tolerance_mmol = 1e-8;
  /// Called after a set of constants was run, from one thread at a time; false stops, and what was
  /// not run by then has failed.
  std::function<bool(std::size_t done, std::size_t total)> progress{};
};

/// A measure and its number.
struct Measured {
  const Measure* measure = nullptr;
  Estimate number{};
  std::string failure{};  ///< of a run; empty, or why the number is NaN
  std::size_t n_failed_draws = 0;
};

/// One claim and what was found; the reason says why where no number can say anything.
struct Answer {
  const Claim* claim;
  const Test* test;
  Measured by;  ///< its measure is null where no number can say anything
  std::vector<Measured> also;
  Verdict model;
  std::string reason;  ///< one sentence, with the number in it
};

/// Answers to all claims in the order of the table, or to those whose ids are given. Each scenario
/// is run once for the model's own constants and once for every draw.
/// @throws UnknownNameError for an id or a parameter that does not exist, InputError for a value
///         outside its range
MGPK_COMPILED std::vector<Answer> answers(const AnswerOptions& options = {},
                                          const std::vector<std::string>& ids = {});

}  // namespace mgpk::claim

#if MGPK_DEFINE_COMPILED
#include <mgpk/claim/detail/answers.hpp>
#endif
