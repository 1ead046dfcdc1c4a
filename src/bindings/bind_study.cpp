// The study catalogue as plain dictionaries, its scenarios as subjects and plans, its predictions.
#include <pybind11/stl.h>

#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/evidence/reference_entry.hpp>
#include <mgpk/study/predict.hpp>

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
    d["meaning"] = row.meaning;
    rows.push_back(d);
  }
  return rows;
}

std::vector<const study::Study*> by_key(const std::vector<std::string>& keys) {
  std::vector<const study::Study*> found;
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
  module.def("run_study", &run_of, py::arg("key"), py::arg("scenario"), py::arg("parameters"));
}

}  // namespace mgpk::bindings
