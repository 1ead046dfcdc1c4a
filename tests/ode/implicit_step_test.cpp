// The slope of the error over the step must be the method's order, with the time in the model.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/ensemble/implicit_step.hpp>
#include <mgpk/ode/jacobian.hpp>
#include <mgpk/ode/pairs/rodas5p.hpp>

#include "models.hpp"

namespace {

namespace ode = mgpk::ode;

/// Driven by the time, not linear.
template <class Par>
struct Forced {
  static constexpr std::size_t n_states = 2;
  Par pull{1.0};
  template <class Time, class Real>
  void derivatives(const Time& t_h, const std::array<Real, 2>& x, std::array<Real, 2>& dxdt) const {
    using std::cos, std::sin;
    dxdt[0] = -pull * x[0] * x[1] * cos(t_h) + 0.5 * x[1];
    dxdt[1] = sin(2.0 * t_h) * x[0] - 0.3 * x[1] * x[1];
  }
};

constexpr std::size_t width = 2;
using Real = ode::Lanes<width>;
using ForcedStep = ode::ImplicitStep<Forced<Real>, ode::Rodas5P, Real, 0>;
struct NoChain {};

/// `n_steps` equal steps of the forced model over two hours, in both lanes; the last is left to ask
/// for dense output.
std::array<Real, 2> run_fixed(int n_steps, double end_h, ForcedStep& step, std::array<Real, 2>& x,
                              std::array<Real, 2>& error) {
  Forced<Real> model;
  model.pull.set(1, 1.5);
  const std::array<Real, 0> none{};
  std::array<Real, 0> none_new{};
  std::array<Real, 2> x_new = {Real(1.0), Real(0.5)};
  for (int i = 0; i < n_steps; ++i) {
    x = x_new;
    step.run(model, NoChain{}, Real(end_h * i / n_steps), Real(end_h / n_steps), x, none, x_new,
             none_new, error);
  }
  return x_new;
}

double distance(const std::array<Real, 2>& a, const std::array<Real, 2>& b, std::size_t lane) {
  return std::max(std::abs(a[0][lane] - b[0][lane]), std::abs(a[1][lane] - b[1][lane]));
}

}  // namespace

TEST_CASE("a step has order 5 and its estimate falls as promised, with the time in the model") {
  ForcedStep step;
  std::array<Real, 2> x, error_coarse, error_fine;
  const auto exact = run_fixed(1000, 2.0, step, x, error_fine);
  const auto coarse = run_fixed(40, 2.0, step, x, error_coarse);
  const auto fine = run_fixed(80, 2.0, step, x, error_fine);
  const std::array<Real, 2> zero = {Real(0.0), Real(0.0)};
  for (std::size_t lane = 0; lane < width; ++lane) {
    const double slope = std::log2(distance(coarse, exact, lane) / distance(fine, exact, lane));
    CHECK(slope > 4.6);
    CHECK(slope < 6.0);
    const double fall =
        std::log2(distance(error_coarse, zero, lane) / distance(error_fine, zero, lane));
    CHECK(std::abs(fall - ode::Rodas5P::error_order) < 0.5);
  }
  CHECK(distance(fine, exact, 0) != distance(fine, exact, 1));
}

TEST_CASE("dense output within one step has order 4, one more for the local error") {
  std::array<Real, 2> x, error;
  const std::array<Real, 0> none{};
  for (const double theta : {0.2, 0.5, 0.8}) {
    std::array<double, 2> wrong{};
    for (int k = 0; k < 2; ++k) {
      const double h = 0.2 / (1 + k);
      ForcedStep step, reference;
      run_fixed(1, h, step, x, error);
      std::array<Real, 2> at;
      step.dense(NoChain{}, Real(theta), Real(h), x, none, at);
      wrong[static_cast<std::size_t>(k)] =
          distance(at, run_fixed(100, theta * h, reference, x, error), 1);
    }
    CHECK(std::log2(wrong[0] / wrong[1]) > 4.6);
  }
}

TEST_CASE("the Jacobian in lanes is that of each lane alone, also in several pieces") {
  constexpr std::size_t n = 19;
  const models::LongChain<n> model;
  ode::LaneJacobian<models::LongChain<n>, Real> jacobian;
  std::array<Real, n> x;
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = Real(1.0 + static_cast<double>(i));
    x[i].set(1, 0.1 * static_cast<double>(i));
  }
  Real t_h(0.5);
  t_h.set(1, 2.0);
  for (int twice = 0; twice < 2; ++twice) jacobian.take(model, t_h, x);
  for (std::size_t lane = 0; lane < width; ++lane) {
    std::array<double, n> alone, dxdt, dfdt;
    for (std::size_t i = 0; i < n; ++i) alone[i] = x[i][lane];
    ode::JacobianMatrix<n> matrix;
    ode::jacobian(model, t_h[lane], alone, matrix, dfdt);
    model.derivatives(t_h[lane], alone, dxdt);
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(jacobian.dxdt(i)[lane] == doctest::Approx(dxdt[i]));
      CHECK(jacobian.dfdt(i)[lane] == doctest::Approx(dfdt[i]));
      for (std::size_t j = 0; j < n; ++j)
        CHECK(jacobian(i, j)[lane] ==
              doctest::Approx(matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j))));
    }
  }
}

TEST_CASE("a step of a model with more states than are unrolled has order 5, too") {
  constexpr std::size_t n = 12;
  const models::LongChain<n> model;
  const auto run = [&](int n_steps) {
    ode::ImplicitStep<models::LongChain<n>, ode::Rodas5P, Real, 0> step;
    const std::array<Real, 0> none{};
    std::array<Real, 0> none_new{};
    std::array<Real, n> x, x_new, error;
    x.fill(Real(0.5));
    for (int i = 0; i < n_steps; ++i) {
      step.run(model, NoChain{}, Real(1.0 * i / n_steps), Real(1.0 / n_steps), x, none, x_new,
               none_new, error);
      x = x_new;
    }
    return x;
  };
  const auto exact = run(640), coarse = run(20), fine = run(40);
  double worst_coarse = 0.0, worst_fine = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    worst_coarse = std::max(worst_coarse, std::abs(coarse[i][0] - exact[i][0]));
    worst_fine = std::max(worst_fine, std::abs(fine[i][0] - exact[i][0]));
  }
  CHECK(std::log2(worst_coarse / worst_fine) > 4.6);
}
