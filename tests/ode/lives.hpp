// Many lives that repeat themselves, for the tests of periodic states.
#pragma once

#include <array>
#include <bitset>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/periodic.hpp>

namespace lives {

using namespace mgpk::ode;

/// A quick store, filled by day, a slow one behind it, and a read-out: linear, so that the periodic
/// state is known.
template <class Par>
struct Stores {
  static constexpr std::size_t n_states = 3;
  static constexpr std::array<const char*, 3> state_names = {"quick", "slow", "read_out"};
  Par k_quick_per_h{0.5}, k_slow_per_h{0.001}, f_to_slow{0.01}, in_per_h{0.0};

  template <class Time, class Real>
  void derivatives(const Time&, const State<Real, 3>& x, State<Real, 3>& dxdt) const {
    const Real loss = k_quick_per_h * x[0];
    dxdt[0] = in_per_h - loss;
    dxdt[1] = f_to_slow * loss - k_slow_per_h * x[1];
    dxdt[2] = loss;
  }
};

/// What a day brings: the same for all members, but for their numbers.
template <class Model>
struct Lives {
  using System = Model;
  static constexpr std::size_t n = System::n_states;

  std::vector<System> systems;
  State<double, n> first_guess{};
  std::bitset<n> repeats;
  std::vector<Stop> day;
  mutable std::vector<PeriodicMember<n>> found;

  std::size_t size() const { return systems.size(); }
  System system(std::size_t i) const { return systems[i]; }
  State<double, n> start(std::size_t) const { return first_guess; }
  std::bitset<n> mask(std::size_t) const { return repeats; }
  double start_h(std::size_t) const { return 0.0; }
  double end_h(std::size_t) const { return 24.0; }
  std::span<const Stop> stops(std::size_t) const { return day; }
  /// A rate by day, none by night.
  void change(std::size_t, const Stop& stop, System& system, State<double, n>&) const {
    if constexpr (requires { system.in_per_h; }) system.in_per_h = stop.amount;
  }
  void done(std::size_t i, const PeriodicMember<n>& member) const { found[i] = member; }

  EnsemblePeriodicStatistics find(const EnsemblePeriodicOptions& options = usual()) const {
    found.assign(size(), {});
    return find_periodic_ensemble(*this, options);
  }
  static EnsemblePeriodicOptions usual() {
    EnsemblePeriodicOptions options;
    options.sharp = {.relative_tolerance = 1e-11, .absolute_tolerance = 1e-14};
    return options;
  }
};

using LinearLives = Lives<Stores<double>>;

inline LinearLives linear_lives(std::size_t n_members) {
  LinearLives all;
  for (std::size_t i = 0; i < n_members; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(n_members);
    all.systems.push_back({0.3 + share, 0.0005 * (1.0 + share), 0.01});
  }
  all.first_guess = {1.0, 1.0, 5.0};
  all.repeats.set(0).set(1);
  all.day = {{.t_h = 8.0, .index = 0, .amount = 12.0},
             {.t_h = 8.0, .change = Change::custom, .amount = 2.0},
             {.t_h = 20.0, .change = Change::custom, .amount = 0.0},
             {.t_h = 24.0, .index = 0, .amount = 1e6}};  // of the next day
  return all;
}

/// 2 per hour from 8 to 20 o'clock and 12 at 8, on all days before.
inline double quick_at_midnight(const Stores<double>& s) {
  const double k = s.k_quick_per_h, kept = 1.0 - std::exp(-24.0 * k);
  return (2.0 / k * (std::exp(-4.0 * k) - std::exp(-16.0 * k)) + 12.0 * std::exp(-16.0 * k)) / kept;
}

/// The reference problem: a stomach, the small bowel, the colon, plasma, two tissues and urine.
template <class Par>
struct Reference {
  static constexpr std::size_t n_states = 8;
  static constexpr bool states_are_non_negative = true;
  Par vmax_mmol_per_h{0.35}, gfr_L_per_h{7.2};

  template <class Time, class Real>
  void derivatives(const Time&, const State<Real, 8>& x, State<Real, 8>& dxdt) const {
    using std::exp, std::log;
    const Real taken_up = vmax_mmol_per_h * x[2] / (3.0 + x[2]) + 0.05 * x[2];
    const Real to_fast = 0.3 * x[4] - 0.0255 * x[5], to_slow = 0.02 * x[4] - 0.00102 * x[6];
    const Real c_free = 0.7 * (x[4] / 15.0);
    const Real surplus = gfr_L_per_h * c_free - 5.5 * c_free / (0.2 + c_free);
    const Real excreted = 0.02 * log(1.0 + exp(surplus / 0.02));
    dxdt[0] = -5.0 * x[0];
    dxdt[1] = 3.0 * x[0] - 2.0 * x[1];
    dxdt[2] = 2.0 * x[1] - taken_up - 0.3 * x[2];
    dxdt[3] = 2.0 * x[0] + 0.3 * x[2] - 0.05 * x[3];
    dxdt[4] = taken_up + 0.01 * x[3] + 1.0 / 6.0 - to_fast - to_slow - excreted;
    dxdt[5] = to_fast;
    dxdt[6] = to_slow;
    dxdt[7] = excreted;
  }
};

using ReferenceLives = Lives<Reference<double>>;

inline ReferenceLives reference_lives(std::size_t n_members) {
  ReferenceLives all;
  for (std::size_t i = 0; i < n_members; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(n_members);
    all.systems.push_back({0.25 + 0.2 * share, 7.5 - 0.6 * share});
  }
  all.first_guess = {0.0, 0.0, 0.0, 0.0, 12.75, 150.0, 250.0, 0.0};
  all.repeats.set().reset(7);
  all.day = {{.t_h = 0.0, .index = 0, .amount = 12.3}};
  return all;
}

}  // namespace lives
