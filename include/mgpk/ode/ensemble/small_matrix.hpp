// Small dense matrices for one member's search: linear solves and the spectral radius.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include <mgpk/ode/lanes/instruction_set.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// A square matrix of numbers, stored row by row. Not Eigen's: its inline functions are compiled
/// once per instruction set here, and must not be shared with other parts of a program.
class SquareMatrix {
 public:
  explicit SquareMatrix(std::size_t n) : n_(n), values_(n * n, 0.0) {}

  std::size_t size() const { return n_; }
  double& operator()(std::size_t i, std::size_t j) { return values_[i * n_ + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values_[i * n_ + j]; }

  double largest_row_sum() const {
    double largest = 0.0;
    for (std::size_t i = 0; i < n_; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < n_; ++j) sum += std::abs((*this)(i, j));
      if (!(sum <= largest)) largest = sum;  // NaN stays
    }
    return largest;
  }

  void scale(double factor) {
    for (double& value : values_) value *= factor;
  }

  SquareMatrix squared() const {
    SquareMatrix product(n_);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t k = 0; k < n_; ++k) {
        const double factor = (*this)(i, k);
        for (std::size_t j = 0; j < n_; ++j) product(i, j) += factor * (*this)(k, j);
      }
    return product;
  }

  void swap_rows(std::size_t a, std::size_t b) {
    for (std::size_t j = 0; j < n_; ++j) std::swap((*this)(a, j), (*this)(b, j));
  }

 private:
  std::size_t n_;
  std::vector<double> values_;
};

/// The factors of a matrix, by elimination with partial pivoting.
class Factors {
 public:
  explicit Factors(SquareMatrix matrix) : lu_(std::move(matrix)), pivot_(lu_.size()) {
    const std::size_t n = lu_.size();
    for (std::size_t k = 0; k < n; ++k) {
      std::size_t best = k;
      for (std::size_t i = k + 1; i < n; ++i)
        if (std::abs(lu_(i, k)) > std::abs(lu_(best, k))) best = i;
      pivot_[k] = best;
      if (best != k) lu_.swap_rows(best, k);
      for (std::size_t i = k + 1; i < n; ++i) {
        lu_(i, k) /= lu_(k, k);
        for (std::size_t j = k + 1; j < n; ++j) lu_(i, j) -= lu_(i, k) * lu_(k, j);
      }
    }
  }

  /// Not finite where the matrix is singular.
  void solve(std::vector<double>& b) const {
    const std::size_t n = lu_.size();
    for (std::size_t k = 0; k < n; ++k) std::swap(b[k], b[pivot_[k]]);
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = k + 1; i < n; ++i) b[i] -= lu_(i, k) * b[k];
    for (std::size_t k = n; k-- > 0;) {
      for (std::size_t j = k + 1; j < n; ++j) b[k] -= lu_(k, j) * b[j];
      b[k] /= lu_(k, k);
    }
  }

 private:
  SquareMatrix lu_;
  std::vector<std::size_t> pivot_;
};

/// The largest absolute eigenvalue, by Gelfand's formula: the matrix is squared until powers of it
/// grow by nothing else. Good to about eight digits.
inline double spectral_radius(SquareMatrix matrix) {
  constexpr int most_squarings = 60;
  constexpr int fewest_squarings = 10;   // nilpotent matrices show what they are by then
  double log_radius = 0.0, share = 1.0;  // of one power in the matrix at hand
  for (int k = 0; k < most_squarings; ++k, share *= 0.5) {
    const double norm = matrix.largest_row_sum();
    if (norm == 0.0) return 0.0;
    if (!std::isfinite(norm)) return std::numeric_limits<double>::quiet_NaN();
    const double gained = share * std::log(norm);
    log_radius += gained;
    if (k >= fewest_squarings && std::abs(gained) < 1e-9) break;
    matrix.scale(1.0 / norm);
    matrix = matrix.squared();
  }
  return std::exp(log_radius);
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
