// Magnesium that the body itself puts into the gut with its juices: a labelled source of its own.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::gut {

/// Endogenous secretion into the duodenum, mmol/h, proportional to plasma magnesium.
template <class Par, class Real>
MGPK_LAW auto endogenous_secretion_mmol_per_h(const Par& cl_secretion_L_per_h,
                                              const Real& c_plasma_total_mmol_per_L) {
  return cl_secretion_L_per_h * c_plasma_total_mmol_per_L;
}

}  // namespace mgpk::gut
