// How a run is to be done.
#include <pybind11/stl.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/simulate/options.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using ode::Method;
using simulation::Options;

Method method_of(const std::string& name) {
  for (const auto method : {Method::automatic, Method::dopri5, Method::rosenbrock4})
    if (name_of(method) == name) return method;
  fail("method must be \"automatic\", \"dopri5\" or \"rosenbrock4\"", '"' + name + '"',
       "give one of these");
}

simulation::JumpLimit jump_limit_of(const std::string& name) {
  if (name == "after") return simulation::JumpLimit::after;
  if (name == "before") return simulation::JumpLimit::before;
  fail("jump_limit must be \"after\" or \"before\"", '"' + name + '"', "give one of the two");
}

Options make(double until_h, double every_h, std::vector<double> times_h, double relative_tolerance,
             double absolute_tolerance_mmol, std::size_t max_steps, const std::string& method,
             bool with_baseline, bool raise_on_failure, bool empty_gut_at_start,
             std::optional<double> start_c_plasma_total_mmol_per_L, const std::string& jump_limit) {
  Options options;
  options.until_h = until_h;
  options.every_h = every_h;
  options.times_h = std::move(times_h);
  options.relative_tolerance = relative_tolerance;
  options.absolute_tolerance_mmol = absolute_tolerance_mmol;
  options.max_steps = max_steps;
  options.method = method_of(method);
  options.with_baseline = with_baseline;
  options.throw_on_failure = raise_on_failure;
  options.empty_gut_at_start = empty_gut_at_start;
  options.start_c_plasma_total_mmol_per_L = start_c_plasma_total_mmol_per_L;
  options.jump_limit = jump_limit_of(jump_limit);
  simulation::validate(options);
  return options;
}

py::dict to_dict(const Options& o) {
  py::dict d;
  d["until_h"] = o.times_h.empty() ? py::object(py::float_(o.until_h)) : py::none();
  d["every_h"] = o.every_h;
  d["times_h"] = o.times_h.empty() ? py::object(py::none()) : py::cast(o.times_h);
  d["relative_tolerance"] = o.relative_tolerance;
  d["absolute_tolerance_mmol"] = o.absolute_tolerance_mmol;
  d["max_steps"] = o.max_steps;
  d["method"] = name_of(o.method);
  d["with_baseline"] = o.with_baseline;
  d["raise_on_failure"] = o.throw_on_failure;
  d["empty_gut_at_start"] = o.empty_gut_at_start;
  d["start_c_plasma_total_mmol_per_L"] = o.start_c_plasma_total_mmol_per_L;
  d["jump_limit"] = o.jump_limit == simulation::JumpLimit::before ? "before" : "after";
  return d;
}

Options from_pickle(const py::dict& d) {
  const auto until_h = d["until_h"].cast<std::optional<double>>();
  const auto times_h = d["times_h"].cast<std::optional<std::vector<double>>>();
  return make(until_h.value_or(0.0), d["every_h"].cast<double>(),
              times_h.value_or(std::vector<double>{}), d["relative_tolerance"].cast<double>(),
              d["absolute_tolerance_mmol"].cast<double>(), d["max_steps"].cast<std::size_t>(),
              d["method"].cast<std::string>(), d["with_baseline"].cast<bool>(),
              d["raise_on_failure"].cast<bool>(), d["empty_gut_at_start"].cast<bool>(),
              d["start_c_plasma_total_mmol_per_L"].cast<std::optional<double>>(),
              d["jump_limit"].cast<std::string>());
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::automatic:
      return "automatic";
    case Method::dopri5:
      return "dopri5";
    case Method::rosenbrock4:
      return "rosenbrock4";
  }
  return "unknown";
}

void bind_options(py::module_& module) {
  const Options defaults;
  py::class_<Options>(module, "Options", "Options of a run, checked.")
      .def(py::init(&make), py::kw_only(), py::arg("until_h") = 0.0,
           py::arg("every_h") = defaults.every_h, py::arg("times_h") = std::vector<double>{},
           py::arg("relative_tolerance") = defaults.relative_tolerance,
           py::arg("absolute_tolerance_mmol") = defaults.absolute_tolerance_mmol,
           py::arg("max_steps") = defaults.max_steps, py::arg("method") = "automatic",
           py::arg("with_baseline") = true, py::arg("raise_on_failure") = true,
           py::arg("empty_gut_at_start") = false,
           py::arg("start_c_plasma_total_mmol_per_L") = py::none(), py::arg("jump_limit") = "after")
      .def("to_dict", &to_dict)
      .def(py::pickle(&to_dict, &from_pickle));
}

}  // namespace mgpk::bindings
