// How a study is simulated: its scenario is run, and its observable read off.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <mgpk/simulate/simulate.hpp>
#include <mgpk/study/detail/observe.hpp>
#include <mgpk/study/detail/runs.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::study {

MGPK_COMPILED double observe(const Reading& reading, const Run& run, const Run* comparator) {
  for (const auto& reader : detail::readers)
    if (reader.name == reading.observable) return reader.read({reading, run, comparator});
  observable_of(reading.observable);  // refuses a name that is not known
  fail("an observable must be one that a run can show", std::string(reading.observable),
       "give it a reader in study/detail/observe.hpp");
}

MGPK_COMPILED Run run_of(const Scenario& scenario, const std::vector<const Study*>& studies,
                         const Overrides& overrides, const PredictOptions& how) {
  auto options = detail::options_of(scenario, how);
  options.times_h = detail::times_h({studies.begin(), studies.end()}, detail::looks_between);
  const auto subject = detail::subject_with(scenario, overrides, how);
  const auto plan = plan_of(scenario);
  options.with_baseline = !plan.empty();
  return plan.empty() ? simulate(subject, options) : simulate(subject, plan, options);
}

MGPK_COMPILED Prediction predict(const Study& study, const Overrides& overrides) {
  return predict(std::vector<const Study*>{&study}, overrides).front();
}

MGPK_COMPILED std::vector<Prediction> predict(const std::vector<const Study*>& studies,
                                              const Overrides& overrides,
                                              const PredictOptions& how) {
  detail::values_of(overrides, how.allow_outside_range);  // bad input is no failed run
  detail::Runs runs({catalogue().scenarios, catalogue().plan_lines},
                    {studies.begin(), studies.end()}, overrides, how);
  std::vector<Prediction> predictions;
  predictions.reserve(studies.size());
  for (const Study* study : studies) predictions.push_back(detail::read(*study, runs, &observe));
  return predictions;
}

}  // namespace mgpk::study
