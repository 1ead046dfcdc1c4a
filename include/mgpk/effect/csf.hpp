// How the cerebrospinal fluid follows plasma: y' = k (g u - y), y and u being the rises of both
// above the person's own baseline. Rank B: four intravenous data sets, of which one disagrees.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::effect {

template <class Real>
struct CsfParameters {
  Real k_per_h;
  Real f_gain;  ///< g: where a rise of plasma that lasts for ever leads
};

/// The rise of total CSF magnesium after a step in which the rise of plasma goes along a straight
/// line. Exact for any length of the step.
template <class Par, class Real, class Time>
MGPK_LAW auto c_csf_rise_mmol_per_L(const CsfParameters<Par>& p, const Real& rise_mmol_per_L,
                                    const Real& plasma_rise_start_mmol_per_L,
                                    const Real& plasma_rise_end_mmol_per_L, const Time& step_h) {
  using std::expm1;
  const auto x = p.k_per_h * step_h;
  if (!(x > decltype(x){})) return rise_mmol_per_L + 0.0 * p.f_gain * rise_mmol_per_L;
  const auto f_done = -expm1(-x);  // 1 - exp(-x)
  const auto f_late = 1.0 - f_done / x;
  return rise_mmol_per_L * (1.0 - f_done) +
         p.f_gain * (plasma_rise_start_mmol_per_L * f_done +
                     (plasma_rise_end_mmol_per_L - plasma_rise_start_mmol_per_L) * f_late);
}

/// Ionized CSF magnesium: its baseline, and its share of what total CSF magnesium has risen.
template <class Par, class Real>
MGPK_LAW auto c_csf_ionized_mmol_per_L(const Par& baseline_mmol_per_L, const Par& f_ionized,
                                       const Real& csf_rise_mmol_per_L) {
  return baseline_mmol_per_L + f_ionized * csf_rise_mmol_per_L;
}

}  // namespace mgpk::effect
