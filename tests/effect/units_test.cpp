// The units of the laws of effect, checked by machine.
#include <doctest/doctest.h>

#include <cstddef>

#include <mgpk/effect/glycine_dose.hpp>
#include <mgpk/effect/parameters.hpp>
#include <mgpk/evidence/values.hpp>

#include "dimensional.hpp"

using namespace mgpk;
using support::Dimensional;
using support::parse_unit;
using support::quantity;

namespace {

evidence::Values<Dimensional> values_with_units() {
  evidence::Values<Dimensional> values;
  for (std::size_t i = 0; i < evidence::parameters.size(); ++i)
    values.*evidence::value_members<Dimensional>[i] =
        quantity(evidence::parameters[i].value, evidence::parameters[i].unit);
  return values;
}

const auto values = values_with_units();
const auto c = quantity(0.8, "mmol/L");

}  // namespace

TEST_CASE("stool") {
  const auto p = effect::stool_parameters(values);
  const auto drawn = values.stool_water_g_per_mmol * quantity(5, "mmol/d");
  CHECK(effect::stool_mass_g_per_d(p, drawn).unit == parse_unit("g/d"));
  CHECK(effect::f_loose_stool(p, drawn).unit.empty());
  CHECK_THROWS_AS(effect::stool_mass_g_per_d(p, quantity(5, "g")), support::UnitError);
}

TEST_CASE("toxicity compares with concentrations only") {
  const auto ladder = effect::toxicity_ladder(values);
  CHECK(!effect::toxicity_bands(ladder, c)[effect::therapeutic]);
  CHECK_THROWS_AS(effect::toxicity_bands(ladder, quantity(2, "mg/dL")), support::UnitError);
}

TEST_CASE("CSF") {
  const auto p = effect::csf_parameters(values);
  const auto rise = effect::c_csf_rise_mmol_per_L(p, c, c, c, quantity(2, "h"));
  CHECK(rise.unit == parse_unit("mmol/L"));
  CHECK_THROWS_AS(effect::c_csf_rise_mmol_per_L(p, c, c, c, quantity(2, "d")), support::UnitError);
  CHECK(effect::c_csf_ionized_mmol_per_L(values.c_csf_ionized_reference_mmol_per_L,
                                         values.f_csf_ionized, rise)
            .unit == parse_unit("mmol/L"));
}

TEST_CASE("NMDA block") {
  const auto at = values.membrane_reference_mV;
  CHECK(effect::f_nmda_open(effect::jahr_stevens_block(values), at, c).unit.empty());
  CHECK(effect::f_nmda_open(effect::wang_block(values), at, c).unit.empty());
  CHECK(effect::f_nmda_open(effect::woodhull_block(values), at, c).unit.empty());
  CHECK_THROWS_AS(effect::f_nmda_open(effect::wang_block(values), quantity(-0.06, "V"), c),
                  support::UnitError);
}

TEST_CASE("release of transmitter and of calcium") {
  const effect::IonizedPair<Dimensional> ions{quantity(1.2, "mmol/L"), c};
  CHECK(effect::nmj_release_relative(effect::release_parameters(values), ions, ions).unit.empty());
  CHECK(effect::f_ryr1_open(effect::ryr1_in_situ(values), c).unit.empty());
  CHECK(effect::f_ryr1_open(effect::ryr1_two_site(values), c, c).unit.empty());
}

TEST_CASE("glycine: grams per mol times mmol are milligrams") {
  const auto mass =
      effect::glycine_mg(values.molar_mass_glycine_g_per_mol, 2.0, quantity(1, "mmol"));
  CHECK(mass.unit == parse_unit("g*mmol/mol"));
}
