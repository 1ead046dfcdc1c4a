// One compartment with or without a depot, exact and on any scalar: values, or values with slopes.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/classic/cycle.hpp>
#include <mgpk/classic/exponentials.hpp>
#include <mgpk/ode/dual.hpp>

namespace mgpk::classic {

namespace detail {

/// exp[x, y], and exp[x, x, y]: slopes of divided differences are those of one more point.
struct PairOfPoints {
  double value = 0, slope = 0;
};

inline PairOfPoints pair_of(double x, double y) {
  const double value = exp_difference(x, y);
  const double gap = x - y;
  if (std::abs(gap) > 1) return {value, (std::exp(x) - value) / gap};
  return {value, ExpDifferences<double, 3>({x, x, y}, 3)(0, 2)};
}

inline double exp_points(double x, double y) { return exp_difference(x, y); }

template <std::size_t Width>
ode::Dual<Width> exp_points(const ode::Dual<Width>& x, const ode::Dual<Width>& y) {
  const auto first = pair_of(x.value, y.value), second = pair_of(y.value, x.value);
  return ode::Dual<Width>::linear(first.value, first.slope, x, second.slope, y);
}

/// exp[0, x, y].
inline double exp_points_from_zero(double x, double y) {
  return ExpDifferences<double, 3>({0, x, y}, 3)(0, 2);
}

template <std::size_t Width>
ode::Dual<Width> exp_points_from_zero(const ode::Dual<Width>& x, const ode::Dual<Width>& y) {
  const ExpDifferences<double, 4> first({0, x.value, x.value, y.value}, 4);
  const ExpDifferences<double, 4> second({0, x.value, y.value, y.value}, 4);
  return ode::Dual<Width>::linear(second(0, 2), first(0, 3), x, second(0, 3), y);
}

inline double plain(double x) { return x; }
template <std::size_t Width>
double plain(const ode::Dual<Width>& x) {
  return x.value;
}

}  // namespace detail

/// Amounts of the depot and of the central compartment move by first-order steps; what comes in is
/// constant over a stretch. Times are on the scalar, too: a lag has slopes.
template <class Real>
struct OneCompartment {
  using Pair = std::array<Real, 2>;     ///< depot, central
  using Rates = std::array<double, 2>;  ///< infusions into them, amount per hour

  Real ka_per_h{};  ///< out of the depot; read only where something is in it
  Real k_per_h{};   ///< out of the central compartment

  void advance(Pair& x, const Rates& rates, const Real& h) const {
    using std::exp;
    const Real z = -k_per_h * h;
    Real central = x[1] * exp(z);
    if (rates[1] != 0) central = central + rates[1] * h * detail::exp_points(Real(0.0), z);
    if (detail::plain(x[0]) != 0 || rates[0] != 0) {
      const Real y = -ka_per_h * h;
      const Real share = ka_per_h * h;
      central = central + share * x[0] * detail::exp_points(y, z);
      Real depot = x[0] * exp(y);
      if (rates[0] != 0) {
        central = central + share * h * rates[0] * detail::exp_points_from_zero(y, z);
        depot = depot + rates[0] * h * detail::exp_points(Real(0.0), y);
      }
      x[0] = depot;
    }
    x[1] = central;
  }

  /// Amounts per hour.
  Pair flows(const Pair& x, const Rates& rates) const {
    const Real out = detail::plain(x[0]) != 0 ? Real(ka_per_h * x[0]) : Real(0.0);
    return {rates[0] - out, rates[1] + out - k_per_h * x[1]};
  }

  /// The amounts `since_h` after a dose of a cycle that always ran, each of `amount`. False when
  /// there are none: nothing leaves.
  bool settle(const Cycle& cycle, const Real& amount, const Real& since_h, Pair& x) const {
    using std::expm1;
    if (!(detail::plain(k_per_h) > 0)) return false;
    Pair end{};
    run(cycle, amount, cycle.interval_h, end);
    x = end;
    const Real z = -k_per_h * cycle.interval_h;
    if (detail::plain(end[0]) != 0) {
      const Real y = -ka_per_h * cycle.interval_h;
      x[0] = end[0] / -expm1(y);
      x[1] = x[1] + ka_per_h * cycle.interval_h * x[0] * detail::exp_points(y, z);
    }
    x[1] = x[1] / -expm1(z);
    const double until_h = detail::plain(since_h);
    // At the end of the interval the next dose is still to come, and this is the state.
    Rates last{};
    if (until_h < cycle.interval_h) last = run(cycle, amount, until_h, x);
    // The time itself may have slopes.
    const Pair change = flows(x, last);
    for (std::size_t i = 0; i < 2; ++i) x[i] = x[i] + change[i] * (since_h - until_h);
    return true;
  }

 private:
  /// Gives back the rates of the last stretch.
  Rates run(const Cycle& cycle, const Real& amount, double until_h, Pair& x) const {
    Rates last{};
    run_cycle(
        cycle, until_h, [&](double) { x[cycle.compartment] = x[cycle.compartment] + amount; },
        [&](double rate, double h) {
          last = {};
          last[cycle.compartment] = rate;
          advance(x, last, Real(h));
          return true;
        });
    return last;
  }
};

}  // namespace mgpk::classic
