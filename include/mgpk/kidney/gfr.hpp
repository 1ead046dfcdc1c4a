// Glomerular filtration rate of a person from serum creatinine.
#pragma once

#include <cmath>

#include <mgpk/evidence/values.hpp>

namespace mgpk::kidney {

enum class Sex { female, male };

/// Body surface area, m2, from height and weight (Mosteller).
template <class Real>
Real body_surface_m2(const evidence::Values<Real>& v, double height_cm, double weight_kg) {
  using std::sqrt;
  return sqrt(height_cm * weight_kg / v.body_surface_divisor);
}

/// CKD-EPI 2021 (without race), mL/min per 1.73 m2. Adults who are not pregnant only: the caller
/// refuses others.
template <class Real>
Real gfr_indexed_mL_per_min(const evidence::Values<Real>& v, Sex sex, double age_y,
                            double creatinine_mg_per_dL) {
  using std::pow;
  const bool female = sex == Sex::female;
  const Real relative = creatinine_mg_per_dL / (female ? v.gfr_formula_kappa_female_mg_per_dL
                                                       : v.gfr_formula_kappa_male_mg_per_dL);
  const Real alpha = female ? v.gfr_formula_alpha_female : v.gfr_formula_alpha_male;
  const Real one(1.0);
  return v.gfr_formula_scale_mL_per_min * pow(relative < one ? relative : one, alpha) *
         pow(relative > one ? relative : one, v.gfr_formula_exponent) *
         pow(v.gfr_formula_per_year, Real(age_y)) * (female ? v.gfr_formula_female : one);
}

/// The same for one person, mL/min: the index to 1.73 m2 is taken off.
template <class Real>
Real gfr_of_person_mL_per_min(const evidence::Values<Real>& v, Sex sex, double age_y,
                              double creatinine_mg_per_dL, double height_cm, double weight_kg) {
  return gfr_indexed_mL_per_min(v, sex, age_y, creatinine_mg_per_dL) *
         body_surface_m2(v, height_cm, weight_kg) / v.body_surface_reference_m2;
}

}  // namespace mgpk::kidney
