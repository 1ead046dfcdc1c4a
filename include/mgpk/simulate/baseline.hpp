// The person without the plan: the periodic state of their own diet, found by Newton.
#pragma once

#include <cstddef>
#include <vector>

#include <mgpk/body/parameters.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk::simulation {

/// A person's periodic state at midnight, and how well it is known.
struct Baseline {
  body::BodyParameters<double> parameters;
  body::SourceParameters<double> food;
  std::vector<double> state;  ///< of the body that swallows food only
  double residual = 0;        ///< largest relative change over one day
  double contraction = 0;     ///< factor by which the slowest deviation shrinks per day
  std::size_t n_iterations = 0;
  Subject subject{};  ///< whose it is
};

/// The baseline of a person. Throws InputError for bad input and ode::SolveError when there is
/// none, such as when losses cannot balance the diet.
MGPK_COMPILED Baseline baseline_of(const Subject& subject, const Options& options = {});

inline void check_baseline(const Baseline& baseline, const Subject& subject) {
  if (!(baseline.subject == subject))
    fail("the baseline must be that of the person who is simulated", "another person's",
         "find it with baseline_of for this very subject");
}

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/baseline.hpp>
#endif
