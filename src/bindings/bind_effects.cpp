// Effects of runs and of trials: registries as plain dictionaries, read-outs as tables.
#include <pybind11/stl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/effect/effects.hpp>
#include <mgpk/evidence/cite.hpp>
#include <mgpk/simulate/effects.hpp>
#include <mgpk/trial/simulate_trial.hpp>
#include <mgpk/trial/trial_effects.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using simulation::EffectOptions;
using simulation::NmdaLaw;

std::string citation_of(std::string_view key) {
  for (const auto& source : evidence::references)
    if (source.key == key) return evidence::cite_line(source);
  return {};
}

NmdaLaw nmda_law_of(const std::string& name) {
  for (const auto law : {NmdaLaw::jahr_stevens, NmdaLaw::wang, NmdaLaw::woodhull})
    if (name_of(law) == name) return law;
  fail("nmda_law must be one of the three laws", '"' + name + '"',
       "give \"jahr_stevens\", \"wang\" or \"woodhull\"");
}

EffectOptions options_of(std::optional<double> membrane_mV, const std::string& nmda_law,
                         std::optional<double> c_calcium_ionized_mmol_per_L) {
  return {membrane_mV, nmda_law_of(nmda_law), c_calcium_ionized_mmol_per_L};
}

py::dict row_of(const effect::Effect& effect, const std::string& nmda_law) {
  py::dict row;
  row["name"] = effect.key;
  row["module"] = effect.module;
  row["title"] = effect.title;
  row["rank"] = effect::name_of(effect.rank);
  row["rank_driver"] = effect::name_of(effect.rank_driver);
  row["rank_words"] = effect::rank_in_words(effect);
  row["computed"] = effect.computed;
  row["driver"] = effect.driver;
  row["columns"] = effect::words_of(effect.columns);
  row["parameters"] = effect::words_of(effect.parameters);
  row["says"] = effect.says;
  row["why_not"] = effect.why_not;
  row["trials"] = trial::trial_effects_of(effect.key);
  row["verify"] = effect.verify;
  row["to_verify"] = simulation::to_verify(effect, options_of({}, nmda_law, {}));
  row["reference"] = effect.reference;
  row["citation"] = citation_of(effect.reference);
  return row;
}

py::dict row_of(const trial::TrialEffect& t) {
  py::dict row;
  row["name"] = t.key;
  row["effect"] = t.effect;
  row["outcome"] = t.outcome;
  row["population"] = t.population;
  row["unit"] = t.unit;
  row["kind"] = trial::name_of(t.kind);
  row["difference"] = t.difference;
  row["low"] = t.low;
  row["high"] = t.high;
  row["se"] = t.se;
  row["p_value"] = t.p_value;
  row["se_from"] = trial::name_of(t.se_from);
  row["n_people"] = t.n_people;
  row["placebo"] = t.placebo;
  row["dose_low_mg_per_d"] = t.dose_low_mg_per_d;
  row["dose_high_mg_per_d"] = t.dose_high_mg_per_d;
  row["weeks"] = t.weeks;
  row["better"] = t.lower_is_better ? "lower" : "higher";
  row["certainty"] = t.certainty;
  row["rank"] = t.rank;
  row["simulated"] = t.simulated;
  row["why_not"] = t.why_not;
  row["verify"] = t.verify;
  row["reference"] = t.reference;
  row["citation"] = citation_of(t.reference);
  row["note"] = t.note;
  return row;
}

py::dict simulated(const std::string& name, std::size_t n_per_arm, std::size_t n_trials,
                   std::uint64_t seed, double alpha) {
  trial::TrialResult r{};
  {
    const py::gil_scoped_release released;
    r = trial::simulate_trial(name, {n_per_arm, n_trials, seed, alpha});
  }
  py::dict d;
  d["effect"] = row_of(r.effect);
  d["n_per_arm"] = r.options.n_per_arm;
  d["n_trials"] = r.options.n_trials;
  d["seed"] = r.options.seed;
  d["alpha"] = r.options.alpha;
  d["sd"] = r.sd;
  d["f_power"] = r.f_power;
  d["f_power_se"] = r.f_power_se;
  d["f_power_in_favour"] = r.f_power_in_favour;
  d["f_assurance"] = r.f_assurance;
  d["f_assurance_se"] = r.f_assurance_se;
  d["f_assurance_in_favour"] = r.f_assurance_in_favour;
  return d;
}

}  // namespace

void bind_effects(py::module_& module) {
  module.def(
      "effects",
      [](const std::string& nmda_law) {
        std::vector<py::dict> rows;
        rows.reserve(effect::effects.size());
        for (const auto& effect : effect::effects) rows.push_back(row_of(effect, nmda_law));
        return rows;
      },
      py::arg("nmda_law"));
  module.def(
      "why_not_computed",
      [](const std::string& name) { return effect::why_not_computed(effect::effect(name)); },
      py::arg("name"));
  module.def(
      "effects_of",
      [](const Run& run, std::optional<double> membrane_mV, const std::string& nmda_law,
         std::optional<double> c_calcium_ionized_mmol_per_L) {
        return simulation::effects_of(
            run, options_of(membrane_mV, nmda_law, c_calcium_ionized_mmol_per_L));
      },
      py::arg("run"), py::kw_only(), py::arg("membrane_mV"), py::arg("nmda_law"),
      py::arg("c_calcium_ionized_mmol_per_L"));
  module.def("effect_days_of", &simulation::effect_days_of, py::arg("run"));
  module.def("trial_effects", [] {
    std::vector<py::dict> rows;
    rows.reserve(trial::trial_effects.size());
    for (const auto& t : trial::trial_effects) rows.push_back(row_of(t));
    return rows;
  });
  module.def("simulate_trial", &simulated, py::arg("name"), py::kw_only(), py::arg("n_per_arm"),
             py::arg("n_trials"), py::arg("seed"), py::arg("alpha"));
}

}  // namespace mgpk::bindings
