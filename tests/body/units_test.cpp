// The units of every equation, checked by machine: the body runs on a scalar that carries units.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include <mgpk/body/body.hpp>
#include <mgpk/body/person.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/gut/stool.hpp>
#include <mgpk/kidney/filtration.hpp>

#include "bodies.hpp"
#include "dimensional.hpp"

using namespace mgpk;
using support::Dimensional;
using support::parse_unit;
using support::quantity;

namespace {

using L = body::Layout<2>;
using Model = body::Body<2, Dimensional>;
using State = std::array<Dimensional, L::n_states>;

/// The evidence with the units that data/parameters.csv states.
evidence::Values<Dimensional> values_with_units() {
  evidence::Values<Dimensional> values;
  for (std::size_t i = 0; i < evidence::parameters.size(); ++i)
    values.*evidence::value_members<Dimensional>[i] =
        quantity(evidence::parameters[i].value, evidence::parameters[i].unit);
  return values;
}

Model model_of(const evidence::Values<Dimensional>& values) {
  const body::Traits<Dimensional> traits{quantity(70, "kg"), quantity(7.2, "L/h"),
                                         quantity(40, "g/L"), quantity(1, "1")};
  auto model = support::body_with<2>(
      values, body::body_parameters(values, traits, quantity(1.0 / 24, "d/h")));
  model.iv_mmol_per_h = quantity(4, "mmol/h");
  model.gfr_change_L_per_h_per_h = quantity(0.1, "L/h/h");
  model.gfr_from_h = quantity(1, "h");
  return model;
}

std::string_view unit_of_state(std::size_t i) {
  if (i == L::meal || i == L::tm_shift) return "1";
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment)
    if (i == L::binder(segment)) return "1";
  return i == L::auc_plasma ? "mmol*h/L" : "mmol";
}

State state_with_units() {
  State x;
  for (std::size_t i = 0; i < L::n_states; ++i)
    x[i] = quantity(1.5 + 0.1 * static_cast<double>(i), unit_of_state(i));
  return x;
}

/// Throws UnitError for the first equation or read-out whose unit is not the stated one.
void expect_unit(const Dimensional& x, std::string_view unit, const std::string& what) {
  if (x.unit != parse_unit(unit))
    throw support::UnitError(what + " is in " + support::text_of(x.unit));
}

void check_equations(const Model& model) {
  State dxdt;
  model.derivatives(quantity(2, "h"), state_with_units(), dxdt);
  for (std::size_t i = 0; i < L::n_states; ++i)
    expect_unit(dxdt[i], std::string(unit_of_state(i)) + "/h", model.state_name(i));
}

void check_readouts(const Model& model) {
  const State x = state_with_units();
  const auto& p = model.parameters;
  const Dimensional c = model.c_plasma_total_mmol_per_L(x);
  const Dimensional uf = model.c_plasma_uf_mmol_per_L(x);
  expect_unit(c, "mmol/L", "plasma, total");
  expect_unit(uf, "mmol/L", "plasma, ultrafilterable");
  expect_unit(p.blood.f_ionized * c, "mmol/L", "plasma, ionized");
  expect_unit(model.c_interstitial_mmol_per_L(x), "mmol/L", "interstitium");
  expect_unit(model.urine_mmol_per_h(quantity(2, "h"), x), "mmol/h", "urine");
  expect_unit(kidney::filtered_load_mmol_per_h(p.kidney.gfr_L_per_h, uf), "mmol/h", "filtered");
  expect_unit(kidney::f_excreted_renal(model.tubule(x), uf), "1", "fractional excretion");
  expect_unit(ligand::c_glycine_mmol_per_L(p.glycine, x[L::glycine_plasma]), "mmol/L", "glycine");
  expect_unit(gut::stool_water_g(p.gut.stool_water_g_per_mmol, x[L::feces_dissolved(0)]), "g",
              "stool water");
  expect_unit(gut::binders_of_meal(p.gut.binders, quantity(1, "mmol"), quantity(1, "mmol")), "1",
              "binders");
  expect_unit(kidney::tm_for_escape_mmol_per_L(uf, kidney::escaped_mmol_per_L(p.kidney.tubule, uf),
                                               p.kidney.tubule.splay_mmol_per_L),
              "mmol/L", "Tm for an escape");
}

/// Whether one parameter in a wrong unit is noticed anywhere in the body.
bool notices(std::size_t index) {
  auto values = values_with_units();
  auto& value = values.*evidence::value_members<Dimensional>[index];
  value = value * quantity(1, "wrong");
  try {
    const Model model = model_of(values);
    check_equations(model);
    check_readouts(model);
    for (const auto kind : support::kinds_of_sources)
      expect_unit(body::source_parameters(values, kind).dissolution.stomach_per_h, "1/h",
                  "stomach");
    for (const auto kind : support::kinds_of_sources)
      expect_unit(body::source_parameters(values, kind).dissolution.intestine_per_h, "1/h", "gut");
  } catch (const support::UnitError&) {
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the scalar itself: sums agree in unit, products multiply units, roots halve them") {
  CHECK((quantity(2, "mmol") / quantity(4, "L")).unit == parse_unit("mmol/L"));
  CHECK((quantity(2, "mmol/L") * quantity(4, "L/h")).unit == parse_unit("mmol/h"));
  CHECK(sqrt(quantity(9, "m2")).unit == parse_unit("m"));
  CHECK(sqrt(quantity(9, "cm*kg/m4")).value == 3);
  CHECK((Dimensional{} + quantity(1, "mmol")).unit == parse_unit("mmol"));
  CHECK((1.0 - quantity(0.7, "1")).unit.empty());
  CHECK_THROWS_WITH_AS(quantity(1, "mmol") + quantity(1, "mmol/L"), "mmol + L^-1*mmol",
                       support::UnitError);
  CHECK_THROWS_AS(static_cast<void>(quantity(1, "g") < quantity(1, "kg")), support::UnitError);
  CHECK_THROWS_AS(1.0 - quantity(1, "mmol"), support::UnitError);
  CHECK_THROWS_AS(quantity(0, "h") + quantity(1, "mmol"), support::UnitError);
}

TEST_CASE("every derivative is in the unit of its state per hour") {
  CHECK_NOTHROW(check_equations(model_of(values_with_units())));
}

TEST_CASE("every read-out is in the unit of its name") {
  CHECK_NOTHROW(check_readouts(model_of(values_with_units())));
}

TEST_CASE("a person's numbers are in the units of their names") {
  const auto model = model_of(values_with_units());
  const auto& p = model.parameters;
  CHECK(p.blood.v_plasma_L.unit == parse_unit("L"));
  CHECK(p.blood.f_uf.unit.empty());
  CHECK(p.tissue.q_L_per_h.unit == parse_unit("L/h"));
  CHECK(p.tissue.cells.turnover_mmol_per_h.unit == parse_unit("mmol/h"));
  CHECK(p.tissue.slow.cl_in_L_per_h.unit == parse_unit("L/h"));
  CHECK(p.gut.cl_secretion_L_per_h.unit == parse_unit("L/h"));
  CHECK(p.cl_sweat_L_per_h.unit == parse_unit("L/h"));
  CHECK(p.glycine.v_L.unit == parse_unit("L"));
}

TEST_CASE("an equation that adds an amount to a concentration is caught") {
  const auto model = model_of(values_with_units());
  const State x = state_with_units();
  CHECK_THROWS_AS(tissue::exchange_mmol_per_h(model.parameters.tissue.q_L_per_h, x[L::plasma],
                                              model.c_interstitial_mmol_per_L(x)),
                  support::UnitError);
  CHECK_THROWS_AS(gut::uptake_rate_per_h(model.parameters.gut.uptake[gut::jejunum],
                                         model.c_plasma_total_mmol_per_L(x)),
                  support::UnitError);
}

TEST_CASE("any parameter in a wrong unit is noticed by some equation") {
  // Read at the door, by the formula for the GFR, or beside a result, not by the equations.
  const std::set<std::string_view> not_in_the_body{"gfr_reference_mL_per_min",
                                                   "body_weight_reference_kg",
                                                   "diet_reference_mg_per_d",
                                                   "f_im",
                                                   "f_glycine",
                                                   "f_uptake_without_gfr",
                                                   "uptake_gfr_exponent",
                                                   "f_load_retained_low",
                                                   "f_load_retained_high"};
  for (std::size_t i = 0; i < evidence::parameters.size(); ++i) {
    const std::string_view key = evidence::parameters[i].key;
    const bool elsewhere = not_in_the_body.contains(key) || key.starts_with("gfr_formula_") ||
                           key.starts_with("body_surface_") ||
                           evidence::parameters[i].organ == "effect";  // tests/effect
    INFO(std::string(key));
    CHECK(notices(i) != elsewhere);
  }
}
