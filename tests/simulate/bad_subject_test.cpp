// Persons that cannot be, each refused with the rule, the value and what to do.
#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double endless = std::numeric_limits<double>::infinity();

/// The small woman, whose GFR comes from creatinine, with one thing changed.
template <class Change>
void refused(Change&& change, const char* message) {
  Subject person = support::small_woman();
  change(person);
  CHECK_THROWS_WITH_AS(body::validate(person), message, InputError);
}

}  // namespace

TEST_CASE("the persons of the tests are accepted") {
  CHECK_NOTHROW(body::validate(support::reference_adult()));
  CHECK_NOTHROW(body::validate(support::kidney_patient()));
  CHECK_NOTHROW(body::validate(support::small_woman()));
}

TEST_CASE("weight, height and age") {
  refused([](Subject& s) { s.weight_kg = 0; },
          "weight_kg must lie between 1 and 400, but it is 0; give the body weight in kilograms");
  refused([](Subject& s) { s.weight_kg = -3; },
          "weight_kg must lie between 1 and 400, but it is -3; give the body weight in kilograms");
  refused([](Subject& s) { s.weight_kg = not_a_number; },
          "weight_kg must lie between 1 and 400, but it is nan; give the body weight in kilograms");
  refused([](Subject& s) { s.weight_kg = 70000; },
          "weight_kg must lie between 1 and 400, but it is 70000; give the body weight in "
          "kilograms");
  refused([](Subject& s) { s.height_cm = 1.68; },
          "height_cm must lie between 30 and 260, but it is 1.68; give the height in centimetres");
  refused([](Subject& s) { s.age_y = 150; },
          "age_y must lie between 0 and 120, but it is 150; give the age in years");
}

TEST_CASE("GFR and creatinine") {
  refused(
      [](Subject& s) { s.gfr_mL_per_min = 0.12; },
      "gfr_mL_per_min must lie between 1 and 250, but it is 0.12; give the GFR of the person in "
      "mL/min, not indexed and not in L/h");
  refused(
      [](Subject& s) { s.gfr_mL_per_min = 7200; },
      "gfr_mL_per_min must lie between 1 and 250, but it is 7200; give the GFR of the person in "
      "mL/min, not indexed and not in L/h");
  refused([](Subject& s) { s.creatinine_mg_per_dL = 88.4; },
          "creatinine_mg_per_dL must lie between 0.1 and 20, but it is 88.4; give serum creatinine "
          "in mg/dL (divide umol/L by 88.4)");
  refused([](Subject& s) { s.gfr_mL_per_min = 90; },
          "a subject takes either gfr_mL_per_min or creatinine_mg_per_dL, but it is 90 mL/min and "
          "0.9 mg/dL; leave one of the two out");
}

TEST_CASE("the formula for the GFR where it does not hold") {
  refused([](Subject& s) { s.pregnant = true; },
          "CKD-EPI 2021 does not hold in pregnancy, but it is pregnant = true; give a measured "
          "gfr_mL_per_min instead of creatinine");
  refused([](Subject& s) { s.age_y = 9; },
          "CKD-EPI 2021 holds for adults only, age_y >= 18, but it is 9; give a measured "
          "gfr_mL_per_min instead of creatinine");
  refused([](Subject& s) { s.age_y.reset(); },
          "the GFR formula needs sex, age_y, weight_kg and height_cm, but it is without age_y; "
          "give all four, or give gfr_mL_per_min instead of creatinine");
  refused([](Subject& s) { s.sex.reset(); },
          "the GFR formula needs sex, age_y, weight_kg and height_cm, but it is without sex; "
          "give all four, or give gfr_mL_per_min instead of creatinine");
}

TEST_CASE("more ionized than ultrafilterable magnesium") {
  Subject person;
  person.parameters = {{"f_ionized_reference", 0.7}, {"f_uf_reference", 0.65}};
  CHECK_THROWS_WITH_AS(body::validate(person),
                       "the ionized share cannot be larger than the ultrafilterable one, but it is "
                       "0.7 against 0.65; lower f_ionized_reference or raise f_uf_reference",
                       InputError);
}

TEST_CASE("a GFR that the formula gives, but no person has") {
  Subject giant = support::small_woman();
  giant.weight_kg = 400;
  giant.height_cm = 260;
  giant.creatinine_mg_per_dL = 0.1;
  giant.age_y = 18;
  CHECK_THROWS_WITH_AS(body::validate(giant),
                       doctest::Contains("gfr_mL_per_min by CKD-EPI 2021 must lie between 1 and "
                                         "250, but it is 6"),
                       InputError);
}

TEST_CASE("diet and meals") {
  refused([](Subject& s) { s.diet_mg_per_d = -1; },
          "diet_mg_per_d must lie between 0 and 3000, but it is -1; give elemental magnesium in mg "
          "per day");
  refused(
      [](Subject& s) { s.diet_mg_per_d = endless; },
      "diet_mg_per_d must lie between 0 and 3000, but it is inf; give elemental magnesium in mg "
      "per day");
  refused([](Subject& s) { s.meals_at_h = std::vector<double>{}; },
          "a diet needs at least one meal a day, but it is an empty list of meals_at_h; give "
          "meals_at_h, or diet_mg_per_d = 0");
  refused(
      [](Subject& s) {
        s.meals_at_h = {8, 24};
      },
      "meals_at_h must be clock times from 0 to below 24, but it is 24; give hours after "
      "midnight, such as 8, 13, 19");
  refused(
      [](Subject& s) {
        s.meals_at_h = {8, not_a_number};
      },
      "meals_at_h must be clock times from 0 to below 24, but it is nan; give hours after "
      "midnight, such as 8, 13, 19");
  refused(
      [](Subject& s) {
        s.meals_at_h = {13, 8};
      },
      "meals_at_h must rise strictly, but it is 8; sort the meal times and give each once");
  refused(
      [](Subject& s) {
        s.meals_at_h = {8, 8};
      },
      "meals_at_h must rise strictly, but it is 8; sort the meal times and give each once");
}

TEST_CASE("blood, acid and pregnancy") {
  refused(
      [](Subject& s) { s.albumin_g_per_L = 4.2; },
      "albumin_g_per_L must lie between 5 and 70, but it is 4.2; give albumin in g/L (ten times "
      "the value in g/dL)");
  refused([](Subject& s) { s.c_plasma_total_mmol_per_L = 20; },
          "c_plasma_total_mmol_per_L must lie between 0.3 and 3, but it is 20; give total plasma "
          "magnesium in mmol/L (mg/dL times 0.4114)");
  refused([](Subject& s) { s.f_acid_secreted = -0.1; },
          "f_acid_secreted must lie between 0 and 3, but it is -0.1; give gastric acid relative to "
          "normal: 1 untreated, less under an acid blocker");
  refused(
      [](Subject& s) {
        s.pregnant = true;
        s.sex = Sex::male;
      },
      "a pregnant subject is female, but it is sex = male; set sex to female or pregnant to false");
}

TEST_CASE("overrides of the evidence") {
  refused([](Subject& s) { s.parameters["tm_mmol_per_l"] = 0.6; },
          "parameter must be one of the evidence table, but it is \"tm_mmol_per_l\"; did you mean "
          "\"tm_mmol_per_L\" or \"splay_mmol_per_L\"?");
  refused([](Subject& s) { s.parameters["f_uf_reference"] = 70; },
          "f_uf_reference must lie between 0.65 and 0.81, but it is 70; give a value in the range "
          "of the evidence, or set allow_outside_range");
  refused([](Subject& s) { s.parameters["t_colon_h"] = not_a_number; },
          "t_colon_h must be finite, but it is nan; give a number in h");
  Subject outside;
  outside.parameters["tm_mmol_per_L"] = 0.5;
  CHECK_THROWS_AS(body::validate(outside), InputError);
  outside.allow_outside_range = true;
  CHECK_NOTHROW(body::validate(outside));
}

TEST_CASE("a bad person is refused by every door, with or without a baseline found before") {
  const auto baseline = simulation::baseline_of({}, support::quick(24));
  Subject person;
  person.meals_at_h = {8, 8};
  const auto plan = Schedule().oral("citrate", mmol(5), {9});
  CHECK_THROWS_AS(simulate(person, plan, support::quick(24)), InputError);
  CHECK_THROWS_AS(simulate(person, plan, support::quick(24), baseline), InputError);
  CHECK_THROWS_AS(simulate(person, support::quick(24)), InputError);
}
