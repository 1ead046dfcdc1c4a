// Where a history leads: the state in which it leaves a person.
#pragma once

#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/history.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation {

/// All states at the end of a history, the read-outs at zero.
struct Outcome {
  std::vector<Source> sources;
  std::vector<double> state;
};

/// @throws InputError for a history that is refused; ode::SolveError when the solve fails.
MGPK_COMPILED Outcome outcome_of(const History& history, const Subject& subject,
                                 const Options& options, const Baseline& baseline);

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/outcome.hpp>
#endif
