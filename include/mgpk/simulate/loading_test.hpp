// The magnesium loading test: how much of an infusion stays, and how that compares with the
// healthy.
#pragma once

#include <string_view>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/simulate/history.hpp>
#include <mgpk/simulate/run.hpp>

namespace mgpk {

/// How the test is done. The published range is that of 30 mmol over 8 h, collected for 24 h.
struct LoadingTestOptions {
  double mmol = 30;
  double over_h = 8;
  double collect_h = 24;         ///< from the start of the infusion
  double at_h = 8;               ///< clock time at which it starts
  simulation::History before{};  ///< before the test; a diet of its last day goes on
};

/// Where a result stands relative to what 95 % of 88 healthy adults had. No diagnosis.
enum class Relative { below, within, above, not_comparable };

constexpr std::string_view name_of(Relative relative) {
  switch (relative) {
    case Relative::below:
      return "below the published range";
    case Relative::within:
      return "within the published range";
    case Relative::above:
      return "above the published range";
    case Relative::not_comparable:
      return "not comparable: the published range is that of 30 mmol over 8 h, collected for 24 h";
  }
  return "unknown";
}

struct LoadingTest {
  double f_retained = 0;          ///< 1 - (urine - urine without the load) / load
  double a_urine_mmol = 0;        ///< collected
  double a_urine_usual_mmol = 0;  ///< of the same hours and the same start, without the load
  double a_given_mmol = 0;
  double f_retained_low = 0;   ///< 2.5 % of the healthy had less (Gullestad 1994)
  double f_retained_high = 0;  ///< 97.5 % of them had less
  Relative relative = Relative::within;
  Run run;  ///< the test itself
};

/// @throws InputError for bad input; ode::SolveError when a solve fails.
MGPK_COMPILED LoadingTest loading_test(const Subject& subject,
                                       const LoadingTestOptions& options = {});

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/loading_test.hpp>
#endif
