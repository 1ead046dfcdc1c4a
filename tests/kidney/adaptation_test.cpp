// The slow answer of the tubule goes against the change of plasma.
#include <mgpk/kidney/adaptation.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("a lack of plasma raises Tm, a plenty lowers it, towards gain times lack") {
  const kidney::AdaptationParameters<double> p{0.1, 200.0, 0.85};
  CHECK(kidney::tm_shift_rate_per_h(p, 0.85, 0.0) == 0.0);
  CHECK(kidney::tm_shift_rate_per_h(p, 0.68, 0.0) > 0.0);
  CHECK(kidney::tm_shift_rate_per_h(p, 1.02, 0.0) < 0.0);
  // At rest once the shift is a tenth of the lack of a fifth.
  CHECK(kidney::tm_shift_rate_per_h(p, 0.68, 0.02) == doctest::Approx(0.0));
  CHECK(kidney::tm_shift_rate_per_h(p, 0.68, 0.0) == doctest::Approx(0.02 / 200));
}

TEST_CASE("without a gain a shift only fades") {
  const kidney::AdaptationParameters<double> p{0.0, 200.0, 0.85};
  CHECK(kidney::tm_shift_rate_per_h(p, 0.4, 0.0) == 0.0);
  CHECK(kidney::tm_shift_rate_per_h(p, 0.4, 0.1) == doctest::Approx(-0.1 / 200));
}
