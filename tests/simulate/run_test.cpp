// What a run tells of itself: fractions absorbed by what was swallowed, columns in any unit.
#include <mgpk/simulate/run.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

const simulation::Baseline& baseline() {
  static const auto found = simulation::baseline_of({}, support::quick(24));
  return found;
}

Run run_of(const Schedule& plan, double until_h = 24) {
  return simulate({}, plan, support::quick(until_h), baseline());
}

}  // namespace

TEST_CASE("the fraction of a source is what was absorbed over what was swallowed of it") {
  const auto run = run_of(Schedule().oral("citrate", mmol(10), {9}));
  const auto fractions = run.f_absorbed();
  CHECK(fractions.size() == 2);
  CHECK(fractions.at("citrate") ==
        doctest::Approx(run.trajectory.at(24, "a_absorbed_citrate_mmol") / 10));
  CHECK(fractions.at("citrate") > 0);
  CHECK(fractions.at("food") > 0);
  CHECK(fractions.at("food") < 1);
}

TEST_CASE("a mix has the fraction of its whole and of each of its salts") {
  const auto run = run_of(
      Schedule().oral_mix({{"glycinate", 0.75}, {"oxide", 0.25}}, mmol(12), "buffered", {9}));
  const auto fractions = run.f_absorbed();
  const double glycinate = fractions.at("buffered_glycinate");
  const double oxide = fractions.at("buffered_oxide");
  CHECK(glycinate > oxide);
  CHECK(fractions.at("buffered") == doctest::Approx(0.75 * glycinate + 0.25 * oxide));
}

TEST_CASE("labels keep the same salt apart by the time of day") {
  const auto fractions = run_of(Schedule()
                                    .oral("oxide", mmol(10), {4}, false, "fasted")
                                    .oral("oxide", mmol(10), {13}, true, "with_lunch"),
                                36)
                             .f_absorbed();
  CHECK(fractions.at("with_lunch") > fractions.at("fasted"));
}

TEST_CASE("what has only just been swallowed is there with a fraction of zero") {
  const auto fractions =
      run_of(Schedule().oral_mix({{"glycinate", 0.5}, {"oxide", 0.5}}, mmol(12), "mix", {24}))
          .f_absorbed();
  CHECK(fractions.at("mix") == 0);
  CHECK(fractions.at("mix_oxide") == 0);
}

TEST_CASE("values gives any column, in clinical units on request") {
  const auto run = run_of(Schedule().oral("citrate", mmol(10), {9}));
  const auto c = run.values("c_plasma_total_mmol_per_L");
  const auto mass = run.values("c_plasma_total_mg_per_dL");
  REQUIRE(c.size() == 25);
  CHECK(mass[12] == doctest::Approx(2.4305 * c[12]));
  CHECK(run.values("c_plasma_ionized_mEq_per_L")[12] ==
        doctest::Approx(2 * run.trajectory.at(12, "c_plasma_ionized_mmol_per_L")));
  CHECK_THROWS_AS(run.values("c_plasma_mg_per_dL"), UnknownNameError);
}

TEST_CASE("the words that every output carries are there") {
  CHECK(disclaimer.find("not medical advice") != std::string::npos);
}
