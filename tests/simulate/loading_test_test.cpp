// The loading test: retention less the usual urine, and the published range beside it.
#include <mgpk/simulate/loading_test.hpp>

#include <doctest/doctest.h>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

TEST_CASE("the reference adult retains what the healthy do, a depleted one more") {
  const auto usual = loading_test({});
  CHECK(usual.relative == Relative::within);
  CHECK(usual.f_retained ==
        doctest::Approx(1 - (usual.a_urine_mmol - usual.a_urine_usual_mmol) / 30));
  LoadingTestOptions options;
  options.before = simulation::after_diet(12, 21 * 24);
  const auto depleted = loading_test({}, options);
  CHECK(depleted.f_retained > usual.f_retained + 0.08);
  CHECK(depleted.run.history == options.before);
}

TEST_CASE("of a small load a depleted person keeps most, and it is not compared with the range") {
  LoadingTestOptions small{.mmol = 7, .over_h = 4};
  const auto usual = loading_test({}, small);
  small.before = simulation::after_diet(12, 21 * 24);
  const auto depleted = loading_test({}, small);
  CHECK(depleted.f_retained > usual.f_retained + 0.25);
  CHECK(depleted.relative == Relative::not_comparable);
}

TEST_CASE("the diet that ended a history goes on during the test") {
  LoadingTestOptions options;
  options.before = simulation::after_diet(12, 7 * 24);
  const auto test = loading_test({}, options);
  REQUIRE(test.run.plan.diet_changes().size() == 1);
  CHECK(test.run.plan.diet_changes()[0] == dose::DietChange{12.0, 0, 32});
  CHECK(test.a_urine_usual_mmol < 0.5 * loading_test({}).a_urine_usual_mmol);
}

TEST_CASE("urine is that of the run over the hours of the collection") {
  LoadingTestOptions options;
  options.at_h = 6;
  const auto test = loading_test({}, options);
  auto times = support::until(0);
  times.until_h = 0;
  times.times_h = {6, 30};
  const auto run =
      simulate({}, Schedule().iv("sulfate", mmol(30), {.at_h = 6, .over_h = 8}), times);
  const auto urine = run.trajectory.column("a_urine_mmol");
  CHECK(test.a_urine_mmol == doctest::Approx(urine[1] - urine[0]).epsilon(1e-7));
  const auto baseline = run.baseline.column("a_urine_mmol");
  CHECK(test.a_urine_usual_mmol == doctest::Approx(baseline[1] - baseline[0]).epsilon(1e-7));
}

TEST_CASE("another load, length or collection is not compared with the published range") {
  for (const auto& options : {LoadingTestOptions{.mmol = 20}, LoadingTestOptions{.over_h = 4},
                              LoadingTestOptions{.collect_h = 48}})
    CHECK(loading_test({}, options).relative == Relative::not_comparable);
}

TEST_CASE("a test that cannot be meant is refused") {
  CHECK_THROWS_AS(loading_test({}, {.mmol = -1}), InputError);
  CHECK_THROWS_WITH_AS(loading_test({}, {.collect_h = 4}),
                       doctest::Contains("must not end before the infusion"), InputError);
  CHECK_THROWS_AS(loading_test({}, {.at_h = 25}), InputError);
}
