// What was known of a parameter before the data.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include <mgpk/study/fit/transform.hpp>

namespace mgpk::study::fit {

enum class PriorKind {
  normal,      ///< of the parameter: mean and standard deviation in its unit
  log_normal,  ///< of its logarithm: the logarithm of the median, and the standard deviation
};

/// Counts as one more observation of the parameter: its estimate becomes the most probable value on
/// the parameter's own scale (or that of its logarithm), whatever transform the search uses.
struct Prior {
  std::size_t parameter = 0;  ///< place in theta
  PriorKind kind = PriorKind::normal;
  double center = 0;
  double sd = 1;
};

/// -2 ln of the prior at a place of the search, without its constants; and its slopes there.
struct PriorTerm {
  double value = 0;
  double slope = 0;
  double curvature = 0;  ///< of Gauss and Newton
};

inline PriorTerm term_of(const Prior& prior, const Transform& transform, double x) {
  const double value = transform.value(x);
  const bool by_log = prior.kind == PriorKind::log_normal;
  if (by_log && !(value > 0)) return {std::numeric_limits<double>::infinity(), 0, 0};
  const double z = ((by_log ? std::log(value) : value) - prior.center) / prior.sd;
  const double slope = transform.slope(x) / (by_log ? value : 1.0) / prior.sd;
  return {z * z, 2 * z * slope, 2 * slope * slope};
}

}  // namespace mgpk::study::fit
