// The small loss through the skin.
#include <mgpk/skin/sweat.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("4 mg a day at the reference level, and in proportion to plasma") {
  const double cl_L_per_h = 0.16 / 24 / 0.85;
  CHECK(24 * skin::sweat_mmol_per_h(cl_L_per_h, 0.85) == doctest::Approx(0.16).epsilon(1e-14));
  CHECK(24 * skin::sweat_mmol_per_h(cl_L_per_h, 1.7) == doctest::Approx(0.32).epsilon(1e-14));
  CHECK(skin::sweat_mmol_per_h(cl_L_per_h, 0.0) == 0.0);
}
