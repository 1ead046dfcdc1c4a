// What a stop does to one member, to its state and, where it is asked for, to its slopes.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/parts.hpp>

namespace mgpk::ode {

/// Does what the stop says.
template <class M, class Number, std::size_t N>
void do_change(const M& members, std::size_t member, const StopOn<Number>& stop,
               typename M::System& system, std::array<Number, N>& x) {
  if (stop.change == Change::add_to_state) {
    x[stop.index] += stop.amount;
  } else if constexpr (detail::ChangesMembers<M>) {
    members.change(member, stop, system, x);
  }
}

/// Moves the slopes along with a time that has slopes: forth to the moment of the stop (share 1) or
/// back to a fixed time (share -1).
template <class System, class Number, std::size_t N>
void drift(const System& system, const Number& t_h, double share, std::array<Number, N>& x) {
  std::array<Number, N> dxdt{};
  system.derivatives(Number(t_h.value), x, dxdt);
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t p = 1; p < n_parts_of<Number>; ++p)
      part(x[i], p) += share * dxdt[i].value * part(t_h, p);
}

template <class Number>
bool has_moving_time(const StopOn<Number>& stop) {
  for (std::size_t p = 1; p < n_parts_of<Number>; ++p)
    if (part(stop.t_h, p) != 0.0) return true;
  return false;
}

/// The passage of a stop. Where its time depends on a parameter, the state before it is that of a
/// moving moment, and so is the state after it.
template <class M, class Number, std::size_t N>
void pass_stop(const M& members, std::size_t member, const Stop& stop, typename M::System& system,
               std::array<Number, N>& x) {
  if constexpr (n_slopes_of<Number> == 0) {
    do_change(members, member, stop, system, x);
  } else {
    const StopOn<Number> sloped = members.with_slopes(member, stop);
    if constexpr (M::stop_times_are_fixed) {
      do_change(members, member, sloped, system, x);
    } else {
      const bool moves = has_moving_time(sloped);
      if (moves) drift(system, sloped.t_h, 1.0, x);
      do_change(members, member, sloped, system, x);
      if (moves) drift(system, sloped.t_h, -1.0, x);
    }
  }
}

}  // namespace mgpk::ode
