// The table of a run: columns cross to NumPy without a copy.
#include <pybind11/eigen.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <string>
#include <vector>

#include <mgpk/simulate/trajectory.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using simulation::Trajectory;

/// A view of a column; clinical units are computed.
py::array_t<double> column(const py::object& owner, const std::string& name) {
  const auto& table = owner.cast<const Trajectory&>();
  const auto converted = simulation::in_clinical_unit(table, name);
  if (converted.empty()) return view_of(table.column(name), owner);
  py::array_t<double> copy(static_cast<py::ssize_t>(converted.size()), converted.data());
  copy.attr("setflags")(py::arg("write") = false);
  return copy;
}

/// All columns as one matrix, rows are times.
py::array_t<double> matrix(const py::object& owner) {
  const auto& values = owner.cast<const Trajectory&>().values();
  const auto row = static_cast<py::ssize_t>(sizeof(double));
  py::array_t<double> view({values.rows(), values.cols()}, {row, row * values.rows()},
                           values.data(), owner);
  view.attr("setflags")(py::arg("write") = false);
  return view;
}

Trajectory from_pickle(const py::tuple& t) {
  const auto values = t[1].cast<Eigen::MatrixXd>();
  Trajectory table(t[0].cast<std::vector<std::string>>(), static_cast<std::size_t>(values.rows()));
  table.values() = values;
  return table;
}

}  // namespace

py::array view_of(std::span<const double> values, const py::object& owner) {
  py::array_t<double> view(static_cast<py::ssize_t>(values.size()), values.data(), owner);
  view.attr("setflags")(py::arg("write") = false);
  return view;
}

void bind_trajectory(py::module_& module) {
  module.def(
      "unit_of", [](const std::string& name) { return std::string(simulation::unit_of(name)); },
      py::arg("column"));
  py::class_<Trajectory>(module, "Trajectory", "Named columns, one row per time.")
      .def_property_readonly("names", &Trajectory::names)
      .def_property_readonly("n_rows", &Trajectory::n_rows)
      .def(
          "has",
          [](const Trajectory& t, const std::string& name) {
            return t.has(name) || !simulation::in_clinical_unit(t, name).empty();
          },
          py::arg("name"))
      .def("__getitem__", &column, py::arg("name"))
      .def("matrix", &matrix)
      .def(py::pickle([](const Trajectory& t) { return py::make_tuple(t.names(), t.values()); },
                      &from_pickle));
}

}  // namespace mgpk::bindings
