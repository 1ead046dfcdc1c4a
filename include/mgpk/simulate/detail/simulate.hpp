// How a run is done: a body of the size of the plan, carried along its timeline.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/detail/run_parts.hpp>
#include <mgpk/simulate/outcome.hpp>
#include <mgpk/simulate/simulate.hpp>

namespace mgpk {
namespace simulation {

namespace detail {

inline Run simulate_from(const Subject& subject, const Schedule& plan, const Options& options,
                         Baseline baseline, const Start* start = nullptr) {
  Run run = begin_run(subject, plan, options, std::move(baseline), start);
  const auto food = sources_of(Schedule{});
  const auto times_h = output_times_h(options);
  const Origin usual{food, run.start.state};
  auto solved = solve_plan(run, plan, run.sources, start ? start->origin : usual, run.taken_before,
                           times_h, &run.assumptions);
  run.trajectory = std::move(solved.trajectory);
  run.status = std::move(solved.status);
  run.statistics = solved.statistics;
  if (options.with_baseline)
    run.baseline = solve_plan(run, {}, food, usual, {}, times_h, nullptr).trajectory;
  return run;
}

}  // namespace detail

}  // namespace simulation

MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options) {
  simulation::validate(options);  // before the search for the baseline, which takes its time
  simulation::detail::check_plan(plan);
  return simulation::detail::simulate_from(subject, plan, options,
                                           simulation::baseline_of(subject, options));
}

MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options,
                           const simulation::Baseline& baseline) {
  body::validate(subject);
  simulation::validate(options);
  simulation::detail::check_plan(plan);
  simulation::check_baseline(baseline, subject);
  return simulation::detail::simulate_from(subject, plan, options, baseline);
}

MGPK_COMPILED Run simulate(const Subject& subject, const simulation::Options& options) {
  simulation::validate(options);
  return simulate(subject, options, simulation::baseline_of(subject, options));
}

MGPK_COMPILED Run simulate(const Subject& subject, const simulation::Options& options,
                           const simulation::Baseline& baseline) {
  body::validate(subject);
  simulation::validate(options);
  simulation::check_baseline(baseline, subject);
  return simulation::detail::simulate_from(subject, {}, options, baseline);
}

MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options, const SteadyState& start) {
  body::validate(subject);
  simulation::validate(options);
  simulation::check_baseline(start.baseline, subject);
  const simulation::detail::Start from{{start.sources, start.state}, start.plan, {}};
  return simulation::detail::simulate_from(subject, plan, options, start.baseline, &from);
}

MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options, const simulation::History& before) {
  simulation::validate(options);
  simulation::check_history(before);  // before the search, which takes its time
  return simulate(subject, plan, options, simulation::baseline_of(subject, options), before);
}

MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options, const simulation::Baseline& baseline,
                           const simulation::History& before) {
  body::validate(subject);
  simulation::validate(options);
  simulation::check_baseline(baseline, subject);
  const auto outcome = simulation::outcome_of(before, subject, options, baseline);
  const simulation::detail::Start from{{outcome.sources, outcome.state}, {}, before};
  return simulation::detail::simulate_from(subject, plan, options, baseline, &from);
}

}  // namespace mgpk
