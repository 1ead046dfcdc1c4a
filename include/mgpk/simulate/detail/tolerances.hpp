// How sharply periodic states are sought, from the tolerances of the runs that they are for.
#pragma once

#include <algorithm>

#include <mgpk/ode/options.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk::simulation {

namespace detail {

/// The solver's options with both tolerances scaled, within what doubles can do and still resolve
/// the differences of a Jacobian.
inline ode::Options scaled_tolerances(const Options& options, double factor) {
  auto solver = options.solver();
  solver.relative_tolerance = std::clamp(factor * solver.relative_tolerance, 1e-13, 1e-6);
  solver.absolute_tolerance = std::clamp(factor * solver.absolute_tolerance, 1e-16, 1e-10);
  // A day of diet is not stiff, and a stiff method would take minutes for what takes milliseconds.
  solver.method = ode::Method::automatic;
  return solver;
}

}  // namespace detail

inline CycleTolerances regimen_tolerances(const Options& options) {
  CycleTolerances tolerances{
      detail::scaled_tolerances(options, 1e-3), detail::scaled_tolerances(options, 1e3), {}};
  // Sharp enough that one more turn does not move ten digits; states of less than 1e-5 mmol are
  // measured against that.
  tolerances.search.tolerance = std::max(2e-11, 20 * tolerances.sharp.relative_tolerance);
  tolerances.search.floor = 1e-5;
  return tolerances;
}

}  // namespace mgpk::simulation
