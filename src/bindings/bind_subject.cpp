// The person.
#include <pybind11/stl.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/body/assumptions.hpp>
#include <mgpk/body/subject.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using Overrides = std::map<std::string, double, std::less<>>;

std::optional<Sex> sex_of(const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  if (*name == "female") return Sex::female;
  if (*name == "male") return Sex::male;
  fail("sex must be \"female\" or \"male\"", '"' + *name + '"', "give one of the two");
}

std::optional<std::string> name_of(const std::optional<Sex>& sex) {
  if (!sex) return std::nullopt;
  return *sex == Sex::female ? "female" : "male";
}

Subject make(const std::optional<std::string>& sex, std::optional<double> age_y,
             std::optional<double> weight_kg, std::optional<double> height_cm,
             std::optional<double> gfr_mL_per_min, std::optional<double> creatinine_mg_per_dL,
             std::optional<double> diet_mg_per_d, std::optional<double> albumin_g_per_L,
             double diet_phytate_mmol_per_d, double diet_oxalate_mmol_per_d,
             std::optional<double> c_plasma_total_mmol_per_L,
             std::optional<std::vector<double>> meals_at_h, double f_acid_secreted, bool pregnant,
             Overrides parameters, bool allow_outside_range, Overrides modifiers) {
  Subject subject{sex_of(sex),
                  age_y,
                  weight_kg,
                  height_cm,
                  gfr_mL_per_min,
                  creatinine_mg_per_dL,
                  diet_mg_per_d,
                  albumin_g_per_L,
                  diet_phytate_mmol_per_d,
                  diet_oxalate_mmol_per_d,
                  c_plasma_total_mmol_per_L,
                  std::move(meals_at_h),
                  f_acid_secreted,
                  pregnant,
                  std::move(parameters),
                  allow_outside_range,
                  std::move(modifiers)};
  body::validate(subject);
  return subject;
}

py::dict to_dict(const Subject& s) {
  py::dict d;
  d["sex"] = name_of(s.sex);
  d["age_y"] = s.age_y;
  d["weight_kg"] = s.weight_kg;
  d["height_cm"] = s.height_cm;
  d["gfr_mL_per_min"] = s.gfr_mL_per_min;
  d["creatinine_mg_per_dL"] = s.creatinine_mg_per_dL;
  d["diet_mg_per_d"] = s.diet_mg_per_d;
  d["albumin_g_per_L"] = s.albumin_g_per_L;
  d["diet_phytate_mmol_per_d"] = s.diet_phytate_mmol_per_d;
  d["diet_oxalate_mmol_per_d"] = s.diet_oxalate_mmol_per_d;
  d["c_plasma_total_mmol_per_L"] = s.c_plasma_total_mmol_per_L;
  d["meals_at_h"] = s.meals_at_h;
  d["f_acid_secreted"] = s.f_acid_secreted;
  d["pregnant"] = s.pregnant;
  d["parameters"] = std::map<std::string, double>(s.parameters.begin(), s.parameters.end());
  d["allow_outside_range"] = s.allow_outside_range;
  d["modifiers"] = std::map<std::string, double>(s.modifiers.begin(), s.modifiers.end());
  return d;
}

/// What a run uses, defaults filled in.
py::dict resolved(const Subject& s) {
  py::dict d;
  d["weight_kg"] = body::weight_kg(s);
  d["gfr_mL_per_min"] = body::gfr_mL_per_min(s);
  d["diet_mg_per_d"] = body::diet_mg_per_d(s);
  d["albumin_g_per_L"] = body::albumin_g_per_L(s);
  d["meals_at_h"] = body::meals_at_h(s);
  d["f_acid_secreted"] = body::changes_of(s).f_of_acid_secreted * s.f_acid_secreted;
  return d;
}

Subject from_pickle(const py::dict& d) {
  Subject s;
  s.sex = sex_of(d["sex"].cast<std::optional<std::string>>());
  s.age_y = d["age_y"].cast<std::optional<double>>();
  s.weight_kg = d["weight_kg"].cast<std::optional<double>>();
  s.height_cm = d["height_cm"].cast<std::optional<double>>();
  s.gfr_mL_per_min = d["gfr_mL_per_min"].cast<std::optional<double>>();
  s.creatinine_mg_per_dL = d["creatinine_mg_per_dL"].cast<std::optional<double>>();
  s.diet_mg_per_d = d["diet_mg_per_d"].cast<std::optional<double>>();
  s.albumin_g_per_L = d["albumin_g_per_L"].cast<std::optional<double>>();
  s.diet_phytate_mmol_per_d = d["diet_phytate_mmol_per_d"].cast<double>();
  s.diet_oxalate_mmol_per_d = d["diet_oxalate_mmol_per_d"].cast<double>();
  s.c_plasma_total_mmol_per_L = d["c_plasma_total_mmol_per_L"].cast<std::optional<double>>();
  s.meals_at_h = d["meals_at_h"].cast<std::optional<std::vector<double>>>();
  s.f_acid_secreted = d["f_acid_secreted"].cast<double>();
  s.pregnant = d["pregnant"].cast<bool>();
  s.parameters = d["parameters"].cast<Overrides>();
  s.allow_outside_range = d["allow_outside_range"].cast<bool>();
  s.modifiers = d["modifiers"].cast<Overrides>();
  body::validate(s);
  return s;
}

double parameter(const Subject& s, const std::string& key) {
  return evidence::get(body::values_of(s), key);
}

}  // namespace

void bind_subject(py::module_& module) {
  const auto none = py::none();
  py::class_<Subject>(module, "Subject", "A person, checked.")
      .def(py::init(&make), py::kw_only(), py::arg("sex") = none, py::arg("age_y") = none,
           py::arg("weight_kg") = none, py::arg("height_cm") = none,
           py::arg("gfr_mL_per_min") = none, py::arg("creatinine_mg_per_dL") = none,
           py::arg("diet_mg_per_d") = none, py::arg("albumin_g_per_L") = none,
           py::arg("diet_phytate_mmol_per_d") = 0.0, py::arg("diet_oxalate_mmol_per_d") = 0.0,
           py::arg("c_plasma_total_mmol_per_L") = none, py::arg("meals_at_h") = none,
           py::arg("f_acid_secreted") = 1.0, py::arg("pregnant") = false,
           py::arg("parameters") = Overrides{}, py::arg("allow_outside_range") = false,
           py::arg("modifiers") = Overrides{})
      .def("to_dict", &to_dict)
      .def("resolved", &resolved)
      .def("parameter", &parameter, py::arg("key"))
      .def("assumptions", &body::assumptions)
      .def(py::pickle(&to_dict, &from_pickle));
}

}  // namespace mgpk::bindings
