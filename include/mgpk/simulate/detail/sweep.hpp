// How a sweep shares its points among threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <exception>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/summary.hpp>
#include <mgpk/simulate/sweep.hpp>

namespace mgpk {

namespace simulation::detail {

/// Does points until none is left. Each point depends on nothing but itself, so neither the number
/// of threads nor the order changes a single bit.
class Sweep {
 public:
  Sweep(std::span<const SweepPoint> points, const Options& options, const SweepOptions& how)
      : points_(points), options_(options), how_(how), rows_(points.size()) {
    options_.throw_on_failure = true;
    options_.with_baseline = true;
  }

  std::vector<SweepRow> run() {
    std::vector<std::jthread> workers;
    for (std::size_t i = 1; i < thread_count(); ++i) workers.emplace_back([this] { work(); });
    work();
    workers.clear();
    if (progress_failure_) std::rethrow_exception(progress_failure_);
    if (stopped_) fail_rest();
    return std::move(rows_);
  }

 private:
  std::size_t thread_count() const {
    const std::size_t cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    return std::min(how_.n_threads == 0 ? cores : how_.n_threads, points_.size());
  }

  void work() {
    while (!stopped_) {
      const std::size_t i = next_.fetch_add(1);
      if (i >= points_.size()) return;
      solve_point(i);
      report();
    }
  }

  void solve_point(std::size_t i) {
    SweepRow& row = rows_[i];
    try {
      const Run run = mgpk::simulate(points_[i].subject, points_[i].plan, options_);
      row.summary = mgpk::summary(run);
      row.f_absorbed = run.f_absorbed();
      row.c_plasma_total_end_mmol_per_L =
          run.trajectory.at(run.trajectory.n_rows() - 1, "c_plasma_total_mmol_per_L");
    } catch (const std::exception& error) {
      fail_row(row, error.what());
    }
  }

  static void fail_row(SweepRow& row, std::string reason) {
    const double nan = std::nan("");
    row.summary = {nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan};
    row.c_plasma_total_end_mmol_per_L = nan;
    row.failure = std::move(reason);
  }

  void report() {
    const std::scoped_lock lock(reporting_);
    ++n_done_;
    if (!how_.progress || stopped_) return;
    try {
      stopped_ = !how_.progress(n_done_, points_.size());
    } catch (...) {  // leaving a thread with an exception would end the program
      progress_failure_ = std::current_exception();
      stopped_ = true;
    }
  }

  /// A stopped sweep says so in every point that it did not reach.
  void fail_rest() {
    for (std::size_t i = next_.load(); i < rows_.size(); ++i)
      fail_row(rows_[i], "the sweep was stopped before this point");
  }

  std::span<const SweepPoint> points_;
  Options options_;
  const SweepOptions& how_;
  std::vector<SweepRow> rows_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex reporting_;
  std::exception_ptr progress_failure_;
  std::size_t n_done_ = 0;
};

}  // namespace simulation::detail

MGPK_COMPILED std::vector<SweepRow> sweep(std::span<const SweepPoint> points,
                                          const simulation::Options& options,
                                          const SweepOptions& how) {
  simulation::validate(options);
  if (points.empty()) fail("a sweep needs at least one point", "empty", "give points");
  return simulation::detail::Sweep(points, options, how).run();
}

}  // namespace mgpk
