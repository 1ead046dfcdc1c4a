// Which numbers a run rests on, held against the model: a number plays a part if the run moves with
// it.
#include <mgpk/simulate/used_parameters.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

/// Few outputs, well below what a number moves.
simulation::Options sharp() {
  auto options = support::until(24);
  options.every_h = 8;
  options.relative_tolerance = 1e-9;
  options.absolute_tolerance_mmol = 1e-12;
  options.with_baseline = false;
  return options;
}

bool shows_magnesium(std::string_view column) {
  return column != "a_acid_stomach_mmol" && column != "n_meals_in_stomach";
}

/// Glycine is of interest where some was swallowed.
bool counts(std::string_view column, const Run& run) {
  const bool swallowed = std::any_of(run.sources.begin(), run.sources.end(), [](const auto& s) {
    return !s.salt.empty() && dose::salt(s.salt).glycine_per_magnesium > 0;
  });
  return shows_magnesium(column) && (swallowed || column.find("glycine") == column.npos);
}

/// To what the solver leaves open: steps may fall otherwise, even where a number plays no part.
bool same(const Run& a, const Run& b) {
  for (const auto& name : a.trajectory.names()) {
    if (!counts(name, a)) continue;
    const auto x = a.trajectory.column(name), y = b.trajectory.column(name);
    double largest = 0, apart = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      largest = std::max(largest, std::abs(x[i]));
      apart = std::max(apart, std::abs(x[i] - y[i]));
    }
    if (apart > 1e-7 * largest + 1e-9) return false;
  }
  return true;
}

/// Somewhat more of one number; of one that is nothing, its upper end.
Subject with_more(const Subject& person, const evidence::Parameter& row) {
  Subject other = person;
  other.allow_outside_range = true;
  const double now = evidence::get(body::values_of(person), row.key);
  const double more = now == 0.0 ? row.high : 1.02 * now;
  other.parameters[std::string(row.key)] = more;
  if (row.key.starts_with("f_tm_")) {  // shares: another one gives way
    const std::string gives = row.key == "f_tm_tal" ? "f_tm_pt" : "f_tm_tal";
    other.parameters[gives] = evidence::get(body::values_of(person), gives) - (more - now);
  }
  return other;
}

void check_all_numbers(const Subject& person, const Schedule& plan) {
  const Run run = simulate(person, plan, sharp());
  const auto used = simulation::used_parameters(run);
  for (const auto& row : evidence::parameters) {
    if (row.organ == "effect") continue;  // all at once, below
    // Where no albumin was given it is this one, and what it is compared with.
    if (row.key == "albumin_reference_g_per_L" && !person.albumin_g_per_L) continue;
    CAPTURE(std::string(row.key));
    const bool plays_a_part = std::find(used.begin(), used.end(), row.key) != used.end();
    const bool moves = !same(run, simulate(with_more(person, row), plan, sharp()));
    CHECK_MESSAGE(plays_a_part == moves,
                  "mgpk/simulate/used_parameters.hpp must name when a number plays a part");
  }
}

bool uses(const Run& run, std::string_view key) {
  const auto keys = simulation::used_parameters(run);
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TEST_CASE("the numbers of a soluble salt with a meal in somebody of whom all is known") {
  Subject person = support::reference_adult();
  person.weight_kg = 62;
  person.gfr_mL_per_min = 105;
  person.diet_mg_per_d = 300;
  person.albumin_g_per_L = 42;
  check_all_numbers(person, Schedule().oral("glycinate", elemental_mg(300), {.at_h = 9}, true));
}

TEST_CASE("the numbers of acid salts while a drug acts, and of meals that bind") {
  Subject person;
  person.sex = Sex::female;
  person.age_y = 70;
  person.weight_kg = 62;
  person.height_cm = 165;
  person.creatinine_mg_per_dL = 1.4;
  person.parameters["adaptation_gain_relative"] = 0.1;
  Schedule plan;
  plan.oral("oxide", elemental_mg(300), {.at_h = 9})
      .oral("hydroxide", elemental_mg(100), {.at_h = 10})
      .oral("malate", elemental_mg(100), {.at_h = 11})
      .meal(ElementalMass{20}, {.at_h = 12}, 0.5, 1.0)
      .modify("thiazide", {.at_h = 10, .over_h = 8});
  check_all_numbers(person, plan);
}

TEST_CASE("the numbers of doses past the gut, in a man of whom only creatinine is known") {
  Subject person;
  person.sex = Sex::male;
  person.age_y = 25;
  person.weight_kg = 80;
  person.height_cm = 180;
  person.creatinine_mg_per_dL = 0.8;
  const Schedule plan = Schedule()
                            .im("sulfate", mmol(8), {.at_h = 2})
                            .iv("sulfate", mmol(4), {.at_h = 6, .over_h = 2});
  check_all_numbers(person, plan);
  const Run run = simulate(Subject{}, plan, sharp());
  CHECK(uses(run, "f_im"));
  CHECK(uses(run, "body_weight_reference_kg"));
  CHECK(uses(run, "diet_reference_mg_per_d"));
  CHECK_FALSE(uses(run, "k_dissolution_soluble_per_h"));
  CHECK_FALSE(uses(run, "f_glycine"));
  CHECK_FALSE(uses(run, "acid_half_mmol"));
}

TEST_CASE("the numbers of effects play a part in no run") {
  Subject person, other;
  other.allow_outside_range = true;
  for (const auto& row : evidence::parameters)
    if (row.organ == "effect") other = with_more(other, row);
  REQUIRE(other.parameters.size() > 40);
  const Schedule plan = Schedule().oral("glycinate", elemental_mg(300), {.at_h = 9});
  const Run run = simulate(person, plan, sharp());
  CHECK(same(run, simulate(other, plan, sharp())));
  for (const auto& [key, value] : other.parameters) CHECK_FALSE(uses(run, key));
}

TEST_CASE("what a person took before a run is a part of it") {
  const simulation::History before{Schedule().oral("glycinate", elemental_mg(100), {.at_h = 8}),
                                   24.0};
  const Schedule plan = Schedule().im("sulfate", mmol(8), {.at_h = 2});
  const Run run = simulate(support::reference_adult(), plan, sharp(), before);
  CHECK(uses(run, "f_glycine"));
  CHECK(uses(run, "k_dissolution_soluble_per_h"));
  CHECK(uses(run, "ka_im_per_h"));
}
