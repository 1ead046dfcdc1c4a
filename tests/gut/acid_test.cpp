// Acid: what the stomach secretes, and how well it serves a basic salt.
#include <mgpk/gut/acid.hpp>

#include <doctest/doctest.h>

#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {
const gut::AcidParameters<double> untreated{3.0, 15.0, 1.0, 0.5};
}

TEST_CASE("secretion: basal, with a meal, and under an acid blocker") {
  CHECK(gut::acid_secretion_mmol_per_h(untreated, 0.0) == 3.0);
  CHECK(gut::acid_secretion_mmol_per_h(untreated, 1.0) == 18.0);
  CHECK(gut::acid_secretion_mmol_per_h(untreated, 0.5) == 10.5);
  auto blocked = untreated;
  blocked.f_secreted = 0.1;
  CHECK(gut::acid_secretion_mmol_per_h(blocked, 1.0) == doctest::Approx(1.8).epsilon(1e-14));
  blocked.f_secreted = 0.0;
  CHECK(gut::acid_secretion_mmol_per_h(blocked, 1.0) == 0.0);
}

TEST_CASE("supply: none without acid, half at the half value, all with plenty") {
  CHECK(gut::acid_supply(untreated, 0.0) == 0.0);
  CHECK(gut::acid_supply(untreated, 0.5) == 0.5);
  CHECK(gut::acid_supply(untreated, 1.5) == 0.75);
  CHECK(gut::acid_supply(untreated, 1e9) == doctest::Approx(1.0).epsilon(1e-9));
}

TEST_CASE("scarce acid is used in proportion, so it cannot be overdrawn") {
  const auto supply = gut::acid_supply(untreated, ode::Dual<1>(0.0, {1.0}));
  CHECK(supply.value == 0.0);
  CHECK(supply.slope[0] == doctest::Approx(2.0).epsilon(1e-14));
  double last = 0;
  for (double acid_mmol = 1e-6; acid_mmol < 1e3; acid_mmol *= 2) {
    CHECK(gut::acid_supply(untreated, acid_mmol) > last);
    last = gut::acid_supply(untreated, acid_mmol);
  }
}
