// One interval of a regimen that was always taken, overlapping infusions included.
#pragma once

#include <cmath>
#include <cstddef>

#include <mgpk/timeline/event.hpp>

namespace mgpk::classic {

/// What happens from one dose of a regimen to the next: a bolus at its start, a rate that always
/// runs, and one more over its first part.
struct Cycle {
  std::size_t compartment = 0;
  double amount = 0;
  double constant_rate = 0;  ///< of infusions longer than the interval: as many as always overlap
  double rate = 0;           ///< added over the first `first_h`
  double first_h = 0;
  double interval_h = 0;

  /// What enters per hour on average.
  double mean_rate() const { return constant_rate + (amount + rate * first_h) / interval_h; }
};

inline Cycle cycle_of(const timeline::Regimen& regimen) {
  Cycle cycle;
  cycle.compartment = regimen.compartment;
  cycle.amount = regimen.amount;
  cycle.interval_h = regimen.interval_h;
  if (!(regimen.duration_h > 0)) return cycle;
  const double overlap = regimen.duration_h / regimen.interval_h;
  const double whole = std::floor(overlap + timeline::same_time_h / regimen.interval_h);
  cycle.constant_rate = whole * regimen.rate;
  cycle.first_h = std::max(0.0, regimen.duration_h - whole * regimen.interval_h);
  if (cycle.first_h <= timeline::same_time_h) cycle.first_h = 0;
  cycle.rate = cycle.first_h > 0 ? regimen.rate : 0.0;
  return cycle;
}

/// Runs a stretch [0, until_h] of the cycle: `give(amount)`, then `advance(rate, h)` for each part.
/// `until_h` is at most the interval; both may return false to stop.
template <class Give, class Advance>
bool run_cycle(const Cycle& cycle, double until_h, Give&& give, Advance&& advance) {
  if (cycle.amount > 0) give(cycle.amount);
  const double first_h = std::min(cycle.first_h, until_h);
  if (first_h > 0 && !advance(cycle.constant_rate + cycle.rate, first_h)) return false;
  return until_h <= first_h || advance(cycle.constant_rate, until_h - first_h);
}

}  // namespace mgpk::classic
