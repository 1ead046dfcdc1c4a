// From a uniform number to a law, by the inverse of its distribution. A law that is cut off is
// drawn on the interval that is left: nothing is clipped, so nothing piles up at a limit.
#pragma once

#include <boost/math/special_functions/erf.hpp>

#include <cmath>

#include <mgpk/error.hpp>

namespace mgpk::random {

namespace detail {

/// Plain double inside too, so that the bits do not hang on the width of a long double.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

inline void check_uniform(double u) {
  require(u > 0 && u < 1, "a quantile is asked for between 0 and 1", u,
          "give a number from random::uniform");
}

inline void check_range(double low, double high) {
  require(low < high, "a law needs a range with low < high", high - low, "give a wider range");
}

}  // namespace detail

/// Share of the standard normal law below z.
inline double normal_below(double z) {
  return 0.5 * boost::math::erfc(-z / std::sqrt(2.0), detail::Policy());
}

inline double normal_quantile(double u) {
  detail::check_uniform(u);
  return -std::sqrt(2.0) * boost::math::erfc_inv(2.0 * u, detail::Policy());
}

/// The standard normal law between two limits. In the upper half it looks from above, where the
/// shares that are left are small numbers and not differences from 1.
inline double normal_quantile_between(double u, double low, double high) {
  detail::check_uniform(u);
  detail::check_range(low, high);
  if (low > 0) return -normal_quantile_between(1.0 - u, -high, -low);
  const double below = normal_below(low), share = normal_below(high) - below;
  const double z = normal_quantile(below + u * share);
  return z < low ? low : z > high ? high : z;  // of rounding only
}

inline double uniform_quantile_between(double u, double low, double high) {
  detail::check_uniform(u);
  detail::check_range(low, high);
  return low + u * (high - low);
}

/// The triangular law: its density rises from low to the mode and falls to high.
inline double triangular_quantile(double u, double low, double mode, double high) {
  detail::check_uniform(u);
  detail::check_range(low, high);
  require_between("mode of a triangular law", mode, low, high, "give a mode inside the range");
  const double width = high - low, rising = (mode - low) / width;
  if (u < rising) return low + std::sqrt(u * width * (mode - low));
  return high - std::sqrt((1.0 - u) * width * (high - mode));
}

}  // namespace mgpk::random
