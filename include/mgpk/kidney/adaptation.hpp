// The slow answer of the distal tubule: reabsorption rises in restriction and falls under load.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::kidney {

/// Off unless a gain is given: the evidence for people comes from comparing trials.
template <class Real>
struct AdaptationParameters {
  Real gain_relative;  ///< relative shift of Tm in the end, per relative lack of plasma magnesium
  Real tau_h;          ///< time in which the shift follows
  Real c_reference_mmol_per_L;
};

/// Change of the relative shift of Tm, 1/h: it goes against the change of plasma.
template <class Par, class Real>
MGPK_LAW auto tm_shift_rate_per_h(const AdaptationParameters<Par>& p,
                                  const Real& c_plasma_total_mmol_per_L,
                                  const Real& shift_relative) {
  const auto lack = 1.0 - c_plasma_total_mmol_per_L / p.c_reference_mmol_per_L;
  return (p.gain_relative * lack - shift_relative) / p.tau_h;
}

}  // namespace mgpk::kidney
