// The sections "options" and "outputs" of a run document.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/nearest_name.hpp>
#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/trajectory.hpp>

#include "document_sections.hpp"

namespace mgpk::document {
namespace {

using simulation::Options;

constexpr std::array<std::string_view, 3> methods{"automatic", "dopri5", "rosenbrock4"};
constexpr std::array<std::string_view, 2> jump_limits{"after", "before"};

Options plain_options() {
  Options options;
  options.until_h = 1;
  return options;
}

/// A number of the options, tried alone, so that each that is out of range is named.
template <double Options::*Place>
void read_number(const Field& field, Options& options) {
  const auto number = field.number();
  if (!number) return;
  options.*Place = *number;
  Options alone = plain_options();
  alone.*Place = *number;
  if (alone.until_h > 0 && Place == &Options::until_h) alone.every_h = alone.until_h;
  field.attempt([&] { simulation::validate(alone); });
}

void read_times(const Field& field, Options& options) {
  const auto times_h = field.numbers(most_rows);
  if (!times_h) return;
  if (times_h->empty()) return field.wrong_form("times_h must hold a time", "give hours");
  options.times_h = *times_h;
  field.attempt([&] { simulation::check_times(*times_h); });
}

void read_start(const Field& field, Options& options) {
  Options alone = plain_options();
  alone.start_c_plasma_total_mmol_per_L = field.number();
  options.start_c_plasma_total_mmol_per_L = alone.start_c_plasma_total_mmol_per_L;
  field.attempt([&] { simulation::validate(alone); });
}

template <bool Options::*Place>
void read_flag(const Field& field, Options& options) {
  options.*Place = field.flag().value_or(options.*Place);
}

constexpr Key<Options> option_keys[] = {
    {"until_h", every_kind, no_kind, &read_number<&Options::until_h>},
    {"every_h", every_kind, no_kind, &read_number<&Options::every_h>},
    {"times_h", every_kind, no_kind, &read_times},
    {"relative_tolerance", every_kind, no_kind, &read_number<&Options::relative_tolerance>},
    {"absolute_tolerance_mmol", every_kind, no_kind,
     &read_number<&Options::absolute_tolerance_mmol>},
    {"max_steps", every_kind, no_kind,
     [](const Field& field, Options& o) {
       if (const auto n = field.whole(1, 2147483647)) o.max_steps = static_cast<std::size_t>(*n);
     }},
    {"method", every_kind, no_kind,
     [](const Field& field, Options& o) {
       if (const auto at = field.word(methods)) o.method = static_cast<ode::Method>(*at);
     }},
    {"with_baseline", every_kind, no_kind, &read_flag<&Options::with_baseline>},
    {"raise_on_failure", every_kind, no_kind, &read_flag<&Options::throw_on_failure>},
    {"empty_gut_at_start", every_kind, no_kind, &read_flag<&Options::empty_gut_at_start>},
    {"start_c_plasma_total_mmol_per_L", every_kind, no_kind, &read_start},
    {"jump_limit", every_kind, no_kind,
     [](const Field& field, Options& o) {
       if (const auto at = field.word(jump_limits))
         o.jump_limit = static_cast<simulation::JumpLimit>(*at);
     }},
};

static_assert(static_cast<int>(ode::Method::automatic) == 0 &&
              static_cast<int>(ode::Method::dopri5) == 1 &&
              static_cast<int>(ode::Method::rosenbrock4) == 2 &&
              static_cast<int>(simulation::JumpLimit::after) == 0 &&
              static_cast<int>(simulation::JumpLimit::before) == 1);

void check_rows(const Field& section, const Options& options) {
  const double n_rows = options.times_h.empty() ? std::ceil(options.until_h / options.every_h) + 1
                                                : static_cast<double>(options.times_h.size());
  if (n_rows > static_cast<double>(most_rows))
    section.problems().add(Fault::value, section.at() + "/every_h",
                           "a run file asks for at most " + std::to_string(most_rows) + " times",
                           text_of(n_rows), "raise every_h");
}

/// A name of a file that stays in its folder on every system: letters, digits, dots, lines.
std::optional<std::string> file_name(const Field& field, std::string_view ending) {
  auto name = field.text();
  if (!name) return std::nullopt;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  const bool plain = std::all_of(name->begin(), name->end(), allowed) && name->size() <= 100 &&
                     name->size() > ending.size() && name->ends_with(ending) &&
                     name->front() != '.' && name->front() != '-' &&
                     name->find("..") == std::string::npos;
  if (plain) return name;
  field.wrong_form(
      field.name() + " must be the plain name of a file that ends in " + std::string(ending),
      "use letters, digits, _ and -; the folder is chosen where the run is started");
  return std::nullopt;
}

void read_columns(const Field& field, Outputs& outputs) {
  const auto* items = field.list(1000);
  if (!items) return;
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto column = field.item(i).text();
    if (!column) continue;
    if (std::find(columns.begin(), columns.end(), *column) != columns.end())
      field.item(i).wrong_form("a column may stand only once", "leave one of the two out");
    columns.push_back(*column);
  }
  if (items->empty()) field.wrong_form("columns must hold a name", "name one, or leave it out");
  outputs.columns = std::move(columns);
}

constexpr Key<Outputs> output_keys[] = {
    {"columns", every_kind, no_kind, &read_columns},
    {"every_n_rows", every_kind, no_kind,
     [](const Field& field, Outputs& o) {
       if (const auto n = field.whole(1, most_rows)) o.every_n_rows = static_cast<std::size_t>(*n);
     }},
    {"table_csv", every_kind, no_kind,
     [](const Field& field, Outputs& o) { o.table_csv = file_name(field, ".csv"); }},
    {"baseline_csv", every_kind, no_kind,
     [](const Field& field, Outputs& o) { o.baseline_csv = file_name(field, ".csv"); }},
    {"result_json", every_kind, no_kind,
     [](const Field& field, Outputs& o) { o.result_json = file_name(field, ".json"); }},
};

template <std::size_t Sources>
std::vector<std::string> columns_of(const std::vector<simulation::Source>& sources) {
  body::Body<Sources> model;
  for (std::size_t i = 0; i < Sources; ++i) model.labels[i] = sources[i].name;
  model.labels[Sources] = "endogenous";
  return simulation::column_names<Sources>(model);
}

}  // namespace

void read_options(const Field& section, Options& options) {
  const bool has_end = section.value().find("until_h"), has_times = section.value().find("times_h");
  read_object<Options>(section, "options", option_keys, options);
  if (section.value().as<Value::Object>() && has_end == has_times)
    section.problems().add(Fault::structure, section.at(), "options take until_h or times_h",
                           has_end ? "both" : "neither",
                           has_end ? "leave one of them out" : "give the end of the run in hours");
  if (has_times && section.value().find("every_h"))
    section.problems().add(Fault::structure, section.at() + "/every_h",
                           "every_h makes the times from until_h", "beside times_h",
                           "leave it out");
  if (section.problems().any_under(section.at())) return;
  if (section.attempt([&] { simulation::validate(options); })) check_rows(section, options);
}

Value options_words(const Options& o) {
  Value::Object words;
  if (o.times_h.empty()) {
    words.push_back({"until_h", o.until_h});
    words.push_back({"every_h", o.every_h});
  } else {
    words.push_back({"times_h", Value::List(o.times_h.begin(), o.times_h.end())});
  }
  words.push_back({"relative_tolerance", o.relative_tolerance});
  words.push_back({"absolute_tolerance_mmol", o.absolute_tolerance_mmol});
  words.push_back({"max_steps", static_cast<double>(o.max_steps)});
  words.push_back({"method", methods[static_cast<std::size_t>(o.method)]});
  words.push_back({"with_baseline", o.with_baseline});
  words.push_back({"raise_on_failure", o.throw_on_failure});
  words.push_back({"empty_gut_at_start", o.empty_gut_at_start});
  if (o.start_c_plasma_total_mmol_per_L)
    words.push_back({"start_c_plasma_total_mmol_per_L", *o.start_c_plasma_total_mmol_per_L});
  words.push_back({"jump_limit", jump_limits[static_cast<std::size_t>(o.jump_limit)]});
  return words;
}

void read_outputs(const Field& section, Outputs& outputs) {
  outputs = {};
  read_object<Outputs>(section, "outputs", output_keys, outputs);
  std::vector<std::string> names;
  for (const auto& name : {outputs.table_csv, outputs.baseline_csv, outputs.result_json})
    if (name) names.push_back(lower_case(*name));  // some systems take A.csv and a.csv for one
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end())
    section.problems().add(Fault::value, section.at(), "each output needs a file of its own",
                           '"' + *twice + "\" twice", "give another name");
}

Value outputs_words(const Outputs& o) {
  Value::Object words;
  if (o.columns) words.push_back({"columns", Value::List(o.columns->begin(), o.columns->end())});
  if (o.every_n_rows != 1) words.push_back({"every_n_rows", static_cast<double>(o.every_n_rows)});
  if (o.table_csv) words.push_back({"table_csv", *o.table_csv});
  if (o.baseline_csv) words.push_back({"baseline_csv", *o.baseline_csv});
  if (o.result_json) words.push_back({"result_json", *o.result_json});
  return words;
}

std::vector<std::string> columns_of(const Schedule& plan) {
  const auto sources = simulation::sources_of(plan);
  switch (sources.size()) {
    case 1:
      return columns_of<1>(sources);
    case 2:
      return columns_of<2>(sources);
    case 3:
      return columns_of<3>(sources);
    default:
      return columns_of<4>(sources);
  }
}

void check_columns(const Field& section, const Schedule& plan) {
  const auto columns = section.find("columns");
  if (!columns) return;
  const simulation::Trajectory table(columns_of(plan), 1);
  const auto n_columns = std::get<Value::List>(columns->value().held).size();
  for (std::size_t i = 0; i < n_columns; ++i) {
    const Field column = columns->item(i);
    const auto& name = std::get<std::string>(column.value().held);
    if (simulation::in_clinical_unit(table, name).empty())
      column.attempt([&] { table.column(name); });
  }
}

}  // namespace mgpk::document
