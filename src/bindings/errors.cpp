// The one mapping from the exceptions of C++ to those of Python.
#include <pybind11/stl.h>

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/ode/status.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

std::string_view name_of(ode::StatusCode code) {
  switch (code) {
    case ode::StatusCode::ok:
      return "ok";
    case ode::StatusCode::step_budget_exhausted:
      return "step_budget_exhausted";
    case ode::StatusCode::step_too_small:
      return "step_too_small";
    case ode::StatusCode::not_finite:
      return "not_finite";
    case ode::StatusCode::negative_state:
      return "negative_state";
    case ode::StatusCode::interrupted:
      return "interrupted";
    case ode::StatusCode::no_fixed_point:
      return "no_fixed_point";
  }
  return "unknown";
}

ode::StatusCode code_of(std::string_view name) {
  using enum ode::StatusCode;
  for (const auto code : {ok, step_budget_exhausted, step_too_small, not_finite, negative_state,
                          interrupted, no_fixed_point})
    if (name_of(code) == name) return code;
  fail("a status has one of the known codes", '"' + std::string(name) + '"',
       "take it from a pickle of this version");
}

py::object python_class(const char* name) { return py::module_::import("mgpk.errors").attr(name); }

// NOLINTNEXTLINE(performance-unnecessary-value-param): so it is called by pybind11
void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const UnknownNameError& error) {
    py::set_error(python_class("UnknownNameError"), error.what());
  } catch (const record::DataSetError& error) {
    py::set_error(python_class("DataSetError"), data_set_error(error));
  } catch (const InputError& error) {
    py::set_error(PyExc_ValueError, error.what());
  } catch (const ode::SolveError& error) {
    const auto type = python_class("SolveError");
    py::set_error(type, type(error.what(), py::cast(error.status())));
  }
}

void bind_status(py::module_& module) {
  using ode::Status;
  py::class_<Status>(module, "Status", "How a solve ended, and what to do where it failed.")
      .def_property_readonly("ok", &Status::ok)
      .def_property_readonly("code", [](const Status& s) { return name_of(s.code); })
      .def_readonly("t_h", &Status::t_h)
      .def_readonly("state_name", &Status::state_name)
      .def_readonly("advice", &Status::advice)
      .def_readonly("value", &Status::value)
      .def_property_readonly("message", &Status::message)
      .def("__repr__", [](const Status& s) { return "Status(" + s.message() + ")"; })
      .def(py::pickle(
          [](const Status& s) {
            return py::make_tuple(name_of(s.code), s.t_h, s.state_index, s.state_name, s.advice,
                                  s.value);
          },
          [](const py::tuple& t) {
            return Status{code_of(t[0].cast<std::string>()), t[1].cast<double>(),
                          t[2].cast<std::size_t>(),          t[3].cast<std::string>(),
                          t[4].cast<std::string>(),          t[5].cast<double>()};
          }));
}

}  // namespace

void bind_errors(py::module_& module) {
  bind_status(module);
  py::register_exception_translator(&translate);
  module.def("text_of", &text_of, py::arg("value"), "A number as error messages show it.");
  module.def(
      "nearest_names",
      [](const std::string& name, const std::vector<std::string>& candidates) {
        return nearest_names(name, candidates);
      },
      py::arg("name"), py::arg("candidates"), "The candidates that lie nearest to a name.");
}

}  // namespace mgpk::bindings
