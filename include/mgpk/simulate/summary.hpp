// A run in a few numbers, each against the baseline run over the same hours.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include <mgpk/error.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/timeline.hpp>

namespace mgpk {

/// What a plan did between two output times. Amounts in mmol, times in h. NaN where a share has no
/// dose to refer to, or where the run failed before.
struct Summary {
  double from_h = 0;
  double to_h = 0;
  double dose_mmol = 0;         ///< magnesium of the plan from from_h on and before to_h
  double c_max_mmol_per_L = 0;  ///< highest total plasma level at an output time
  double t_max_h = 0;           ///< of the largest rise above the baseline
  double c_max_above_baseline_mmol_per_L = 0;
  double auc_above_baseline_mmol_h_per_L = 0;  ///< integrated by the solver, not from the outputs
  double a_absorbed_above_baseline_mmol = 0;   ///< one-way, of all sources, food included
  double ae_mmol = 0;                          ///< urine above the baseline
  double f_excreted = 0;                       ///< ae / dose: the pharmacokinetic fe
  double cl_renal_L_per_h = 0;  ///< urine / AUC of total plasma, both of the run itself
  double a_feces_mmol = 0;      ///< stool above the baseline
  double stool_water_g = 0;     ///< drawn by soluble magnesium, above the baseline
};

namespace simulation::detail {

/// Changes of one column between two rows, in the run and in the run less its baseline.
struct Change {
  double of_run, above_baseline;
};

inline Change change(const Run& run, std::string_view column, std::size_t from, std::size_t to) {
  const auto with = run.trajectory.column(column);
  const auto without = run.baseline.column(column);
  const double of_run = with[to] - with[from];
  return {of_run, of_run - (without[to] - without[from])};
}

inline std::size_t row_of(const Run& run, double t_h, std::string_view which) {
  const auto times = run.trajectory.column("time_h");
  const auto found = std::lower_bound(times.begin(), times.end(), t_h - timeline::same_time_h);
  if (found == times.end() || std::abs(*found - t_h) > timeline::same_time_h)
    fail(std::string(which) + " of a summary must be an output time", text_of(t_h) + " h",
         "choose one of the run's times_h");
  return static_cast<std::size_t>(found - times.begin());
}

inline void find_peak(const Run& run, std::size_t from, std::size_t to, Summary& summary) {
  const auto times = run.trajectory.column("time_h");
  const auto with = run.trajectory.column("c_plasma_total_mmol_per_L");
  const auto without = run.baseline.column("c_plasma_total_mmol_per_L");
  double highest = -std::numeric_limits<double>::infinity(), rise = highest;
  for (std::size_t i = from; i <= to; ++i) {
    highest = std::isnan(with[i]) ? with[i] : std::max(highest, with[i]);
    if (with[i] - without[i] > rise) {
      rise = with[i] - without[i];
      summary.t_max_h = times[i];
    }
    if (std::isnan(highest)) break;
  }
  summary.c_max_mmol_per_L = highest;
  summary.c_max_above_baseline_mmol_per_L = std::isnan(highest) ? highest : rise;
  if (std::isnan(highest)) summary.t_max_h = highest;
}

/// Magnesium given at one time at once: no infusions, which take their time.
inline double given_at_mmol(const Subject& subject, const Schedule& plan, double t_h) {
  double sum = 0;
  for (const auto& event : timeline_of(subject, plan, sources_of(plan), t_h).given.events) {
    const bool magnesium =
        event.kind == timeline::Kind::give && target::holds_magnesium(event.compartment);
    if (magnesium && std::abs(event.t_h - t_h) <= timeline::same_time_h) sum += event.amount;
  }
  return sum;
}

/// Given by the plan alone, more than its baseline was given. A dose belongs to the interval that
/// it opens, not to the one that it ends; a row shows what was given at its very time, too.
inline double dose_mmol(const Run& run, std::size_t from, std::size_t to) {
  const auto times = run.trajectory.column("time_h");
  const auto given = run.trajectory.column("a_given_mmol");
  const auto diet = run.baseline.column("a_given_mmol");
  const auto before = [&](std::size_t row) {
    return given[row] - diet[row] - given_at_mmol(run.subject, run.plan, times[row]) +
           given_at_mmol(run.subject, {}, times[row]);
  };
  const double dose = before(to) - before(from);
  const double rounding = 1e-12 * given[to];  // of the sums over many meals; NaN stays NaN
  return std::abs(dose) <= rounding ? 0.0 : dose;
}

}  // namespace simulation::detail

/// Summarises a run between two of its output times (NaN: from the first, to the last).
/// @throws InputError when the run has no baseline or a time is not an output time.
inline Summary summary(const Run& run, double from_h = std::numeric_limits<double>::quiet_NaN(),
                       double to_h = std::numeric_limits<double>::quiet_NaN()) {
  using namespace simulation::detail;
  if (run.baseline.n_rows() == 0)
    fail("a summary needs the baseline run beside it", "a run without baseline",
         "simulate with with_baseline = true");
  const auto times = run.trajectory.column("time_h");
  const std::size_t from = std::isnan(from_h) ? 0 : row_of(run, from_h, "from_h");
  const std::size_t to = std::isnan(to_h) ? times.size() - 1 : row_of(run, to_h, "to_h");
  require(from < to, "a summary must end after it starts, to_h > from_h", times[to],
          "give a later to_h");
  Summary s;
  s.from_h = times[from];
  s.to_h = times[to];
  s.dose_mmol = dose_mmol(run, from, to);
  find_peak(run, from, to, s);
  const Change urine = change(run, "a_urine_mmol", from, to);
  const Change auc = change(run, "auc_plasma_total_mmol_h_per_L", from, to);
  s.auc_above_baseline_mmol_h_per_L = auc.above_baseline;
  s.a_absorbed_above_baseline_mmol = change(run, "a_absorbed_mmol", from, to).above_baseline;
  s.ae_mmol = urine.above_baseline;
  s.f_excreted = s.dose_mmol > 0 ? s.ae_mmol / s.dose_mmol : std::nan("");
  s.cl_renal_L_per_h = urine.of_run / auc.of_run;
  s.a_feces_mmol = change(run, "a_feces_mmol", from, to).above_baseline;
  s.stool_water_g = change(run, "stool_water_g", from, to).above_baseline;
  return s;
}

}  // namespace mgpk
