// Predictions: what the catalogue reads off a run is what a reader would compute by hand.
#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/summary.hpp>
#include <mgpk/study/predict.hpp>

using namespace mgpk;

TEST_CASE("a loading test is one less the excreted share of the summary") {
  const auto& test = study::study_of("gullestad_1994");
  Schedule plan;
  plan.iv("sulfate", mmol(30), {.at_h = 8, .over_h = 8});
  const auto run = simulate(Subject{}, plan, {.times_h = {0, 8, 32}});
  const auto predicted = study::predict(test);
  CHECK(predicted.failure.empty());
  CHECK(predicted.value == doctest::Approx(1 - summary(run, 0, 32).f_excreted).epsilon(1e-5));
}

TEST_CASE("studies that are predicted together give what each gives alone") {
  const std::vector<const study::Study*> together{
      &study::study_of("dolberg_2017_peak"), &study::study_of("dolberg_2017_urine"),
      &study::study_of("firoz_2001_oxide"), &study::study_of("ryschon_1996_total")};
  const auto predicted = study::predict(together);
  for (std::size_t i = 0; i < together.size(); ++i) {
    CHECK(predicted[i].failure.empty());
    CHECK(predicted[i].value == doctest::Approx(study::predict(*together[i]).value).epsilon(1e-5));
  }
}

TEST_CASE("other values of parameters reach the prediction") {
  const auto& loaded = study::study_of("vandenbergh_2003_64");
  const double usual = study::predict(loaded).value;
  const double higher = study::predict(loaded, {{"tm_mmol_per_L", 0.64}}).value;
  CHECK(higher > usual + 0.02);  // a higher threshold holds more
  CHECK_THROWS_AS(study::predict(loaded, {{"tm_mmol_per_L", 5.0}}), InputError);
  CHECK_THROWS_AS(study::predict(loaded, {{"tm_mmol", 0.6}}), UnknownNameError);
}

TEST_CASE("a run with constants that make no sense fails with a reason, not with a number") {
  // A slow pool that runs backwards has no steady state.
  const auto& measured = study::study_of("salinger_2013_clearance");
  const study::PredictOptions anywhere{.allow_outside_range = true};
  const auto both = study::predict({&measured, &study::study_of("sabatier_2003")},
                                   {{"k_slow_per_h", -1.0}}, anywhere);
  CHECK(std::isnan(both[0].value));
  CHECK_FALSE(both[0].failure.empty());
}

TEST_CASE("a run without the hours of the study is refused") {
  const auto run = simulate(Subject{}, {.times_h = {0, 24}});
  CHECK_THROWS_AS(study::observe(study::study_of("ryschon_1996_total"), run), InputError);
}
