// Effects by calendar day: what was drawn into stool, excreted and swallowed between two midnights.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/effect/glycine_dose.hpp>
#include <mgpk/effect/parameters.hpp>
#include <mgpk/gut/stool.hpp>
#include <mgpk/simulate/effects.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation::detail {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Names of what is known by day, `time_h` first.
inline std::vector<std::string> effect_day_names() {
  return {"time_h",        "urine_mmol_per_d", "urine_rise_mmol_per_d", "stool_mass_g_per_d",
          "f_loose_stool", "glycine_mg_per_d"};
}

/// Whole days that have ended by a time.
inline std::size_t whole_days(double t_h) {
  return static_cast<std::size_t>((t_h + timeline::same_time_h) / units::hours_per_day);
}

/// A cumulative column at each midnight; NaN where the run has no output then.
inline std::vector<double> at_midnights(const Trajectory& table, std::string_view column) {
  const auto times = table.column("time_h"), values = table.column(column);
  std::vector<double> found(whole_days(times.back()) + 1, unknown);
  for (std::size_t row = 0; row < times.size(); ++row) {
    const double midnight = std::round(times[row] / units::hours_per_day);
    if (std::abs(times[row] - midnight * units::hours_per_day) > timeline::same_time_h) continue;
    found[static_cast<std::size_t>(midnight)] = values[row];
  }
  return found;
}

/// Glycine swallowed with doses in each day, mg; a dose at midnight belongs to the day it opens.
inline std::vector<double> glycine_by_day_mg(const Run& run, std::size_t n_days) {
  const auto values = body::values_of(run.subject);
  std::vector<double> by_day(n_days, 0.0);
  const double until_h = static_cast<double>(n_days) * units::hours_per_day;
  const auto timeline =
      timeline_of(run.subject, run.plan, run.sources, until_h, run.taken_before).given;
  for (const auto& event : timeline.events) {
    if (event.kind != timeline::Kind::give || event.compartment != target::glycine) continue;
    const std::size_t day = whole_days(event.t_h);
    if (day < n_days)
      by_day[day] += effect::glycine_mg(values.molar_mass_glycine_g_per_mol, 1.0,
                                        event.amount / values.f_glycine);
  }
  return by_day;
}

inline Trajectory effect_days(const Run& run) {
  const auto values = body::values_of(run.subject);
  const auto stool = effect::stool_parameters(values);
  const auto urine = at_midnights(run.trajectory, "a_urine_mmol");
  const auto urine_usual = at_midnights(run.baseline, "a_urine_mmol");
  const auto feces = at_midnights(run.trajectory, "a_feces_dissolved_mmol");
  const auto feces_usual = at_midnights(run.baseline, "a_feces_dissolved_mmol");
  const std::size_t n_days = urine.size() - 1;
  const auto glycine_mg = glycine_by_day_mg(run, n_days);
  Trajectory days(effect_day_names(), n_days);
  for (std::size_t day = 0; day < n_days; ++day) {
    const auto in_day = [&](const std::vector<double>& sums) { return sums[day + 1] - sums[day]; };
    const double drawn_g =
        gut::stool_water_g(values.stool_water_g_per_mmol, in_day(feces) - in_day(feces_usual));
    const double by_column[] = {static_cast<double>(day + 1) * units::hours_per_day,
                                in_day(urine),
                                in_day(urine) - in_day(urine_usual),
                                effect::stool_mass_g_per_d(stool, drawn_g),
                                effect::f_loose_stool(stool, drawn_g),
                                glycine_mg[day]};
    for (std::size_t column = 0; column < std::size(by_column); ++column)
      days.values()(static_cast<Eigen::Index>(day), static_cast<Eigen::Index>(column)) =
          by_column[column];
  }
  return days;
}

}  // namespace mgpk::simulation::detail
