// One call from a model and a list of times to a table of states.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/times.hpp>

namespace mgpk::ode {

/// states[k] belongs to times_h[k]; from a failure on they are NaN, and the status says why.
template <std::size_t N>
struct Solution {
  std::vector<double> times_h;
  std::vector<State<double, N>> states;
  Status status;
  Statistics statistics;
};

/// Throws std::invalid_argument unless the times are finite, strictly increasing, at least one.
inline void validate_times(std::span<const double> times_h) {
  if (times_h.empty())
    throw std::invalid_argument(detail::complaint("times_h", "hold at least the start", "empty",
                                                  "give the times in hours, the start first"));
  detail::require_rising("times_h", times_h);
}

/// Starts from x at times_h[0] and reports the state at every time.
template <OdeSystem System>
Solution<System::n_states> solve(const System& system, const State<double, System::n_states>& x,
                                 std::span<const double> times_h, Options options = {}) {
  validate_times(times_h);
  using StateType = State<double, System::n_states>;
  StateType unknown{};
  unknown.fill(std::numeric_limits<double>::quiet_NaN());
  Solution<System::n_states> solution;
  solution.times_h.assign(times_h.begin(), times_h.end());
  solution.states.assign(times_h.size(), unknown);
  Integrator<System> integrator(system, x, times_h.front(), std::move(options));
  solution.status = integrator.advance(
      times_h.back(), times_h,
      [&](std::size_t k, double, const StateType& at) { solution.states[k] = at; });
  solution.statistics = integrator.statistics();
  return solution;
}

}  // namespace mgpk::ode
