// Data sets: reading, linting, writing; columns cross to NumPy without a copy.
#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/record/csv.hpp>
#include <mgpk/record/data_set.hpp>
#include <mgpk/record/problem_codes.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using record::DataSet;
using record::InputColumn;
using record::Observation;
using record::ObservationKind;
using record::ReadOptions;

/// An option that is one letter, or none.
void set_letter(char& letter, const std::string& name, const std::string& text) {
  if (text.size() > 1) fail(name + " must be one sign", '"' + text + '"', "give one");
  letter = text.empty() ? '\0' : text.front();
}

ReadOptions options_of(const py::dict& given) {
  ReadOptions options;
  options.time_unit = given["time_unit"].cast<std::string>();
  options.units = given["units"].cast<record::NamePairs>();
  options.columns = given["columns"].cast<record::NamePairs>();
  options.covariates = given["covariates"].cast<std::vector<std::string>>();
  options.missing = given["missing"].cast<std::vector<std::string>>();
  options.compartments = given["compartments"].cast<std::vector<std::string>>();
  options.kinds = given["kinds"].cast<record::NamePairs>();
  options.date_order = given["date_order"].cast<std::string>();
  set_letter(options.delimiter, "delimiter", given["delimiter"].cast<std::string>());
  set_letter(options.ignore, "ignore", given["ignore"].cast<std::string>());
  return options;
}

using ProblemParts =
    std::tuple<std::string, bool, std::size_t, std::string, std::string, std::string>;

std::vector<ProblemParts> parts_of(const std::vector<record::Problem>& problems) {
  std::vector<ProblemParts> parts;
  parts.reserve(problems.size());
  for (const auto& p : problems)
    parts.emplace_back(p.code, p.is_error, p.line, p.column, p.value, p.advice);
  return parts;
}

/// Columns of Python: pairs of a name and an array of numbers or a list of texts.
std::vector<InputColumn> columns_of(const py::list& given) {
  std::vector<InputColumn> columns;
  for (const auto& item : given) {
    const auto pair = item.cast<py::tuple>();
    InputColumn column{pair[0].cast<std::string>(), {}, {}};
    if (py::isinstance<py::list>(pair[1])) {
      column.texts = pair[1].cast<std::vector<std::string>>();
    } else {
      const auto numbers =
          pair[1].cast<py::array_t<double, py::array::c_style | py::array::forcecast>>();
      column.numbers.assign(numbers.data(), numbers.data() + numbers.size());
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

DataSet read(const py::bytes& bytes, const py::dict& options) {
  const std::string_view text = bytes;
  const ReadOptions how = options_of(options);
  const py::gil_scoped_release released;
  return record::read_csv(text, how);
}

std::vector<ProblemParts> lint(const py::bytes& bytes, const py::dict& options) {
  const std::string_view text = bytes;
  const ReadOptions how = options_of(options);
  std::vector<record::Problem> problems;
  {
    const py::gil_scoped_release released;
    problems = record::lint_csv(text, how);
  }
  return parts_of(problems);
}

std::string_view name_of(ObservationKind kind) {
  if (kind == ObservationKind::urine_amount) return "urine_amount";
  return kind == ObservationKind::isotope_ratio ? "isotope_ratio" : "value";
}

/// One number of every observation.
template <class Member>
py::array_t<double> each(const std::vector<Observation>& all, Member member) {
  py::array_t<double> numbers(static_cast<py::ssize_t>(all.size()));
  double* at = numbers.mutable_data();
  for (const Observation& one : all) *at++ = static_cast<double>(one.*member);
  return numbers;
}

py::dict observations(const DataSet& data) {
  const auto all = data.observations();
  py::list ids, kinds, labels;
  py::array_t<std::int64_t> rows(static_cast<py::ssize_t>(all.size()));
  std::int64_t* row = rows.mutable_data();
  for (const Observation& one : all) {
    *row++ = static_cast<std::int64_t>(one.row);
    ids.append(data.people()[one.person].id);
    kinds.append(py::str(std::string(name_of(one.kind))));
    labels.append(one.label);
  }
  py::dict columns;
  columns["row"] = rows;
  columns["id"] = ids;
  columns["kind"] = kinds;
  columns["label"] = labels;
  columns["time_h"] = each(all, &Observation::time_h);
  columns["end_h"] = each(all, &Observation::end_h);
  columns["value"] = each(all, &Observation::value);
  columns["censored"] = each(all, &Observation::censored);
  columns["limit"] = each(all, &Observation::limit);
  columns["urine_volume"] = each(all, &Observation::urine_volume);
  columns["sd"] = each(all, &Observation::sd);
  columns["se"] = each(all, &Observation::se);
  columns["n_persons"] = each(all, &Observation::n_persons);
  columns["ci_low"] = each(all, &Observation::ci_low);
  columns["ci_high"] = each(all, &Observation::ci_high);
  return columns;
}

std::vector<std::tuple<std::string, std::size_t, std::size_t>> people(const DataSet& data) {
  std::vector<std::tuple<std::string, std::size_t, std::size_t>> all;
  for (const auto& person : data.people())
    all.emplace_back(person.id, person.first_row, person.n_rows);
  return all;
}

/// EVID of each row as it was taken.
std::vector<int> events(const DataSet& data) {
  std::vector<int> all;
  for (const auto event : data.events()) all.push_back(static_cast<int>(event));
  return all;
}

/// Whether a column is TIME and its numbers are hours of dates and clock times.
bool is_clock(const DataSet& data, const std::string& name) {
  const auto& table = data.table();
  return table.clock && table.find(name) == table.known("TIME");
}

std::vector<std::string> own_names(const DataSet& data) {
  std::vector<std::string> names;
  for (const auto& column : data.table().columns)
    names.push_back(record::detail::unquoted(column.header));
  return names;
}

std::vector<std::tuple<std::string, std::string, std::string>> codes() {
  std::vector<std::tuple<std::string, std::string, std::string>> all;
  all.reserve(record::problem_codes.size());
  for (const auto& known : record::problem_codes)
    all.emplace_back(known.code, known.severity, known.meaning);
  return all;
}

std::vector<std::tuple<std::string, std::string, std::string>> known_columns() {
  std::vector<std::tuple<std::string, std::string, std::string>> all;
  all.reserve(record::known_columns.size());
  for (const auto& known : record::known_columns)
    all.emplace_back(known.name, known.aliases, known.meaning);
  return all;
}

void bind_functions(py::module_& module) {
  module.def("read_data_set", &read, py::arg("text"), py::arg("options"));
  module.def("lint_data_set", &lint, py::arg("text"), py::arg("options"));
  module.def(
      "data_set_from_columns",
      [](const py::list& columns, const py::dict& options) {
        return record::from_columns(columns_of(columns), options_of(options));
      },
      py::arg("columns"), py::arg("options"));
  module.def(
      "lint_columns",
      [](const py::list& columns, const py::dict& options) {
        return parts_of(record::lint_columns(columns_of(columns), options_of(options)));
      },
      py::arg("columns"), py::arg("options"));
  module.def("problem_codes", &codes);
  module.def("known_columns", &known_columns);
}

}  // namespace

py::object data_set_error(const record::DataSetError& error) {
  const auto type = py::module_::import("mgpk.errors").attr("DataSetError");
  return type(error.what(), parts_of(error.problems()));
}

void bind_dataset(py::module_& module) {
  py::class_<DataSet>(module, "DataSet", "Rows of doses and observations, as they came.")
      .def_property_readonly("n_rows", &DataSet::n_rows)
      .def_property_readonly("names", &DataSet::column_names)
      .def_property_readonly("own_names", &own_names)
      .def_property_readonly("people", &people)
      .def_property_readonly("events", &events)
      .def_property_readonly("assumptions", &DataSet::assumptions)
      .def_property_readonly("warnings",
                             [](const DataSet& data) { return parts_of(data.warnings()); })
      .def_property_readonly("times_h",
                             [](const py::object& self) {
                               return view_of(self.cast<const DataSet&>().times_h(), self);
                             })
      .def("has_column", &DataSet::has_column, py::arg("name"))
      .def("has_text", &DataSet::has_text, py::arg("name"))
      .def("is_clock", &is_clock, py::arg("name"))
      .def(
          "cell_numbers",
          [](const py::object& self, const std::string& name) {
            const auto& data = self.cast<const DataSet&>();
            if (!data.has_column(name)) data.numbers(name);  // says which name is meant
            return view_of(data.table().find(name)->cells.numbers(), self);
          },
          py::arg("name"))
      .def("unit", &DataSet::unit, py::arg("name"))
      .def(
          "numbers",
          [](const py::object& self, const std::string& name) {
            return view_of(self.cast<const DataSet&>().numbers(name), self);
          },
          py::arg("name"))
      .def("texts", &DataSet::texts, py::arg("name"))
      .def("observations", &observations)
      .def("to_csv", [](const DataSet& data) { return py::bytes(record::write_csv(data)); });
  bind_functions(module);  // after the class, which their signatures name
}

}  // namespace mgpk::bindings
