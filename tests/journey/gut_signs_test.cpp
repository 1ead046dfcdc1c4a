// The directions that the evidence gives for gut and cells; each would fail if its law were
// reversed.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>

#include <mgpk/simulate/simulate.hpp>

using namespace mgpk;

namespace {

/// Share of a soluble label of 20 mg that is absorbed, eaten in a meal of 65 mg.
double label_in_meal(double phytate_mmol, double oxalate_mmol, const Subject& person = {}) {
  Schedule plan;
  plan.fast(0, 12.5)
      .meal(elemental_mg(65), {.at_h = 8}, phytate_mmol, oxalate_mmol)
      .oral("chloride", elemental_mg(20), {.at_h = 8}, true);
  return simulate(person, plan, {.times_h = {0, 144}}).f_absorbed().at("chloride");
}

double absorbed_fasting(std::string_view salt, double mg, const Subject& person = {}) {
  Schedule plan;
  plan.fast(0, 12.5).oral(salt, elemental_mg(mg), {.at_h = 8});
  return simulate(person, plan, {.times_h = {0, 144}}).f_absorbed().at(std::string(salt));
}

Subject with(const std::string& key, double value) {
  Subject person;
  person.parameters[key] = value;
  person.allow_outside_range = true;
  return person;
}

}  // namespace

TEST_CASE(
    "phytate and oxalate of a meal lower the absorption of all its magnesium, more the more") {
  const double free = label_in_meal(0, 0);
  CHECK(label_in_meal(0.75, 0) < free);
  CHECK(label_in_meal(1.49, 0) < label_in_meal(0.75, 0));
  CHECK(label_in_meal(0, 6.6) < free);
  Subject whole_meal;
  whole_meal.diet_phytate_mmol_per_d = 3;
  const auto absorbed = [](const Subject& person) {
    const auto day = simulate(person, {.times_h = {0, 24}}).trajectory;
    return day.at(1, "a_absorbed_food_mmol");
  };
  CHECK(absorbed(whole_meal) < absorbed({}));
}

TEST_CASE("a meal slows the stomach, which raises absorption; its own magnesium lowers it") {
  const auto label = [](double meal_mg) {
    Schedule plan;
    plan.fast(0, 12.5).meal(elemental_mg(meal_mg), {.at_h = 8});
    plan.oral("chloride", elemental_mg(55), {.at_h = 8}, true);
    return simulate(Subject{}, plan, {.times_h = {0, 144}}).f_absorbed().at("chloride");
  };
  CHECK(label(0) > absorbed_fasting("chloride", 55));
  CHECK(label(107) < label(20));
}

TEST_CASE("more in one dose: more absorbed, a smaller share; divided doses a larger one") {
  double last_mg = 0, last_share = 1;
  for (const double mg : {10.0, 50.0, 100.0, 300.0, 900.0}) {
    const double share = absorbed_fasting("citrate", mg);
    CHECK(share < last_share);
    CHECK(share * mg > last_mg);
    last_share = share;
    last_mg = share * mg;
  }
}

TEST_CASE(
    "salts: citrate like chloride, oxide below hydroxide below citrate, sulfate a little less") {
  const double citrate = absorbed_fasting("citrate", 300);
  CHECK(citrate == doctest::Approx(absorbed_fasting("chloride", 300)).epsilon(1e-6));
  CHECK(absorbed_fasting("hydroxide", 300) < citrate);
  CHECK(absorbed_fasting("oxide", 300) < absorbed_fasting("hydroxide", 300));
  CHECK(absorbed_fasting("sulfate", 300) < citrate);
  CHECK(absorbed_fasting("sulfate", 300) > 0.9 * citrate);
}

TEST_CASE("a complex that does not let go lowers citrate, and hardly glycinate") {
  const Subject tight = with("f_labile_complex", 0.0);
  CHECK(absorbed_fasting("citrate", 300, tight) < 0.8 * absorbed_fasting("citrate", 300));
  CHECK(absorbed_fasting("glycinate", 300, tight) > 0.99 * absorbed_fasting("glycinate", 300));
}

TEST_CASE("red cells follow plasma down in depletion, with a delay; cells of tissue hold") {
  Schedule plan;
  plan.diet(12, 0, 504);
  const auto run = simulate(Subject{}, plan, {.times_h = {0, 168, 504}});
  const auto left = [&](std::size_t row, std::string_view column) {
    return run.trajectory.at(row, column) / run.trajectory.at(0, column);
  };
  for (const std::size_t row : {1U, 2U}) {
    CHECK(left(row, "a_red_cells_mmol") < 1);
    CHECK(left(row, "a_red_cells_mmol") > left(row, "a_plasma_mmol"));
  }
  CHECK(left(2, "a_cells_mmol") > 0.97);
}

TEST_CASE("slow adaptation, once on, works against a load and against a lack") {
  Schedule load, lack;
  load.oral("citrate", elemental_mg(300), {.at_h = 8, .every_h = 24, .times = 28}, true);
  lack.diet(50, 0, 672);
  const Subject on = with("adaptation_gain_relative", 0.1);
  const auto change = [](const Subject& person, const Schedule& plan) {
    const auto run = simulate(person, plan, {.times_h = {0, 679.5}});
    return run.trajectory.at(1, "a_plasma_mmol") - run.baseline.at(1, "a_plasma_mmol");
  };
  CHECK(change(on, load) > 0);
  CHECK(change(on, load) < change({}, load));
  CHECK(change(on, lack) < 0);
  CHECK(change(on, lack) > change({}, lack));
}
