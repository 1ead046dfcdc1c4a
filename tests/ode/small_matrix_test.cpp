// Linear solves and the spectral radius of small matrices, where answers are known.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include <mgpk/ode/ensemble/small_matrix.hpp>

using namespace mgpk::ode;

TEST_CASE("small matrices: pivots, eigenvalues, singular ones") {
  SquareMatrix m(3);
  const double rows[3][3] = {{0.0, 2.0, 1.0}, {1.0, 1.0, -1.0}, {4.0, -2.0, 0.5}};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) m(i, j) = rows[i][j];
  std::vector<double> b = {7.0, 0.0, 1.5};  // of (1, 2, 3)
  Factors(m).solve(b);
  CHECK(b[0] == doctest::Approx(1.0));
  CHECK(b[1] == doctest::Approx(2.0));
  CHECK(b[2] == doctest::Approx(3.0));
  SquareMatrix turning(2);  // eigenvalues 0.6 ± 0.7i
  turning(0, 0) = turning(1, 1) = 0.6;
  turning(0, 1) = 0.7;
  turning(1, 0) = -0.7;
  CHECK(spectral_radius(turning) == doctest::Approx(std::hypot(0.6, 0.7)).epsilon(1e-8));
  SquareMatrix nilpotent(3);
  nilpotent(0, 1) = nilpotent(1, 2) = 1.0;
  CHECK(spectral_radius(nilpotent) == 0.0);
}
