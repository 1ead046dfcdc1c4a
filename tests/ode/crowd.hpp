// A crowd of different persons, for the tests of ensembles.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include <same_bits.hpp>

#include <mgpk/ode/ensemble/ensemble.hpp>

namespace crowd {

using namespace mgpk::ode;
using support::same_bits;

/// Two linear steps through the gut, a plasma with a loss that saturates, a tissue, the urine. The
/// derivative of the tissue breaks when the fuse burns out.
template <class Par>
struct Person {
  static constexpr std::size_t n_states = 5;
  static constexpr std::size_t n_upstream = 2;
  static constexpr std::size_t n_readouts = 1;
  static constexpr bool states_are_non_negative = true;
  Par k0_per_h{1.1}, k1_per_h{2.3};
  Par vmax_mmol_per_h{0.9}, km_mmol{1.7};
  Par k_out_per_h{0.4}, k_back_per_h{0.15};
  Par supply_mmol_per_h{0.1};
  Par drain_mmol_per_h{0.0};
  Par fuse_h{1e9};

  template <class Real>
  void derivatives(const Real& t_h, const State<Real, 5>& a, State<Real, 5>& dadt) const {
    using std::sqrt;
    const Real absorbed = k1_per_h * a[1];
    const Real lost = vmax_mmol_per_h * a[2] / (km_mmol + a[2]);
    const Real exchanged = k_out_per_h * a[2] - k_back_per_h * a[3];
    dadt[0] = -k0_per_h * a[0];
    dadt[1] = k0_per_h * a[0] - absorbed;
    dadt[2] = absorbed + supply_mmol_per_h - lost - exchanged;
    dadt[3] = exchanged - drain_mmol_per_h + 0.0 * sqrt(fuse_h - t_h);
    dadt[4] = lost;
  }
};

using System = Person<double>;
inline constexpr std::size_t n_states = System::n_states;

struct Member {
  Person<double> person{};
  State<double, n_states> start{0.0, 0.0, 1.0, 0.5, 0.0};
  double start_h = 0.0;
  std::vector<Stop> stops{};
  std::vector<double> times_h{};
};

/// Everything a solve tells: the rows one after the other, and how each member ended.
struct Told {
  std::vector<std::vector<double>> rows;
  std::vector<MemberStatus> status;
  std::vector<int> n_reports;
  EnsembleStatistics statistics;
};

class Crowd {
 public:
  using System = Person<double>;
  using Columns = AllStates<System>;

  Crowd(const std::vector<Member>& members, Told& told) : members_(members), told_(told) {
    told.status.resize(members.size());
    told.n_reports.assign(members.size(), 0);
    for (const Member& member : members)
      told.rows.emplace_back(member.times_h.size() * n_states, -1.0);
  }
  std::size_t size() const { return members_.size(); }
  System system(std::size_t i) const { return members_[i].person; }
  State<double, n_states> start(std::size_t i) const { return members_[i].start; }
  double start_h(std::size_t i) const { return members_[i].start_h; }
  std::span<const Stop> stops(std::size_t i) const { return members_[i].stops; }
  std::span<const double> times_h(std::size_t i) const { return members_[i].times_h; }
  double* rows(std::size_t i) const { return told_.rows[i].data(); }
  void done(std::size_t i, const MemberStatus& status) const {
    told_.status[i] = status;
    ++told_.n_reports[i];
  }
  /// A custom stop sets the supply and takes away a tenth of the plasma.
  void change(std::size_t, const Stop& stop, System& system, State<double, n_states>& x) const {
    system.supply_mmol_per_h = stop.amount;
    x[2] *= 0.9;
  }

 private:
  const std::vector<Member>& members_;
  Told& told_;
};

template <std::size_t Width>
Told solved(const std::vector<Member>& members, const EnsembleOptions& options) {
  Told told;
  told.statistics = solve_ensemble<Width>(Crowd(members, told), options);
  return told;
}

inline EnsembleOptions options_of(EnsembleMethod method) {
  EnsembleOptions options{.method = method};
  options.solver.relative_tolerance = 1e-7;
  options.solver.absolute_tolerance = 1e-9;
  return options;
}

/// Persons of every speed, with doses, changes of supply, and times of their own.
inline std::vector<Member> mixed(std::size_t n) {
  std::mt19937 random(7);
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
  };
  std::vector<Member> members(n);
  for (std::size_t i = 0; i < n; ++i) {
    Member& member = members[i];
    member.person.k0_per_h = between(0.3, 3.0);
    member.person.k1_per_h = i % 10 == 3 ? member.person.k0_per_h : between(0.5, 20.0);
    member.person.vmax_mmol_per_h = between(0.2, 2.0);
    member.person.k_out_per_h = between(0.1, 4.0);
    member.start_h = i % 7 == 0 ? -1.5 : 0.0;
    for (int dose = 0; dose < 3; ++dose)
      member.stops.push_back({8.0 * dose, Change::add_to_state, 0, between(1.0, 12.0)});
    if (i % 3 == 0) member.stops.push_back({17.25, Change::custom, 0, between(0.0, 1.0)});
    const double every_h = i % 2 == 0 ? 0.5 : 4.0;
    for (double t_h = member.start_h; t_h <= 30.0; t_h += every_h) member.times_h.push_back(t_h);
  }
  return members;
}

inline bool same_end(const MemberStatus& a, const MemberStatus& b) {
  return a.code == b.code && a.t_h == b.t_h && a.n_steps == b.n_steps &&
         a.n_rejected == b.n_rejected && a.state_index == b.state_index;
}

}  // namespace crowd
