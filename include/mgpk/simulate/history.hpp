// What a person did before a run: a depleted or loaded start that carries all stores along.
#pragma once

#include <algorithm>
#include <cmath>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/error.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/timeline/event.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

/// A plan that was followed for so long, from the person's baseline on, until the run starts.
struct History {
  Schedule plan{};
  double over_h = 0;  ///< a multiple of 24, since a run starts at midnight
  bool operator==(const History&) const = default;
  bool empty() const { return over_h == 0; }
};

/// A diet that was eaten for so long.
inline History after_diet(double diet_mg_per_d, double over_h) {
  return {Schedule().diet(diet_mg_per_d, 0, over_h), over_h};
}

namespace detail {

/// When the last of a line has come.
inline double ends_at_h(const dose::Timing& timing) {
  return timing.at_h + (timing.times - 1) * timing.every_h + timing.tlag_h + timing.over_h;
}

inline double ends_at_h(const Schedule& plan) {
  double last_h = 0;
  for (const auto& line : plan.doses()) last_h = std::max(last_h, ends_at_h(line.timing));
  for (const auto& line : plan.meals()) last_h = std::max(last_h, ends_at_h(line.timing));
  for (const auto& line : plan.modifications()) last_h = std::max(last_h, ends_at_h(line.timing));
  for (const auto& line : plan.resets()) last_h = std::max(last_h, line.at_h);
  for (const auto& line : plan.diet_changes()) last_h = std::max(last_h, line.at_h + line.over_h);
  return last_h;
}

}  // namespace detail

/// Whole days, and nothing of it still to come at its end.
inline void check_history(const History& history) {
  const double days = history.over_h / units::hours_per_day;
  require(std::isfinite(days) && days >= 1 && days == std::round(days) &&
              history.over_h <= longest_run_h,
          "a history must last whole days, since a run starts at midnight; over_h", history.over_h,
          "give a multiple of 24 h");
  if (history.plan.empty())
    fail("a history needs a diet or a plan", "empty",
         "say what was eaten or taken, or leave it out");
  if (!history.plan.covariates().empty())
    fail("a history cannot change the GFR", "a covariate",
         "give the subject the GFR, or put the covariate into the plan of the run");
  require(detail::ends_at_h(history.plan) <= history.over_h + timeline::same_time_h,
          "everything in a history must have come by its end; the last comes at",
          detail::ends_at_h(history.plan), "take fewer times, or let the history last longer");
}

}  // namespace mgpk::simulation
