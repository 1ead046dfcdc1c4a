// The periodic state of diet and regimen: sharp, approached by simulation, and cheap.
#include <mgpk/simulate/steady_state.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/simulate/regimen.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

constexpr int many = 5000;

Schedule nightly() {
  return Schedule().oral("citrate", elemental_mg(300), {.at_h = 22, .every_h = 24, .times = many});
}

const simulation::Baseline& baseline() {
  static const auto found = simulation::baseline_of(support::reference_adult());
  return found;
}

const SteadyState& at_night() {
  static const auto found = steady_state(support::reference_adult(), nightly(), {}, baseline());
  return found;
}

simulation::Options sharp(double until_h, double every_h) {
  auto options = support::until(until_h, every_h);
  options.with_baseline = false;
  options.relative_tolerance = 1e-13;
  options.absolute_tolerance_mmol = 1e-16;
  return options;
}

/// Largest relative difference of the states of two rows; those below 1e-5 mmol against that.
double moved(const Run& run, std::size_t a, std::size_t b, std::size_t n_states) {
  double largest = 0;
  for (std::size_t i = 1; i <= n_states; ++i) {
    const auto& name = run.trajectory.names()[i];
    const bool readout = name.starts_with("a_absorbed") || name.starts_with("a_feces") ||
                         name == "a_urine_mmol" || name == "a_sweat_mmol" ||
                         name == "a_secreted_mmol" || name.starts_with("auc");
    if (readout) continue;
    const auto column = run.trajectory.column(i);
    largest =
        std::max(largest, std::abs(column[b] - column[a]) / std::max(std::abs(column[a]), 1e-5));
  }
  return largest;
}

Schedule mixed(int times) {
  return Schedule()
      .oral_mix({{"glycinate", 0.6}, {"oxide", 0.4}}, elemental_mg(400), "buffered",
                {.at_h = 8, .every_h = 36, .times = times, .f_bioavailable = 0.9})
      .iv("sulfate", mmol(8), {.at_h = 22, .every_h = 24, .times = times, .over_h = 4})
      .im("sulfate", mmol(4), {.at_h = 11, .every_h = 12, .times = times, .tlag_h = 3});
}

}  // namespace

TEST_CASE("one further turn moves Newton's answer by less than 1e-10") {
  const auto& steady = at_night();
  CHECK(steady.cycle_h == 24);
  CHECK(steady.residual < 1e-10);
  const auto run = simulate(support::reference_adult(), nightly(), sharp(24, 24), steady);
  CHECK(moved(run, 0, 1, steady.state.size()) < 1e-10);
}

TEST_CASE(
    "the turns of a mixed regimen close as well: infusions, lags and a period of three days") {
  const auto steady = steady_state(support::reference_adult(), mixed(2), {}, baseline());
  CHECK(steady.cycle_h == 72);
  const auto run = simulate(support::reference_adult(), mixed(many), sharp(144, 72), steady);
  CHECK(moved(run, 0, 1, steady.state.size()) < 1e-10);
  CHECK(moved(run, 0, 2, steady.state.size()) < 1e-10);
  CHECK(std::abs(run.trajectory.at(2, "a_ledger_gap_mmol")) < 1e-9);
}

TEST_CASE("a long simulation approaches it at the contraction that was reported") {
  const auto& steady = at_night();
  auto options = support::until(300 * 24, 24);
  options.with_baseline = false;
  const auto run = simulate(support::reference_adult(), nightly(), options, baseline());
  const auto slow = run.trajectory.column("a_slow_mmol");
  for (const std::size_t day : {150U, 200U, 290U}) {
    const double ratio = (slow[day + 1] - slow[day]) / (slow[day] - slow[day - 1]);
    CHECK(ratio == doctest::Approx(steady.contraction).epsilon(2e-5));
  }
  const double end = run.trajectory.at(300, "a_slow_mmol");
  const double there = steady.cycle.trajectory.at(0, "a_slow_mmol");
  // What is left to go is the last daily move over 1 - contraction.
  const double left = (slow[300] - slow[299]) * steady.contraction / (1 - steady.contraction);
  CHECK(there - end == doctest::Approx(left).epsilon(1e-3));
}

TEST_CASE("the search takes less than a twentieth of simulating to its residual") {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto steady = steady_state(support::reference_adult(), nightly(), {}, baseline());
  const auto found = Clock::now();
  constexpr int some_days = 100;
  auto as_sharp = sharp(some_days * 24, 24);
  as_sharp.relative_tolerance = steady.cycle.options.relative_tolerance;
  simulate(support::reference_adult(), nightly(), as_sharp, baseline());
  const auto simulated = Clock::now();
  // From a first daily move of about 4e-4 of the slow pool down to 1e-10, at the contraction.
  const double n_turns = std::log(1e-10 / 4e-4) / std::log(steady.contraction);
  CHECK(n_turns > 900);
  CHECK(static_cast<double>(steady.n_maps) < n_turns / 10);  // most of them rough and cheap
  const double to_simulate =
      n_turns / some_days * std::chrono::duration<double>(simulated - found).count();
  CHECK(std::chrono::duration<double>(found - begin).count() < to_simulate / 20);
}

TEST_CASE("a supplement at steady state leaves as it comes, above the baseline") {
  const auto& steady = at_night();
  const auto &with = steady.levels, &without = steady.baseline_levels;
  CHECK(with.c_plasma_total_mean_mmol_per_L > without.c_plasma_total_mean_mmol_per_L);
  CHECK(with.c_plasma_total_lowest_mmol_per_L < with.c_plasma_total_mean_mmol_per_L);
  CHECK(with.c_plasma_total_mean_mmol_per_L < with.c_plasma_total_highest_mmol_per_L);
  const auto& turn = steady.cycle.trajectory;
  const std::size_t end = turn.n_rows() - 1;
  const double losses =
      turn.at(end, "a_urine_mmol") + turn.at(end, "a_feces_mmol") + turn.at(end, "a_sweat_mmol");
  CHECK(losses == doctest::Approx(turn.at(end, "a_given_mmol")).epsilon(1e-9));
}

TEST_CASE("the lowest level of a daily bolus stands just before it") {
  const auto plan = Schedule().iv("sulfate", mmol(4), {.at_h = 6, .every_h = 24, .times = 2});
  const auto steady = steady_state(support::reference_adult(), plan, {}, baseline());
  auto options = support::until(24, 1);
  options.with_baseline = false;
  options.jump_limit = simulation::JumpLimit::before;
  const auto run = simulate(support::reference_adult(), plan, options, steady);
  const double before = run.trajectory.at(6, "c_plasma_total_mmol_per_L");
  CHECK(steady.levels.c_plasma_total_lowest_mmol_per_L <= before * (1 + 1e-7));
  CHECK(steady.levels.t_max_h == 6);
}

TEST_CASE("the smallest common period is found, or none, with advice") {
  const auto period_h = [](double every_h) {
    return simulation::cycle_of_plan_h(
        Schedule().oral("citrate", mmol(5), {.every_h = every_h, .times = 2}));
  };
  CHECK(period_h(24) == 24);
  CHECK(period_h(8) == 24);
  CHECK(period_h(36) == 72);
  CHECK(period_h(168) == 168);
  CHECK(period_h(24.0 / 7) == 24);
  CHECK_THROWS_WITH_AS(
      period_h(7.1),
      "the day and the intervals of a plan must have a common period of at most 28 days, but it is "
      "every 7.1 h; choose intervals that divide a number of days, such as 8, 12, 24, 36 or 168 h, "
      "or give a longer cycle_h",
      InputError);
}

TEST_CASE("what does not repeat is refused before anything is solved") {
  const auto refused = [](const Schedule& plan, const char* words) {
    CHECK_THROWS_WITH_AS(steady_state({}, plan), doctest::Contains(words), InputError);
  };
  refused(Schedule().oral("citrate", mmol(5), {8}), "a dose at 8 h without it");
  refused(Schedule(), "needs a dose or a meal that repeats");
  refused(nightly().fast(0, 24), "no change of diet");
  refused(nightly().reset(24), "doses and meals only, but it is a reset");
  simulation::SteadyStateOptions options;
  options.cycle_h = 36;
  CHECK_THROWS_WITH_AS(steady_state({}, nightly(), options), doctest::Contains("multiple of 24 h"),
                       InputError);
  Subject other;
  other.weight_kg = 50;
  CHECK_THROWS_WITH_AS(steady_state(other, nightly(), {}, baseline()),
                       doctest::Contains("another person's"), InputError);
}

TEST_CASE("an input above what a body can lose has no steady state, and the numbers say why") {
  Subject person;
  person.gfr_mL_per_min = 5;
  const auto plan =
      Schedule().iv("sulfate", mmol(80), {.at_h = 0, .every_h = 24, .times = 2, .over_h = 12});
  CHECK_THROWS_WITH_AS(
      steady_state(person, plan),
      doctest::Contains("losses must balance the input of 93.17 mmol/d (diet 13.17 and the plan) "
                        "at a GFR of 5 mL/min below a plasma level of 10 mmol/L, but it is 12.5"),
      InputError);
}

TEST_CASE("a run from a steady state without a plan returns to the baseline") {
  auto options = support::until(200 * 24, 24);
  const auto run = simulate(support::reference_adult(), Schedule(), options, at_night());
  const double start = run.trajectory.at(0, "a_slow_mmol") - run.baseline.at(0, "a_slow_mmol");
  const double end = run.trajectory.at(200, "a_slow_mmol") - run.baseline.at(200, "a_slow_mmol");
  CHECK(start > 1);
  CHECK(end < 0.1 * start);
  CHECK(end > 0);
}

TEST_CASE("a person who eats at midnight has a baseline that repeats") {
  Subject person;
  person.meals_at_h = {0.0, 12.5};
  auto options = support::until(48, 24);
  const auto run = simulate(person, options);
  CHECK(run.trajectory.at(2, "a_slow_mmol") ==
        doctest::Approx(run.trajectory.at(0, "a_slow_mmol")).epsilon(1e-7));
}
