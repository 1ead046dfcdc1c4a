// The tubule in three parts: what each does of the whole, and what is left when one works less.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::kidney {

/// Shares of the tubular maximum, which add up to 1; or what is left of each segment's, where 1 is
/// untouched.
template <class Real>
struct Segments {
  Real f_pt;   ///< proximal tubule
  Real f_tal;  ///< thick ascending limb of the loop
  Real f_dct;  ///< distal convoluted tubule
};

/// Tubular maximum with `left` of each segment: the reference times sum(share * left), written as
/// what is lost, so that with nothing lost it is the reference to the last digit.
template <class Real>
MGPK_LAW Real tm_of_segments_mmol_per_L(const Real& tm_reference_mmol_per_L,
                                        const Segments<Real>& share, const Segments<Real>& left) {
  const Real lost = share.f_pt * (1.0 - left.f_pt) + share.f_tal * (1.0 - left.f_tal) +
                    share.f_dct * (1.0 - left.f_dct);
  return tm_reference_mmol_per_L * (1.0 - lost);
}

}  // namespace mgpk::kidney
