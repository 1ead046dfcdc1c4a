// The rules for doses and resets, row by row.
#pragma once

#include <cstddef>
#include <string>

#include <mgpk/nearest_name.hpp>
#include <mgpk/record/detail/rules.hpp>

namespace mgpk::record::detail {

class DoseRules {
 public:
  DoseRules(const Table& table, Problems& problems)
      : table_(table), say_(table, problems), all_(problems) {}

  void check() {
    if (table_.n_rows() == 0) return;
    bool any_dose = false;
    for (std::size_t row = 0; row < table_.n_rows(); ++row) {
      const Event event = table_.events[row];
      any_dose = any_dose || gives_dose(event);
      check_values(row);
      if (has_bad_event(row)) continue;  // nobody knows which rules it has broken besides
      if (gives_dose(event)) {
        check_amount(row);
        check_interval(row);
      } else {
        check_idle(row);
      }
    }
    if (!any_dose)
      all_.warning("no_doses", {},
                   "nobody gets a dose; add rows with EVID 1 and AMT, or go on if "
                   "only observations are meant");
  }

 private:
  /// A constant infusion at steady state has no amount and no interval.
  bool is_constant_infusion(std::size_t row) const {
    return ss_[row] != 0 && amt_[row] == 0 && ii_[row] == 0 && (rate_[row] > 0 || rate_[row] == -1);
  }

  bool has_bad_event(std::size_t row) const {
    if (!evid_.there()) return false;
    return !evid_.has(row) || !is_whole(evid_[row]) || evid_[row] < 0 || evid_[row] > 4;
  }

  void check_values(std::size_t row) const {
    if (evid_.has(row) && has_bad_event(row))
      say_.error("bad_evid", row, evid_, "EVID must be 0, 1, 2, 3 or 4; correct it");
    if (evid_.there() && !evid_.has(row) && !evid_.is_text(row))
      say_.error(
          "bad_evid", row, evid_,
          "EVID must stand in every row where there is such a column; write 0, 1, 2, 3 or 4");
    if (amt_[row] < 0)
      say_.error("negative_amount", row, amt_, "AMT must not be negative; correct it");
    if (rate_[row] < 0 && rate_[row] != modelled_rate && rate_[row] != modelled_duration)
      say_.error("bad_rate", row, rate_,
                 "RATE must not be negative, but for -1 (the model's rate) and -2 (the model's "
                 "duration); correct it");
    if (ss_[row] != 0 && ss_[row] != 1 && ss_[row] != 2)
      say_.error("bad_ss", row, ss_, "SS must be 0, 1 or 2; correct it");
    if (!(is_whole(addl_[row]) && addl_[row] >= 0 && addl_[row] <= most_additional))
      say_.error("bad_addl", row, addl_,
                 "ADDL must be a whole number from 0 to 1000000; correct it");
    if (ii_[row] < 0) say_.error("bad_interval", row, ii_, "II must not be negative; correct it");
    check_compartment(row);
  }

  void check_compartment(std::size_t row) const {
    const auto& names = table_.options.compartments;
    if (cmt_.is_text(row)) {
      const std::string name = cmt_.column().cells.text(row);
      if (names.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
      const auto near = nearest_names(name, names);
      say_.error("unknown_compartment", row, cmt_,
                 "CMT must be a compartment that was stated; " +
                     (near.empty() ? std::string("use one of those names or its number")
                                   : "did you mean " + quoted_list(near) + "?"));
      return;
    }
    const double number = cmt_[row];
    const double most = names.empty() ? most_compartments : static_cast<double>(names.size());
    if (!(is_whole(number) && number >= 0 && number <= most))
      say_.error("unknown_compartment", row, cmt_,
                 "CMT must be a name, or a whole number from 1 to the number of compartments; 0 is "
                 "the model's own choice");
  }

  void check_amount(std::size_t row) const {
    if (amt_[row] != 0 || is_constant_infusion(row)) return;
    if (rate_[row] != 0)
      say_.error("rate_without_amount", row, rate_,
                 "RATE needs an AMT above 0, or SS 1 for an infusion that never ends; give AMT");
    else if (!amt_.is_text(row))
      say_.error("dose_without_amount", row, amt_,
                 "a dose must have an AMT above 0; give it, or set EVID to what the row is");
  }

  void check_interval(std::size_t row) const {
    const bool needs = addl_[row] > 0 || (ss_[row] != 0 && !is_constant_infusion(row));
    if (needs && ii_[row] == 0 && !ii_.is_text(row))
      say_.error("interval_missing", row, ii_,
                 "ADDL and SS need the interval II between doses; give it, above 0");
    if (ii_[row] > 0 && addl_[row] == 0 && ss_[row] == 0)
      say_.warning("interval_unused", row, ii_,
                   "II is read only with ADDL or SS; give one of them, or leave II out");
  }

  /// What belongs to a dose and stands in another row.
  void check_idle(std::size_t row) const {
    if (amt_[row] > 0)
      say_.error("amount_without_dose", row, amt_,
                 "AMT is given only with EVID 1 or 4; correct EVID, or leave AMT out");
    else if (rate_[row] != 0)
      say_.error("rate_without_amount", row, rate_,
                 "RATE belongs to a dose; correct EVID and AMT, or leave RATE out");
    for (const Values* values : {&ii_, &addl_, &ss_})
      if ((*values)[row] != 0)
        say_.warning("dose_item_unused", row, *values,
                     "the item is read only in a dose; correct EVID, or leave it out");
  }

  static constexpr double most_additional = 1e6;
  static constexpr double most_compartments = 1e6;

  const Table& table_;
  RowProblems say_;
  Problems& all_;
  const Values evid_{table_, "EVID"}, amt_{table_, "AMT"}, rate_{table_, "RATE"};
  const Values ii_{table_, "II"}, addl_{table_, "ADDL"}, ss_{table_, "SS"}, cmt_{table_, "CMT"};
};

}  // namespace mgpk::record::detail
