// Down the gut: five segments in a row, each left at a first-order rate.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace mgpk::gut {

enum Segment : std::size_t { stomach, duodenum, jejunum, ileum, colon };
inline constexpr std::size_t n_segments = 5;
inline constexpr std::array<std::string_view, n_segments> segment_names{
    "stomach", "duodenum", "jejunum", "ileum", "colon"};

template <class Real>
struct TransitParameters {
  /// Mean residence, h, by segment. The stomach's entry is not used: its emptying depends on meals.
  std::array<Real, n_segments> residence_h;
};

}  // namespace mgpk::gut
