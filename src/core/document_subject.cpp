// The section "subject" of a run document.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "document_sections.hpp"

namespace mgpk::document {
namespace {

constexpr std::array<std::string_view, 2> sexes{"female", "male"};

/// A number of the person. Tried alone, so that each that is out of range is named; creatinine
/// needs others beside it.
template <std::optional<double> Subject::*Place>
void read_number(const Field& field, Subject& subject) {
  subject.*Place = field.number();
  if (!(subject.*Place) || Place == &Subject::creatinine_mg_per_dL) return;
  Subject alone;
  alone.*Place = subject.*Place;
  field.attempt([&] { body::validate(alone); });
}

void read_meals(const Field& field, Subject& subject) {
  subject.meals_at_h = field.numbers(100);
  if (!subject.meals_at_h) return;
  Subject alone;
  alone.meals_at_h = subject.meals_at_h;
  alone.diet_mg_per_d = 0;
  field.attempt([&] { body::validate(alone); });
}

template <double Subject::*Place>
void read_plain(const Field& field, Subject& subject) {
  subject.*Place = field.number().value_or(subject.*Place);
  Subject alone;
  alone.*Place = subject.*Place;
  field.attempt([&] { body::validate(alone); });
}

void read_parameters(const Field& field, Subject& subject) {
  auto* members = field.value().as<Value::Object>();
  if (!members)
    return field.wrong_form("parameters must be an object", "give keys and their values");
  for (auto& member : *members) {
    const Field parameter = field.member(member);
    const auto number = parameter.number();
    if (!number) continue;
    evidence::Values<double> values;
    const bool good = parameter.attempt(
        [&] { evidence::set(values, member.key, *number, subject.allow_outside_range); });
    if (good) subject.parameters[member.key] = *number;
  }
}

void read_modifiers(const Field& field, Subject& subject) {
  auto* members = field.value().as<Value::Object>();
  if (!members)
    return field.wrong_form("modifiers must be an object", "give names and their strengths");
  for (auto& member : *members) {
    const Field modifier = field.member(member);
    const auto strength = modifier.number();
    if (!strength) continue;
    const bool good = modifier.attempt(
        [&] { evidence::check_modifier(member.key, *strength, evidence::Applies::chronic); });
    if (good) subject.modifiers[member.key] = *strength;
  }
}

constexpr Key<Subject> keys[] = {
    {"sex", every_kind, no_kind,
     [](const Field& field, Subject& s) {
       if (const auto at = field.word(sexes)) s.sex = *at == 0 ? Sex::female : Sex::male;
     }},
    {"age_y", every_kind, no_kind, &read_number<&Subject::age_y>},
    {"weight_kg", every_kind, no_kind, &read_number<&Subject::weight_kg>},
    {"height_cm", every_kind, no_kind, &read_number<&Subject::height_cm>},
    {"gfr_mL_per_min", every_kind, no_kind, &read_number<&Subject::gfr_mL_per_min>},
    {"creatinine_mg_per_dL", every_kind, no_kind, &read_number<&Subject::creatinine_mg_per_dL>},
    {"diet_mg_per_d", every_kind, no_kind, &read_number<&Subject::diet_mg_per_d>},
    {"albumin_g_per_L", every_kind, no_kind, &read_number<&Subject::albumin_g_per_L>},
    {"diet_phytate_mmol_per_d", every_kind, no_kind,
     &read_plain<&Subject::diet_phytate_mmol_per_d>},
    {"diet_oxalate_mmol_per_d", every_kind, no_kind,
     &read_plain<&Subject::diet_oxalate_mmol_per_d>},
    {"c_plasma_total_mmol_per_L", every_kind, no_kind,
     &read_number<&Subject::c_plasma_total_mmol_per_L>},
    {"meals_at_h", every_kind, no_kind, &read_meals},
    {"f_acid_secreted", every_kind, no_kind, &read_plain<&Subject::f_acid_secreted>},
    {"pregnant", every_kind, no_kind,
     [](const Field& field, Subject& s) { s.pregnant = field.flag().value_or(false); }},
    // Before the parameters, whose ranges it lifts.
    {"allow_outside_range", every_kind, no_kind,
     [](const Field& field, Subject& s) { s.allow_outside_range = field.flag().value_or(false); }},
    {"parameters", every_kind, no_kind, &read_parameters},
    {"modifiers", every_kind, no_kind, &read_modifiers},
};

}  // namespace

void read_subject(const Field& section, Subject& subject) {
  read_object<Subject>(section, "subject", keys, subject);
  if (!section.problems().any_under(section.at()))
    section.attempt([&] { body::validate(subject); });
}

Value subject_words(const Subject& s) {
  Value::Object words;
  const auto put = [&words](const char* key, const std::optional<double>& value) {
    if (value) words.push_back({key, *value});
  };
  if (s.sex) words.push_back({"sex", sexes[*s.sex == Sex::female ? 0 : 1]});
  put("age_y", s.age_y);
  put("weight_kg", s.weight_kg);
  put("height_cm", s.height_cm);
  put("gfr_mL_per_min", s.gfr_mL_per_min);
  put("creatinine_mg_per_dL", s.creatinine_mg_per_dL);
  put("diet_mg_per_d", s.diet_mg_per_d);
  put("albumin_g_per_L", s.albumin_g_per_L);
  if (s.diet_phytate_mmol_per_d != 0) put("diet_phytate_mmol_per_d", s.diet_phytate_mmol_per_d);
  if (s.diet_oxalate_mmol_per_d != 0) put("diet_oxalate_mmol_per_d", s.diet_oxalate_mmol_per_d);
  put("c_plasma_total_mmol_per_L", s.c_plasma_total_mmol_per_L);
  if (s.meals_at_h)
    words.push_back({"meals_at_h", Value::List(s.meals_at_h->begin(), s.meals_at_h->end())});
  if (s.f_acid_secreted != Subject{}.f_acid_secreted) put("f_acid_secreted", s.f_acid_secreted);
  if (s.pregnant) words.push_back({"pregnant", true});
  if (s.allow_outside_range) words.push_back({"allow_outside_range", true});
  Value::Object parameters;
  for (const auto& [key, value] : s.parameters) parameters.push_back({key, value});
  if (!parameters.empty()) words.push_back({"parameters", std::move(parameters)});
  Value::Object modifiers;
  for (const auto& [name, strength] : s.modifiers) modifiers.push_back({name, strength});
  if (!modifiers.empty()) words.push_back({"modifiers", std::move(modifiers)});
  return words;
}

}  // namespace mgpk::document
