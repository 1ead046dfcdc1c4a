// What a part of a turn is as a problem for the solver, and the life without any plan.
#pragma once

#include <vector>

#include <mgpk/body/parameters.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation::detail {

inline Problem problem_within(const Cycle& cycle, double until_h, const ode::Options& solver) {
  Problem problem;
  problem.parameters = cycle.parameters;
  problem.values = cycle.values;
  problem.sources = cycle.sources;
  problem.timeline = cycle_of(cycle.subject, cycle.plan, cycle.sources, cycle.cycle_h, until_h);
  problem.until_h = until_h;
  problem.solver = solver;
  return problem;
}

inline const std::vector<Source>& food_only() {
  static const std::vector<Source> sources = sources_of(Schedule{});
  return sources;
}

/// The person's life without any plan.
inline Cycle diet_cycle(const Subject& subject, const body::BodyParameters<double>& parameters,
                        const evidence::Values<double>& values) {
  return {subject, {}, parameters, values, food_only(), units::hours_per_day};
}

}  // namespace mgpk::simulation::detail
