// Judging a step and choosing the next one: the same rules for every method.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/status.hpp>

namespace mgpk::ode {

/// What a method proposes: the state at the end of the step and its estimated error.
template <std::size_t N>
struct Trial {
  State<double, N> x_new{};
  State<double, N> error{};
};

/// `error` is the largest ratio of estimated to allowed error; `reason` tells why a step is
/// refused.
struct Verdict {
  bool accepted = false;
  double error = 0.0;
  StatusCode reason = StatusCode::ok;
  std::size_t state_index = npos;
  double value = 0.0;
};

inline double allowed_error(double x, const Options& options) {
  return options.absolute_tolerance + options.relative_tolerance * std::abs(x);
}

/// A tolerance's worth below zero is rounding; more is a broken model and is never clipped.
inline bool too_negative(double x, const Options& options) {
  return x < -options.absolute_tolerance;
}

/// The maximum norm, because every column of a result is held to the tolerance by itself.
/// `is_non_negative(i)` says which states must not fall below zero.
template <std::size_t N, class IsNonNegative>
Verdict judge(const State<double, N>& x, const Trial<N>& trial, IsNonNegative&& is_non_negative,
              const Options& options) {
  Verdict verdict;
  for (std::size_t i = 0; i < N; ++i) {
    const double x_new = trial.x_new[i];
    const double error = trial.error[i];
    if (!std::isfinite(x_new) || !std::isfinite(error))
      return {false, error, StatusCode::not_finite, i, std::isfinite(x_new) ? error : x_new};
    const double allowed = allowed_error(std::max(std::abs(x[i]), std::abs(x_new)), options);
    const double ratio = std::abs(error) / allowed;
    if (verdict.state_index == npos || ratio > verdict.error) {
      verdict.error = ratio;
      verdict.state_index = i;
    }
  }
  if (verdict.error > 1.0) {
    verdict.reason = StatusCode::step_too_small;
    return verdict;
  }
  for (std::size_t i = 0; i < N; ++i)
    if (is_non_negative(i) && too_negative(trial.x_new[i], options))
      return {false, verdict.error, StatusCode::negative_state, i, trial.x_new[i]};
  verdict.accepted = true;
  return verdict;
}

/// The constants of Hairer's dopri5, scaled to the order of the error estimate; for every
/// controller.
struct StepRules {
  static constexpr double safety = 0.9;
  static constexpr double max_growth = 8.0;
  static constexpr double max_shrink = 0.2;
  static constexpr double shrink_if_broken = 0.25;  ///< the step gave no numbers, or negative ones
  static constexpr double least_error = 1e-10;      ///< smaller ones count like it
  static constexpr double least_memory = 1e-4;      ///< the same for the error that is remembered

  static constexpr double integral(double error_order) { return 0.2 / error_order; }
  static constexpr double proportional(double error_order) {
    return 1.0 / error_order - 0.75 * integral(error_order);
  }
};

/// Proportional-integral control of the step (Gustafsson).
class StepController {
 public:
  /// `error_order`: the power of the step with which the estimated local error falls.
  explicit StepController(double error_order)
      : integral_(StepRules::integral(error_order)),
        proportional_(StepRules::proportional(error_order)) {}

  double after_accept(double h, double error) {
    const double growth = growth_for(error) * std::pow(last_error_, integral_);
    last_error_ = std::max(error, StepRules::least_memory);
    return h * std::clamp(growth, StepRules::max_shrink, StepRules::max_growth);
  }

  /// After a step cut short by a stop: when growth saturates, the step was too short to tell
  /// anything, and the step carried so far stands. The memory is left as it was.
  double after_cut_step(double h, double error, double h_carried) const {
    const double growth = growth_for(error) * std::pow(last_error_, integral_);
    if (growth >= StepRules::max_growth) return std::max(h_carried, h * StepRules::max_growth);
    return h * std::max(growth, StepRules::max_shrink);
  }

  double after_reject(double h, const Verdict& verdict) const {
    if (verdict.reason != StatusCode::step_too_small) return StepRules::shrink_if_broken * h;
    return h * std::clamp(growth_for(verdict.error), StepRules::max_shrink, StepRules::safety);
  }

  void forget() { last_error_ = StepRules::least_memory; }

 private:
  double growth_for(double error) const {
    return StepRules::safety * std::pow(std::max(error, StepRules::least_error), -proportional_);
  }

  double integral_;
  double proportional_;
  double last_error_ = StepRules::least_memory;
};

/// Below this a step no longer moves the time reliably.
inline double minimal_step_h(double t_h) {
  return 16.0 * std::numeric_limits<double>::epsilon() * std::max(std::abs(t_h), 1e-8);
}

namespace detail {

template <std::size_t N>
double scaled_norm(const State<double, N>& v, const State<double, N>& x, const Options& options) {
  double norm = 0.0;
  for (std::size_t i = 0; i < N; ++i) {
    const double ratio = std::abs(v[i]) / allowed_error(x[i], options);
    if (!std::isfinite(ratio)) return std::numeric_limits<double>::infinity();
    norm = std::max(norm, ratio);
  }
  return norm;
}

}  // namespace detail

/// Hairer's rule for the first step (Solving ODEs I, II.4): one extra call of the derivatives.
template <OdeSystem System>
double initial_step_h(const System& system, double t_h, const State<double, System::n_states>& x,
                      const State<double, System::n_states>& dxdt, double error_order,
                      const Options& options) {
  constexpr std::size_t n = System::n_states;
  const double size = detail::scaled_norm<n>(x, x, options);
  const double speed = detail::scaled_norm<n>(dxdt, x, options);
  double h = (size < 1e-5 || speed < 1e-5) ? 1e-6 : 0.01 * size / speed;
  if (!std::isfinite(speed)) return minimal_step_h(t_h);
  h = std::min(h, options.max_step_h);
  State<double, n> probe{};
  State<double, n> bend{};
  for (std::size_t i = 0; i < n; ++i) probe[i] = x[i] + h * dxdt[i];
  system.derivatives(t_h + h, probe, bend);
  for (std::size_t i = 0; i < n; ++i) bend[i] = (bend[i] - dxdt[i]) / h;
  const double steepest = std::max(speed, detail::scaled_norm<n>(bend, x, options));
  if (!std::isfinite(steepest)) return 1e-3 * h;
  const double by_slope =
      steepest <= 1e-15 ? std::max(1e-6, 1e-3 * h) : std::pow(0.01 / steepest, 1.0 / error_order);
  return std::min({100.0 * h, by_slope, options.max_step_h});
}

}  // namespace mgpk::ode
