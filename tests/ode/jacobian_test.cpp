// The dual-number Jacobian against matrices written by hand.
#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/ode/jacobian.hpp>

#include "models.hpp"

using mgpk::ode::JacobianMatrix;
using mgpk::ode::State;

TEST_CASE("a nonlinear model driven by the time has its hand-written Jacobian") {
  const double t = 0.7;
  const State<double, 2> x = {1.3, -0.4};
  JacobianMatrix<2> J;
  State<double, 2> dfdt{};
  mgpk::ode::jacobian(models::Forced{}, t, x, J, dfdt);
  CHECK(J(0, 0) == doctest::Approx(-x[1] * std::cos(t)).epsilon(1e-15));
  CHECK(J(0, 1) == doctest::Approx(-x[0] * std::cos(t) + 0.5).epsilon(1e-15));
  CHECK(J(1, 0) == doctest::Approx(std::sin(2.0 * t)).epsilon(1e-15));
  CHECK(J(1, 1) == doctest::Approx(-0.6 * x[1]).epsilon(1e-15));
  CHECK(dfdt[0] == doctest::Approx(x[0] * x[1] * std::sin(t)).epsilon(1e-15));
  CHECK(dfdt[1] == doctest::Approx(2.0 * std::cos(2.0 * t) * x[0]).epsilon(1e-15));
}

// 7 and 8 states put the time at the end of a chunk and alone in the next; 20 need three chunks
// and a matrix on the heap.
TEST_CASE_TEMPLATE("every chunk of columns lands in its place", Model, models::LongChain<1>,
                   models::LongChain<7>, models::LongChain<8>, models::LongChain<20>) {
  constexpr std::size_t n = Model::n_states;
  State<double, n> x{};
  for (std::size_t i = 0; i < n; ++i) x[i] = 0.5 + 0.25 * static_cast<double>(i);
  JacobianMatrix<n> J;
  State<double, n> dfdt{};
  mgpk::ode::jacobian(Model{}, 2.0, x, J, dfdt);
  for (std::size_t i = 0; i < n; ++i) {
    CHECK(dfdt[i] == static_cast<double>(i));
    for (std::size_t j = 0; j < n; ++j) {
      const double k = 1.0 + 0.1 * static_cast<double>(i);
      const double expected = i == j ? -2.0 * k * x[i] : (i == j + 1 ? 1.0 : 0.0);
      CHECK(J(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) ==
            doctest::Approx(expected).epsilon(1e-15));
    }
  }
}
