// Plasma and the fast interstitial space: exchange by flow, down the difference in concentration.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::tissue {

/// Net flow from plasma into the interstitium, mmol/h.
template <class Par, class Real>
MGPK_LAW auto exchange_mmol_per_h(const Par& q_L_per_h, const Real& c_plasma_total_mmol_per_L,
                                  const Real& c_interstitial_mmol_per_L) {
  return q_L_per_h * (c_plasma_total_mmol_per_L - c_interstitial_mmol_per_L);
}

}  // namespace mgpk::tissue
