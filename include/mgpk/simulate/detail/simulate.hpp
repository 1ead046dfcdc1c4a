// How a run is done: a body of the size of the plan, carried along its timeline.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/drive.hpp>
#include <mgpk/simulate/simulate.hpp>

namespace mgpk {
namespace simulation {

/// A body for the sources of a plan, at the person's baseline.
template <std::size_t Sources>
body::Body<Sources> body_for(const Baseline& baseline, const std::vector<Source>& sources,
                             const evidence::Values<double>& values) {
  body::Body<Sources> model;
  model.parameters = baseline.parameters;
  for (std::size_t i = 0; i < Sources; ++i) {
    const auto dissolution =
        i == 0 ? dose::Dissolution::food : dose::salt(sources[i].salt).dissolution;
    model.sources[i] = body::source_parameters(values, dissolution);
    model.labels[i] = sources[i].name;
  }
  model.labels[Sources] = "endogenous";
  return model;
}

/// The baseline's state in the larger body: food and endogenous labels in their places, the other
/// sources empty; then as the options want the start.
template <std::size_t Sources>
typename body::Body<Sources>::template State<double> start_state(const body::Body<Sources>& model,
                                                                 const Baseline& baseline,
                                                                 const Options& options) {
  using From = body::Layout<1>;
  using To = body::Layout<Sources>;
  typename body::Body<Sources>::template State<double> x{};
  const auto& b = baseline.state;
  x[To::acid] = b[From::acid];
  x[To::meal] = b[From::meal];
  for (std::size_t segment = 0; segment < gut::n_segments && !options.empty_gut_at_start;
       ++segment) {
    x[To::solid(0, segment)] = b[From::solid(0, segment)];
    x[To::dissolved(0, segment)] = b[From::dissolved(0, segment)];
    x[To::dissolved(To::endogenous, segment)] = b[From::dissolved(From::endogenous, segment)];
  }
  if (options.empty_gut_at_start) x[To::meal] = 0.0;
  for (std::size_t i = 0; From::first_store + i < From::first_readout; ++i)
    x[To::first_store + i] = b[From::first_store + i];
  if (options.start_c_plasma_total_mmol_per_L) {
    const double c = *options.start_c_plasma_total_mmol_per_L;
    x[To::plasma] = c * model.parameters.blood.v_plasma_L;
    x[To::interstitial] = c * model.parameters.tissue.v_interstitial_L;
  }
  return x;
}

/// A run's table with its status; the part of a run that depends on the number of sources.
struct Solved {
  Trajectory trajectory;
  ode::Status status;
  ode::Statistics statistics;
};

/// Solves one plan for a body of a given size.
template <std::size_t Sources>
Solved solve(const Baseline& baseline, const std::vector<Source>& sources,
             const evidence::Values<double>& values, const Timeline& timeline,
             const Options& options, const std::vector<double>& times_h) {
  auto model = body_for<Sources>(baseline, sources, values);
  const auto start = start_state<Sources>(model, baseline, options);
  Solved solved{{column_names<Sources>(model), times_h.size()}, {}, {}};
  auto& table = solved.trajectory.values();
  std::copy(times_h.begin(), times_h.end(), table.data());
  RowWriter<Sources> writer(model, table, start);
  auto driven = drive<Sources>(model, start, timeline, times_h, times_h.back(), options.solver(),
                               [&](std::size_t row, double t_h, const auto& x, const Given& given) {
                                 writer.write(row, t_h, x, given);
                               });
  solved.status = std::move(driven.status);
  solved.statistics = driven.statistics;
  return solved;
}

namespace detail {

/// Picks the compiled size that fits the plan.
inline Solved solve_sized(const Baseline& baseline, const std::vector<Source>& sources,
                          const evidence::Values<double>& values, const Timeline& timeline,
                          const Options& options, const std::vector<double>& times_h) {
  switch (sources.size()) {
    case 1:
      return solve<1>(baseline, sources, values, timeline, options, times_h);
    case 2:
      return solve<2>(baseline, sources, values, timeline, options, times_h);
    case 3:
      return solve<3>(baseline, sources, values, timeline, options, times_h);
    default:
      return solve<4>(baseline, sources, values, timeline, options, times_h);
  }
}

inline Solved solve_plan(const Run& run, const Schedule& plan, const std::vector<double>& times_h,
                         std::vector<std::string>* notes) {
  const auto values = body::values_of(run.subject);
  const auto sources = sources_of(plan);
  const auto timeline = timeline_of(run.subject, plan, sources, times_h.back());
  if (notes) notes->insert(notes->end(), timeline.notes.begin(), timeline.notes.end());
  auto solved = solve_sized(run.start, sources, values, timeline, run.options, times_h);
  if (run.options.throw_on_failure) solved.status.or_throw();
  return solved;
}

/// A measured plasma level moves Tm, and the run says how far, and out of which range.
inline std::string moved_tm(const Baseline& baseline) {
  const auto& tm = evidence::parameter("tm_mmol_per_L");
  return "tm_mmol_per_L moved to " + text_of(baseline.parameters.kidney.tubule.tm_mmol_per_L) +
         " to meet the measured plasma (evidence: " + text_of(tm.low) + " to " + text_of(tm.high) +
         ")";
}

inline Run simulate_from(const Subject& subject, const Schedule& plan, const Options& options,
                         Baseline start) {
  Run run{subject, plan, options, sources_of(plan), {}, {}, std::move(start), {}, {}, {}};
  run.assumptions = body::assumptions(subject);
  if (subject.c_plasma_total_mmol_per_L) run.assumptions.push_back(moved_tm(run.start));
  const auto times_h = output_times_h(options);
  auto solved = solve_plan(run, plan, times_h, &run.assumptions);
  run.trajectory = std::move(solved.trajectory);
  run.status = std::move(solved.status);
  run.statistics = solved.statistics;
  if (options.with_baseline) run.baseline = solve_plan(run, {}, times_h, nullptr).trajectory;
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
  return simulation::detail::simulate_from(subject, {}, options, baseline);
}

}  // namespace mgpk
