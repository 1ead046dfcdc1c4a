// From the records of a data set to a plan for the body: what cannot be said as a plan is refused.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/error.hpp>
#include <mgpk/record/record.hpp>
#include <mgpk/timeline/administration.hpp>
#include <mgpk/timeline/from_records.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

/// What the records leave open: where each compartment is, and in which unit amounts are.
struct RecordMeaning {
  /// CMT to route and salt: {1, "oral:glycinate"}, {2, "iv:sulfate"}, {3, "im:sulfate"}.
  std::map<int, std::string> compartments{};
  int usual_compartment = 1;   ///< of records without CMT
  std::string unit{};          ///< "mmol", "mEq", "elemental_mg" or "salt_mg"
  double clock_at_zero_h = 0;  ///< hour of the day at TIME 0; a run starts at midnight
  dose::ResetTo reset_to = dose::ResetTo::baseline;  ///< what EVID 3 and 4 mean for a body
};

namespace detail {

inline DoseAmount amount_in(const std::string& unit, double amount) {
  if (unit == "mmol") return mmol(amount);
  if (unit == "mEq") return mEq(amount);
  if (unit == "elemental_mg") return elemental_mg(amount);
  if (unit == "salt_mg") return salt_mg(amount);
  fail("the unit of amounts must be elemental_mg, salt_mg, mmol or mEq", '"' + unit + '"',
       "say in which unit AMT is");
}

/// Adds records to a plan one by one.
class RecordReader {
 public:
  explicit RecordReader(const RecordMeaning& meaning) : meaning_(meaning) {
    amount_in(meaning.unit, 1.0);
  }

  void read(const record::Record& r, std::size_t index) {
    const double at_h = r.time_h + meaning_.clock_at_zero_h;
    if (std::isfinite(r.occasion)) open_occasion(r, at_h);
    if (record::resets(r.event)) {
      refuse_dose_before(r, "a reset");
      plan_.reset(at_h, meaning_.reset_to);
    }
    if (record::gives_dose(r.event)) {
      give(r, at_h, timeline::administration_of(plainly_given(r), 0, {}, index));
      last_dose_h_ = r.time_h;
    } else {
      timeline::detail::check_no_dose(r);
    }
  }

  Schedule plan() && { return std::move(plan_); }

 private:
  /// A plan knows no order at one time: resets and steady states come before what is given then.
  void refuse_dose_before(const record::Record& r, const char* what) const {
    if (r.time_h - last_dose_h_ <= timeline::same_time_h)
      fail(std::string(what) + " must stand before the doses of its time",
           "after one at " + text_of(r.time_h) + " h", "change the order of the records");
  }

  static const record::Record& plainly_given(const record::Record& r) {
    if (r.rate < 0)
      fail("RATE must be 0 or positive for a body, which has no modelled rate or duration",
           text_of(r.rate), "give the rate, or the dose as a bolus");
    if (r.at_steady_state == 2)
      fail("SS must be 0 or 1 for a body: in it effects do not add up", "2",
           "build the plan from lines that are at_steady_state at one time");
    if (timeline::detail::is_constant_infusion(r))
      fail("an infusion without end has no place in a plan", "AMT = 0 with SS = 1",
           "give 24 h of it as AMT, RATE and II = 24");
    if (r.interval_h > 0 && r.n_additional == 0 && r.at_steady_state == 0)
      fail("II needs ADDL or SS", text_of(r.interval_h) + " h alone",
           "say how many further doses there are, or leave II out");
    return r;
  }

  void open_occasion(const record::Record& r, double at_h) {
    require(r.occasion == std::round(r.occasion) && std::abs(r.occasion) < 1e9,
            "OCC must be a whole number", r.occasion, "number the occasions");
    const int number = static_cast<int>(r.occasion);
    const auto& known = plan_.occasions();
    if (known.empty() || known.back().number != number) plan_.occasion(number, at_h);
  }

  void give(const record::Record& r, double at_h, const timeline::Administration& dose) {
    const int number = r.compartment == 0 ? meaning_.usual_compartment : r.compartment;
    const auto found = meaning_.compartments.find(number);
    if (found == meaning_.compartments.end())
      fail("each compartment that takes a dose needs a route and a salt",
           "CMT " + std::to_string(number) + " without them",
           "name it in compartments, such as \"oral:citrate\"");
    dose::Timing timing{.at_h = at_h, .over_h = dose.duration_h};
    timing.times = dose.n_additional + 1;
    timing.every_h = dose.interval_h;
    timing.at_steady_state = dose.steady_state != timeline::SteadyState::none;
    if (timing.at_steady_state) refuse_dose_before(r, "a dose at steady state");
    add(found->second, amount_in(meaning_.unit, r.amount), timing);
  }

  void add(std::string_view route_and_salt, const DoseAmount& amount, const dose::Timing& timing) {
    const auto colon = route_and_salt.find(':');
    const auto route = route_and_salt.substr(0, colon);
    const auto salt = colon == std::string_view::npos ? "" : route_and_salt.substr(colon + 1);
    if (route == "oral") {
      plan_.oral(salt, amount, timing);
    } else if (route == "iv") {
      plan_.iv(salt, amount, timing);
    } else if (route == "im") {
      plan_.im(salt, amount, timing);
    } else {
      fail("a compartment must be oral, iv or im and a salt",
           '"' + std::string(route_and_salt) + '"', "write it as \"oral:citrate\"");
    }
  }

  const RecordMeaning& meaning_;
  Schedule plan_;
  double last_dose_h_ = -std::numeric_limits<double>::infinity();
};

}  // namespace detail

/// The plan of one person's records. Observations give nothing, and are no part of a plan.
/// @throws InputError, with the row, for what a plan cannot say: SS = 2, modelled rates, infusions
///         without end, time that goes back, compartments without a route.
inline Schedule plan_of(std::span<const record::Record> records, const RecordMeaning& meaning) {
  detail::RecordReader reader(meaning);
  if (!records.empty() && timeline::detail::end_of_stretch(records, 0) != records.size())
    fail("the time of one plan must not go back, not even after a reset", "a step back",
         "make a plan of each stretch");
  for (std::size_t i = 0; i < records.size(); ++i) {
    try {
      reader.read(records[i], i);
    } catch (const InputError& error) {
      throw InputError("row " + std::to_string(records[i].row + 1) + ": " + error.what());
    }
  }
  return std::move(reader).plan();
}

}  // namespace mgpk::simulation
