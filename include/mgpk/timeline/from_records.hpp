// From the records of one person to timelines: one for each stretch between steps back in time.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/record/record.hpp>
#include <mgpk/timeline/builder.hpp>

namespace mgpk::timeline {

namespace detail {

inline void check_time(const record::Record& r) {
  if (!std::isfinite(r.time_h))
    fail("TIME must be finite" + at_row(r), text_of(r.time_h), "give hours");
}

/// One past the last record before time goes back, which only a reset may do.
inline std::size_t end_of_stretch(std::span<const record::Record> records, std::size_t first) {
  check_time(records[first]);
  std::size_t i = first + 1;
  for (; i < records.size(); ++i) {
    check_time(records[i]);
    const double before_h = records[i - 1].time_h;
    if (records[i].time_h >= before_h) continue;
    if (!record::resets(records[i].event))
      fail("TIME must not go back without a reset" + at_row(records[i]),
           text_of(records[i].time_h) + " h after " + text_of(before_h) + " h",
           "sort the records, or begin the new stretch with EVID 3 or 4");
    break;
  }
  return i;
}

inline std::size_t compartment_of(const record::Record& r, std::size_t n_compartments,
                                  std::size_t usual) {
  if (r.compartment == 0) return usual;
  require(r.compartment > 0 && static_cast<std::size_t>(r.compartment) <= n_compartments,
          "CMT must name a compartment of the model, 1 to " + std::to_string(n_compartments) +
              at_row(r),
          r.compartment, "compartments cannot be turned off; give the number of one");
  return static_cast<std::size_t>(r.compartment) - 1;
}

/// A record that is no dose must not look like one: its amounts would be lost in silence.
inline void check_no_dose(const record::Record& r) {
  require(r.amount == 0 && r.rate == 0, "AMT and RATE must be 0 unless EVID is 1 or 4" + at_row(r),
          r.amount != 0 ? r.amount : r.rate, "set EVID to 1, or take the dose out");
}

}  // namespace detail

/// `attributes(compartment, record)` gives the model's DoseAttributes at a record (its index among
/// `records`); compartments count from 0. Events name records by that index.
/// @throws InputError when a record breaks a rule.
template <class Attributes>
std::vector<Timeline> timelines_of(std::span<const record::Record> records,
                                   std::size_t n_compartments, std::size_t usual_compartment,
                                   Attributes&& attributes, Limit limit = Limit::as_recorded) {
  std::vector<Timeline> timelines;
  std::size_t first = 0;
  while (first < records.size()) {
    const std::size_t last = detail::end_of_stretch(records, first);
    Builder builder(n_compartments, records[first].time_h, records[last - 1].time_h, limit);
    for (std::size_t i = first; i < last; ++i) {
      const auto& r = records[i];
      if (record::resets(r.event)) builder.reset(r.time_h, i);
      if (record::gives_dose(r.event)) {
        const std::size_t c = detail::compartment_of(r, n_compartments, usual_compartment);
        builder.give(administration_of(r, c, attributes(c, i), i));
      } else {
        detail::check_no_dose(r);
      }
      builder.look(r.time_h, i, record::gives_dose(r.event) || record::resets(r.event));
    }
    timelines.push_back(builder.build());
    first = last;
  }
  return timelines;
}

}  // namespace mgpk::timeline
