// Stool mass, and the share of people whose stool is loose, from what soluble magnesium has drawn.
// The slope in grams per mmol is gut/stool.hpp. Rank A.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::effect {

template <class Real>
struct StoolParameters {
  Real mass_usual_g_per_d;  ///< W0, of the mean person on the usual diet
  Real mass_sd_g_per_d;     ///< between persons
  Real mass_loose_g_per_d;  ///< above it stool counts as loose
};

/// W = W0 + max(0, drawn): `drawn_g_per_d` is what soluble faecal magnesium above that of the usual
/// diet draws. Less than usual takes nothing away.
template <class Par, class Real>
MGPK_LAW auto stool_mass_g_per_d(const StoolParameters<Par>& p, const Real& drawn_g_per_d) {
  return drawn_g_per_d > Real{} ? p.mass_usual_g_per_d + drawn_g_per_d
                                : p.mass_usual_g_per_d + 0.0 * drawn_g_per_d;
}

/// Share of people with more than the limit, when their usual mass spreads normally about W0.
template <class Par, class Real>
MGPK_LAW auto f_loose_stool(const StoolParameters<Par>& p, const Real& drawn_g_per_d) {
  using std::erfc;
  const double root_2 = 1.4142135623730951;
  return 0.5 * erfc((p.mass_loose_g_per_d - stool_mass_g_per_d(p, drawn_g_per_d)) /
                    (root_2 * p.mass_sd_g_per_d));
}

}  // namespace mgpk::effect
