// How a sweep solves its points, and what it writes where a point fails.
#pragma once

#include <cmath>
#include <cstddef>
#include <exception>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/summary.hpp>
#include <mgpk/simulate/sweep.hpp>

namespace mgpk {

namespace simulation::detail {

inline void fail_row(SweepRow& row, std::string reason) {
  const double nan = std::nan("");
  row.summary = {nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan};
  row.c_plasma_total_end_mmol_per_L = nan;
  row.failure = std::move(reason);
}

inline SweepRow solve_point(const SweepPoint& point, const Options& options) {
  SweepRow row;
  try {
    const Run run = mgpk::simulate(point.subject, point.plan, options);
    row.summary = mgpk::summary(run);
    row.f_absorbed = run.f_absorbed();
    row.c_plasma_total_end_mmol_per_L =
        run.trajectory.at(run.trajectory.n_rows() - 1, "c_plasma_total_mmol_per_L");
  } catch (const std::exception& error) {
    fail_row(row, error.what());
  }
  return row;
}

}  // namespace simulation::detail

MGPK_COMPILED std::vector<SweepRow> sweep(std::span<const SweepPoint> points,
                                          const simulation::Options& options,
                                          const SweepOptions& how) {
  simulation::validate(options);
  if (points.empty()) fail("a sweep needs at least one point", "empty", "give points");
  simulation::Options each = options;
  each.throw_on_failure = true;
  each.with_baseline = true;
  std::vector<SweepRow> rows(points.size());
  simulation::detail::SharedWork work(points.size(), how.n_threads, how.progress);
  std::size_t i = work.run([&](std::size_t point) {
    rows[point] = simulation::detail::solve_point(points[point], each);
  });
  for (; i < rows.size(); ++i)
    simulation::detail::fail_row(rows[i], "the sweep was stopped before this point");
  return rows;
}

}  // namespace mgpk
