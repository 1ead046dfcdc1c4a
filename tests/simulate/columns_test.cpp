// The columns of a run: read-outs that belong together agree, in every row.
#include <mgpk/simulate/columns.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include <mgpk/simulate/simulate.hpp>

#include "bodies.hpp"
#include "people.hpp"

using namespace mgpk;

namespace {

const Run& example() {
  static const Run run =
      simulate(support::reference_adult(),
               Schedule()
                   .oral_mix({{"glycinate", 0.6}, {"oxide", 0.4}}, mmol(12), "buffered", {9})
                   .im("sulfate", mmol(8), {20})
                   .iv("sulfate", mmol(4), {.at_h = 3, .over_h = 5}),
               support::quick(30, 0.5));
  return run;
}

double at(std::size_t row, std::string_view name) { return example().trajectory.at(row, name); }

}  // namespace

TEST_CASE("names are unique, and every column is finite in every row") {
  const auto& table = example().trajectory;
  CHECK(std::set<std::string>(table.names().begin(), table.names().end()).size() ==
        table.names().size());
  CHECK(static_cast<std::size_t>(table.values().cols()) == table.names().size());
  CHECK(table.values().allFinite());
  CHECK(table.n_rows() == 61);
}

TEST_CASE("concentrations are amounts over volumes, and shares of each other") {
  const auto& p = example().start.parameters;
  for (std::size_t row = 0; row < example().trajectory.n_rows(); row += 7) {
    const double c = at(row, "c_plasma_total_mmol_per_L");
    const double uf = at(row, "c_plasma_ultrafilterable_mmol_per_L");
    CHECK(c == doctest::Approx(at(row, "a_plasma_mmol") / p.blood.v_plasma_L));
    CHECK(uf == doctest::Approx(p.blood.f_uf * c));
    CHECK(at(row, "c_plasma_ionized_mmol_per_L") == doctest::Approx(p.blood.f_ionized * c));
    CHECK(at(row, "c_plasma_ionized_mmol_per_L") < uf);
    CHECK(at(row, "filtered_load_mmol_per_h") == doctest::Approx(p.kidney.gfr_L_per_h * uf));
    CHECK(at(row, "urine_mmol_per_h") ==
          doctest::Approx(at(row, "f_excreted_renal") * at(row, "filtered_load_mmol_per_h")));
  }
}

TEST_CASE("totals are the sums of their labels and segments") {
  for (std::size_t row = 0; row < example().trajectory.n_rows(); row += 6) {
    double absorbed = 0, dissolved = 0, solid = 0, jejunum = 0;
    for (const char* label : {"food", "buffered_glycinate", "buffered_oxide", "endogenous"}) {
      const std::string name(label);
      absorbed += at(row, "a_absorbed_" + name + "_mmol");
      dissolved += at(row, "a_feces_dissolved_" + name + "_mmol");
      jejunum += at(row, "a_dissolved_jejunum_" + name + "_mmol");
      if (name != "endogenous") solid += at(row, "a_feces_solid_" + name + "_mmol");
    }
    CHECK(at(row, "a_absorbed_mmol") == doctest::Approx(absorbed));
    CHECK(at(row, "a_feces_dissolved_mmol") == doctest::Approx(dissolved));
    CHECK(at(row, "a_feces_solid_mmol") == doctest::Approx(solid));
    CHECK(at(row, "a_feces_mmol") == doctest::Approx(dissolved + solid));
    CHECK(at(row, "a_dissolved_jejunum_mmol") == doctest::Approx(jejunum));
    CHECK(at(row, "stool_water_g") ==
          doctest::Approx(example().start.parameters.gut.stool_water_g_per_mmol * dissolved));
  }
}

TEST_CASE("what was given is counted, the part of an intramuscular dose that is lost too") {
  const double f_im = evidence::Values<double>{}.f_im;
  CHECK(at(0, "a_given_mmol") == 0);
  CHECK(at(10, "a_given_mmol") == doctest::Approx(1.6));  // 5 h: two hours of infusion
  CHECK(at(39, "a_lost_im_mmol") == 0);
  CHECK(at(40, "a_lost_im_mmol") == doctest::Approx(8 * (1 - f_im)));
  CHECK(at(60, "a_given_mmol") == doctest::Approx(12 + 8 + 4 + 320 / 24.305));
}

TEST_CASE("the fraction absorbed of food counts what was in the gut at the start") {
  double before = 0;
  for (const double f : example().trajectory.column("f_absorbed_food")) {
    CHECK(f >= before * (1 - 0.9));
    CHECK(f >= 0);
    CHECK(f <= 1);
    before = f;
  }
}
