// How plasma magnesium is split: bound to albumin, complexed, ionized.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::blood {

/// Ultrafilterable share at an albumin level, when `f_uf_reference` holds at the reference level.
/// Mass action far from saturation: bound / ultrafilterable grows in proportion to albumin.
template <class Par>
MGPK_LAW Par ultrafilterable_share(const Par& f_uf_reference, const Par& albumin_g_per_L,
                                   const Par& albumin_reference_g_per_L) {
  const Par bound_per_free = (1.0 - f_uf_reference) / f_uf_reference;
  return 1.0 / (1.0 + bound_per_free * (albumin_g_per_L / albumin_reference_g_per_L));
}

/// Ionized share of total: complexes keep their ratio to the ion, whatever albumin does.
template <class Par>
MGPK_LAW Par ionized_share(const Par& f_uf, const Par& f_ionized_reference,
                           const Par& f_uf_reference) {
  return f_uf * (f_ionized_reference / f_uf_reference);
}

}  // namespace mgpk::blood
