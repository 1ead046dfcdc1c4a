// Third test of an endogenous substance: at every output, intake is what is stored and what has
// left.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"
#include "random_plans.hpp"

using namespace mgpk;

namespace {

/// Stores and losses from their own columns, not from the run's ledger.
double booked_mmol(const Run& run, std::size_t row) {
  double sum = 0;
  for (const char* name :
       {"a_im_depot_mmol", "a_plasma_mmol", "a_interstitial_mmol", "a_cells_mmol", "a_slow_mmol",
        "a_red_cells_mmol", "a_feces_mmol", "a_urine_mmol", "a_sweat_mmol", "a_lost_im_mmol"})
    sum += run.trajectory.at(row, name);
  for (const auto segment : gut::segment_names)
    for (const char* kind : {"a_solid_", "a_dissolved_"})
      sum += run.trajectory.at(row, kind + std::string(segment) + "_mmol");
  return sum;
}

double turnover_mmol(const Run& run, std::size_t row) {
  double sum = 0;
  for (const char* name : {"a_given_mmol", "a_absorbed_mmol", "a_secreted_mmol", "a_feces_mmol",
                           "a_urine_mmol", "a_sweat_mmol"})
    sum += run.trajectory.at(row, name);
  return sum;
}

void check_ledger(const Run& run) {
  const double held = booked_mmol(run, 0) - run.trajectory.at(0, "a_given_mmol");
  for (std::size_t row = 0; row < run.trajectory.n_rows(); ++row) {
    const double gap = booked_mmol(run, row) - held - run.trajectory.at(row, "a_given_mmol");
    const double rounding = 1e-15 * 10 * held;  // of adding up the stores
    CHECK(std::abs(gap) <= 1e-9 * turnover_mmol(run, row) + rounding);
    CHECK(std::abs(run.trajectory.at(row, "a_ledger_gap_mmol")) <=
          1e-9 * turnover_mmol(run, row) + rounding);
  }
}

}  // namespace

TEST_CASE("the ledger closes to 1e-9 of the turnover at every output, whatever the plan") {
  support::Random random(301);
  const std::vector<support::Settled> people{support::settled(support::reference_adult()),
                                             support::settled(support::kidney_patient()),
                                             support::settled(support::small_woman())};
  for (int k = 0; k < 60; ++k) {
    INFO("plan " << k);
    const auto& someone = support::any_of(random, people);
    auto options = support::until(72, 0.75);
    options.with_baseline = false;
    if (k % 5 == 0) options.start_c_plasma_total_mmol_per_L = support::uniform(random, 0.5, 1.5);
    if (k % 7 == 0) options.empty_gut_at_start = true;
    check_ledger(simulate(someone.person, support::random_plan(random), options, someone.baseline));
  }
}

TEST_CASE("the ledger closes at loose tolerances as well: it holds by construction") {
  support::Random random(302);
  const auto someone = support::settled(support::reference_adult());
  for (int k = 0; k < 40; ++k)
    check_ledger(simulate(someone.person, support::random_plan(random), support::quick(48, 0.6),
                          someone.baseline));
}

TEST_CASE("the ledger of four weeks of a supplement closes on every day") {
  const auto plan = Schedule().oral_mix({{"glycinate", 0.7}, {"oxide", 0.3}}, elemental_mg(400),
                                        "buffered", {.at_h = 22, .every_h = 24, .times = 28});
  auto options = support::until(35 * 24, 12);
  options.with_baseline = false;
  check_ledger(simulate(support::kidney_patient(), plan, options));
}
