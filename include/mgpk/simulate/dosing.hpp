// Where each row of a run stands among the doses: time after dose, number of doses, occasion.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/simulate/trajectory.hpp>

namespace mgpk::simulation {

namespace detail {

/// A dose of the plan that is taken. The first of each line opens an occasion.
struct Taken {
  double t_h;
  bool opens;
};

inline std::vector<Taken> taken(const Run& run, double until_h) {
  std::vector<Taken> some;
  for (const auto& event :
       timeline_of(run.subject, run.plan, run.sources, until_h, run.taken_before).given.events)
    if (event.kind == timeline::Kind::administer && event.record != timeline::no_record)
      some.push_back({event.t_h, !event.implied});
  return some;
}

}  // namespace detail

/// Columns time_h, time_after_dose_h (NaN before the first), n_doses and occasion, one row per row
/// of the run and on the same side of each jump. Doses count when they are taken, not when they
/// arrive. Without occasions in the plan each line of doses opens one; before the first it is 0.
inline Trajectory dosing_of(const Run& run) {
  const auto times = run.trajectory.column("time_h");
  Trajectory table({"time_h", "time_after_dose_h", "n_doses", "occasion"}, times.size());
  const bool before = run.options.jump_limit == JumpLimit::before;
  const double slack_h = before ? -timeline::same_time_h : timeline::same_time_h;
  const auto doses = detail::taken(run, times.back());
  auto occasions = run.plan.occasions();
  std::stable_sort(occasions.begin(), occasions.end(),
                   [](const auto& a, const auto& b) { return a.at_h < b.at_h; });
  double last_h = std::numeric_limits<double>::quiet_NaN();
  std::size_t next_dose = 0, next_occasion = 0;
  int n_doses = 0, occasion = 0;
  for (std::size_t row = 0; row < times.size(); ++row) {
    for (; next_dose < doses.size() && doses[next_dose].t_h <= times[row] + slack_h; ++next_dose) {
      last_h = doses[next_dose].t_h;
      ++n_doses;
      if (doses[next_dose].opens && occasions.empty()) ++occasion;
    }
    for (;
         next_occasion < occasions.size() && occasions[next_occasion].at_h <= times[row] + slack_h;
         ++next_occasion)
      occasion = occasions[next_occasion].number;
    const auto i = static_cast<Eigen::Index>(row);
    table.values()(i, 0) = times[row];
    table.values()(i, 1) = std::max(0.0, times[row] - last_h);
    table.values()(i, 2) = n_doses;
    table.values()(i, 3) = occasion;
    if (n_doses == 0) table.values()(i, 1) = last_h;
  }
  return table;
}

}  // namespace mgpk::simulation
