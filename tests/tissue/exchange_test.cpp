// Exchange runs down the difference in concentration.
#include <mgpk/tissue/exchange.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("exchange follows the difference, turns with it and rests without it") {
  CHECK(tissue::exchange_mmol_per_h(16.2, 0.95, 0.85) == doctest::Approx(1.62).epsilon(1e-13));
  CHECK(tissue::exchange_mmol_per_h(16.2, 0.85, 0.95) == doctest::Approx(-1.62).epsilon(1e-13));
  CHECK(tissue::exchange_mmol_per_h(16.2, 0.85, 0.85) == 0.0);
}
