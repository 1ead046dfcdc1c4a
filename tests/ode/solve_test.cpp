// One call from a model to a table, for the models of users as for our own.
#include <doctest/doctest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>
#include <vector>

#include <mgpk/ode/ode.hpp>

#include "models.hpp"

namespace {

using namespace mgpk::ode;

// What a user writes: ten lines.
struct Elimination {
  static constexpr std::size_t n_states = 2;
  double vmax_mmol_per_h = 0.8;
  double km_mmol = 0.5;
  template <class Real>
  void derivatives(Real, const State<Real, 2>& a, State<Real, 2>& dadt) const {
    const Real rate = vmax_mmol_per_h * a[0] / (km_mmol + a[0]);
    dadt[0] = -rate;
    dadt[1] = rate;
  }
};

/// exp(A t) x0 by the eigenvectors of A: the answer to a linear model, by another road.
template <OdeSystem System>
State<double, System::n_states> linear_exact(const System& system,
                                             const State<double, System::n_states>& x0,
                                             double t_h) {
  constexpr std::size_t n = System::n_states;
  JacobianMatrix<n> A;
  State<double, n> dfdt{};
  jacobian(system, 0.0, x0, A, dfdt);
  const Eigen::EigenSolver<Eigen::MatrixXd> eigen{Eigen::MatrixXd(A)};
  Eigen::VectorXcd x(static_cast<Eigen::Index>(n));
  for (std::size_t i = 0; i < n; ++i) x[static_cast<Eigen::Index>(i)] = x0[i];
  const Eigen::VectorXcd weights = eigen.eigenvectors().partialPivLu().solve(x);
  const Eigen::VectorXcd grown = (eigen.eigenvalues() * t_h).array().exp() * weights.array();
  const Eigen::VectorXcd result = eigen.eigenvectors() * grown;
  State<double, n> at{};
  for (std::size_t i = 0; i < n; ++i) at[i] = result[static_cast<Eigen::Index>(i)].real();
  return at;
}

std::vector<double> grid(double until_h, double every_h) {
  std::vector<double> times;
  for (int k = 0; k * every_h <= until_h; ++k) times.push_back(k * every_h);
  return times;
}

}  // namespace

TEST_CASE("a user's ten lines: Michaelis-Menten loss meets its implicit closed form") {
  const Elimination model;
  const std::vector<double> times = grid(10.0, 0.5);
  const auto run = solve(model, {2.0, 0.0}, times);
  REQUIRE(run.status.ok());
  CHECK(run.times_h == times);
  for (std::size_t k = 0; k < times.size(); ++k) {
    // Km·ln(a0/a) + (a0 - a) = Vmax·t
    const double a = run.states[k][0];
    const double invariant = 0.5 * std::log(2.0 / a) + (2.0 - a);
    CHECK(std::abs(invariant - 0.8 * times[k]) < 1e-7);
    CHECK(std::abs(a + run.states[k][1] - 2.0) < 1e-13);
  }
}

TEST_CASE("a chain of compartments meets the matrix exponential at the default tolerances") {
  const models::Chain chain;
  const State<double, 4> x0 = {12.3, 0.0, 0.0, 0.0};
  const std::vector<double> times = grid(48.0, 0.13);
  for (const Method method : {Method::automatic, Method::dopri5, Method::rosenbrock4}) {
    const auto run = solve(chain, x0, times, {.method = method});
    REQUIRE(run.status.ok());
    for (std::size_t k = 0; k < times.size(); ++k) {
      const auto exact = linear_exact(chain, x0, times[k]);
      for (std::size_t i = 0; i < 4; ++i)
        CHECK(std::abs(run.states[k][i] - exact[i]) <= 1e-8 * std::abs(exact[i]) + 1e-11);
    }
  }
}

TEST_CASE("tighter tolerances give better answers") {
  const models::Chain chain;
  const State<double, 4> x0 = {1.0, 0.0, 0.0, 0.0};
  const std::vector<double> times = {0.0, 5.0};
  const auto exact = linear_exact(chain, x0, 5.0);
  double previous = 1.0;
  for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10}) {
    const auto run = solve(chain, x0, times, {.relative_tolerance = tolerance});
    const double error = std::abs(run.states.back()[1] / exact[1] - 1.0);
    CHECK(error < 50.0 * tolerance);
    CHECK(error < previous);
    previous = error;
  }
}

TEST_CASE("from a failure on the states are NaN, and the status says why") {
  const models::Drain drain;
  const auto run = solve(drain, {0.0, 1.0}, std::vector<double>{0.0, 1.0, 1.9, 2.1, 3.0});
  CHECK(run.status.code == StatusCode::negative_state);
  CHECK(run.states[2][1] == doctest::Approx(0.05));
  for (const std::size_t k : {std::size_t{3}, std::size_t{4}})
    for (const double x : run.states[k]) CHECK(std::isnan(x));
  CHECK_THROWS_AS(run.status.or_throw(), SolveError);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto broken = solve(drain, {0.0, nan}, std::vector<double>{0.0, 1.0});
  CHECK(broken.status.code == StatusCode::not_finite);
  CHECK(std::isnan(broken.states[0][0]));
}

TEST_CASE("a single time gives the start back") {
  const auto run = solve(models::Decay{}, {3.0}, std::vector<double>{7.0});
  CHECK(run.status.ok());
  CHECK(run.states.at(0)[0] == 3.0);
}

TEST_CASE("bad times are refused with the exact words") {
  const auto with = [](const std::vector<double>& times) {
    return solve(models::Decay{}, {1.0}, times);
  };
  CHECK_THROWS_WITH(with({}),
                    "times_h must hold at least the start, but it is empty; give the times in "
                    "hours, the start first");
  CHECK_THROWS_WITH(with({0.0, 2.0, 1.0}),
                    "times_h[2] must be above the time before it, 2, but it is 1; sort the times "
                    "and drop repetitions");
  CHECK_THROWS_AS(with({0.0, 0.0}), std::invalid_argument);
  CHECK_THROWS_WITH(with({0.0, std::numeric_limits<double>::quiet_NaN()}),
                    "times_h[1] must be finite, but it is nan; give a time in hours");
  CHECK_THROWS_AS(with({0.0, std::numeric_limits<double>::infinity()}), std::invalid_argument);
  CHECK_THROWS_AS(
      solve(models::Decay{}, {1.0}, std::vector<double>{0.0, 1.0}, {.relative_tolerance = -1.0}),
      std::invalid_argument);
}
