// Newton's method on the fixed point of a map: the search behind find_periodic.
#pragma once

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <mgpk/ode/periodic_options.hpp>
#include <mgpk/ode/status.hpp>

namespace mgpk::ode {

namespace detail {

/// One search: the masked states as a vector, the others as they were given. The rough map is only
/// differentiated.
template <class Map, class RoughMap>
class PeriodicSearch {
 public:
  using Vector = Eigen::VectorXd;
  using Matrix = Eigen::MatrixXd;

  PeriodicSearch(Map& map, RoughMap& rough_map, const std::vector<double>& x,
                 const std::vector<bool>& mask, const PeriodicOptions& options)
      : map_(map), rough_map_(rough_map), options_(options), image_(x.size()) {
    found_.state = x;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (mask[i]) indices_.push_back(i);
    x_ = Vector(count());
    for (Eigen::Index k = 0; k < count(); ++k) x_[k] = x[index(k)];
  }

  Periodic run() {
    if (!turn(map_, x_, residual_)) return fail_with_map(PeriodicAdvice::bad_start);
    found_.residual = size_of(residual_, x_);
    bool slow = true;  // the first Jacobian is always taken
    while (found_.residual > options_.tolerance) {
      if (found_.n_iterations++ == options_.max_iterations) return fail(PeriodicAdvice::too_far);
      if (slow && !differentiate()) return fail_with_map(PeriodicAdvice::bad_difference);
      const bool fresh = slow;
      if (!solvable_) return fail(PeriodicAdvice::no_return);
      const double before = found_.residual;
      if (!improve()) {
        if (fresh) return fail(PeriodicAdvice::stalled);
        slow = true;
        continue;
      }
      // A Jacobian is worth keeping while each turn still wins a digit.
      slow = found_.residual > 0.1 * before;
    }
    return conclude();
  }

 private:
  Eigen::Index count() const { return static_cast<Eigen::Index>(indices_.size()); }
  std::size_t index(Eigen::Index k) const { return indices_[static_cast<std::size_t>(k)]; }
  bool same_map() const {
    if constexpr (std::is_same_v<Map, RoughMap>) return &map_ == &rough_map_;
    return false;
  }
  double scale(double x) const { return std::max(std::abs(x), options_.floor); }

  /// One turn of the map from x: residual = map(x) - x. False if the map failed.
  template <class AnyMap>
  bool turn(AnyMap& map, const Vector& x, Vector& residual) {
    std::vector<double> start = found_.state;
    for (Eigen::Index k = 0; k < count(); ++k) start[index(k)] = x[k];
    ++found_.n_maps;
    map_status_ = Status{};
    if constexpr (std::is_same_v<std::invoke_result_t<AnyMap&, const std::vector<double>&,
                                                      std::vector<double>&>,
                                 bool>) {
      if (!map(std::as_const(start), image_)) map_status_.code = StatusCode::not_finite;
    } else {
      map_status_ = map(std::as_const(start), image_);
    }
    if (!map_status_.ok()) return false;
    residual.resize(count());
    for (Eigen::Index k = 0; k < count(); ++k) residual[k] = image_[index(k)] - x[k];
    if (residual.allFinite()) return true;
    map_status_.code = StatusCode::not_finite;
    return false;
  }

  double size_of(const Vector& residual, const Vector& x) {
    double size = 0.0;
    for (Eigen::Index k = 0; k < count(); ++k) {
      const double ratio = std::abs(residual[k]) / scale(x[k]);
      if (k > 0 && ratio <= size) continue;
      size = ratio;
      worst_ = index(k);
    }
    return size;
  }

  /// The map's Jacobian by forward differences, one turn per masked state. In coordinates relative
  /// to each state's own scale, so that the factorisation sees numbers of one size.
  bool differentiate() {
    Matrix J(count(), count());
    Vector shifted(count());
    Vector unshifted = residual_;
    if (!same_map() && !turn(rough_map_, x_, unshifted)) return false;
    for (Eigen::Index k = 0; k < count(); ++k) {
      Vector x = x_;
      x[k] += options_.difference_step * scale(x_[k]);
      const double step = x[k] - x_[k];
      if (!turn(rough_map_, x, shifted)) return false;
      for (Eigen::Index i = 0; i < count(); ++i)
        J(i, k) = (shifted[i] - unshifted[i]) / step * scale(x_[k]) / scale(x_[i]);
    }
    anchor_ = x_;
    factors_.compute(J);
    const Eigen::ArrayXcd multipliers = (J + Matrix::Identity(count(), count())).eigenvalues();
    found_.contraction = multipliers.abs().maxCoeff();
    // A multiplier of 1 leaves no single fixed point. Eigenvalues, unlike pivots, do not depend on
    // how the states are scaled; differences resolve them to well below their step.
    solvable_ = (multipliers - 1.0).abs().minCoeff() > 1e-3 * options_.difference_step;
    return true;
  }

  /// A Newton step, halved until the residual falls. False if no length helps.
  bool improve() {
    Vector relative(count());
    for (Eigen::Index k = 0; k < count(); ++k) relative[k] = -residual_[k] / scale(anchor_[k]);
    const Vector full_step = factors_.solve(relative);
    if (!full_step.allFinite()) return false;
    Vector residual;
    for (double length = 1.0; length > 0.005; length *= 0.5) {
      Vector x = x_;
      for (Eigen::Index k = 0; k < count(); ++k) x[k] += length * full_step[k] * scale(anchor_[k]);
      if (!turn(map_, x, residual)) continue;
      const double size = size_of(residual, x);
      if (size >= found_.residual) continue;
      x_ = x;
      residual_ = residual;
      found_.residual = size;
      return true;
    }
    return false;
  }

  Periodic conclude() {
    // The contraction belongs to the place where the map is differentiated.
    const bool far =
        anchor_.size() == 0 ||
        ((x_ - anchor_).array().abs() > 0.05 * x_.array().abs().max(options_.floor)).any();
    if (far && !differentiate()) return fail_with_map(PeriodicAdvice::bad_difference);
    if (!(found_.contraction < 1.0)) return fail(PeriodicAdvice::no_return);
    store();
    found_.status = Status{};
    return found_;
  }

  void store() {
    for (Eigen::Index k = 0; k < count(); ++k) found_.state[index(k)] = x_[k];
  }

  Periodic fail(const std::string& advice) {
    store();
    found_.residual = size_of(residual_, x_);
    found_.status.code = StatusCode::no_fixed_point;
    found_.status.state_index = worst_;
    found_.status.state_name = "state " + std::to_string(worst_);
    found_.status.value = found_.residual;
    found_.status.advice = advice;
    return found_;
  }

  Periodic fail_with_map(const std::string& advice) {
    store();
    found_.status = map_status_;
    if (found_.status.advice.empty()) found_.status.advice = advice;
    return found_;
  }

  Map& map_;
  RoughMap& rough_map_;
  PeriodicOptions options_;
  std::vector<std::size_t> indices_;
  std::vector<double> image_;
  Vector x_;
  Vector residual_;
  Vector anchor_;
  Eigen::PartialPivLU<Matrix> factors_;
  bool solvable_ = false;
  std::size_t worst_ = npos;
  Status map_status_;
  Periodic found_;
};

}  // namespace detail

}  // namespace mgpk::ode
