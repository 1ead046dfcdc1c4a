// One compartment on any scalar: the closed form of all classic models, and slopes of its parts.
#include <mgpk/classic/one_compartment.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/classic/closed_form.hpp>
#include <mgpk/ode/dual.hpp>

using namespace mgpk;
using classic::OneCompartment;

namespace {

classic::Layout with_depot() { return {classic::Absorption::first_order, 0, 1}; }

classic::Parameters<double> numbers(double cl, double v, double ka) {
  classic::Parameters<double> p;
  p.cl_L_per_h = cl;
  p.v_central_L = v;
  p.ka_per_h = ka;
  return p;
}

}  // namespace

TEST_CASE("it moves as the closed form of all classic models does, rates near each other too") {
  for (const double ka : {0.04, 0.1, 0.1 * (1 + 1e-9), 0.7, 60.0})
    for (const double h : {1e-3, 0.5, 30.0}) {
      const OneCompartment<double> one{ka, 0.1};
      const classic::ClosedForm form(with_depot(), numbers(2, 20, ka));
      OneCompartment<double>::Pair x{5, 3};
      classic::Amounts all{5, 3};
      one.advance(x, {1.5, 0.25}, h);
      form.advance(all, {1.5, 0.25}, h);
      CHECK(x[0] == doctest::Approx(all[0]).epsilon(1e-13));
      CHECK(x[1] == doctest::Approx(all[1]).epsilon(1e-13));
    }
}

TEST_CASE("it settles as the closed form does, and knows that nothing settles without a way out") {
  classic::Cycle cycle;
  cycle.amount = 10;
  cycle.rate = 2;
  cycle.first_h = 1.5;
  cycle.interval_h = 8;
  for (const double since_h : {0.5, 5.0, 8.0}) {
    OneCompartment<double>::Pair x{};
    classic::Amounts all{};
    CHECK(OneCompartment<double>{0.7, 0.1}.settle(cycle, cycle.amount, since_h, x));
    CHECK(classic::ClosedForm(with_depot(), numbers(2, 20, 0.7)).settle(cycle, since_h, all));
    CHECK(x[0] == doctest::Approx(all[0]).epsilon(1e-13));
    CHECK(x[1] == doctest::Approx(all[1]).epsilon(1e-13));
  }
  OneCompartment<double>::Pair x{};
  CHECK_FALSE(OneCompartment<double>{0.7, 0.0}.settle(cycle, cycle.amount, 1.0, x));
}

TEST_CASE("slopes of divided differences agree with differences, at and away from equal points") {
  using Dual = ode::Dual<2>;
  const double pairs[][2] = {{-1, -1}, {-1, -1.0000001}, {-0.2, -3}, {-40, -0.1}, {0, -2}, {-2, 0}};
  for (const auto& at : pairs) {
    Dual x(at[0]), y(at[1]);
    x.slope[0] = 1;
    y.slope[1] = 1;
    const double h = 1e-4;
    const auto pair = classic::detail::exp_points(x, y);
    const auto triple = classic::detail::exp_points_from_zero(x, y);
    const auto difference = [&](auto&& function, double dx, double dy) {
      return (function(at[0] + dx, at[1] + dy) - function(at[0] - dx, at[1] - dy)) / (2 * h);
    };
    const auto two = [](double a, double b) { return classic::detail::exp_points(a, b); };
    const auto three = [](double a, double b) {
      return classic::detail::exp_points_from_zero(a, b);
    };
    CHECK(pair.slope[0] == doctest::Approx(difference(two, h, 0)).epsilon(1e-7).scale(1e-2));
    CHECK(pair.slope[1] == doctest::Approx(difference(two, 0, h)).epsilon(1e-7).scale(1e-2));
    CHECK(triple.slope[0] == doctest::Approx(difference(three, h, 0)).epsilon(1e-7).scale(1e-2));
    CHECK(triple.slope[1] == doctest::Approx(difference(three, 0, h)).epsilon(1e-7).scale(1e-2));
  }
}
