// A short trial run of every member, to know what each costs before they are put into batches.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/members.hpp>

namespace mgpk::ode {

/// Members as they are, solved over a twenty-fourth of their time and with nothing reported.
template <Members M>
class TrialMembers {
 public:
  using System = typename M::System;

  struct Columns {
    static constexpr std::size_t n_columns = 0;
    template <class Model, class Real>
    static void read(const Model&, const Real&, const State<Real, System::n_states>&,
                     std::array<Real, 0>&) {}
  };

  explicit TrialMembers(const M& members)
      : members_(members), end_h_(members.size()), cost_(members.size()) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const double start_h = members.start_h(i);
      end_h_[i] = start_h + (members.times_h(i).back() - start_h) / 24.0;
    }
  }

  std::size_t size() const { return members_.size(); }
  System system(std::size_t i) const { return members_.system(i); }
  auto start(std::size_t i) const { return members_.start(i); }
  double start_h(std::size_t i) const { return members_.start_h(i); }
  std::span<const Stop> stops(std::size_t i) const { return members_.stops(i); }
  std::span<const double> times_h(std::size_t i) const { return {&end_h_[i], 1}; }
  double* rows(std::size_t) const { return nullptr; }
  void done(std::size_t i, const MemberStatus& status) const {
    cost_[i] = status.n_steps + status.n_rejected;
  }
  void change(std::size_t i, const Stop& stop, System& system,
              State<double, System::n_states>& x) const
    requires detail::ChangesMembers<M>
  {
    members_.change(i, stop, system, x);
  }

  /// What did not get to the end of its trial is dearest.
  void count_as_dear(std::size_t i) { cost_[i] = npos; }
  const std::vector<std::size_t>& cost() const { return cost_; }

 private:
  const M& members_;
  std::vector<double> end_h_;
  mutable std::vector<std::size_t> cost_;  // each entry is written by one thread only
};

}  // namespace mgpk::ode
