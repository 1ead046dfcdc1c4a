// The standard normal law in its tails: the logarithm of the share below, its slope and curvature.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>

#include <mgpk/ode/dual.hpp>

namespace mgpk::study::fit {

namespace detail {

/// Below this the expansion has all digits, and differences of near numbers would lose some.
inline constexpr double far_tail = -15;

/// What multiplies density/|x| in the expansion of the share below x, less 1.
inline double tail_series_less_one(double x) {
  const double t = 1 / (x * x);
  double sum = 1;
  for (int k = 19; k > 1; k -= 2) sum = 1 - k * t * sum;
  return -t * sum;
}

inline double log_density(double x) { return -0.5 * x * x - 0.5 * std::log(2 * std::numbers::pi); }

}  // namespace detail

/// ln of the share of the standard normal law below x.
inline double log_below(double x) {
  if (x > 0) return std::log1p(-0.5 * std::erfc(x / std::numbers::sqrt2));
  if (x > detail::far_tail) return std::log(0.5 * std::erfc(-x / std::numbers::sqrt2));
  return detail::log_density(x) - std::log(-x) + std::log1p(detail::tail_series_less_one(x));
}

/// Slope of `log_below`: density over share (the inverse of the ratio of Mills).
inline double slope_of_log_below(double x) {
  if (x > detail::far_tail)
    return std::exp(detail::log_density(x)) / (0.5 * std::erfc(-x / std::numbers::sqrt2));
  return -x / (1 + detail::tail_series_less_one(x));
}

/// The curvature of `log_below`, with the sign that makes it positive: from 0 above to 1 far below.
inline double curvature_of_log_below(double x) {
  const double slope = slope_of_log_below(x);
  if (x > detail::far_tail) return slope * (slope + x);
  const double series = detail::tail_series_less_one(x);
  return slope * x * series / (1 + series);
}

template <std::size_t Width>
ode::Dual<Width> log_below(const ode::Dual<Width>& x) {
  return ode::Dual<Width>::linear(log_below(x.value), slope_of_log_below(x.value), x);
}

template <std::size_t Width>
ode::Dual<Width> slope_of_log_below(const ode::Dual<Width>& x) {
  return ode::Dual<Width>::linear(slope_of_log_below(x.value), -curvature_of_log_below(x.value), x);
}

template <std::size_t Width>
ode::Dual<Width> curvature_of_log_below(const ode::Dual<Width>& x) {
  const double slope = slope_of_log_below(x.value), curvature = curvature_of_log_below(x.value);
  return ode::Dual<Width>::linear(curvature, slope - curvature * (2 * slope + x.value), x);
}

}  // namespace mgpk::study::fit
