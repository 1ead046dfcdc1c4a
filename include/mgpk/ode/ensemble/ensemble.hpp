// Solves many members of one model: in lanes, on threads, each as if it were alone.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/batch.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/options.hpp>
#include <mgpk/ode/ensemble/queue.hpp>
#include <mgpk/ode/ensemble/trial_run.hpp>
#include <mgpk/ode/pairs/dop853.hpp>
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
  std::vector<std::thread> threads;
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
  for (auto& thread : threads) thread.join();
  if (problem) std::rethrow_exception(problem);
}

/// One pass over the given members with one pair. Gives those that could not be solved this way.
template <class Pair, std::size_t Width, std::size_t Upstream, class M, class KeepGoing>
std::vector<std::size_t> solve_pass(const M& members, std::vector<std::size_t> who,
                                    const EnsembleOptions& options, std::atomic<bool>& stopped,
                                    KeepGoing&& keep_going, std::size_t& n_batch_steps) {
  MemberQueue queue(std::move(who));
  std::vector<std::size_t> declined;
  std::mutex mutex;
  const auto work = [&] {
    Batch<M, Pair, Width, Upstream> batch(members, options.solver);
    batch.run([&] { return queue.next(); },
              [&] { return stopped.load(std::memory_order_relaxed); });
    const std::lock_guard lock(mutex);
    declined.insert(declined.end(), batch.declined().begin(), batch.declined().end());
    n_batch_steps += batch.n_steps();
  };
  if (options.n_threads == 1 && !options.keep_going) {
    work();
  } else {
    run_on_threads(options.n_threads, stopped, work, keep_going);
  }
  if (stopped)
    for (std::size_t member = queue.next(); member != npos; member = queue.next())
      members.done(member, {.code = StatusCode::interrupted, .t_h = members.start_h(member)});
  return declined;
}

/// All members with one pair: a trial run to sort them, then with the chain solved exactly, then
/// those whose chain has no such solution.
template <class Pair, std::size_t Width, class M, class KeepGoing>
void solve_by(const M& members, const EnsembleOptions& options, KeepGoing&& keep_going,
              EnsembleStatistics& statistics) {
  constexpr std::size_t upstream = n_upstream_of<typename M::System>();
  std::atomic<bool> stopped{false};
  std::vector<std::size_t> who = everyone(members.size());
  if (options.sort_by_cost && who.size() > 2 * Width) {
    const TrialMembers<M> trial(members);
    std::size_t n_trial_steps = 0;
    EnsembleOptions rough = options;
    rough.solver.relative_tolerance = std::min(10.0 * options.solver.relative_tolerance, 0.05);
    rough.solver.absolute_tolerance = 10.0 * options.solver.absolute_tolerance;
    solve_pass<Pair, Width, upstream>(trial, who, rough, stopped, keep_going, n_trial_steps);
    sort_by_cost(who, trial.cost());
  }
  if constexpr (upstream > 0) {
    if (options.use_upstream)
      who = solve_pass<Pair, Width, upstream>(members, std::move(who), options, stopped, keep_going,
                                              statistics.n_batch_steps);
    statistics.n_without_chain = who.size();
  }
  if (!who.empty())
    solve_pass<Pair, Width, 0>(members, std::move(who), options, stopped, keep_going,
                               statistics.n_batch_steps);
}

}  // namespace ensembles

/// Solves all members. What became of each is told to the members' own `done`.
/// @throws std::invalid_argument for options that no solve can honour, and for members whose times
/// or stops are not in order; then nothing has been solved.
template <std::size_t Width = usual_width, Members M>
EnsembleStatistics solve_ensemble(const M& members, const EnsembleOptions& options) {
  validate(options);
  EnsembleStatistics statistics;
  const ensembles::Counted<M> counted(members);
  const auto keep_going = [&] {
    return !options.keep_going || options.keep_going(counted.n_done());
  };
  if (options.method == EnsembleMethod::order8) {
    ensembles::solve_by<DormandPrince8, Width>(counted, options, keep_going, statistics);
  } else {
    ensembles::solve_by<Tsit5, Width>(counted, options, keep_going, statistics);
  }
  counted.count(statistics);
  return statistics;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
