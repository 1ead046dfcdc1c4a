// Options: the output times they mean, and what the solver is told.
#include <mgpk/simulate/options.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace mgpk;
using simulation::Options;
using simulation::output_times_h;

TEST_CASE("a grid starts at zero and ends exactly at the end, whole steps or not") {
  CHECK(output_times_h({.until_h = 2, .every_h = 0.5}) == std::vector<double>{0, 0.5, 1, 1.5, 2});
  CHECK(output_times_h({.until_h = 1.2, .every_h = 0.5}) == std::vector<double>{0, 0.5, 1, 1.2});
  CHECK(output_times_h({.until_h = 1, .every_h = 5}) == std::vector<double>{0, 1});
  const auto tenths = output_times_h({.until_h = 0.3, .every_h = 0.1});
  CHECK(tenths.size() == 4);
  CHECK(tenths.back() == 0.3);
  CHECK(output_times_h({.until_h = 24 * 365, .every_h = 0.1}).size() == 87601);
}

TEST_CASE("times that were given are taken as they are") {
  const Options options{.times_h = {0, 0.25, 7}};
  CHECK_NOTHROW(simulation::validate(options));
  CHECK(output_times_h(options) == options.times_h);
}

TEST_CASE("the solver is told tolerances, budget, method and when to stop") {
  Options options{.until_h = 24};
  options.relative_tolerance = 1e-7;
  options.absolute_tolerance_mmol = 1e-11;
  options.max_steps = 123;
  options.method = ode::Method::rosenbrock4;
  options.keep_going = [](double t_h) { return t_h < 5; };
  const auto solver = options.solver();
  CHECK(solver.relative_tolerance == 1e-7);
  CHECK(solver.absolute_tolerance == 1e-11);
  CHECK(solver.max_steps == 123);
  CHECK(solver.method == ode::Method::rosenbrock4);
  CHECK(solver.keep_going(4));
  CHECK_FALSE(solver.keep_going(6));
}
