// How the claims are answered: scenarios run for the model's constants and for draws of them, and
// every number held against its limits.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/claim/answers.hpp>
#include <mgpk/claim/detail/elsewhere.hpp>
#include <mgpk/claim/detail/readers.hpp>
#include <mgpk/claim/detail/sentence.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/people/quantiles.hpp>
#include <mgpk/people/uncertainty.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/study/detail/runs.hpp>

namespace mgpk::claim {
namespace detail {

using study::Prediction;
using study::detail::Readings;
using study::detail::Runs;
using study::detail::values_of;

/// The two ends of the interval of a number.
inline const std::vector<double> interval_quantiles{0.05, 0.95};

inline bool takes_two(How how) { return how == How::over || how == How::minus; }
inline bool takes_runs(How how) { return how == How::value || takes_two(how); }

inline double observed(const study::Reading& reading, const Run& run, const Run* comparator) {
  for (const auto& reader : readers)
    if (reader.name == reading.observable) return reader.read({reading, run, comparator});
  return study::observe(reading, run, comparator);
}

inline double from_table(const study::Reading& reading, const evidence::Values<double>& values) {
  for (const auto& reader : table_readers)
    if (reader.name == reading.observable) return reader.read(reading.source, values);
  fail("an observable must be one that can be read without a run", std::string(reading.observable),
       "give it a reader in claim/detail/readers.hpp");
}

/// The number of one measure with one set of constants; NaN where no constants lead to it.
inline Prediction predict(const Measure& measure, Runs& runs,
                          const evidence::Values<double>& values) {
  if (measure.how == How::table) return {from_table(measure.first, values), ""};
  if (!takes_runs(measure.how)) return {unknown, ""};
  auto first = study::detail::read(measure.first, runs, observed);
  if (!takes_two(measure.how) || !first.failure.empty()) return first;
  auto second = study::detail::read(measure.second, runs, observed);
  if (!second.failure.empty()) return second;
  return {measure.how == How::over ? first.value / second.value : first.value - second.value, ""};
}

/// The names of a test's measures: the one that decides, then those beside it.
inline std::vector<std::string_view> names_of(const Test& test) {
  std::vector<std::string_view> names;
  if (!test.measure.empty()) names.push_back(test.measure);
  for (auto rest = test.also; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    names.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

/// Each measure once, though several claims ask for it.
inline std::vector<const Measure*> measures_of(const std::vector<const Test*>& tests) {
  std::vector<const Measure*> measures;
  for (const Test* test : tests)
    for (const auto name : names_of(*test)) {
      const Measure* measure = &measure_of(name);
      if (std::find(measures.begin(), measures.end(), measure) == measures.end())
        measures.push_back(measure);
    }
  return measures;
}

inline Readings readings_of(const std::vector<const Measure*>& measures) {
  Readings readings;
  for (const Measure* measure : measures) {
    if (takes_runs(measure->how)) readings.push_back(&measure->first);
    if (takes_two(measure->how)) readings.push_back(&measure->second);
  }
  return readings;
}

/// All measures with one set of constants. A constant that follows a drawn one may leave its range.
inline std::vector<Prediction> predict_all(const std::vector<const Measure*>& measures,
                                           const study::Overrides& overrides,
                                           const AnswerOptions& options) {
  const study::PredictOptions how{options.relative_tolerance, true,
                                  options.absolute_tolerance_mmol};
  const study::detail::Scenes scenes{catalogue().scenarios, catalogue().plan_lines};
  const auto values = values_of(overrides, true);
  Runs runs(scenes, readings_of(measures), overrides, how, looks_between);
  std::vector<Prediction> predictions;
  predictions.reserve(measures.size());
  for (const Measure* measure : measures) predictions.push_back(predict(*measure, runs, values));
  return predictions;
}

/// What is drawn: the constants of runs, and those of effects but the membrane potential, which is
/// no constant but a choice of what is shown.
inline people::Uncertain uncertain_of(const Subject& person) {
  auto names = people::uncertain_of(person).drawn;
  for (const auto& row : evidence::parameters) {
    const std::string key(row.key);
    const bool uncertain = row.organ == "effect" && row.low < row.high;
    if (uncertain && key != "membrane_reference_mV" && !person.parameters.contains(key))
      names.push_back(key);
  }
  return people::uncertain_of(person, names);
}

/// The overrides themselves, and the constants of a draw where they say nothing.
inline study::Overrides overrides_of(const AnswerOptions& options, std::size_t draw) {
  Subject person;
  person.parameters = {options.overrides.begin(), options.overrides.end()};
  person.allow_outside_range = options.allow_outside_range;
  const auto uncertain = uncertain_of(person);
  const auto values = people::draw_parameters(person, uncertain, options.seed, draw);
  auto overrides = options.overrides;
  std::size_t place = 0;
  for (const auto* names : {&uncertain.drawn, &uncertain.following})
    for (const auto& name : *names) overrides.emplace(name, values[place++]);
  return overrides;
}

/// The measures by draw; the first are those of the model's own constants.
inline std::vector<std::vector<Prediction>> solve(const std::vector<const Measure*>& measures,
                                                  const AnswerOptions& options) {
  const std::vector<Prediction> stopped(measures.size(), {unknown, "stopped before it was run"});
  std::vector<std::vector<Prediction>> by_draw(options.n_draws + 1, stopped);
  std::vector<std::exception_ptr> refused(by_draw.size());
  simulation::detail::SharedWork work(by_draw.size(), options.n_threads, options.progress);
  work.run([&](std::size_t i) {
    try {
      by_draw[i] =
          predict_all(measures, i == 0 ? options.overrides : overrides_of(options, i - 1), options);
    } catch (...) {  // leaving a thread with an exception would end the program
      refused[i] = std::current_exception();
    }
  });
  for (const auto& error : refused)
    if (error) std::rethrow_exception(error);
  return by_draw;
}

/// The number of a measure, of whose draws some may have failed.
inline Measured measured(const Measure& measure,
                         const std::vector<std::vector<Prediction>>& by_draw, std::size_t place) {
  const auto& own = by_draw[0][place];
  Measured found{&measure, {own.value, unknown, unknown}, own.failure, 0};
  std::vector<double> values{own.value};
  for (std::size_t i = 1; i < by_draw.size(); ++i) {
    if (!by_draw[i][place].failure.empty()) ++found.n_failed_draws;
    values.push_back(by_draw[i][place].value);
  }
  if (std::isnan(own.value)) return found;
  const auto ends = people::quantiles(values, interval_quantiles);
  found.number.low = std::min(ends[0], own.value);
  found.number.high = std::max(ends[1], own.value);
  return found;
}

/// In the order of the measures.
inline std::vector<Measured> measure_all(const std::vector<const Measure*>& measures,
                                         const AnswerOptions& options) {
  const auto by_draw = solve(measures, options);
  std::vector<Measured> all;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    const Measure& measure = *measures[i];
    if (measure.how == How::published) {
      all.push_back({&measure, published(measure.first)});
    } else if (measure.how == How::people) {
      all.push_back({&measure, share_of_people(measure.first, options)});
    } else {
      all.push_back(measured(measure, by_draw, i));
    }
  }
  return all;
}

inline std::vector<const Test*> tests_of(const std::vector<std::string>& ids) {
  std::vector<const Test*> tests;
  tests.reserve(ids.size());
  for (const auto& id : ids) tests.push_back(&test_of(id));
  if (ids.empty())
    for (const Test& test : catalogue().tests) tests.push_back(&test);
  return tests;
}

inline Answer answer_of(const Test& test, const std::vector<Measured>& all) {
  Answer answer{&claim_of(test.id), &test, {}, {}, Verdict::not_testable, ""};
  for (const auto name : names_of(test)) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Measured& m) { return m.measure->name == name; });
    if (name == test.measure && !answer.by.measure) {
      answer.by = *found;
    } else {
      answer.also.push_back(*found);
    }
  }
  // A published effect is no output of the model: it is shown, and the model stays silent.
  if (answer.by.measure && answer.by.measure->how != How::published)
    answer.model = verdict_of(answer.by.number, test.holds, test.opposite);
  answer.reason = filled(test.reason, answer.by.number);
  return answer;
}

}  // namespace detail

MGPK_COMPILED std::vector<Answer> answers(const AnswerOptions& options,
                                          const std::vector<std::string>& ids) {
  detail::values_of(options.overrides, options.allow_outside_range);  // refuses what is not allowed
  const auto tests = detail::tests_of(ids);
  const auto all = detail::measure_all(detail::measures_of(tests), options);
  std::vector<Answer> answered;
  answered.reserve(tests.size());
  for (const Test* test : tests) answered.push_back(detail::answer_of(*test, all));
  return answered;
}

}  // namespace mgpk::claim
