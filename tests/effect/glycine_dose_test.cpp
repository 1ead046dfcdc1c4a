// Glycine that comes with magnesium bisglycinate.
#include <mgpk/effect/glycine_dose.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/dose/salts.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/units/units.hpp>

using namespace mgpk;

namespace {

const evidence::Values<double> values;

double glycine_of_mg(double elemental_mg) {
  return effect::glycine_mg(values.molar_mass_glycine_g_per_mol,
                            dose::salt("glycinate").glycine_per_magnesium,
                            elemental_mg / units::molar_mass_magnesium_g_per_mol);
}

}  // namespace

TEST_CASE("glycine of 100 to 400 mg of magnesium") {
  const double expected[][2] = {{100, 618},  {200, 1235}, {250, 1544},
                                {300, 1853}, {350, 2162}, {400, 2471}};
  for (const auto& [magnesium_mg, glycine_mg] : expected)
    CHECK(std::abs(glycine_of_mg(magnesium_mg) - glycine_mg) < 0.6);
  CHECK(glycine_of_mg(1) == doctest::Approx(6.177).epsilon(1e-4));
}

TEST_CASE("the 3 g of sleep trials come with 486 mg of magnesium") {
  CHECK(3000 / glycine_of_mg(1) == doctest::Approx(486).epsilon(0.001));
}
