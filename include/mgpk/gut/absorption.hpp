// Through the gut wall: a saturable and a linear uptake, shared by all that is dissolved there.
#pragma once

#include <array>

#include <mgpk/gut/transit.hpp>
#include <mgpk/law.hpp>

namespace mgpk::gut {

template <class Real>
struct UptakeParameters {
  Real vmax_mmol_per_h;
  Real km_mmol;
  Real linear_per_h;
};

/// Uptake per mmol of available magnesium, 1/h. The attribution of the two terms to the cells and
/// to the gaps between them is not settled, so they are called saturable and linear.
template <class Par, class Real>
MGPK_LAW auto uptake_rate_per_h(const UptakeParameters<Par>& p, const Real& available_mmol) {
  return p.vmax_mmol_per_h / (p.km_mmol + available_mmol) + p.linear_per_h;
}

/// The same per mmol of what would be available without the binders of the segment. With u the
/// share that they leave, this is u (vmax / (km + u available) + linear), brought to one fraction.
template <class Par, class Real>
MGPK_LAW auto uptake_rate_per_h(const UptakeParameters<Par>& p, const Real& available_mmol,
                                const Real& n_binders) {
  const Real held_back = 1.0 + n_binders;  // 1 / u
  const Real saturation = p.km_mmol * held_back + available_mmol;
  return (p.vmax_mmol_per_h * held_back + p.linear_per_h * saturation) / (held_back * saturation);
}

/// Uptake of everything available in one segment, mmol/h.
template <class Par, class Real>
MGPK_LAW auto uptake_mmol_per_h(const UptakeParameters<Par>& p, const Real& available_mmol) {
  return uptake_rate_per_h(p, available_mmol) * available_mmol;
}

}  // namespace mgpk::gut
