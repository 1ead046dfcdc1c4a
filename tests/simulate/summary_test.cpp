// A run in a few numbers, against its baseline over the same hours.
#include <mgpk/simulate/summary.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

simulation::Options with_baseline(double until_h, double every_h = 1) {
  auto options = support::quick(until_h, every_h);
  options.with_baseline = true;
  return options;
}

const simulation::Baseline& baseline() {
  static const auto found = simulation::baseline_of({}, support::quick(24));
  return found;
}

Run run_of(const Schedule& plan, const simulation::Options& options) {
  return simulate({}, plan, options, baseline());
}

}  // namespace

TEST_CASE("a dose into the vein, from its own columns") {
  const auto run = run_of(Schedule().iv("sulfate", mmol(8), {2}), with_baseline(48));
  const auto s = summary(run);
  CHECK(s.from_h == 0);
  CHECK(s.to_h == 48);
  CHECK(s.dose_mmol == doctest::Approx(8).epsilon(1e-12));
  CHECK(s.t_max_h == 2);
  const auto c = run.trajectory.column("c_plasma_total_mmol_per_L");
  CHECK(s.c_max_mmol_per_L == *std::max_element(c.begin(), c.end()));
  const double volume_L = run.start.parameters.blood.v_plasma_L;
  CHECK(s.c_max_above_baseline_mmol_per_L == doctest::Approx(8 / volume_L).epsilon(1e-4));
  const auto& with = run.trajectory;
  const auto& without = run.baseline;
  CHECK(s.ae_mmol == doctest::Approx(with.at(48, "a_urine_mmol") - without.at(48, "a_urine_mmol")));
  CHECK(s.f_excreted == doctest::Approx(s.ae_mmol / 8));
  CHECK(s.f_excreted > 0.2);
  CHECK(s.f_excreted < 1);
  CHECK(s.cl_renal_L_per_h == doctest::Approx(with.at(48, "a_urine_mmol") /
                                              with.at(48, "auc_plasma_total_mmol_h_per_L")));
  // More plasma magnesium is secreted into the gut, and some of that is taken up again.
  const double secreted = with.at(48, "a_secreted_mmol") - without.at(48, "a_secreted_mmol");
  CHECK(s.a_absorbed_above_baseline_mmol > 0);
  CHECK(s.a_absorbed_above_baseline_mmol < secreted);
}

TEST_CASE("the AUC above baseline is the solver's own integral") {
  const auto run = run_of(Schedule().iv("sulfate", mmol(8), {2}), with_baseline(48, 0.05));
  const auto times = run.trajectory.column("time_h");
  const auto with = run.trajectory.column("c_plasma_total_mmol_per_L");
  const auto without = run.baseline.column("c_plasma_total_mmol_per_L");
  double trapezoids = 0;  // the jump at 2 h lies between two rows: half a row's worth is missing
  for (std::size_t k = 1; k < times.size(); ++k)
    trapezoids +=
        0.5 * (with[k] - without[k] + with[k - 1] - without[k - 1]) * (times[k] - times[k - 1]);
  CHECK(summary(run).auc_above_baseline_mmol_h_per_L == doctest::Approx(trapezoids).epsilon(0.02));
}

TEST_CASE("parts of a run add up to the whole") {
  const auto run =
      run_of(Schedule().oral("citrate", mmol(12), {.at_h = 8, .every_h = 12, .times = 4}),
             with_baseline(72));
  const auto whole = summary(run);
  const auto a = summary(run, 0, 30), b = summary(run, 30, 72);
  CHECK(whole.dose_mmol == doctest::Approx(48));
  CHECK(a.dose_mmol + b.dose_mmol == doctest::Approx(whole.dose_mmol));
  CHECK(a.ae_mmol + b.ae_mmol == doctest::Approx(whole.ae_mmol));
  CHECK(a.a_feces_mmol + b.a_feces_mmol == doctest::Approx(whole.a_feces_mmol));
  CHECK(a.stool_water_g + b.stool_water_g == doctest::Approx(whole.stool_water_g));
  CHECK(a.a_absorbed_above_baseline_mmol + b.a_absorbed_above_baseline_mmol ==
        doctest::Approx(whole.a_absorbed_above_baseline_mmol));
}

TEST_CASE("a dose belongs to the interval that it opens, not to the one that it ends") {
  const auto run =
      run_of(Schedule().oral("citrate", mmol(5), {.at_h = 0, .every_h = 24, .times = 4}),
             with_baseline(96));
  CHECK(summary(run, 24, 48).dose_mmol == doctest::Approx(5));
  CHECK(summary(run, 12, 24).dose_mmol == 0);
  CHECK(summary(run, 0, 96).dose_mmol == doctest::Approx(20));
  auto late = with_baseline(0);
  late.times_h = {30, 40, 50};
  const auto rows =
      run_of(Schedule().oral("citrate", mmol(5), {.at_h = 0, .every_h = 24, .times = 3}), late);
  CHECK(summary(rows).dose_mmol == doctest::Approx(5));
}

TEST_CASE("an infusion counts for what runs in between two rows; a changed diet counts as well") {
  const auto drip =
      run_of(Schedule().iv("sulfate", mmol(10), {.at_h = 2, .over_h = 10}), with_baseline(24));
  CHECK(summary(drip, 4, 6).dose_mmol == doctest::Approx(2));
  const auto poor = run_of(Schedule().diet(0, 0, 24), with_baseline(24));
  CHECK(summary(poor).dose_mmol == doctest::Approx(-320 / 24.305));
  CHECK(summary(poor).ae_mmol < 0);
}

TEST_CASE("no dose, no share of it") {
  const auto s =
      summary(run_of(Schedule().oral("citrate", mmol(5), {30}), with_baseline(36)), 0, 24);
  CHECK(s.dose_mmol == 0);
  CHECK(std::isnan(s.f_excreted));
}

TEST_CASE("a failed run has NaN in its summary, not a number from before the failure") {
  auto options = with_baseline(48);
  options.throw_on_failure = false;
  options.max_steps = 150;
  const auto run = run_of(Schedule().oral("citrate", mmol(5), {9}), options);
  REQUIRE_FALSE(run.status.ok());
  const auto s = summary(run);
  CHECK(std::isnan(s.c_max_mmol_per_L));
  CHECK(std::isnan(s.t_max_h));
  CHECK(std::isnan(s.c_max_above_baseline_mmol_per_L));
  CHECK(std::isnan(s.ae_mmol));
  CHECK(std::isnan(s.dose_mmol));
  CHECK(std::isnan(s.f_excreted));
}

TEST_CASE("requests that make no sense are refused") {
  const auto run = run_of(Schedule().oral("citrate", mmol(5), {9}), with_baseline(24));
  CHECK_THROWS_WITH_AS(summary(run, 0.5),
                       "from_h of a summary must be an output time, but it is 0.5 h; choose one of "
                       "the run's times_h",
                       InputError);
  CHECK_THROWS_WITH_AS(summary(run, 0, 25),
                       "to_h of a summary must be an output time, but it is 25 h; choose one of "
                       "the run's times_h",
                       InputError);
  CHECK_THROWS_WITH_AS(summary(run, 12, 6),
                       "a summary must end after it starts, to_h > from_h, but it is 6; give a "
                       "later to_h",
                       InputError);
  const auto alone = run_of(Schedule().oral("citrate", mmol(5), {9}), support::quick(24));
  CHECK_THROWS_WITH_AS(summary(alone),
                       "a summary needs the baseline run beside it, but it is a run without "
                       "baseline; simulate with with_baseline = true",
                       InputError);
}
