// How runs with slopes are put together: first the baselines' slopes, then those of the plans.
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/simulate/detail/baseline_slopes.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/detail/run_parts.hpp>
#include <mgpk/simulate/detail/solve_with_slopes.hpp>
#include <mgpk/simulate/slopes.hpp>

namespace mgpk {

namespace simulation::detail {

/// Runs with slopes that are under way.
class SlopedRuns {
 public:
  SlopedRuns(const std::vector<RunJob>& jobs, const std::vector<std::string>& parameters,
             const ManyOptions& how)
      : jobs_(jobs), directions_(directions_of(parameters)), how_(how), outcomes_(jobs.size()) {
    for (std::size_t i = 0; i < jobs.size(); ++i) begin(i);
  }

  std::vector<SlopedOutcome> solve() {
    solve_baselines();
    ManySlopedProblems problems;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      const bool wanted = outcomes_[i].run.has_value();
      problems.n_sources.push_back(wanted ? outcomes_[i].run->run.sources.size() : 0);
      problems.n_directions.push_back(directions_.size());
    }
    problems.make = [this](std::size_t i) { return make(i); };
    problems.take = [this](std::size_t i, const SlopedSolved& solved) { take(i, solved); };
    solve_with_slopes(problems, how_);
    for (auto& outcome : outcomes_) {
      if (outcome.failure.empty() && outcome.run->slopes.empty())
        outcome.failure = "stopped before this run";
      if (!outcome.failure.empty()) outcome.run.reset();
    }
    return std::move(outcomes_);
  }

 private:
  void begin(std::size_t i) {
    const auto& job = jobs_[i];
    try {
      body::validate(job.subject);
      validate(job.options);
      check_baseline(job.baseline, job.subject);
      check(job);
      auto options = job.options;
      options.relative_tolerance = how_.solver.relative_tolerance;
      options.absolute_tolerance_mmol = how_.solver.absolute_tolerance;
      options.with_baseline = false;
      outcomes_[i].run =
          SlopedRun{begin_run(job.subject, job.plan, options, job.baseline, nullptr), {}};
    } catch (const std::exception& error) {
      outcomes_[i].failure = error.what();
    }
  }

  void check(const RunJob& job) const {
    if (job.options.jump_limit == JumpLimit::before)
      fail("slopes are those after a jump", "jump_limit = before", "leave jump_limit out");
    if (!job.plan.resets().empty())
      fail("a plan with slopes has no resets", "a reset", "simulate the parts by themselves");
    for (const auto& dose : job.plan.doses())
      if (dose.timing.at_steady_state)
        fail("a plan with slopes has no doses at steady state", dose.label,
             "give the doses that lead to it");
    const bool has_level = job.options.start_c_plasma_total_mmol_per_L.has_value();
    for (const auto& direction : directions_)
      if (const auto why = why_not_along(direction, job.subject, has_level); !why.empty())
        throw InputError(why);
  }

  /// One day of each person; runs of one person in a row share it.
  void solve_baselines() {
    std::vector<DayWithSlopes> days;
    of_job_.assign(jobs_.size(), 0);
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      if (!outcomes_[i].run) continue;
      const bool again = !days.empty() && jobs_[last_].subject == jobs_[i].subject &&
                         jobs_[last_].baseline.state == jobs_[i].baseline.state;
      if (!again) {
        days.emplace_back(jobs_[i].subject, jobs_[i].baseline, directions_);
        last_ = i;
      }
      of_job_[i] = days.size() - 1;
    }
    baselines_.resize(days.size());
    ManySlopedProblems problems;
    problems.n_sources.assign(days.size(), 1);
    for (const auto& day : days) problems.n_directions.push_back(day.n_directions());
    problems.make = [&](std::size_t d) { return days[d].problem(how_.solver); };
    problems.take = [&](std::size_t d, const SlopedSolved& solved) {
      if (!solved.solved.status.ok()) {
        baselines_[d].failure = solved.solved.status.message();
        return;
      }
      try {
        baselines_[d] = days[d].slopes(solved);
      } catch (const std::exception& error) {
        baselines_[d].failure = error.what();
      }
    };
    auto how = how_;
    how.progress = {};
    solve_with_slopes(problems, how);
  }

  std::optional<SlopedProblem> make(std::size_t i) {
    Run& run = outcomes_[i].run->run;
    const auto& baseline = baselines_[of_job_[i]];
    try {
      if (!baseline.failure.empty())
        fail("slopes need a baseline that has them", baseline.failure, "check the person");
      SlopedProblem sloped{
          problem_of(run, run.plan, run.sources, Origin{food_only(), run.start.state}, {},
                     output_times_h(run.options)),
          {}};
      const auto& timeline = sloped.problem.timeline;
      run.assumptions.insert(run.assumptions.end(), timeline.notes.begin(), timeline.notes.end());
      for (std::size_t d = 0; d < directions_.size(); ++d)
        sloped.slopes.push_back(slope_of(run, sloped.problem, baseline, d));
      return sloped;
    } catch (const std::exception& error) {
      outcomes_[i].failure = error.what();
      return std::nullopt;
    }
  }

  ProblemSlope slope_of(const Run& run, const Problem& problem, const BaselineSlopes& baseline,
                        std::size_t d) const {
    const auto& direction = directions_[d];
    const auto moving = along(run.subject, run.start, direction, baseline.tm_mmol_per_L[d]);
    ProblemSlope slope;
    slope.values = moving.values;
    slope.parameters = moving.parameters;
    for (const auto& alteration : problem.timeline.alterations)
      slope.altered.push_back(body::parameters_during(run.subject, moving.values, moving.own,
                                                      moving.parameters, alteration.changes));
    slope.amounts =
        amounts_along(problem.timeline.given, run.subject, direction, [&](const Subject& moved) {
          return timeline_of(moved, run.plan, run.sources, problem.until_h);
        });
    slope.start = start_of(run, baseline.state[d], moving.parameters, direction);
    return slope;
  }

  /// The slopes of the state from which the run starts.
  std::vector<double> start_of(const Run& run, const std::vector<double>& d_state,
                               const body::BodyParameters<Sloped>& parameters,
                               const Direction& direction) const {
    std::vector<Sloped> state;
    for (std::size_t k = 0; k < d_state.size(); ++k)
      state.push_back(with_slope(run.start.state[k], d_state[k]));
    state = moved(state, food_only(), run.sources);
    std::optional<Sloped> level;
    if (const auto& c = run.options.start_c_plasma_total_mmol_per_L)
      level = with_slope(*c, direction.is(Own::start_c_plasma_total_mmol_per_L) ? 1.0 : 0.0);
    prepare_start(state, run.sources.size(), parameters, run.options.empty_gut_at_start, level);
    std::vector<double> slopes;
    slopes.reserve(state.size());
    for (const auto& number : state) slopes.push_back(number.slope[0]);
    return slopes;
  }

  void take(std::size_t i, const SlopedSolved& solved) {
    auto& outcome = outcomes_[i];
    if (!solved.solved.status.ok()) {
      outcome.failure = solved.solved.status.message();
      return;
    }
    outcome.run->run.trajectory = solved.solved.trajectory;
    outcome.run->run.status = solved.solved.status;
    outcome.run->run.statistics = solved.solved.statistics;
    for (std::size_t d = 0; d < directions_.size(); ++d)
      outcome.run->slopes.push_back(solved.table_slopes(d));
  }

  const std::vector<RunJob>& jobs_;
  std::vector<Direction> directions_;
  const ManyOptions& how_;
  std::vector<SlopedOutcome> outcomes_;
  std::vector<std::size_t> of_job_;  ///< whose day is a job's
  std::vector<BaselineSlopes> baselines_;
  std::size_t last_ = 0;
};

}  // namespace simulation::detail

MGPK_COMPILED std::vector<SlopedOutcome> simulate_with_slopes(
    const std::vector<RunJob>& jobs, const std::vector<std::string>& parameters,
    const simulation::ManyOptions& how) {
  return simulation::detail::SlopedRuns(jobs, parameters, how).solve();
}

}  // namespace mgpk
