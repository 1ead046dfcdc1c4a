// Options that no run can honour, each refused with its rule, its value and what to do.
#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <vector>

#include <mgpk/simulate/options.hpp>

using namespace mgpk;
using simulation::Options;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double endless = std::numeric_limits<double>::infinity();

void refused(const Options& options, const char* message) {
  CHECK_THROWS_WITH_AS(simulation::validate(options), message, std::invalid_argument);
}

Options at(std::vector<double> times_h) {
  Options options;
  options.times_h = std::move(times_h);
  return options;
}

template <class Change>
Options day_with(Change&& change) {
  Options options;
  options.until_h = 24;
  change(options);
  return options;
}

}  // namespace

TEST_CASE("the end of a run") {
  refused({}, "until_h must be finite and positive, but it is 0; give the end of the run in hours");
  refused({.until_h = -5},
          "until_h must be finite and positive, but it is -5; give the end of the run in hours");
  refused({.until_h = not_a_number},
          "until_h must be finite and positive, but it is nan; give the end of the run in hours");
  refused({.until_h = endless},
          "until_h must be finite and positive, but it is inf; give the end of the run in hours");
  refused({.until_h = 1e6},
          "until_h must lie between 0 and 876600, but it is 1000000; give hours, not minutes or "
          "seconds");
}

TEST_CASE("the grid of output times") {
  refused({.until_h = 24, .every_h = 0},
          "every_h must be finite and positive, but it is 0; give the output interval in hours");
  refused({.until_h = 24, .every_h = -1},
          "every_h must be finite and positive, but it is -1; give the output interval in hours");
  refused({.until_h = 8760, .every_h = 0.001},
          "a run has at most 5000000 output times, but it is 8760000; raise every_h");
}

TEST_CASE("output times that were given") {
  refused(at({0, 2, 1}),
          "times_h must rise strictly, but it is 1; sort the output times and give each once");
  refused(at({0, 1, 1}),
          "times_h must rise strictly, but it is 1; sort the output times and give each once");
  refused(at({-1, 2}),
          "times_h must lie between 0 and 876600, but it is -1; give hours after the start");
  refused(at({0, not_a_number}),
          "times_h must lie between 0 and 876600, but it is nan; give hours after the start");
  auto both = at({0, 1});
  both.until_h = 24;
  refused(both, "a run takes either until_h or times_h, but it is both; leave one of them out");
}

TEST_CASE("tolerances and budget") {
  refused(day_with([](Options& o) { o.relative_tolerance = 0.5; }),
          "relative_tolerance must be at least 1e-14 and below 0.1, but it is 0.5; give a fraction "
          "such as 1e-9");
  refused(day_with([](Options& o) { o.relative_tolerance = not_a_number; }),
          "relative_tolerance must be at least 1e-14 and below 0.1, but it is nan; give a fraction "
          "such as 1e-9");
  refused(day_with([](Options& o) { o.absolute_tolerance_mmol = 0; }),
          "absolute_tolerance_mmol must be finite and positive, but it is 0; give an amount that "
          "does not matter, such as 1e-13");
  refused(day_with([](Options& o) { o.max_steps = 0; }),
          "max_steps must be at least 1, but it is 0; give a budget such as 10000000");
}

TEST_CASE("a start that nobody lives through") {
  refused(day_with([](Options& o) { o.start_c_plasma_total_mmol_per_L = 24.3; }),
          "start_c_plasma_total_mmol_per_L must lie between 0.1 and 10, but it is 24.3; give total "
          "plasma magnesium in mmol/L (mg/dL times 0.4114)");
  refused(day_with([](Options& o) { o.start_c_plasma_total_mmol_per_L = 0; }),
          "start_c_plasma_total_mmol_per_L must lie between 0.1 and 10, but it is 0; give total "
          "plasma magnesium in mmol/L (mg/dL times 0.4114)");
}
