// What the values of a batch and every further group of slopes do alike: pass a stop, begin a
// stretch, report the times that a step has passed.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/model_in_lanes.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/sloped_upstream.hpp>
#include <mgpk/ode/ensemble/stop_passage.hpp>
#include <mgpk/ode/lanes/addresses.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// A step as a batch has taken it, and where the lanes' reports stood before.
template <std::size_t Width>
struct StepTaken {
  Mask<Width> accepted, arrived;
  Lanes<Width> t_h, h, t_new_h;
  Addresses<Width> next_time, row;
};

/// The passage of a stop in one lane; its system is written anew where the stop may have changed
/// it.
template <class M, class Wide, class System, std::size_t N>
void pass_stop_in_lane(const M& members, std::size_t member, const Stop& stop, std::size_t lane,
                       typename M::System& source, std::array<Wide, N>& x, System& system) {
  std::array<NumberOf<M>, N> at;
  take_lane(x, lane, at);
  pass_stop(members, member, stop, source, at);
  put_lane(x, lane, at);
  if (stop.change != Change::add_to_state) seat_in_lane<Wide>(system, lane, source);
}

/// The chain of one lane where a stretch begins: its modes, if the system has changed, and its
/// amplitudes z. False where it has no exact solution.
template <class Source, class Wide, class Number, std::size_t N, std::size_t Upstream, class Chain>
bool begin_chain_in_lane(const Source& source, double t_h, std::size_t lane, bool system_changed,
                         const std::array<Wide, N>& x, UpstreamModes<Upstream, N, Number>& modes,
                         Chain& chain, std::array<Wide, Upstream>& z) {
  if constexpr (Upstream > 0) {
    std::array<Number, N> at;
    take_lane(x, lane, at);
    if (system_changed) {
      if (!find_modes<Upstream>(source, t_h, at, modes)) return false;
      set_lane<Wide>(chain.modes, lane, modes);
      chain.note(modes);
    }
    std::array<Number, Upstream> amplitudes;
    modes.amplitudes(at, amplitudes);
    put_lane(z, lane, amplitudes);
  }
  return true;
}

/// What the columns read from a state: the state itself where they are all its numbers.
template <class Columns, class System, class Wide, std::size_t N>
MGPK_LANES decltype(auto) row_of(const System& system, const Wide& t_h,
                                 const std::array<Wide, N>& x) {
  if constexpr (shows_all_states<Columns>) {
    return (x);
  } else {
    std::array<Wide, Columns::n_columns> row;
    Columns::read(system, t_h, x, row);
    // A zero may have its sign from a product with zero slopes, which neighbours may bring about.
    for (Wide& column : row)
      for (std::size_t p = 1; p < n_parts_of<Wide>; ++p) part(column, p) = part(column, p) + 0.0;
    return row;
  }
}

/// Calls `deliver(lanes, state, time_h)` for every time that the step has passed, by the pair's own
/// interpolant, or has come to, and moves `next_time` on. What is due at a stop is reported after
/// the stop.
template <class Step, class System, class Chain, std::size_t Width, class State, class Amplitudes,
          class Deliver>
MGPK_LANES void report_passed(Step& step, const System& system, const Chain& chain,
                              const StepTaken<Width>& taken, const State& x, const Amplitudes& z,
                              const State& x_new, Addresses<Width>& next_time, Deliver&& deliver) {
  for (bool is_ready = false;;) {
    const Lanes<Width> time_h = next_time.load();
    const Mask<Width> inside = taken.accepted & (time_h < taken.t_new_h);
    const Mask<Width> due = inside | (taken.accepted & !taken.arrived & (time_h == taken.t_new_h));
    if (!any(due)) return;
    State at = x_new;
    if (any(inside)) {
      if (!is_ready) step.prepare_dense(system, chain, taken.t_h, taken.h, x, z);
      is_ready = true;
      const Lanes<Width> theta = select(inside, (time_h - taken.t_h) / taken.h, Lanes<Width>(0.0));
      step.dense(chain, theta, taken.h, x, z, at);
      for (std::size_t i = 0; i < at.size(); ++i) at[i] = select(inside, at[i], x_new[i]);
    }
    deliver(due, at, time_h);
    next_time.advance(due, 1);
  }
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
