// Deconvolution: when how much of a label by mouth came into the blood, from two curves of plasma.
#pragma once

#include <Eigen/QR>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/isotope/response.hpp>

namespace mgpk::isotope {

/// Input into the blood in steps, constant from each sample to the next.
struct Input {
  std::vector<double> times_h;      ///< of the samples; one more than there are steps
  std::vector<double> rates_per_h;  ///< in the unit of `given` per hour; may be negative
  double amount = 0;                ///< of all steps

  double amount_until(double t_h) const {
    double sum = 0;
    for (std::size_t i = 0; i < rates_per_h.size() && times_h[i] < t_h; ++i)
      sum += rates_per_h[i] * (std::min(t_h, times_h[i + 1]) - times_h[i]);
    return sum;
  }
};

/// Solves "curve = input * response" for the input in the sense of least squares. The response is
/// that of an injected label per amount given. `smoothing` 0 meets every sample and follows every
/// error; a positive one holds neighbouring rates together: a difference between two of them counts
/// like an error of the curve, `smoothing` times as large as what it would lead to in the end.
///
/// The body is taken to be linear and not to change in time, which a large injected dose is not.
inline Input deconvolve(std::span<const double> times_h, std::span<const double> curve,
                        const Response& response, double smoothing = 0) {
  require(times_h.size() >= 2 && times_h.size() == curve.size(),
          "a curve needs at least two samples, each with a time",
          static_cast<double>(times_h.size()), "give times_h and values of one length");
  require(smoothing >= 0, "smoothing must not be negative", smoothing, "give 0 for none");
  const auto n = static_cast<Eigen::Index>(times_h.size()) - 1;
  Eigen::MatrixXd shown = Eigen::MatrixXd::Zero(2 * n - 1, n);
  Eigen::VectorXd seen = Eigen::VectorXd::Zero(2 * n - 1);
  const auto at = [&](Eigen::Index i) { return times_h[static_cast<std::size_t>(i)]; };
  for (Eigen::Index i = 0; i < n; ++i) {
    seen(i) = curve[static_cast<std::size_t>(i) + 1];
    for (Eigen::Index step = 0; step <= i; ++step)
      shown(i, step) =
          response.integral(at(i + 1) - at(step)) - response.integral(at(i + 1) - at(step + 1));
  }
  const double in_the_end_h = response.integral(at(n) - at(0));
  for (Eigen::Index i = 0; i + 1 < n; ++i) {
    shown(n + i, i) = -smoothing * in_the_end_h;
    shown(n + i, i + 1) = smoothing * in_the_end_h;
  }
  const Eigen::VectorXd rates = shown.colPivHouseholderQr().solve(seen);
  Input input{{times_h.begin(), times_h.end()}, {rates.begin(), rates.end()}, 0};
  input.amount = input.amount_until(times_h.back());
  return input;
}

}  // namespace mgpk::isotope
