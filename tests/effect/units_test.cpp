// The units of the laws of effect, checked by machine.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include <mgpk/effect/glycine_dose.hpp>
#include <mgpk/effect/parameters.hpp>
#include <mgpk/evidence/values.hpp>

#include "dimensional.hpp"

using namespace mgpk;
using support::Dimensional;
using support::parse_unit;
using support::quantity;
using Values = evidence::Values<Dimensional>;

namespace {

Values values_with_units() {
  Values values;
  for (std::size_t i = 0; i < evidence::parameters.size(); ++i)
    values.*evidence::value_members<Dimensional>[i] =
        quantity(evidence::parameters[i].value, evidence::parameters[i].unit);
  return values;
}

const auto c = quantity(0.8, "mmol/L");

/// Throws UnitError where the unit is not the stated one.
void expect_unit(const Dimensional& x, std::string_view unit) {
  if (x.unit != parse_unit(unit)) throw support::UnitError("not in " + std::string(unit));
}

void check_stool(const Values& values) {
  const auto p = effect::stool_parameters(values);
  const auto drawn = values.stool_water_g_per_mmol * quantity(5, "mmol/d");
  expect_unit(effect::stool_mass_g_per_d(p, drawn), "g/d");
  expect_unit(effect::f_loose_stool(p, drawn), "1");
}

void check_csf(const Values& values) {
  const auto p = effect::csf_parameters(values);
  const auto rise = effect::c_csf_rise_mmol_per_L(p, c, c, c, quantity(2, "h"));
  expect_unit(rise, "mmol/L");
  expect_unit(values.c_csf_total_reference_mmol_per_L + rise, "mmol/L");
  expect_unit(effect::c_csf_ionized_mmol_per_L(values.c_csf_ionized_reference_mmol_per_L,
                                               values.f_csf_ionized, rise),
              "mmol/L");
}

void check_nmda(const Values& values) {
  const auto at = values.membrane_reference_mV;
  expect_unit(effect::f_nmda_open(effect::jahr_stevens_block(values), at, c), "1");
  expect_unit(effect::f_nmda_open(effect::wang_block(values), at, c), "1");
  expect_unit(effect::f_nmda_open(effect::woodhull_block(values), at, c), "1");
}

void check_release(const Values& values) {
  const effect::IonizedPair<Dimensional> ions{values.c_calcium_ionized_reference_mmol_per_L, c};
  expect_unit(effect::nmj_release_relative(effect::release_parameters(values), ions, ions), "1");
  const auto free = values.c_muscle_free_mmol_per_L;
  expect_unit(effect::f_ryr1_open(effect::ryr1_in_situ(values), free), "1");
  expect_unit(effect::f_ryr1_open(effect::ryr1_bilayer(values), free), "1");
  expect_unit(effect::f_ryr1_open(effect::ryr1_bilayer_with_atp(values), free), "1");
  expect_unit(effect::f_ryr1_open(effect::ryr1_two_site(values), free, c), "1");
}

void check_laws(const Values& values) {
  check_stool(values);
  // So high that both ends of each band are looked at.
  effect::toxicity_bands(effect::toxicity_ladder(values), quantity(100, "mmol/L"));
  check_csf(values);
  check_nmda(values);
  check_release(values);
  // Grams per mol times mmol are milligrams.
  expect_unit(effect::glycine_mg(values.molar_mass_glycine_g_per_mol, 2.0, quantity(1, "mmol")),
              "g*mmol/mol");
}

}  // namespace

TEST_CASE("every law has the unit of its name") { CHECK_NOTHROW(check_laws(values_with_units())); }

TEST_CASE("any number of an effect in a wrong unit is noticed by some law") {
  for (std::size_t i = 0; i < evidence::parameters.size(); ++i) {
    if (evidence::parameters[i].organ != "effect") continue;
    auto values = values_with_units();
    auto& value = values.*evidence::value_members<Dimensional>[i];
    value = value * quantity(1, "wrong");
    INFO(std::string(evidence::parameters[i].key));
    CHECK_THROWS_AS(check_laws(values), support::UnitError);
  }
}

TEST_CASE("what a law is given in a wrong unit is noticed") {
  const auto values = values_with_units();
  CHECK_THROWS_AS(effect::stool_mass_g_per_d(effect::stool_parameters(values), quantity(5, "g")),
                  support::UnitError);
  CHECK_THROWS_AS(effect::toxicity_bands(effect::toxicity_ladder(values), quantity(2, "mg/dL")),
                  support::UnitError);
  CHECK_THROWS_AS(
      effect::c_csf_rise_mmol_per_L(effect::csf_parameters(values), c, c, c, quantity(2, "d")),
      support::UnitError);
  CHECK_THROWS_AS(effect::f_nmda_open(effect::wang_block(values), quantity(-0.06, "V"), c),
                  support::UnitError);
}
