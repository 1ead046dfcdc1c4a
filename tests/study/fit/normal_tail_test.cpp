// The tails of the normal law, held against many digits of an independent series.
#include <mgpk/study/fit/normal_tail.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <fit_predictors.hpp>

using namespace mgpk::study::fit;

namespace {

/// Share over density below x < 0 by Laplace's continued fraction, from its far end on.
long double ratio_of_mills(long double x) {
  long double tail = -x;
  for (int k = 400; k >= 1; --k) tail = -x + static_cast<long double>(k) / tail;
  return 1 / tail;
}

}  // namespace

TEST_CASE("shares and slopes of the lower tail agree with a continued fraction") {
  for (const double x : {-3.0, -8.0, -20.0, -14.999, -15.001, -36.0, -100.0, -1e4}) {
    CAPTURE(x);
    const auto wide = static_cast<long double>(x);
    const long double ratio = ratio_of_mills(wide);
    const long double log_density = -0.5L * wide * wide - 0.918938533204672741780L;
    CHECK(log_below(x) ==
          doctest::Approx(static_cast<double>(log_density + std::log(ratio))).epsilon(1e-13));
    CHECK(slope_of_log_below(x) == doctest::Approx(static_cast<double>(1 / ratio)).epsilon(1e-12));
    const double curvature = static_cast<double>((1 / ratio) * (1 / ratio + wide));
    CHECK(curvature_of_log_below(x) == doctest::Approx(curvature).epsilon(1e-9));
  }
}

TEST_CASE("the upper half keeps the small number that is missing to one") {
  CHECK(log_below(0.0) == doctest::Approx(std::log(0.5)).epsilon(1e-15));
  CHECK(log_below(9.0) == doctest::Approx(-1.1285884059538406e-19).epsilon(1e-10));
  CHECK(slope_of_log_below(40.0) == 0.0);
  CHECK(curvature_of_log_below(40.0) == 0.0);
}

TEST_CASE("slopes of dual numbers agree with differences, on both sides of the joint") {
  for (const double x : {-200.0, -16.0, -14.0, -5.0, -0.3, 0.0, 0.7, 4.0}) {
    CAPTURE(x);
    mgpk::ode::Dual<1> dual(x);
    dual.slope[0] = 1;
    const auto value = log_below(dual);
    const auto slope = slope_of_log_below(dual);
    const auto curvature = curvature_of_log_below(dual);
    CHECK(value.slope[0] == doctest::Approx(slope.value).epsilon(1e-14));
    CHECK(slope.slope[0] == doctest::Approx(-curvature.value).epsilon(1e-12));
    const auto difference = [](auto&& function, double at) {
      return support::richardson(function, at, 0.05);
    };
    CHECK(value.slope[0] ==
          doctest::Approx(difference([](double y) { return log_below(y); }, x)).epsilon(1e-8));
    CHECK(curvature.slope[0] ==
          doctest::Approx(difference([](double y) { return curvature_of_log_below(y); }, x))
              .epsilon(1e-6)
              .scale(1e-3));
  }
}
