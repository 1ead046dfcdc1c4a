// How the orbit of a regimen is found, and what a plan must be to have one.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <mgpk/body/subject.hpp>
#include <mgpk/error.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/simulate/detail/states.hpp>
#include <mgpk/simulate/regimen.hpp>
#include <mgpk/timeline/event.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

namespace detail {

/// A line without an interval, or one that happens once, has no place in a life that repeats.
inline void check_goes_on(const Schedule& plan) {
  if (plan.doses().empty() && plan.meals().empty())
    fail("a steady state needs a dose or a meal that repeats", "none",
         "add one with every_h; the diet alone is the baseline");
  const auto check = [](const dose::Timing& timing, const char* what) {
    if (!(timing.every_h > 0))
      fail("every line of a plan at steady state goes on for ever and needs every_h",
           std::string(what) + " at " + text_of(timing.at_h) + " h without it",
           "give every_h and times, or leave the line out");
  };
  for (const auto& dose : plan.doses()) check(dose.timing, "a dose");
  for (const auto& meal : plan.meals()) check(meal.timing, "a meal");
  if (!plan.diet_changes().empty())
    fail("a plan at steady state has no change of diet", "one that ends",
         "give the subject the diet instead");
  if (!plan.resets().empty() || !plan.covariates().empty() || !plan.occasions().empty() ||
      !plan.modifications().empty())
    fail("a plan at steady state holds doses and meals only",
         !plan.resets().empty()       ? "a reset"
         : !plan.covariates().empty() ? "a covariate"
         : !plan.occasions().empty()  ? "an occasion"
                                      : "a modifier",
         "leave it out; a modifier that lasts belongs to the subject");
}

/// Whether a whole number of intervals fits, but for rounding.
inline bool divides(double every_h, double cycle_h) {
  const double n = std::round(cycle_h / every_h);
  return n >= 1 && std::abs(cycle_h - n * every_h) <= timeline::same_time_h;
}

template <class Act>
void for_each_timing(const Schedule& plan, Act&& act) {
  for (const auto& dose : plan.doses()) act(dose.timing);
  for (const auto& meal : plan.meals()) act(meal.timing);
}

inline bool repeats_every(const Schedule& plan, double cycle_h) {
  bool all = divides(units::hours_per_day, cycle_h);
  for_each_timing(plan, [&](const dose::Timing& t) { all = all && divides(t.every_h, cycle_h); });
  return all;
}

inline double checked_cycle_h(const Schedule& plan, double asked_h) {
  check_goes_on(plan);
  if (asked_h == 0) return cycle_of_plan_h(plan);
  require_between("cycle_h", asked_h, units::hours_per_day, 13 * longest_cycle_h,
                  "give the length of one turn in hours");
  if (!repeats_every(plan, asked_h))
    fail("cycle_h must be a multiple of 24 h and of every interval of the plan",
         text_of(asked_h) + " h", "give such a multiple, or leave it out to have it found");
  return asked_h;
}

/// Magnesium of the regimen per day, what is lost on its way included.
inline double regimen_mmol_per_d(const Schedule& plan) {
  double mmol_per_h = 0;
  for (const auto& dose : plan.doses())
    for (const auto& component : dose.components)
      mmol_per_h += component.mmol / dose.timing.every_h;
  for (const auto& meal : plan.meals()) mmol_per_h += meal.mmol / meal.timing.every_h;
  return units::hours_per_day * mmol_per_h;
}

/// What has to be balanced, and by what.
inline std::string balance(const Subject& subject, const Schedule& plan) {
  const double diet_mmol_per_d = to_amount(ElementalMass{body::diet_mg_per_d(subject)}).mmol;
  return text_of(std::round(100 * (diet_mmol_per_d + regimen_mmol_per_d(plan))) / 100) +
         " mmol/d (diet " + text_of(std::round(100 * diet_mmol_per_d) / 100) +
         " and the plan) at a GFR of " + text_of(body::gfr_mL_per_min(subject)) + " mL/min";
}

}  // namespace detail

MGPK_COMPILED double cycle_of_plan_h(const Schedule& plan) {
  detail::check_goes_on(plan);
  for (double cycle_h = units::hours_per_day; cycle_h <= longest_cycle_h;
       cycle_h += units::hours_per_day)
    if (detail::repeats_every(plan, cycle_h)) return cycle_h;
  std::string intervals;
  detail::for_each_timing(plan, [&](const dose::Timing& t) {
    intervals += (intervals.empty() ? "every " : ", every ") + text_of(t.every_h) + " h";
  });
  fail("the day and the intervals of a plan must have a common period of at most 28 days",
       intervals,
       "choose intervals that divide a number of days, such as 8, 12, 24, 36 or 168 h, or give a "
       "longer cycle_h");
}

MGPK_COMPILED ode::Periodic find_regimen(const Cycle& cycle, const Baseline& baseline,
                                         const CycleTolerances& tolerances) {
  const int n_rough = std::max(1, static_cast<int>(72 / cycle.cycle_h));
  auto found =
      find_cycle(cycle, detail::moved(baseline.state, sources_of(Schedule{}), cycle.sources),
                 n_rough, tolerances);
  if (found.status.code == ode::StatusCode::no_fixed_point)
    found.status.advice = "losses must balance an input of " +
                          detail::balance(cycle.subject, cycle.plan) +
                          " at some level of plasma: check the doses, the diet and the GFR";
  found.status.or_throw();
  return found;
}

}  // namespace mgpk::simulation
