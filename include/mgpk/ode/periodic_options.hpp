// What the caller may choose about the search for a periodic state, and what it gives.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include <mgpk/ode/status.hpp>
#include <mgpk/ode/text.hpp>

namespace mgpk::ode {

struct PeriodicOptions {
  double tolerance = 1e-9;        ///< residual at which the search ends; not below the map's noise
  double floor = 1e-6;            ///< states smaller than this are measured against it
  double difference_step = 1e-4;  ///< relative step of the differences that make the Jacobian
  std::size_t max_iterations = 30;
};

/// `residual`: largest |map(x) - x| / max(|x|, floor) over the masked states. `contraction`: the
/// spectral radius of the map's Jacobian, taken within 5 % of the state: the factor by which a
/// disturbance shrinks per turn. Look at the status before use: without `ok` the state is no
/// answer.
struct Periodic {
  std::vector<double> state;
  double residual = std::numeric_limits<double>::infinity();
  double contraction = std::numeric_limits<double>::quiet_NaN();
  std::size_t n_iterations = 0;
  std::size_t n_maps = 0;
  Status status;
};

namespace detail {

/// What a caller can do about a search that fails.
struct PeriodicAdvice {
  static constexpr const char* bad_start = "give a start from which the map can be run";
  static constexpr const char* too_far =
      "give a start nearer to the periodic state or raise max_iterations";
  static constexpr const char* bad_difference = "reduce difference_step";
  static constexpr const char* no_return =
      "a disturbance does not die out here (contraction of 1 or more): take states that only "
      "accumulate out of the mask and give every intake a loss";
  static constexpr const char* stalled =
      "no step lowers the residual: tighten the tolerances inside the map, or accept a larger "
      "tolerance here";
};

inline void validate_periodic(const PeriodicOptions& options) {
  if (!(options.tolerance > 0.0))
    refuse("tolerance", "be positive", options.tolerance, "give a residual such as 1e-9");
  if (!(std::isfinite(options.floor) && options.floor > 0.0))
    refuse("floor", "be finite and positive", options.floor, "give a state too small to matter");
  if (!(options.difference_step > 0.0 && options.difference_step < 1.0))
    refuse("difference_step", "be above 0 and below 1", options.difference_step,
           "give a relative step such as 1e-4");
}

}  // namespace detail

}  // namespace mgpk::ode
