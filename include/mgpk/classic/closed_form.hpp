// The exact solution of the linear models over any stretch with constant rates of infusion.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/classic/cycle.hpp>
#include <mgpk/classic/disposition.hpp>
#include <mgpk/classic/exponentials.hpp>
#include <mgpk/classic/flows.hpp>
#include <mgpk/classic/layout.hpp>
#include <mgpk/classic/parameters.hpp>

namespace mgpk::classic {

/// Each mode of the disposition ends a chain of first-order steps: depot, transit compartments,
/// mode. What has come how far along it after a time are divided differences of the exponential.
class ClosedForm {
 public:
  ClosedForm(const Layout& at, const Parameters<double>& p) : at_(at), disposition_(at, p) {
    for (std::size_t i = 0; i < at.n_chain(); ++i) k_[i] = k_out(at, p, i);
  }

  const Disposition& disposition() const { return disposition_; }

  /// The amounts `h` hours later. `rates`: amount per hour into each state; of the chain only the
  /// depot has one.
  void advance(Amounts& x, const Amounts& rates, double h) const {
    Coordinates now = to_modes(x);
    const Coordinates into = to_modes(rates);
    Coordinates later;
    for (std::size_t mode = 0; mode < disposition_.n(); ++mode) {
      const double z = -disposition_.rate(mode) * h;
      later.modes[mode] =
          now.modes[mode] * std::exp(z) + into.modes[mode] * h * exp_difference(z, 0.0);
    }
    if (has_chain_amounts(x, rates)) {
      if (at_.n_chain() == 1)
        advance_chain<3>(now, into.chain[0], h, later);
      else
        advance_chain<most_points>(now, into.chain[0], h, later);
    }
    x = from_modes(later);
  }

  /// The amounts `since_h` after a dose of a cycle that always ran. False when there are none: what
  /// comes in is never lost.
  bool settle(const Cycle& cycle, double since_h, Amounts& x) const {
    if (!loses_all()) return false;
    Amounts end{};
    run(cycle, cycle.interval_h, end);
    x = from_modes(sum_of_cycles(to_modes(end), cycle.interval_h));
    // At the end of the interval the next dose is still to come, and this is the state.
    if (since_h < cycle.interval_h) run(cycle, since_h, x);
    return true;
  }

  bool loses_all() const { return disposition_.rate(disposition_.n() - 1) > 0; }

 private:
  static constexpr std::size_t most_chain = 1 + most_transit;
  static constexpr std::size_t most_points = most_chain + 2;
  /// Small tables for small chains: what is cleared and copied counts.
  template <std::size_t Points>
  using Table = ExpDifferences<double, Points>;

  /// The chain as it is, the disposition in modes.
  struct Coordinates {
    std::array<double, most_chain> chain{};
    std::array<double, 3> modes{};
  };

  Coordinates to_modes(const Amounts& x) const {
    Coordinates c;
    for (std::size_t i = 0; i < at_.n_chain(); ++i) c.chain[i] = x[i];
    for (std::size_t mode = 0; mode < disposition_.n(); ++mode)
      for (std::size_t i = 0; i < disposition_.n(); ++i)
        c.modes[mode] += disposition_.share(mode, i) * x[at_.central() + i];
    return c;
  }

  Amounts from_modes(const Coordinates& c) const {
    Amounts x{};
    for (std::size_t i = 0; i < at_.n_chain(); ++i) x[i] = c.chain[i];
    for (std::size_t i = 0; i < disposition_.n(); ++i)
      for (std::size_t mode = 0; mode < disposition_.n(); ++mode)
        x[at_.central() + i] += disposition_.amount(mode, i) * c.modes[mode];
    return x;
  }

  bool has_chain_amounts(const Amounts& x, const Amounts& rates) const {
    for (std::size_t i = 0; i < at_.n_chain(); ++i)
      if (x[i] != 0 || rates[i] != 0) return true;
    return false;
  }

  /// Points: 0 for what is infused, then the rates along the chain, then that of the mode.
  template <std::size_t Points>
  Table<Points> table_of(std::size_t mode, double h) const {
    std::array<double, Points> z{};
    const std::size_t n = at_.n_chain();
    for (std::size_t i = 0; i < n; ++i) z[i + 1] = -k_[i] * h;
    z[n + 1] = -disposition_.rate(mode) * h;
    return Table<Points>(z, n + 2);
  }

  /// What has come to `to` of the chain (its length: to the mode) of what the chain held and got.
  template <std::size_t Points>
  double arrived(const Table<Points>& table, const Coordinates& now, double rate, double h,
                 std::size_t to) const {
    double amount = 0;
    double steps = 1;  // the product of k h along the way
    for (std::size_t from = to + 1; from-- > 0;) {
      if (from < to) steps *= k_[from] * h;
      if (from < at_.n_chain()) amount += now.chain[from] * steps * table(from + 1, to + 1);
    }
    return amount + rate * h * steps * table(0, to + 1);
  }

  template <std::size_t Points>
  void advance_chain(const Coordinates& now, double rate, double h, Coordinates& later) const {
    const std::size_t n = at_.n_chain();
    for (std::size_t mode = 0; mode < disposition_.n(); ++mode) {
      const auto table = table_of<Points>(mode, h);
      later.modes[mode] += disposition_.share(mode, 0) * arrived(table, now, rate, h, n);
      if (mode > 0) continue;
      for (std::size_t i = 0; i < n; ++i) later.chain[i] = arrived(table, now, rate, h, i);
    }
  }

  void run(const Cycle& cycle, double until_h, Amounts& x) const {
    const std::size_t state = at_.state_of(cycle.compartment);
    run_cycle(
        cycle, until_h, [&](double amount) { x[state] += amount; },
        [&](double rate, double h) {
          Amounts rates{};
          rates[state] = rate;
          advance(x, rates, h);
          return true;
        });
  }

  /// x = end + Phi x for one interval, from the head of the chain on: each coordinate needs those
  /// before it, and 1 - exp(-rate h) has no cancellation.
  Coordinates sum_of_cycles(const Coordinates& end, double h) const {
    const std::size_t n = at_.n_chain();
    Coordinates x = end;
    if (n > 0) {
      const auto table = table_of<most_points>(0, h);
      for (std::size_t i = 0; i < n; ++i) {
        Coordinates before = x;
        before.chain[i] = 0;
        x.chain[i] = (end.chain[i] + arrived(table, before, 0, h, i)) / -std::expm1(-k_[i] * h);
      }
    }
    for (std::size_t mode = 0; mode < disposition_.n(); ++mode) {
      if (n > 0)
        x.modes[mode] +=
            disposition_.share(mode, 0) * arrived(table_of<most_points>(mode, h), x, 0, h, n);
      x.modes[mode] /= -std::expm1(-disposition_.rate(mode) * h);
    }
    return x;
  }

  Layout at_;
  Disposition disposition_;
  std::array<double, most_chain> k_{};
};

}  // namespace mgpk::classic
