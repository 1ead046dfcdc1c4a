// Small predictors for the tests of fits, and differences to hold slopes against.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/ode/dual.hpp>
#include <mgpk/study/fit/predictor.hpp>

namespace support {

namespace fit = mgpk::study::fit;

/// Predictions that are linear in the parameters: where a marginal likelihood is known exactly.
class LinearPredictor : public fit::Predictor {
 public:
  explicit LinearPredictor(std::vector<Eigen::MatrixXd> designs) : designs_(std::move(designs)) {}

  std::size_t n_people() const override { return designs_.size(); }
  std::size_t n_parameters() const override {
    return static_cast<std::size_t>(designs_.front().cols());
  }
  std::size_t n_observations(std::size_t person) const override {
    return static_cast<std::size_t>(designs_[person].rows());
  }
  std::vector<fit::Prediction> predict(std::span<const fit::Request> requests,
                                       fit::Slopes) const override {
    std::vector<fit::Prediction> all;
    for (const auto& request : requests)
      all.push_back(
          {designs_[request.person].lazyProduct(request.phi), designs_[request.person], {}});
    return all;
  }

 private:
  std::vector<Eigen::MatrixXd> designs_;
};

/// A rise and a fall, a exp(-k t) (1 - exp(-r t)), of parameters (a, k, r). A negative k cannot be
/// predicted.
class CurvePredictor : public fit::Predictor {
 public:
  explicit CurvePredictor(std::vector<std::vector<double>> times_h)
      : times_h_(std::move(times_h)) {}

  std::size_t n_people() const override { return times_h_.size(); }
  std::size_t n_parameters() const override { return 3; }
  std::size_t n_observations(std::size_t person) const override { return times_h_[person].size(); }
  std::vector<fit::Prediction> predict(std::span<const fit::Request> requests,
                                       fit::Slopes slopes) const override {
    std::vector<fit::Prediction> all;
    for (const auto& request : requests) all.push_back(one(request, slopes));
    return all;
  }

 private:
  fit::Prediction one(const fit::Request& request, fit::Slopes slopes) const {
    using Real = mgpk::ode::Dual<3>;
    if (request.phi[1] < 0) return fit::Prediction::failed("k must not be negative");
    std::array<Real, 3> p;
    for (std::size_t k = 0; k < 3; ++k) {
      p[k] = request.phi[static_cast<Eigen::Index>(k)];
      p[k].slope[k] = 1;
    }
    const auto& times_h = times_h_[request.person];
    const auto n = static_cast<Eigen::Index>(times_h.size());
    fit::Prediction out{
        Eigen::VectorXd(n), Eigen::MatrixXd(slopes == fit::Slopes::wanted ? n : 0, 3), {}};
    for (Eigen::Index j = 0; j < n; ++j) {
      const double t = times_h[static_cast<std::size_t>(j)];
      const Real value = p[0] * exp(-p[1] * t) * (1.0 - exp(-p[2] * t));
      out.f[j] = value.value;
      if (slopes == fit::Slopes::wanted)
        out.slopes.row(j) << value.slope[0], value.slope[1], value.slope[2];
    }
    return out;
  }

  std::vector<std::vector<double>> times_h_;
};

/// Slope of a function by central differences of two steps, extrapolated (Richardson).
inline double richardson(const std::function<double(double)>& function, double x, double step) {
  const auto slope = [&](double h) { return (function(x + h) - function(x - h)) / (2 * h); };
  const double wide = slope(step), middle = slope(step / 2), narrow = slope(step / 4);
  const double first = middle + (middle - wide) / 3, second = narrow + (narrow - middle) / 3;
  return second + (second - first) / 15;
}

}  // namespace support
