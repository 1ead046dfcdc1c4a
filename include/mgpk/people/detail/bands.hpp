// How the draws of bands are solved.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/people/bands.hpp>
#include <mgpk/people/detail/together.hpp>
#include <mgpk/simulate/detail/chunks.hpp>
#include <mgpk/people/read_outs.hpp>
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/steady_state.hpp>

namespace mgpk {

namespace people::detail {

inline simulation::Options options_of(const Run& run, const BandsOptions& wanted) {
  auto options = run.options;
  options.relative_tolerance = wanted.relative_tolerance;
  options.absolute_tolerance_mmol = wanted.absolute_tolerance_mmol;
  options.throw_on_failure = true;
  options.with_baseline = true;
  return options;
}

inline SteadyState steady_of(const Subject& subject, const Run& run,
                             const simulation::Options& options,
                             const simulation::Baseline& baseline) {
  simulation::SteadyStateOptions steady;
  steady.relative_tolerance = options.relative_tolerance;
  steady.absolute_tolerance_mmol = options.absolute_tolerance_mmol;
  steady.max_steps = options.max_steps;
  steady.keep_going = options.keep_going;
  return steady_state(subject, run.taken_before, steady, baseline);
}

/// The run of another person as this one was made, from a history or a steady state on.
inline Run run_again(const Subject& subject, const Run& run, const simulation::Options& options,
                     const simulation::Baseline& baseline) {
  if (!run.history.empty()) return simulate(subject, run.plan, options, baseline, run.history);
  return simulate(subject, run.plan, options, steady_of(subject, run, options, baseline));
}

using SolveChunk = std::function<std::vector<MemberOutcome>(std::size_t, std::size_t)>;

/// What comes of each person by themselves, on all cores, from baselines that are found together.
inline std::vector<MemberOutcome> each_from_baseline(
    const std::vector<Subject>& subjects, const simulation::Options& options, std::size_t n_threads,
    const std::function<Outcome(const Subject&, const simulation::Baseline&)>& solve) {
  auto baselines = simulation::baselines_of(subjects, options, n_threads);
  std::vector<MemberOutcome> outcomes(subjects.size());
  const simulation::detail::WorkProgress silent;
  simulation::detail::SharedWork work(subjects.size(), n_threads, silent);
  work.run([&](std::size_t i) {
    try {
      outcomes[i].failure = std::move(baselines[i].failure);
      if (baselines[i].baseline) outcomes[i].outcome = solve(subjects[i], *baselines[i].baseline);
    } catch (const std::exception& error) {
      outcomes[i].failure = error.what();
    }
  });
  return outcomes;
}

}  // namespace people::detail

MGPK_COMPILED Bands bands(const Run& run, std::size_t n, const people::BandsOptions& options) {
  require(n >= 1, "bands need at least one draw", static_cast<double>(n),
          "give how many are to be drawn");
  for (const auto& column : options.columns) run.values(column);  // refuses an unknown one
  const auto labels =
      people::labels_of(run.plan, run.history.empty() ? run.taken_before : run.history.plan);
  const auto each = people::detail::options_of(run, options);
  simulation::validate(each);
  Bands made{options.seed, people::uncertain_of(run.subject, options.parameters), {}, {}};
  const auto& uncertain = made.uncertain;
  made.drawn.resize(static_cast<Eigen::Index>(n),
                    static_cast<Eigen::Index>(uncertain.drawn.size() + uncertain.following.size()));
  for (std::size_t i = 0; i < n; ++i) {
    const auto values = people::draw_parameters(run.subject, uncertain, options.seed, i);
    for (std::size_t j = 0; j < values.size(); ++j)
      made.drawn(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = values[j];
  }
  const auto subject_of = [&](std::size_t i) {
    return people::with_parameters(
        run.subject, uncertain, people::draw_parameters(run.subject, uncertain, options.seed, i));
  };
  const auto read = [&](const Run& day, const Run& again) {
    people::Outcome outcome{people::day_numbers(day), {}};
    for (const double number : people::plan_numbers(again, labels))
      outcome.numbers.push_back(number);
    for (const auto& column : options.columns) outcome.curves.push_back(again.values(column));
    return outcome;
  };
  const auto solve = [&](std::size_t first, std::size_t last) {
    std::vector<Subject> subjects;
    for (std::size_t i = first; i < last; ++i) subjects.push_back(subject_of(i));
    people::detail::Together together(subjects, each, &run.plan, options.how.n_threads);
    return std::move(together).read(
        [&](std::size_t, const Run& day, const Run* again) { return read(day, *again); },
        options.how.n_threads);
  };
  // What a person did before is solved one by one, from baselines that are found together.
  const auto solve_after = [&](std::size_t first, std::size_t last) {
    std::vector<Subject> subjects;
    for (std::size_t i = first; i < last; ++i) subjects.push_back(subject_of(i));
    return people::detail::each_from_baseline(
        subjects, each, options.how.n_threads,
        [&](const Subject& subject, const simulation::Baseline& baseline) {
          const Run day = simulate(subject, people::options_of_day(subject, each), baseline);
          return read(day, people::detail::run_again(subject, run, each, baseline));
        });
  };
  auto names = people::day_names;
  for (auto& name : people::plan_names(labels)) names.push_back(std::move(name));
  auto times_h = simulation::output_times_h(each);
  const auto solve_some = run.history.empty() && run.taken_before.empty()
                              ? people::detail::SolveChunk(solve)
                              : people::detail::SolveChunk(solve_after);
  made.ensemble = people::solve_ensemble_in_chunks(n, simulation::detail::chunk_of_runs(each),
                                                   std::move(names), options.columns,
                                                   std::move(times_h), solve_some, options.how);
  return made;
}

}  // namespace mgpk
