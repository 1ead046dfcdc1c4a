// The classic models: a recipe of plain values in, predictions as arrays out.
#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/classic/predict.hpp>
#include <mgpk/classic/published.hpp>
#include <mgpk/classic/read_outs.hpp>
#include <mgpk/error.hpp>
#include <mgpk/evidence/cite.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/record/data_set.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using classic::Absorption;
using classic::CovariateRule;
using classic::EngineKind;
using classic::Model;
using classic::Quantity;
using timeline::Limit;

template <class Value, std::size_t N>
Value choice(std::string_view what, const std::string& word,
             const std::array<std::pair<std::string_view, Value>, N>& known) {
  std::vector<std::string> names;
  for (const auto& [name, value] : known) {
    if (name == word) return value;
    names.emplace_back(name);
  }
  fail_unknown_name(std::string(what) + " must be a known word", word, names,
                    "known are " + quoted_list(names));
}

constexpr std::array<std::pair<std::string_view, Absorption>, 4> absorptions{
    {{"none", Absorption::none},
     {"first_order", Absorption::first_order},
     {"zero_order", Absorption::zero_order},
     {"transit", Absorption::transit}}};
constexpr std::array<std::pair<std::string_view, EngineKind>, 3> engines{
    {{"automatic", EngineKind::automatic},
     {"closed_form", EngineKind::closed_form},
     {"ode", EngineKind::ode}}};
constexpr std::array<std::pair<std::string_view, CovariateRule>, 3> rules{
    {{"carried_backward", CovariateRule::carried_backward},
     {"carried_forward", CovariateRule::carried_forward},
     {"linear", CovariateRule::linear}}};
constexpr std::array<std::pair<std::string_view, Limit>, 3> limits{
    {{"as_recorded", Limit::as_recorded}, {"before", Limit::before}, {"after", Limit::after}}};

/// A number or the name of a column; None is what the model does not have.
Quantity quantity_of(const py::handle& value) {
  if (value.is_none()) return {};
  if (py::isinstance<py::str>(value)) return Quantity(value.cast<std::string>());
  return Quantity(value.cast<double>());
}

void set_dose(Model& model, std::size_t compartment, const std::string& attribute,
              const py::handle& value) {
  auto& dose = model.doses[compartment];
  if (attribute == "f_bioavailable") dose.f_bioavailable = quantity_of(value);
  if (attribute == "tlag_h") dose.tlag_h = quantity_of(value);
  if (attribute == "duration_h") dose.duration_h = quantity_of(value);
  if (attribute == "rate") dose.rate = quantity_of(value);
}

Model model_of(const py::dict& recipe) {
  Model model;
  model.name = recipe["name"].cast<std::string>();
  model.layout.absorption =
      choice("absorption", recipe["absorption"].cast<std::string>(), absorptions);
  model.layout.n_transit = recipe["n_transit"].cast<std::size_t>();
  model.layout.n_disposition = recipe["n_compartments"].cast<std::size_t>();
  const auto parameters = recipe["parameters"].cast<py::dict>();
  for (std::size_t i = 0; i < classic::n_parameters; ++i) {
    const std::string name(classic::parameter_names[i]);
    if (parameters.contains(name))
      model.parameters.*classic::parameter_members<Quantity>[i] =
          quantity_of(parameters[py::str(name)]);
  }
  const auto names = model.layout.compartment_names();
  for (const auto& [attribute, by_compartment] : recipe["doses"].cast<py::dict>())
    for (const auto& [name, value] : py::reinterpret_borrow<py::dict>(by_compartment)) {
      const auto place = std::find(names.begin(), names.end(), name.cast<std::string>());
      if (place == names.end())
        fail_unknown_name(attribute.cast<std::string>() + " must name a compartment of the model",
                          name.cast<std::string>(), names, "known are " + quoted_list(names));
      set_dose(model, static_cast<std::size_t>(place - names.begin()),
               attribute.cast<std::string>(), value);
    }
  classic::validate(model);
  return model;
}

classic::PredictOptions options_of(const py::dict& given) {
  classic::PredictOptions options;
  options.engine = choice("engine", given["engine"].cast<std::string>(), engines);
  options.limit = choice("limit", given["limit"].cast<std::string>(), limits);
  for (const auto& [column, rule] : given["covariates"].cast<py::dict>())
    options.covariates[column.cast<std::string>()] =
        choice("a rule of covariates", rule.cast<std::string>(), rules);
  options.relative_tolerance = given["relative_tolerance"].cast<double>();
  options.absolute_tolerance_amount = given["absolute_tolerance_amount"].cast<double>();
  options.raise_on_failure = given["raise_on_failure"].cast<bool>();
  return options;
}

py::array_t<double> array_of(const std::vector<double>& values) {
  return py::array_t<double>(static_cast<py::ssize_t>(values.size()), values.data());
}

py::dict to_dict(const classic::Predictions& p) {
  py::dict columns;
  columns["c_central_amount_per_L"] = array_of(p.c_central_amount_per_L);
  for (std::size_t i = 0; i < p.state_names.size(); ++i)
    columns[py::str("a_" + p.state_names[i] + "_amount")] = array_of(p.amounts[i]);
  columns["time_after_dose_h"] = array_of(p.time_after_dose_h);
  columns["n_doses"] = array_of(p.n_doses);
  columns["occasion"] = array_of(p.occasion);
  py::list people;
  for (const auto& person : p.people) {
    py::dict d;
    d["id"] = person.id;
    d["first_row"] = person.first_row;
    d["n_rows"] = person.n_rows;
    d["engine"] = name_of(person.engine);
    d["status"] = person.status;
    people.append(d);
  }
  py::dict all;
  all["columns"] = columns;
  all["people"] = people;
  all["unused_columns"] = p.unused_columns;
  return all;
}

py::dict predict(const py::dict& recipe, const record::DataSet& data, const py::dict& how) {
  const Model model = model_of(recipe);
  const auto options = options_of(how);
  classic::Predictions predictions;
  {
    const py::gil_scoped_release released;
    predictions = classic::predict(model, data, options);
  }
  return to_dict(predictions);
}

py::dict read_outs(const py::dict& recipe) {
  const auto r = classic::read_outs(model_of(recipe));
  py::dict d;
  d["lambda_per_h"] = r.lambda_per_h;
  d["half_lives_h"] = r.half_lives_h;
  d["coefficients_per_L"] = r.coefficients_per_L;
  d["auc_unit_dose_amount_h_per_L"] = r.auc_unit_dose_amount_h_per_L;
  d["v_steady_state_L"] = r.v_steady_state_L;
  d["t_mean_residence_h"] = r.t_mean_residence_h;
  d["t_mean_absorption_h"] = r.t_mean_absorption_h;
  return d;
}

py::object to_object(const Quantity& quantity) {
  if (quantity.is_column()) return py::str(quantity.column);
  return py::float_(quantity.value);
}

/// What `model_of` reads, and where the model was published.
py::dict recipe_of(const Model& model) {
  py::dict parameters;
  for (std::size_t i = 0; i < classic::n_parameters; ++i) {
    const Quantity& quantity = model.parameters.*classic::parameter_members<Quantity>[i];
    if (quantity.is_given())
      parameters[py::str(std::string(classic::parameter_names[i]))] = to_object(quantity);
  }
  py::dict f_bioavailable;
  const auto names = model.layout.compartment_names();
  for (std::size_t c = 0; c < names.size(); ++c)
    if (!(model.doses[c].f_bioavailable == Quantity(1)))
      f_bioavailable[py::str(names[c])] = to_object(model.doses[c].f_bioavailable);
  py::dict doses;
  if (!f_bioavailable.empty()) doses["f_bioavailable"] = f_bioavailable;
  const auto& publication = model.publication;
  py::dict recipe;
  recipe["name"] = model.name;
  recipe["n_compartments"] = model.layout.n_disposition;
  recipe["absorption"] =
      std::string(absorptions[static_cast<std::size_t>(model.layout.absorption)].first);
  recipe["n_transit"] = model.layout.n_transit;
  recipe["parameters"] = parameters;
  recipe["doses"] = doses;
  recipe["citation"] = evidence::cite_line(evidence::reference(publication.reference));
  recipe["cohort"] = publication.cohort;
  recipe["variability"] = publication.variability;
  recipe["notes"] = publication.notes;
  return recipe;
}

py::list published_numbers() {
  py::list rows;
  for (const auto& row : evidence::classic_models)
    rows.append(py::make_tuple(row.model, row.name, row.value, row.unit, name_of(row.kind),
                               row.reference, row.note));
  return rows;
}

std::vector<std::string> compartments(const py::dict& recipe) {
  return model_of(recipe).layout.compartment_names();
}

}  // namespace

Model classic_model_of(const py::dict& recipe) { return model_of(recipe); }

classic::PredictOptions classic_options_of(const py::dict& given) { return options_of(given); }

void bind_classic(py::module_& module) {
  module.def("classic_compartments", &compartments, py::arg("recipe"));
  module.def("classic_predict", &predict, py::arg("recipe"), py::arg("data"), py::arg("options"));
  module.def("classic_numbers", &published_numbers);
  module.def(
      "classic_salinger_2013",
      [](double weight_kg, double creatinine_mg_per_dL) {
        return recipe_of(classic::salinger_2013(weight_kg, creatinine_mg_per_dL));
      },
      py::arg("weight_kg"), py::arg("creatinine_mg_per_dL"));
  module.def(
      "classic_easterling_2018",
      [](double weight_kg, double creatinine_mg_per_dL) {
        return recipe_of(classic::easterling_2018(weight_kg, creatinine_mg_per_dL));
      },
      py::arg("weight_kg"), py::arg("creatinine_mg_per_dL"));
  module.def(
      "classic_clin_pharmacokinet_2002",
      [](std::optional<double> c_baseline_mmol_per_L) {
        return recipe_of(classic::clin_pharmacokinet_2002(c_baseline_mmol_per_L));
      },
      py::arg("c_baseline_mmol_per_L"));
  module.def("classic_chuan_2001", [] { return recipe_of(classic::chuan_2001()); });
  module.def("classic_read_outs", &read_outs, py::arg("recipe"));
}

}  // namespace mgpk::bindings
