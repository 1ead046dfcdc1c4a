// The companion of bisglycinate: glycine above its own baseline, one compartment.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::ligand {

template <class Real>
struct GlycineParameters {
  Real ka_per_h;
  Real f_bioavailable;
  Real v_L;
  Real k_per_h;
  Real c_reference_mmol_per_L;
};

/// Plasma glycine, mmol/L: the baseline and what the dose has added.
template <class Par, class Real>
MGPK_LAW auto c_glycine_mmol_per_L(const GlycineParameters<Par>& p, const Real& added_mmol) {
  return p.c_reference_mmol_per_L + added_mmol / p.v_L;
}

}  // namespace mgpk::ligand
