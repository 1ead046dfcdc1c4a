// Many persons and plans on all cores: one line per point, failures listed, none lost.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/summary.hpp>

namespace mgpk {

struct SweepPoint {
  Subject subject;
  Schedule plan;
};

/// The outcome of one point: its summary, or the reason why there is none.
struct SweepRow {
  Summary summary;
  std::map<std::string, double> f_absorbed;
  double c_plasma_total_end_mmol_per_L = 0;
  std::string failure;  ///< empty when the point succeeded
};

struct SweepOptions {
  std::size_t n_threads = 0;  ///< 0: as many as the machine has cores
  /// Called after points were done, from one thread at a time; false stops the sweep.
  std::function<bool(std::size_t done, std::size_t total)> progress{};
};

/// Simulates every point and summarises it. Bad options throw; a bad point only fails its own row.
MGPK_COMPILED std::vector<SweepRow> sweep(std::span<const SweepPoint> points,
                                          const simulation::Options& options,
                                          const SweepOptions& how = {});

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/sweep.hpp>
#endif
