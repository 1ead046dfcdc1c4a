// A life that repeats itself: the map of one turn, and the state that a turn gives back.
#pragma once

#include <vector>

#include <mgpk/body/parameters.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/periodic_search.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation {

/// What repeats itself: the person's diet and a plan whose lines go on for ever.
struct Cycle {
  Subject subject{};
  Schedule plan{};
  body::BodyParameters<double> parameters{};
  evidence::Values<double> values{};
  std::vector<Source> sources{};
  double cycle_h = 24;
};

/// How sharply a periodic state is sought.
struct CycleTolerances {
  ode::Options sharp{};  ///< of the map itself
  ode::Options rough{};  ///< of the map that is only differentiated, and of the first turns
  ode::PeriodicOptions search{};
};

/// Newton on the map of one turn, from what some rough turns make of `start`. The same for the
/// baseline, whose plan is empty, and for any regimen.
MGPK_COMPILED ode::Periodic find_cycle(const Cycle& cycle, std::vector<double> start,
                                       int n_rough_turns, const CycleTolerances& tolerances);

/// The state at `t_h` of the turn, before what happens then, from the state at its start.
MGPK_COMPILED std::vector<double> state_within(const Cycle& cycle,
                                               const std::vector<double>& at_start, double t_h,
                                               const ode::Options& solver);

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/cycle.hpp>
#endif
