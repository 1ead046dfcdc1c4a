// How a run is done: a body of the size of the plan, carried along its timeline.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/outcome.hpp>
#include <mgpk/simulate/simulate.hpp>

namespace mgpk {
namespace simulation {

namespace detail {

/// A measured plasma level moves Tm, and the run says how far, and out of which range.
inline std::string moved_tm(const Baseline& baseline) {
  const auto& tm = evidence::parameter("tm_mmol_per_L");
  return "tm_mmol_per_L moved to " + text_of(baseline.parameters.kidney.tubule.tm_mmol_per_L) +
         " to meet the measured plasma (evidence: " + text_of(tm.low) + " to " + text_of(tm.high) +
         ")";
}

/// A start that is not the baseline, and how it came about.
struct Start {
  Origin origin;
  Schedule taken_before{};
  History history{};
};

inline Run simulate_from(const Subject& subject, const Schedule& plan, const Options& options,
                         Baseline baseline, const Start* start = nullptr) {
  Run run{subject, plan, options, {}, {}, {}, std::move(baseline), {}, {}, {}};
  const auto food = sources_of(Schedule{});
  run.sources = start ? sources_of_both(plan, start->origin.sources) : sources_of(plan);
  if (start) run.taken_before = start->taken_before;
  if (start) run.history = start->history;
  run.assumptions = body::assumptions(subject);
  if (subject.c_plasma_total_mmol_per_L) run.assumptions.push_back(moved_tm(run.start));
  for (const auto& line : plan.modifications())
    run.assumptions.push_back(
        "for a while " + evidence::in_words(line.name, line.strength, evidence::Applies::acute));
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

inline void check_plan(const Schedule& plan) {
  if (plan.empty())
    fail(
        "a plan needs at least one dose, meal or change of diet", "empty",
        "add one with oral, iv, im, meal, diet or fast, or leave the plan out to see the baseline");
  sources_of(plan);  // refuses labels that clash, and too many salts
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
