// How a solve ended: failure is data, with the time, the state and what to do about it.
#pragma once

#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>

#include <mgpk/ode/text.hpp>

namespace mgpk::ode {

enum class StatusCode {
  ok,
  step_budget_exhausted,
  step_too_small,
  not_finite,
  negative_state,
  interrupted,
  no_fixed_point,  // only from find_periodic
};

inline constexpr std::size_t npos = std::numeric_limits<std::size_t>::max();

/// Where a solve stopped and why. `value` is the offending number that the message shows.
struct Status {
  StatusCode code = StatusCode::ok;
  double t_h = 0.0;
  std::size_t state_index = npos;
  std::string state_name = {};
  std::string advice = {};
  double value = std::numeric_limits<double>::quiet_NaN();

  bool ok() const { return code == StatusCode::ok; }
  std::string message() const;
  /// Throws SolveError unless the solve went well: for callers who prefer exceptions.
  void or_throw() const;
};

/// Thrown only when the caller asks for it by Status::or_throw.
class SolveError : public std::runtime_error {
 public:
  explicit SolveError(Status status)
      : std::runtime_error(status.message()), status_(std::move(status)) {}
  const Status& status() const { return status_; }

 private:
  Status status_;
};

inline void Status::or_throw() const {
  if (!ok()) throw SolveError(*this);
}

namespace detail {

inline std::string rule_of(const Status& status) {
  const std::string name = status.state_name.empty() ? "a state" : status.state_name;
  const std::string value = number_text(status.value);
  switch (status.code) {
    case StatusCode::ok:
      return "the solve reached its end";
    case StatusCode::step_budget_exhausted:
      return "a solve must end within its budget of steps, but all " + value + " are used";
    case StatusCode::step_too_small:
      return "steps must be long enough to advance the time, but the error of " + name +
             " asks for " + value + " h";
    case StatusCode::not_finite:
      return "states and derivatives must be finite, but that of " + name + " is " + value;
    case StatusCode::negative_state:
      return "states must not be negative, but " + name + " would become " + value;
    case StatusCode::interrupted:
      return "a solve must be allowed to run on, but keep_going returned false";
    case StatusCode::no_fixed_point:
      return "a periodic state must return to itself, but none was found: " + name + " is off by " +
             value + " (relative)";
  }
  return "unknown status";
}

}  // namespace detail

inline std::string Status::message() const {
  std::string text = detail::rule_of(*this);
  if (code != StatusCode::no_fixed_point) text += " at t = " + detail::number_text(t_h) + " h";
  if (!advice.empty()) text += "; " + advice;
  return text;
}

}  // namespace mgpk::ode
