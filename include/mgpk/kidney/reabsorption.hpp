// The threshold of the kidney: a transport maximum per litre of filtrate, with a little splay.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::kidney {

template <class Real>
struct TubuleParameters {
  Real tm_mmol_per_L;     ///< maximal reabsorption per litre of filtrate
  Real splay_mmol_per_L;  ///< softness of the threshold
};

/// Magnesium that escapes reabsorption, mmol per litre of filtrate.
///
/// Reabsorption R is the smaller root of R^2 - (uf + Tm + d) R + uf Tm = 0; what escapes is uf - R.
/// Taken literally, uf - R loses all digits far below the threshold, so the two forms below are
/// used, each free of cancellation on its side of uf = Tm + d; they are the same smooth function.
template <class Par, class Real>
MGPK_LAW Real escaped_mmol_per_L(const TubuleParameters<Par>& p, const Real& c_uf_mmol_per_L) {
  using std::sqrt;
  const auto& uf = c_uf_mmol_per_L;
  const auto& tm = p.tm_mmol_per_L;
  const auto& d = p.splay_mmol_per_L;
  const Real below = uf - tm;
  const Real root = sqrt(below * below + 2.0 * d * (uf + tm) + d * d);
  // One division for both forms: dividing by one changes no digit.
  const auto is_below = uf < tm + d;
  const Real numerator = select(is_below, Real(2.0 * d * uf), Real(0.5 * (uf - tm - d + root)));
  return numerator / select(is_below, Real(root + tm + d - uf), Real(1.0));
}

/// The Tm at which a given concentration escapes with `escaped_mmol_per_L`: the law, solved for Tm.
template <class Real>
MGPK_LAW Real tm_for_escape_mmol_per_L(const Real& c_uf_mmol_per_L, const Real& escaped_mmol_per_L_,
                                       const Real& splay_mmol_per_L) {
  const Real reabsorbed = c_uf_mmol_per_L - escaped_mmol_per_L_;
  return reabsorbed * (1.0 + splay_mmol_per_L / escaped_mmol_per_L_);
}

}  // namespace mgpk::kidney
