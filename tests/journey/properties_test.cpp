// What must hold for everyone and every plan, tried on 1,000 random cases.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"
#include "random_plans.hpp"

using namespace mgpk;
using support::any_of;
using support::Random;
using support::Settled;
using support::uniform;

namespace {

/// Above what loose tolerances of 1e-6 leave open.
constexpr double slack = 1e-5;

std::vector<Settled> persons_by_gfr() {
  std::vector<Settled> people;
  for (const double gfr_mL_per_min : {8.0, 15.0, 25.0, 40.0, 60.0, 85.0, 110.0, 140.0, 180.0}) {
    Subject person;
    person.gfr_mL_per_min = gfr_mL_per_min;
    people.push_back(support::settled(person));
  }
  return people;
}

std::vector<Settled> persons_by_acid(std::initializer_list<double> f_acid_secreted) {
  std::vector<Settled> people;
  for (const double f : f_acid_secreted) {
    Subject person;
    person.f_acid_secreted = f;
    people.push_back(support::settled(person));
  }
  return people;
}

std::vector<Settled> unlike_people() {
  std::vector<Settled> people = persons_by_acid({0.1, 1.5});
  people.push_back(support::settled(support::small_woman()));
  people.push_back(support::settled(support::kidney_patient()));
  Subject heavy;
  heavy.weight_kg = 130;
  heavy.diet_mg_per_d = 500;
  heavy.meals_at_h = {7.0, 12.0, 15.5, 20.0};
  people.push_back(support::settled(heavy));
  return people;
}

Run run_of(const Settled& someone, const Schedule& plan, double until_h) {
  return simulate(someone.person, plan, support::quick(until_h, 1), someone.baseline);
}

/// One dose of a salt by mouth, fasted or with a meal, once or several times.
struct Swallowed {
  dose::Timing timing;
  bool with_meal;
  double mmol;

  explicit Swallowed(Random& random)
      : timing{.at_h = uniform(random, 0, 16)},
        with_meal(uniform(random, 0, 1) < 0.5),
        mmol(uniform(random, 1, 45)) {
    if (uniform(random, 0, 1) < 0.3) timing = {timing.at_h, uniform(random, 3, 12), 2, 0};
  }
  Schedule of(std::string_view salt, double factor = 1) const {
    return Schedule().oral(salt, mgpk::mmol(factor * mmol), timing, with_meal, "dose");
  }
};

double f_of_dose(const Run& run) { return run.f_absorbed().at("dose"); }

}  // namespace

TEST_CASE("more GFR never raises plasma magnesium (250 cases)") {
  Random random(401);
  const auto people = persons_by_gfr();
  for (int k = 0; k < 250; ++k) {
    INFO("case " << k);
    const auto plan = support::random_plan(random);
    const std::size_t less = support::below(random, people.size() - 1);
    const std::size_t more = less + 1 + support::below(random, people.size() - less - 1);
    const auto a = run_of(people[less], plan, 36), b = run_of(people[more], plan, 36);
    const auto high = a.trajectory.column("c_plasma_total_mmol_per_L");
    const auto low = b.trajectory.column("c_plasma_total_mmol_per_L");
    bool ordered = true;
    for (std::size_t row = 0; row < high.size(); ++row)
      ordered = ordered && low[row] <= high[row] * (1 + slack);
    CHECK(ordered);
  }
}

TEST_CASE("more dose never means less absorbed in mmol (250 cases)") {
  Random random(402);
  const auto people = persons_by_acid({0.05, 0.4, 1.0});
  for (int k = 0; k < 250; ++k) {
    INFO("case " << k);
    const auto& someone = any_of(random, people);
    const auto salt = support::any_salt(random);
    const Swallowed swallowed(random);
    const auto less = run_of(someone, swallowed.of(salt), 48);
    const auto more = run_of(someone, swallowed.of(salt, uniform(random, 1.01, 4)), 48);
    const auto a = less.trajectory.column("a_absorbed_mmol");
    const auto b = more.trajectory.column("a_absorbed_mmol");
    bool ordered = true;
    for (std::size_t row = 0; row < a.size(); ++row)
      ordered = ordered && b[row] >= a[row] * (1 - slack) - 1e-9;
    CHECK(ordered);
    CHECK(f_of_dose(more) <= f_of_dose(less) * (1 + slack));
  }
}

TEST_CASE("with acid blocked oxide is absorbed least of all (250 cases)") {
  Random random(403);
  const auto blocked = persons_by_acid({0.0, 0.05, 0.1});
  const auto untreated = support::settled(support::reference_adult());
  for (int k = 0; k < 250; ++k) {
    INFO("case " << k);
    const auto& patient = any_of(random, blocked);
    const Swallowed swallowed(random);
    const auto salt = any_of(random, support::acid_salts);
    const auto oxide = run_of(patient, swallowed.of(salt), 48);
    const auto soluble = run_of(patient, swallowed.of(any_of(random, support::soluble_salts)), 48);
    const auto with_acid = run_of(untreated, swallowed.of(salt), 48);
    CHECK(f_of_dose(oxide) >= 0);
    CHECK(f_of_dose(oxide) < f_of_dose(soluble));
    CHECK(f_of_dose(oxide) < f_of_dose(with_acid));
  }
}

TEST_CASE("no state falls below zero and every fraction lies between 0 and 1 (250 cases)") {
  Random random(404);
  const auto people = unlike_people();
  for (int k = 0; k < 250; ++k) {
    const auto run = run_of(any_of(random, people), support::random_plan(random), 48);
    const auto& table = run.trajectory;
    for (const auto& name : table.names()) {
      if (name == "a_ledger_gap_mmol") continue;
      const auto column = table.column(name);
      const auto [low, high] = std::minmax_element(column.begin(), column.end());
      INFO("case " << k << ", " << name);
      CHECK(*low >= -1e-10);
      if (name.starts_with("f_")) CHECK(*high <= 1);
    }
  }
}
