// Down the gut: five segments in a row, each left at a first-order rate.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <mgpk/law.hpp>

namespace mgpk::gut {

enum Segment : std::size_t { stomach, duodenum, jejunum, ileum, colon };
inline constexpr std::size_t n_segments = 5;
inline constexpr std::array<std::string_view, n_segments> segment_names{
    "stomach", "duodenum", "jejunum", "ileum", "colon"};

template <class Real>
struct TransitParameters {
  /// Mean residence, h, by segment. The stomach's entry is not used: its emptying depends on meals.
  std::array<Real, n_segments> residence_h;
  Real osmotic_half_mmol;  ///< unabsorbed ions that double the speed of the colon
};

/// Rate at which a segment is left, 1/h.
template <class Par>
MGPK_LAW auto transit_rate_per_h(const TransitParameters<Par>& p, std::size_t segment) {
  return 1.0 / p.residence_h[segment];
}

/// The same of the colon: ions that are not absorbed hold water, and water speeds it.
template <class Par, class Real>
MGPK_LAW Real colon_rate_per_h(const TransitParameters<Par>& p, const Real& unabsorbed_ions_mmol) {
  return (1.0 + unabsorbed_ions_mmol / p.osmotic_half_mmol) / p.residence_h[colon];
}

}  // namespace mgpk::gut
