// The drawn adults as members of an ensemble, with an output a day.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/simulate/lanes/kernel.hpp>

#include "adults.hpp"

namespace bench::bodies {

namespace ode = mgpk::ode;

using Rows = std::vector<double>;  ///< [adult][day][state]

inline std::vector<double> every_day(int n_days) {
  std::vector<double> times_h;
  for (int day = 0; day <= n_days; ++day) times_h.push_back(24.0 * day);
  return times_h;
}

class People {
 public:
  using System = mgpk::simulation::lanes::Numbers<n_sources>;
  using Columns = ode::AllStates<System>;

  People(const std::vector<Adult>& adults, std::span<const double> times_h, Rows& rows)
      : adults_(adults), times_h_(times_h), rows_(rows) {}

  std::size_t size() const { return adults_.size(); }
  System system(std::size_t i) const { return System(adults_[i].body); }
  const State& start(std::size_t i) const { return adults_[i].start; }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t i) const { return adults_[i].stops; }
  std::span<const double> times_h(std::size_t) const { return times_h_; }
  double* rows(std::size_t i) const { return rows_.data() + i * times_h_.size() * n_states; }
  void done(std::size_t, const ode::MemberStatus&) const {}

 private:
  const std::vector<Adult>& adults_;
  std::span<const double> times_h_;
  Rows& rows_;
};

}  // namespace bench::bodies
