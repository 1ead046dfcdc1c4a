// The area over an interval, beyond the last sample along lambda_z.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include <mgpk/nca/detail/curve.hpp>

namespace mgpk::nca::detail {

/// A curve along lambda_z through the last positive measurement.
inline Point on_tail(const Curve& curve, double t_h) {
  const Point last = curve.points[*curve.last];
  return {t_h, last.y * std::exp(-curve.terminal.lambda_z_per_h * (t_h - last.t_h))};
}

inline double value_at(const Curve& curve, double t_h) {
  if (t_h > curve.t_end_h()) return on_tail(curve, t_h).y;
  for (std::size_t i = 1; i < curve.points.size(); ++i)
    if (t_h <= curve.points[i].t_h)
      return point_between(curve.points[i - 1], curve.points[i], t_h, curve.method).y;
  return curve.points.back().y;
}

inline void find_extremes(const Curve& curve, PartialArea& found) {
  for (std::size_t i = curve.first_sample(); i < curve.points.size(); ++i) {
    const Point point = curve.points[i];
    if (point.t_h < found.from_h || point.t_h > found.to_h) continue;
    if (!(point.y <= found.c_max_amount_per_L)) {
      found.c_max_amount_per_L = point.y;
      found.t_max_h = point.t_h;
    }
    if (!(point.y >= found.c_min_amount_per_L)) {
      found.c_min_amount_per_L = point.y;
      found.t_min_h = point.t_h;
    }
  }
}

inline PartialArea partial_area(const Curve& curve, Interval interval) {
  PartialArea found;
  found.from_h = interval.from_h;
  found.to_h = interval.to_h;
  find_extremes(curve, found);
  const double end_h = curve.t_end_h();
  const bool has_tail = curve.last && curve.terminal.reason.empty();
  if (interval.to_h > end_h && !has_tail) {
    found.reason = "the last sample stands at " + text_of(end_h) +
                   " h, and there is no lambda_z: " +
                   (curve.last ? curve.terminal.reason : "no positive measurement");
    return found;
  }
  Moments sum = moments_of(curve.points, interval.from_h, interval.to_h, curve.method);
  double extrapolated = 0;
  if (interval.to_h > end_h) {
    const Moments tail = log_moments(on_tail(curve, std::max(interval.from_h, end_h)),
                                     on_tail(curve, interval.to_h));
    extrapolated = tail.zeroth;
    sum += tail;
  }
  found.auc_amount_h_per_L = sum.zeroth;
  found.aumc_amount_h_h_per_L = sum.first;
  found.f_extrapolated = extrapolated == 0 ? 0 : extrapolated / sum.zeroth;
  found.c_average_amount_per_L = sum.zeroth / (interval.to_h - interval.from_h);
  found.c_end_amount_per_L = value_at(curve, interval.to_h);
  return found;
}

}  // namespace mgpk::nca::detail
