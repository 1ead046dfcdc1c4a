// The days of diet of many persons, as members of one search for periodic states.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/body/body.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/periodic_options.hpp>
#include <mgpk/simulate/detail/baseline.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/life.hpp>
#include <mgpk/simulate/detail/periodic_mask.hpp>
#include <mgpk/simulate/detail/sized_body.hpp>
#include <mgpk/simulate/lanes/feed.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation::detail {

/// What the turns of one person need.
struct DietDay {
  body::Equations<1> body{};
  std::vector<double> start{};
  std::bitset<body::Layout<1>::n_states> mask{};
  std::vector<ode::Stop> stops{};
};

/// One person's day of diet; none where more happens on it than that something is given.
inline std::optional<DietDay> diet_day(const Cycle& cycle) {
  const auto problem = problem_within(cycle, cycle.cycle_h, {});
  DietDay day;
  day.body = body_for<1>(problem.parameters, problem.values, problem.sources);
  write_stops<1>(problem.timeline.given, day.stops);
  const bool only_gives = std::all_of(day.stops.begin(), day.stops.end(), [](const ode::Stop& s) {
    return s.change == ode::Change::add_to_state;
  });
  if (!only_gives) return std::nullopt;
  day.start = first_guess(cycle.parameters);
  const auto mask = periodic_mask(cycle);
  for (std::size_t i = 0; i < mask.size(); ++i) day.mask[i] = mask[i];
  return day;
}

/// The days as the search wants them. What it finds is kept by person.
class DietDays {
 public:
  using System = body::Equations<1>;
  static constexpr std::size_t n_states = System::n_states;
  using Found = ode::PeriodicMember<n_states>;

  explicit DietDays(std::vector<DietDay> days) : days_(std::move(days)), found_(days_.size()) {}

  std::size_t size() const { return days_.size(); }
  const DietDay& day(std::size_t i) const { return days_[i]; }
  const System& system(std::size_t i) const { return days_[i].body; }
  ode::State<double, n_states> start(std::size_t i) const {
    ode::State<double, n_states> x;
    std::copy_n(days_[i].start.begin(), n_states, x.begin());
    return x;
  }
  const auto& mask(std::size_t i) const { return days_[i].mask; }
  static double start_h(std::size_t) { return 0.0; }
  static double end_h(std::size_t) { return units::hours_per_day; }
  std::span<const ode::Stop> stops(std::size_t i) const { return days_[i].stops; }
  void done(std::size_t i, const Found& found) const { found_[i] = found; }

  const Found& found(std::size_t i) const { return found_[i]; }

 private:
  std::vector<DietDay> days_;
  mutable std::vector<Found> found_;  // each is written by one thread only
};

/// One stretch of a day on its way through a lane, and where its status goes.
struct LaneStretch {
  lanes::Passenger<1> passenger{};
  ode::MemberStatus* status = nullptr;
};

/// Brings stretches to the lanes, in their order.
class StretchFeed final : public lanes::Feed<1> {
 public:
  /// `keep_going` is asked at every step; false ends the solve.
  StretchFeed(std::vector<LaneStretch> stretches, const std::function<bool()>& keep_going)
      : stretches_(std::move(stretches)), keep_going_(keep_going) {}

  std::size_t next() override { return next_ < stretches_.size() ? next_++ : ode::npos; }
  const lanes::Passenger<1>& passenger(std::size_t place) const override {
    return stretches_[place].passenger;
  }
  void change(std::size_t, const ode::Stop&, body::Equations<1>&, State&) override {}
  void done(std::size_t place, const ode::MemberStatus& status) override {
    *stretches_[place].status = status;
  }
  bool stopped(double) const override { return !keep_going_(); }

 private:
  std::vector<LaneStretch> stretches_;
  const std::function<bool()>& keep_going_;
  std::size_t next_ = 0;
};

}  // namespace mgpk::simulation::detail
