// What free magnesium in a muscle cell leaves of the calcium release channel RyR1. The equation has
// rank B; for swallowed doses its driver has rank C, because they do not move that magnesium.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::effect {

/// f = 1 / (1 + (Mg / half)^n): depolarised fibres in situ, or the channel in a lipid bilayer.
template <class Real>
struct HillBlock {
  Real half_mmol_per_L;
  Real exponent;
};

template <class Par, class Real>
MGPK_LAW auto f_ryr1_open(const HillBlock<Par>& p, const Real& c_free_mmol_per_L) {
  using std::pow;
  return 1.0 / (1.0 + pow(c_free_mmol_per_L / p.half_mmol_per_L, p.exponent));
}

/// Magnesium competes with calcium at a site that opens and acts like calcium at one that closes.
template <class Real>
struct TwoSiteBlock {
  Real activation_calcium_half_mmol_per_L;
  Real activation_magnesium_half_mmol_per_L;
  Real inhibition_calcium_half_mmol_per_L;
  Real inhibition_magnesium_half_mmol_per_L;
};

/// Share of channels that hold calcium at the opening site and nothing at the closing one.
template <class Par, class Real>
MGPK_LAW auto f_ryr1_open(const TwoSiteBlock<Par>& p, const Real& c_free_mmol_per_L,
                          const Real& c_calcium_mmol_per_L) {
  const auto opening = c_calcium_mmol_per_L / p.activation_calcium_half_mmol_per_L;
  const auto competing = c_free_mmol_per_L / p.activation_magnesium_half_mmol_per_L;
  const auto closing = c_calcium_mmol_per_L / p.inhibition_calcium_half_mmol_per_L +
                       c_free_mmol_per_L / p.inhibition_magnesium_half_mmol_per_L;
  return opening / (1.0 + opening + competing) / (1.0 + closing);
}

}  // namespace mgpk::effect
