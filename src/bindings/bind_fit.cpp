// Fits: predictors of many people, and the mixed model around them; arrays in, dictionaries out.
#include <pybind11/eigen.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/record/data_set.hpp>
#include <mgpk/study/fit/classic_predictor.hpp>
#include <mgpk/study/fit/mixed_model.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using namespace study::fit;

using Array = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Words = std::vector<std::string>;

template <class Kind, std::size_t N>
Kind kind_of(const std::string& word, const Kind (&kinds)[N]) {
  for (const Kind kind : kinds)
    if (name_of(kind) == word) return kind;
  fail("a fit must know the word", '"' + word + '"', "see the documentation of mgpk.fit_mixed");
}

ErrorKind error_of(const std::string& word) {
  return kind_of(word, {ErrorKind::known, ErrorKind::additive, ErrorKind::proportional,
                        ErrorKind::combined, ErrorKind::combined_sd, ErrorKind::log_normal});
}

std::vector<Transform> transforms_of(const py::handle& given) {
  std::vector<Transform> all;
  for (const auto& [word, low, high] :
       given.cast<std::vector<std::tuple<std::string, double, double>>>())
    all.push_back(
        {kind_of(word, {TransformKind::identity, TransformKind::log, TransformKind::logit}), low,
         high});
  return all;
}

/// Columns of numbers, one per datum, cut into people.
std::vector<Person> people_of(const py::dict& given, const Predictor& predictor) {
  const auto column = [&](const char* name) { return given[name].cast<std::vector<double>>(); };
  const auto observed = column("observed"), kind = column("kind"), se = column("se"),
             n = column("n"), error = column("error"), f_random = column("f_random");
  const auto design = given["design"].cast<std::vector<Eigen::MatrixXd>>();
  const auto offset = given["offset"].cast<std::vector<Eigen::VectorXd>>();
  std::vector<Person> people;
  std::size_t row = 0;
  for (std::size_t i = 0; i < predictor.n_people(); ++i) {
    Person person{{}, design.at(i), offset.at(i), f_random.at(i)};
    for (std::size_t j = 0; j < predictor.n_observations(i); ++j, ++row) {
      const DatumKind bound = kind.at(row) > 0   ? DatumKind::below
                              : kind.at(row) < 0 ? DatumKind::above
                                                 : DatumKind::value;
      person.data.push_back({observed.at(row), bound, se.at(row), n.at(row),
                             static_cast<std::size_t>(error.at(row))});
    }
    people.push_back(std::move(person));
  }
  return people;
}

Population population_of(const py::dict& given, const Predictor& predictor) {
  Population population;
  population.people = people_of(given, predictor);
  population.transforms = transforms_of(given["transforms"]);
  population.fixed_transforms = transforms_of(given["fixed_transforms"]);
  population.random = given["random"].cast<std::vector<std::size_t>>();
  population.blocks = given["blocks"].cast<std::vector<std::size_t>>();
  for (const auto& word : given["errors"].cast<Words>())
    population.errors.push_back(error_of(word));
  for (const auto& [parameter, by_log, center, sd] :
       given["priors"].cast<std::vector<std::tuple<std::size_t, bool, double, double>>>())
    population.priors.push_back(
        {parameter, by_log ? PriorKind::log_normal : PriorKind::normal, center, sd});
  return population;
}

py::dict to_dict(const Evaluation& e) {
  py::dict d;
  d["objective"] = e.objective;
  d["gradient"] = e.gradient;
  d["by_person"] = e.by_person;
  d["gradient_by_person"] = e.gradient_by_person;
  d["laplace_objective"] = e.laplace_objective;
  d["eta"] = e.eta;
  d["here"] = e.here;
  d["n_unsettled"] = e.n_unsettled;
  d["n_predictions"] = e.n_predictions;
  d["failure"] = e.failure;
  return d;
}

py::dict to_dict(const Diagnostics& found) {
  py::dict d;
  d["population_prediction"] = found.population_prediction;
  d["individual_prediction"] = found.individual_prediction;
  d["individual_residual"] = found.individual_residual;
  d["conditional_residual"] = found.conditional_residual;
  d["log_likelihood"] = found.log_likelihood;
  d["failure"] = found.failure;
  return d;
}

py::list predict(const Predictor& predictor, const std::vector<std::size_t>& people,
                 const Eigen::MatrixXd& phi, bool slopes) {
  std::vector<Request> requests;
  for (std::size_t i = 0; i < people.size(); ++i) {
    require(people[i] < predictor.n_people(), "a person must be one of the predictor's",
            static_cast<double>(people[i]), "count them from 0");
    requests.push_back({people[i], phi.row(static_cast<Eigen::Index>(i))});
  }
  std::vector<Prediction> answers;
  {
    const py::gil_scoped_release released;
    answers = predictor.predict(requests, slopes ? Slopes::wanted : Slopes::none);
  }
  py::list all;
  for (const auto& answer : answers)
    all.append(py::make_tuple(answer.f, answer.slopes, answer.failure));
  return all;
}

void bind_predictors(py::module_& module) {
  py::class_<Predictor, std::shared_ptr<Predictor>>(module, "FitPredictor",
                                                    "Predictions of many people with slopes.")
      .def_property_readonly("n_people", &Predictor::n_people)
      .def_property_readonly("n_parameters", &Predictor::n_parameters)
      .def("n_observations", &Predictor::n_observations, py::arg("person"))
      .def("predict", &predict, py::arg("people"), py::arg("phi"), py::arg("slopes"));
  py::class_<ClassicPredictor, Predictor, std::shared_ptr<ClassicPredictor>>(
      module, "ClassicFitPredictor", "The same of a classic model and a data set.")
      .def(py::init([](const py::dict& recipe, Words parameters, const record::DataSet& data,
                       const std::vector<std::size_t>& rows, const py::dict& how) {
             ClassicOptions options;
             options.predict = classic_options_of(how);
             return std::make_shared<ClassicPredictor>(
                 classic_model_of(recipe), std::move(parameters), data, rows, std::move(options));
           }),
           py::arg("recipe"), py::arg("parameters"), py::arg("data"), py::arg("rows"),
           py::arg("options"))
      .def_property_readonly("ids", &ClassicPredictor::ids)
      .def_property_readonly("has_exact_slopes", &ClassicPredictor::has_exact_slopes);
}

void bind_places(py::class_<MixedModel>& mixed) {
  mixed
      .def_property_readonly("layout",
                             [](const MixedModel& model) {
                               const auto& at = model.layout();
                               return std::make_tuple(at.n_fixed, at.n_error, at.n_omega);
                             })
      .def_property_readonly("omega_entries",
                             [](const MixedModel& model) { return model.omega().entries(); })
      .def(
          "omega_place",
          [](const MixedModel& model, const Eigen::MatrixXd& omega) {
            return model.omega().place(omega);
          },
          py::arg("omega"))
      .def(
          "omega_root",
          [](const MixedModel& model, const Eigen::VectorXd& place) {
            return model.omega().root(place);
          },
          py::arg("place"));
}

}  // namespace

void bind_fit(py::module_& module) {
  bind_predictors(module);
  using released = py::call_guard<py::gil_scoped_release>;
  // NOLINTNEXTLINE(bugprone-unused-raii): Python knows the class from here on
  py::class_<RandomEffects>(module, "RandomEffects",
                            "Random effects that a search starts from, and the way from there.");
  py::class_<MixedModel> mixed(module, "MixedModel", "The objective of a mixed model, by FOCE.");
  bind_places(mixed);
  mixed
      .def(py::init([](const std::shared_ptr<Predictor>& predictor, const py::dict& population,
                       double slope_step_relative, double prediction_error_relative) {
             MixedOptions options;
             options.slope_step_relative = slope_step_relative;
             options.prediction_error_relative = prediction_error_relative;
             return MixedModel(population_of(population, *predictor), predictor, options);
           }),
           py::arg("predictor"), py::arg("population"), py::arg("slope_step_relative"),
           py::arg("prediction_error_relative") = 0.0)
      .def("start", [](const MixedModel& model) { return RandomEffects(model.start()); })
      .def(
          "evaluate",
          [](const MixedModel& model, const Eigen::VectorXd& theta, const RandomEffects& start,
             bool slopes, bool exact) {
            Evaluation found;
            {
              const py::gil_scoped_release without;
              found = model.evaluate(theta, start, slopes ? Slopes::wanted : Slopes::none,
                                     exact ? Sides::both : Sides::one);
            }
            return to_dict(found);
          },
          py::arg("theta"), py::arg("start"), py::arg("slopes"), py::arg("exact") = true)
      .def("hessian", &MixedModel::hessian, py::arg("theta"), py::arg("start"),
           py::arg("step_relative"), released())
      .def(
          "information",
          [](const MixedModel& model, const Eigen::VectorXd& theta, const RandomEffects& at) {
            return model.information(theta, at.u);
          },
          py::arg("theta"), py::arg("at"), released())
      .def(
          "diagnose",
          [](const MixedModel& model, const Eigen::VectorXd& theta, const RandomEffects& at) {
            return to_dict(model.diagnose(theta, at.u));
          },
          py::arg("theta"), py::arg("at"))
      .def("simulate", &MixedModel::simulate, py::arg("theta"), py::arg("seed"),
           py::arg("n_replicates"), released());
}

}  // namespace mgpk::bindings
