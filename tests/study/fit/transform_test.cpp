// Scales of a search: back and forth, slopes, and what they refuse.
#include <mgpk/study/fit/transform.hpp>

#include <doctest/doctest.h>

#include <fit_predictors.hpp>

#include <mgpk/error.hpp>

using namespace mgpk::study::fit;

TEST_CASE("a value comes back from its place, and slopes agree with differences") {
  for (const Transform transform :
       {Transform{}, Transform{TransformKind::log}, Transform{TransformKind::logit, 0.2, 3.5}}) {
    CAPTURE(name_of(transform.kind));
    for (const double value : {0.21, 0.5, 1.0, 3.4}) {
      const double x = transform.place(value);
      CHECK(transform.value(x) == doctest::Approx(value).epsilon(1e-13));
      CHECK(transform.slope(x) ==
            doctest::Approx(
                support::richardson([&](double y) { return transform.value(y); }, x, 0.05))
                .epsilon(1e-9));
    }
  }
  CHECK(Transform{TransformKind::logit, 0, 1}.value(800) == 1.0);
  CHECK(Transform{TransformKind::logit, 0, 1}.value(-800) == 0.0);
}

TEST_CASE("a start outside the scale is refused") {
  CHECK_THROWS_AS(Transform{TransformKind::log}.place(0.0), mgpk::InputError);
  CHECK_THROWS_AS((Transform{TransformKind::logit, 0, 1}.place(1.0)), mgpk::InputError);
}
