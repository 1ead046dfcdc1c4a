// Small linear systems, one per lane, solved without exchanging rows.
//
// Which row is largest differs from lane to lane, so that exchanging rows costs three times the
// elimination. It is not needed for what comes here: I - h gamma J of a compartment model has a
// positive diagonal that outweighs its column, off it nothing is positive, and for such matrices
// elimination in any order is stable. A model may break the rule, hence `is_solved`.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace registers {

/// body(0) to body(N - 1), each with a constant: the compiler unrolls small systems only where it
/// is made to, and without that every number goes through memory.
template <class Body, std::size_t... I>
MGPK_LANES void each_index(Body&& body, std::index_sequence<I...>) {
  (body(std::integral_constant<std::size_t, I>{}), ...);
}
template <std::size_t N, class Body>
MGPK_LANES void each_index(Body&& body) {
  if constexpr (N <= 8) {
    each_index(body, std::make_index_sequence<N>{});
  } else {
    for (std::size_t i = 0; i < N; ++i) body(i);
  }
}

}  // namespace registers

/// The factors of one N by N matrix per lane.
template <std::size_t N, class Real>
class SmallLu {
 public:
  using Vector = std::array<Real, N>;
  using Matrix = std::array<Vector, N>;

  /// The matrix is written here, row by row, and `factor` replaces it.
  Matrix& matrix() { return m_; }

  __attribute__((noinline)) void factor() {
    registers::each_index<N>([&](auto k) MGPK_INLINED {
      pivot_[k] = 1.0 / m_[k][k];
      registers::each_index<N>([&](auto i) MGPK_INLINED {
        if (i <= k) return;
        const Real part = m_[i][k] * pivot_[k];
        m_[i][k] = part;
        for (std::size_t j = k + 1; j < N; ++j) m_[i][j] = fma(-part, m_[k][j], m_[i][j]);
      });
    });
  }

  /// Column by column: along a row each operation would wait for the one before.
  __attribute__((noinline)) void solve(Vector& solution) const {
    Vector b = solution;
    registers::each_index<N>([&](auto j) MGPK_INLINED {
      for (std::size_t i = j + 1; i < N; ++i) b[i] = fma(-m_[i][j], b[j], b[i]);
    });
    registers::each_index<N>([&](auto before) MGPK_INLINED {
      const std::size_t j = N - 1 - before;
      b[j] = b[j] * pivot_[j];
      for (std::size_t i = 0; i < j; ++i) b[i] = fma(-m_[i][j], b[j], b[i]);
    });
    solution = b;
  }

 private:
  Matrix m_;
  Vector pivot_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
