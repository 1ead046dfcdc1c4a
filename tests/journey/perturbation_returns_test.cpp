// Second test of an endogenous substance: after a load or a fast the state comes back, at the rate
// that the baseline's own search reports.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>

#include <mgpk/body/layout.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;
using L = body::Layout<1>;

namespace {

constexpr int n_days = 400;

const simulation::Baseline& baseline() {
  static const auto found = simulation::baseline_of(support::reference_adult());
  return found;
}

Run run_of(const Schedule& plan) {
  auto options = support::until(24.0 * n_days, 24);
  options.relative_tolerance = 1e-8;
  options.absolute_tolerance_mmol = 1e-12;
  options.with_baseline = false;
  return simulate(support::reference_adult(), plan, options, baseline());
}

/// How far a pool is from the baseline at a midnight.
double deviation_mmol(const Run& run, const char* pool, std::size_t state, int day) {
  return run.trajectory.at(static_cast<std::size_t>(day), pool) - baseline().state[state];
}

/// Back to 1 % of the largest deviation in both pools; the slow pool at the reported pace by then.
void check_return(const Schedule& plan, int day_of_end, double sign) {
  const Run run = run_of(plan);
  const auto slow = [&](int day) { return deviation_mmol(run, "a_slow_mmol", L::slow, day); };
  const auto plasma = [&](int day) { return deviation_mmol(run, "a_plasma_mmol", L::plasma, day); };
  double largest_slow = 0, largest_plasma = 0;
  for (int day = 0; day <= n_days; ++day) {
    largest_slow = std::max(largest_slow, sign * slow(day));
    largest_plasma = std::max(largest_plasma, sign * plasma(day));
  }
  CHECK(largest_slow > 0);
  CHECK(largest_plasma > 0);
  for (int day = day_of_end + 3; day < n_days; ++day) {
    CHECK(sign * slow(day) > 0);
    CHECK(sign * slow(day + 1) < sign * slow(day));
  }
  CHECK(sign * slow(n_days) < 0.01 * largest_slow);
  CHECK(sign * plasma(n_days) < 0.01 * largest_plasma);
  const double per_day = std::pow(slow(n_days) / slow(n_days - 60), 1.0 / 60);
  CHECK(std::abs(per_day - baseline().contraction) < 0.02 * (1 - baseline().contraction));
}

}  // namespace

TEST_CASE("20 mmol into the vein leave again") {
  check_return(Schedule().iv("sulfate", mmol(20), {0}), 1, +1);
}

TEST_CASE("450 mg of citrate a day for four weeks leave again") {
  check_return(
      Schedule().oral("citrate", elemental_mg(450), {.at_h = 8, .every_h = 24, .times = 28}), 28,
      +1);
}

TEST_CASE("three days of fasting are made up for") { check_return(Schedule().fast(0, 72), 3, -1); }

TEST_CASE("three weeks of 12 mg a day are made up for") {
  check_return(Schedule().diet(12, 0, 21 * 24), 21, -1);
}
