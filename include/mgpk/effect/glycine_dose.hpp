// How much glycine comes with magnesium. What it does to plasma is ligand/glycine.hpp; whether it
// does anything beyond that is not computed.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::effect {

/// Glycine in mg that comes with some magnesium.
template <class Par, class Count, class Real>
MGPK_LAW auto glycine_mg(const Par& molar_mass_g_per_mol, const Count& glycine_per_magnesium,
                         const Real& magnesium_mmol) {
  return molar_mass_g_per_mol * glycine_per_magnesium * magnesium_mmol;
}

}  // namespace mgpk::effect
