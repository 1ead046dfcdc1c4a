// The gut's own juices carry magnesium in proportion to plasma.
#include <mgpk/gut/secretion.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("two millimoles a day at the reference level, none without plasma magnesium") {
  const double cl_L_per_h = 2.0 / 24 / 0.85;
  CHECK(24 * gut::endogenous_secretion_mmol_per_h(cl_L_per_h, 0.85) ==
        doctest::Approx(2.0).epsilon(1e-14));
  CHECK(gut::endogenous_secretion_mmol_per_h(cl_L_per_h, 0.0) == 0.0);
  CHECK(gut::endogenous_secretion_mmol_per_h(0.1, 1.7) == doctest::Approx(0.17).epsilon(1e-14));
}
