// Periodic states of many members at once: every turn of every search is solved in lanes.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/ode/ensemble/member_search.hpp>
#include <mgpk/ode/ensemble/periodic_options.hpp>
#include <mgpk/ode/ensemble/turns.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace ensembles {

/// The searches that one thread has under way. Those that are done make room for the next members.
template <PeriodicMembers M, std::size_t Width>
class SearchParty {
 public:
  using System = typename M::System;
  static constexpr std::size_t n = System::n_states;

  SearchParty(const M& members, const EnsemblePeriodicOptions& options)
      : members_(members), options_(options) {
    rough_.solver = options.rough;
    rough_.method = options.rough_method;
    sharp_.solver = options.sharp;
    sharp_.method = options.sharp_method;
    for (EnsembleOptions* o : {&rough_, &sharp_}) {
      o->solver.keep_going = {};
      o->use_upstream = options.use_upstream;
      o->sort_by_cost = false;  // turns come sorted
    }
  }

  /// `next()` gives the index of the next member, or npos; `stopped()` is asked between turns.
  template <class Next, class Stopped, class Done>
  void run(Next&& next, Stopped&& stopped, Done&& done) {
    std::size_t member = next();
    for (;;) {
      for (; member != npos && searches_.size() < options_.n_together; member = next())
        searches_.push_back(std::make_unique<MemberSearch<System>>(
            member, members_.start(member), members_.mask(member), options_));
      if (searches_.empty()) return;
      if (stopped()) {
        for (auto& search : searches_) search->interrupt();
      } else {
        turn();
      }
      dismiss(done);
    }
  }

  const EnsemblePeriodicStatistics& statistics() const { return statistics_; }

 private:
  /// One turn, or some, for every search.
  void turn() {
    turns_.clear();
    ends_.clear();
    for (const auto& search : searches_) {
      search->ask(turns_);
      ends_.push_back(turns_.size());
    }
    statistics_.n_sharp_steps += solve(true, sharp_);
    statistics_.n_rough_steps += solve(false, rough_);
    std::size_t first = 0;
    for (std::size_t k = 0; k < searches_.size(); first = ends_[k++])
      searches_[k]->take(std::span<const Turn<n>>(turns_).subspan(first, ends_[k] - first));
  }

  std::size_t solve(bool sharp, const EnsembleOptions& options) {
    const TurnMembers<M> turns(members_, turns_, sharp);
    if (turns.size() == 0) return 0;
    const auto statistics = solve_ensemble<Width>(turns, options);
    return statistics.n_steps + statistics.n_rejected;
  }

  template <class Done>
  void dismiss(Done& done) {
    std::erase_if(searches_, [&](const auto& search) {
      if (!search->is_done()) return false;
      auto found = search->found();
      const std::size_t member = search->member();
      auto& status = found.status;
      if (status.state_index != npos)
        status.state_name = state_name_of(members_.system(member), status.state_index);
      statistics_.n_sharp_turns += found.n_sharp_turns;
      statistics_.n_rough_turns += found.n_rough_turns;
      (status.ok() ? statistics_.n_ok : statistics_.n_failed) += 1;
      members_.done(member, found);
      done();
      return true;
    });
  }

  const M& members_;
  const EnsemblePeriodicOptions& options_;
  EnsembleOptions rough_, sharp_;
  std::vector<std::unique_ptr<MemberSearch<System>>> searches_;
  std::vector<Turn<n>> turns_;
  std::vector<std::size_t> ends_;  ///< of each search's turns
  EnsemblePeriodicStatistics statistics_;
};

inline void add(EnsemblePeriodicStatistics& sum, const EnsemblePeriodicStatistics& part) {
  sum.n_ok += part.n_ok;
  sum.n_failed += part.n_failed;
  sum.n_sharp_turns += part.n_sharp_turns;
  sum.n_rough_turns += part.n_rough_turns;
  sum.n_sharp_steps += part.n_sharp_steps;
  sum.n_rough_steps += part.n_rough_steps;
}

}  // namespace ensembles

/// Finds, for every member, x with map(x) = x on the masked states, where the map is one turn of
/// its life. What became of each is told to the members' own `done`. A member's result depends on
/// that member and the options, not on its neighbours, the width or the threads.
/// @throws std::invalid_argument for options that no search can honour, and for empty masks.
template <std::size_t Width = usual_width, PeriodicMembers M>
EnsemblePeriodicStatistics find_periodic_ensemble(const M& members,
                                                  const EnsemblePeriodicOptions& options = {}) {
  validate(options);
  for (std::size_t i = 0; i < members.size(); ++i)
    if (std::bitset<M::System::n_states>(members.mask(i)).none())
      mgpk::ode::detail::refuse("mask", "select at least one state", 0.0,
                                "say which states repeat");
  EnsemblePeriodicStatistics statistics;
  MemberQueue queue(everyone(members.size()));
  std::atomic<bool> stopped{false};
  std::atomic<std::size_t> n_done{0};
  std::mutex mutex;
  const auto work = [&] {
    ensembles::SearchParty<M, Width> party(members, options);
    party.run([&] { return queue.next(); }, [&] { return stopped.load(std::memory_order_relaxed); },
              [&] { ++n_done; });
    const std::lock_guard lock(mutex);
    ensembles::add(statistics, party.statistics());
  };
  if (options.n_threads == 1 && !options.keep_going) {
    work();
  } else {
    ensembles::run_on_threads(options.n_threads, stopped, work,
                              [&] { return !options.keep_going || options.keep_going(n_done); });
  }
  return statistics;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
