// Numbers that no run gives: published effects, and shares of a virtual population.
#pragma once

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <mgpk/claim/answers.hpp>
#include <mgpk/claim/verdict.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/people/population.hpp>
#include <mgpk/trial/trial_effects.hpp>

namespace mgpk::claim::detail {

/// The share of virtual adults below the lower end of the published range, and how far it may be
/// off because only so many were drawn (Clopper and Pearson, nine of ten).
inline Estimate share_of_people(const study::Reading& reading, const AnswerOptions& options) {
  people::PopulationOptions how;
  how.seed = options.seed;
  how.how.n_threads = options.n_threads;
  const auto drawn = population(options.n_people, how);
  const auto& names = drawn.ensemble.number_names;
  const auto place = std::find(names.begin(), names.end(), reading.observable) - names.begin();
  const double limit = evidence::parameter("c_plasma_total_reference_mmol_per_L").low;
  const auto levels = drawn.ensemble.numbers.col(place);
  const auto n = static_cast<double>(levels.size() - levels.array().isNaN().count());
  const auto below = static_cast<double>((levels.array() < limit).count());
  using Binomial = boost::math::binomial_distribution<double>;
  constexpr double one_side = 0.05;
  return {below / n, Binomial::find_lower_bound_on_p(n, below, one_side),
          Binomial::find_upper_bound_on_p(n, below, one_side)};
}

/// A published difference with its interval of 95 %, or that of its standard error.
inline Estimate published(const study::Reading& reading) {
  const auto& row = trial::trial_effect(reading.source);
  if (!std::isnan(row.low)) return {row.difference, row.low, row.high};
  constexpr double z95 = 1.959964;
  return {row.difference, row.difference - z95 * row.se, row.difference + z95 * row.se};
}

}  // namespace mgpk::claim::detail
