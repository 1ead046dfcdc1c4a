// The definitions of terminal.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include <mgpk/error.hpp>
#include <mgpk/nca/terminal.hpp>

namespace mgpk::nca {
namespace detail {

/// Sums of a regression, centred, so that points can be added one by one without cancellation.
struct Regression {
  double n = 0, mean_t = 0, mean_y = 0, s_tt = 0, s_ty = 0, s_yy = 0;

  void add(Point point) {
    const double y = std::log(point.y);
    n += 1;
    const double dt = point.t_h - mean_t, dy = y - mean_y;
    mean_t += dt / n;
    mean_y += dy / n;
    s_tt += dt * (point.t_h - mean_t);
    s_ty += dt * (y - mean_y);
    s_yy += dy * (y - mean_y);
  }
  double slope() const { return s_ty / s_tt; }
  double r_squared() const { return s_yy > 0 ? s_ty * s_ty / (s_tt * s_yy) : 0.0; }
  double r_squared_adjusted() const {
    return n > 2 ? 1 - (1 - r_squared()) * (n - 1) / (n - 2) : std::nan("");
  }
};

inline Terminal terminal_of(std::span<const Point> points) {
  Regression line;
  for (const Point& point : points) line.add(point);
  Terminal found;
  found.lambda_z_per_h = -line.slope();
  found.intercept = line.mean_y - line.slope() * line.mean_t;
  found.r_squared = line.r_squared();
  found.r_squared_adjusted = line.r_squared_adjusted();
  found.half_life_h = std::numbers::ln2 / found.lambda_z_per_h;
  found.span_ratio = (points.back().t_h - points.front().t_h) / found.half_life_h;
  for (const Point& point : points) found.times_h.push_back(point.t_h);
  return found;
}

inline Terminal no_terminal(std::string reason) {
  Terminal none;
  none.reason = std::move(reason);
  return none;
}

/// How many of the last points to take: the most among those within the tolerance of the best.
inline std::size_t best_number(std::span<const Point> points, const TerminalOptions& options) {
  std::vector<double> quality(points.size() + 1, -std::numeric_limits<double>::infinity());
  Regression line;
  for (std::size_t n = 1; n <= points.size(); ++n) {
    line.add(points[points.size() - n]);
    if (n >= options.n_points_least && line.slope() < 0) quality[n] = line.r_squared_adjusted();
  }
  const double best = *std::max_element(quality.begin(), quality.end());
  if (!std::isfinite(best)) return 0;
  for (std::size_t n = points.size(); n > 0; --n)
    if (quality[n] >= best - options.r_squared_tolerance) return n;
  return 0;
}

inline Terminal best_fit(std::span<const Point> points, const std::string& from,
                         const TerminalOptions& options) {
  const auto count = [](std::size_t n) { return std::to_string(n); };
  if (points.size() < options.n_points_least)
    return no_terminal("only " + count(points.size()) + " positive samples" + from +
                       ", lambda_z needs " + count(options.n_points_least));
  const std::size_t n = best_number(points, options);
  if (n == 0) return no_terminal("no choice of the last samples falls with time");
  Terminal found = terminal_of(points.last(n));
  if (found.r_squared_adjusted < options.least_r_squared_adjusted)
    return no_terminal("the best adjusted r squared is " + text_of(found.r_squared_adjusted) +
                       ", below the " + text_of(options.least_r_squared_adjusted) + " asked for");
  found.how = "the last " + count(n) + " of " + count(points.size()) + " positive samples" + from +
              ": the most within " + text_of(options.r_squared_tolerance) +
              " of the best adjusted r squared";
  return found;
}

inline Terminal chosen(std::span<const Point> points, std::string how) {
  if (points.size() < 2)
    return no_terminal("only " + std::to_string(points.size()) +
                       " positive samples among the points that were chosen, a line needs 2");
  Terminal found = terminal_of(points);
  if (!(found.lambda_z_per_h > 0))
    return no_terminal("the points that were chosen do not fall with time");
  found.how = std::move(how);
  return found;
}

inline std::vector<Point> points_at(std::span<const Point> points, const std::vector<double>& at) {
  std::vector<Point> found;
  for (const double t_h : at) {
    const auto match = std::find_if(points.begin(), points.end(), [&](const Point& point) {
      return std::abs(point.t_h - t_h) <= 1e-9 * std::max(1.0, std::abs(t_h));
    });
    if (match == points.end())
      fail("each time chosen for lambda_z must be that of a positive sample after the dose",
           text_of(t_h) + " h", "choose among the times of the samples");
    found.push_back(*match);
  }
  std::sort(found.begin(), found.end(), [](Point a, Point b) { return a.t_h < b.t_h; });
  return found;
}

inline void validate(const TerminalOptions& options) {
  require(options.n_points_least >= 3, "the least number of points of lambda_z must be 3 or more",
          static_cast<double>(options.n_points_least), "a line through 2 points fits always");
  require_between("r_squared_tolerance", options.r_squared_tolerance, 0, 1, "0.0001 is usual");
  require(std::isfinite(options.least_r_squared_adjusted) && options.least_r_squared_adjusted <= 1,
          "the least adjusted r squared must be finite and at most 1",
          options.least_r_squared_adjusted, "leave it out to take any");
  if (options.choice == TerminalChoice::window)
    require(options.from_h < options.to_h, "the window of lambda_z must end after it starts",
            options.to_h, "give a later end");
  for (std::size_t i = 1; i < options.times_h.size(); ++i)
    require(options.times_h[i] > options.times_h[i - 1],
            "the times chosen for lambda_z must increase", options.times_h[i],
            "give each time once, in order");
}

}  // namespace detail

MGPK_COMPILED Terminal fit_terminal(std::span<const Point> points, double t_first_h,
                                    double t_peak_h, bool with_peak,
                                    const TerminalOptions& options) {
  detail::validate(options);
  const std::string from = std::string(with_peak ? " from the peak on" : " after the peak") +
                           (t_first_h > 0 ? " and the infusion" : "");
  std::vector<Point> candidates;
  for (const Point& point : points) {
    const bool early = with_peak ? point.t_h < t_peak_h : point.t_h <= t_peak_h;
    const bool left_out =
        options.choice == TerminalChoice::best_fit && (early || point.t_h < t_first_h);
    const bool outside = options.choice == TerminalChoice::window &&
                         (point.t_h < options.from_h || point.t_h > options.to_h);
    if (point.y > 0 && !left_out && !outside) candidates.push_back(point);
  }
  switch (options.choice) {
    case TerminalChoice::best_fit:
      return detail::best_fit(candidates, from, options);
    case TerminalChoice::given_points:
      return detail::chosen(detail::points_at(candidates, options.times_h), "the points given");
    case TerminalChoice::window:
      return detail::chosen(candidates, "all positive samples from " + text_of(options.from_h) +
                                            " to " + text_of(options.to_h) + " h");
  }
  return detail::no_terminal("no choice was made");
}

}  // namespace mgpk::nca
