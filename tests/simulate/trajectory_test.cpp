// The table of a run: columns by name, with units, in the clinic's units on request.
#include <mgpk/simulate/trajectory.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace mgpk;
using simulation::Trajectory;
using simulation::unit_of;

namespace {

Trajectory small_table() {
  Trajectory table({"time_h", "c_plasma_total_mmol_per_L", "c_glycine_mmol_per_L"}, 3);
  for (int row = 0; row < 3; ++row) {
    table.values()(row, 0) = row;
    table.values()(row, 1) = 0.8 + 0.1 * row;
  }
  return table;
}

}  // namespace

TEST_CASE("columns are found by name; what was not written is NaN") {
  const auto table = small_table();
  CHECK(table.n_rows() == 3);
  CHECK(table.has("time_h"));
  CHECK_FALSE(table.has("time"));
  CHECK(table.column("time_h")[2] == 2);
  CHECK(table.at(1, "c_plasma_total_mmol_per_L") == doctest::Approx(0.9));
  CHECK(std::isnan(table.at(0, "c_glycine_mmol_per_L")));
  CHECK(table.column(0).data() == table.column("time_h").data());
  CHECK(Trajectory().n_rows() == 0);
}

TEST_CASE("an unknown column is refused with the nearest names") {
  CHECK_THROWS_WITH_AS(small_table().column("c_plasma_mmol_per_L"),
                       "column must be one of the run's, but it is \"c_plasma_mmol_per_L\"; did "
                       "you mean \"c_plasma_total_mmol_per_L\" or \"c_glycine_mmol_per_L\"?",
                       UnknownNameError);
  CHECK_THROWS_WITH_AS(small_table().column("zinc"),
                       "column must be one of the run's, but it is \"zinc\"; the names of all "
                       "columns are in names()",
                       UnknownNameError);
}

TEST_CASE("units are read from names") {
  CHECK(unit_of("time_h") == "h");
  CHECK(unit_of("a_urine_mmol") == "mmol");
  CHECK(unit_of("c_plasma_total_mmol_per_L") == "mmol/L");
  CHECK(unit_of("c_plasma_total_mg_per_dL") == "mg/dL");
  CHECK(unit_of("c_plasma_total_mEq_per_L") == "mEq/L");
  CHECK(unit_of("auc_plasma_total_mmol_h_per_L") == "mmol*h/L");
  CHECK(unit_of("urine_mmol_per_h") == "mmol/h");
  CHECK(unit_of("stool_water_g") == "g");
  CHECK(unit_of("f_excreted_renal") == "1");
  CHECK(unit_of("n_meals_in_stomach") == "1");
  CHECK(unit_of("f_absorbed_at_22_h") == "1");
}

TEST_CASE("clinical units: 1 mmol/L is 2.4305 mg/dL and 2 mEq/L") {
  const auto table = small_table();
  const auto mass = simulation::in_clinical_unit(table, "c_plasma_total_mg_per_dL");
  const auto charge = simulation::in_clinical_unit(table, "c_plasma_total_mEq_per_L");
  REQUIRE(mass.size() == 3);
  CHECK(mass[0] == doctest::Approx(0.8 * 2.4305).epsilon(1e-14));
  CHECK(charge[2] == doctest::Approx(2.0).epsilon(1e-14));
}

TEST_CASE("only magnesium has clinical units, and only concentrations that there are") {
  const auto table = small_table();
  CHECK(simulation::in_clinical_unit(table, "c_glycine_mEq_per_L").empty());
  CHECK(simulation::in_clinical_unit(table, "c_bone_mg_per_dL").empty());
  CHECK(simulation::in_clinical_unit(table, "c_plasma_total_mmol_per_L").empty());
}
