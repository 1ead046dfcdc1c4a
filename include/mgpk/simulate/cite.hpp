// All that one run rests on: its numbers, salts and changes by source, and what the user has said.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/dose/salts.hpp>
#include <mgpk/error.hpp>
#include <mgpk/evidence/cite.hpp>
#include <mgpk/evidence/modifiers.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/used_parameters.hpp>

namespace mgpk {

namespace simulation::detail {

/// Something that rests on a source, in words.
struct Cited {
  std::string_view reference;
  std::string line;
};

/// A number that the user gave, beside what the evidence says.
inline std::string given_line(const evidence::Parameter& row, double value) {
  std::string line = "  " + std::string(row.key) + " = " + text_of(value);
  if (row.unit != "1") line += " " + std::string(row.unit);
  line += value < row.low || value > row.high ? ", outside the range, instead of " : " instead of ";
  return line + evidence::cite_line(row) + "\n";
}

inline void add_number(std::string& text, std::string_view name, const std::optional<double>& x) {
  if (x) text += "  " + std::string(name) + " = " + text_of(*x) + "\n";
}

/// What the user has said of the person.
inline std::string given_lines(const Subject& s) {
  std::string text;
  if (s.sex) text += std::string("  sex = ") + (*s.sex == Sex::female ? "female" : "male") + "\n";
  add_number(text, "age_y", s.age_y);
  add_number(text, "weight_kg", s.weight_kg);
  add_number(text, "height_cm", s.height_cm);
  add_number(text, "gfr_mL_per_min", s.gfr_mL_per_min);
  add_number(text, "creatinine_mg_per_dL", s.creatinine_mg_per_dL);
  add_number(text, "diet_mg_per_d", s.diet_mg_per_d);
  add_number(text, "albumin_g_per_L", s.albumin_g_per_L);
  add_number(text, "c_plasma_total_mmol_per_L", s.c_plasma_total_mmol_per_L);
  if (s.diet_phytate_mmol_per_d > 0)
    add_number(text, "diet_phytate_mmol_per_d", s.diet_phytate_mmol_per_d);
  if (s.diet_oxalate_mmol_per_d > 0)
    add_number(text, "diet_oxalate_mmol_per_d", s.diet_oxalate_mmol_per_d);
  if (s.f_acid_secreted != 1.0) add_number(text, "f_acid_secreted", s.f_acid_secreted);
  for (const auto& [key, value] : s.parameters) text += given_line(evidence::parameter(key), value);
  return text;
}

/// The salts of the plan and of what went before, each once.
inline std::vector<Cited> cited_salts(const Run& run) {
  std::set<std::string> names;
  for (const auto* plan : {&run.plan, &run.taken_before, &run.history.plan})
    for (const auto& dose : plan->doses())
      for (const auto& component : dose.components) names.insert(component.salt);
  std::vector<Cited> cited;
  for (const auto& name : names) {
    const auto& salt = dose::salt(name);
    cited.push_back({salt.reference,
                     "salt " + name + ": dissolution " + std::string(name_of(salt.dissolution)) +
                         " (" + std::string(evidence::name_of(salt.dissolution_kind)) + ")"});
  }
  return cited;
}

inline void add_modifier(std::vector<Cited>& cited, std::string_view name, double strength,
                         evidence::Applies when) {
  evidence::for_each_row(name, when, [&](const evidence::Modifier& row) {
    std::string line = "modifier " + std::string(name) + ": " + evidence::in_words(row);
    if (strength != 1.0) line += ", strength " + text_of(strength) + " (given by the user)";
    cited.push_back({row.reference, std::move(line)});
  });
}

inline std::vector<Cited> cited_modifiers(const Run& run) {
  std::vector<Cited> cited;
  for (const auto& [name, strength] : body::modifiers_of(run.subject))
    add_modifier(cited, name, strength, evidence::Applies::chronic);
  for (const auto* plan : {&run.plan, &run.taken_before, &run.history.plan})
    for (const auto& line : plan->modifications())
      add_modifier(cited, line.name, line.strength, evidence::Applies::acute);
  return cited;
}

/// What the user has not replaced.
inline std::vector<Cited> cited_parameters(const Run& run) {
  std::vector<Cited> cited;
  for (const std::string_view key : used_parameters(run)) {
    if (run.subject.parameters.count(key) > 0) continue;
    const auto& row = evidence::parameter(key);
    cited.push_back({row.reference, evidence::cite_line(row)});
  }
  return cited;
}

}  // namespace simulation::detail

/// What a run rests on: what was given, what was assumed, and each source with the numbers that
/// were taken from it; numbers that played no part are left out.
inline std::string cite(const Run& run) {
  namespace detail = simulation::detail;
  std::string text;
  if (const auto given = detail::given_lines(run.subject); !given.empty())
    text += "given by the user:\n" + given;
  if (!run.assumptions.empty()) text += "assumed for this run:\n";
  for (const auto& assumption : run.assumptions) text += "  " + assumption + "\n";
  std::vector<detail::Cited> cited = detail::cited_parameters(run);
  for (auto more : {detail::cited_salts(run), detail::cited_modifiers(run)})
    cited.insert(cited.end(), more.begin(), more.end());
  for (const auto& source : evidence::references) {
    std::string lines;
    for (const auto& [reference, line] : cited)
      if (reference == source.key) lines += "  " + line + "\n";
    if (!lines.empty()) text += evidence::cite_line(source) + "\n" + lines;
  }
  return text;
}

}  // namespace mgpk
