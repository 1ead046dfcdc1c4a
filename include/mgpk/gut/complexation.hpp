// What holds dissolved magnesium back from the gut wall: phytate and oxalate of a meal, and the
// salt's own ligand as far as it does not let go.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::gut {

template <class Real>
struct BinderParameters {
  Real phytate_half_mmol;  ///< phytate in one segment that halves what is open to uptake
  Real oxalate_half_mmol;  ///< the same of oxalate
};

/// Binders of a meal, in multiples of what halves availability.
template <class Real>
MGPK_LAW Real binders_of_meal(const BinderParameters<Real>& p, const Real& phytate_mmol,
                              const Real& oxalate_mmol) {
  return phytate_mmol / p.phytate_half_mmol + oxalate_mmol / p.oxalate_half_mmol;
}

/// Share of the dissolved magnesium of one segment that its binders leave open to uptake. Mass
/// action with the binder in excess: bound over free grows in proportion to the binder.
template <class Real>
MGPK_LAW Real unbound_share(const Real& n_binders) {
  return 1.0 / (1.0 + n_binders);
}

/// Share of a dissolved salt that its own ligand leaves open: the complexed part counts as far as
/// it is labile. At `f_labile` = 1 the ligand does not matter.
template <class Par>
MGPK_LAW Par available_share(const Par& f_complexed, const Par& f_labile) {
  return 1.0 - f_complexed * (1.0 - f_labile);
}

}  // namespace mgpk::gut
