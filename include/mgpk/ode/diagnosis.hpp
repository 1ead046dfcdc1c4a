// The checks around a step: the request before it, the state it starts from, why it failed.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/ode/step_control.hpp>
#include <mgpk/ode/text.hpp>

namespace mgpk::ode::detail {

inline void validate_start(double t_h) {
  if (!std::isfinite(t_h)) refuse("the start time", "be finite", t_h, "give a time in hours");
}

inline void validate_span(double t_now_h, double t_stop_h, std::span<const double> times_h) {
  if (!std::isfinite(t_stop_h) || t_stop_h < t_now_h)
    refuse("t_stop_h", "be finite and not before the present, " + number_text(t_now_h), t_stop_h,
           "give a later time in hours");
  double previous_h = t_now_h;
  for (std::size_t k = 0; k < times_h.size(); ++k) {
    if (!(times_h[k] >= previous_h && times_h[k] <= t_stop_h))
      refuse("sample_times_h[" + std::to_string(k) + "]",
             "ascend within " + number_text(t_now_h) + " to " + number_text(t_stop_h), times_h[k],
             "sort the times and keep them inside the span");
    previous_h = times_h[k];
  }
}

/// Where a step ends: at the stop exactly, and never so close before it that a sliver remains.
inline double end_of_step(double t_h, double h, double t_stop_h) {
  const double remaining_h = t_stop_h - t_h;
  if (h >= remaining_h) return t_stop_h;
  const double end_h = t_h + (2.0 * h > remaining_h ? 0.5 * remaining_h : h);
  return end_h < t_stop_h && end_h > t_h ? end_h : t_stop_h;
}

template <OdeSystem System>
Status check_state(const System& system, double t_h, const State<double, System::n_states>& x,
                   const Options& options) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]))
      return {StatusCode::not_finite, t_h, i, state_name_of(system, i),
              "give a finite state",  x[i]};
    if (is_non_negative_state<System>(i) && too_negative(x[i], options))
      return {StatusCode::negative_state,     t_h, i, state_name_of(system, i),
              "give a state of zero or more", x[i]};
  }
  return {.t_h = t_h};
}

/// NaN spreads within one step: the state to blame is the first whose derivative breaks, here or
/// as far ahead as the last tries reached (each was a quarter of the one before).
template <OdeSystem System>
std::size_t first_broken_derivative(const System& system, double t_h,
                                    const State<double, System::n_states>& x) {
  State<double, System::n_states> slope{};
  State<double, System::n_states> dxdt{};
  system.derivatives(t_h, x, slope);
  for (const double share : {0.0, 1.0, 4.0, 16.0}) {
    const double ahead_h = share * minimal_step_h(t_h);
    State<double, System::n_states> probe = x;
    for (std::size_t i = 0; share > 0.0 && i < x.size(); ++i) probe[i] += ahead_h * slope[i];
    system.derivatives(t_h + ahead_h, probe, dxdt);
    for (std::size_t i = 0; i < x.size(); ++i)
      if (!std::isfinite(dxdt[i])) return i;
  }
  return npos;
}

/// The status of a solve whose step fell below the minimal one.
template <OdeSystem System>
Status diagnose(const System& system, double t_h, const State<double, System::n_states>& x,
                double h, const Verdict& refusal, const Options& options) {
  Status status{.code = refusal.reason, .t_h = t_h, .state_index = refusal.state_index};
  status.value = refusal.value;
  switch (refusal.reason) {
    case StatusCode::not_finite: {
      const std::size_t broken = first_broken_derivative(system, t_h, x);
      if (broken != npos) status.state_index = broken;
      status.advice = "check the law of this state for a division by zero or a root of a negative";
      break;
    }
    case StatusCode::negative_state:
      status.advice = "make every loss proportional to what it empties, or raise " +
                      std::string("absolute_tolerance above ") +
                      number_text(options.absolute_tolerance);
      break;
    default:
      status.code = StatusCode::step_too_small;
      status.value = h;
      status.advice = "look for a pole or a jump of the model here, or loosen the tolerances";
  }
  if (status.state_index != npos) status.state_name = state_name_of(system, status.state_index);
  return status;
}

}  // namespace mgpk::ode::detail
