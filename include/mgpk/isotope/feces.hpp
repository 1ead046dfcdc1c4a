// Faecal monitoring: what of a label by mouth did not come out was absorbed, or so it looks.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::isotope {

/// Apparent absorption, from the share of the label by mouth that was found in stool.
template <class Real>
MGPK_LAW Real f_absorbed_apparent(const Real& f_in_feces) {
  return 1.0 - f_in_feces;
}

/// The same, with what was absorbed and came back into the gut put right. A label that was given
/// into the blood shows how much of the absorbed comes back: stool holds (1 - f) + f·`f_returned`.
template <class Real>
MGPK_LAW Real f_absorbed_corrected(const Real& f_in_feces, const Real& f_returned) {
  return f_absorbed_apparent(f_in_feces) / (1.0 - f_returned);
}

}  // namespace mgpk::isotope
