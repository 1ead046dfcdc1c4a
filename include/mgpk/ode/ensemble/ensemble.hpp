// Solves many members of one model: in lanes, on threads, each as if it were alone.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/batch.hpp>
#include <mgpk/ode/ensemble/check_members.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/options.hpp>
#include <mgpk/ode/ensemble/queue.hpp>
#include <mgpk/ode/ensemble/trial_run.hpp>
#include <mgpk/ode/pairs/dop853.hpp>
#include <mgpk/ode/pairs/rodas5p.hpp>
#include <mgpk/ode/pairs/tsit5.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// Two registers side by side: one alone would wait for its own results.
inline constexpr std::size_t usual_width = 2 * native_lanes;

namespace ensembles {

/// Members as they are, and a count of how they ended.
template <Members M>
class Counted {
 public:
  using System = typename M::System;
  using Columns = typename M::Columns;

  explicit Counted(const M& members) : members_(members) {}

  std::size_t size() const { return members_.size(); }
  System system(std::size_t i) const { return members_.system(i); }
  auto start(std::size_t i) const { return members_.start(i); }
  double start_h(std::size_t i) const { return members_.start_h(i); }
  std::span<const Stop> stops(std::size_t i) const { return members_.stops(i); }
  std::span<const double> times_h(std::size_t i) const { return members_.times_h(i); }
  double* rows(std::size_t i) const { return members_.rows(i); }
  void change(std::size_t i, const Stop& stop, System& system,
              State<double, System::n_states>& x) const
    requires mgpk::ode::detail::ChangesMembers<M>
  {
    members_.change(i, stop, system, x);
  }
  void done(std::size_t i, const MemberStatus& status) const {
    (status.ok() ? n_ok_ : n_failed_).fetch_add(1, std::memory_order_relaxed);
    n_steps_.fetch_add(status.n_steps, std::memory_order_relaxed);
    n_rejected_.fetch_add(status.n_rejected, std::memory_order_relaxed);
    members_.done(i, status);
  }
  std::size_t n_done() const { return n_ok_ + n_failed_; }
  void count(EnsembleStatistics& statistics) const {
    statistics.n_ok = n_ok_;
    statistics.n_failed = n_failed_;
    statistics.n_steps = n_steps_;
    statistics.n_rejected = n_rejected_;
  }

 private:
  const M& members_;
  mutable std::atomic<std::size_t> n_ok_{0}, n_failed_{0}, n_steps_{0}, n_rejected_{0};
};

/// Runs `work` on so many threads; meanwhile the caller's thread asks whether to go on.
template <class Work, class KeepGoing>
void run_on_threads(std::size_t n_threads, std::atomic<bool>& stopped, Work&& work,
                    KeepGoing&& keep_going) {
  std::exception_ptr problem;
  std::mutex mutex;
  std::atomic<std::size_t> n_running{n_threads};
  std::vector<std::jthread> threads;  // joined wherever this ends, also where one cannot be made
  for (std::size_t k = 0; k < n_threads; ++k)
    threads.emplace_back([&] {
      try {
        work();
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!problem) problem = std::current_exception();
        stopped = true;
      }
      --n_running;
    });
  try {
    while (n_running > 0) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      if (!keep_going()) stopped = true;
    }
  } catch (...) {
    const std::lock_guard lock(mutex);
    problem = std::current_exception();
    stopped = true;
  }
  threads.clear();
  if (problem) std::rethrow_exception(problem);
}

/// Members that a pass could not solve, by no fault of theirs.
struct LeftOver {
  std::vector<std::size_t> declined;  ///< their chain has no exact solution
  std::vector<std::size_t> stiff;

  template <class Members>
  void add(const Members& more_declined, const Members& more_stiff) {
    declined.insert(declined.end(), more_declined.begin(), more_declined.end());
    stiff.insert(stiff.end(), more_stiff.begin(), more_stiff.end());
  }
};

/// What the passes of a solve share.
template <class KeepGoing>
struct Course {
  const EnsembleOptions& options;
  KeepGoing keep_going;
  std::atomic<bool> stopped{false};
  std::size_t n_batch_steps = 0;
};

/// One pass over the given members with one pair. Gives those that could not be solved this way.
template <class Pair, std::size_t Width, std::size_t Upstream, class M, class KeepGoing>
LeftOver solve_pass(const M& members, std::vector<std::size_t> who, const Options& solver,
                    bool gives_up_stiff, Course<KeepGoing>& course) {
  MemberQueue queue(std::move(who));
  LeftOver left_over;
  std::mutex mutex;
  const auto work = [&] {
    Batch<M, Pair, Width, Upstream> batch(members, solver,
                                          {gives_up_stiff, course.options.lands_on_times});
    batch.run([&] { return queue.next(); },
              [&] { return course.stopped.load(std::memory_order_relaxed); });
    const std::lock_guard lock(mutex);
    left_over.add(batch.declined(), batch.stiff());
    course.n_batch_steps += batch.n_steps();
  };
  if (course.options.n_threads == 1 && !course.options.keep_going) {
    work();
  } else {
    run_on_threads(course.options.n_threads, course.stopped, work, course.keep_going);
  }
  if (course.stopped)
    for (std::size_t member = queue.next(); member != npos; member = queue.next()) {
      std::fill_n(members.rows(member), members.times_h(member).size() * row_length(members),
                  std::numeric_limits<double>::quiet_NaN());
      members.done(member, {.code = StatusCode::interrupted, .t_h = members.start_h(member)});
    }
  return left_over;
}

/// Dearest first, by a trial run with the pair of order 5: only the order of the costs matters.
template <std::size_t Width, class M, class KeepGoing>
void put_in_order(const M& members, std::vector<std::size_t>& who, Course<KeepGoing>& course) {
  if (!course.options.sort_by_cost || who.size() <= 2 * Width) return;
  constexpr std::size_t upstream = n_upstream_of<typename M::System>();
  TrialMembers<M> trial(members);
  Options rough = course.options.solver;
  rough.relative_tolerance = std::min(10.0 * rough.relative_tolerance, 0.05);
  rough.absolute_tolerance = 10.0 * rough.absolute_tolerance;
  const std::size_t n_batch_steps = course.n_batch_steps;
  const LeftOver left_over = solve_pass<Tsit5, Width, upstream>(trial, who, rough, true, course);
  course.n_batch_steps = n_batch_steps;
  for (const std::size_t member : left_over.stiff) trial.count_as_dear(member);
  sort_by_cost(who, trial.cost());
}

/// Members by an explicit pair: with the chain solved exactly, then those whose chain has no such
/// solution. Gives the stiff ones, if they are to be given up.
template <class Pair, std::size_t Width, class M, class KeepGoing>
std::vector<std::size_t> solve_by(const M& members, std::vector<std::size_t> who,
                                  bool gives_up_stiff, Course<KeepGoing>& course,
                                  EnsembleStatistics& statistics) {
  constexpr std::size_t upstream = n_upstream_of<typename M::System>();
  const Options& solver = course.options.solver;
  LeftOver all;
  if constexpr (upstream > 0) {
    if (course.options.use_upstream) {
      all = solve_pass<Pair, Width, upstream>(members, std::move(who), solver, gives_up_stiff,
                                              course);
      who = std::move(all.declined);
    }
    statistics.n_without_chain = who.size();
  }
  if (!who.empty()) {
    const LeftOver rest =
        solve_pass<Pair, Width, 0>(members, std::move(who), solver, gives_up_stiff, course);
    all.stiff.insert(all.stiff.end(), rest.stiff.begin(), rest.stiff.end());
  }
  std::sort(all.stiff.begin(), all.stiff.end());
  return std::move(all.stiff);
}

}  // namespace ensembles

/// Solves all members. What became of each is told to the members' own `done`.
/// @throws std::invalid_argument for options that no solve can honour, and for members whose times
/// or stops are not in order; then nothing has been solved.
template <std::size_t Width = usual_width, Members M>
EnsembleStatistics solve_ensemble(const M& members, const EnsembleOptions& options) {
  validate(options);
  check_members(members);
  EnsembleStatistics statistics;
  const ensembles::Counted<M> counted(members);
  const auto keep_going = [&] {
    return !options.keep_going || options.keep_going(counted.n_done());
  };
  ensembles::Course<decltype(keep_going)> course{options, keep_going};
  std::vector<std::size_t> who = everyone(members.size());
  if (options.method != EnsembleMethod::rosenbrock5)
    ensembles::put_in_order<Width>(counted, who, course);
  if (options.method == EnsembleMethod::order8) {
    who = ensembles::solve_by<DormandPrince8, Width>(counted, std::move(who), false, course,
                                                     statistics);
  } else if (options.method != EnsembleMethod::rosenbrock5) {
    const bool gives_up_stiff = options.method == EnsembleMethod::automatic;
    who = ensembles::solve_by<Tsit5, Width>(counted, std::move(who), gives_up_stiff, course,
                                            statistics);
  }
  statistics.n_stiff = who.size();
  if (!who.empty())
    ensembles::solve_pass<Rodas5P, Width, 0>(counted, std::move(who), options.solver, false,
                                             course);
  statistics.n_batch_steps = course.n_batch_steps;
  counted.count(statistics);
  return statistics;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
