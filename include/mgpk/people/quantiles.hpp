// Quantiles of many numbers, as R's type 7 and NumPy define them: straight lines between the
// sorted.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::people {

/// The usual band: median, half of all, and nineteen of twenty.
inline const std::vector<double> usual_quantiles{0.025, 0.25, 0.5, 0.75, 0.975};

/// @throws InputError for shares that are not between 0 and 1 or do not rise
inline void check_quantiles(const std::vector<double>& shares) {
  if (shares.empty()) fail("quantiles must hold at least one share", "empty", "give 0.5 or more");
  for (std::size_t i = 0; i < shares.size(); ++i) {
    require_between("each of the quantiles", shares[i], 0, 1, "give a share, 0.975 for 97.5 %");
    if (i > 0)
      require(shares[i] > shares[i - 1], "quantiles must rise strictly", shares[i],
              "sort the shares and give each once");
  }
}

/// Of the values that are there: members that failed (NaN) do not count. NaN when none is left.
inline std::vector<double> quantiles(std::span<const double> values,
                                     const std::vector<double>& shares) {
  check_quantiles(shares);
  std::vector<double> sorted;
  for (const double value : values)
    if (!std::isnan(value)) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> found;
  for (const double share : shares) {
    if (sorted.empty()) {
      found.push_back(std::nan(""));
      continue;
    }
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double f = place - static_cast<double>(below);
    found.push_back(sorted[below] + f * (sorted[above] - sorted[below]));
  }
  return found;
}

}  // namespace mgpk::people
