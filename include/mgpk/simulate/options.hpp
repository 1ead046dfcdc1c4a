// How a run is to be done: until when, which times, how exactly, from which start.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/ode/options.hpp>

namespace mgpk::simulation {

/// What a row at the very time of a jump shows.
enum class JumpLimit {
  after,   ///< the state after everything that happens then (decision 0006)
  before,  ///< the state before it: a trough just before the next dose
};

/// Options of a run. Give either `until_h` (with `every_h`) or `times_h`.
struct Options {
  double until_h = 0;
  double every_h = 0.5;
  std::vector<double> times_h{};  ///< rising strictly, from 0 on; instead of until_h and every_h
  double relative_tolerance = 1e-9;
  double absolute_tolerance_mmol = 1e-13;
  std::size_t max_steps = 10'000'000;
  ode::Method method = ode::Method::automatic;
  bool with_baseline = true;        ///< also run the same person without the plan
  bool throw_on_failure = true;     ///< false: NaN from the failure on, and the status says why
  bool empty_gut_at_start = false;  ///< as after a lavage; the diet's remains are taken out
  /// Plasma (and with it the interstitium) at the start: a person who starts loaded or depleted,
  /// not in a steady state.
  std::optional<double> start_c_plasma_total_mmol_per_L{};
  JumpLimit jump_limit = JumpLimit::after;
  std::function<bool(double t_h)> keep_going{};  ///< polled now and then; false interrupts

  ode::Options solver() const {
    ode::Options o;
    o.relative_tolerance = relative_tolerance;
    o.absolute_tolerance = absolute_tolerance_mmol;
    o.max_steps = max_steps;
    o.method = method;
    o.keep_going = keep_going;
    return o;
  }
};

/// A hundred years, and more outputs than a table can hold: beyond them a unit has slipped.
inline constexpr double longest_run_h = 100.0 * 8766.0;
inline constexpr double most_outputs = 5e6;

inline void check_times(const std::vector<double>& times_h) {
  for (std::size_t i = 0; i < times_h.size(); ++i) {
    require_between("times_h", times_h[i], 0, longest_run_h, "give hours after the start");
    if (i > 0)
      require(times_h[i] > times_h[i - 1], "times_h must rise strictly", times_h[i],
              "sort the output times and give each once");
  }
}

inline void validate(const Options& o) {
  require_positive("absolute_tolerance_mmol", o.absolute_tolerance_mmol,
                   "give an amount that does not matter, such as 1e-13");
  ode::validate(o.solver());
  if (o.times_h.empty()) {
    require_positive("until_h", o.until_h, "give the end of the run in hours");
    require_positive("every_h", o.every_h, "give the output interval in hours");
    require_between("until_h", o.until_h, 0, longest_run_h, "give hours, not minutes or seconds");
    require(o.until_h / o.every_h <= most_outputs, "a run has at most 5000000 output times",
            o.until_h / o.every_h, "raise every_h");
  } else if (o.until_h > 0) {
    fail("a run takes either until_h or times_h", "both", "leave one of them out");
  }
  check_times(o.times_h);
  if (o.start_c_plasma_total_mmol_per_L)
    require_between("start_c_plasma_total_mmol_per_L", *o.start_c_plasma_total_mmol_per_L, 0.1, 10,
                    "give total plasma magnesium in mmol/L (mg/dL times 0.4114)");
}

/// The output times: those given, or a grid that ends exactly at `until_h`.
inline std::vector<double> output_times_h(const Options& o) {
  if (!o.times_h.empty()) return o.times_h;
  const auto n = static_cast<std::size_t>(std::ceil(o.until_h / o.every_h - 1e-9));
  std::vector<double> times_h;
  for (std::size_t i = 0; i < n; ++i) times_h.push_back(static_cast<double>(i) * o.every_h);
  times_h.push_back(o.until_h);
  return times_h;
}

}  // namespace mgpk::simulation
