// Glomerular filtration rate of a person from serum creatinine.
#pragma once

#include <algorithm>
#include <cmath>

#include <mgpk/evidence/values.hpp>

namespace mgpk::kidney {

enum class Sex { female, male };

/// Body surface area, m2, from height and weight (Mosteller).
inline double body_surface_m2(const evidence::Values<double>& v, double height_cm,
                              double weight_kg) {
  return std::sqrt(height_cm * weight_kg / v.body_surface_divisor);
}

/// CKD-EPI 2021 (without race), mL/min per 1.73 m2. Adults who are not pregnant only: the caller
/// refuses others.
inline double gfr_indexed_mL_per_min(const evidence::Values<double>& v, Sex sex, double age_y,
                                     double creatinine_mg_per_dL) {
  const bool female = sex == Sex::female;
  const double relative = creatinine_mg_per_dL / (female ? v.gfr_formula_kappa_female_mg_per_dL
                                                         : v.gfr_formula_kappa_male_mg_per_dL);
  const double alpha = female ? v.gfr_formula_alpha_female : v.gfr_formula_alpha_male;
  return v.gfr_formula_scale_mL_per_min * std::pow(std::min(relative, 1.0), alpha) *
         std::pow(std::max(relative, 1.0), v.gfr_formula_exponent) *
         std::pow(v.gfr_formula_per_year, age_y) * (female ? v.gfr_formula_female : 1.0);
}

/// The same for one person, mL/min: the index to 1.73 m2 is taken off.
inline double gfr_of_person_mL_per_min(const evidence::Values<double>& v, Sex sex, double age_y,
                                       double creatinine_mg_per_dL, double height_cm,
                                       double weight_kg) {
  return gfr_indexed_mL_per_min(v, sex, age_y, creatinine_mg_per_dL) *
         body_surface_m2(v, height_cm, weight_kg) / v.body_surface_reference_m2;
}

}  // namespace mgpk::kidney
