// Persons of one model for the tests of ensembles, stiff models among them, and exact answers.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/ode/integrator.hpp>

namespace crowds {

namespace ode = mgpk::ode;

/// Gut to plasma, which a site that binds within a microsecond hour holds; a slow depot, a
/// saturable loss, and the urine as a read-out.
template <class Par>
struct Bound {
  static constexpr std::size_t n_states = 5;
  static constexpr std::size_t n_upstream = 1;
  static constexpr std::size_t n_readouts = 1;
  static constexpr bool states_are_non_negative = true;
  Par ka_per_h{1.0};
  Par k_bind_per_h{1e6};
  Par k_slow_per_h{1e-3};
  Par vmax_mmol_per_h{2.0};
  Par pulse_mmol_per_h{0.0};  ///< an inflow that comes and goes twenty times in six hours
  template <class Time, class Real>
  void derivatives(const Time& t_h, const std::array<Real, 5>& x, std::array<Real, 5>& dxdt) const {
    using std::cos;
    const Real absorbed = ka_per_h * x[0] + pulse_mmol_per_h * (1.0 + cos(20.0 * t_h));
    const Real bound = k_bind_per_h * (x[1] - 0.5 * x[2]);
    const Real stored = k_slow_per_h * (x[1] - x[3]);
    const Real lost = vmax_mmol_per_h * x[1] / (1.0 + x[1]);
    dxdt = {-ka_per_h * x[0], absorbed - bound - stored - lost, bound, stored, lost};
  }
};

template <class Par>
struct Robertson {
  static constexpr std::size_t n_states = 3;
  static constexpr bool states_are_non_negative = true;
  Par k_slow{0.04};
  Par k_back{1e4};
  Par k_fast{3e7};
  template <class Time, class Real>
  void derivatives(const Time&, const std::array<Real, 3>& y, std::array<Real, 3>& dydt) const {
    const Real slow = k_slow * y[0], back = k_back * y[1] * y[2], fast = k_fast * y[1] * y[1];
    dydt = {back - slow, slow - back - fast, fast};
  }
};

/// Persons of one model with the same start and times; doses into the first state.
template <class Model>
struct Crowd {
  using System = Model;
  using Columns = ode::AllStates<Model>;
  static constexpr std::size_t n = Model::n_states;

  std::vector<Model> persons;
  std::array<double, n> x0;
  std::vector<double> times;
  std::vector<ode::Stop> doses = {};
  std::vector<double> table = std::vector<double>(persons.size() * times.size() * n, -99.0);
  mutable std::vector<ode::MemberStatus> status = std::vector<ode::MemberStatus>(persons.size());
  mutable std::vector<int> n_done = std::vector<int>(persons.size());

  std::size_t size() const { return persons.size(); }
  Model system(std::size_t i) const { return persons[i]; }
  std::array<double, n> start(std::size_t) const { return x0; }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t) const { return doses; }
  std::span<const double> times_h(std::size_t) const { return times; }
  double* rows(std::size_t i) const {
    return const_cast<double*>(table.data()) + i * times.size() * n;
  }
  void done(std::size_t i, const ode::MemberStatus& how) const {
    status[i] = how;
    ++n_done[i];
  }
  std::vector<double> numbers_of(std::size_t i) const {
    return {rows(i), rows(i) + times.size() * n};
  }
};

template <std::size_t Width = ode::usual_width, class Model>
ode::EnsembleStatistics solve(Crowd<Model>& crowd, ode::EnsembleMethod method,
                              double tolerance = 1e-7, std::size_t n_threads = 1,
                              std::size_t max_steps = 100000) {
  ode::EnsembleOptions options;
  options.method = method;
  options.n_threads = n_threads;
  options.solver.relative_tolerance = tolerance;
  options.solver.absolute_tolerance = 1e-4 * tolerance;
  options.solver.max_steps = max_steps;
  const auto statistics = ode::solve_ensemble<Width>(crowd, options);
  for (const int n_done : crowd.n_done) CHECK(n_done == 1);
  return statistics;
}

/// What the scalar stiff engine makes of a person, [time][state].
template <class Model>
std::vector<std::array<double, Model::n_states>> exact_rows(const Crowd<Model>& crowd,
                                                            std::size_t i) {
  constexpr std::size_t n = Model::n_states;
  std::vector<std::array<double, n>> rows(crowd.times.size());
  ode::Integrator<Model> engine(crowd.persons[i], crowd.x0, 0.0,
                                {.relative_tolerance = 1e-10,
                                 .absolute_tolerance = 1e-14,
                                 .method = ode::Method::rosenbrock4});
  std::vector<ode::Stop> stops = crowd.doses;
  stops.push_back({.t_h = crowd.times.back()});
  for (const ode::Stop& stop : stops) {
    const auto low = std::lower_bound(crowd.times.begin(), crowd.times.end(), engine.t_h());
    const auto high = std::upper_bound(low, crowd.times.end(), stop.t_h);
    const auto first = static_cast<std::size_t>(low - crowd.times.begin());
    const std::vector<double> times(low, high);
    engine.advance(stop.t_h, times, [&](std::size_t k, double, const std::array<double, n>& x) {
      rows[first + k] = x;
    });
    auto x = engine.state();
    x[stop.index] += stop.amount;
    engine.set_state(x);
  }
  return rows;
}

/// The largest error of a person, relative above a floor.
template <class Model>
double error_of(const Crowd<Model>& crowd, std::size_t i, double floor) {
  constexpr std::size_t n = Model::n_states;
  const auto rows = exact_rows(crowd, i);
  double worst = 0.0;
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t s = 0; s < n; ++s) {
      const double exact = rows[row][s];
      const double mine = crowd.rows(i)[row * n + s];
      worst = std::max(worst, std::abs(mine - exact) / std::max(std::abs(exact), floor));
    }
  return worst;
}

}  // namespace crowds
