// Solves members in lanes: each lane has its own time, step and status, and when its member is
// done, the next one of the queue moves in.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

#include <mgpk/ode/ensemble/failure.hpp>
#include <mgpk/ode/ensemble/lane_control.hpp>
#include <mgpk/ode/ensemble/lane_passage.hpp>
#include <mgpk/ode/ensemble/lane_stiffness.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/model_in_lanes.hpp>
#include <mgpk/ode/ensemble/options.hpp>
#include <mgpk/ode/ensemble/other_groups.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/seat.hpp>
#include <mgpk/ode/ensemble/step.hpp>
#include <mgpk/ode/lanes/addresses.hpp>
#include <mgpk/ode/lanes/room.hpp>
#include <mgpk/ode/lanes/rows.hpp>
#include <mgpk/ode/options.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// `Upstream`: how many states at the head of the model are solved exactly. Members whose chain has
/// no such solution are left in `declined()`, untouched.
template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
class Batch {
 public:
  using Source = typename Members::System;
  using Columns = typename Members::Columns;
  using Real = Lanes<Width>;
  using Yes = Mask<Width>;
  /// What the members' numbers are: doubles, or dual numbers that carry slopes.
  using Number = NumberOf<Members>;
  using Wide = InLanes<Number, Width>;
  /// An implicit step differentiates the model, and dual numbers know no constants.
  using System = std::conditional_t<is_implicit_pair<Pair>, OnScalar<Source, Wide>,
                                    ModelInLanes<Source, Wide>>;
  static constexpr std::size_t n = Source::n_states;
  using State = std::array<Wide, n>;

  Batch(const Members& members, const Options& options, BatchHabits habits = {})
      : members_(members), options_(numbers_of(options)), others_(members), habits_(habits) {
    x_.fill(Wide(0.0));
    step_.start(Yes(true), x_);
    for (std::size_t lane = 0; lane < Width; ++lane) vacate(lane);
    for (std::size_t lane = 0; lane < Width; ++lane) watch_.look_away(lane);
  }

  /// `next()` gives the index of the next member, or npos when there is none; `stopped()` is asked
  /// at every step, and true ends the solve of all that are under way.
  template <class Next, class Stopped>
  void run(Next&& next, Stopped&& stopped) {
    for (std::size_t lane = 0; lane < Width; ++lane) fill(lane, next);
    while (any(active_)) {
      if (stopped()) return interrupt();
      if (any(starting_)) {
        start_lanes();
        settle(next);  // some may start where they end
      } else if (const Yes spent = without_budget(); any(spent)) {
        retire(spent, next);
      } else {
        step_lanes(next);
      }
    }
  }

  /// Where the member in the first lane stands.
  double first_lane_h() const { return t_h_[0]; }
  /// Members that this batch cannot solve.
  const Room<std::size_t>& declined() const { return declined_; }
  /// Members that an explicit pair cannot solve, or only at a great cost: nothing was reported of
  /// them but rows that are to be written again.
  const Room<std::size_t>& stiff() const { return stiff_; }
  /// Steps of the whole batch, all lanes at once.
  std::size_t n_steps() const { return n_batch_steps_; }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  void vacate(std::size_t lane);

  /// The next member that this batch can solve takes the lane; without one it stays empty.
  template <class Next>
  void fill(std::size_t lane, Next& next);

  bool seat(std::size_t lane, std::size_t member);

  /// A lane stands at a stop, at its start or at its end. False when the member must be declined.
  bool begin_stretch(std::size_t lane, bool system_changed);

  /// What happens at a stop. True where it may have changed the system.
  bool pass(std::size_t lane, const Stop& stop);

  /// Takes the slope anew where a stretch begins, reports what is due there, chooses a first step.
  void start_lanes() {
    const Yes due = starting_ & (next_time_.load() == t_h_);
    others_.start(starting_, due, t_h_, row_);
    deliver(due, x_, t_h_);
    next_time_.advance(due, 1);
    State slope;
    system_.derivatives(Wide(t_h_), x_, slope);
    if constexpr (Upstream > 0) chain_.take_out(z_, slope);
    step_.start(starting_, slope);
    Real by_slope =
        first_step_of_lanes<Pair, Upstream, Width>(values_of(x_), values_of(slope), options_);
    // What the chain drives shows in the slopes only once it has flowed.
    for (std::size_t k = 0; k < Upstream; ++k)
      by_slope = min(by_slope, 0.5 * part(chain_.modes.tau_h[k], 0));
    const Yes carried = h_next_ > Real(0.0);
    h_next_ = select(starting_, select(carried, min(h_next_, by_slope), by_slope), h_next_);
    control_.forget(starting_);
    n_starts_ = n_starts_ + select(starting_, Real(1.0), Real(0.0));
    starting_ = Yes(false);
  }

  template <class Next>
  void step_lanes(Next& next) {
    ++n_batch_steps_;
    const Yes going = active_ & (t_h_ < target_h_);
    const Real wanted = min(h_next_, Real(options_.max_step_h));
    const Real goal_h = habits_.lands_on_times ? min(target_h_, next_time_.load()) : target_h_;
    const Real left = goal_h - t_h_;
    const Yes last = 1.01 * wanted >= left;
    // Two equal steps rather than a long one and a remnant.
    Real h = select(last, left, select(2.0 * wanted > left, 0.5 * left, wanted));
    h = select(going, h, Real(0.0));
    others_.lead(step_);
    step_.run(system_, chain_, t_h_, h, x_, z_, x_new_, z_new_, error_);
    const auto verdict =
        judge_lanes<Source, Upstream>(values_of(x_), values_of(x_new_), error_, options_);
    const Yes accepted = verdict.accepted & going;
    h_next_ = control_.next_step(verdict, going, h, h_next_);
    const Yes arrived = accepted & last & (goal_h == target_h_);
    const Real t_new_h = select(last, goal_h, t_h_ + h);
    const StepTaken<Width> taken{accepted, arrived, t_h_, h, t_new_h, next_time_, row_};
    const Yes watched = accepted & !arrived & watch_.is_due(n_steps_);
    const Yes stiff = any(watched) ? look_at(watched) : Yes(false);
    report_passed(step_, system_, chain_, taken, x_, z_, x_new_, next_time_,
                  [this](const Yes& due, const State& at, const Real& time_h)
                      MGPK_INLINED { deliver(due, at, time_h); });
    commit(accepted, t_new_h);
    others_.follow(step_, taken);
    const Yes refused = going & !accepted;
    n_rejected_ = n_rejected_ + select(refused, Real(1.0), Real(0.0));
    bool anyone_left = any(stiff);
    if (anyone_left) give_up(stiff, next);
    if (any(refused)) anyone_left |= look_for_failures(refused, verdict, next);
    // Those who waited for one that has left wait no longer.
    if (any(arrived) || anyone_left) settle(next);
  }

  MGPK_LANES void deliver(const Yes& which, const State& at, const Real& time_h) {
    const auto& row = row_of<Columns>(system_, Wide(time_h), at);
    if constexpr (n_slopes_of<Number> == 0) {
      store_rows(which, row_, row);
      row_.advance(which, Columns::n_columns);
    } else {
      members_.layout().store(which, row_, row);
    }
  }

  MGPK_LANES void commit(const Yes& accepted, const Real& t_new_h) {
    for (std::size_t i = 0; i < n; ++i) x_[i] = select(accepted, x_new_[i], x_[i]);
    step_.accept(accepted);
    for (std::size_t i = 0; i < Upstream; ++i) z_[i] = select(accepted, z_new_[i], z_[i]);
    t_h_ = select(accepted, t_new_h, t_h_);
    n_steps_ = n_steps_ + select(accepted, Real(1.0), Real(0.0));
  }

  __attribute__((noinline)) Yes look_at(const Yes& watched);

  template <class Next>
  void give_up(const Yes& which, Next& next);

  /// Lanes that stand at their target go on or are done. Those with the same target wait for each
  /// other: together they cost one evaluation at the start of the next stretch, and their outputs
  /// fall due together. It changes nothing in their numbers.
  template <class Next>
  void settle(Next& next);

  template <class Next>
  void go_on(std::size_t lane, Next& next);

  template <class Next>
  bool look_for_failures(const Yes& refused, const LaneVerdict<Width>& verdict, Next& next);

  /// Lanes whose members have used up their steps and want another one.
  Yes without_budget() const {
    const Real most = static_cast<double>(options_.max_steps);
    return active_ & (t_h_ < target_h_) & (n_steps_ + n_rejected_ >= most);
  }
  template <class Next>
  void retire(const Yes& spent, Next& next);

  void fail(std::size_t lane, const MemberStatus& status);

  void interrupt();

  /// Rows that a member has not come to are not left as they were.
  void report(std::size_t lane, MemberStatus status);

  const Members& members_;
  Options options_;
  System system_{};
  UpstreamOfLanes<System, Wide, Upstream> chain_{};
  std::array<Wide, Upstream> z_{}, z_new_{};
  State x_, x_new_;
  std::array<Real, n> error_;
  Real t_h_, target_h_, h_next_, n_steps_, n_rejected_, n_starts_;
  Yes active_, starting_;
  Step<System, Pair, Wide, Upstream> step_;
  LaneController<Pair, Width> control_;
  LaneStiffness<Width> watch_;
  OtherGroups<Members, Pair, Width, Upstream> others_;
  Addresses<Width> next_time_, row_;
  std::array<std::size_t, Width> member_{};
  std::array<Source, Width> source_{};
  std::array<UpstreamModes<Upstream, n, Number>, Width> modes_of_{};
  std::array<Timetable, Width> timetable_;
  Room<std::size_t> declined_, stiff_;
  BatchHabits habits_;
  std::size_t n_batch_steps_ = 0;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode

#include <mgpk/ode/ensemble/batch_members.hpp>  // IWYU pragma: export
