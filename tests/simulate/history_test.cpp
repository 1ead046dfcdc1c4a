// Depleted and loaded starts: what was lived through before a run.
#include <mgpk/simulate/history.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

const simulation::Baseline& reference_baseline() {
  static const auto baseline = simulation::baseline_of({});
  return baseline;
}

/// The long way round: the same days as part of the run.
Run all_at_once(const Schedule& plan, double until_h) {
  return simulate({}, plan, support::until(until_h, 24), reference_baseline());
}

}  // namespace

TEST_CASE("a start after a history is where a run through it would have come") {
  const auto history = simulation::after_diet(12, 7 * 24);
  const auto run = simulate({}, {}, support::until(24), reference_baseline(), history);
  const auto whole = all_at_once(Schedule().diet(12, 0, 7 * 24), 7 * 24);
  for (const auto* name : {"a_plasma_mmol", "a_interstitial_mmol", "a_cells_mmol", "a_slow_mmol",
                           "a_dissolved_colon_food_mmol"}) {
    CAPTURE(name);
    CHECK(run.trajectory.column(name).front() ==
          doctest::Approx(whole.trajectory.column(name).back()).epsilon(1e-7));
  }
  CHECK(run.trajectory.column("a_urine_mmol").front() == 0);
  CHECK(run.history == history);
}

TEST_CASE("three weeks almost without magnesium deplete plasma, cells and slow pool") {
  const auto run = simulate({}, {}, support::until(24), reference_baseline(),
                            simulation::after_diet(12, 21 * 24));
  for (const auto* name : {"a_plasma_mmol", "a_cells_mmol", "a_slow_mmol"}) {
    CAPTURE(name);
    CHECK(run.trajectory.column(name).front() < run.baseline.column(name).front());
  }
  CHECK(run.trajectory.column("a_urine_mmol").back() <
        0.4 * run.baseline.column("a_urine_mmol").back());
}

TEST_CASE("weeks of a supplement load, and what is left of it in the gut goes on") {
  const Schedule taken =
      Schedule().oral("citrate", elemental_mg(450), {.at_h = 20, .every_h = 24, .times = 14});
  const auto run = simulate({}, {}, support::until(24), reference_baseline(),
                            simulation::History{taken, 14 * 24});
  CHECK(run.trajectory.column("a_plasma_mmol").front() >
        run.baseline.column("a_plasma_mmol").front());
  CHECK(run.trajectory.column("a_absorbed_citrate_mmol").back() > 0);
  for (const double gap : run.trajectory.column("a_ledger_gap_mmol")) CHECK(std::abs(gap) < 1e-9);
}

TEST_CASE("histories that a run cannot start from are refused") {
  const auto refused = [](const simulation::History& history, const char* part) {
    CHECK_THROWS_WITH_AS(simulation::check_history(history), doctest::Contains(part), InputError);
  };
  refused(simulation::after_diet(12, 30), "whole days");
  refused({Schedule(), 24}, "a diet or a plan");
  refused({Schedule().oral("citrate", mmol(5), {.at_h = 30}), 24}, "come by its end");
  refused({Schedule().iv("sulfate", mmol(5), {.at_h = 20, .over_h = 8}), 24}, "come by its end");
}
