// Periodic states of many members at once: every turn of every search is solved in lanes.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <span>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/ode/ensemble/periodic_options.hpp>
#include <mgpk/ode/ensemble/search_party.hpp>
#include <mgpk/ode/ensemble/turns.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace ensembles {

/// The turns of a party, solved as an ensemble.
template <std::size_t Width, PeriodicMembers M>
class TurnSolver {
 public:
  TurnSolver(const M& members, const EnsemblePeriodicOptions& options) : members_(members) {
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

  std::size_t operator()(std::span<Turn<M::System::n_states>> all, bool sharp) const {
    const TurnMembers<M> turns(members_, all, sharp);
    if (turns.size() == 0) return 0;
    const auto statistics = solve_ensemble<Width>(turns, sharp ? sharp_ : rough_);
    return statistics.n_steps + statistics.n_rejected;
  }

 private:
  const M& members_;
  EnsembleOptions rough_, sharp_;
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
    ensembles::SearchParty party(members, options,
                                 ensembles::TurnSolver<Width, M>(members, options));
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
