// Persons solved together: their baselines, then their usual days and their runs, in lanes.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <mgpk/people/ensemble.hpp>
#include <mgpk/people/read_outs.hpp>
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/simulate_many.hpp>

namespace mgpk::people::detail {

/// Reads person `i` of those solved together; `run` is none where only the usual day was asked for.
using ReadPerson = std::function<Outcome(std::size_t i, const Run& day, const Run* run)>;

/// The jobs of those who have a baseline: the usual day and, with a plan (an empty one is none to
/// follow), the run.
class Together {
 public:
  Together(const std::vector<Subject>& subjects, const simulation::Options& options,
           const Schedule* plan, std::size_t n_threads)
      : outcomes_(subjects.size()), place_(subjects.size()), has_run_(plan != nullptr) {
    auto baselines = simulation::baselines_of(subjects, options, n_threads);
    std::vector<RunJob> jobs;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      outcomes_[i].failure = std::move(baselines[i].failure);
      if (!baselines[i].baseline) continue;
      place_[i] = jobs.size();
      const auto& baseline = *baselines[i].baseline;
      jobs.push_back({subjects[i], {}, options_of_day(subjects[i], options), baseline});
      if (plan) jobs.push_back({subjects[i], *plan, options, baseline});
    }
    runs_ = simulate_many(jobs, {.solver = options.solver(), .n_threads = n_threads});
  }

  std::vector<MemberOutcome> read(const ReadPerson& read_person, std::size_t n_threads) && {
    const simulation::detail::WorkProgress silent;
    simulation::detail::SharedWork work(outcomes_.size(), n_threads, silent);
    work.run([&](std::size_t i) {
      if (!place_[i]) return;
      try {
        outcomes_[i] = read_one(i, read_person);
      } catch (const std::exception& error) {
        outcomes_[i].failure = error.what();
      }
    });
    return std::move(outcomes_);
  }

 private:
  MemberOutcome read_one(std::size_t i, const ReadPerson& read_person) {
    const auto& day = runs_[*place_[i]];
    if (!day.run) return {{}, day.failure};
    if (!has_run_) return {read_person(i, *day.run, nullptr), ""};
    const auto& run = runs_[*place_[i] + 1];
    if (!run.run) return {{}, run.failure};
    return {read_person(i, *day.run, &*run.run), ""};
  }

  std::vector<MemberOutcome> outcomes_;
  std::vector<std::optional<std::size_t>> place_;  ///< of the first job of each person
  bool has_run_;
  std::vector<RunOutcome> runs_;
};

}  // namespace mgpk::people::detail
