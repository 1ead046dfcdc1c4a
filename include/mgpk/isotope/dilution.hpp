// Dilution: the pool with which a label has mixed, from what is left of it and how dilute it is.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::isotope {

/// The exchangeable pool, mmol: the label still in the body over the share that it has of plasma
/// magnesium. Right when the label has mixed evenly; too small before, and it grows without end
/// where a pool exchanges slowly.
template <class Real>
MGPK_LAW Real a_exchangeable_mmol(const Real& a_given_mmol, const Real& a_lost_mmol,
                                  const Real& f_plasma) {
  return (a_given_mmol - a_lost_mmol) / f_plasma;
}

}  // namespace mgpk::isotope
