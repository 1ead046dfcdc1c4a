// How labels are followed: the body with its passengers, carried along the same timeline.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/assumptions.hpp>
#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/detail/sized_body.hpp>
#include <mgpk/simulate/detail/tracer_columns.hpp>
#include <mgpk/simulate/drive.hpp>
#include <mgpk/simulate/isotopes.hpp>
#include <mgpk/simulate/simulate.hpp>

namespace mgpk {
namespace simulation {

namespace detail {

/// Everything that a plan's lines can be followed by, food included.
inline std::vector<std::string> followable(const Schedule& plan) {
  auto names = tracers_of(plan);
  names.emplace_back("food");
  return names;
}

inline void check_traced_plan(const Schedule& plan) {
  if (!plan.resets().empty())
    fail("a traced plan has no resets", text_of(plan.resets()[0].at_h) + " h",
         "follow the stretch after the reset by itself");
  for (const auto& dose : plan.doses()) {
    if (dose.timing.at_steady_state)
      fail("a traced plan has no doses at steady state", '"' + dose.label + '"',
           "give the doses one by one with every_h and times");
    if (dose.route == dose::Route::oral && dose.label == iv_tracer)
      fail("the tracer iv is what is given into the blood", "a dose by mouth with the label iv",
           "give the dose another label");
  }
  require(sources_of(plan).size() <= 3, "a traced plan can hold at most 2 swallowed salts",
          static_cast<double>(sources_of(plan).size() - 1), "drop some, or give them one label");
}

inline void check_tracers(const Schedule& plan, const std::vector<std::string>& tracers) {
  if (tracers.empty())
    fail("a plan needs a label to follow", "no dose by mouth and none into the blood",
         "add one with oral, iv or im, or follow \"food\"");
  if (tracers.size() > most_tracers)
    fail("an isotope study follows one or two tracers", quoted_list(tracers, "and"),
         "name those to follow, and follow the others in a run of their own");
  const auto known = followable(plan);
  for (std::size_t i = 0; i < tracers.size(); ++i) {
    if (std::find(known.begin(), known.end(), tracers[i]) == known.end())
      fail_unknown_name("a tracer must be a label of the plan, \"iv\" or \"food\"", tracers[i],
                        known, "label a dose by mouth with label");
    if (i > 0 && tracers[i] == tracers[0])
      fail("a tracer is followed once", '"' + tracers[i] + "\" twice", "name it once");
  }
}

template <std::size_t Sources>
body::Traced<Sources, most_tracers> traced_body(const Problem& problem,
                                                const std::vector<std::string>& tracers) {
  body::Traced<Sources, most_tracers> model;
  model.body = body_for<Sources>(problem.parameters, problem.values, problem.sources);
  for (std::size_t i = 0; i < tracers.size(); ++i) {
    model.tracers[i] = tracers[i];
    model.followed[i].into_blood = tracers[i] == iv_tracer;
    for (std::size_t source = 0; source < Sources; ++source)
      model.followed[i].source[source] = problem.sources[source].label == tracers[i];
  }
  return model;
}

/// Labels enter with the doses: at the start there are none.
template <std::size_t Sources>
Solved solve_traced(const Problem& problem, const std::vector<std::string>& tracers) {
  using Model = body::Traced<Sources, most_tracers>;
  using State = typename Model::template State<double>;
  using BodyState = typename body::Body<Sources>::template State<double>;
  auto model = traced_body<Sources>(problem, tracers);
  State start{};
  std::copy_n(problem.start.begin(), BodyState{}.size(), start.begin());
  BodyState part{};
  const auto body_part = [&part](const State& x) -> const BodyState& {
    std::copy_n(x.begin(), part.size(), part.begin());
    return part;
  };
  Solved solved;
  const auto& times_h = problem.times_h;
  solved.trajectory = {traced_column_names<Sources>(model, tracers.size()), times_h.size()};
  auto& table = solved.trajectory.values();
  std::copy(times_h.begin(), times_h.end(), table.data());
  RowWriter<Sources> writer(model.body, table, body_part(start));
  TracerWriter<Sources> tracer_writer(model, tracers.size(), table);
  const auto write = [&](std::size_t row, double t_h, const State& x, const Given& given) {
    writer.write(row, t_h, body_part(x), given);
    tracer_writer.write(row, t_h, x, given);
  };
  auto driven = drive(model, start, problem.timeline, times_h, problem.until_h, problem.solver,
                      write, problem.become, problem.rows_before);
  solved.status = std::move(driven.status);
  solved.statistics = driven.statistics;
  return solved;
}

}  // namespace detail

}  // namespace simulation

MGPK_COMPILED Trace trace(const Subject& subject, const Schedule& plan,
                          const simulation::Options& options,
                          const std::vector<std::string>& tracers) {
  simulation::validate(options);
  simulation::detail::check_traced_plan(plan);
  return trace(subject, plan, options, tracers, simulation::baseline_of(subject, options));
}

MGPK_COMPILED Trace trace(const Subject& subject, const Schedule& plan,
                          const simulation::Options& options,
                          const std::vector<std::string>& tracers,
                          const simulation::Baseline& baseline) {
  using namespace simulation;
  body::validate(subject);
  validate(options);
  check_baseline(baseline, subject);
  detail::check_traced_plan(plan);
  Trace result{subject, plan, options, sources_of(plan), tracers, {}, baseline, {}, {}, {}};
  if (tracers.empty()) result.tracers = tracers_of(plan);
  detail::check_tracers(plan, result.tracers);
  const Run run{subject, plan, options, {}, {}, {}, baseline, {}, {}, {}};
  const auto food = sources_of(Schedule{});
  const auto problem = detail::problem_of(run, plan, result.sources, {food, baseline.state}, {},
                                          output_times_h(options));
  result.assumptions = body::assumptions(subject);
  result.assumptions.insert(result.assumptions.end(), problem.timeline.notes.begin(),
                            problem.timeline.notes.end());
  const std::size_t n_sources = result.sources.size();
  auto solved = n_sources == 1   ? detail::solve_traced<1>(problem, result.tracers)
                : n_sources == 2 ? detail::solve_traced<2>(problem, result.tracers)
                                 : detail::solve_traced<3>(problem, result.tracers);
  result.trajectory = std::move(solved.trajectory);
  result.status = std::move(solved.status);
  result.statistics = solved.statistics;
  if (options.throw_on_failure) result.status.or_throw();
  return result;
}

}  // namespace mgpk
