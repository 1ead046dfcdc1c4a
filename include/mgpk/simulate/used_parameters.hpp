// Which rows of the evidence a run rests on: not all of them play a part in every run.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/modifiers.hpp>
#include <mgpk/simulate/run.hpp>

namespace mgpk::simulation {

namespace detail {

/// What decides whether a number plays a part.
struct Involved {
  bool never = false;  ///< of read-outs beside a run, such as the loading test
  bool weight_assumed = false;
  bool diet_assumed = false;
  bool gfr_reference = false;
  bool uptake_by_filtration = false;
  bool creatinine = false, creatinine_low = false, creatinine_high = false;
  bool creatinine_female = false, creatinine_male = false;
  bool creatinine_low_female = false, creatinine_low_male = false;
  bool segment_pt = false, segment_tal = false, segment_dct = false;
  bool adaptation = false;
  bool stomach = false;  ///< something is swallowed or eaten
  bool meals = false;
  bool food = false;  ///< with magnesium in it
  bool phytate = false, oxalate = false;
  bool soluble = false, sparing = false, acid = false, hydroxide = false;
  bool by_acid = false, acid_of_meals = false;
  bool ligand = false;
  bool muscle = false;
  bool glycine = false;
};

struct Condition {
  std::string_view key;
  bool Involved::*when;
};

/// Numbers that play a part only sometimes; all others always do. A test changes each number in
/// several runs, and so holds this table against the model.
inline constexpr std::array conditions{
    Condition{"body_weight_reference_kg", &Involved::weight_assumed},
    Condition{"diet_reference_mg_per_d", &Involved::diet_assumed},
    Condition{"gfr_reference_mL_per_min", &Involved::gfr_reference},
    Condition{"f_uptake_without_gfr", &Involved::uptake_by_filtration},
    Condition{"uptake_gfr_exponent", &Involved::uptake_by_filtration},
    Condition{"gfr_formula_scale_mL_per_min", &Involved::creatinine},
    Condition{"gfr_formula_kappa_female_mg_per_dL", &Involved::creatinine_female},
    Condition{"gfr_formula_kappa_male_mg_per_dL", &Involved::creatinine_male},
    Condition{"gfr_formula_alpha_female", &Involved::creatinine_low_female},
    Condition{"gfr_formula_alpha_male", &Involved::creatinine_low_male},
    Condition{"gfr_formula_exponent", &Involved::creatinine_high},
    Condition{"gfr_formula_per_year", &Involved::creatinine},
    Condition{"gfr_formula_female", &Involved::creatinine_female},
    Condition{"body_surface_reference_m2", &Involved::creatinine},
    Condition{"body_surface_divisor", &Involved::creatinine},
    Condition{"f_tm_pt", &Involved::segment_pt},
    Condition{"f_tm_tal", &Involved::segment_tal},
    Condition{"f_tm_dct", &Involved::segment_dct},
    Condition{"tau_adaptation_h", &Involved::adaptation},
    Condition{"f_load_retained_low", &Involved::never},
    Condition{"f_load_retained_high", &Involved::never},
    Condition{"k_emptying_fasted_per_h", &Involved::stomach},
    Condition{"k_emptying_fed_per_h", &Involved::meals},
    Condition{"meal_half_effect_meals", &Involved::meals},
    Condition{"acid_basal_mmol_per_h", &Involved::by_acid},
    Condition{"acid_meal_mmol_per_h", &Involved::acid_of_meals},
    Condition{"acid_half_mmol", &Involved::by_acid},
    Condition{"n_acid_per_magnesium", &Involved::by_acid},
    Condition{"k_dissolution_soluble_per_h", &Involved::soluble},
    Condition{"k_dissolution_sparing_per_h", &Involved::sparing},
    Condition{"k_dissolution_acid_per_h", &Involved::acid},
    Condition{"k_dissolution_neutral_per_h", &Involved::acid},
    Condition{"k_dissolution_hydroxide_acid_per_h", &Involved::hydroxide},
    Condition{"k_dissolution_hydroxide_neutral_per_h", &Involved::hydroxide},
    Condition{"f_labile_complex", &Involved::ligand},
    Condition{"phytate_half_mmol", &Involved::phytate},
    Condition{"oxalate_half_mmol", &Involved::oxalate},
    Condition{"k_release_food_per_h", &Involved::food},
    Condition{"f_available_food", &Involved::food},
    Condition{"ka_im_per_h", &Involved::muscle},
    Condition{"f_im", &Involved::muscle},
    Condition{"ka_glycine_per_h", &Involved::glycine},
    Condition{"f_glycine", &Involved::glycine},
    Condition{"v_glycine_L_per_kg", &Involved::glycine},
    Condition{"k_glycine_per_h", &Involved::glycine},
    Condition{"c_glycine_reference_mmol_per_L", &Involved::glycine}};

static_assert(std::all_of(conditions.begin(), conditions.end(),
                          [](const Condition& condition) {
                            return std::any_of(evidence::parameters.begin(),
                                               evidence::parameters.end(),
                                               [&](const evidence::Parameter& row) {
                                                 return row.key == condition.key;
                                               });
                          }),
              "every condition must name a row of data/parameters.csv");

inline void look_at_filtration(const Subject& s, Involved& x) {
  const auto values = body::values_of(s);
  const double gfr = body::gfr_mL_per_min(s);
  x.uptake_by_filtration = gfr < values.gfr_reference_mL_per_min;
  x.gfr_reference = x.uptake_by_filtration || !(s.gfr_mL_per_min || s.creatinine_mg_per_dL);
  x.creatinine = s.creatinine_mg_per_dL.has_value();
  if (!x.creatinine) return;
  const bool female = s.sex == Sex::female;
  (female ? x.creatinine_female : x.creatinine_male) = true;
  x.creatinine_low = *s.creatinine_mg_per_dL < (female ? values.gfr_formula_kappa_female_mg_per_dL
                                                       : values.gfr_formula_kappa_male_mg_per_dL);
  x.creatinine_high = !x.creatinine_low;
  (female ? x.creatinine_low_female : x.creatinine_low_male) = x.creatinine_low;
}

inline void look_at_segments(std::string_view modifier, evidence::Applies when, Involved& x) {
  evidence::for_each_row(modifier, when, [&](const evidence::Modifier& row) {
    x.segment_pt |= row.target == evidence::Target::tm_pt;
    x.segment_tal |= row.target == evidence::Target::tm_tal;
    x.segment_dct |= row.target == evidence::Target::tm_dct;
  });
}

inline void look_at_person(const Subject& s, Involved& x) {
  x.weight_assumed = !s.weight_kg;
  x.diet_assumed = !s.diet_mg_per_d && !body::meals_at_h(s).empty();
  x.adaptation = body::values_of(s).adaptation_gain_relative != 0.0;
  x.meals = !body::meals_at_h(s).empty();
  x.food = x.meals && body::diet_mg_per_d(s) > 0;
  x.phytate = x.meals && s.diet_phytate_mmol_per_d > 0;
  x.oxalate = x.meals && s.diet_oxalate_mmol_per_d > 0;
  look_at_filtration(s, x);
  for (const auto& [name, strength] : body::modifiers_of(s))
    look_at_segments(name, evidence::Applies::chronic, x);
}

inline void look_at_plan(const Schedule& plan, Involved& x) {
  for (const auto& line : plan.doses()) {
    x.muscle |= line.route == dose::Route::im;
    x.stomach |= line.route == dose::Route::oral;
    x.meals |= line.with_meal;
  }
  for (const auto& line : plan.meals()) {
    x.meals = true;
    x.food |= line.mmol > 0;
    x.phytate |= line.phytate_mmol > 0;
    x.oxalate |= line.oxalate_mmol > 0;
  }
  for (const auto& line : plan.diet_changes()) x.food |= x.meals && line.mg_per_d.value_or(0) > 0;
  for (const auto& line : plan.modifications())
    look_at_segments(line.name, evidence::Applies::acute, x);
}

inline void look_at_salt(const dose::Salt& salt, Involved& x) {
  x.soluble |= salt.dissolution == dose::Dissolution::soluble;
  x.sparing |= salt.dissolution == dose::Dissolution::sparing;
  x.acid |= salt.dissolution == dose::Dissolution::acid;
  x.hydroxide |= salt.dissolution == dose::Dissolution::hydroxide;
  x.by_acid |= x.acid || x.hydroxide;
  x.ligand |= salt.f_complexed > 0;
  x.glycine |= salt.glycine_per_magnesium > 0;
}

inline Involved involved_in(const Run& run) {
  Involved x;
  look_at_person(run.subject, x);
  for (const auto* plan : {&run.plan, &run.taken_before, &run.history.plan}) look_at_plan(*plan, x);
  for (const auto& source : run.sources)
    if (!source.salt.empty()) look_at_salt(dose::salt(source.salt), x);
  x.stomach |= x.food;
  x.meals &= x.stomach;  // that a meal slows emptying matters where something is to be emptied
  x.acid_of_meals = x.by_acid && x.meals;
  return x;
}

}  // namespace detail

/// Keys of the numbers that a run rests on, in the order of the table. Those of effects belong to
/// what is read out of a run, and not to the run.
inline std::vector<std::string_view> used_parameters(const Run& run) {
  const auto involved = detail::involved_in(run);
  std::vector<std::string_view> keys;
  for (const auto& row : evidence::parameters) {
    if (row.organ == "effect") continue;
    const auto found = std::find_if(detail::conditions.begin(), detail::conditions.end(),
                                    [&](const auto& c) { return c.key == row.key; });
    if (found == detail::conditions.end() || involved.*(found->when)) keys.push_back(row.key);
  }
  return keys;
}

}  // namespace mgpk::simulation
