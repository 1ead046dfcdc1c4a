// In kidney disease the gut takes up less: how uptake follows the filtration that is left.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::gut {

/// Uptake relative to that at the reference filtration: 1 at it and above, falling smoothly to
/// `f_without_gfr` where nothing is filtered. `gfr_relative` is what a person has had for long,
/// relative to the reference: less calcitriol is the likely cause, and it takes its time.
template <class Real>
MGPK_LAW Real f_uptake_by_filtration(const Real& f_without_gfr, const Real& exponent,
                                     const Real& gfr_relative) {
  using std::pow;
  if (gfr_relative >= 1.0) return Real(1.0);
  return 1.0 - (1.0 - f_without_gfr) * pow(1.0 - gfr_relative, exponent);
}

}  // namespace mgpk::gut
