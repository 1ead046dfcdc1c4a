// The catalogue's tables turned into subjects and plans.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/study/catalogue.hpp>
#include <mgpk/study/catalogue_table.hpp>

namespace mgpk::study {
namespace detail {

/// The row of a table whose name it is.
template <class Rows, class NameOf>
const auto& named(const Rows& rows, std::string_view name, std::string_view what,
                  NameOf&& name_of_row) {
  return named_row(rows, name, std::string(what) + " must be one of the catalogue",
                   "see data/studies.csv", name_of_row);
}

inline DoseAmount amount_of(const PlanLine& line) {
  switch (line.unit) {
    case AmountUnit::salt_mg:  // turned here, while the name still carries its hydrate
      return mmol(dose::to_mmol(salt_mg(line.amount), line.salt));
    case AmountUnit::mmol:
      return mmol(line.amount);
    case AmountUnit::mEq:
      return mEq(line.amount);
    case AmountUnit::mg:
    case AmountUnit::mg_per_d:
    case AmountUnit::none:
      break;
  }
  return elemental_mg(line.amount);
}

inline void add_modifiers(Subject& subject, std::string_view names) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(';'), names.size());
    subject.modifiers.emplace(names.substr(0, end), 1.0);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
}

inline void add(Schedule& plan, const PlanLine& line) {
  const dose::Timing timing{line.at_h, line.every_h, line.times, line.over_h};
  switch (line.action) {
    case Action::oral:
      plan.oral(line.salt, amount_of(line), timing, line.with_meal);
      return;
    case Action::iv:
      plan.iv(line.salt, amount_of(line), timing);
      return;
    case Action::im:
      plan.im(line.salt, amount_of(line), timing);
      return;
    case Action::meal:
      plan.meal(elemental_mg(line.amount), timing, line.phytate_mmol, line.oxalate_mmol);
      return;
    case Action::diet:
      plan.diet(line.amount, line.at_h, line.over_h);
      return;
    case Action::fast:
      plan.fast(line.at_h, line.over_h);
      return;
    case Action::modify:
      plan.modify(line.salt, timing, line.amount);
      return;
  }
}

}  // namespace detail

MGPK_COMPILED const Catalogue& catalogue() {
  static constexpr Catalogue all{detail::study_table, detail::scenario_table, detail::plan_table,
                                 detail::observable_table, detail::excluded_table};
  return all;
}

MGPK_COMPILED const Study& study_of(std::string_view key) {
  return detail::named(catalogue().studies, key, "a study",
                       [](const Study& row) { return row.key; });
}

MGPK_COMPILED const Scenario& scenario_of(std::string_view key) {
  return detail::named(catalogue().scenarios, key, "a scenario",
                       [](const Scenario& row) { return row.key; });
}

MGPK_COMPILED const Observable& observable_of(std::string_view name) {
  return detail::named(catalogue().observables, name, "an observable",
                       [](const Observable& row) { return row.name; });
}

MGPK_COMPILED Subject subject_of(const Scenario& scenario) {
  Subject subject;
  if (!scenario.sex.empty()) subject.sex = scenario.sex == "female" ? Sex::female : Sex::male;
  subject.weight_kg = scenario.weight_kg;
  subject.gfr_mL_per_min = scenario.gfr_mL_per_min;
  subject.diet_mg_per_d = scenario.diet_mg_per_d;
  detail::add_modifiers(subject, scenario.modifiers);
  subject.albumin_g_per_L = scenario.albumin_g_per_L;
  subject.c_plasma_total_mmol_per_L = scenario.c_plasma_total_mmol_per_L;
  return subject;
}

MGPK_COMPILED Schedule plan_of(const Scenario& scenario) {
  return plan_of(scenario, catalogue().plan_lines);
}

MGPK_COMPILED Schedule plan_of(const Scenario& scenario, std::span<const PlanLine> lines) {
  Schedule plan;
  for (const auto& line : lines.subspan(scenario.first_line, scenario.n_lines))
    detail::add(plan, line);
  return plan;
}

MGPK_COMPILED double weight(const Study& study) {
  double n_endpoints = 0;
  for (const Study& other : catalogue().studies)
    if (other.cohort == study.cohort && other.use == study.use) ++n_endpoints;
  return study.f_cohort / n_endpoints;
}

}  // namespace mgpk::study
