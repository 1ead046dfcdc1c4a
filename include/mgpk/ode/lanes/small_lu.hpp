// Small linear systems, one per lane, solved without exchanging rows.
//
// Which row is largest differs from lane to lane: exchanging rows makes the elimination four times
// and each solution twice as dear (measured at 7 rows). It is not needed for what comes here:
// I - h gamma J of a compartment model has a positive diagonal that outweighs its column, nothing
// off it is positive, and for such matrices elimination in any order is stable (N. J. Higham,
// Accuracy and Stability of Numerical Algorithms, chapter 9). A model may break the rule: who
// solves must look at what is left over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
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

/// Factors of a system of few rows: every number takes part, zero or not.
template <std::size_t N, class Real>
class DenseLu {
 public:
  using Vector = std::array<Real, N>;
  using Matrix = std::array<Vector, N>;

  /// The matrix is written here, row by row, and `factor` replaces it.
  Matrix& matrix() { return m_; }

  __attribute__((noinline)) void factor() {
    each_index(
        [&](auto k) MGPK_INLINED {
          pivot_[k] = 1.0 / m_[k][k];
          each_index(
              [&](auto i) MGPK_INLINED {
                if (i <= k) return;
                const Real part = m_[i][k] * pivot_[k];
                m_[i][k] = part;
                for (std::size_t j = k + 1; j < N; ++j) m_[i][j] = fma(-part, m_[k][j], m_[i][j]);
              },
              std::make_index_sequence<N>{});
        },
        std::make_index_sequence<N>{});
  }

  /// Column by column: along a row each operation would wait for the one before.
  __attribute__((noinline)) void solve(Vector& solution) const {
    Vector b = solution;
    each_index(
        [&](auto j) MGPK_INLINED {
          for (std::size_t i = j + 1; i < N; ++i) b[i] = fma(-m_[i][j], b[j], b[i]);
        },
        std::make_index_sequence<N>{});
    each_index(
        [&](auto before) MGPK_INLINED {
          const std::size_t j = N - 1 - before;
          b[j] = b[j] * pivot_[j];
          for (std::size_t i = 0; i < j; ++i) b[i] = fma(-m_[i][j], b[j], b[i]);
        },
        std::make_index_sequence<N>{});
    solution = b;
  }

 private:
  Matrix m_{};
  Vector pivot_{};
};

/// Factors of a larger system, in which most numbers are zero: what is zero in every lane is passed
/// by. A lane's numbers do not depend on it: to take zero times a finite number away changes
/// nothing, and with an infinite one the solution is not finite either way.
template <std::size_t N, class Real>
class SparseLu {
 public:
  using Vector = std::array<Real, N>;
  using Matrix = std::array<Vector, N>;

  Matrix& matrix() { return m_; }

  __attribute__((noinline)) void factor() {
    for (std::size_t k = 0; k < N; ++k) {
      pivot_[k] = 1.0 / m_[k][k];
      right_[k].n = below_[k].n = 0;
      for (std::size_t j = k + 1; j < N; ++j)
        if (is_needed(m_[k][j])) right_[k].add(j);
      for (std::size_t i = k + 1; i < N; ++i)
        if (is_needed(m_[i][k])) below_[k].add(i);
      for (const std::size_t i : below_[k].all()) {
        const Real part = m_[i][k] * pivot_[k];
        m_[i][k] = part;
        for (const std::size_t j : right_[k].all()) m_[i][j] = fma(-part, m_[k][j], m_[i][j]);
      }
    }
  }

  __attribute__((noinline)) void solve(Vector& b) const {
    for (std::size_t j = 0; j < N; ++j)
      for (const std::size_t i : below_[j].all()) b[i] = fma(-m_[i][j], b[j], b[i]);
    for (std::size_t i = N; i-- > 0;) {
      Real sum = b[i];
      for (const std::size_t j : right_[i].all()) sum = fma(-m_[i][j], b[j], sum);
      b[i] = sum * pivot_[i];
    }
  }

 private:
  struct Places {
    std::array<std::uint16_t, N> at;
    std::size_t n = 0;
    void add(std::size_t i) { at[n++] = static_cast<std::uint16_t>(i); }
    std::span<const std::uint16_t> all() const { return {at.data(), n}; }
  };
  static MGPK_LANES bool is_needed(const Real& number) { return !all(number == Real(0.0)); }

  Matrix m_{};
  Vector pivot_{};
  std::array<Places, N> right_, below_;
};

}  // namespace registers

/// The factors of one N by N matrix per lane.
template <std::size_t N, class Real>
using SmallLu =
    std::conditional_t<(N <= 8), registers::DenseLu<N, Real>, registers::SparseLu<N, Real>>;

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
