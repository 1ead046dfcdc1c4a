// Short ways to write records in tests, and an engine that only writes down what it is told.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/record/record.hpp>
#include <mgpk/timeline/from_records.hpp>
#include <mgpk/timeline/walk.hpp>

namespace mgpk::tests {

inline record::Record dose_at(double time_h, double amount) {
  record::Record r;
  r.time_h = time_h;
  r.event = record::Event::dose;
  r.amount = amount;
  return r;
}

inline record::Record look_at(double time_h) {
  record::Record r;
  r.time_h = time_h;
  return r;
}

inline record::Record reset_at(double time_h) {
  record::Record r;
  r.time_h = time_h;
  r.event = record::Event::reset;
  return r;
}

inline record::Record repeated(record::Record r, double interval_h, int n_additional) {
  r.interval_h = interval_h;
  r.n_additional = n_additional;
  return r;
}

inline record::Record with_rate(record::Record r, double rate) {
  r.rate = rate;
  return r;
}

inline record::Record at_steady_state(record::Record r, double interval_h, int kind = 1) {
  r.interval_h = interval_h;
  r.at_steady_state = kind;
  return r;
}

/// The same attributes for every dose.
struct SameAttributes {
  timeline::DoseAttributes attributes{};
  timeline::DoseAttributes operator()(std::size_t, std::size_t) const { return attributes; }
};

inline timeline::DoseAttributes lagged(double tlag_h) {
  timeline::DoseAttributes a;
  a.tlag_h = tlag_h;
  return a;
}

inline timeline::DoseAttributes available(double f) {
  timeline::DoseAttributes a;
  a.f_bioavailable = f;
  return a;
}

/// Numbers the records' rows and gives the timelines of a model with two compartments.
inline std::vector<timeline::Timeline> timelines(
    std::vector<record::Record> records, timeline::DoseAttributes attributes = {},
    timeline::Limit limit = timeline::Limit::as_recorded) {
  for (std::size_t i = 0; i < records.size(); ++i) records[i].row = i;
  return timeline::timelines_of(records, 2, 0, SameAttributes{attributes}, limit);
}

/// The events of one kind, of the first stretch.
inline std::vector<timeline::Event> events_of(const std::vector<timeline::Timeline>& all,
                                              timeline::Kind kind) {
  std::vector<timeline::Event> some;
  for (const auto& event : all.at(0).events)
    if (event.kind == kind) some.push_back(event);
  return some;
}

/// Adds up in one pool per compartment, without any loss: what has come in is easy to foretell.
struct Bucket {
  std::vector<double> amounts = {0.0, 0.0};
  std::vector<double> rates = {0.0, 0.0};
  std::vector<double> seen;               ///< total at each look, in the order of looks
  std::vector<std::size_t> looked_at;     ///< the records
  std::vector<timeline::Moment> moments;  ///< and where they stood among the doses
  std::size_t n_settled = 0;

  bool advance(double from_h, double to_h, std::size_t) {
    for (std::size_t c = 0; c < amounts.size(); ++c) amounts[c] += rates[c] * (to_h - from_h);
    return true;
  }
  bool settle(const timeline::Regimen&) { return ++n_settled > 0; }
  void give(std::size_t compartment, double amount) { amounts[compartment] += amount; }
  void set_rate(std::size_t compartment, double rate) { rates[compartment] = rate; }
  void reset() { amounts = {0.0, 0.0}; }
  void look(std::size_t record, const timeline::Moment& moment) {
    seen.push_back(amounts[0] + amounts[1]);
    looked_at.push_back(record);
    moments.push_back(moment);
  }
};

inline Bucket fill(const std::vector<timeline::Timeline>& all) {
  Bucket bucket;
  for (const auto& one : all) timeline::walk(one, bucket);
  return bucket;
}

}  // namespace mgpk::tests
