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

/// Uptake of everything available in one segment, mmol/h.
template <class Par, class Real>
MGPK_LAW auto uptake_mmol_per_h(const UptakeParameters<Par>& p, const Real& available_mmol) {
  return uptake_rate_per_h(p, available_mmol) * available_mmol;
}

}  // namespace mgpk::gut
