// The plan.
#include <pybind11/stl.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/record/record.hpp>
#include <mgpk/simulate/from_records.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using dose::Route;
using dose::Timing;
using Shares = std::vector<std::pair<std::string, double>>;

DoseAmount amount_of(const std::string& unit, double amount) {
  if (unit == "elemental_mg") return elemental_mg(amount);
  if (unit == "salt_mg") return salt_mg(amount);
  if (unit == "mmol") return mmol(amount);
  if (unit == "mEq") return mEq(amount);
  fail("the unit of a dose must be elemental_mg, salt_mg, mmol or mEq", '"' + unit + '"',
       "give one of these");
}

Route route_of(const std::string& name) {
  for (const auto route : {Route::oral, Route::iv, Route::im})
    if (name_of(route) == name) return route;
  fail("route must be \"oral\", \"iv\" or \"im\"", '"' + name + '"', "give one of these");
}

void oral(Schedule& plan, const std::string& salt, const std::string& unit, double amount,
          const Timing& timing, bool with_meal, const std::string& label,
          const std::string& hydrate) {
  plan.oral(salt, amount_of(unit, amount), timing, with_meal, label, hydrate);
}

void oral_mix(Schedule& plan, const Shares& shares, const std::string& unit, double amount,
              const Timing& timing, bool with_meal, const std::string& label) {
  std::vector<dose::Share> views;
  views.reserve(shares.size());
  for (const auto& [salt, share] : shares) views.push_back({salt, share});
  plan.oral_mix(views, amount_of(unit, amount), label, timing, with_meal);
}

dose::ResetTo reset_to_of(const std::string& name) {
  if (name == "baseline") return dose::ResetTo::baseline;
  if (name == "empty_gut") return dose::ResetTo::empty_gut;
  fail("a reset must be to \"baseline\" or \"empty_gut\"", '"' + name + '"', "give one of the two");
}

std::string word_of(dose::ResetTo to) {
  return to == dose::ResetTo::baseline ? "baseline" : "empty_gut";
}

dose::CovariateRule rule_of(const std::string& name) {
  if (name == "carried_forward") return dose::CovariateRule::carried_forward;
  if (name == "carried_backward") return dose::CovariateRule::carried_backward;
  if (name == "linear") return dose::CovariateRule::linear;
  fail("rule must be \"carried_forward\", \"carried_backward\" or \"linear\"", '"' + name + '"',
       "give one of these");
}

std::string word_of(dose::CovariateRule rule) {
  switch (rule) {
    case dose::CovariateRule::carried_forward:
      return "carried_forward";
    case dose::CovariateRule::carried_backward:
      return "carried_backward";
    case dose::CovariateRule::linear:
      return "linear";
  }
  return "unknown";
}

void put_timing(py::dict& line, const Timing& timing) {
  line["at_h"] = timing.at_h;
  line["every_h"] = timing.every_h;
  line["times"] = timing.times;
  line["over_h"] = timing.over_h;
}

py::dict to_dict(const dose::Dose& d) {
  py::list components;
  for (const auto& component : d.components) {
    py::dict c;
    c["salt"] = component.salt;
    c["mmol"] = component.mmol;
    components.append(c);
  }
  py::dict line;
  line["route"] = name_of(d.route);
  line["label"] = d.label;
  line["components"] = components;
  put_timing(line, d.timing);
  line["with_meal"] = d.with_meal;
  line["tlag_h"] = d.timing.tlag_h;
  line["f_bioavailable"] = d.timing.f_bioavailable;
  line["at_steady_state"] = d.timing.at_steady_state;
  return line;
}

py::dict to_dict(const Schedule& plan) {
  py::list doses, meals, changes;
  for (const auto& line : plan.doses()) doses.append(to_dict(line));
  for (const auto& meal : plan.meals()) {
    py::dict line;
    line["mmol"] = meal.mmol;
    put_timing(line, meal.timing);
    line["phytate_mmol"] = meal.phytate_mmol;
    line["oxalate_mmol"] = meal.oxalate_mmol;
    meals.append(line);
  }
  for (const auto& change : plan.diet_changes()) {
    py::dict line;
    line["mg_per_d"] = change.mg_per_d;
    line["at_h"] = change.at_h;
    line["over_h"] = change.over_h;
    changes.append(line);
  }
  py::list resets, covariates, occasions;
  for (const auto& reset : plan.resets()) {
    py::dict line;
    line["at_h"] = reset.at_h;
    line["to"] = word_of(reset.to);
    resets.append(line);
  }
  for (const auto& covariate : plan.covariates()) {
    py::dict line;
    line["name"] = covariate.name;
    line["values"] = covariate.values;
    line["at_h"] = covariate.at_h;
    line["rule"] = word_of(covariate.rule);
    covariates.append(line);
  }
  for (const auto& occasion : plan.occasions()) {
    py::dict line;
    line["number"] = occasion.number;
    line["at_h"] = occasion.at_h;
    occasions.append(line);
  }
  py::list modifications;
  for (const auto& modification : plan.modifications()) {
    py::dict line;
    line["name"] = modification.name;
    line["strength"] = modification.strength;
    put_timing(line, modification.timing);
    modifications.append(line);
  }
  py::dict d;
  d["doses"] = doses;
  d["meals"] = meals;
  d["diet_changes"] = changes;
  d["resets"] = resets;
  d["covariates"] = covariates;
  d["occasions"] = occasions;
  d["modifications"] = modifications;
  return d;
}

Timing timing_of(const py::dict& line) {
  return {line["at_h"].cast<double>(), line["every_h"].cast<double>(), line["times"].cast<int>(),
          line["over_h"].cast<double>()};
}

dose::Dose dose_of(const py::dict& line) {
  dose::Dose d;
  d.route = route_of(line["route"].cast<std::string>());
  d.label = line["label"].cast<std::string>();
  for (const auto& item : line["components"].cast<py::list>()) {
    const auto component = item.cast<py::dict>();
    d.components.push_back(
        {component["salt"].cast<std::string>(), component["mmol"].cast<double>()});
  }
  d.timing = timing_of(line);
  d.timing.tlag_h = line["tlag_h"].cast<double>();
  d.timing.f_bioavailable = line["f_bioavailable"].cast<double>();
  d.timing.at_steady_state = line["at_steady_state"].cast<bool>();
  d.with_meal = line["with_meal"].cast<bool>();
  return d;
}

/// The keys and the types were checked in Python, where the messages can name the place.
Schedule from_dict(const py::dict& d) {
  std::vector<dose::Dose> doses;
  std::vector<dose::Meal> meals;
  std::vector<dose::DietChange> changes;
  for (const auto& line : d["doses"].cast<py::list>())
    doses.push_back(dose_of(line.cast<py::dict>()));
  for (const auto& item : d["meals"].cast<py::list>()) {
    const auto line = item.cast<py::dict>();
    meals.push_back({line["mmol"].cast<double>(), timing_of(line),
                     line["phytate_mmol"].cast<double>(), line["oxalate_mmol"].cast<double>()});
  }
  for (const auto& item : d["diet_changes"].cast<py::list>()) {
    const auto line = item.cast<py::dict>();
    changes.push_back({line["mg_per_d"].cast<std::optional<double>>(), line["at_h"].cast<double>(),
                       line["over_h"].cast<double>()});
  }
  std::vector<dose::Reset> resets;
  std::vector<dose::Covariate> covariates;
  std::vector<dose::Occasion> occasions;
  for (const auto& item : d["resets"].cast<py::list>()) {
    const auto line = item.cast<py::dict>();
    resets.push_back({line["at_h"].cast<double>(), reset_to_of(line["to"].cast<std::string>())});
  }
  for (const auto& item : d["covariates"].cast<py::list>()) {
    const auto line = item.cast<py::dict>();
    covariates.push_back(
        {line["name"].cast<std::string>(), line["values"].cast<std::vector<double>>(),
         line["at_h"].cast<std::vector<double>>(), rule_of(line["rule"].cast<std::string>())});
  }
  for (const auto& item : d["occasions"].cast<py::list>()) {
    const auto line = item.cast<py::dict>();
    occasions.push_back({line["number"].cast<int>(), line["at_h"].cast<double>()});
  }
  std::vector<dose::Modification> modifications;
  for (const auto& item : d["modifications"].cast<py::list>()) {
    const auto line = item.cast<py::dict>();
    modifications.push_back(
        {line["name"].cast<std::string>(), line["strength"].cast<double>(), timing_of(line)});
  }
  return Schedule::from_lines(doses, meals, changes, resets, covariates, occasions, modifications);
}

record::Record record_of(const py::dict& given) {
  record::Record r;
  r.time_h = given["time_h"].cast<double>();
  r.event = static_cast<record::Event>(given["event"].cast<int>());
  r.amount = given["amount"].cast<double>();
  r.rate = given["rate"].cast<double>();
  r.interval_h = given["interval_h"].cast<double>();
  r.n_additional = given["n_additional"].cast<int>();
  r.at_steady_state = given["at_steady_state"].cast<int>();
  r.compartment = given["compartment"].cast<int>();
  r.occasion = given["occasion"].cast<double>();
  r.row = given["row"].cast<std::size_t>();
  return r;
}

/// The columns were read in Python, where frames live.
Schedule from_records(const std::vector<py::dict>& rows,
                      const std::map<int, std::string>& compartments, const std::string& unit,
                      double clock_at_zero_h, const std::string& reset_to) {
  std::vector<record::Record> records;
  records.reserve(rows.size());
  for (const auto& row : rows) records.push_back(record_of(row));
  simulation::RecordMeaning meaning;
  meaning.compartments = compartments;
  if (!compartments.empty()) meaning.usual_compartment = compartments.begin()->first;
  meaning.unit = unit;
  meaning.clock_at_zero_h = clock_at_zero_h;
  meaning.reset_to = reset_to_of(reset_to);
  return simulation::plan_of(records, meaning);
}

}  // namespace

std::string_view name_of(Route route) {
  switch (route) {
    case Route::oral:
      return "oral";
    case Route::iv:
      return "iv";
    case Route::im:
      return "im";
  }
  return "unknown";
}

namespace {

void bind_timing(py::module_& module) {
  py::class_<Timing>(module, "Timing", "When, how often and over how long.")
      .def(py::init([](double at_h, double every_h, int times, double over_h, double tlag_h,
                       double f_bioavailable, bool at_steady_state) {
             return Timing{at_h, every_h, times, over_h, tlag_h, f_bioavailable, at_steady_state};
           }),
           py::kw_only(), py::arg("at_h") = 0.0, py::arg("every_h") = 0.0, py::arg("times") = 1,
           py::arg("over_h") = 0.0, py::arg("tlag_h") = 0.0, py::arg("f_bioavailable") = 1.0,
           py::arg("at_steady_state") = false);
}

void bind_intake(py::class_<Schedule>& schedule) {
  schedule
      .def("oral", &oral, py::arg("salt"), py::arg("unit"), py::arg("amount"), py::arg("timing"),
           py::arg("with_meal"), py::arg("label"), py::arg("hydrate"))
      .def("oral_mix", &oral_mix, py::arg("shares"), py::arg("unit"), py::arg("amount"),
           py::arg("timing"), py::arg("with_meal"), py::arg("label"))
      .def(
          "iv",
          [](Schedule& plan, const std::string& salt, const std::string& unit, double amount,
             const Timing& timing) { plan.iv(salt, amount_of(unit, amount), timing); },
          py::arg("salt"), py::arg("unit"), py::arg("amount"), py::arg("timing"))
      .def(
          "im",
          [](Schedule& plan, const std::string& salt, const std::string& unit, double amount,
             const Timing& timing) { plan.im(salt, amount_of(unit, amount), timing); },
          py::arg("salt"), py::arg("unit"), py::arg("amount"), py::arg("timing"))
      .def(
          "meal",
          [](Schedule& plan, double mg, const Timing& timing, double phytate_mmol,
             double oxalate_mmol) {
            plan.meal(elemental_mg(mg), timing, phytate_mmol, oxalate_mmol);
          },
          py::arg("elemental_mg"), py::arg("timing"), py::arg("phytate_mmol"),
          py::arg("oxalate_mmol"))
      .def(
          "diet",
          [](Schedule& plan, double mg_per_d, double at_h, double over_h) {
            plan.diet(mg_per_d, at_h, over_h);
          },
          py::arg("mg_per_d"), py::arg("at_h"), py::arg("over_h"))
      .def(
          "fast", [](Schedule& plan, double at_h, double over_h) { plan.fast(at_h, over_h); },
          py::arg("at_h"), py::arg("over_h"));
}

}  // namespace

void bind_schedule(py::module_& module) {
  bind_timing(module);
  py::class_<Schedule> schedule(module, "Schedule",
                                "A plan; its lines are checked when they are added.");
  bind_intake(schedule);
  schedule.def(py::init<>())
      .def(
          "reset",
          [](Schedule& plan, double at_h, const std::string& to) {
            plan.reset(at_h, reset_to_of(to));
          },
          py::arg("at_h"), py::arg("to"))
      .def(
          "covariate",
          [](Schedule& plan, const std::string& name, std::vector<double> values,
             std::vector<double> at_h, const std::string& rule) {
            plan.covariate({name, std::move(values), std::move(at_h), rule_of(rule)});
          },
          py::arg("name"), py::arg("values"), py::arg("at_h"), py::arg("rule"))
      .def(
          "occasion", [](Schedule& plan, int number, double at_h) { plan.occasion(number, at_h); },
          py::arg("number"), py::arg("at_h"))
      .def(
          "modify",
          [](Schedule& plan, const std::string& name, const Timing& timing, double strength) {
            plan.modify(name, timing, strength);
          },
          py::arg("name"), py::arg("timing"), py::arg("strength"))
      .def("empty", &Schedule::empty)
      .def("copy", [](const Schedule& plan) { return plan; })
      .def("to_dict", [](const Schedule& plan) { return to_dict(plan); })
      .def_static("from_dict", &from_dict, py::arg("lines"))
      .def_static("from_records", &from_records, py::arg("rows"), py::arg("compartments"),
                  py::arg("unit"), py::arg("clock_at_zero_h"), py::arg("reset_to"))
      .def(py::pickle([](const Schedule& plan) { return to_dict(plan); }, &from_dict));
}

}  // namespace mgpk::bindings
