// Runs with slopes, and the body as the model of a fit.
#include <pybind11/eigen.h>
#include <pybind11/stl.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/slopes.hpp>
#include <mgpk/study/fit/body_predictor.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

using study::fit::BodyPerson;
using study::fit::BodyPredictor;
using study::fit::Observable;

simulation::ManyOptions how_of(const simulation::Options& options, std::size_t n_threads) {
  simulation::ManyOptions how;
  how.solver = options.solver();
  how.n_threads = n_threads;
  return how;
}

/// The run, a matrix of slopes for each parameter, and the parameters' values.
py::tuple run_with_slopes(const Subject& subject, const std::optional<Schedule>& plan,
                          simulation::Options options, const std::vector<std::string>& parameters,
                          py::object progress) {
  Watch watch(std::move(progress));
  options.keep_going = [&](double) { return watch.keep_going(0.0); };
  const auto directions = simulation::directions_of(parameters);
  std::vector<SlopedOutcome> outcomes;
  try {
    const py::gil_scoped_release released;
    RunJob job{subject, plan.value_or(Schedule()), options,
               simulation::baseline_of(subject, options)};
    outcomes = simulate_with_slopes({job}, parameters, how_of(options, 1));
  } catch (const ode::SolveError&) {
    watch.raise_if_stopped();
    throw;
  }
  watch.raise_if_stopped();
  auto& outcome = outcomes.front();
  if (!outcome.run) throw InputError(outcome.failure);
  outcome.run->run.options.keep_going = nullptr;  // the watch ends here
  std::vector<double> values;
  values.reserve(directions.size());
  for (const auto& direction : directions)
    values.push_back(*simulation::value_along(direction, subject, options));
  return py::make_tuple(std::move(outcome.run->run), std::move(outcome.run->slopes), values);
}

/// The values of parameters that a person has by themselves; NaN where there is no such level.
std::vector<double> values_along(const Subject& subject, std::optional<double> start_level,
                                 const std::vector<std::string>& parameters) {
  simulation::Options options;
  options.start_c_plasma_total_mmol_per_L = start_level;
  std::vector<double> values;
  for (const auto& direction : simulation::directions_of(parameters))
    values.push_back(simulation::value_along(direction, subject, options).value_or(std::nan("")));
  return values;
}

/// Person, plan, whether the gut is empty at the start, the level at the start, and what was
/// measured: column, time, and the start of a collection.
using Measured = std::tuple<std::string, double, std::optional<double>>;
using Given = std::tuple<Subject, std::optional<Schedule>, bool, std::optional<double>,
                         std::vector<Measured>>;

std::shared_ptr<BodyPredictor> predictor_of(const std::vector<Given>& people,
                                            const std::vector<std::string>& parameters,
                                            const simulation::Options& options,
                                            std::size_t n_threads) {
  std::vector<BodyPerson> all;
  for (const auto& [subject, plan, empty_gut, start, observables] : people) {
    BodyPerson person{subject, plan.value_or(Schedule()), empty_gut, start, {}};
    for (const auto& [column, t_h, since_h] : observables)
      person.observables.push_back(Observable{column, t_h, since_h});
    all.push_back(std::move(person));
  }
  return std::make_shared<BodyPredictor>(std::move(all), parameters, how_of(options, n_threads));
}

}  // namespace

void bind_slopes(py::module_& module) {
  module.def("simulate_with_slopes", &run_with_slopes, py::arg("subject"), py::arg("plan"),
             py::arg("options"), py::arg("parameters"), py::arg("progress") = py::none());
  module.def("values_along", &values_along, py::arg("subject"), py::arg("start_level"),
             py::arg("parameters"));
  py::class_<BodyPredictor, study::fit::Predictor, std::shared_ptr<BodyPredictor>>(
      module, "BodyPredictor", "The body as the model of a fit.")
      .def(py::init(&predictor_of), py::kw_only(), py::arg("people"), py::arg("parameters"),
           py::arg("options"), py::arg("n_threads"));
}

}  // namespace mgpk::bindings
