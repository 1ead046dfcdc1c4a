// Further slopes of the members in a batch, group by group: each takes the steps that the batch has
// chosen, some of them at a time, so that what is one group's alone stays in the nearest cache.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include <mgpk/ode/ensemble/explicit_step.hpp>
#include <mgpk/ode/ensemble/lane_passage.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/memo.hpp>
#include <mgpk/ode/ensemble/model_in_lanes.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/lanes/addresses.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// One group: values, and slopes along its directions.
template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
class FollowingGroup {
 public:
  using Source = typename Members::System;
  using Columns = typename Members::Columns;
  using Number = NumberOf<Members>;
  using Wide = InLanes<Number, Width>;
  using System = ModelInLanes<Source, Wide>;
  using Step = ExplicitStep<System, Pair, Wide, Upstream>;
  static constexpr std::size_t n = Source::n_states;
  using State = std::array<Wide, n>;

  explicit FollowingGroup(const Members& members) : members_(members) {
    x_.fill(Wide(0.0));
    slope_.fill(Wide(0.0));
    // Between two steps columns may ask for values of the chain that are nowhere noted.
    chain_.values_are_known = shows_all_states<Columns>;
  }

  void seat(std::size_t lane, std::size_t member) {
    source_[lane] = members_.system(member);
    put_lane<Number>(x_, lane, members_.start(member));
    seat_in_lane<Wide>(system_, lane, source_[lane]);
  }

  void pass(std::size_t lane, std::size_t member, const Stop& stop) {
    pass_stop_in_lane(members_, member, stop, lane, source_[lane], x_, system_);
  }

  bool prepare_upstream(std::size_t lane, double t_h, bool system_changed) {
    auto& modes = modes_of_[lane];
    if (!begin_chain_in_lane(source_[lane], t_h, lane, system_changed, x_, modes, chain_, z_))
      return false;
    if constexpr (Upstream > 0) {
      std::array<Number, Upstream> z;
      take_lane(z_, lane, z);
      reaches_chain_[lane] = has_slopes(modes, z);
      const bool reached = std::any_of(reaches_chain_.begin(), reaches_chain_.end(),
                                       [](bool reaches) { return reaches; });
      chain_.has_slopes = reached;
    }
    return true;
  }

  void start(const Mask<Width>& starting, const Mask<Width>& due, const Lanes<Width>& t_h,
             Addresses<Width> row) {
    deliver(due, x_, t_h, row);
    State slope;
    system_.derivatives(Wide(t_h), x_, slope);
    if constexpr (Upstream > 0) chain_.take_out(z_, slope);
    for (std::size_t i = 0; i < n; ++i) slope_[i] = select(starting, slope[i], slope_[i]);
  }

  void follow(Step& step, const StepTaken<Width>& taken, const typename Step::Values& values) {
    step.start_with(slope_);
    step.follow(values, system_, chain_, taken.t_h, taken.h, x_, z_, x_new_, z_new_);
    Addresses<Width> next_time = taken.next_time, row = taken.row;
    report_passed(step, system_, chain_, taken, x_, z_, x_new_, next_time,
                  [&](const Mask<Width>& due, const State& at, const Lanes<Width>& time_h)
                      MGPK_INLINED { deliver(due, at, time_h, row); });
    const State& slope_new = step.slope_at_end();
    for (std::size_t i = 0; i < n; ++i) {
      x_[i] = select(taken.accepted, x_new_[i], x_[i]);
      slope_[i] = select(taken.accepted, slope_new[i], slope_[i]);
    }
    for (std::size_t i = 0; i < Upstream; ++i) z_[i] = select(taken.accepted, z_new_[i], z_[i]);
  }

 private:
  MGPK_LANES void deliver(const Mask<Width>& which, const State& at, const Lanes<Width>& time_h,
                          Addresses<Width>& to) {
    members_.layout().store(which, to, row_of<Columns>(system_, Wide(time_h), at));
  }

  Members members_;
  System system_{};
  UpstreamOfLanes<System, Wide, Upstream> chain_{};
  std::array<Wide, Upstream> z_{}, z_new_{};
  State x_, x_new_, slope_;
  std::array<Source, Width> source_{};
  std::array<bool, Width> reaches_chain_{};
  std::array<UpstreamModes<Upstream, n, Number>, Width> modes_of_{};
};

/// All groups but the first, which the batch solves with its values. Members without slopes have
/// none.
template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
class OtherGroups {
 public:
  using Group = FollowingGroup<Members, Pair, Width, Upstream>;
  static constexpr bool has_slopes = n_slopes_of<NumberOf<Members>> > 0;

  explicit OtherGroups(const Members& members) {
    if constexpr (has_slopes)
      for (const Members& group : members.others()) groups_.emplace_back(group);
  }

  void seat(std::size_t lane, std::size_t member) {
    each([&](auto& group) { group.seat(lane, member); });
  }
  void pass(std::size_t lane, std::size_t member, const Stop& stop) {
    each([&](auto& group) { group.pass(lane, member, stop); });
  }
  bool prepare_upstream(std::size_t lane, double t_h, bool system_changed) {
    bool all_ok = true;
    each(
        [&](auto& group) { all_ok = group.prepare_upstream(lane, t_h, system_changed) && all_ok; });
    return all_ok;
  }
  void start(const Mask<Width>& starting, const Mask<Width>& due, const Lanes<Width>& t_h,
             const Addresses<Width>& row) {
    each([&](auto& group) { group.start(starting, due, t_h, row); });
  }
  /// To be called before a step is taken whose dear results the groups share.
  template <class Step>
  void lead(Step& step) {
    if constexpr (has_slopes) {
      if (groups_.empty()) return;
      MemoTape<Width>::current = &tape_;
      if (n_taken_ == 0) tape_.begin_notes();
      place_of_step_ = tape_.place();
      step.use_tape(TapeUse::note);
      step.note_values_in(&values_[n_taken_]);
    }
  }
  /// The step is one for all groups to take, now or when they catch up.
  template <class Step>
  void follow(Step& step, const StepTaken<Width>& taken) {
    if constexpr (has_slopes) {
      if (groups_.empty()) return;
      if (any(taken.accepted)) {
        taken_[n_taken_++] = taken;
        if (n_taken_ == steps_behind) catch_up(step);
      } else {
        tape_.forget_from(place_of_step_);
      }
    }
  }
  /// All groups take the steps that they are behind. To be called before members come, go or pass a
  /// stop; the batch's own slope at the start of its next step stays as it was.
  template <class Step>
  void catch_up(Step& step) {
    if constexpr (has_slopes) {
      if (n_taken_ == 0) return;
      step.use_tape(tape_.is_whole() ? TapeUse::read : TapeUse::none);
      each([&](auto& group) {
        tape_.begin_reading();
        for (std::size_t i = 0; i < n_taken_; ++i) group.follow(step, taken_[i], values_[i]);
      });
      step.start_with(step.slope_at_start());
      n_taken_ = 0;
    }
  }

 private:
  template <class Work>
  void each(Work&& work) {
    if constexpr (has_slopes)
      for (Group& group : groups_) work(group);
  }

  /// With fewer of them, what is one group's alone is fetched anew at every step; more gain
  /// nothing.
  static constexpr std::size_t steps_behind = has_slopes ? 4 : 0;

  MemoTape<Width> tape_;
  std::size_t place_of_step_ = 0;
  std::array<StepTaken<Width>, steps_behind> taken_;
  std::array<StepValues<Lanes<Width>, Members::System::n_states, Upstream, Pair::n_stages>,
             steps_behind>
      values_;
  std::size_t n_taken_ = 0;
  struct Nothing {};
  std::conditional_t<has_slopes, std::vector<Group>, std::vector<Nothing>> groups_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
