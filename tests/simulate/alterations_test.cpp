// What acts for a while: exact stops, and the body as it was before and after.
#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/timeline.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

const simulation::Baseline& reference_baseline() {
  static const auto baseline = simulation::baseline_of({});
  return baseline;
}

Run run_of(const Schedule& plan, const simulation::Options& options) {
  return simulate({}, plan, options, reference_baseline());
}

std::vector<simulation::Alteration> alterations_of(const Schedule& plan, double until_h) {
  return simulation::timeline_of({}, plan, simulation::sources_of(plan), until_h).alterations;
}

double rate_at(const Run& run, double t_h) {
  const auto times = run.trajectory.column("time_h");
  for (std::size_t i = 0; i < times.size(); ++i)
    if (times[i] == t_h) return run.values("urine_mmol_per_h")[i];
  return std::nan("");
}

}  // namespace

TEST_CASE("a plan's modifier changes the body exactly at its start, and back at its end") {
  simulation::Options options;
  options.times_h = {0, 7.999, 8, 9, 10, 12};
  const auto after = run_of(Schedule().modify("caffeine", {.at_h = 8, .over_h = 2}), options);
  options.jump_limit = simulation::JumpLimit::before;
  const auto before = run_of(Schedule().modify("caffeine", {.at_h = 8, .over_h = 2}), options);
  const auto usual = run_of(Schedule().meal(elemental_mg(0), {.at_h = 12}), options);
  CHECK(rate_at(before, 8) == doctest::Approx(rate_at(usual, 8)).epsilon(1e-9));
  CHECK(rate_at(after, 8) > 1.3 * rate_at(before, 8));
  CHECK(rate_at(before, 10) > 1.3 * rate_at(after, 10));
  CHECK(rate_at(after, 10) < rate_at(usual, 10));  // less is left in the blood
}

TEST_CASE("modifiers at once multiply, and what is left of them when one ends is the other") {
  const auto some = alterations_of(Schedule()
                                       .modify("caffeine", {.at_h = 2, .over_h = 4})
                                       .modify("endurance_exercise", {.at_h = 3, .over_h = 1}, 0.5),
                                   24);
  REQUIRE(some.size() == 4);
  body::Changes<double> caffeine, exercise;
  body::apply(caffeine, "caffeine", 1, evidence::Applies::acute);
  body::apply(exercise, "endurance_exercise", 0.5, evidence::Applies::acute);
  CHECK(some[0].from_h == 2);
  CHECK(some[0].changes == caffeine);
  CHECK(some[1].changes == body::times(caffeine, exercise));
  CHECK(some[2].changes == caffeine);
  CHECK(some[3].from_h == 6);
  CHECK(some[3].changes == body::Changes<double>{});
}

TEST_CASE("stretches that touch change the body once, and repeats come as often as they should") {
  const auto touching = alterations_of(
      Schedule().modify("caffeine", {.at_h = 0, .every_h = 2, .times = 3, .over_h = 2}), 24);
  REQUIRE(touching.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK(touching[i].changes == touching[0].changes);
  CHECK(touching[3].changes == body::Changes<double>{});
  const auto daily = alterations_of(
      Schedule().modify("caffeine", {.at_h = 8, .every_h = 24, .times = 7, .over_h = 2}), 48);
  CHECK(daily.size() == 4);  // what comes after the run is not part of it
}

TEST_CASE("a strength of 0 changes nothing but the stops") {
  const auto options = support::until(24);
  const auto none = run_of(Schedule().modify("caffeine", {.at_h = 8, .over_h = 2}, 0), options);
  const auto urine = none.trajectory.column("a_urine_mmol");
  const auto usual = none.baseline.column("a_urine_mmol");
  for (std::size_t i = 0; i < urine.size(); ++i)
    CHECK(urine[i] == doctest::Approx(usual[i]).epsilon(1e-9));
}

TEST_CASE("a GFR that changes in time goes on while something acts") {
  const auto gfr = dose::Covariate{"gfr_mL_per_min", {60}, {4}};
  const auto options = support::until(24);
  const auto alone = run_of(Schedule().covariate(gfr), options);
  const auto with =
      run_of(Schedule().covariate(gfr).modify("heat_work", {.at_h = 6, .over_h = 2}), options);
  const auto a = alone.trajectory.column("filtered_load_mmol_per_h");
  const auto b = with.trajectory.column("filtered_load_mmol_per_h");
  for (std::size_t i = 5; i < a.size(); ++i) CHECK(b[i] == doctest::Approx(a[i]).epsilon(0.02));
}

TEST_CASE("the ledger closes while things act, and the baseline beside goes without") {
  const auto plan = Schedule()
                        .modify("thiazide", {.at_h = 8, .over_h = 24})
                        .modify("heat_work", {.at_h = 10, .over_h = 1.5})
                        .oral("citrate", elemental_mg(300), {9});
  const auto run = run_of(plan, support::until(48));
  for (const double gap : run.trajectory.column("a_ledger_gap_mmol")) CHECK(std::abs(gap) < 1e-9);
  const auto usual = simulate({}, support::until(48), reference_baseline());
  CHECK((run.baseline.values().array() == usual.trajectory.values().array()).all());
}

TEST_CASE("the run says what acts for a while") {
  const auto run =
      run_of(Schedule().modify("alcohol", {.at_h = 8, .over_h = 4}, 0.5), support::until(12));
  bool said = false;
  for (const auto& line : run.assumptions)
    said = said || line.find("for a while alcohol (strength 0.5): tm_dct times") == 0;
  CHECK(said);
}

TEST_CASE("a plan refuses modifiers that are not meant") {
  Schedule plan;
  CHECK_THROWS_WITH_AS(plan.modify("cafeine", {.over_h = 2}),
                       doctest::Contains("did you mean \"caffeine\""), UnknownNameError);
  CHECK_THROWS_WITH_AS(plan.modify("gitelman", {.over_h = 2}),
                       doctest::Contains("give it to the subject"), InputError);
  CHECK_THROWS_WITH_AS(plan.modify("caffeine", {}), doctest::Contains("over_h"), InputError);
  CHECK_THROWS_WITH_AS(plan.modify("caffeine", {.over_h = 2, .tlag_h = 1}),
                       doctest::Contains("tlag_h = 1"), InputError);
  CHECK_THROWS_WITH_AS(plan.modify("caffeine", {.over_h = 2}, 3),
                       doctest::Contains("between 0 and 2"), InputError);
  CHECK(plan.empty());
}

TEST_CASE("a plan at steady state has no modifier: one that lasts belongs to the subject") {
  const auto plan = Schedule()
                        .oral("citrate", mmol(5), {.at_h = 8, .every_h = 24, .times = 2})
                        .modify("caffeine", {.over_h = 2});
  CHECK_THROWS_WITH_AS(steady_state({}, plan), doctest::Contains("a modifier"), InputError);
}
