// Parameters, salts and citations: the evidence tables as plain dictionaries.
#include <pybind11/stl.h>

#include <string>
#include <string_view>
#include <vector>

#include <mgpk/dose/salts.hpp>
#include <mgpk/evidence/cite.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/modifiers.hpp>
#include <mgpk/simulate/cite.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/used_parameters.hpp>
#include <mgpk/units/units.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

const evidence::Reference* reference_of(std::string_view key) {
  for (const auto& reference : evidence::references)
    if (reference.key == key) return &reference;
  return nullptr;
}

py::dict row_of(const evidence::Parameter& p) {
  const auto* reference = reference_of(p.reference);
  py::dict row;
  row["key"] = p.key;
  row["value"] = p.value;
  row["unit"] = p.unit;
  row["low"] = p.low;
  row["high"] = p.high;
  row["kind"] = name_of(p.kind);
  row["organ"] = p.organ;
  row["used_in"] = p.used_in;
  row["reference"] = p.reference;
  row["citation"] = reference ? evidence::cite_line(*reference) : std::string();
  row["doi"] = reference ? reference->doi : std::string_view();
  row["provenance"] = reference ? name_of(reference->provenance) : std::string_view();
  row["note"] = p.note;
  return row;
}

py::dict row_of(const evidence::Modifier& m) {
  const auto* reference = reference_of(m.reference);
  py::dict row;
  row["name"] = m.name;
  row["target"] = name_of(m.target);
  row["how"] = name_of(m.how);
  row["value"] = m.value;
  row["low"] = m.low;
  row["high"] = m.high;
  row["unit"] = m.unit;
  row["kind"] = name_of(m.kind);
  row["applies"] = name_of(m.applies);
  row["reference"] = m.reference;
  row["citation"] = reference ? evidence::cite_line(*reference) : std::string();
  row["note"] = m.note;
  return row;
}

py::dict row_of(const dose::Salt& salt) {
  py::dict row;
  row["salt"] = salt.name;
  row["hydrate"] = salt.hydrate;
  row["formula"] = salt.formula;
  row["molar_mass_g_per_mol"] = salt.molar_mass_g_per_mol;
  row["n_magnesium"] = salt.n_magnesium;
  row["f_magnesium"] =
      salt.n_magnesium * units::molar_mass_magnesium_g_per_mol / salt.molar_mass_g_per_mol;
  row["dissolution"] = name_of(salt.dissolution);
  row["kind"] = name_of(salt.dissolution_kind);
  row["glycine_per_magnesium"] = salt.glycine_per_magnesium;
  row["f_complexed"] = salt.f_complexed;
  row["n_unabsorbed_ions"] = salt.n_unabsorbed_ions;
  row["is_default_hydrate"] = salt.is_default_hydrate;
  row["reference"] = salt.reference;
  row["note"] = salt.note;
  return row;
}

template <class Table>
std::vector<py::dict> rows_of(const Table& table) {
  std::vector<py::dict> rows;
  rows.reserve(table.size());
  for (const auto& entry : table) rows.push_back(row_of(entry));
  return rows;
}

std::string cite(const std::vector<std::string>& keys) {
  const std::vector<std::string_view> views(keys.begin(), keys.end());
  return evidence::cite(views);
}

}  // namespace

void bind_evidence(py::module_& module) {
  module.attr("disclaimer") = std::string(disclaimer);
  module.def("parameters", [] { return rows_of(evidence::parameters); });
  module.def("modifiers", [] { return rows_of(evidence::modifiers); });
  module.def("salts", [] { return rows_of(dose::salt_forms_table); });
  module.def(
      "salt", [](const std::string& name) { return row_of(dose::salt(name)); }, py::arg("name"));
  module.def("cite", &cite, py::arg("keys"));
  module.def("cite_all", [] { return evidence::cite_all(); });
  module.def(
      "cite_run", [](const Run& run) { return mgpk::cite(run); }, py::arg("run"));
  module.def("used_parameters", &simulation::used_parameters, py::arg("run"));
  module.def(
      "parameter", [](const std::string& key) { return row_of(evidence::parameter(key)); },
      py::arg("key"));
  module.def(
      "elemental_mg", [](double mmol) { return to_elemental_mass(Amount{mmol}).mg; },
      py::arg("mmol"));
}

}  // namespace mgpk::bindings
