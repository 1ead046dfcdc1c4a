// What trials have published: figures as they were read, and what follows from them.
#include <mgpk/trial/trial_effects.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

using namespace mgpk;

TEST_CASE("the standard error comes from the interval, the P value or the shares") {
  const auto& by_interval = trial::trial_effect("pressure_systolic");
  CHECK(by_interval.se == doctest::Approx((4.32 - 1.29) / 3.919928).epsilon(1e-6));
  const auto& by_p = trial::trial_effect("cramps_night_oxide");
  CHECK(by_p.se == doctest::Approx(0.38 / 0.42615).epsilon(1e-4));
  CHECK(by_p.high - by_p.low == doctest::Approx(2 * 1.959964 * by_p.se).epsilon(1e-6));
  const auto& by_shares = trial::trial_effect("cramps_pregnancy_bisglycinate");
  CHECK(by_shares.se ==
        doctest::Approx(std::sqrt((0.86 * 0.14 + 0.605 * 0.395) / 40)).epsilon(1e-6));
}

TEST_CASE("the standard errors of the cramp trials are those of the notes") {
  CHECK(trial::trial_effect("cramps_older").se == doctest::Approx(0.34).epsilon(0.01));
  CHECK(trial::trial_effect("cramps_pregnancy").se == doctest::Approx(0.34).epsilon(0.01));
}

TEST_CASE("each effect without a law has its trials, and a row says what it lacks") {
  for (const auto* effect :
       {"blood_pressure", "cramps", "sleep", "cortisol", "mood", "soreness", "migraine"})
    CHECK(!trial::trial_effects_of(effect).empty());
  CHECK(trial::trial_effects_of("stool").empty());
  for (const auto& row : trial::trial_effects) {
    CAPTURE(std::string(row.key));
    CHECK(row.simulated == row.why_not.empty());
    if (row.simulated) CHECK((row.se > 0 && row.n_people > 0));
  }
}

TEST_CASE("what is read second hand is flagged") {
  CHECK(trial::trial_effect("insomnia_bisglycinate").verify);
  CHECK(!trial::trial_effect("insomnia_bisglycinate").simulated);
  CHECK(!trial::trial_effect("cramps_older").verify);
}

TEST_CASE("a name that is not known is refused with the nearest") {
  CHECK_THROWS_AS(trial::trial_effect("cramps_oldr"), UnknownNameError);
}
