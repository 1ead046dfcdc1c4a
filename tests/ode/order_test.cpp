// The slope of the error over the step must be the method's order, with the time in the model.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include <mgpk/ode/odeint/dopri5.hpp>
#include <mgpk/ode/odeint/rosenbrock4.hpp>

#include "models.hpp"

namespace {

using mgpk::ode::State;
using Point = State<double, 2>;

struct FixedRun {
  Point last{};
  Point estimate{};
};

/// n equal steps over two hours of the forced model.
template <class Method>
FixedRun run_fixed(int n) {
  const models::Forced model;
  Method method;
  mgpk::ode::Trial<2> trial;
  FixedRun run{.last = {1.0, 0.5}};
  method.start(model, 0.0, run.last);
  for (int i = 0; i < n; ++i) {
    const double t_old_h = 2.0 * i / n;
    method.try_step(model, t_old_h, run.last, 2.0 / n, trial);
    method.accept();
    run.last = trial.x_new;
    run.estimate = trial.error;
  }
  return run;
}

double distance(const Point& a, const Point& b) {
  return std::max(std::abs(a[0] - b[0]), std::abs(a[1] - b[1]));
}

using Dopri5 = mgpk::ode::Dopri5<models::Forced>;
using Rosenbrock4 = mgpk::ode::Rosenbrock4<models::Forced>;

double slope(double coarse, double fine) { return std::log2(coarse / fine); }

/// The error of dense output at a share of one step of h from the start.
template <class Method>
double dense_error(double h, double share) {
  const models::Forced model;
  const Point x = {1.0, 0.5};
  mgpk::ode::Trial<2> trial;
  Method method;
  method.start(model, 0.0, x);
  method.try_step(model, 0.0, x, h, trial);
  method.accept();
  const Point between = method.dense(share * h, 0.0, x, h, trial.x_new);
  Dopri5 reference;
  Point exact = x;
  constexpr int n_fine = 200;
  const double h_fine = share * h / n_fine;
  reference.start(model, 0.0, exact);
  for (int i = 0; i < n_fine; ++i) {
    reference.try_step(model, i * h_fine, exact, h_fine, trial);
    reference.accept();
    exact = trial.x_new;
  }
  return distance(between, exact);
}

}  // namespace

TEST_CASE("dopri5 has order 5") {
  const Point exact = run_fixed<Dopri5>(2000).last;
  for (const int n : {20, 40}) {
    const double coarse = distance(run_fixed<Dopri5>(n).last, exact);
    const double fine = distance(run_fixed<Dopri5>(2 * n).last, exact);
    CHECK(slope(coarse, fine) > 4.7);
    CHECK(slope(coarse, fine) < 6.0);
  }
}

TEST_CASE("rosenbrock4 has order 4, with a model that depends on the time") {
  const Point exact = run_fixed<Dopri5>(2000).last;
  for (const int n : {40, 80}) {
    const double coarse = distance(run_fixed<Rosenbrock4>(n).last, exact);
    const double fine = distance(run_fixed<Rosenbrock4>(2 * n).last, exact);
    CHECK(slope(coarse, fine) > 3.7);
    CHECK(slope(coarse, fine) < 4.5);
  }
}

TEST_CASE("dense output has order 4 with dopri5, 3 with rosenbrock4 (one more within a step)") {
  for (const double share : {0.2, 0.5, 0.8}) {
    const double dopri = slope(dense_error<Dopri5>(0.1, share), dense_error<Dopri5>(0.05, share));
    CHECK(dopri > 4.6);
    const double stiff =
        slope(dense_error<Rosenbrock4>(0.1, share), dense_error<Rosenbrock4>(0.05, share));
    CHECK(stiff > 3.8);
  }
}

TEST_CASE("the estimated error of one step falls with the power the controller assumes") {
  const auto size = [](const Point& error) { return distance(error, {0.0, 0.0}); };
  const double dopri =
      slope(size(run_fixed<Dopri5>(40).estimate), size(run_fixed<Dopri5>(80).estimate));
  CHECK(std::abs(dopri - Dopri5::error_order) < 0.4);
  const double stiff =
      slope(size(run_fixed<Rosenbrock4>(80).estimate), size(run_fixed<Rosenbrock4>(160).estimate));
  CHECK(std::abs(stiff - Rosenbrock4::error_order) < 0.4);
}

TEST_CASE("a repeated try starts from the same point and needs no new Jacobian") {
  const models::Forced model;
  Rosenbrock4 method;
  mgpk::ode::Trial<2> first;
  mgpk::ode::Trial<2> second;
  const Point x = {1.0, 0.5};
  method.start(model, 0.0, x);
  method.try_step(model, 0.0, x, 0.5, first);
  method.try_step(model, 0.0, x, 0.1, second);
  CHECK(method.n_jacobian() == 1);
  Rosenbrock4 fresh;
  fresh.start(model, 0.0, x);
  fresh.try_step(model, 0.0, x, 0.1, first);
  CHECK(first.x_new == second.x_new);
}
