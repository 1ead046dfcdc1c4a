// Binding: less albumin leaves more of the total free to be filtered.
#include <mgpk/blood/binding.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("the ultrafilterable share holds at the reference albumin and follows it elsewhere") {
  CHECK(blood::ultrafilterable_share(0.7, 40.0, 40.0) == doctest::Approx(0.7).epsilon(1e-14));
  // Twice the albumin binds twice as much per free ion: 1 / (1 + 2·3/7) = 7/13.
  CHECK(blood::ultrafilterable_share(0.7, 80.0, 40.0) == doctest::Approx(7.0 / 13).epsilon(1e-14));
  CHECK(blood::ultrafilterable_share(0.7, 20.0, 40.0) == doctest::Approx(14.0 / 17).epsilon(1e-14));
  CHECK(blood::ultrafilterable_share(0.7, 0.0, 40.0) == 1.0);
}

TEST_CASE("more albumin never frees magnesium, and the share stays within 0 and 1") {
  double last = 1.0;
  for (double albumin_g_per_L = 1; albumin_g_per_L < 1e4; albumin_g_per_L *= 1.4) {
    const double share = blood::ultrafilterable_share(0.7, albumin_g_per_L, 40.0);
    CHECK(share < last);
    CHECK(share > 0.0);
    last = share;
  }
}

TEST_CASE("complexes keep their ratio to the ion") {
  CHECK(blood::ionized_share(0.7, 0.64, 0.7) == doctest::Approx(0.64).epsilon(1e-14));
  CHECK(blood::ionized_share(0.35, 0.64, 0.7) == doctest::Approx(0.32).epsilon(1e-14));
}
