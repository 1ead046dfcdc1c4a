// Times at equal achieved error: who is compared runs at the fastest of its own tolerances that
// holds the goal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "rivals/ladder.hpp"
#include "rivals/report.hpp"

namespace bench {

/// Of the shares of the absolute tolerance the fastest, each at the loosest relative one that holds
/// the goal; steps of a sixth of a decade. `solve(tolerance)` solves, `error()` is that of the last
/// solve.
template <class Solve, class Error>
rivals::Tolerance best_tolerance(double goal, const std::vector<double>& shares, Solve&& solve,
                                 Error&& error) {
  rivals::Tolerance best{1e-9, shares.front()};
  double least = std::numeric_limits<double>::infinity();
  for (const double share : shares) {
    for (const rivals::Tolerance tolerance : rivals::ladder(1e-3, 1e-9, 6, {share})) {
      solve(tolerance);
      if (error() > goal) continue;
      const double seconds = rivals::seconds_of([&] { solve(tolerance); }).second;
      if (seconds < least) {
        least = seconds;
        best = tolerance;
      }
      break;
    }
  }
  return best;
}

/// What `find` finds for a key, found once: repetitions call a benchmark's function anew.
template <class Key, class Find>
auto found_once(const Key& key, Find&& find) {
  static std::map<Key, decltype(find())> known;
  const auto place = known.find(key);
  return place != known.end() ? place->second : known.emplace(key, find()).first->second;
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

enum class Clock { processor, wall };

/// How many times faster than the other, over nine pairs, one after the other. With more than one
/// thread the clock on the wall counts.
template <class Slow, class Fast>
double median_ratio(Slow&& slow, Fast&& fast, Clock clock = Clock::processor) {
  std::vector<double> ratios;
  for (int pair = 0; pair < 9; ++pair) {
    const auto a = rivals::seconds_of(slow), b = rivals::seconds_of(fast);
    ratios.push_back(clock == Clock::wall ? a.first / b.first : a.second / b.second);
  }
  return median(std::move(ratios));
}

}  // namespace bench
