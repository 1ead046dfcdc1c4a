// How the periodic state of a regimen is found, checked and put into numbers.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/assumptions.hpp>
#include <mgpk/body/person.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/regimen.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/simulate/steady_state.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk {
namespace simulation {

namespace detail {

/// The regimen of one turn: each line at its place in the turn, as often as it comes in it.
inline Schedule plan_of_turn(const Schedule& plan, double cycle_h) {
  const auto folded = [&](dose::Timing timing) {
    timing.times = static_cast<int>(std::lround(cycle_h / timing.every_h));
    timing.at_h = phase_h(timing.at_h, timing.every_h);
    if (timing.times == 1) timing.every_h = 0;
    timing.at_steady_state = false;
    return timing;
  };
  auto doses = plan.doses();
  for (auto& dose : doses) dose.timing = folded(dose.timing);
  auto meals = plan.meals();
  for (auto& meal : meals) meal.timing = folded(meal.timing);
  return Schedule::from_lines(doses, meals, {});
}

inline TurnLevels levels_of(const Trajectory& table, double cycle_h) {
  const auto times = table.column("time_h");
  const auto c = table.column("c_plasma_total_mmol_per_L");
  const auto highest = std::max_element(c.begin(), c.end());
  const double days = cycle_h / units::hours_per_day;
  const auto over_turn = [&](std::string_view name) {
    const auto column = table.column(name);
    return column.back() - column.front();
  };
  TurnLevels levels;
  levels.c_plasma_total_mean_mmol_per_L = over_turn("auc_plasma_total_mmol_h_per_L") / cycle_h;
  levels.c_plasma_total_highest_mmol_per_L = *highest;
  levels.c_plasma_total_lowest_mmol_per_L = *std::min_element(c.begin(), c.end());
  levels.t_max_h = times[static_cast<std::size_t>(highest - c.begin())];
  levels.urine_mmol_per_d = over_turn("a_urine_mmol") / days;
  levels.feces_mmol_per_d = over_turn("a_feces_mmol") / days;
  return levels;
}

/// A bolus hides the lowest level, just before it, behind the row after it.
inline double lowest_before_jumps(const Trajectory& table, const Timeline& timeline,
                                  double v_plasma_L, double lowest) {
  const auto times = table.column("time_h");
  const auto c = table.column("c_plasma_total_mmol_per_L");
  for (std::size_t row = 0; row < times.size(); ++row) {
    double jump_mmol = 0;
    for (const auto& event : timeline.given.events)
      if (event.kind == timeline::Kind::give && event.compartment == target::plasma &&
          std::abs(event.t_h - times[row]) <= timeline::same_time_h)
        jump_mmol += event.amount;
    lowest = std::min(lowest, c[row] - jump_mmol / v_plasma_L);
  }
  return lowest;
}

/// Rows at a grid and at everything that happens.
inline std::vector<double> times_of_turn_h(const Timeline& timeline, double cycle_h,
                                           double every_h) {
  Options grid;
  grid.until_h = cycle_h;
  grid.every_h = every_h;
  auto times_h = output_times_h(grid);
  for (const auto& event : timeline.given.events) times_h.push_back(event.t_h);
  std::sort(times_h.begin(), times_h.end());
  const auto same = [](double a, double b) { return b - a <= timeline::same_time_h; };
  times_h.erase(std::unique(times_h.begin(), times_h.end(), same), times_h.end());
  return times_h;
}

/// One turn from its state, and the baseline beside it.
inline void run_turn(SteadyState& steady, const Cycle& cycle, const CycleTolerances& tolerances,
                     double every_h) {
  auto problem = problem_within(cycle, cycle.cycle_h, tolerances.sharp);
  Run& run = steady.cycle;
  run.subject = steady.subject;
  run.plan = plan_of_turn(steady.plan, steady.cycle_h);
  run.sources = steady.sources;
  run.start = steady.baseline;
  run.options.times_h = times_of_turn_h(problem.timeline, cycle.cycle_h, every_h);
  run.options.relative_tolerance = tolerances.sharp.relative_tolerance;
  run.options.absolute_tolerance_mmol = tolerances.sharp.absolute_tolerance;
  run.assumptions = body::assumptions(steady.subject);
  run.assumptions.insert(run.assumptions.end(), problem.timeline.notes.begin(),
                         problem.timeline.notes.end());
  problem.start = steady.state;
  problem.times_h = run.options.times_h;
  auto solved = solve(problem);
  solved.status.or_throw();
  run.trajectory = std::move(solved.trajectory);
  run.status = std::move(solved.status);
  run.statistics = solved.statistics;
  steady.levels = levels_of(run.trajectory, cycle.cycle_h);
  double& lowest = steady.levels.c_plasma_total_lowest_mmol_per_L;
  lowest = lowest_before_jumps(run.trajectory, problem.timeline, cycle.parameters.blood.v_plasma_L,
                               lowest);
  auto plain = diet_cycle(steady.subject, cycle.parameters, cycle.values);
  plain.cycle_h = cycle.cycle_h;
  auto baseline = problem_within(plain, cycle.cycle_h, tolerances.sharp);
  baseline.start = steady.baseline.state;
  baseline.times_h = run.options.times_h;
  auto beside = solve(baseline);
  beside.status.or_throw();
  run.baseline = std::move(beside.trajectory);
  steady.baseline_levels = levels_of(run.baseline, cycle.cycle_h);
}

/// Above the threshold losses grow with plasma, so on paper some level balances any input.
inline void check_level(const SteadyState& steady) {
  const double c = steady.levels.c_plasma_total_highest_mmol_per_L;
  if (c <= highest_c_plasma_total_mmol_per_L) return;
  fail("losses must balance the input of " + balance(steady.subject, steady.plan) +
           " below a plasma level of " + text_of(highest_c_plasma_total_mmol_per_L) + " mmol/L",
       text_of(std::round(100 * c) / 100) + " mmol/L",
       "nobody comes to such a steady state; lower the doses, or check the GFR");
}

inline Options search_options(const SteadyStateOptions& options) {
  require_positive("every_h", options.every_h, "give the interval of the rows in hours");
  Options o;
  o.until_h = units::hours_per_day;
  o.relative_tolerance = options.relative_tolerance;
  o.absolute_tolerance_mmol = options.absolute_tolerance_mmol;
  o.max_steps = options.max_steps;
  o.keep_going = options.keep_going;
  validate(o);
  return o;
}

}  // namespace detail

}  // namespace simulation

MGPK_COMPILED SteadyState steady_state(const Subject& subject, const Schedule& plan,
                                       const simulation::SteadyStateOptions& options,
                                       const simulation::Baseline& baseline) {
  using namespace simulation;
  body::validate(subject);
  check_baseline(baseline, subject);
  const auto search = detail::search_options(options);
  const auto tolerances = regimen_tolerances(search);
  SteadyState steady;
  steady.subject = subject;
  steady.plan = plan;
  steady.sources = sources_of(plan);
  steady.cycle_h = detail::checked_cycle_h(plan, options.cycle_h);
  steady.baseline = baseline;
  const Cycle cycle{subject,        plan,          baseline.parameters, body::values_of(subject),
                    steady.sources, steady.cycle_h};
  auto found = find_regimen(cycle, baseline, tolerances);
  steady.state = std::move(found.state);
  steady.residual = found.residual;
  steady.contraction = found.contraction;
  steady.n_iterations = found.n_iterations;
  steady.n_maps = found.n_maps;
  detail::run_turn(steady, cycle, tolerances, options.every_h);
  detail::check_level(steady);
  return steady;
}

MGPK_COMPILED SteadyState steady_state(const Subject& subject, const Schedule& plan,
                                       const simulation::SteadyStateOptions& options) {
  simulation::detail::checked_cycle_h(plan, options.cycle_h);  // before the search takes its time
  return steady_state(
      subject, plan, options,
      simulation::baseline_of(subject, simulation::detail::search_options(options)));
}

}  // namespace mgpk
