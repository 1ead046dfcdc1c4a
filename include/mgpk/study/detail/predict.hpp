// How a study is simulated: its scenario with the output times that its observables need.
#pragma once

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/evidence/lookup.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/study/detail/observe.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::study {
namespace detail {

inline constexpr double peak_every_h = 0.25;

/// The start, both ends of each interval, and for a peak a grid between them.
inline std::vector<double> times_h(const std::vector<const Study*>& studies) {
  std::vector<double> times{0.0};
  for (const Study* study : studies) {
    times.push_back(study->from_h);
    times.push_back(study->to_h);
    if (study->observable.find("_max_rise") == std::string_view::npos) continue;
    for (int i = 1; study->from_h + i * peak_every_h < study->to_h; ++i)
      times.push_back(study->from_h + i * peak_every_h);
  }
  std::sort(times.begin(), times.end());
  const auto one = [](double a, double b) { return b - a <= timeline::same_time_h; };
  times.erase(std::unique(times.begin(), times.end(), one), times.end());
  return times;
}

inline bool uses(const Study& study, std::string_view scenario) {
  return !scenario.empty() && (study.scenario == scenario || study.comparator == scenario);
}

/// Those of `studies` that need a scenario, and all that share another one with them: a run and its
/// comparator are read row by row, so they need the same times.
inline std::vector<const Study*> users(std::string_view scenario,
                                       const std::vector<const Study*>& studies) {
  std::vector<std::string_view> connected{scenario};
  std::vector<const Study*> found;
  for (std::size_t i = 0; i < connected.size(); ++i)
    for (const Study* study : studies) {
      const bool known = std::find(found.begin(), found.end(), study) != found.end();
      if (known || !uses(*study, connected[i])) continue;
      found.push_back(study);
      connected.push_back(study->scenario);
      connected.push_back(study->comparator);
    }
  return found;
}

/// Runs already made, or why there is none.
struct Made {
  std::string_view scenario;
  std::optional<Run> run;
  std::string failure;
};

class Runs {
 public:
  Runs(const std::vector<const Study*>& studies, const Overrides& overrides,
       const PredictOptions& how)
      : studies_(studies), overrides_(overrides), how_(how) {}

  const Made& of(std::string_view scenario) {
    for (const auto& made : made_)
      if (made->scenario == scenario) return *made;
    made_.push_back(std::make_unique<Made>(Made{scenario, std::nullopt, ""}));
    Made& made = *made_.back();
    try {
      made.run = run_of(scenario_of(scenario), users(scenario, studies_), overrides_, how_);
      if (!made.run->status.ok()) made.failure = made.run->status.message();
    } catch (const std::exception& error) {
      made.failure = error.what();
    }
    return made;
  }

 private:
  const std::vector<const Study*>& studies_;
  const Overrides& overrides_;
  const PredictOptions& how_;
  std::vector<std::unique_ptr<Made>> made_;
};

}  // namespace detail

MGPK_COMPILED double observe(const Study& study, const Run& run, const Run* comparator) {
  for (const auto& reader : detail::readers)
    if (reader.name == study.observable) return reader.read({study, run, comparator});
  observable_of(study.observable);  // refuses a name that is not known
  fail("an observable must be one that a run can show", std::string(study.observable),
       "give it a reader in study/detail/observe.hpp");
}

MGPK_COMPILED Run run_of(const Scenario& scenario, const std::vector<const Study*>& studies,
                         const Overrides& overrides, const PredictOptions& how) {
  auto subject = subject_of(scenario);
  subject.allow_outside_range = how.allow_outside_range;
  for (const auto& [key, number] : overrides) subject.parameters[key] = number;
  simulation::Options options;
  options.times_h = detail::times_h(studies);
  options.relative_tolerance = how.relative_tolerance;
  options.throw_on_failure = false;
  options.empty_gut_at_start = scenario.empty_gut_at_start;
  options.start_c_plasma_total_mmol_per_L = scenario.start_c_plasma_total_mmol_per_L;
  const auto plan = plan_of(scenario);
  if (!plan.empty()) return simulate(subject, plan, options);
  options.with_baseline = false;
  return simulate(subject, options);
}

MGPK_COMPILED Prediction predict(const Study& study, const Overrides& overrides) {
  return predict(std::vector<const Study*>{&study}, overrides).front();
}

MGPK_COMPILED std::vector<Prediction> predict(const std::vector<const Study*>& studies,
                                              const Overrides& overrides,
                                              const PredictOptions& how) {
  evidence::Values<double> checked;  // bad input is no failed run
  for (const auto& [key, number] : overrides)
    evidence::set(checked, key, number, how.allow_outside_range);
  detail::Runs runs(studies, overrides, how);
  std::vector<Prediction> predictions;
  for (const Study* study : studies) {
    const auto& made = runs.of(study->scenario);
    const auto* held = study->comparator.empty() ? nullptr : &runs.of(study->comparator);
    if (!made.failure.empty() || (held && !held->failure.empty())) {
      predictions.push_back({unknown, made.failure.empty() ? held->failure : made.failure});
      continue;
    }
    predictions.push_back({observe(*study, *made.run, held ? &*held->run : nullptr), ""});
  }
  return predictions;
}

}  // namespace mgpk::study
