// How the runs of many are taken apart into problems and put together again.
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/detail/run_parts.hpp>
#include <mgpk/simulate/solve_many.hpp>
#include <mgpk/simulate/simulate_many.hpp>

namespace mgpk {

namespace simulation::detail {

/// Runs that are under way. Problem 2 i is run i under its plan, problem 2 i + 1 the same person
/// without it. Each problem writes to its own part of its run.
class ManyRuns {
 public:
  ManyRuns(const std::vector<RunJob>& jobs, const ManyOptions& how)
      : jobs_(jobs), how_(how), runs_(jobs.size()), failures_(2 * jobs.size()) {
    for (std::size_t i = 0; i < jobs.size(); ++i) begin(i);
  }

  std::vector<RunOutcome> solve() {
    ManyProblems problems;
    for (std::size_t k = 0; k < 2 * runs_.size(); ++k)
      problems.n_sources.push_back(is_wanted(k) ? sources_of_problem(k).size() : 0);
    problems.make = [this](std::size_t k) { return make(k); };
    problems.take = [this](std::size_t k, Solved solved) { take(k, std::move(solved)); };
    const bool stopped = solve_many(problems, how_).stopped;
    std::vector<RunOutcome> outcomes;
    for (std::size_t i = 0; i < runs_.size(); ++i) outcomes.push_back(outcome(i, stopped));
    return outcomes;
  }

 private:
  static constexpr const char* not_solved = "not solved";

  void begin(std::size_t i) {
    const auto& job = jobs_[i];
    try {
      body::validate(job.subject);
      validate(job.options);
      check_baseline(job.baseline, job.subject);
      auto options = job.options;
      options.relative_tolerance = how_.solver.relative_tolerance;
      options.absolute_tolerance_mmol = how_.solver.absolute_tolerance;
      options.max_steps = how_.solver.max_steps;
      options.method = how_.solver.method;
      options.keep_going = how_.solver.keep_going;
      runs_[i] = begin_run(job.subject, job.plan, options, job.baseline, nullptr);
      failures_[2 * i] = not_solved;
      if (options.with_baseline) failures_[2 * i + 1] = not_solved;
    } catch (const std::exception& error) {
      failures_[2 * i] = error.what();
    }
  }

  bool is_wanted(std::size_t k) const { return failures_[k] == not_solved; }

  const std::vector<Source>& sources_of_problem(std::size_t k) const {
    return k % 2 == 0 ? runs_[k / 2]->sources : food_;
  }

  std::optional<Problem> make(std::size_t k) {
    Run& run = *runs_[k / 2];
    try {
      const Origin usual{food_, run.start.state};
      const bool planned = k % 2 == 0;
      auto problem = problem_of(run, planned ? run.plan : Schedule{}, sources_of_problem(k), usual,
                                {}, output_times_h(run.options));
      if (planned)
        run.assumptions.insert(run.assumptions.end(), problem.timeline.notes.begin(),
                               problem.timeline.notes.end());
      return problem;
    } catch (const std::exception& error) {
      failures_[k] = error.what();
      return std::nullopt;
    }
  }

  void take(std::size_t k, Solved solved) {
    Run& run = *runs_[k / 2];
    failures_[k].clear();
    if (!solved.status.ok() && run.options.throw_on_failure) {
      failures_[k] = solved.status.message();
    } else if (k % 2 == 1) {
      run.baseline = std::move(solved.trajectory);
    } else {
      run.trajectory = std::move(solved.trajectory);
      run.status = std::move(solved.status);
      run.statistics = solved.statistics;
    }
  }

  RunOutcome outcome(std::size_t i, bool stopped) {
    for (const std::size_t k : {2 * i, 2 * i + 1}) {
      if (failures_[k].empty()) continue;
      const bool was_stopped = stopped && failures_[k] == not_solved;
      return {std::nullopt, was_stopped ? "stopped before this run" : failures_[k]};
    }
    return {std::move(runs_[i]), ""};
  }

  const std::vector<RunJob>& jobs_;
  const ManyOptions& how_;
  const std::vector<Source> food_ = sources_of(Schedule{});
  std::vector<std::optional<Run>> runs_;
  std::vector<std::string> failures_;  ///< by problem
};

}  // namespace simulation::detail

MGPK_COMPILED std::vector<RunOutcome> simulate_many(const std::vector<RunJob>& jobs,
                                                    const simulation::ManyOptions& how) {
  return simulation::detail::ManyRuns(jobs, how).solve();
}

}  // namespace mgpk
