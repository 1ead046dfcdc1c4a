// The stores: cells, which exchange but hold their content, and the slow pool of bone, which
// follows.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::tissue {

template <class Real>
struct CellParameters {
  Real turnover_mmol_per_h;  ///< influx at the reference concentration
  Real k_per_h;              ///< efflux per mmol held
  Real elasticity;           ///< relative change of influx per relative change outside
  Real c_reference_mmol_per_L;
};

/// Influx into cells, mmol/h: zero at zero, `turnover` at the reference, with the given elasticity
/// there, and smooth; a saturated transporter seen from outside.
template <class Par, class Real>
MGPK_LAW auto cell_influx_mmol_per_h(const CellParameters<Par>& p,
                                     const Real& c_interstitial_mmol_per_L) {
  const auto relative = c_interstitial_mmol_per_L / p.c_reference_mmol_per_L;
  // J0·(1 + q)·c / (1 + q·c) with q = (1 - s)/s, written with the elasticity s.
  return p.turnover_mmol_per_h * relative / (p.elasticity + (1.0 - p.elasticity) * relative);
}

template <class Real>
struct SlowPoolParameters {
  Real cl_in_L_per_h;  ///< influx per plasma concentration
  Real k_per_h;        ///< efflux per mmol held
};

/// Net flow from plasma into the slow pool, mmol/h.
template <class Par, class Real>
MGPK_LAW auto slow_uptake_mmol_per_h(const SlowPoolParameters<Par>& p,
                                     const Real& c_plasma_total_mmol_per_L, const Real& slow_mmol) {
  return p.cl_in_L_per_h * c_plasma_total_mmol_per_L - p.k_per_h * slow_mmol;
}

}  // namespace mgpk::tissue
