// What unabsorbed magnesium does to the stool: only the soluble part draws water.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::gut {

/// Stool mass drawn by soluble faecal magnesium, g.
template <class Par, class Real>
MGPK_LAW auto stool_water_g(const Par& water_g_per_mmol, const Real& feces_dissolved_mmol) {
  return water_g_per_mmol * feces_dissolved_mmol;
}

}  // namespace mgpk::gut
