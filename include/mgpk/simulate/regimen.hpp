// The periodic orbit of a regimen: its period, and the state at its start.
#pragma once

#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/ode/periodic_search.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk::simulation {

/// The longest turn that is looked for.
inline constexpr double longest_cycle_h = 28 * 24.0;

/// The smallest number of days that every interval of the plan divides, in hours.
/// @throws InputError when a line is taken once only, or when there is none up to four weeks.
MGPK_COMPILED double cycle_of_plan_h(const Schedule& plan);

/// How sharply a regimen's orbit is sought: one more turn must not move ten digits.
CycleTolerances regimen_tolerances(const Options& options);

/// The state of the regimen's orbit at the start of a turn. Throws ode::SolveError when there is
/// none.
MGPK_COMPILED ode::Periodic find_regimen(const Cycle& cycle, const Baseline& baseline,
                                         const CycleTolerances& tolerances);

}  // namespace mgpk::simulation

#include <mgpk/simulate/detail/tolerances.hpp>
#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/regimen.hpp>
#endif
