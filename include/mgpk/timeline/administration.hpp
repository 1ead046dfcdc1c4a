// From a record to what is really given: bioavailability, lag, and modelled rates and durations.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include <mgpk/error.hpp>
#include <mgpk/record/record.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::timeline {

/// What the model says of doses into one compartment (F, ALAG, D, R), frozen at the dose's record.
struct DoseAttributes {
  double f_bioavailable = 1;
  double tlag_h = 0;
  double duration_h = std::numeric_limits<double>::quiet_NaN();  ///< for RATE = -2
  double rate = std::numeric_limits<double>::quiet_NaN();        ///< for RATE = -1, amount per hour
};

enum class SteadyState { none = 0, instead = 1, added = 2 };

/// One dose and its repeats, as they reach a compartment: F is in the amount, or in the duration.
struct Administration {
  double t_h = 0;
  std::size_t compartment = 0;
  double amount = 0;      ///< of each pulse, after F
  double duration_h = 0;  ///< 0: at once
  double tlag_h = 0;
  double interval_h = 0;
  int n_additional = 0;
  SteadyState steady_state = SteadyState::none;
  double constant_rate = 0;  ///< of the infusion without end that led to the steady state
  std::size_t record = no_record;

  double rate() const { return duration_h > 0 ? amount / duration_h : 0.0; }
};

/// More repeats than that are a slip, and a list of them would take minutes to walk.
inline constexpr int most_additional = 100'000;

namespace detail {

inline std::string at_row(const record::Record& r) {
  return " (row " + std::to_string(r.row + 1) + ")";
}

inline void check_dose(const record::Record& r, const DoseAttributes& a) {
  const std::string row = at_row(r);
  require_not_negative("AMT" + row, r.amount, "give the amount of the dose");
  require(r.rate >= 0 || r.rate == record::modelled_rate || r.rate == record::modelled_duration,
          "RATE must be 0, positive, -1 or -2" + row, r.rate, "give amount per hour");
  require(r.n_additional >= 0 && r.n_additional <= most_additional,
          "ADDL must lie between 0 and 100000" + row, r.n_additional,
          "give the number of further doses");
  require(r.at_steady_state >= 0 && r.at_steady_state <= 2, "SS must be 0, 1 or 2" + row,
          r.at_steady_state, "1 replaces what was given before, 2 adds to it");
  require_not_negative("II" + row, r.interval_h, "give the interval in hours");
  require_not_negative("the bioavailability F" + row, a.f_bioavailable, "give 0 or more");
  require_not_negative("the lag" + row, a.tlag_h, "give hours");
}

inline bool is_constant_infusion(const record::Record& r) {
  return r.at_steady_state > 0 && r.amount == 0 && r.interval_h == 0 && r.rate != 0;
}

inline void check_repeats(const record::Record& r, const DoseAttributes& a) {
  const std::string row = at_row(r);
  if (is_constant_infusion(r)) {
    require(r.n_additional == 0, "an infusion without end has no further doses, ADDL = 0" + row,
            r.n_additional, "leave ADDL out");
    return;
  }
  require(r.amount > 0, "a dose needs AMT > 0" + row, r.amount,
          "give its amount, or make the record an observation (EVID 0) or other event (EVID 2)");
  if (r.n_additional > 0)
    require(r.interval_h > 0, "ADDL needs II > 0" + row, r.interval_h, "give the interval");
  if (r.at_steady_state > 0) {
    require(r.interval_h > 0, "SS needs II > 0" + row, r.interval_h,
            "give the interval; only an infusion without end (AMT 0, RATE > 0) has none");
    // The state at the record would depend on doses of which some have not yet arrived.
    require(a.tlag_h < r.interval_h, "with SS the lag must be shorter than II" + row, a.tlag_h,
            "shorten the lag, or give the doses one by one with ADDL");
  }
}

/// How long one pulse takes: F changes the duration of a given rate, and the rate of a given
/// duration.
inline double duration_h(const record::Record& r, const DoseAttributes& a) {
  if (r.rate == 0) return 0;
  if (r.rate == record::modelled_duration) {
    require_positive("the modelled duration D of RATE = -2" + at_row(r), a.duration_h,
                     "give the model a duration for this compartment");
    return a.duration_h;
  }
  double rate = r.rate;
  if (r.rate == record::modelled_rate) {
    require_positive("the modelled rate R of RATE = -1" + at_row(r), a.rate,
                     "give the model a rate for this compartment");
    rate = a.rate;
  }
  return r.amount * a.f_bioavailable / rate;
}

}  // namespace detail

/// @throws InputError when the record breaks a rule of doses.
inline Administration administration_of(const record::Record& r, std::size_t compartment,
                                        const DoseAttributes& a, std::size_t record) {
  detail::check_dose(r, a);
  detail::check_repeats(r, a);
  Administration given;
  given.t_h = r.time_h;
  given.compartment = compartment;
  given.tlag_h = a.tlag_h <= same_time_h ? 0.0 : a.tlag_h;
  given.interval_h = r.interval_h;
  given.n_additional = r.n_additional;
  given.steady_state = static_cast<SteadyState>(r.at_steady_state);
  given.record = record;
  if (detail::is_constant_infusion(r)) {
    given.constant_rate = r.rate == record::modelled_rate ? a.rate : r.rate;
    require_positive("the rate of an infusion without end" + detail::at_row(r), given.constant_rate,
                     "give RATE > 0, or RATE = -1 and a modelled rate");
    return given;
  }
  given.amount = r.amount * a.f_bioavailable;
  given.duration_h = detail::duration_h(r, a);
  return given;
}

}  // namespace mgpk::timeline
