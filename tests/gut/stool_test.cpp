// Only soluble magnesium draws water.
#include <mgpk/gut/stool.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("7.3 g of stool per mmol of soluble faecal magnesium") {
  CHECK(gut::stool_water_g(7.3, 0.0) == 0.0);
  CHECK(gut::stool_water_g(7.3, 10.0) == doctest::Approx(73.0).epsilon(1e-14));
}
