// Small systems in lanes: solved to rounding, and a lane knows nothing of its neighbours.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>

#include <mgpk/ode/lanes/small_lu.hpp>

namespace {

namespace ode = mgpk::ode;
constexpr std::size_t width = 4;
using Real = ode::Lanes<width>;

/// I - h J of a compartment model: what a column loses, other rows or nobody gain. Rates run over
/// nine decades; `share` of the possible flows are there.
template <std::size_t N>
std::array<std::array<double, N>, N> compartments(unsigned seed, double share) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform;
  std::array<std::array<double, N>, N> m{};
  for (std::size_t j = 0; j < N; ++j) {
    m[j][j] = 1.0 + uniform(random);
    for (std::size_t i = 0; i < N; ++i) {
      if (i == j || uniform(random) > share) continue;
      const double flow = std::pow(10.0, 9.0 * uniform(random) - 3.0);
      m[i][j] -= flow;
      m[j][j] += flow;
    }
  }
  return m;
}

template <std::size_t N>
std::array<double, N> solve_in(std::size_t lane, const std::array<std::array<double, N>, N>& matrix,
                               const std::array<std::array<double, N>, N>& neighbours) {
  ode::SmallLu<N, Real> lu;
  std::array<Real, N> x;
  for (std::size_t i = 0; i < N; ++i) {
    x[i] = Real(1.0 + static_cast<double>(i % 3));
    for (std::size_t j = 0; j < N; ++j) {
      lu.matrix()[i][j] = Real(neighbours[i][j]);
      lu.matrix()[i][j].set(lane, matrix[i][j]);
    }
  }
  lu.factor();
  lu.solve(x);
  std::array<double, N> result;
  for (std::size_t i = 0; i < N; ++i) result[i] = x[i][lane];
  return result;
}

/// What is left over, measured by the size of the terms of each row.
template <std::size_t N>
double left_over(const std::array<std::array<double, N>, N>& m, const std::array<double, N>& x) {
  double worst = 0.0;
  for (std::size_t i = 0; i < N; ++i) {
    double rest = 1.0 + static_cast<double>(i % 3), size = rest;
    for (std::size_t j = 0; j < N; ++j) {
      rest -= m[i][j] * x[j];
      size += std::abs(m[i][j] * x[j]);
    }
    worst = std::max(worst, std::abs(rest) / size);
  }
  return worst;
}

template <std::size_t N>
void check_size() {
  std::array<std::array<double, N>, N> broken{};
  for (auto& row : broken) row.fill(std::numeric_limits<double>::quiet_NaN());
  for (unsigned seed = 0; seed < 50; ++seed) {
    const auto matrix = compartments<N>(seed, 0.25), full = compartments<N>(seed + 100, 1.0);
    const auto alone = solve_in<N>(0, matrix, matrix);
    CHECK(left_over<N>(matrix, alone) < 1e-14);
    CHECK(solve_in<N>(2, matrix, full) == alone);
    CHECK(solve_in<N>(1, matrix, broken) == alone);
  }
}

}  // namespace

TEST_CASE("compartment matrices are solved to rounding without exchanging rows") {
  check_size<1>();
  check_size<3>();
  check_size<8>();
  check_size<9>();
  check_size<24>();
}
