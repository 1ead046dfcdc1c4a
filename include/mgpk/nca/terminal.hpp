// lambda_z: the slope of the last, straight part of a curve in logarithms, and which points made
// it.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/nca/area.hpp>

namespace mgpk::nca {

enum class TerminalChoice {
  best_fit,      ///< the last n points, n from n_points_least on: highest adjusted r squared
  given_points,  ///< the points at times_h
  window,        ///< all points from from_h to to_h
};

/// How lambda_z is to be found. Times are hours after the dose.
struct TerminalOptions {
  TerminalChoice choice = TerminalChoice::best_fit;
  std::size_t n_points_least = 3;
  double r_squared_tolerance = 1e-4;     ///< of the best adjusted one; within it, more points win
  double least_r_squared_adjusted = -1;  ///< below it there is no lambda_z
  std::optional<bool> with_peak;         ///< best_fit only; unless said, after a bolus only
  std::vector<double> times_h;           ///< of given_points
  double from_h = 0;                     ///< of window
  double to_h = std::numeric_limits<double>::infinity();
};

/// A line through the logarithms of some points, ln y = intercept - lambda_z t.
struct Terminal {
  double lambda_z_per_h = std::numeric_limits<double>::quiet_NaN();
  double intercept = std::numeric_limits<double>::quiet_NaN();
  double r_squared = std::numeric_limits<double>::quiet_NaN();
  double r_squared_adjusted = std::numeric_limits<double>::quiet_NaN();
  double half_life_h = std::numeric_limits<double>::quiet_NaN();
  double span_ratio = std::numeric_limits<double>::quiet_NaN();  ///< time it spans, in half-lives
  std::vector<double> times_h;                                   ///< of the points that made it
  std::string how;                                               ///< why these
  std::string reason;                                            ///< why there is none, or empty
};

/// @param points measured points in order of time, none beyond the last that counts; those that are
/// not positive have no logarithm and are left out. @param t_first_h no point before it belongs to
/// the terminal part (end of the infusion). @param t_peak_h the peak; without it only later points.
MGPK_COMPILED Terminal fit_terminal(std::span<const Point> points, double t_first_h,
                                    double t_peak_h, bool with_peak,
                                    const TerminalOptions& options);

}  // namespace mgpk::nca

#if MGPK_DEFINE_COMPILED
#include <mgpk/nca/detail/terminal.hpp>
#endif
