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
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/detail/chunks.hpp>
#include <mgpk/simulate/detail/run_parts.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/simulate_many.hpp>
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

inline SweepRow row_of(const Run& run) {
  SweepRow row;
  row.summary = mgpk::summary(run);
  row.f_absorbed = run.f_absorbed();
  row.c_plasma_total_end_mmol_per_L =
      run.trajectory.at(run.trajectory.n_rows() - 1, "c_plasma_total_mmol_per_L");
  return row;
}

/// What is wrong with the plan of a point, empty when nothing is.
inline std::string refusal_of(const Schedule& plan) {
  try {
    check_plan(plan);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

/// The rows of some points, each with its summary or with the reason why it has none.
inline void solve_points(std::span<const SweepPoint> points, const Options& options,
                         std::size_t n_threads, std::span<SweepRow> rows) {
  std::vector<Subject> subjects;
  std::vector<std::size_t> who;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (auto refusal = refusal_of(points[i].plan); !refusal.empty()) {
      fail_row(rows[i], std::move(refusal));
    } else {
      subjects.push_back(points[i].subject);
      who.push_back(i);
    }
  }
  auto baselines = baselines_of(subjects, options, n_threads);
  std::vector<RunJob> jobs;
  std::vector<std::size_t> row_of_job;
  for (std::size_t k = 0; k < who.size(); ++k) {
    if (!baselines[k].baseline) {
      fail_row(rows[who[k]], std::move(baselines[k].failure));
    } else {
      jobs.push_back({std::move(subjects[k]), points[who[k]].plan, options,
                      std::move(*baselines[k].baseline)});
      row_of_job.push_back(who[k]);
    }
  }
  if (jobs.empty()) return;
  const auto outcomes = simulate_many(jobs, {.solver = options.solver(), .n_threads = n_threads});
  const WorkProgress silent;
  SharedWork work(jobs.size(), n_threads, silent);
  work.run([&](std::size_t k) {
    SweepRow& row = rows[row_of_job[k]];
    try {
      if (outcomes[k].run)
        row = row_of(*outcomes[k].run);
      else
        fail_row(row, outcomes[k].failure);
    } catch (const std::exception& error) {
      fail_row(row, error.what());
    }
  });
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
  const auto solve = [&](std::size_t first, std::size_t last) {
    simulation::detail::solve_points(points.subspan(first, last - first), each, how.n_threads,
                                     std::span(rows).subspan(first, last - first));
  };
  std::size_t i = simulation::detail::in_chunks(
      points.size(), simulation::detail::chunk_of_runs(options), solve, how.progress);
  for (; i < rows.size(); ++i)
    simulation::detail::fail_row(rows[i], "the sweep was stopped before this point");
  return rows;
}

}  // namespace mgpk
