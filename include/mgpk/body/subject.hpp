// A person: what mgpk asks of them, what it assumes where nothing was said, and what it refuses.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/changes.hpp>
#include <mgpk/error.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/gut/uptake_by_filtration.hpp>
#include <mgpk/kidney/gfr.hpp>

namespace mgpk {

using kidney::Sex;

/// A person. Everything has a stated default (the reference adult of data/parameters.csv); what was
/// not given is listed by `assumptions`, so that no default is silent.
struct Subject {
  std::optional<Sex> sex{};                      ///< needed with creatinine
  std::optional<double> age_y{};                 ///< needed with creatinine; (0, 120]
  std::optional<double> weight_kg{};             ///< [1, 400]
  std::optional<double> height_cm{};             ///< needed with creatinine; [30, 260]
  std::optional<double> gfr_mL_per_min{};        ///< not indexed to surface; [1, 250]
  std::optional<double> creatinine_mg_per_dL{};  ///< instead of a GFR; [0.1, 20]
  std::optional<double> diet_mg_per_d{};         ///< elemental magnesium eaten; [0, 3000]
  std::optional<double> albumin_g_per_L{};       ///< [5, 70]
  double diet_phytate_mmol_per_d = 0;  ///< beyond that of usual food; spread over the meals
  double diet_oxalate_mmol_per_d = 0;  ///< the same of oxalate
  std::optional<double> c_plasma_total_mmol_per_L{};  ///< measured at `measured_at_h`: rescales Tm
  std::optional<std::vector<double>> meals_at_h{};    ///< clock times of the diet's meals, [0, 24)
  double f_acid_secreted = 1.0;                       ///< gastric acid; less under an acid blocker
  bool pregnant = false;  ///< the modifier "pregnancy"; refuses formulas that do not hold
  std::map<std::string, double, std::less<>> parameters{};  ///< overrides of data/parameters.csv
  bool allow_outside_range = false;  ///< lets an override leave the range of the evidence
  /// Changes of data/modifiers.csv that last: name to strength, 1 as in the table; [0, 2].
  std::map<std::string, double, std::less<>> modifiers{};

  bool operator==(const Subject&) const = default;
};

namespace body {

inline const std::vector<double> default_meals_at_h{8.0, 13.0, 19.0};
inline constexpr double adult_age_y = 18.0;

/// The clock time at which a measured plasma level is taken to stand: fasting, before breakfast.
inline constexpr double measured_at_h = 7.5;

/// The evidence with the person's own overrides.
inline evidence::Values<double> values_of(const Subject& s) {
  evidence::Values<double> values;
  for (const auto& [key, number] : s.parameters)
    evidence::set(values, key, number, s.allow_outside_range);
  return values;
}

inline constexpr std::string_view pregnancy = "pregnancy";

/// The person's modifiers, pregnancy among them.
inline std::map<std::string, double, std::less<>> modifiers_of(const Subject& s) {
  auto all = s.modifiers;
  if (s.pregnant) all.emplace(pregnancy, 1.0);
  return all;
}

/// What the person's modifiers change for good.
inline Changes<double> changes_of(const Subject& s) {
  Changes<double> changes;
  for (const auto& [name, strength] : modifiers_of(s))
    apply(changes, name, strength, evidence::Applies::chronic);
  return changes;
}

inline double diet_mg_per_d(const Subject& s) {
  return s.diet_mg_per_d.value_or(values_of(s).diet_reference_mg_per_d);
}
inline const std::vector<double>& meals_at_h(const Subject& s) {
  return s.meals_at_h ? *s.meals_at_h : default_meals_at_h;
}

/// When a measured plasma level stands for this person: never after the first meal of the day.
inline double fasting_at_h(const Subject& s) {
  const auto& meals = meals_at_h(s);
  return meals.empty() ? measured_at_h : std::min(measured_at_h, meals.front());
}

/// Numbers of a person on any scalar: what was given, or else what the evidence says. A number
/// that was given was measured in this person, and stays as it is whatever the modifiers say.
template <class Real>
struct OwnNumbers {
  Real weight_kg;
  Real gfr_mL_per_min;
  Real albumin_g_per_L;
  Real f_acid_secreted;
};

template <class Real>
OwnNumbers<Real> own_numbers_of(const Subject& s, const evidence::Values<Real>& values) {
  const auto given = [](const std::optional<double>& number, const Real& otherwise) {
    return number ? Real(*number) : otherwise;
  };
  const auto changes = changes_of(s);
  const Real gfr_mL_per_min =
      s.creatinine_mg_per_dL && !s.gfr_mL_per_min
          ? kidney::gfr_of_person_mL_per_min(values, *s.sex, *s.age_y, *s.creatinine_mg_per_dL,
                                             *s.height_cm, *s.weight_kg)
          : given(s.gfr_mL_per_min, changes.f_of_gfr * values.gfr_reference_mL_per_min);
  return {given(s.weight_kg, values.body_weight_reference_kg), gfr_mL_per_min,
          given(s.albumin_g_per_L, changes.f_of_albumin * values.albumin_reference_g_per_L),
          Real(s.f_acid_secreted)};
}
inline OwnNumbers<double> own_numbers_of(const Subject& s) {
  return own_numbers_of(s, values_of(s));
}
inline double weight_kg(const Subject& s) { return own_numbers_of(s).weight_kg; }
inline double gfr_mL_per_min(const Subject& s) { return own_numbers_of(s).gfr_mL_per_min; }
inline double albumin_g_per_L(const Subject& s) { return own_numbers_of(s).albumin_g_per_L; }

/// How much of the reference adult's uptake the gut has left at the person's own filtration.
template <class Real>
Real f_uptake_by_filtration(const evidence::Values<Real>& values, const Real& gfr_mL_per_min) {
  return gut::f_uptake_by_filtration<Real>(values.f_uptake_without_gfr, values.uptake_gfr_exponent,
                                           gfr_mL_per_min / values.gfr_reference_mL_per_min);
}
inline double f_uptake_by_filtration(const Subject& s) {
  return f_uptake_by_filtration(values_of(s), gfr_mL_per_min(s));
}

inline void check_creatinine(const Subject& s) {
  require_between("creatinine_mg_per_dL", *s.creatinine_mg_per_dL, 0.1, 20.0,
                  "give serum creatinine in mg/dL (divide umol/L by 88.4)");
  if (s.gfr_mL_per_min)
    fail("a subject takes either gfr_mL_per_min or creatinine_mg_per_dL",
         text_of(*s.gfr_mL_per_min) + " mL/min and " + text_of(*s.creatinine_mg_per_dL) + " mg/dL",
         "leave one of the two out");
  if (!s.sex || !s.age_y || !s.height_cm || !s.weight_kg)
    fail("the GFR formula needs sex, age_y, weight_kg and height_cm",
         std::string("without ") + (!s.sex         ? "sex"
                                    : !s.age_y     ? "age_y"
                                    : !s.height_cm ? "height_cm"
                                                   : "weight_kg"),
         "give all four, or give gfr_mL_per_min instead of creatinine");
  if (modifiers_of(s).count(pregnancy) > 0)
    fail("CKD-EPI 2021 does not hold in pregnancy",
         s.pregnant ? "pregnant = true" : "the modifier \"pregnancy\"",
         "give a measured gfr_mL_per_min instead of creatinine");
  require(*s.age_y >= adult_age_y, "CKD-EPI 2021 holds for adults only, age_y >= 18", *s.age_y,
          "give a measured gfr_mL_per_min instead of creatinine");
  require_between("gfr_mL_per_min by CKD-EPI 2021", gfr_mL_per_min(s), 1.0, 250.0,
                  "check creatinine_mg_per_dL, weight_kg and height_cm");
}

inline void check_meals(const Subject& s) {
  const auto& meals = meals_at_h(s);
  if (meals.empty() && diet_mg_per_d(s) > 0)
    fail("a diet needs at least one meal a day", "an empty list of meals_at_h",
         "give meals_at_h, or diet_mg_per_d = 0");
  for (std::size_t i = 0; i < meals.size(); ++i) {
    require(std::isfinite(meals[i]) && meals[i] >= 0 && meals[i] < 24,
            "meals_at_h must be clock times from 0 to below 24", meals[i],
            "give hours after midnight, such as 8, 13, 19");
    if (i > 0)
      require(meals[i] > meals[i - 1], "meals_at_h must rise strictly", meals[i],
              "sort the meal times and give each once");
  }
}

inline void check_modifiers(const Subject& s) {
  for (const auto& [name, strength] : s.modifiers)
    evidence::check_modifier(name, strength, evidence::Applies::chronic);
  if (s.sex == Sex::male && modifiers_of(s).count(pregnancy) > 0)
    fail("a pregnant subject is female", "sex = male", "set sex to female or pregnant to false");
  if (s.pregnant && s.modifiers.count(pregnancy) > 0)
    fail("pregnancy is said once", "pregnant = true and a modifier",
         "leave pregnant out to give pregnancy a strength of its own");
}

inline void check_shares(const evidence::Values<double>& values) {
  if (values.f_ionized_reference > values.f_uf_reference)
    fail("the ionized share cannot be larger than the ultrafilterable one",
         text_of(values.f_ionized_reference) + " against " + text_of(values.f_uf_reference),
         "lower f_ionized_reference or raise f_uf_reference");
  const double sum = values.f_tm_pt + values.f_tm_tal + values.f_tm_dct;
  require(std::abs(sum - 1.0) < 1e-9, "f_tm_pt, f_tm_tal and f_tm_dct must add up to 1", sum,
          "change two of them at once");
}

/// Checks every field; throws InputError with the rule, the value and what to do.
inline void validate(const Subject& s) {
  values_of(s);  // names and ranges of the overrides
  if (s.age_y) require_between("age_y", *s.age_y, 0.0, 120.0, "give the age in years");
  if (s.weight_kg)
    require_between("weight_kg", *s.weight_kg, 1.0, 400.0, "give the body weight in kilograms");
  if (s.height_cm)
    require_between("height_cm", *s.height_cm, 30.0, 260.0, "give the height in centimetres");
  if (s.gfr_mL_per_min)
    require_between("gfr_mL_per_min", *s.gfr_mL_per_min, 1.0, 250.0,
                    "give the GFR of the person in mL/min, not indexed and not in L/h");
  if (s.diet_mg_per_d)
    require_between("diet_mg_per_d", *s.diet_mg_per_d, 0.0, 3000.0,
                    "give elemental magnesium in mg per day");
  if (s.albumin_g_per_L)
    require_between("albumin_g_per_L", *s.albumin_g_per_L, 5.0, 70.0,
                    "give albumin in g/L (ten times the value in g/dL)");
  if (s.c_plasma_total_mmol_per_L)
    require_between("c_plasma_total_mmol_per_L", *s.c_plasma_total_mmol_per_L, 0.3, 3.0,
                    "give total plasma magnesium in mmol/L (mg/dL times 0.4114)");
  require_between("f_acid_secreted", s.f_acid_secreted, 0.0, 3.0,
                  "give gastric acid relative to normal: 1 untreated, less under an acid blocker");
  require_between("diet_phytate_mmol_per_d", s.diet_phytate_mmol_per_d, 0.0, 50.0,
                  "give mmol of phytic acid a day (mg over 660)");
  require_between("diet_oxalate_mmol_per_d", s.diet_oxalate_mmol_per_d, 0.0, 50.0,
                  "give mmol of oxalic acid a day (mg over 90)");
  check_modifiers(s);
  if (s.creatinine_mg_per_dL) check_creatinine(s);
  check_meals(s);
  check_shares(values_of(s));
}

}  // namespace body
}  // namespace mgpk
