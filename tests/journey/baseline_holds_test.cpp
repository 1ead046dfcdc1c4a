// First test of an endogenous substance: with diet and no dose, the day repeats for a year.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <mgpk/body/layout.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;
using L = body::Layout<1>;

namespace {

constexpr std::size_t n_days = 365;
constexpr double negligible_mmol = 1e-6;

bool same(double value, double expected) {
  return std::abs(value - expected) <= 1e-6 * std::max(std::abs(expected), negligible_mmol);
}

/// Every state at every midnight, and what every read-out gains in every day.
void check_year(const Subject& person) {
  auto options = support::until(24.0 * n_days, 24);
  options.with_baseline = false;
  const auto run = simulate(person, options);
  REQUIRE(run.trajectory.n_rows() == n_days + 1);
  for (std::size_t state = 0; state < L::n_states; ++state) {
    const auto column = run.trajectory.column(state + 1);  // after time_h
    INFO(run.trajectory.names()[state + 1]);
    const bool readout = state >= L::first_readout;
    bool repeats = true;
    for (std::size_t day = 1; day <= n_days; ++day)
      repeats = repeats && (readout ? same(column[day] - column[day - 1], column[1] - column[0])
                                    : same(column[day], column[0]));
    CHECK(repeats);
  }
}

}  // namespace

TEST_CASE("a year of a reference adult repeats to 1e-6") { check_year(support::reference_adult()); }

TEST_CASE("a year with a GFR of 25 mL/min repeats to 1e-6") {
  check_year(support::kidney_patient());
}

TEST_CASE("a year of a small old woman repeats to 1e-6") { check_year(support::small_woman()); }

TEST_CASE("what comes in goes out: intake is urine, stool and sweat, day by day") {
  for (const auto& person :
       {support::reference_adult(), support::kidney_patient(), support::small_woman()}) {
    auto options = support::until(48, 24);
    options.with_baseline = false;
    const auto run = simulate(person, options);
    const double intake =
        run.trajectory.at(2, "a_given_mmol") - run.trajectory.at(1, "a_given_mmol");
    double out = 0;
    for (const char* name : {"a_urine_mmol", "a_feces_mmol", "a_sweat_mmol"})
      out += run.trajectory.at(2, name) - run.trajectory.at(1, name);
    CHECK(intake == doctest::Approx(body::diet_mg_per_d(person) / 24.305).epsilon(1e-12));
    CHECK(out == doctest::Approx(intake).epsilon(1e-7));
  }
}
