// Urine: what was filtered and escaped reabsorption.
#pragma once

#include <mgpk/kidney/reabsorption.hpp>
#include <mgpk/law.hpp>

namespace mgpk::kidney {

template <class Real>
struct KidneyParameters {
  Real gfr_L_per_h;
  TubuleParameters<Real> tubule;
};

/// Urinary magnesium, mmol/h; the GFR may change in time and have a scalar of its own.
template <class Gfr, class Par, class Real>
MGPK_LAW Real excretion_mmol_per_h(const Gfr& gfr_L_per_h, const TubuleParameters<Par>& tubule,
                                   const Real& c_uf_mmol_per_L) {
  return gfr_L_per_h * escaped_mmol_per_L(tubule, c_uf_mmol_per_L);
}
template <class Par, class Real>
MGPK_LAW Real excretion_mmol_per_h(const KidneyParameters<Par>& p, const Real& c_uf_mmol_per_L) {
  return excretion_mmol_per_h(p.gfr_L_per_h, p.tubule, c_uf_mmol_per_L);
}

/// Share of the filtered load that reaches the urine (the clinic's FE), 0 to 1.
template <class Par, class Real>
MGPK_LAW Real f_excreted_renal(const TubuleParameters<Par>& tubule, const Real& c_uf_mmol_per_L) {
  return escaped_mmol_per_L(tubule, c_uf_mmol_per_L) / c_uf_mmol_per_L;
}

}  // namespace mgpk::kidney
