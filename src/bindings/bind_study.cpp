// The study catalogue as plain dictionaries, its scenarios as subjects and plans, its predictions.
#include <pybind11/eigen.h>
#include <pybind11/stl.h>

#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/evidence/reference_entry.hpp>
#include <mgpk/study/predict.hpp>
#include <mgpk/study/report.hpp>
#include <mgpk/study/sensitivity.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

py::dict to_dict(const study::Study& s) {
  py::dict d;
  d["key"] = s.key;
  d["line"] = s.line;
  d["study"] = s.study;
  d["cohort"] = s.cohort;
  d["citation"] = s.citation;
  d["doi"] = s.doi;
  d["population"] = s.population;
  d["endpoint"] = s.endpoint;
  d["domain"] = study::name_of(s.domain);
  d["scenario"] = s.scenario;
  d["comparator"] = s.comparator;
  d["observable"] = s.observable;
  d["source"] = s.source;
  d["from_h"] = s.from_h;
  d["to_h"] = s.to_h;
  d["unit"] = s.unit;
  d["observed"] = s.observed;
  d["spread"] = s.spread;
  d["kind_of_spread"] = study::name_of(s.spread_kind);
  d["low"] = s.low;
  d["high"] = s.high;
  d["n"] = s.n;
  d["se"] = study::se(s);
  d["use"] = study::name_of(s.use);
  d["weight"] = study::weight(s);
  d["provenance"] = evidence::name_of(s.provenance);
  d["confidence"] = s.confidence;
  d["note"] = s.note;
  d["assumed"] = study::scenario_of(s.scenario).assumed;
  d["meaning"] = study::observable_of(s.observable).meaning;
  d["score"] = study::name_of(study::observable_of(s.observable).score);
  return d;
}

std::vector<py::dict> studies() {
  std::vector<py::dict> rows;
  for (const auto& s : study::catalogue().studies) rows.push_back(to_dict(s));
  return rows;
}

std::vector<py::dict> excluded() {
  std::vector<py::dict> rows;
  for (const auto& row : study::catalogue().excluded) {
    py::dict d;
    d["line"] = row.line;
    d["study"] = row.study;
    d["endpoint"] = row.endpoint;
    d["reason"] = row.reason;
    d["why"] = row.why;
    rows.push_back(d);
  }
  return rows;
}

std::vector<py::dict> observables() {
  std::vector<py::dict> rows;
  for (const auto& row : study::catalogue().observables) {
    py::dict d;
    d["name"] = row.name;
    d["unit"] = row.unit;
    d["score"] = study::name_of(row.score);
    d["meaning"] = row.meaning;
    rows.push_back(d);
  }
  return rows;
}

std::vector<const study::Study*> by_key(const std::vector<std::string>& keys) {
  std::vector<const study::Study*> found;
  found.reserve(keys.size());
  for (const auto& key : keys) found.push_back(&study::study_of(key));
  return found;
}

std::vector<py::dict> predict(const std::vector<std::string>& keys,
                              const study::Overrides& overrides) {
  const auto wanted = by_key(keys);
  std::vector<study::Prediction> predictions;
  {
    const py::gil_scoped_release released;
    predictions = study::predict(wanted, overrides);
  }
  std::vector<py::dict> rows;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    py::dict d;
    d["predicted"] = predictions[i].value;
    d["ratio"] = study::ratio(*wanted[i], predictions[i].value);
    d["z"] = study::z(*wanted[i], predictions[i].value);
    d["failure"] = predictions[i].failure;
    rows.push_back(d);
  }
  return rows;
}

void put(py::dict& d, const std::string& prefix, const study::Agreement& agreement) {
  d[py::str(prefix + "residual")] = agreement.residual;
  d[py::str(prefix + "z")] = agreement.standardized();
}

py::dict to_dict(const study::Assessed& row) {
  py::dict d;
  d["key"] = row.study->key;
  d["predicted"] = row.prediction.value;
  d["null"] = row.null;
  d["ratio"] = study::ratio(*row.study, row.prediction.value);
  put(d, "", row.agreement);
  put(d, "null_", row.null_agreement);
  d["deviation"] = row.agreement.deviation;
  d["log_likelihood"] = row.agreement.log_likelihood;
  d["slope"] = row.agreement.slope;
  d["failure"] = row.prediction.failure;
  return d;
}

py::dict to_dict(const study::DomainScore& s) {
  py::dict d;
  d["domain"] = study::name_of(s.domain);
  d["n_endpoints"] = s.n_endpoints;
  d["n_cohorts"] = s.n_cohorts;
  d["n_fold_cohorts"] = s.n_fold_cohorts;
  d["gmfe"] = s.gmfe_ratio;
  d["f_within_1_25"] = s.f_within_1_25;
  d["f_within_2"] = s.f_within_2;
  d["mean_ratio"] = s.mean_ratio;
  d["low_ratio"] = s.low_ratio;
  d["high_ratio"] = s.high_ratio;
  d["f_within_two_deviations"] = s.f_within_two_deviations;
  d["mean_square"] = s.mean_square_relative;
  d["null_mean_square"] = s.null_mean_square_relative;
  d["beats_null"] = s.beats_null();
  return d;
}

py::dict report(const std::vector<study::Assessed>& rows) {
  py::list endpoints, domains;
  for (const auto& row : rows) endpoints.append(to_dict(row));
  for (const auto& score : study::domain_scores(rows)) domains.append(to_dict(score));
  py::dict d;
  d["endpoints"] = endpoints;
  d["domains"] = domains;
  d["log_likelihood"] = study::log_likelihood(rows);
  return d;
}

py::dict assess(const std::vector<std::string>& keys, const study::Overrides& overrides,
                bool allow_outside_range) {
  const auto wanted = by_key(keys);
  std::vector<study::Assessed> rows;
  {
    const py::gil_scoped_release released;
    rows = study::assess(wanted, overrides, {.allow_outside_range = allow_outside_range});
  }
  return report(rows);
}

py::dict assess_predicted(const std::vector<std::string>& keys,
                          const std::vector<double>& predicted, const std::vector<double>& nulls) {
  if (predicted.size() != keys.size() || nulls.size() != keys.size())
    fail("there must be one prediction and one null for each study",
         std::to_string(predicted.size()) + " and " + std::to_string(nulls.size()) + " for " +
             std::to_string(keys.size()),
         "give them in the order of the studies");
  std::vector<study::Prediction> predictions;
  predictions.reserve(predicted.size());
  for (const double value : predicted) predictions.push_back({value, ""});
  return report(study::assess(by_key(keys), predictions, nulls));
}

py::tuple sensitivities(const std::vector<std::string>& keys,
                        const std::vector<std::string>& parameters,
                        const study::Overrides& overrides, std::size_t n_threads) {
  const auto wanted = by_key(keys);
  study::Sensitivities s;
  {
    const py::gil_scoped_release released;
    s = study::sensitivities(wanted, parameters, overrides, n_threads);
  }
  std::vector<double> predicted;
  for (const auto& prediction : s.predictions) predicted.push_back(prediction.value);
  return py::make_tuple(predicted, s.slopes, s.errors);
}

Run run_of(const std::string& key, const std::string& scenario, const study::Overrides& overrides) {
  const auto wanted = by_key({key});
  const py::gil_scoped_release released;
  return study::run_of(study::scenario_of(scenario), wanted, overrides);
}

}  // namespace

void bind_study(py::module_& module) {
  module.def("studies", &studies);
  module.def("excluded_figures", &excluded);
  module.def("observables", &observables);
  module.def(
      "study_subject",
      [](const std::string& scenario) { return study::subject_of(study::scenario_of(scenario)); },
      py::arg("scenario"));
  module.def(
      "study_plan",
      [](const std::string& scenario) { return study::plan_of(study::scenario_of(scenario)); },
      py::arg("scenario"));
  module.def("predict_studies", &predict, py::arg("keys"), py::arg("parameters"));
  module.def("assess_studies", &assess, py::arg("keys"), py::arg("parameters"),
             py::arg("allow_outside_range"));
  module.def("assess_predicted", &assess_predicted, py::arg("keys"), py::arg("predicted"),
             py::arg("nulls"));
  module.def("study_sensitivities", &sensitivities, py::arg("keys"), py::arg("of"),
             py::arg("parameters"), py::arg("n_threads"));
  module.def("run_study", &run_of, py::arg("key"), py::arg("scenario"), py::arg("parameters"));
}

}  // namespace mgpk::bindings
