// Orders doses, repeats, infusions, resets and records: the rules of dosing stand here.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include <mgpk/timeline/administration.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::timeline {

/// What an observation at the very time of a jump shows.
enum class Limit {
  as_recorded,  ///< real records keep their order; implied doses (repeats, lagged) come first
  before,       ///< the left limit: nothing that happens at this time has happened
  after,        ///< the right limit: everything has
};

/// Collects what happens, in the order of the records, and then puts it in order of time.
///
/// Resets and steady states cancel what is pending: infusions that run, repeats and lagged doses
/// that have not arrived. Implied events come before records of the same time.
class Builder {
 public:
  /// Repeats that come after `until_h` are not part of the timeline.
  Builder(std::size_t n_compartments, double start_h, double until_h,
          Limit limit = Limit::as_recorded)
      : n_compartments_(n_compartments), until_h_(until_h), limit_(limit) {
    timeline_.start_h = start_h;
  }

  /// A dose with its repeats. The calls follow the records: times never fall.
  void give(const Administration& dose) {
    if (dose.steady_state != SteadyState::none) settle(dose);
    for (int i = 0; i <= dose.n_additional && dose.constant_rate == 0; ++i) {
      const double taken_h = dose.t_h + i * dose.interval_h;
      if (taken_h > until_h_ + same_time_h) break;
      give_once(dose, taken_h, i > 0);
    }
  }

  void reset(double t_h, std::size_t record) {
    cancel(t_h);
    add(t_h, Kind::reset, in_order).event.record = record;
  }

  /// Record `record` stands here; `is_dose`: it keeps its place whatever the limit asks for.
  void look(double t_h, std::size_t record, bool is_dose) {
    int tier = in_order;
    if (!is_dose && limit_ == Limit::before) tier = first_of_all;
    if (!is_dose && limit_ == Limit::after) tier = last_of_all;
    add(t_h, Kind::look, tier).event.record = record;
  }

  Timeline build() {
    add_rates();
    drop_later();
    sort();
    name_next_records();
    timeline_.due = due();
    timeline_.events.reserve(entries_.size());
    for (const auto& entry : entries_) timeline_.events.push_back(entry.event);
    return std::move(timeline_);
  }

 private:
  /// Places of events of one time.
  enum Tier { first_of_all = 0, implied = 1, in_order = 2, rates = 3, last_of_all = 4 };

  struct Entry {
    Event event;
    int tier;
  };

  struct Infusion {
    double from_h, to_h, rate;
    std::size_t compartment;
  };

  Entry& add(double t_h, Kind kind, int tier) {
    Event event;
    event.t_h = t_h;
    event.kind = kind;
    event.implied = tier == implied;
    entries_.push_back({event, tier});
    return entries_.back();
  }

  void give_once(const Administration& dose, double taken_h, bool repeat) {
    Event& taken = add(taken_h, Kind::administer, repeat ? implied : in_order).event;
    taken.record = dose.record;
    taken.compartment = dose.compartment;
    const double arrives_h = taken_h + dose.tlag_h;
    if (dose.duration_h > 0) {
      infusions_.push_back({arrives_h, arrives_h + dose.duration_h, dose.rate(), dose.compartment});
      return;
    }
    if (dose.amount == 0) return;  // F = 0: taken, and nothing arrives
    const bool comes_later = repeat || dose.tlag_h > 0;
    Event& arrival = add(arrives_h, Kind::give, comes_later ? implied : in_order).event;
    arrival.compartment = dose.compartment;
    arrival.amount = dose.amount;
    arrival.record = dose.record;
  }

  void settle(const Administration& dose) {
    const bool adds = dose.steady_state == SteadyState::added;
    if (!adds) cancel(dose.t_h);
    Event& event = add(dose.t_h, Kind::steady_state, in_order).event;
    event.regimen = timeline_.regimens.size();
    event.record = dose.record;
    Regimen regimen;
    regimen.compartment = dose.compartment;
    regimen.amount = dose.duration_h > 0 ? 0.0 : dose.amount;
    regimen.rate = dose.constant_rate > 0 ? dose.constant_rate : dose.rate();
    regimen.duration_h = dose.duration_h;
    regimen.interval_h = dose.interval_h;
    regimen.since_last_h = dose.interval_h - dose.tlag_h;
    regimen.adds = adds;
    regimen.record = dose.record;
    timeline_.regimens.push_back(regimen);
    keep_tails(dose);
  }

  /// Infusions of the past doses of a steady state that still run at the record run on.
  void keep_tails(const Administration& dose) {
    if (dose.duration_h <= 0) return;
    for (int n = 1;; ++n) {
      const double end_h = dose.t_h + dose.tlag_h - n * dose.interval_h + dose.duration_h;
      if (end_h <= dose.t_h + same_time_h) return;
      infusions_.push_back({dose.t_h, end_h, dose.rate(), dose.compartment});
    }
  }

  /// What is pending at a reset never comes; what has come by then is the engine's to forget.
  void cancel(double t_h) {
    const auto later = [&](const Entry& entry) {
      return entry.tier == implied && entry.event.t_h > t_h + same_time_h;
    };
    std::erase_if(entries_, later);
    for (auto& infusion : infusions_) infusion.to_h = std::min(infusion.to_h, t_h);
    const auto never_ran = [](const Infusion& i) { return i.to_h <= i.from_h + same_time_h; };
    std::erase_if(infusions_, never_ran);
  }

  void add_rates() {
    for (std::size_t c = 0; c < n_compartments_; ++c) {
      std::vector<Infusion> some;
      for (const auto& infusion : infusions_)
        if (infusion.compartment == c && infusion.from_h <= until_h_) some.push_back(infusion);
      add_rates_of(c, std::move(some));
    }
  }

  /// A rate is set anew at each start and end, as the sum over what then runs, so that no rounding
  /// is left behind by adding and taking away.
  void add_rates_of(std::size_t compartment, std::vector<Infusion> infusions) {
    std::sort(infusions.begin(), infusions.end(),
              [](const Infusion& a, const Infusion& b) { return a.from_h < b.from_h; });
    std::vector<double> changes_h;
    for (const auto& infusion : infusions) {
      changes_h.push_back(infusion.from_h);
      changes_h.push_back(infusion.to_h);
    }
    std::sort(changes_h.begin(), changes_h.end());
    std::vector<Infusion> running;
    std::size_t next = 0;
    double last_h = -std::numeric_limits<double>::infinity();
    for (const double t_h : changes_h) {
      if (t_h - last_h <= same_time_h || t_h > until_h_ + same_time_h) continue;
      last_h = t_h;
      for (; next < infusions.size() && infusions[next].from_h <= t_h + same_time_h; ++next)
        running.push_back(infusions[next]);
      std::erase_if(running, [&](const Infusion& i) { return i.to_h <= t_h + same_time_h; });
      Event& event = add(t_h, Kind::set_rate, rates).event;
      event.compartment = compartment;
      for (const auto& infusion : running) event.amount += infusion.rate;
    }
  }

  void drop_later() {
    const auto later = [&](const Entry& entry) { return entry.event.t_h > until_h_ + same_time_h; };
    std::erase_if(entries_, later);
    for (auto& entry : entries_) entry.event.t_h = std::min(entry.event.t_h, until_h_);
  }

  /// By time; times that differ by rounding are first made one, then places decide.
  void sort() {
    const auto by_time = [](const Entry& a, const Entry& b) { return a.event.t_h < b.event.t_h; };
    std::stable_sort(entries_.begin(), entries_.end(), by_time);
    for (std::size_t i = 1; i < entries_.size(); ++i)
      if (entries_[i].event.t_h - entries_[i - 1].event.t_h <= same_time_h)
        entries_[i].event.t_h = entries_[i - 1].event.t_h;
    const auto by_place = [](const Entry& a, const Entry& b) {
      return a.event.t_h < b.event.t_h || (a.event.t_h == b.event.t_h && a.tier < b.tier);
    };
    std::stable_sort(entries_.begin(), entries_.end(), by_place);
  }

  void name_next_records() {
    std::size_t next = no_record;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (entry->event.kind == Kind::look) next = entry->event.record;
      entry->event.towards = next;
    }
  }

  std::vector<double> due() const {
    std::vector<double> sums(n_compartments_, 0.0);
    for (const auto& entry : entries_)
      if (entry.event.kind == Kind::give) sums[entry.event.compartment] += entry.event.amount;
    for (const auto& infusion : infusions_)
      if (infusion.from_h < until_h_)
        sums[infusion.compartment] +=
            infusion.rate * (std::min(infusion.to_h, until_h_) - infusion.from_h);
    return sums;
  }

  std::size_t n_compartments_;
  double until_h_;
  Limit limit_;
  Timeline timeline_;
  std::vector<Entry> entries_;
  std::vector<Infusion> infusions_;
};

}  // namespace mgpk::timeline
