// How much transmitter a motor nerve releases when magnesium competes with calcium: a power of the
// occupancy by calcium (Dodge and Rahamimoff 1967). Constants of the frog, and recalled. Rank B.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::effect {

template <class Real>
struct ReleaseParameters {
  Real calcium_half_mmol_per_L;    ///< K1
  Real magnesium_half_mmol_per_L;  ///< K2
  Real release_exponent;           ///< n
};

/// Ionized concentrations around the terminal.
template <class Real>
struct IonizedPair {
  Real calcium_mmol_per_L;
  Real magnesium_mmol_per_L;
};

/// Share of the binding sites that hold calcium: (Ca/K1) / (1 + Ca/K1 + Mg/K2).
template <class Par, class Real>
MGPK_LAW auto f_calcium_bound(const ReleaseParameters<Par>& p, const IonizedPair<Real>& ions) {
  const auto calcium = ions.calcium_mmol_per_L / p.calcium_half_mmol_per_L;
  return calcium / (1.0 + calcium + ions.magnesium_mmol_per_L / p.magnesium_half_mmol_per_L);
}

/// Quantal content relative to that at other concentrations.
template <class Par, class Real>
MGPK_LAW auto nmj_release_relative(const ReleaseParameters<Par>& p, const IonizedPair<Real>& ions,
                                   const IonizedPair<Real>& reference) {
  using std::pow;
  return pow(f_calcium_bound(p, ions) / f_calcium_bound(p, reference), p.release_exponent);
}

}  // namespace mgpk::effect
