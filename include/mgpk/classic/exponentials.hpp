// Divided differences of the exponential: what chains of first-order steps are made of.
//
// Sums of exponentials over differences of their rates lose all digits where two rates meet (an
// absorption as fast as the elimination). Divided differences have no such points: of positive
// numbers, without a subtraction, they keep every digit wherever the rates lie.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/law.hpp>

namespace mgpk::classic {

/// exp[a, b] = (exp(a) - exp(b)) / (a - b), and exp(a) where they are equal.
template <class Real>
MGPK_LAW Real exp_difference(const Real& a, const Real& b) {
  using std::exp, std::expm1, std::max, std::abs;
  const Real gap = abs(a - b);
  return gap > Real(0) ? exp(max(a, b)) * (-expm1(-gap) / gap) : exp(a);
}

/// All divided differences exp[z_i, ..., z_j] of up to `Most` points.
///
/// The exponential of the bidiagonal matrix with z on the diagonal holds them. Scaled until the
/// points lie within one half of each other and shifted by the smallest, it is a series of positive
/// terms; squaring leads back. Its diagonals of one and of two points are known and set anew at
/// each squaring, so that errors do not double with it.
template <class Real, std::size_t Most>
class ExpDifferences {
 public:
  /// @param z  the first `n` are the points; n is at most `Most`
  ExpDifferences(const std::array<Real, Most>& z, std::size_t n) : z_(z), n_(n) {
    int halvings = 0;
    Real scale_factor =
        Real(1);  // 2^-halvings, which is also the upper diagonal of the scaled matrix
    for (Real range = range_of_points(); range > Real(0.5); range /= 2, ++halvings)
      scale_factor /= 2;
    sum_series(scale_factor);
    for (; halvings > 0; --halvings) {
      square();
      scale_factor *= 2;
      set_known(scale_factor);
    }
  }

  /// exp[z_first, ..., z_last], first <= last.
  const Real& operator()(std::size_t first, std::size_t last) const { return e_[first][last]; }

 private:
  Real range_of_points() const {
    const auto [low, high] = std::minmax_element(z_.begin(), z_.begin() + step(n_));
    return *high - *low;
  }

  static std::ptrdiff_t step(std::size_t n) { return static_cast<std::ptrdiff_t>(n); }

  void set_known(const Real& scale_factor) {
    using std::exp;
    for (std::size_t i = 0; i < n_; ++i) {
      e_[i][i] = exp(z_[i] * scale_factor);
      if (i + 1 < n_)
        e_[i][i + 1] =
            scale_factor * exp_difference(z_[i] * scale_factor, z_[i + 1] * scale_factor);
    }
  }

  /// exp(shift) · sum of N^k / k!, where N has the shifted points and `scale_factor` above them.
  void sum_series(const Real& scale_factor) {
    using std::exp;
    set_known(scale_factor);
    if (n_ < 3) return;
    const Real shift = *std::min_element(z_.begin(), z_.begin() + step(n_)) * scale_factor;
    Table term{};
    for (std::size_t i = 0; i < n_; ++i) term[i][i] = exp(shift);
    Table sum = term;
    // The first term of exp[z_i, ..., z_j] is that of N^(j-i); 16 more bring it below rounding.
    for (std::size_t k = 1; k < n_ + 16; ++k) {
      const Real share = Real(1) / static_cast<double>(k);
      for (std::size_t i = 0; i < n_; ++i)
        for (std::size_t j = n_; j-- > i;) {
          term[i][j] *= (z_[j] * scale_factor - shift) * share;
          if (j > i) term[i][j] += term[i][j - 1] * scale_factor * share;
          sum[i][j] += term[i][j];
        }
    }
    e_ = sum;
    set_known(scale_factor);
  }

  void square() {
    // In place: an entry needs what stands left of it and below, which is squared after it.
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = n_; j-- > i;) {
        Real sum = Real(0);
        for (std::size_t k = i; k <= j; ++k) sum += e_[i][k] * e_[k][j];
        e_[i][j] = sum;
      }
  }

  using Table = std::array<std::array<Real, Most>, Most>;
  std::array<Real, Most> z_;
  std::size_t n_;
  Table e_{};
};

}  // namespace mgpk::classic
