// From solid to dissolved: at its own pace, or, for basic salts, as far as acid allows.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::gut {

/// The three numbers by which one swallowed thing dissolves; a soluble salt has no acid term.
template <class Real>
struct DissolutionParameters {
  Real stomach_per_h;    ///< in the stomach, whatever its acid
  Real acid_per_h;       ///< further rate in the stomach at plentiful acid; consumes acid
  Real intestine_per_h;  ///< after the stomach
};

/// Dissolution that needs acid, mmol/h. Consumes `n_acid_per_magnesium` times as much acid.
template <class Par, class Solid, class Supply>
MGPK_LAW auto acid_dissolution_mmol_per_h(const DissolutionParameters<Par>& p,
                                          const Solid& solid_mmol, const Supply& acid_supply) {
  return p.acid_per_h * acid_supply * solid_mmol;
}

}  // namespace mgpk::gut
