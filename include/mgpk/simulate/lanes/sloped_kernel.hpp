// The lanes of a body with slopes for the instruction set that this translation unit is compiled
// for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include <mgpk/ode/ensemble/sensitivities.hpp>
#include <mgpk/ode/lanes/instruction_set.hpp>
#include <mgpk/ode/pairs/dop853.hpp>
#include <mgpk/simulate/lanes/sloped_feed.hpp>

namespace mgpk::simulation::lanes {
inline namespace MGPK_INSTRUCTION_SET {

inline ode::Options options_of(const Tolerances& tolerances) {
  ode::Options options;
  options.relative_tolerance = tolerances.relative;
  options.absolute_tolerance = tolerances.absolute_mmol;
  options.max_step_h = tolerances.max_step_h;
  options.max_steps = tolerances.max_steps;
  return options;
}

/// The passengers of a feed as members that know their slopes.
template <std::size_t Sources>
class SlopedSeats {
 public:
  using System = body::Equations<Sources>;
  using Columns = ode::AllStates<System>;
  using State = typename SlopedFeed<Sources>::State;
  static constexpr bool stop_times_are_fixed = true;

  explicit SlopedSeats(SlopedFeed<Sources>& feed) : feed_(feed) {}

  std::size_t size() const { return feed_.size(); }
  std::size_t n_directions() const { return feed_.n_directions(); }
  System system(std::size_t i) const { return *feed_.passenger(i).body; }
  State start(std::size_t i) const { return state_at(feed_.passenger(i).start, 0); }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t i) const { return feed_.passenger(i).stops; }
  std::span<const double> times_h(std::size_t i) const { return feed_.passenger(i).times_h; }
  double* rows(std::size_t i) const { return feed_.passenger(i).rows.data(); }

  void differentiate(std::size_t i, std::size_t direction, System& d_system, State& d_start) const {
    const auto& passenger = feed_.passenger(i);
    d_system = passenger.d_body[direction];
    d_start = state_at(passenger.d_start, direction);
  }
  ode::StopSlope stop_slope(std::size_t i, std::size_t stop, std::size_t direction) const {
    const auto& passenger = feed_.passenger(i);
    if (passenger.d_stops.empty()) return {};
    return {0.0, passenger.d_stops[direction * passenger.stops.size() + stop]};
  }

  void change(std::size_t i, const ode::Stop& stop, System& body, State& x) const {
    feed_.change(i, stop, body, x);
  }
  /// Values and slopes go through the door apart: a dual number is no plain one.
  template <class Number>
  void change_along(std::size_t i, std::size_t first, const ode::StopOn<Number>& stop,
                    body::Equations<Sources, Number>& system,
                    ode::State<Number, System::n_states>& x) const {
    const ode::Stop plain{stop.t_h.value, stop.change, stop.index, stop.amount.value};
    constexpr std::size_t n_parts = ode::n_parts_of<Number>;
    for (std::size_t p = 0; p < n_parts && first + p <= n_directions(); ++p) {
      System body;
      State at;
      ode::take_part<Number>(system, p, body);
      for (std::size_t k = 0; k < at.size(); ++k) at[k] = ode::part(x[k], p);
      if (p == 0)
        feed_.change(i, plain, body, at);
      else
        feed_.change_slopes(i, plain, first + p - 1, body, at);
      ode::set_part<Number>(system, p, body);
      for (std::size_t k = 0; k < at.size(); ++k) ode::part(x[k], p) = at[k];
    }
  }

  void done(std::size_t i, const ode::MemberStatus& status) const { feed_.done(i, status); }

 private:
  static State state_at(std::span<const double> numbers, std::size_t row) {
    State x;
    std::copy_n(numbers.data() + row * x.size(), x.size(), x.begin());
    return x;
  }

  SlopedFeed<Sources>& feed_;
};

/// Order 8 for every tolerance: slopes are for fits, which want few times and sharp numbers.
template <std::size_t Sources>
std::size_t run_with_slopes(SlopedFeed<Sources>& feed, const Tolerances& tolerances) {
  const SlopedSeats<Sources> seats(feed);
  const ode::SlopedMembers<SlopedSeats<Sources>, SlopedSeats<Sources>, directions_together> sloped(
      seats, seats);
  ode::MemberQueue queue(ode::everyone(seats.size()));
  ode::Batch<std::remove_const_t<decltype(sloped)>, ode::DormandPrince8, ode::native_lanes, 0>
      batch(sloped, options_of(tolerances), {.lands_on_times = true});
  batch.run([&] { return queue.next(); }, [&] { return feed.stopped(); });
  return batch.n_steps();
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::simulation::lanes
