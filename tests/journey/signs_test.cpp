// The signs that the evidence gives: each would fail if its law were turned round.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

/// Morning, before breakfast.
constexpr std::size_t fasting_row = 7;

struct Usual {
  double c_plasma_total_mmol_per_L, c_plasma_ionized_mmol_per_L, f_excreted_renal;
  double urine_mmol, absorbed_mmol;
};

Usual usual_of(const Subject& person) {
  const auto run = simulate(person, support::until(24));
  const auto& t = run.trajectory;
  return {t.at(fasting_row, "c_plasma_total_mmol_per_L"),
          t.at(fasting_row, "c_plasma_ionized_mmol_per_L"), t.at(fasting_row, "f_excreted_renal"),
          t.column("a_urine_mmol").back(), t.column("a_absorbed_food_mmol").back()};
}

Subject with(const std::vector<std::string>& modifiers) {
  Subject person;
  for (const auto& name : modifiers) person.modifiers[name] = 1;
  return person;
}

const Usual& reference() {
  static const Usual usual = usual_of({});
  return usual;
}

/// Urine of the day on which things act from its start, relative to the usual.
double urine_ratio(const std::vector<std::string_view>& modifiers, double over_h = 24) {
  Schedule plan;
  for (const auto name : modifiers) plan.modify(name, {.over_h = over_h});
  const auto run = simulate({}, plan, support::until(24));
  return run.trajectory.column("a_urine_mmol").back() / run.baseline.column("a_urine_mmol").back();
}

double f_absorbed(const Subject& person, std::string_view salt) {
  const auto plan = Schedule().oral(salt, elemental_mg(300), {9});
  return simulate(person, plan, support::until(72)).f_absorbed().at(std::string(salt));
}

}  // namespace

TEST_CASE("a thiazide raises urine within a day and lowers plasma in the long run") {
  CHECK(urine_ratio({"thiazide"}) > 1.17);
  CHECK(usual_of(with({"thiazide"})).c_plasma_total_mmol_per_L <
        reference().c_plasma_total_mmol_per_L);
}

TEST_CASE("a loop diuretic raises urine within a day, less than a thiazide") {
  CHECK(urine_ratio({"loop_diuretic"}) > 1.05);
  CHECK(urine_ratio({"loop_diuretic"}) < urine_ratio({"thiazide"}));
}

TEST_CASE("a potassium-sparing diuretic opposes a thiazide, and alone holds magnesium") {
  CHECK(urine_ratio({"thiazide", "potassium_sparing"}) < urine_ratio({"thiazide"}));
  CHECK(usual_of(with({"thiazide", "potassium_sparing"})).c_plasma_total_mmol_per_L >
        usual_of(with({"thiazide"})).c_plasma_total_mmol_per_L);
  CHECK(usual_of(with({"potassium_sparing"})).c_plasma_total_mmol_per_L >
        reference().c_plasma_total_mmol_per_L);
}

TEST_CASE("an SGLT2 inhibitor raises serum") {
  const double change = usual_of(with({"sglt2_inhibitor"})).c_plasma_total_mmol_per_L -
                        reference().c_plasma_total_mmol_per_L;
  CHECK(change > 0.04);
  CHECK(change < 0.10);
}

TEST_CASE("less acid lowers what is absorbed of oxide, and hardly that of citrate") {
  const auto blocked = with({"proton_pump_inhibitor"});
  CHECK(f_absorbed(blocked, "oxide") < 0.8 * f_absorbed({}, "oxide"));
  CHECK(f_absorbed(blocked, "citrate") > 0.9 * f_absorbed({}, "citrate"));
  const auto weaker = with({"h2_blocker"});
  CHECK(f_absorbed(weaker, "oxide") < f_absorbed({}, "oxide"));
  CHECK(f_absorbed(weaker, "oxide") > f_absorbed(blocked, "oxide"));
}

TEST_CASE("pregnancy lowers total plasma, and ionized by less") {
  Subject pregnant;
  pregnant.pregnant = true;
  const auto now = usual_of(pregnant);
  const double total = now.c_plasma_total_mmol_per_L / reference().c_plasma_total_mmol_per_L;
  const double ionized = now.c_plasma_ionized_mmol_per_L / reference().c_plasma_ionized_mmol_per_L;
  CHECK(total < 0.95);
  CHECK(ionized < 0.95);
  CHECK(ionized > total);
}

TEST_CASE(
    "kidney disease lowers absorption, raises plasma, and raises it more under a supplement") {
  Subject patient;
  patient.gfr_mL_per_min = 15;
  const auto plan = Schedule().oral("citrate", mmol(15), {.at_h = 8, .every_h = 24, .times = 2});
  const auto rise_mmol_per_L = [&](const Subject& person) {
    const auto steady = steady_state(person, plan);
    return steady.levels.c_plasma_total_mean_mmol_per_L -
           steady.baseline_levels.c_plasma_total_mean_mmol_per_L;
  };
  const auto sick = usual_of(patient);
  CHECK(sick.absorbed_mmol < 0.85 * reference().absorbed_mmol);
  CHECK(sick.c_plasma_total_mmol_per_L > reference().c_plasma_total_mmol_per_L);
  CHECK(rise_mmol_per_L(patient) > 1.5 * rise_mmol_per_L({}));
}

// On poorer diets plasma has a maximum on the way: the fall of uptake wins (docs/people.md).
TEST_CASE("more filtration never means more plasma, from 5 to 150 mL/min and 140 mg/d upward") {
  for (const double diet_mg_per_d : {140.0, 320.0, 900.0}) {
    double last = 1e9;
    for (const double gfr_mL_per_min :
         {5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, 55.0, 75.0, 90.0, 105.0, 119.0, 121.0, 150.0}) {
      Subject person;
      person.gfr_mL_per_min = gfr_mL_per_min;
      person.diet_mg_per_d = diet_mg_per_d;
      const double c = usual_of(person).c_plasma_total_mmol_per_L;
      CAPTURE(gfr_mL_per_min);
      CAPTURE(diet_mg_per_d);
      CHECK(c < last);
      last = c;
    }
  }
}

TEST_CASE("where the tubule fails plasma is low, and its fractional excretion is not") {
  for (const auto* name : {"gitelman", "bartter", "claudin_16_19", "cnnm2"}) {
    CAPTURE(name);
    const auto now = usual_of(with({name}));
    CHECK(now.c_plasma_total_mmol_per_L < reference().c_plasma_total_mmol_per_L);
    CHECK(now.f_excreted_renal > reference().f_excreted_renal);
  }
  CHECK(usual_of(with({"gitelman"})).c_plasma_total_mmol_per_L < 0.7);
  CHECK(usual_of(with({"cnnm2"})).c_plasma_total_mmol_per_L < 0.7);
}

TEST_CASE("without TRPM6 the gut fails: low absorption, low plasma, little urine") {
  const auto now = usual_of(with({"trpm6"}));
  CHECK(now.absorbed_mmol < 0.4 * reference().absorbed_mmol);
  CHECK(now.c_plasma_total_mmol_per_L < 0.6 * reference().c_plasma_total_mmol_per_L);
  CHECK(now.urine_mmol < 0.3 * reference().urine_mmol);
}

TEST_CASE("after resection of the ileum less is absorbed, of food and of a salt") {
  const auto short_gut = with({"ileal_resection"});
  CHECK(usual_of(short_gut).absorbed_mmol < 0.9 * reference().absorbed_mmol);
  CHECK(f_absorbed(short_gut, "glycinate") < 0.9 * f_absorbed({}, "glycinate"));
}

TEST_CASE("alcohol and caffeine raise urine while they act") {
  CHECK(urine_ratio({"alcohol"}, 4) > 1);
  CHECK(urine_ratio({"caffeine"}, 2) > 1);
}

TEST_CASE("work in the heat loses magnesium through the skin, and endurance holds urine back") {
  const auto run =
      simulate({}, Schedule().modify("heat_work", {.at_h = 10, .over_h = 1.5}), support::until(24));
  CHECK(run.trajectory.column("a_sweat_mmol").back() >
        2 * run.baseline.column("a_sweat_mmol").back());
  CHECK(urine_ratio({"endurance_exercise"}, 4) < 1);
}

TEST_CASE("age acts through the GFR of the formula alone") {
  Subject young = support::small_woman();
  Subject old = young;
  young.age_y = 30;
  old.age_y = 80;
  CHECK(body::gfr_mL_per_min(old) < body::gfr_mL_per_min(young));
  CHECK(usual_of(old).c_plasma_total_mmol_per_L > usual_of(young).c_plasma_total_mmol_per_L);
}

TEST_CASE("three weeks almost without magnesium deplete, and urine nearly stops") {
  const auto run = simulate({}, {}, support::until(24), simulation::after_diet(12, 21 * 24));
  CHECK(run.trajectory.at(fasting_row, "c_plasma_total_mmol_per_L") <
        0.9 * reference().c_plasma_total_mmol_per_L);
  CHECK(run.trajectory.column("a_urine_mmol").back() < 1.5);
}
