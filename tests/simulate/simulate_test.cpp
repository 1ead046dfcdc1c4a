// The front door: starts, methods, failure as data, interruption.
#include <mgpk/body/assumptions.hpp>
#include <mgpk/simulate/simulate.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include <mgpk/simulate/summary.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

const simulation::Baseline& reference_baseline() {
  static const auto baseline = simulation::baseline_of(support::reference_adult());
  return baseline;
}

const Schedule& citrate_at_nine() {
  static const Schedule plan = Schedule().oral("citrate", elemental_mg(300), {9});
  return plan;
}

}  // namespace

TEST_CASE("a run and its baseline stand side by side, equal until the plan begins") {
  const auto run = simulate(support::reference_adult(), citrate_at_nine(), support::until(24));
  REQUIRE(run.status.ok());
  CHECK(run.statistics.n_steps > 0);
  const auto with = run.trajectory.column("c_plasma_total_mmol_per_L");
  const auto without = run.baseline.column("c_plasma_total_mmol_per_L");
  REQUIRE(with.size() == 25);
  REQUIRE(without.size() == 25);
  for (std::size_t k = 0; k <= 9; ++k) CHECK(with[k] == doctest::Approx(without[k]).epsilon(1e-9));
  for (std::size_t k = 10; k < 25; ++k) CHECK(with[k] > without[k]);
}

TEST_CASE("the baseline that was found before gives the same run, to the last bit") {
  const auto options = support::until(24);
  const auto fresh = simulate(support::reference_adult(), citrate_at_nine(), options);
  const auto again = simulate(support::reference_adult(), citrate_at_nine(), options,
                              simulation::baseline_of(support::reference_adult(), options));
  CHECK((fresh.trajectory.values().array() == again.trajectory.values().array()).all());
}

TEST_CASE("without a plan the run is the baseline itself") {
  const auto run = simulate(support::reference_adult(), support::until(24));
  CHECK((run.trajectory.values().array() == run.baseline.values().array()).all());
  CHECK(run.sources.size() == 1);
}

TEST_CASE("without a baseline asked for there is none") {
  auto options = support::until(24);
  options.with_baseline = false;
  const auto run =
      simulate(support::reference_adult(), citrate_at_nine(), options, reference_baseline());
  CHECK(run.baseline.n_rows() == 0);
}

TEST_CASE("both methods agree") {
  auto options = support::quick(12, 1);
  const auto baseline = simulation::baseline_of(support::reference_adult(), options);
  options.method = ode::Method::dopri5;
  const auto a = simulate({}, citrate_at_nine(), options, baseline);
  options.method = ode::Method::rosenbrock4;
  const auto b = simulate({}, citrate_at_nine(), options, baseline);
  const auto difference = (a.trajectory.values() - b.trajectory.values()).array().abs();
  CHECK((difference <= 1e-4 * a.trajectory.values().array().abs().max(1e-3)).all());
}

TEST_CASE("an empty gut at the start holds nothing, and the food before is gone") {
  auto options = support::quick(24);
  options.empty_gut_at_start = true;
  const auto run = simulate({}, Schedule().fast(0, 24), options, reference_baseline());
  for (const char* name : {"a_dissolved_colon_mmol", "a_solid_stomach_mmol", "n_meals_in_stomach",
                           "a_dissolved_ileum_mmol"})
    CHECK(run.trajectory.at(0, name) == 0);
  CHECK(run.trajectory.at(24, "a_absorbed_food_mmol") == 0);
  CHECK(run.trajectory.at(24, "a_feces_dissolved_food_mmol") == 0);
}

TEST_CASE("a loaded start sets plasma and interstitium, and the ledger still closes") {
  auto options = support::quick(24);
  options.start_c_plasma_total_mmol_per_L = 1.06;
  const auto run = simulate({}, citrate_at_nine(), options, reference_baseline());
  CHECK(run.trajectory.at(0, "c_plasma_total_mmol_per_L") == doctest::Approx(1.06));
  CHECK(run.trajectory.at(0, "c_interstitial_mmol_per_L") == doctest::Approx(1.06));
  CHECK(run.trajectory.at(24, "c_plasma_total_mmol_per_L") < 1.0);
  CHECK(std::abs(run.trajectory.at(24, "a_ledger_gap_mmol")) < 1e-9);
}

TEST_CASE("what changes nothing, and what is taken from adults, is listed") {
  const auto list = body::assumptions({.age_y = 9, .gfr_mL_per_min = 110});
  const auto says = [&](const char* text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  };
  CHECK(says("sex, age_y and height_cm change nothing here: only a GFR by formula reads them"));
  CHECK(says("all constants of the body are those of an adult, scaled by weight alone"));
  CHECK(body::assumptions({.gfr_mL_per_min = 110}).size() == list.size() - 2);
}

TEST_CASE("assumptions and notes are listed with the run") {
  const auto run = simulate({}, Schedule().oral("oxide", mmol(5), {10}, true), support::quick(24),
                            reference_baseline());
  const auto& list = run.assumptions;
  CHECK(std::find(list.begin(), list.end(), "weight_kg = 70 (reference adult)") != list.end());
  CHECK(std::find(list.begin(), list.end(), "gfr_mL_per_min = 120 (reference adult)") !=
        list.end());
  CHECK(list.back().find("with a meal") != std::string::npos);
}

TEST_CASE("a budget of steps that ends early: NaN from there on and a status that says why") {
  auto options = support::until(48);
  options.with_baseline = false;
  options.throw_on_failure = false;
  options.max_steps = 300;
  const auto run = simulate({}, citrate_at_nine(), options, reference_baseline());
  CHECK(run.status.code == ode::StatusCode::step_budget_exhausted);
  CHECK(run.status.t_h > 0);
  CHECK(run.status.t_h < 48);
  const auto times = run.trajectory.column("time_h");
  const auto c = run.trajectory.column("c_plasma_total_mmol_per_L");
  for (std::size_t k = 0; k < times.size(); ++k) {
    CHECK(times[k] == static_cast<double>(k));
    CHECK(std::isnan(c[k]) == (times[k] > run.status.t_h));
  }
  CHECK(std::isnan(run.f_absorbed().at("citrate")));
}

TEST_CASE("the same failure throws where that was asked for") {
  auto options = support::until(48);
  options.max_steps = 300;
  try {
    simulate({}, citrate_at_nine(), options, reference_baseline());
    FAIL("no exception");
  } catch (const ode::SolveError& error) {
    CHECK(error.status().code == ode::StatusCode::step_budget_exhausted);
    CHECK(std::string(error.what()).find("all 300 are used") != std::string::npos);
  }
}

TEST_CASE("a run that is told to stop ends as interrupted, with what it has") {
  auto options = support::until(30 * 24, 24);
  options.with_baseline = false;
  options.throw_on_failure = false;
  options.keep_going = [](double t_h) { return t_h < 100; };
  const auto run = simulate({}, citrate_at_nine(), options, reference_baseline());
  CHECK(run.status.code == ode::StatusCode::interrupted);
  CHECK(run.status.t_h >= 100);
  CHECK(run.status.t_h < 200);
  CHECK(std::isfinite(run.trajectory.at(4, "a_urine_mmol")));
  CHECK(std::isnan(run.trajectory.at(30, "a_urine_mmol")));
}
