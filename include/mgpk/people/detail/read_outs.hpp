// How a person's usual day is solved and read.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/people/read_outs.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::people {

MGPK_COMPILED simulation::Options options_of_day(const Subject& subject,
                                                 const simulation::Options& options) {
  const double morning_h = body::fasting_at_h(subject);
  simulation::Options day;
  day.times_h = morning_h > 0 ? std::vector{0.0, morning_h, units::hours_per_day}
                              : std::vector{0.0, units::hours_per_day};
  day.relative_tolerance = options.relative_tolerance;
  day.absolute_tolerance_mmol = options.absolute_tolerance_mmol;
  day.max_steps = options.max_steps;
  day.method = options.method;
  day.keep_going = options.keep_going;
  day.with_baseline = false;
  return day;
}

MGPK_COMPILED std::vector<double> day_numbers(const Run& day) {
  const auto& table = day.trajectory;
  const std::size_t end = table.n_rows() - 1, morning = end - 1;
  const double diet_mmol =
      units::to_amount(units::elemental_mg(body::diet_mg_per_d(day.subject))).mmol;
  return {table.at(morning, "c_plasma_total_mmol_per_L"),
          table.at(morning, "c_plasma_ionized_mmol_per_L"), table.at(end, "a_urine_mmol"),
          table.at(end, "a_feces_mmol"), table.at(end, "a_absorbed_food_mmol") / diet_mmol};
}

MGPK_COMPILED std::vector<double> day_numbers(const simulation::Baseline& baseline,
                                              const simulation::Options& options) {
  return day_numbers(
      simulate(baseline.subject, options_of_day(baseline.subject, options), baseline));
}

MGPK_COMPILED std::vector<std::string> labels_of(const Schedule& plan,
                                                 const Schedule& taken_before) {
  std::vector<std::string> labels;
  for (const auto& source : simulation::sources_of_both(plan, simulation::sources_of(taken_before)))
    if (std::find(labels.begin(), labels.end(), source.label) == labels.end())
      labels.push_back(source.label);
  return labels;
}

}  // namespace mgpk::people
