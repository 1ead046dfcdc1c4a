// The two tests by which a trial is judged: Welch's t of means, and z of two shares.
#pragma once

#include <boost/math/distributions/students_t.hpp>

#include <cmath>

#include <mgpk/random/quantile.hpp>
#include <mgpk/trial/arm.hpp>

namespace mgpk::trial {

/// Two-sided P value of a difference of means; 1 where nothing spreads.
inline double p_value_welch(const ArmSums& a, const ArmSums& b) {
  const double of_a = a.variance() / a.n_people, of_b = b.variance() / b.n_people;
  const double se_squared = of_a + of_b;
  if (!(se_squared > 0)) return 1.0;
  const double t = (a.mean() - b.mean()) / std::sqrt(se_squared);
  const double freedom = se_squared * se_squared /
                         (of_a * of_a / (a.n_people - 1.0) + of_b * of_b / (b.n_people - 1.0));
  using Law = boost::math::students_t_distribution<double, random::detail::Policy>;
  return 2.0 * boost::math::cdf(boost::math::complement(Law(freedom), std::abs(t)));
}

/// Two-sided P value of a difference of shares by their common share; 1 where nobody differs.
inline double p_value_shares(const ArmSums& a, const ArmSums& b) {
  const double common = (a.sum + b.sum) / (a.n_people + b.n_people);
  const double variance = common * (1.0 - common) * (1.0 / a.n_people + 1.0 / b.n_people);
  if (!(variance > 0)) return 1.0;
  return 2.0 * random::normal_below(-std::abs(a.mean() - b.mean()) / std::sqrt(variance));
}

}  // namespace mgpk::trial
