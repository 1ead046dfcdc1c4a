// Double label: one isotope by mouth, another into a vein; their ratio late on is absorption.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::isotope {

/// Absorption from what of the two labels is found in one sample, urine of an interval or plasma of
/// a moment or an area. Once absorbed, the label by mouth is taken to go the way of the other. The
/// unit of the samples cancels.
template <class Real>
MGPK_LAW Real f_absorbed_double_label(const Real& oral_amount, const Real& oral_given_mmol,
                                      const Real& iv_amount, const Real& iv_given_mmol) {
  return (oral_amount / oral_given_mmol) / (iv_amount / iv_given_mmol);
}

}  // namespace mgpk::isotope
