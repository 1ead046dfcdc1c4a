// The area under a curve of samples, and its first moment: linear law, logarithmic law, and rule.
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string_view>

namespace mgpk::nca {

/// A point of a curve: y is a concentration (amount/L) or a rate of excretion (amount/h).
struct Point {
  double t_h = 0;
  double y = 0;
};

/// Which law holds between two neighbours. The logarithmic law needs two positive, unequal values;
/// where it has them not, the linear law stands in.
enum class AreaRule {
  linear,              ///< everywhere linear
  linear_up_log_down,  ///< logarithmic where the curve falls
  linear_log,          ///< linear up to the peak, logarithmic after it
  logarithmic,         ///< logarithmic wherever it can be
};

constexpr std::string_view name_of(AreaRule rule) {
  switch (rule) {
    case AreaRule::linear:
      return "linear";
    case AreaRule::linear_up_log_down:
      return "linear_up_log_down";
    case AreaRule::linear_log:
      return "linear_log";
    case AreaRule::logarithmic:
      return "log";
  }
  return "unknown";
}

/// The area (y times h) and the area of t times y (y times h times h).
struct Moments {
  double zeroth = 0;
  double first = 0;
  Moments& operator+=(const Moments& other) {
    zeroth += other.zeroth;
    first += other.first;
    return *this;
  }
};

/// How a curve is integrated: the rule, and where its peak stands (read by linear_log only).
struct AreaMethod {
  AreaRule rule = AreaRule::linear_up_log_down;
  double t_peak_h = -std::numeric_limits<double>::infinity();
};

namespace detail {

inline bool takes_log(Point a, Point b, const AreaMethod& method) {
  if (!(a.y > 0 && b.y > 0) || a.y == b.y) return false;
  switch (method.rule) {
    case AreaRule::linear:
      return false;
    case AreaRule::linear_up_log_down:
      return b.y < a.y;
    case AreaRule::linear_log:
      return a.t_h >= method.t_peak_h;
    case AreaRule::logarithmic:
      return true;
  }
  return false;
}

/// ln(b/a), exact also where the two are nearly equal.
inline double log_ratio(double a, double b) {
  const double change = (b - a) / a;
  return std::abs(change) < 0.5 ? std::log1p(change) : std::log(b / a);
}

/// The integral of s exp(u s) over 0 to 1: ((u - 1) exp(u) + 1) / u^2, by series where that
/// cancels.
inline double first_moment_of_exponential(double u) {
  if (std::abs(u) > 0.5) return ((u - 1) * std::exp(u) + 1) / (u * u);
  double term = 1, sum = 0.5;
  for (int n = 1; n < 20; ++n) {
    term *= u / n;
    sum += term / (n + 2);
  }
  return sum;
}

inline Moments linear_moments(Point a, Point b) {
  const double width = b.t_h - a.t_h;
  return {width * (a.y + b.y) / 2, width * (a.t_h * a.y + b.t_h * b.y) / 2};
}

inline Moments log_moments(Point a, Point b) {
  const double width = b.t_h - a.t_h;
  const double u = log_ratio(a.y, b.y);
  const double area = width * a.y * std::expm1(u) / u;
  return {area, a.t_h * area + width * width * a.y * first_moment_of_exponential(u)};
}

}  // namespace detail

/// The moments between two neighbours. The first moment of the linear law is the trapezoid of t*y,
/// as everywhere in this field, not the integral of t times a line.
inline Moments moments_between(Point a, Point b, const AreaMethod& method) {
  return detail::takes_log(a, b, method) ? detail::log_moments(a, b) : detail::linear_moments(a, b);
}

/// The curve at a time between two neighbours, by the law that integrates it there.
inline Point point_between(Point a, Point b, double t_h, const AreaMethod& method) {
  const double share = (t_h - a.t_h) / (b.t_h - a.t_h);
  if (!detail::takes_log(a, b, method)) return {t_h, a.y + share * (b.y - a.y)};
  return {t_h, a.y * std::exp(share * detail::log_ratio(a.y, b.y))};
}

/// The moments from one time to another, both within the curve; ends between two points are found
/// by the law that holds there.
inline Moments moments_of(std::span<const Point> curve, double from_h, double to_h,
                          const AreaMethod& method) {
  Moments sum;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    Point a = curve[i - 1], b = curve[i];
    if (b.t_h <= from_h || a.t_h >= to_h) continue;
    const Point whole_a = a, whole_b = b;
    if (a.t_h < from_h) a = point_between(whole_a, whole_b, from_h, method);
    if (b.t_h > to_h) b = point_between(whole_a, whole_b, to_h, method);
    const bool takes_log = detail::takes_log(whole_a, whole_b, method);
    sum += takes_log ? detail::log_moments(a, b) : detail::linear_moments(a, b);
  }
  return sum;
}

}  // namespace mgpk::nca
