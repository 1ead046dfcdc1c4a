// The definitions of plasma.hpp.
#pragma once

#include <cmath>
#include <string>

#include <mgpk/error.hpp>
#include <mgpk/nca/detail/curve.hpp>
#include <mgpk/nca/detail/partial.hpp>
#include <mgpk/nca/detail/plasma_interval.hpp>
#include <mgpk/nca/detail/plasma_single.hpp>
#include <mgpk/nca/detail/telling.hpp>
#include <mgpk/nca/plasma.hpp>

namespace mgpk::nca {
namespace detail {

inline void validate_interval(Interval interval) {
  require(std::isfinite(interval.from_h) && interval.from_h >= 0,
          "an interval must start at the dose or after it", interval.from_h,
          "give hours after the dose");
  require(std::isfinite(interval.to_h) && interval.to_h > interval.from_h,
          "an interval must end after it starts", interval.to_h, "give a later end");
}

inline void validate(const PlasmaInput& input) {
  validate_samples(input);
  require(std::isfinite(input.dose_at_h), "dose_at_h must be finite", input.dose_at_h,
          "give the time of the dose on the clock of the samples");
  if (!std::isnan(input.dose_amount))
    require_positive("dose_amount", input.dose_amount, "leave it out where it is not known");
  if (input.route == Route::iv_infusion)
    require_positive("infusion_h", input.infusion_h, "give how long the infusion ran");
  else
    require(input.infusion_h == 0, "infusion_h is read only for an infusion", input.infusion_h,
            "give route = iv_infusion, or leave it out");
  const BlqOptions& blq = input.blq;
  if (!std::isnan(blq.lloq_amount_per_L))
    require_positive("lloq_amount_per_L", blq.lloq_amount_per_L,
                     "give the lower limit of quantification");
  if (!std::isnan(input.tau_h))
    require_positive("tau_h", input.tau_h, "give the dosing interval in hours");
  if (input.at_steady_state && std::isnan(input.tau_h))
    fail("a steady state needs the dosing interval, tau_h", "missing", "give tau_h");
  for (const Interval& interval : input.partial) validate_interval(interval);
  for (const Interval& interval : input.accumulation) validate_interval(interval);
  require(input.accumulation.empty() || input.accumulation.size() == 2,
          "accumulation compares two intervals, the first and a later one",
          static_cast<double>(input.accumulation.size()), "give both");
}

}  // namespace detail

MGPK_COMPILED PlasmaResult analyse_plasma(const PlasmaInput& input) {
  using namespace detail;
  validate(input);
  PlasmaResult r;
  const Curve curve = read_curve(input, r.notes);
  tell_peak_and_last(r, input, curve);
  tell_areas(r, input, curve);
  Terminal terminal = curve.terminal;
  if (!curve.last) terminal.reason = "no positive concentration was measured";
  tell_terminal(r, terminal);
  if (terminal.reason.empty()) tell_infinity(r, input);
  tell_start(r, input, curve);
  if (!terminal.reason.empty()) cannot(r, infinity_names, "no lambda_z: " + terminal.reason);
  tell_clearance(r, input);
  tell_interval(r, input, curve);
  tell_accumulation(r, input, curve);
  for (const Interval& interval : input.partial) r.partial.push_back(partial_area(curve, interval));
  return r;
}

}  // namespace mgpk::nca
