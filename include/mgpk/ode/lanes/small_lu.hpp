// Small linear systems, one per lane, solved without exchanging rows.
//
// Which row is largest differs from lane to lane, so that exchanging rows costs three times the
// elimination. It is not needed for what comes here: I - h gamma J of a compartment model has a
// positive diagonal that outweighs its column, off it nothing is positive, and for such matrices
// elimination in any order is stable. A model may break the rule, hence `is_solved`.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The factors of one N by N matrix per lane.
template <std::size_t N, class Real>
class SmallLu {
 public:
  using Vector = std::array<Real, N>;
  using Matrix = std::array<Vector, N>;

  /// The matrix is written here, row by row, and `factor` replaces it.
  Matrix& matrix() { return m_; }

  MGPK_LANES void factor() {
    for (std::size_t k = 0; k < N; ++k) {
      pivot_[k] = 1.0 / m_[k][k];
      for (std::size_t i = k + 1; i < N; ++i) {
        const Real part = m_[i][k] * pivot_[k];
        m_[i][k] = part;
        for (std::size_t j = k + 1; j < N; ++j) m_[i][j] = fma(-part, m_[k][j], m_[i][j]);
      }
    }
  }

  MGPK_LANES void solve(Vector& b) const {
    for (std::size_t i = 1; i < N; ++i)
      for (std::size_t j = 0; j < i; ++j) b[i] = fma(-m_[i][j], b[j], b[i]);
    for (std::size_t i = N; i-- > 0;) {
      for (std::size_t j = i + 1; j < N; ++j) b[i] = fma(-m_[i][j], b[j], b[i]);
      b[i] = b[i] * pivot_[i];
    }
  }

 private:
  Matrix m_;
  Vector pivot_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
