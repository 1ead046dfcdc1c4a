#include <mgpk/isotope/dilution.hpp>

#include <doctest/doctest.h>

using namespace mgpk::isotope;

TEST_CASE("a label that has mixed evenly shows the pool, one that has not a smaller one") {
  CHECK(a_exchangeable_mmol(1.2, 0.2, 1.0 / 124) == doctest::Approx(124));
  CHECK(a_exchangeable_mmol(1.2, 0.2, 2.0 / 124) == doctest::Approx(62));
}
