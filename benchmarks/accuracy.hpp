// How exact a solve is: its distance from a solution by another method at 1e-13.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "plain_odeint.hpp"
#include "problem.hpp"

namespace bench {

inline Work solve_with_plain_odeint(const Problem& problem, Tolerance tolerance, States& states) {
  states.resize(problem.times_h.size());
  PlainOdeint<n_sources> solver(problem.model, tolerance.absolute(), tolerance.relative);
  State x = problem.start;
  solver.run(x, problem.timeline.given.events, problem.times_h, problem.times_h.back(),
             [&](std::size_t row, const State& at) { states[row] = at; });
  return {solver.n_steps(), solver.n_rhs()};
}

/// Fehlberg's method of order 8 at 1e-13, stopped at every event and at every output: shares
/// neither method nor interpolation with what it judges.
inline States reference_of(const Problem& problem) {
  States states(problem.times_h.size());
  const auto rhs = [&](const State& at, State& slope, double t_h) {
    problem.model.derivatives(t_h, at, slope);
  };
  // Static, so that its scratch starts at zero: it is copied before it is filled.
  static const odeint::runge_kutta_fehlberg78<State> fehlberg;
  const auto carry = [&](State& x, double from_h, double to_h) {
    if (to_h > from_h)
      odeint::integrate_adaptive(odeint::make_controlled(1e-18, 1e-13, fehlberg), rhs, x, 0.0,
                                 to_h - from_h, std::min(0.01, to_h - from_h));
  };
  State x = problem.start;
  walk<n_sources>(problem.timeline.given.events, problem.times_h, problem.times_h.back(), x,
                  [&](State& at, double t_h, double to_h, std::size_t first, std::size_t last) {
                    for (; first < last; ++first) {
                      carry(at, t_h, problem.times_h[first]);
                      t_h = problem.times_h[first];
                      states[first] = at;
                    }
                    carry(at, t_h, to_h);
                  });
  return states;
}

/// Largest |x - reference| / max(|reference|, 1e-6 mmol) over all outputs and states.
inline double error_of(const States& states, const States& reference) {
  constexpr double floor_mmol = 1e-6;
  double worst = 0;
  for (std::size_t row = 0; row < reference.size(); ++row)
    for (std::size_t i = 0; i < reference[row].size(); ++i) {
      const double exact = reference[row][i];
      const double error = std::abs(states[row][i] - exact) / std::max(std::abs(exact), floor_mmol);
      worst = std::max(worst, error);
    }
  return worst;
}

/// The loosest tolerance, in steps of an eighth of a decade, at which the twin is as exact.
inline Tolerance twin_tolerance(const Problem& problem, const States& reference, double error) {
  States states;
  double exponent = -5.0;
  for (; exponent > -13.0; exponent -= 0.125) {
    const Tolerance tolerance{std::pow(10.0, exponent)};
    solve_with_plain_odeint(problem, tolerance, states);
    if (error_of(states, reference) <= error) return tolerance;
  }
  return {std::pow(10.0, exponent)};
}

}  // namespace bench
