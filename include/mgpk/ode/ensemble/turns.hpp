// Turns of many members, to be solved together: each is a member's start state and where it ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/members.hpp>

namespace mgpk::ode {

/// One turn of one member's map.
template <std::size_t N>
struct Turn {
  std::size_t member = 0;
  bool is_sharp = false;
  std::size_t cost = 0;  ///< steps that a turn of this kind took before, to sort by
  State<double, N> start{};
  State<double, N> end{};
  MemberStatus status{};

  std::size_t n_attempts() const { return status.n_steps + status.n_rejected; }
};

/// Turns as the members of an ensemble. `P` is a model of PeriodicMembers.
template <class P>
class TurnMembers {
 public:
  using System = typename P::System;
  using Columns = AllStates<System>;
  using Turns = std::span<Turn<System::n_states>>;

  /// Those of `turns` that are sharp, or those that are not; the dearest first.
  TurnMembers(const P& members, Turns turns, bool sharp) : members_(members), turns_(turns) {
    for (std::size_t k = 0; k < turns.size(); ++k)
      if (turns[k].is_sharp == sharp) which_.push_back(k);
    std::stable_sort(which_.begin(), which_.end(),
                     [&](std::size_t a, std::size_t b) { return turns[a].cost > turns[b].cost; });
    for (const std::size_t k : which_) end_h_.push_back(members.end_h(turns[k].member));
  }

  std::size_t size() const { return which_.size(); }
  System system(std::size_t i) const { return members_.system(member(i)); }
  const auto& start(std::size_t i) const { return turn(i).start; }
  double start_h(std::size_t i) const { return members_.start_h(member(i)); }
  /// What happens where a turn has come round belongs to the next one.
  std::span<const Stop> stops(std::size_t i) const {
    const std::span<const Stop> all = members_.stops(member(i));
    const auto end = std::find_if(all.begin(), all.end(),
                                  [&](const Stop& stop) { return stop.t_h >= end_h_[i]; });
    return {all.begin(), end};
  }
  std::span<const double> times_h(std::size_t i) const { return {&end_h_[i], 1}; }
  double* rows(std::size_t i) const { return turn(i).end.data(); }
  void done(std::size_t i, const MemberStatus& status) const { turn(i).status = status; }
  void change(std::size_t i, const Stop& stop, System& system,
              State<double, System::n_states>& x) const
    requires detail::ChangesMembers<P>
  {
    members_.change(member(i), stop, system, x);
  }

 private:
  auto& turn(std::size_t i) const { return turns_[which_[i]]; }
  std::size_t member(std::size_t i) const { return turn(i).member; }

  const P& members_;
  Turns turns_;
  std::vector<std::size_t> which_;
  std::vector<double> end_h_;
};

}  // namespace mgpk::ode
