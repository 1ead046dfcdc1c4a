// Lags, shares, resets, covariates, steady-state doses and occasions in the body.
#include <mgpk/simulate/dosing.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

const simulation::Baseline& baseline() {
  static const auto found = simulation::baseline_of(support::reference_adult());
  return found;
}

Run run_of(const Schedule& plan, double until_h = 48, double every_h = 1) {
  return simulate({}, plan, support::until(until_h, every_h), baseline());
}

double last(const Run& run, std::string_view column) {
  return run.trajectory.at(run.trajectory.n_rows() - 1, column);
}

void check_same(const Run& a, const Run& b, double tolerance = 1e-7) {
  REQUIRE(a.trajectory.n_rows() == b.trajectory.n_rows());
  for (const char* name : {"a_plasma_mmol", "a_slow_mmol", "a_urine_mmol", "a_feces_mmol"})
    for (std::size_t row = 0; row < a.trajectory.n_rows(); ++row)
      CHECK(a.trajectory.at(row, name) ==
            doctest::Approx(b.trajectory.at(row, name)).epsilon(tolerance));
}

}  // namespace

TEST_CASE("a lag is a later dose, counted when it is taken") {
  const auto lagged = run_of(
      Schedule().oral("citrate", mmol(10), {.at_h = 8, .every_h = 24, .times = 2, .tlag_h = 2}));
  check_same(lagged,
             run_of(Schedule().oral("citrate", mmol(10), {.at_h = 10, .every_h = 24, .times = 2})));
  const auto dosing = simulation::dosing_of(lagged);
  CHECK(std::isnan(dosing.at(7, "time_after_dose_h")));
  CHECK(dosing.at(8, "time_after_dose_h") == 0);
  CHECK(dosing.at(9, "time_after_dose_h") == 1);
  CHECK(dosing.at(31, "n_doses") == 1);
  CHECK(dosing.at(32, "n_doses") == 2);
  CHECK(dosing.at(40, "occasion") == 1);
}

TEST_CASE("F gives a share on, changes the rate of an infusion, and the ledger books the rest") {
  const auto oral =
      run_of(Schedule().oral("citrate", mmol(10), {.at_h = 8, .f_bioavailable = 0.3}));
  check_same(oral, run_of(Schedule().oral("citrate", mmol(3), {8})));
  CHECK(last(oral, "a_unavailable_mmol") == doctest::Approx(7));
  CHECK(std::abs(last(oral, "a_ledger_gap_mmol")) < 1e-9);
  const auto drip =
      run_of(Schedule().iv("sulfate", mmol(10), {.at_h = 8, .over_h = 4, .f_bioavailable = 0.5}));
  check_same(drip, run_of(Schedule().iv("sulfate", mmol(5), {.at_h = 8, .over_h = 4})));
  CHECK(drip.trajectory.at(10, "a_unavailable_mmol") == doctest::Approx(2.5));
  CHECK(std::abs(last(drip, "a_ledger_gap_mmol")) < 1e-9);
  const auto muscle =
      run_of(Schedule().im("sulfate", mmol(10), {.at_h = 8, .f_bioavailable = 0.5}));
  check_same(muscle, run_of(Schedule().im("sulfate", mmol(5), {8})));
}

TEST_CASE("a reset to the baseline leaves the person as if nothing had been given") {
  const auto plan = Schedule()
                        .oral("citrate", mmol(12), {.at_h = 1, .every_h = 6, .times = 8})
                        .iv("sulfate", mmol(30), {.at_h = 2, .over_h = 40})
                        .reset(13);
  const auto run = run_of(plan);
  for (std::size_t row = 13; row <= 48; ++row)
    for (const char* name : {"a_plasma_mmol", "a_slow_mmol", "a_dissolved_colon_mmol"})
      CHECK(run.trajectory.at(row, name) ==
            doctest::Approx(run.baseline.at(row, name)).epsilon(1e-7));
  CHECK(run.trajectory.at(12, "a_plasma_mmol") > 1.01 * run.baseline.at(12, "a_plasma_mmol"));
  CHECK(last(run, "a_reset_mmol") < -10);
  CHECK(last(run, "a_given_mmol") - run.baseline.at(48, "a_given_mmol") ==
        doctest::Approx(3 * 12 + 30.0 * 11 / 40));  // 1, 7 and 13 h, the last wiped out at once
  CHECK(std::abs(last(run, "a_ledger_gap_mmol")) < 1e-9);
  CHECK(run.trajectory.at(13, "a_urine_mmol") > run.trajectory.at(12, "a_urine_mmol"));
}

TEST_CASE("a reset to an empty gut keeps what was absorbed") {
  const auto run = run_of(Schedule()
                              .oral("citrate", mmol(12), {8})
                              .im("sulfate", mmol(8), {8})
                              .oral("oxide", mmol(2), {10})
                              .reset(10, dose::ResetTo::empty_gut));
  CHECK(run.trajectory.at(10, "a_dissolved_jejunum_mmol") == 0);
  CHECK(run.trajectory.at(10, "a_im_depot_mmol") == 0);
  CHECK(run.trajectory.at(10, "a_solid_stomach_oxide_mmol") == 2);  // given after the reset
  CHECK(run.trajectory.at(10, "a_plasma_mmol") > 1.02 * run.baseline.at(10, "a_plasma_mmol"));
  CHECK(last(run, "a_absorbed_citrate_mmol") == run.trajectory.at(10, "a_absorbed_citrate_mmol"));
  CHECK(std::abs(last(run, "a_ledger_gap_mmol")) < 1e-9);
}

TEST_CASE("a GFR that changes in time: the rules differ, and constant ones are the person's own") {
  using dose::CovariateRule;
  const auto filtered = [](CovariateRule rule, std::size_t row) {
    const auto run =
        run_of(Schedule().covariate({"gfr_mL_per_min", {120, 60, 30}, {6, 12, 36}, rule}));
    const double uf = run.trajectory.at(row, "c_plasma_ultrafilterable_mmol_per_L");
    return run.trajectory.at(row, "filtered_load_mmol_per_h") / uf / 0.06;  // mL/min
  };
  CHECK(filtered(CovariateRule::carried_forward, 9) == doctest::Approx(120));
  CHECK(filtered(CovariateRule::carried_forward, 12) == doctest::Approx(60));
  CHECK(filtered(CovariateRule::carried_forward, 48) == doctest::Approx(30));
  CHECK(filtered(CovariateRule::carried_backward, 9) == doctest::Approx(60));
  CHECK(filtered(CovariateRule::carried_backward, 40) == doctest::Approx(30));
  CHECK(filtered(CovariateRule::linear, 9) == doctest::Approx(90));
  CHECK(filtered(CovariateRule::linear, 24) == doctest::Approx(45));
  CHECK(filtered(CovariateRule::linear, 40) == doctest::Approx(30));
  const auto same = run_of(Schedule().covariate({"gfr_mL_per_min", {120, 120}, {0, 30}}));
  check_same(same, simulate({}, support::until(48), baseline()));
}

TEST_CASE("a straight line of GFR is the limit of many small steps") {
  dose::Covariate steps{"gfr_mL_per_min", {}, {}};
  for (int i = 0; i < 480; ++i) {
    steps.at_h.push_back(0.1 * i);
    steps.values.push_back(120 - 100 * (i + 0.5) / 480);
  }
  const auto fine = run_of(Schedule().covariate(steps), 48, 12);
  const auto line = run_of(
      Schedule().covariate({"gfr_mL_per_min", {120, 20}, {0, 48}, dose::CovariateRule::linear}), 48,
      12);
  check_same(fine, line, 1e-6);
}

TEST_CASE("a dose at steady state starts on the orbit of diet and regimen") {
  const dose::Timing nightly{.at_h = 32, .every_h = 12, .times = 3, .at_steady_state = true};
  const auto run = run_of(Schedule()
                              .iv("sulfate", mmol(20), {.at_h = 1, .every_h = 3, .times = 20})
                              .oral("citrate", mmol(6), nightly),
                          56);
  const auto steady =
      steady_state({}, Schedule().oral("citrate", mmol(6), {.at_h = 8, .every_h = 12, .times = 2}),
                   {}, baseline());
  const auto times = steady.cycle.trajectory.column("time_h");
  for (std::size_t row = 0; row < times.size(); ++row) {
    if (times[row] < 8 || times[row] != std::round(times[row]) || times[row] > 23) continue;
    const auto there = static_cast<std::size_t>(times[row]) + 24;
    CHECK(run.trajectory.at(there, "a_plasma_mmol") ==
          doctest::Approx(steady.cycle.trajectory.at(row, "a_plasma_mmol")).epsilon(1e-7));
    CHECK(run.trajectory.at(there, "a_slow_mmol") ==
          doctest::Approx(steady.cycle.trajectory.at(row, "a_slow_mmol")).epsilon(1e-7));
  }
  CHECK(std::abs(last(run, "a_ledger_gap_mmol")) < 1e-9);
  CHECK(last(run, "f_absorbed_citrate") < 1);
}

TEST_CASE("rows at a jump show the state after it, or before it on request") {
  auto options = support::until(12, 6);
  const auto plan = Schedule().iv("sulfate", mmol(8), {6}).iv("sulfate", mmol(8), {12});
  const auto after = simulate({}, plan, options, baseline());
  options.jump_limit = simulation::JumpLimit::before;
  const auto before = simulate({}, plan, options, baseline());
  for (const std::size_t row : {1U, 2U}) {
    CHECK(after.trajectory.at(row, "a_plasma_mmol") ==
          doctest::Approx(before.trajectory.at(row, "a_plasma_mmol") + 8).epsilon(1e-9));
    CHECK(after.trajectory.at(row, "a_given_mmol") ==
          doctest::Approx(before.trajectory.at(row, "a_given_mmol") + 8));
  }
  CHECK(simulation::dosing_of(after).at(1, "n_doses") == 1);
  CHECK(simulation::dosing_of(before).at(1, "n_doses") == 0);
}

TEST_CASE("occasions of a plan number the rows") {
  const auto run = run_of(Schedule().oral("citrate", mmol(5), {3}).occasion(7, 24).occasion(2, 6));
  const auto dosing = simulation::dosing_of(run);
  CHECK(dosing.at(3, "occasion") == 0);
  CHECK(dosing.at(6, "occasion") == 2);
  CHECK(dosing.at(24, "occasion") == 7);
}

TEST_CASE("a baseline of another person is refused") {
  Subject other;
  other.diet_mg_per_d = 200;
  CHECK_THROWS_WITH_AS(simulate(other, support::until(24), baseline()),
                       doctest::Contains("another person's"), InputError);
}
