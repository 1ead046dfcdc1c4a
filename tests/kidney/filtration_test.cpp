// What the glomeruli let through.
#include <mgpk/kidney/filtration.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("the filtered load is the filtrate times what is free in it") {
  CHECK(kidney::filtered_load_mmol_per_h(7.2, 0.595) == doctest::Approx(4.284).epsilon(1e-14));
  CHECK(kidney::filtered_load_mmol_per_h(7.2, 0.0) == 0.0);
  CHECK(kidney::filtered_load_mmol_per_h(0.0, 0.595) == 0.0);
}
