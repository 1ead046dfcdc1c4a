// Run files.
#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/document/run_file.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using document::DocumentError;
using document::Outputs;
using document::RunDocument;

// NOLINTNEXTLINE(performance-unnecessary-value-param): so it is called by pybind11
void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const DocumentError& error) {
    py::list problems;
    for (const auto& problem : error.problems())
      problems.append(
          py::make_tuple(problem.at, problem.message,
                         problem.fault == document::Fault::structure ? "structure" : "value"));
    const auto type = py::module_::import("mgpk.errors").attr("DocumentError");
    py::set_error(type, type(error.what(), problems));
  }
}

py::dict outputs_of(const RunDocument& document) {
  const Outputs& o = document.outputs();
  py::dict d;
  d["columns"] = o.columns;
  d["every_n_rows"] = o.every_n_rows;
  d["table_csv"] = o.table_csv;
  d["baseline_csv"] = o.baseline_csv;
  d["result_json"] = o.result_json;
  return d;
}

RunDocument make(const Subject& subject, const std::optional<Schedule>& plan,
                 const simulation::Options& options,
                 std::optional<std::vector<std::string>> columns, std::size_t every_n_rows,
                 std::optional<std::string> table_csv, std::optional<std::string> baseline_csv,
                 std::optional<std::string> result_json, std::uint64_t seed,
                 const std::string& note) {
  const Outputs outputs{std::move(columns), every_n_rows, std::move(table_csv),
                        std::move(baseline_csv), std::move(result_json)};
  return document::document_of(subject, plan.value_or(Schedule{}), options, outputs, seed, note);
}

std::vector<std::string> write(const RunDocument& document, const Run& run,
                               const std::string& folder, bool overwrite) {
  std::vector<std::string> names;
  for (const auto& file : document::write_outputs(document, run, folder, overwrite))
    names.push_back(file.string());
  return names;
}

}  // namespace

void bind_document(py::module_& module) {
  py::register_exception_translator(&translate);
  py::class_<RunDocument>(module, "RunDocument", "A run document, read and checked.")
      .def(py::init(&make), py::kw_only(), py::arg("subject"), py::arg("plan"), py::arg("options"),
           py::arg("columns"), py::arg("every_n_rows"), py::arg("table_csv"),
           py::arg("baseline_csv"), py::arg("result_json"), py::arg("seed"), py::arg("note"))
      .def_static(
          "read_text",
          [](const std::string& text, const std::string& name) {
            return document::read_run(text, name);
          },
          py::arg("text"), py::arg("name"))
      .def_static(
          "read_file", [](const std::string& path) { return document::read_run_file(path); },
          py::arg("path"))
      .def_property_readonly("subject", &RunDocument::subject)
      .def_property_readonly("plan", &RunDocument::plan)
      .def_property_readonly("options", &RunDocument::options)
      .def_property_readonly("outputs", &outputs_of)
      .def_property_readonly("seed", &RunDocument::seed)
      .def_property_readonly("note", &RunDocument::note)
      .def("text", &RunDocument::text)
      .def(
          "write_to",
          [](const RunDocument& document, const std::string& path, bool overwrite) {
            document::write_run_file(path, document, overwrite);
          },
          py::arg("path"), py::arg("overwrite"))
      .def(
          "check_folder",
          [](const RunDocument& document, const std::string& folder, bool overwrite) {
            document::check_folder(document, folder, overwrite);
          },
          py::arg("folder"), py::arg("overwrite"))
      .def("write_outputs", &write, py::arg("run"), py::arg("folder"), py::arg("overwrite"))
      .def("result_json", &document::result_json, py::arg("run"))
      .def("compare_with_record", &document::compare_with_record, py::arg("run"))
      .def(py::pickle([](const RunDocument& document) { return document.text(); },
                      [](const std::string& text) { return document::read_run(text); }));
}

}  // namespace mgpk::bindings
