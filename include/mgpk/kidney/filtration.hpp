// What the glomeruli let through.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::kidney {

/// Magnesium filtered, mmol/h.
template <class Par, class Real>
MGPK_LAW auto filtered_load_mmol_per_h(const Par& gfr_L_per_h, const Real& c_uf_mmol_per_L) {
  return gfr_L_per_h * c_uf_mmol_per_L;
}

}  // namespace mgpk::kidney
