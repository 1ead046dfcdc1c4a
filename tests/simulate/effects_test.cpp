// Effects read out of runs: drivers, days, flags, and what a supplement and an infusion do.
#include <mgpk/simulate/effects.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;
using simulation::effect_days_of;
using simulation::effects_of;

namespace {

simulation::Options until(double until_h, double every_h = 0.5) {
  auto options = support::quick(until_h, every_h);
  options.with_baseline = true;
  return options;
}

Run month_of(const std::string& salt, double mg) {
  return simulate({},
                  Schedule().oral(salt, elemental_mg(mg), {.at_h = 8, .every_h = 24, .times = 28}),
                  until(28 * 24));
}

double last(const simulation::Trajectory& table, std::string_view column) {
  return table.column(column).back();
}

double highest(const simulation::Trajectory& table, std::string_view column) {
  const auto values = table.column(column);
  return *std::max_element(values.begin(), values.end());
}

}  // namespace

TEST_CASE("the columns are those of the registry, at the times of the run") {
  const Run run =
      simulate({}, Schedule().oral("citrate", elemental_mg(300), {.at_h = 8}), until(48));
  const auto table = effects_of(run);
  std::set<std::string> expected{"time_h"};
  for (const auto& effect : effect::effects)
    for (const auto name : effect::words_of(effect.columns)) expected.emplace(name);
  CHECK(std::set<std::string>(table.names().begin(), table.names().end()) == expected);
  REQUIRE(table.n_rows() == run.trajectory.n_rows());
  CHECK(last(table, "time_h") == 48);
  CHECK(simulation::unit_of("stool_mass_g_per_d") == "g/d");
  CHECK(simulation::unit_of("glycine_mg_per_d") == "mg/d");
  CHECK(simulation::unit_of("urine_mmol_per_d") == "mmol/d");
}

TEST_CASE("the baseline alone is where nothing happens") {
  const auto table = effects_of(simulate({}, until(48)));
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    CHECK(table.at(row, "c_plasma_total_rise_mmol_per_L") == 0);
    CHECK(table.at(row, "c_csf_total_mmol_per_L") == 1.25);
    CHECK(table.at(row, "nmda_open_relative") == 1);
    CHECK(table.at(row, "nmj_release_relative") == 1);
    CHECK(table.at(row, "ryr1_release_relative") == 1);
    CHECK(table.at(row, "n_toxicity_bands") == 0);
  }
  CHECK(last(table, "stool_mass_g_per_d") == 130);
  CHECK(last(table, "f_loose_stool") == doctest::Approx(2.3263e-4).epsilon(1e-4));
}

TEST_CASE("a month of 400 mg: less than 1 % of NMDA block, less than 3 % of release") {
  const auto table = effects_of(month_of("glycinate", 400));
  const auto nmda = table.column("nmda_open_relative"), nmj = table.column("nmj_release_relative");
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    CHECK(nmda[row] > 0.99);
    CHECK(nmda[row] <= 1.0 + 1e-6);
    CHECK(nmj[row] > 0.95);
  }
  CHECK(last(table, "nmj_release_relative") < 1);
  CHECK(highest(table, "c_csf_total_mmol_per_L") - 1.25 < 0.01);
  CHECK(highest(table, "n_toxicity_bands") == 0);
  CHECK(last(table, "ryr1_release_relative") == 1);
}

TEST_CASE("soluble magnesium draws water, and what does not dissolve draws less") {
  const double citrate = last(effects_of(month_of("citrate", 300)), "stool_mass_g_per_d");
  const double oxide = last(effects_of(month_of("oxide", 300)), "stool_mass_g_per_d");
  CHECK(citrate > 180);
  CHECK(oxide < citrate);
  CHECK(oxide > 130);
  // 12.3 mmol in all, none of which draws more than 7.3 g.
  CHECK(citrate < 130 + 7.3 * 300 / 24.305 + 1e-6);
}

TEST_CASE("days: a row shows the last whole day, a sum over days is that of the run") {
  const Run run = month_of("citrate", 300);
  const auto table = effects_of(run);
  const auto days = effect_days_of(run);
  REQUIRE(days.n_rows() == 28);
  CHECK(std::isnan(table.at(47, "stool_mass_g_per_d")));  // 23.5 h
  CHECK(table.at(48, "stool_mass_g_per_d") == days.at(0, "stool_mass_g_per_d"));
  CHECK(table.at(95, "stool_mass_g_per_d") == days.at(0, "stool_mass_g_per_d"));
  CHECK(table.at(96, "stool_mass_g_per_d") == days.at(1, "stool_mass_g_per_d"));
  double urine = 0;
  for (const double mmol : days.column("urine_mmol_per_d")) urine += mmol;
  CHECK(urine == doctest::Approx(run.trajectory.column("a_urine_mmol").back()).epsilon(1e-9));
}

TEST_CASE("a day without outputs at its midnights is not known") {
  auto options = until(0);
  options.times_h = {0, 20, 48, 72};
  const Run run = simulate({}, Schedule().oral("citrate", elemental_mg(300), {.at_h = 8}), options);
  const auto days = effect_days_of(run);
  CHECK(std::isnan(days.at(0, "stool_mass_g_per_d")));
  CHECK(std::isnan(days.at(1, "stool_mass_g_per_d")));
  CHECK(std::isfinite(days.at(2, "stool_mass_g_per_d")));
}

TEST_CASE("glycine: its mass by day, and the rise of plasma") {
  const auto plan =
      Schedule().oral("glycinate", elemental_mg(100), {.at_h = 24, .every_h = 12, .times = 3});
  const auto days = effect_days_of(simulate({}, plan, until(72)));
  CHECK(days.at(0, "glycine_mg_per_d") == 0);  // midnight belongs to the day it opens
  CHECK(days.at(1, "glycine_mg_per_d") == doctest::Approx(2 * 617.7).epsilon(1e-4));
  CHECK(days.at(2, "glycine_mg_per_d") == doctest::Approx(617.7).epsilon(1e-4));
}

TEST_CASE("free glycine of 100 to 400 mg of magnesium raises plasma by 69 to 274 umol/L") {
  Subject person;
  person.parameters["ka_glycine_per_h"] = 2;
  const double expected[][2] = {{100, 0.069}, {200, 0.137}, {300, 0.206}, {400, 0.274}};
  for (const auto& row : expected) {
    const auto plan = Schedule().oral("glycinate", elemental_mg(row[0]), {.at_h = 1});
    const auto table = effects_of(simulate(person, plan, until(6, 0.05)));
    CHECK(highest(table, "c_glycine_rise_mmol_per_L") == doctest::Approx(row[1]).epsilon(0.01));
  }
}

TEST_CASE("an infusion that doubles plasma for a day reaches CSF, the block and the ladder") {
  const auto plan = Schedule()
                        .iv("sulfate", mmol(16), {.at_h = 0, .over_h = 0.33})
                        .iv("sulfate", mmol(96), {.at_h = 0.33, .over_h = 24});
  const auto table = effects_of(simulate({}, plan, until(24)));
  CHECK(last(table, "c_csf_total_mmol_per_L") > 1.25 + 0.08);
  CHECK(last(table, "nmda_open_relative") < 0.96);
  CHECK(last(table, "nmj_release_relative") < 0.8);
  CHECK(highest(table, "n_band_therapeutic") == 1);
  CHECK(highest(table, "n_band_arrest") == 0);
}

TEST_CASE("Brewer 2001: 20 mmol in half an hour move CSF by 0.03 in 4 h, where nothing was seen") {
  const auto plan = Schedule().iv("sulfate", mmol(20), {.at_h = 0, .over_h = 0.5});
  const auto table = effects_of(simulate({}, plan, until(4, 0.05)));
  const double rise = last(table, "c_csf_total_mmol_per_L") - 1.25;
  CHECK(rise > 0.02);
  CHECK(rise < 0.04);
}

TEST_CASE("options: potential, law and calcium") {
  const Run run = month_of("citrate", 300);
  const double usual = effects_of(run).at(0, "f_nmda_open");
  CHECK(usual == doctest::Approx(0.0976).epsilon(0.001));
  CHECK(effects_of(run, {.membrane_mV = 0}).at(0, "f_nmda_open") ==
        doctest::Approx(0.8169).epsilon(1e-3));
  CHECK(effects_of(run, {.nmda_law = simulation::NmdaLaw::wang}).at(0, "f_nmda_open") < 0.01);
  CHECK(effects_of(run, {.nmda_law = simulation::NmdaLaw::woodhull}).at(0, "f_nmda_open") != usual);
  CHECK(last(effects_of(run, {.c_calcium_ionized_mmol_per_L = 0.6}), "nmj_release_relative") !=
        last(effects_of(run), "nmj_release_relative"));
  CHECK_THROWS_AS(effects_of(run, {.membrane_mV = -0.06e6}), InputError);
  CHECK_THROWS_AS(effects_of(run, {.c_calcium_ionized_mmol_per_L = 12}), InputError);
}

TEST_CASE("a person's own numbers of effects are read") {
  Subject person;
  person.parameters["stool_mass_usual_g_per_d"] = 150;
  CHECK(last(effects_of(simulate(person, until(24))), "stool_mass_g_per_d") == 150);
}

TEST_CASE("only the law that is read is to be verified") {
  const auto& nmda = effect::effect("nmda_block");
  const auto has = [&](simulation::NmdaLaw law, std::string_view key) {
    const auto keys = simulation::to_verify(nmda, {.nmda_law = law});
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  CHECK(has(simulation::NmdaLaw::jahr_stevens, "k_csf_per_h"));
  CHECK(!has(simulation::NmdaLaw::jahr_stevens, "f_nmda_woodhull_field"));
  CHECK(has(simulation::NmdaLaw::woodhull, "f_nmda_woodhull_field"));
}

TEST_CASE("a run without baseline is refused") {
  auto options = until(24);
  options.with_baseline = false;
  CHECK_THROWS_WITH_AS(effects_of(simulate({}, options)),
                       "effects need the baseline run beside the run, but it is a run without "
                       "baseline; simulate with with_baseline = true",
                       InputError);
}

TEST_CASE("a run that failed is not known from there on") {
  auto options = until(48);
  options.throw_on_failure = false;
  Run run = simulate({}, Schedule().oral("citrate", elemental_mg(300), {.at_h = 8}), options);
  for (Eigen::Index row = 60; row < run.trajectory.values().rows(); ++row)
    run.trajectory.values()
        .row(row)
        .tail(run.trajectory.values().cols() - 1)
        .setConstant(std::nan(""));
  const auto table = effects_of(run);
  CHECK(std::isfinite(table.at(59, "nmda_open_relative")));
  for (const auto& name : table.names())
    if (name != "time_h" && !name.ends_with("_per_d") && name != "f_loose_stool") {
      CAPTURE(name);
      CHECK(std::isnan(table.at(60, name)));
      CHECK(std::isnan(table.column(name).back()));
    }
  CHECK(std::isfinite(table.at(60, "stool_mass_g_per_d")));  // of the first day
  CHECK(std::isnan(table.column("stool_mass_g_per_d").back()));
}

TEST_CASE("what was taken for long before has reached CSF") {
  const auto regimen =
      Schedule().oral("citrate", elemental_mg(400), {.at_h = 8, .every_h = 24, .times = 2});
  const auto steady = steady_state({}, regimen);
  const auto table = effects_of(simulate({}, {}, until(24), steady));
  CHECK(
      table.at(0, "c_csf_total_mmol_per_L") ==
      doctest::Approx(1.25 + 0.15 * table.at(0, "c_plasma_total_rise_mmol_per_L")).epsilon(1e-12));
  CHECK(table.at(0, "c_csf_total_mmol_per_L") > 1.25);
}
