// The stomach empties fast when fasted and slowly when fed, without a switch.
#include <mgpk/gut/emptying.hpp>

#include <doctest/doctest.h>

#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {
const gut::EmptyingParameters<double> stomach{2.5, 0.4, 0.1};
}

TEST_CASE("an empty stomach, one at half effect and a full one, computed by hand") {
  CHECK(gut::emptying_rate_per_h(stomach, 0.0) == 2.5);
  CHECK(gut::emptying_rate_per_h(stomach, 0.1) == doctest::Approx(1.45).epsilon(1e-14));
  CHECK(gut::emptying_rate_per_h(stomach, 1.0) == doctest::Approx(0.42079207920792).epsilon(1e-13));
  CHECK(gut::emptying_rate_per_h(stomach, 1e6) == doctest::Approx(0.4).epsilon(1e-12));
}

TEST_CASE("the fed share rises from 0 to 1") {
  CHECK(gut::fed_share(stomach, 0.0) == 0.0);
  CHECK(gut::fed_share(stomach, 0.1) == doctest::Approx(0.5).epsilon(1e-14));
  double last = 0;
  for (double meals = 0.001; meals < 10; meals *= 1.3) {
    const double share = gut::fed_share(stomach, meals);
    CHECK(share > last);
    CHECK(share < 1.0);
    last = share;
  }
}

TEST_CASE("the rate leaves zero without a kink, and its slope is exact") {
  using Dual = ode::Dual<1>;
  CHECK(gut::emptying_rate_per_h(stomach, Dual(0.0, {1.0})).slope[0] == 0.0);
  // d/dB of B²/(B² + b²) is 2·B·b²/(B² + b²)²: 2·0.1·0.01/0.0004 = 5 at B = b.
  CHECK(gut::emptying_rate_per_h(stomach, Dual(0.1, {1.0})).slope[0] ==
        doctest::Approx(-2.1 * 5.0).epsilon(1e-13));
}
