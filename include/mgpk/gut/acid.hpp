// Acid of the stomach: secreted, stimulated by a meal, used up by basic salts, emptied.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::gut {

template <class Real>
struct AcidParameters {
  Real basal_mmol_per_h;
  Real meal_mmol_per_h;  ///< free acid per hour while one standard meal is in the stomach
  Real f_secreted;       ///< 1 untreated; an acid blocker lowers it
  Real half_mmol;        ///< acid in the stomach at which acid dissolution runs at half speed
};

/// Secretion of free acid, mmol/h. It follows the meal that is left, so it fades without a switch.
template <class Par, class Real>
MGPK_LAW auto acid_secretion_mmol_per_h(const AcidParameters<Par>& p, const Real& meal_meals) {
  return p.f_secreted * (p.basal_mmol_per_h + p.meal_mmol_per_h * meal_meals);
}

/// How well acid serves a basic salt, 0 (none) to 1 (plenty). Proportional to the acid when it is
/// scarce, so that a basic salt can use up the acid but never overdraw it.
template <class Par, class Real>
MGPK_LAW auto acid_supply(const AcidParameters<Par>& p, const Real& acid_mmol) {
  return acid_mmol / (acid_mmol + p.half_mmol);
}

}  // namespace mgpk::gut
