// The change between the methods: where it must happen, where it must not, what it must give.
#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/ode/integrator.hpp>

#include "models.hpp"

namespace {

using namespace mgpk::ode;

/// A fast and a slow decay side by side.
struct TwoRates {
  static constexpr std::size_t n_states = 2;
  double fast_per_h = 1000.0;
  template <class Real>
  void derivatives(Real, const State<Real, 2>& x, State<Real, 2>& dxdt) const {
    dxdt[0] = -fast_per_h * (x[0] - x[1]);
    dxdt[1] = -0.1 * x[1];
  }
};

struct Oscillator {
  static constexpr std::size_t n_states = 2;
  template <class Real>
  void derivatives(Real, const State<Real, 2>& x, State<Real, 2>& dxdt) const {
    dxdt[0] = x[1];
    dxdt[1] = -x[0];
  }
};

template <OdeSystem System>
Integrator<System> run(const System& system, const State<double, System::n_states>& x,
                       double until_h, const Options& options = {}) {
  Integrator<System> integrator(system, x, 0.0, options);
  integrator.advance(until_h).or_throw();
  return integrator;
}

}  // namespace

TEST_CASE("the power iteration finds the spectral radius, by product and by matrix") {
  const TwoRates model;
  const State<double, 2> x = {1.0, 1.0};
  const State<double, 2> dxdt = {0.0, -0.1};
  JacobianMatrix<2> J;
  State<double, 2> dfdt{};
  jacobian(model, 0.0, x, J, dfdt);
  SpectralRadius<TwoRates> by_product;
  SpectralRadius<TwoRates> by_matrix;
  double first = 0.0;
  double second = 0.0;
  for (int k = 0; k < 5; ++k) {
    first = by_product.by_product(model, 0.0, x, dxdt, {});
    second = by_matrix.by_matrix(J, x, dxdt, {});
  }
  CHECK(first == doctest::Approx(1000.0).epsilon(1e-6));
  CHECK(second == doctest::Approx(first).epsilon(1e-12));
}

TEST_CASE("Robertson's kinetics switch and come out right") {
  // Reference: the values of the stiff test sets at t = 40, recomputed with an independent code.
  const models::Robertson model;
  const auto solved = run(model, {1.0, 0.0, 0.0}, 40.0);
  CHECK(solved.statistics().n_switches >= 1);
  CHECK(solved.statistics().method_now == Method::rosenbrock4);
  CHECK(solved.state()[0] == doctest::Approx(0.7158270687193941).epsilon(1e-8));
  CHECK(solved.state()[1] == doctest::Approx(9.185534764557338e-6).epsilon(1e-8));
  CHECK(solved.state()[2] == doctest::Approx(0.2841637457458306).epsilon(1e-8));
  const auto long_run = run(model, {1.0, 0.0, 0.0}, 1e11);
  CHECK(long_run.statistics().n_steps < 10'000);
  CHECK(long_run.state()[0] == doctest::Approx(0.2083340149701255e-7).epsilon(1e-5));
}

TEST_CASE("van der Pol with mu = 1000 switches and comes out right") {
  const models::VanDerPol model;
  const auto solved = run(model, {2.0, 0.0}, 2000.0);
  CHECK(solved.statistics().n_switches >= 1);
  CHECK(solved.statistics().n_steps < 50'000);  // dopri5 alone needs more than a million
  CHECK(solved.state()[0] == doctest::Approx(1.706167732170483).epsilon(1e-7));
  CHECK(solved.state()[1] == doctest::Approx(-0.8928097010247975e-3).epsilon(1e-7));
}

TEST_CASE("smooth problems that are not stiff stay with dopri5") {
  CHECK(run(models::Decay{.k_per_h = 1.0}, {1.0}, 20.0).statistics().n_switches == 0);
  CHECK(run(Oscillator{}, {1.0, 0.0}, 500.0).statistics().n_switches == 0);
  CHECK(run(models::Forced{}, {1.0, 0.5}, 10.0).statistics().n_switches == 0);
  CHECK(run(models::VanDerPol{.mu = 1.0}, {2.0, 0.0}, 100.0).statistics().n_switches == 0);
  const Options loose{.relative_tolerance = 1e-3, .absolute_tolerance = 1e-6};
  CHECK(run(Oscillator{}, {1.0, 0.0}, 500.0, loose).statistics().n_switches == 0);
  CHECK(run(models::Chain{}, {1.0, 0.0, 0.0, 0.0}, 24.0).statistics().n_switches == 0);
}

TEST_CASE("when the stiffness ends, dopri5 comes back") {
  TwoRates model;
  Integrator integrator(model, State<double, 2>{1.0, 1.0}, 0.0);
  CHECK(integrator.advance(10.0).ok());
  CHECK(integrator.statistics().method_now == Method::rosenbrock4);
  model.fast_per_h = 0.5;
  integrator.set_state({2.0, 1.0});
  CHECK(integrator.advance(30.0).ok());
  CHECK(integrator.statistics().method_now == Method::dopri5);
  // x1 = c·e^(-t/2) + (5/4)·x2 with x2 = e^(-t/10).
  const double t = 20.0;
  const double exact = 0.75 * std::exp(-0.5 * t) + 1.25 * std::exp(-0.1 * t);
  CHECK(integrator.state()[0] == doctest::Approx(exact).epsilon(1e-7));
}

TEST_CASE("a chosen method is kept, whatever the problem") {
  const TwoRates model;
  const auto stubborn = run(model, {1.0, 1.0}, 10.0, {.method = Method::dopri5});
  CHECK(stubborn.statistics().n_switches == 0);
  CHECK(stubborn.statistics().n_jacobian == 0);
  const auto stiff = run(model, {1.0, 1.0}, 10.0, {.method = Method::rosenbrock4});
  CHECK(stiff.statistics().n_switches == 0);
  CHECK(stiff.state()[1] == doctest::Approx(stubborn.state()[1]).epsilon(1e-8));
  CHECK(stiff.state()[0] == doctest::Approx(stubborn.state()[0]).epsilon(1e-8));
}

TEST_CASE("the watch: impatient about held steps, patient after a short stay") {
  StiffnessWatch watch(3);
  int n_checks = 0;
  while (!watch.explicit_is_held_back(3.2)) ++n_checks;
  CHECK(n_checks < 10);
  watch.on_change_to_implicit();
  int n_steps = 1;
  while (!watch.implicit_is_wasted(1.0)) ++n_steps;
  CHECK(n_steps == 10);
  watch.on_change_to_explicit();
  watch.on_change_to_implicit();
  watch.on_change_to_explicit();
  CHECK_FALSE(watch.explicit_is_held_back(1.0));
  int n_later = 0;
  while (!watch.explicit_is_held_back(3.2)) ++n_later;
  CHECK(n_later > 2 * n_checks);
}
