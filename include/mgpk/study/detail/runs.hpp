// Scenarios run once each, with the output times that their readings need.
#pragma once

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/evidence/lookup.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/study/catalogue.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::study::detail {

using Readings = std::vector<const Reading*>;

/// Scenarios, and the table that holds the lines of their plans.
struct Scenes {
  std::span<const Scenario> scenarios;
  std::span<const PlanLine> plan_lines;
};

inline constexpr double peak_every_h = 0.25;

/// Observables that look at everything between their two hours.
inline bool looks_between(std::string_view observable) {
  return observable.find("_max_rise") != std::string_view::npos;
}

/// The start, both ends of each interval, and for a peak a grid between them.
template <class LooksBetween>
std::vector<double> times_h(const Readings& readings, LooksBetween&& sees_between) {
  std::vector<double> times{0.0};
  for (const Reading* reading : readings) {
    times.push_back(reading->from_h);
    times.push_back(reading->to_h);
    if (!sees_between(reading->observable)) continue;
    for (int i = 1; reading->from_h + i * peak_every_h < reading->to_h; ++i)
      times.push_back(reading->from_h + i * peak_every_h);
  }
  std::sort(times.begin(), times.end());
  const auto one = [](double a, double b) { return b - a <= timeline::same_time_h; };
  times.erase(std::unique(times.begin(), times.end(), one), times.end());
  return times;
}

inline bool uses(const Reading& reading, std::string_view scenario) {
  return !scenario.empty() && (reading.scenario == scenario || reading.comparator == scenario);
}

/// Those of `readings` that need a scenario.
inline Readings users(std::string_view scenario, const Readings& readings) {
  Readings found;
  for (const Reading* reading : readings)
    if (uses(*reading, scenario)) found.push_back(reading);
  return found;
}

/// The person of a scenario, with other values for some parameters.
inline Subject subject_with(const Scenario& scenario, const Overrides& overrides,
                            const PredictOptions& how) {
  auto subject = subject_of(scenario);
  subject.allow_outside_range = how.allow_outside_range;
  for (const auto& [key, number] : overrides) subject.parameters[key] = number;
  return subject;
}

inline simulation::Options options_of(const Scenario& scenario, const PredictOptions& how) {
  simulation::Options options;
  options.relative_tolerance = how.relative_tolerance;
  options.absolute_tolerance_mmol = how.absolute_tolerance_mmol;
  options.throw_on_failure = false;
  options.empty_gut_at_start = scenario.empty_gut_at_start;
  options.start_c_plasma_total_mmol_per_L = scenario.start_c_plasma_total_mmol_per_L;
  return options;
}

/// A run already made, or why there is none.
struct Made {
  std::string_view scenario;
  std::optional<Run> run;
  std::string failure;
};

/// Runs each scenario when it is first asked for, and finds the baseline of each person once.
class Runs {
 public:
  Runs(const Scenes& scenes, Readings readings, const Overrides& overrides,
       const PredictOptions& how, bool (*sees_between)(std::string_view) = looks_between)
      : scenes_(scenes),
        readings_(std::move(readings)),
        overrides_(overrides),
        how_(how),
        looks_between_(sees_between) {}

  const Made& of(std::string_view scenario) {
    for (const auto& made : made_)
      if (made->scenario == scenario) return *made;
    made_.push_back(std::make_unique<Made>(Made{scenario, std::nullopt, ""}));
    Made& made = *made_.back();
    try {
      made.run = run_of(
          named_row(scenes_.scenarios, scenario, "a scenario must be one of its table",
                    "see the scenarios in data", [](const Scenario& row) { return row.key; }));
      if (!made.run->status.ok()) made.failure = made.run->status.message();
    } catch (const std::exception& error) {
      made.failure = error.what();
    }
    return made;
  }

 private:
  Run run_of(const Scenario& scenario) {
    const auto mine = users(scenario.key, readings_);
    auto options = options_of(scenario, how_);
    options.times_h = times_h(mine, looks_between_);
    const auto subject = subject_with(scenario, overrides_, how_);
    const auto plan = plan_of(scenario, scenes_.plan_lines);
    options.with_baseline = !plan.empty() && wants_baseline(mine);
    const auto& baseline = baseline_of(subject, options);
    return plan.empty() ? simulate(subject, options, baseline)
                        : simulate(subject, plan, options, baseline);
  }

  /// The same person without the plan is needed where nothing else is held against the run.
  static bool wants_baseline(const Readings& readings) {
    return std::any_of(readings.begin(), readings.end(), [&](const Reading* reading) {
      return reading->comparator.empty() || reading->observable == "f_ae_of_comparator";
    });
  }

  const simulation::Baseline& baseline_of(const Subject& subject,
                                          const simulation::Options& options) {
    for (const auto& baseline : baselines_)
      if (baseline->subject == subject) return *baseline;
    baselines_.push_back(
        std::make_unique<simulation::Baseline>(simulation::baseline_of(subject, options)));
    return *baselines_.back();
  }

  const Scenes scenes_;
  const Readings readings_;
  const Overrides& overrides_;
  const PredictOptions& how_;
  bool (*looks_between_)(std::string_view);
  std::vector<std::unique_ptr<Made>> made_;
  std::vector<std::unique_ptr<simulation::Baseline>> baselines_;
};

/// A reading of runs that are made when they are first needed, or why there is none.
template <class Observe>
Prediction read(const Reading& reading, Runs& runs, Observe&& observe_run) {
  const auto& made = runs.of(reading.scenario);
  const auto* held = reading.comparator.empty() ? nullptr : &runs.of(reading.comparator);
  if (!made.failure.empty()) return {unknown, made.failure};
  if (held && !held->failure.empty()) return {unknown, held->failure};
  return {observe_run(reading, *made.run, held ? &*held->run : nullptr), ""};
}

/// The evidence with other values for some rows; refuses those that are not known, and those out of
/// their range unless that is allowed.
inline evidence::Values<double> values_of(const Overrides& overrides, bool allow_outside_range) {
  evidence::Values<double> values;
  for (const auto& [key, number] : overrides)
    evidence::set(values, key, number, allow_outside_range);
  return values;
}

}  // namespace mgpk::study::detail
