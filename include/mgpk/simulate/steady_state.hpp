// Where a plan leads that goes on for ever: the periodic orbit of diet and regimen.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk {

namespace simulation {

/// How a steady state is sought, and how its table is written.
struct SteadyStateOptions {
  double cycle_h = 0;                ///< length of one turn; 0: the smallest common period, found
  double every_h = 0.5;              ///< of the rows of the turn; jumps have rows as well
  double relative_tolerance = 1e-9;  ///< of the runs that it is for; the search is sharper
  double absolute_tolerance_mmol = 1e-13;  ///< the same
  std::size_t max_steps = 10'000'000;
  std::function<bool(double t_h)> keep_going{};
};

/// One turn in a few numbers. The mean is over time, the highest and the lowest are at the rows and
/// on both sides of each jump.
struct TurnLevels {
  double c_plasma_total_mean_mmol_per_L = 0;
  double c_plasma_total_highest_mmol_per_L = 0;
  double c_plasma_total_lowest_mmol_per_L = 0;
  double t_max_h = 0;
  double urine_mmol_per_d = 0;
  double feces_mmol_per_d = 0;
};

/// Where a body is no longer what is modelled here; a run cannot be started above it either.
inline constexpr double highest_c_plasma_total_mmol_per_L = 10.0;

}  // namespace simulation

/// The periodic state of a person who has always taken a plan and always will.
struct SteadyState {
  Subject subject;
  Schedule plan;
  std::vector<simulation::Source> sources;
  double cycle_h = 0;
  std::vector<double> state;  ///< at the midnight at which a turn starts, before what happens then
  double residual = 0;        ///< largest relative change over one turn
  double contraction = 0;     ///< factor by which the slowest deviation shrinks per turn
  std::size_t n_iterations = 0;
  std::size_t n_maps = 0;         ///< turns that the search took, rough ones included
  simulation::Baseline baseline;  ///< of the same person without the plan
  Run cycle;                      ///< one turn, the baseline beside it
  simulation::TurnLevels levels;
  simulation::TurnLevels baseline_levels;
};

/// Finds the periodic state of diet and plan by Newton. Every line needs `every_h`, and goes on for
/// ever whatever its `times` say.
/// @throws InputError for bad input, and when losses balance the input only where no body is;
///         ode::SolveError when there is no periodic state.
MGPK_COMPILED SteadyState steady_state(const Subject& subject, const Schedule& plan,
                                       const simulation::SteadyStateOptions& options = {});

/// The same from a baseline found before.
MGPK_COMPILED SteadyState steady_state(const Subject& subject, const Schedule& plan,
                                       const simulation::SteadyStateOptions& options,
                                       const simulation::Baseline& baseline);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/steady_state.hpp>
#endif
