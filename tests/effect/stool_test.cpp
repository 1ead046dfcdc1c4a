// Stool mass by soluble magnesium, and the share of people whose stool is loose.
#include <mgpk/effect/stool.hpp>

#include <doctest/doctest.h>

#include <mgpk/effect/parameters.hpp>
#include <mgpk/gut/stool.hpp>
#include <mgpk/units/units.hpp>

using namespace mgpk;

namespace {

const evidence::Values<double> values;
const auto stool = effect::stool_parameters(values);

/// Unabsorbed magnesium that brings a usual mass to the limit, in mg.
double unabsorbed_to_limit_mg(double usual_g_per_d) {
  const double drawn_g = stool.mass_loose_g_per_d - usual_g_per_d;
  return to_elemental_mass(Amount{drawn_g / values.stool_water_g_per_mmol}).mg;
}

}  // namespace

TEST_CASE("the slope is that of the isotonic check: 2.1 osmol per mmol at 290 mOsm/kg") {
  CHECK(values.stool_water_g_per_mmol == doctest::Approx(2.1 * 1000 / 290).epsilon(0.01));
}

TEST_CASE("from 130 to 200 g/d takes 9.6 mmol or 233 mg that stay in the gut") {
  CHECK(effect::stool_mass_g_per_d(stool, gut::stool_water_g(7.3, 9.6)) ==
        doctest::Approx(200).epsilon(0.001));
  CHECK(unabsorbed_to_limit_mg(130) == doctest::Approx(233).epsilon(0.002));
}

TEST_CASE("so many mg of a soluble salt, of which 25 to 30 % are absorbed, reach the limit") {
  CHECK(unabsorbed_to_limit_mg(130) / 0.75 == doctest::Approx(311).epsilon(0.002));
  CHECK(unabsorbed_to_limit_mg(130) / 0.70 == doctest::Approx(333).epsilon(0.002));
  CHECK(unabsorbed_to_limit_mg(110) / 0.75 == doctest::Approx(400).epsilon(0.002));
  CHECK(unabsorbed_to_limit_mg(110) / 0.70 == doctest::Approx(428).epsilon(0.002));
  CHECK(unabsorbed_to_limit_mg(150) / 0.75 == doctest::Approx(222).epsilon(0.002));
  CHECK(unabsorbed_to_limit_mg(150) / 0.70 == doctest::Approx(238).epsilon(0.002));
}

TEST_CASE("less soluble magnesium than usual takes nothing away") {
  CHECK(effect::stool_mass_g_per_d(stool, -40.0) == 130);
  CHECK(effect::stool_mass_g_per_d(stool, 0.0) == 130);
  CHECK(effect::f_loose_stool(stool, -40.0) == effect::f_loose_stool(stool, 0.0));
}

TEST_CASE("half are loose at the limit, and one deviation below it 15.9 %") {
  CHECK(effect::f_loose_stool(stool, 70.0) == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(effect::f_loose_stool(stool, 50.0) == doctest::Approx(0.158655253931457).epsilon(1e-12));
  CHECK(effect::f_loose_stool(stool, 90.0) == doctest::Approx(0.841344746068543).epsilon(1e-12));
  CHECK(effect::f_loose_stool(stool, 0.0) == doctest::Approx(2.3262907903553e-4).epsilon(1e-9));
}
