// What one observation adds to a likelihood, with all slopes that a search needs.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cmath>

#include <mgpk/ode/dual.hpp>
#include <mgpk/study/fit/residual_error.hpp>

namespace mgpk::study::fit {

/// Directions 0, 1, 2: the prediction, and the logarithms of the two numbers of the error.
struct Contribution {
  double log_likelihood = unknown;
  Eigen::Vector3d slope;              ///< of the log-likelihood
  Eigen::Vector3d score_slope;        ///< of its slope along the prediction
  double information = unknown;       ///< along the prediction
  Eigen::Vector3d information_slope;  ///< of the information
  Eigen::Matrix3d expected;           ///< information in all three directions (Gauss-Newton)
};

namespace detail {

using Dual3 = ode::Dual<3>;

inline Dual3 along(double value, std::size_t direction, double slope) {
  Dual3 number(value);
  number.slope[direction] = slope;
  return number;
}

inline Eigen::Vector3d slopes_of(const Dual3& number) {
  return {number.slope[0], number.slope[1], number.slope[2]};
}

inline Eigen::Matrix3d expected_of(const Datum& datum, ErrorKind kind, const Dual3& f,
                                   const ErrorNumbers<Dual3>& numbers) {
  const auto at = spread_of(datum, kind, f, numbers);
  if (datum.kind != DatumKind::value) {
    const Dual3 z = bound_of(datum, at).z;
    const Eigen::Vector3d slope = slopes_of(z);
    return curvature_of_log_below(z.value) * slope * slope.transpose();
  }
  const Eigen::Vector3d center = slopes_of(at.miss), width = slopes_of(at.variance);
  const double v = at.variance.value;
  return center * center.transpose() / v + 0.5 / (v * v) * width * width.transpose();
}

}  // namespace detail

inline Contribution contribution(const Datum& datum, ErrorKind kind, double f,
                                 const ErrorNumbers<double>& numbers) {
  const auto prediction = detail::along(f, 0, 1.0);
  const ErrorNumbers<detail::Dual3> error{detail::along(numbers[0], 1, numbers[0]),
                                          detail::along(numbers[1], 2, numbers[1])};
  const auto value = log_likelihood(datum, kind, prediction, error);
  const auto slope = score(datum, kind, prediction, error);
  const auto weight = information(datum, kind, prediction, error);
  return {
      value.value,  detail::slopes_of(value),  detail::slopes_of(slope),
      weight.value, detail::slopes_of(weight), detail::expected_of(datum, kind, prediction, error)};
}

}  // namespace mgpk::study::fit
