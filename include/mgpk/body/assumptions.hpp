// What was not said of a person and therefore assumed.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>

namespace mgpk::body {

/// What was not said and therefore assumed, one sentence each.
inline std::vector<std::string> assumptions(const Subject& s) {
  std::vector<std::string> list;
  const auto assumed = [&list](std::string_view what, double amount, double factor = 1) {
    list.push_back(std::string(what) + " = " + text_of(amount) + " (reference adult" +
                   (factor != 1 ? " times " + text_of(factor) : "") + ")");
  };
  const auto changes = changes_of(s);
  if (!s.weight_kg) assumed("weight_kg", weight_kg(s));
  if (!s.gfr_mL_per_min && !s.creatinine_mg_per_dL)
    assumed("gfr_mL_per_min", gfr_mL_per_min(s), changes.f_of_gfr);
  if (!s.diet_mg_per_d) assumed("diet_mg_per_d", diet_mg_per_d(s));
  if (!s.albumin_g_per_L) assumed("albumin_g_per_L", albumin_g_per_L(s), changes.f_of_albumin);
  if (!s.meals_at_h) list.push_back("meals at 8, 13 and 19 h, equal shares of the diet");
  if (!s.creatinine_mg_per_dL && (s.sex || s.age_y || s.height_cm))
    list.push_back(
        "sex, age_y and height_cm change nothing here: only a GFR by formula reads them");
  if (s.age_y && *s.age_y < adult_age_y)
    list.push_back("all constants of the body are those of an adult, scaled by weight alone");
  if (const double f = f_uptake_by_filtration(s); f < 1)
    list.push_back("the gut takes up " + text_of(std::round(1000 * f) / 1000) +
                   " of what it would at the reference GFR (f_uptake_without_gfr)");
  for (const auto& [name, strength] : modifiers_of(s))
    list.push_back(evidence::in_words(name, strength, evidence::Applies::chronic));
  return list;
}

}  // namespace mgpk::body
