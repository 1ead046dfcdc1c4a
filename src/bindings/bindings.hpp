// What the files of the Python module share: one function per subject, and the watch over a solve.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <span>
#include <string>
#include <string_view>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/record/problem.hpp>

namespace mgpk::classic {
struct Model;
struct PredictOptions;
}  // namespace mgpk::classic

namespace mgpk::bindings {

namespace py = pybind11;

void bind_errors(py::module_& module);
void bind_evidence(py::module_& module);
void bind_subject(py::module_& module);
void bind_schedule(py::module_& module);
void bind_options(py::module_& module);
void bind_trajectory(py::module_& module);
void bind_history(py::module_& module);
void bind_run(py::module_& module);
void bind_loading_test(py::module_& module);
void bind_slopes(py::module_& module);
void bind_sweep(py::module_& module);
void bind_many(py::module_& module);
void bind_study(py::module_& module);
void bind_people(py::module_& module);
void bind_dataset(py::module_& module);
void bind_classic(py::module_& module);
void bind_nca(py::module_& module);
void bind_claims(py::module_& module);
void bind_document(py::module_& module);
void bind_effects(py::module_& module);
void bind_isotopes(py::module_& module);
void bind_fit(py::module_& module);

/// The Python exception with its problems.
py::object data_set_error(const record::DataSetError& error);

/// A read-only NumPy view that keeps `owner` alive; no number is copied.
py::array view_of(std::span<const double> column, const py::object& owner);

/// A classic model and the options of its predictions, from what Python's Model holds.
classic::Model classic_model_of(const py::dict& recipe);
classic::PredictOptions classic_options_of(const py::dict& given);

std::string_view name_of(ode::Method method);
std::string_view name_of(dose::Route route);

}  // namespace mgpk::bindings
