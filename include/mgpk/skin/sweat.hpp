// The small loss through the skin.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::skin {

/// Loss with sweat, mmol/h, proportional to plasma magnesium.
template <class Par, class Real>
MGPK_LAW auto sweat_mmol_per_h(const Par& cl_sweat_L_per_h, const Real& c_plasma_total_mmol_per_L) {
  return cl_sweat_L_per_h * c_plasma_total_mmol_per_L;
}

}  // namespace mgpk::skin
