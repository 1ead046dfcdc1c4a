// Linear disposition as independent modes, and the textbook numbers that follow from them.
#pragma once

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/classic/layout.hpp>
#include <mgpk/classic/parameters.hpp>

namespace mgpk::classic {

/// Central and peripheral compartments in coordinates in which each decays by itself.
///
/// Amounts over the square roots of their volumes, relative to the central one, make the matrix of
/// rates symmetric: its vectors are orthonormal however close its values lie, and no difference of
/// them is ever divided by.
class Disposition {
 public:
  using Modes = std::array<double, 3>;

  Disposition(const Layout& at, const Parameters<double>& p)
      : n_(at.n_disposition), v_central_L_(p.v_central_L) {
    const std::array<double, 3> v_L{p.v_central_L, p.v_peripheral_1_L, p.v_peripheral_2_L};
    const std::array<double, 3> q_L_per_h{p.cl_L_per_h, p.q_1_L_per_h, p.q_2_L_per_h};
    for (std::size_t i = 1; i < n_; ++i) root_v_[i] = std::sqrt(v_L[i] / v_L[0]);
    if (n_ == 1) {
      rates_[0] = p.cl_L_per_h / p.v_central_L;
      vectors_(0, 0) = 1;
      return;
    }
    n_ == 2 ? solve<2>(v_L, q_L_per_h) : solve<3>(v_L, q_L_per_h);
  }

  std::size_t n() const { return n_; }
  /// Rate of a mode per hour, the fastest first.
  double rate(std::size_t mode) const { return rates_[mode]; }
  /// What one unit of amount in a compartment (0: central) adds to a mode.
  double share(std::size_t mode, std::size_t compartment) const {
    return vectors_(index(compartment), index(mode)) / root_v_[compartment];
  }
  /// What one unit of a mode is in a compartment.
  double amount(std::size_t mode, std::size_t compartment) const {
    return vectors_(index(compartment), index(mode)) * root_v_[compartment];
  }
  /// The central concentration after a unit bolus is the sum of these times exp(-rate t), per L.
  double coefficient(std::size_t mode) const {
    return share(mode, 0) * amount(mode, 0) / v_central_L_;
  }

 private:
  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

  template <int Size>
  void solve(const std::array<double, 3>& v_L, const std::array<double, 3>& q_L_per_h) {
    using Matrix = Eigen::Matrix<double, Size, Size>;
    Matrix rates = Matrix::Zero();
    double product = 1;  // of all rates of the modes: the determinant, without a subtraction
    for (std::size_t i = 0; i < n_; ++i) {
      rates(0, 0) += q_L_per_h[i] / v_L[0];
      product *= q_L_per_h[i] / v_L[i];
      if (i == 0) continue;
      rates(index(i), index(i)) = q_L_per_h[i] / v_L[i];
      rates(0, index(i)) = rates(index(i), 0) = -q_L_per_h[i] / (v_L[0] * root_v_[i]);
    }
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(rates);
    for (std::size_t mode = 0; mode < n_; ++mode) {
      const auto place = index(n_ - 1 - mode);  // the solver's values rise
      rates_[mode] = solver.eigenvalues()[place];
      vectors_.col(index(mode)).template head<Size>() = solver.eigenvectors().col(place);
    }
    // The slowest rate carries the rounding of the fastest; the product knows it better.
    double others = 1;
    for (std::size_t mode = 0; mode + 1 < n_; ++mode) others *= rates_[mode];
    if (others > 0) rates_[n_ - 1] = product / others;
  }

  std::size_t n_;
  double v_central_L_;
  std::array<double, 3> root_v_{1, 1, 1};  // of the volumes over the central one
  Modes rates_{};
  Eigen::Matrix3d vectors_ = Eigen::Matrix3d::Zero();
};

}  // namespace mgpk::classic
