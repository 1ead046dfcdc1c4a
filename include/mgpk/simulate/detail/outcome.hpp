// How a history is lived through.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/detail/states.hpp>
#include <mgpk/simulate/outcome.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation {

MGPK_COMPILED Outcome outcome_of(const History& history, const Subject& subject,
                                 const Options& options, const Baseline& baseline) {
  check_history(history);
  const auto food = sources_of(Schedule{});
  Outcome outcome{sources_of(history.plan), {}};
  Options plain;
  plain.relative_tolerance = options.relative_tolerance;
  plain.absolute_tolerance_mmol = options.absolute_tolerance_mmol;
  plain.max_steps = options.max_steps;
  plain.method = options.method;
  plain.keep_going = options.keep_going;
  const Run before{subject, history.plan, plain, {}, {}, {}, baseline, {}, {}, {}};
  auto problem = detail::problem_of(before, history.plan, outcome.sources, {food, baseline.state},
                                    {}, {0.0, history.over_h});
  auto solved = solve(problem);
  solved.status.or_throw();
  outcome.state = std::move(solved.end);
  const auto first_readout = detail::places_of(outcome.sources.size()).first_readout;
  std::fill(outcome.state.begin() + static_cast<std::ptrdiff_t>(first_readout), outcome.state.end(),
            0.0);
  return outcome;
}

}  // namespace mgpk::simulation
