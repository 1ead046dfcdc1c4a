// What a lane knows of the member that sits in it, apart from the numbers that are solved.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/lanes/room.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The timetable of one member: stops ahead, times to report, the end.
class Timetable {
 public:
  Timetable() = default;

  /// Keeps the times with an infinite one behind the last, so that a reader may run one too far.
  void assign(std::span<const Stop> stops, std::span<const double> times_h) {
    stops_ = stops;
    next_stop_ = 0;
    end_h_ = times_h.back();
    times_h_.clear();
    times_h_.reserve(times_h.size() + 1);
    for (const double t_h : times_h) times_h_.push_back(t_h);
    times_h_.push_back(std::numeric_limits<double>::infinity());
  }

  const double* times_h() const { return times_h_.data(); }
  /// How many times are still to report, `next` being the first.
  std::size_t n_left(const double* next) const {
    return static_cast<std::size_t>(&times_h_.back() - next);
  }
  double end_h() const { return end_h_; }

  /// The next stop that is due at t_h, or none.
  const Stop* due_at(double t_h) {
    if (next_stop_ == stops_.size() || stops_[next_stop_].t_h > t_h) return nullptr;
    return &stops_[next_stop_++];
  }
  /// Where to go from here: the next stop, or the end.
  double target_h() const {
    if (next_stop_ == stops_.size()) return end_h_;
    return std::min(end_h_, stops_[next_stop_].t_h);
  }

 private:
  std::span<const Stop> stops_;
  Room<double> times_h_;
  std::size_t next_stop_ = 0;
  double end_h_ = 0.0;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
