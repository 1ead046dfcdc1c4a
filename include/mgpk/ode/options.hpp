// What the caller may choose about a solve, and what is refused.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

#include <mgpk/ode/text.hpp>

namespace mgpk::ode {

enum class Method { automatic, dopri5, rosenbrock4 };

struct Options {
  /// Error allowed per step: absolute + relative·|x|, for every state on its own.
  double relative_tolerance = 1e-9;
  double absolute_tolerance = 1e-13;
  /// Attempted steps over the whole life of an integrator, rejected ones included.
  std::size_t max_steps = 10'000'000;
  /// Bound it where an input can wake a resting system: no error estimate sees what lies ahead.
  double max_step_h = std::numeric_limits<double>::infinity();
  double first_step_h = 0.0;  ///< 0: chosen from the first two derivatives (Hairer's rule)
  Method method = Method::automatic;
  /// Asked about every 256 attempted steps; false ends the solve with `interrupted`.
  std::function<bool(double t_h)> keep_going = {};
};

/// Throws std::invalid_argument for options that no solve can honour.
inline void validate(const Options& options) {
  const double relative = options.relative_tolerance;
  if (!(relative >= 1e-14 && relative < 0.1))
    detail::refuse("relative_tolerance", "be at least 1e-14 and below 0.1", relative,
                   "give a fraction such as 1e-9");
  if (!(std::isfinite(options.absolute_tolerance) && options.absolute_tolerance > 0.0))
    detail::refuse("absolute_tolerance", "be finite and positive", options.absolute_tolerance,
                   "give an amount that does not matter, such as 1e-13");
  if (options.max_steps == 0)
    detail::refuse("max_steps", "be at least 1", 0.0, "give a budget such as 10000000");
  if (!(options.max_step_h > 0.0))
    detail::refuse("max_step_h", "be positive", options.max_step_h,
                   "give a length in hours, or infinity for no bound");
  if (!(std::isfinite(options.first_step_h) && options.first_step_h >= 0.0))
    detail::refuse("first_step_h", "be finite and not negative", options.first_step_h,
                   "give a length in hours, or 0 to have it chosen");
}

}  // namespace mgpk::ode
