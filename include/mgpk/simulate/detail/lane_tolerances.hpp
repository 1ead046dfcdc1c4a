// What a solver's options are at the door to the lanes.
#pragma once

#include <mgpk/ode/options.hpp>
#include <mgpk/simulate/lanes/feed.hpp>

namespace mgpk::simulation::detail {

inline lanes::Tolerances lane_tolerances(const ode::Options& solver) {
  return {solver.relative_tolerance, solver.absolute_tolerance, solver.max_step_h,
          solver.max_steps};
}

}  // namespace mgpk::simulation::detail
