// How members come into the lanes of a batch, pass their stops, and leave.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include <mgpk/ode/ensemble/batch.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
void Batch<Members, Pair, Width, Upstream>::vacate(std::size_t lane) {
  active_.set(lane, false);
  starting_.set(lane, false);
  t_h_.set(lane, 0.0);
  target_h_.set(lane, 0.0);
  h_next_.set(lane, 0.0);
  next_time_.set(lane, &infinity);
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
template <class Next>
void Batch<Members, Pair, Width, Upstream>::fill(std::size_t lane, Next& next) {
  others_.catch_up(step_);
  for (std::size_t member = next(); member != npos; member = next()) {
    if (seat(lane, member)) return;
    declined_.push_back(member);
  }
  vacate(lane);
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
bool Batch<Members, Pair, Width, Upstream>::seat(std::size_t lane, std::size_t member) {
  member_[lane] = member;
  source_[lane] = members_.system(member);
  put_lane<Number>(x_, lane, members_.start(member));
  t_h_.set(lane, members_.start_h(member));
  timetable_[lane].assign(members_.stops(member), members_.times_h(member));
  next_time_.set(lane, timetable_[lane].times_h());
  row_.set(lane, members_.rows(member));
  h_next_.set(lane, options_.first_step_h);
  n_steps_.set(lane, 0.0);
  n_rejected_.set(lane, 0.0);
  n_starts_.set(lane, 0.0);
  active_.set(lane, true);
  seat_in_lane<Wide>(system_, lane, source_[lane]);
  others_.seat(lane, member);
  return begin_stretch(lane, true);
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
bool Batch<Members, Pair, Width, Upstream>::begin_stretch(std::size_t lane, bool system_changed) {
  const double t_h = t_h_[lane];
  Timetable& timetable = timetable_[lane];
  while (const Stop* stop = timetable.due_at(t_h))
    system_changed = pass(lane, *stop) || system_changed;
  target_h_.set(lane, timetable.target_h());
  starting_.set(lane, true);
  if (habits_.gives_up_stiff) watch_.begin(lane, n_steps_[lane]);
  return begin_chain_in_lane(source_[lane], t_h, lane, system_changed, x_, modes_of_[lane], chain_,
                             z_) &&
         others_.prepare_upstream(lane, t_h, system_changed);
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
bool Batch<Members, Pair, Width, Upstream>::pass(std::size_t lane, const Stop& stop) {
  others_.pass(lane, member_[lane], stop);
  if (n_slopes_of<Number> == 0 && stop.change == Change::add_to_state) {
    Real& state = part(x_[stop.index], 0);
    state.set(lane, state[lane] + stop.amount);
    return false;
  }
  pass_stop_in_lane(members_, member_[lane], stop, lane, source_[lane], x_, system_);
  return stop.change != Change::add_to_state;
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
template <class Next>
void Batch<Members, Pair, Width, Upstream>::give_up(const Yes& which, Next& next) {
  for_each_lane(which, [&](std::size_t lane) {
    stiff_.push_back(member_[lane]);
    fill(lane, next);
  });
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
template <class Next>
void Batch<Members, Pair, Width, Upstream>::settle(Next& next) {
  const Yes there = active_ & (t_h_ >= target_h_);
  const Yes under_way = active_ & !there;
  for_each_lane(there, [&](std::size_t lane) {
    if (!any(under_way & (target_h_ == Real(target_h_[lane])))) go_on(lane, next);
  });
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
template <class Next>
void Batch<Members, Pair, Width, Upstream>::go_on(std::size_t lane, Next& next) {
  others_.catch_up(step_);
  const bool at_end = t_h_[lane] >= timetable_[lane].end_h();
  if (!begin_stretch(lane, false)) {
    declined_.push_back(member_[lane]);
    fill(lane, next);
  } else if (at_end) {
    // Reports the end, of this lane alone: another that starts may end where it starts, and would
    // stand there for ever, neither starting nor under way.
    Yes others = starting_;
    others.set(lane, false);
    starting_ = Yes(false);
    starting_.set(lane, true);
    start_lanes();
    starting_ = others;
    report(lane, {.code = StatusCode::ok});
    fill(lane, next);
  }
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
template <class Next>
bool Batch<Members, Pair, Width, Upstream>::look_for_failures(const Yes& refused,
                                                              const LaneVerdict<Width>& verdict,
                                                              Next& next) {
  const Real tiny = 16.0 * std::numeric_limits<double>::epsilon() * max(abs(t_h_), Real(1e-8));
  const Yes stuck = refused & (h_next_ < tiny);
  // All are asked why before the groups catch up, which use the same stages.
  std::array<MemberStatus, Width> why;
  for_each_lane(stuck, [&](std::size_t lane) {
    const auto slope = [&](std::size_t stage, std::size_t i) {
      return part(step_.slope(stage)[i], 0)[lane];
    };
    why[lane] = failure_of<Source, Upstream>(lane, verdict, values_of(x_new_), error_,
                                             h_next_[lane], Pair::n_stages, slope, options_);
  });
  for_each_lane(stuck, [&](std::size_t lane) {
    fail(lane, why[lane]);
    fill(lane, next);
  });
  return any(stuck);
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
template <class Next>
void Batch<Members, Pair, Width, Upstream>::retire(const Yes& spent, Next& next) {
  for_each_lane(spent, [&](std::size_t lane) {
    fail(lane, {.code = StatusCode::step_budget_exhausted,
                .value = static_cast<double>(options_.max_steps)});
    fill(lane, next);
  });
  settle(next);
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
void Batch<Members, Pair, Width, Upstream>::fail(std::size_t lane, const MemberStatus& status) {
  const bool too_slow =
      status.code == StatusCode::step_too_small || status.code == StatusCode::step_budget_exhausted;
  if (habits_.gives_up_stiff && too_slow) {
    stiff_.push_back(member_[lane]);
  } else {
    report(lane, status);
  }
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
void Batch<Members, Pair, Width, Upstream>::interrupt() {
  for_each_lane(active_,
                [&](std::size_t lane) { report(lane, {.code = StatusCode::interrupted}); });
}

template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
void Batch<Members, Pair, Width, Upstream>::report(std::size_t lane, MemberStatus status) {
  others_.catch_up(step_);
  if (!status.ok())
    std::fill_n(row_[lane], timetable_[lane].n_left(next_time_[lane]) * row_length(members_),
                std::numeric_limits<double>::quiet_NaN());
  status.t_h = t_h_[lane];
  status.n_steps = static_cast<std::size_t>(n_steps_[lane]);
  status.n_rejected = static_cast<std::size_t>(n_rejected_[lane]);
  // The last stage of an explicit step is the first one of the next.
  constexpr std::size_t n_each = Pair::n_stages - (is_implicit_pair<Pair> ? 0 : 1);
  status.n_rhs =
      (status.n_steps + status.n_rejected) * n_each + static_cast<std::size_t>(n_starts_[lane]);
  members_.done(member_[lane], status);
}

/// Which of the watched lanes are stiff.
template <class Members, class Pair, std::size_t Width, std::size_t Upstream>
auto Batch<Members, Pair, Width, Upstream>::look_at(const Yes& watched) -> Yes {
  if constexpr (requires { step_.held_back(x_new_, 0.0, 0.0); }) {
    const double floor = options_.absolute_tolerance / options_.relative_tolerance;
    return watch_.look(watched, step_.held_back(x_new_, watch_.limit, floor), n_steps_);
  } else {
    return Yes(false);
  }
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
