// When to leave dopri5 for rosenbrock4, and when to come back.
//
// Rule. Every 8 accepted steps of dopri5 one product of the exact Jacobian with a vector carries a
// power iteration one step on; it estimates the spectral radius rho. Stability holds dopri5 to
// h·rho near 3.3, accuracy alone to far less wherever the fast modes live: a check with
// h·rho > 2.5 counts one up, any other one down. When the steps spent against the stability bound
// have cost as much as ten steps of rosenbrock4 (ski rental: nothing is known of its step before
// it is tried), the method changes. On rosenbrock4 each step asks what dopri5 would have
// cost at its stability bound; ten steps in a row on which it would have been cheaper lead back.
// A short stay doubles the patience before the next try. No clock is read: a run repeats exactly.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/jacobian.hpp>
#include <mgpk/ode/options.hpp>

namespace mgpk::ode {

/// Estimates the spectral radius of the Jacobian along the way, one power iteration per call.
template <OdeSystem System>
class SpectralRadius {
 public:
  static constexpr std::size_t n = System::n_states;

  /// Costs one evaluation of the model on Dual<1>; exact, so nothing is pushed below zero.
  double by_product(const System& system, double t_h, const State<double, n>& x,
                    const State<double, n>& dxdt, const Options& options) {
    aim(dxdt);
    State<Dual<1>, n> point{};
    State<Dual<1>, n> slope{};
    for (std::size_t i = 0; i < n; ++i) point[i] = Dual<1>(x[i], {direction_[i]});
    system.derivatives(Dual<1>(t_h), point, slope);
    State<double, n> image{};
    for (std::size_t i = 0; i < n; ++i) image[i] = slope[i].slope[0];
    return follow(x, image, options);
  }

  double by_matrix(const JacobianMatrix<n>& J, const State<double, n>& x,
                   const State<double, n>& dxdt, const Options& options) {
    aim(dxdt);
    State<double, n> image{};
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        image[i] += J(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) * direction_[j];
    return follow(x, image, options);
  }

 private:
  void aim(const State<double, n>& dxdt) {
    if (known_) return;
    direction_ = dxdt;
    const bool at_rest = std::all_of(dxdt.begin(), dxdt.end(), [](double v) { return v == 0.0; });
    if (at_rest) direction_.fill(1.0);
  }

  double follow(const State<double, n>& x, const State<double, n>& image, const Options& options) {
    const double before = size_of(direction_, x, options);
    const double after = size_of(image, x, options);
    known_ = std::isfinite(after) && after > 0.0 && std::isfinite(before) && before > 0.0;
    if (!known_) return 0.0;
    for (std::size_t i = 0; i < n; ++i) direction_[i] = image[i] / after;
    return after / before;
  }

  // States of very different size count alike when each is measured by its own tolerance.
  static double size_of(const State<double, n>& v, const State<double, n>& x,
                        const Options& options) {
    const double floor = options.absolute_tolerance / options.relative_tolerance;
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const double ratio = v[i] / (floor + std::abs(x[i]));
      sum += ratio * ratio;
    }
    return std::sqrt(sum);
  }

  State<double, n> direction_{};
  bool known_ = false;
};

/// The rule above: counts, costs and patience, in units of one call of the derivatives.
class StiffnessWatch {
 public:
  explicit StiffnessWatch(std::size_t n_states) {
    const double n = static_cast<double>(n_states);
    // Six stages, the dual Jacobian (about five calls for eight columns), and the factorisation
    // by ublas, which outweighs both from some fifteen states on.
    const double columns = std::ceil((n + 1.0) / 8.0);
    implicit_step_cost_ = explicit_step_cost + 5.0 * columns + n * n / 6.0;
    const double steps = 10.0 * implicit_step_cost_ / explicit_step_cost;
    base_patience_ = std::max(5.0, std::ceil(steps / static_cast<double>(check_every)));
    patience_ = base_patience_;
  }

  /// Counts an accepted step of dopri5; true when it is time to estimate rho.
  bool check_is_due() {
    if (++n_since_check_ < check_every) return false;
    n_since_check_ = 0;
    return true;
  }

  /// True when dopri5 has been held back by stability for long enough.
  bool explicit_is_held_back(double h_rho) {
    n_held_back_ = h_rho > 2.5 ? n_held_back_ + 1.0 : std::max(0.0, n_held_back_ - 1.0);
    return n_held_back_ >= patience_;
  }

  /// True when ten implicit steps in a row did less than explicit ones of the same cost.
  bool implicit_is_wasted(double h_rho) {
    ++n_implicit_;
    const double explicit_cost = explicit_step_cost * std::max(1.0, h_rho / 3.3);
    n_wasted_ = explicit_cost < implicit_step_cost_ ? n_wasted_ + 1 : 0;
    return n_wasted_ >= 10;
  }

  void on_change_to_implicit() {
    n_held_back_ = 0.0;
    n_wasted_ = 0;
    n_implicit_ = 0;
  }

  void on_change_to_explicit() {
    patience_ = n_implicit_ < 30 ? std::min(2.0 * patience_, 1e6) : base_patience_;
    n_since_check_ = 0;
  }

 private:
  static constexpr double explicit_step_cost = 6.0;
  static constexpr std::size_t check_every = 8;
  double implicit_step_cost_ = 0.0;
  double base_patience_ = 0.0;
  double patience_ = 0.0;
  double n_held_back_ = 0.0;
  std::size_t n_since_check_ = 0;
  std::size_t n_wasted_ = 0;
  std::size_t n_implicit_ = 0;
};

}  // namespace mgpk::ode
