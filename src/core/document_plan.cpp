// The section "plan" of a run document: one object per line, in the user's own units.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/simulate/regimen.hpp>
#include <mgpk/simulate/sources.hpp>

#include "document_sections.hpp"

namespace mgpk::document {
namespace {

enum Kind : unsigned {
  oral = 1U << 0U,
  oral_mix = 1U << 1U,
  iv = 1U << 2U,
  im = 1U << 3U,
  meal = 1U << 4U,
  diet = 1U << 5U,
  fast = 1U << 6U,
  reset = 1U << 7U,
  covariate = 1U << 8U,
  occasion = 1U << 9U,
  modify = 1U << 10U,
};

constexpr std::array<std::string_view, 11> kinds{"oral",      "oral_mix", "iv",    "im",
                                                 "meal",      "diet",     "fast",  "reset",
                                                 "covariate", "occasion", "modify"};
constexpr std::array<std::string_view, 2> reset_words{"baseline", "empty_gut"};
constexpr std::array<std::string_view, 3> rule_words{"carried_forward", "carried_backward",
                                                     "linear"};
static_assert(static_cast<int>(dose::ResetTo::empty_gut) == 1 &&
              static_cast<int>(dose::CovariateRule::carried_backward) == 1 &&
              static_cast<int>(dose::CovariateRule::linear) == 2);
constexpr unsigned doses = oral | oral_mix | iv | im;
constexpr unsigned swallowed = oral | oral_mix;
constexpr unsigned changes = diet | fast;
constexpr unsigned at_one_time = every_kind & ~static_cast<unsigned>(covariate);

constexpr std::size_t most_changes = 10'000;  ///< of one covariate

struct Part {
  std::string salt;
  double amount = 0;  ///< a share of the magnesium, or mmol
};

/// A line as it stands in the document.
struct Line {
  Kind kind = oral;
  std::string salt, hydrate, label;
  std::vector<Part> shares, components;
  std::vector<DoseAmount> amounts;
  std::vector<std::string_view> units;  ///< of the amounts, and "components"
  bool has_shares = false, has_components = false;
  dose::Timing timing;
  bool with_meal = false;
  double phytate_mmol = 0, oxalate_mmol = 0;  ///< of a meal
  double mg_per_d = 0;
  dose::ResetTo reset_to = dose::ResetTo::baseline;
  dose::Covariate change;
  int number = 0;
  double strength = 1;
};

template <double dose::Timing::*Place>
void read_time(const Field& field, Line& line) {
  line.timing.*Place = field.number().value_or(line.timing.*Place);
}

template <std::string Line::*Place>
void read_word(const Field& field, Line& line) {
  line.*Place = field.text().value_or("");
  if (field.value().as<std::string>() && (line.*Place).empty())
    field.wrong_form(field.name() + " must not be empty", "give a name, or leave it out");
}

template <class Amount>
void read_amount(const Field& field, Line& line, std::string_view unit) {
  line.units.push_back(unit);
  if (const auto number = field.number()) line.amounts.emplace_back(Amount{*number});
}

constexpr Key<Part> share_keys[] = {
    {"salt", every_kind, every_kind,
     [](const Field& field, Part& p) { p.salt = field.text().value_or(""); }},
    {"f_of_magnesium", every_kind, every_kind,
     [](const Field& field, Part& p) { p.amount = field.number().value_or(0); }},
};

constexpr Key<Part> component_keys[] = {
    {"salt", every_kind, every_kind,
     [](const Field& field, Part& p) { p.salt = field.text().value_or(""); }},
    {"mmol", every_kind, every_kind,
     [](const Field& field, Part& p) { p.amount = field.number().value_or(0); }},
};

std::vector<Part> read_parts(const Field& field, std::string_view what,
                             std::span<const Key<Part>> keys) {
  std::vector<Part> parts;
  const auto* items = field.list(10);
  if (!items) return parts;
  if (items->empty()) field.wrong_form(field.name() + " must not be empty", "name the salts");
  for (std::size_t i = 0; i < items->size(); ++i) {
    parts.emplace_back();
    const Field part = field.item(i);
    read_object<Part>(part, what, keys, parts.back());
    if (!parts.back().salt.empty()) part.attempt([&] { dose::resolve_salt(parts.back().salt); });
  }
  return parts;
}

/// Every key of every kind of line: the kinds that take it, the kinds that need it.
constexpr Key<Line> line_keys[] = {
    {"kind", every_kind, no_kind, [](const Field&, Line&) {}},  // read before the others
    {"salt", oral | iv | im, oral | iv | im, &read_word<&Line::salt>},
    {"hydrate", oral, no_kind, &read_word<&Line::hydrate>},
    {"shares", oral_mix, no_kind,
     [](const Field& field, Line& l) {
       l.has_shares = true;
       l.shares = read_parts(field, "a share", share_keys);
     }},
    {"components", oral_mix, no_kind,
     [](const Field& field, Line& l) {
       l.has_components = true;
       l.units.push_back("components");
       l.components = read_parts(field, "a component", component_keys);
     }},
    {"elemental_mg", doses | meal, no_kind,
     [](const Field& f, Line& l) { read_amount<ElementalMass>(f, l, "elemental_mg"); }},
    {"salt_mg", oral | iv | im, no_kind,
     [](const Field& f, Line& l) { read_amount<SaltMass>(f, l, "salt_mg"); }},
    {"mmol", doses | meal, no_kind,
     [](const Field& f, Line& l) { read_amount<Amount>(f, l, "mmol"); }},
    {"phytate_mmol", meal, no_kind,
     [](const Field& field, Line& l) { l.phytate_mmol = field.number().value_or(0); }},
    {"oxalate_mmol", meal, no_kind,
     [](const Field& field, Line& l) { l.oxalate_mmol = field.number().value_or(0); }},
    {"mEq", doses, no_kind, [](const Field& f, Line& l) { read_amount<Equivalents>(f, l, "mEq"); }},
    {"mg_per_d", diet, diet,
     [](const Field& field, Line& l) { l.mg_per_d = field.number().value_or(0); }},
    {"name", covariate | modify, covariate | modify,
     [](const Field& field, Line& l) { l.change.name = field.text().value_or(""); }},
    {"values", covariate, covariate,
     [](const Field& field, Line& l) {
       l.change.values = field.numbers(most_changes).value_or(std::vector<double>{});
     }},
    {"number", occasion, occasion,
     [](const Field& field, Line& l) {
       if (const auto n = field.whole(-1e9, 1e9)) l.number = static_cast<int>(*n);
     }},
    {"strength", modify, no_kind,
     [](const Field& field, Line& l) { l.strength = field.number().value_or(l.strength); }},
    {"at_h", at_one_time, reset | occasion, &read_time<&dose::Timing::at_h>},
    {"at_h", covariate, covariate,
     [](const Field& field, Line& l) {
       l.change.at_h = field.numbers(most_changes).value_or(std::vector<double>{});
     }},
    {"rule", covariate, no_kind,
     [](const Field& field, Line& l) {
       if (const auto at = field.word(rule_words))
         l.change.rule = static_cast<dose::CovariateRule>(*at);
     }},
    {"to", reset, no_kind,
     [](const Field& field, Line& l) {
       if (const auto at = field.word(reset_words)) l.reset_to = static_cast<dose::ResetTo>(*at);
     }},
    {"every_h", doses | meal | modify, no_kind, &read_time<&dose::Timing::every_h>},
    {"times", doses | meal | modify, no_kind,
     [](const Field& field, Line& l) {
       if (const auto n = field.whole(1, most_doses)) l.timing.times = static_cast<int>(*n);
     }},
    {"over_h", iv | changes | modify, changes | modify, &read_time<&dose::Timing::over_h>},
    {"tlag_h", doses, no_kind, &read_time<&dose::Timing::tlag_h>},
    {"f_bioavailable", doses, no_kind, &read_time<&dose::Timing::f_bioavailable>},
    {"at_steady_state", doses, no_kind,
     [](const Field& field, Line& l) { l.timing.at_steady_state = field.flag().value_or(false); }},
    {"with_meal", swallowed, no_kind,
     [](const Field& field, Line& l) { l.with_meal = field.flag().value_or(false); }},
    {"label", swallowed, oral_mix, &read_word<&Line::label>},
};

/// A dose has one amount; a mix has shares of one, or each salt's own.
void check_amounts(const Field& field, const Line& line) {
  if ((line.kind & (doses | meal)) == 0U) return;
  const auto refuse = [&](std::string_view rule, std::string_view value) {
    field.problems().add(Fault::structure, field.at(), rule, value, "say it once");
  };
  const std::string_view rule =
      line.kind == meal       ? "a meal takes one amount: elemental_mg or mmol"
      : line.kind == oral_mix ? "a mix takes one amount: elemental_mg, mmol, mEq or components"
                              : "a dose takes one amount: elemental_mg, salt_mg, mmol or mEq";
  if (line.units.size() != 1)
    refuse(rule, line.units.empty() ? "without" : "with " + quoted_list(line.units, "and"));
  if (line.kind == oral_mix && line.has_shares == line.has_components)
    refuse("a mix takes shares of one amount, or components with their own mmol",
           line.has_shares ? "with both" : "without");
}

dose::Dose mix_of(const Line& line) {
  dose::Dose mix;
  mix.label = line.label;
  mix.timing = line.timing;
  mix.with_meal = line.with_meal;
  for (const auto& part : line.components) mix.components.push_back({part.salt, part.amount});
  return mix;
}

Schedule mix_plan(const Line& line) {
  if (line.has_components) return Schedule::from_lines({mix_of(line)}, {}, {});
  std::vector<dose::Share> shares;
  for (const auto& part : line.shares) shares.push_back({part.salt, part.amount});
  return Schedule().oral_mix(shares, line.amounts.front(), line.label, line.timing, line.with_meal);
}

Schedule meal_plan(const Line& line) {
  if (const auto* mass = std::get_if<ElementalMass>(&line.amounts.front()))
    return Schedule().meal(*mass, line.timing, line.phytate_mmol, line.oxalate_mmol);
  return Schedule::from_lines({},
                              {{std::get<Amount>(line.amounts.front()).mmol, line.timing,
                                line.phytate_mmol, line.oxalate_mmol}},
                              {});
}

/// The plan of one line: the rules of each kind stand in Schedule.
Schedule plan_of(const Line& line) {
  const auto& timing = line.timing;
  switch (line.kind) {
    case oral:
      return Schedule().oral(line.salt, line.amounts.front(), timing, line.with_meal, line.label,
                             line.hydrate);
    case oral_mix:
      return mix_plan(line);
    case iv:
      return Schedule().iv(line.salt, line.amounts.front(), timing);
    case im:
      return Schedule().im(line.salt, line.amounts.front(), timing);
    case meal:
      return meal_plan(line);
    case diet:
      return Schedule().diet(line.mg_per_d, timing.at_h, timing.over_h);
    case fast:
      return Schedule().fast(timing.at_h, timing.over_h);
    case reset:
      return Schedule().reset(timing.at_h, line.reset_to);
    case covariate:
      return Schedule().covariate(line.change);
    case occasion:
      return Schedule().occasion(line.number, timing.at_h);
    case modify:
      return Schedule().modify(line.change.name, timing, line.strength);
  }
  return {};
}

/// The lines of several plans, one after the other.
struct Lines {
  std::vector<dose::Dose> doses;
  std::vector<dose::Meal> meals;
  std::vector<dose::DietChange> diet_changes;
  std::vector<dose::Reset> resets;
  std::vector<dose::Covariate> covariates;
  std::vector<dose::Occasion> occasions;
  std::vector<dose::Modification> modifications;

  void append(const Schedule& plan) {
    append(doses, plan.doses());
    append(meals, plan.meals());
    append(diet_changes, plan.diet_changes());
    append(resets, plan.resets());
    append(covariates, plan.covariates());
    append(occasions, plan.occasions());
    append(modifications, plan.modifications());
  }
  Schedule plan() const {
    return Schedule::from_lines(doses, meals, diet_changes, resets, covariates, occasions,
                                modifications);
  }

 private:
  template <class Kept>
  static void append(std::vector<Kept>& all, const std::vector<Kept>& more) {
    all.insert(all.end(), more.begin(), more.end());
  }
};

std::optional<Kind> kind_of(const Field& field) {
  if (!field.value().as<Value::Object>()) {
    field.wrong_form("a line of a plan must be an object", "put keys and values into curly braces");
  } else if (const auto kind = field.find("kind"); !kind) {
    field.problems().add(Fault::structure, field.at(), "a line of a plan needs the key \"kind\"",
                         "missing", "give " + quoted_list(kinds));
  } else if (const auto at = kind->word(kinds)) {
    return static_cast<Kind>(1U << *at);
  }
  return std::nullopt;
}

void read_line(const Field& field, Lines& lines) {
  const auto kind = kind_of(field);
  if (!kind) return;
  Line line;
  line.kind = *kind;
  read_object<Line>(field, std::get<std::string>(field.find("kind")->value().held), line_keys, line,
                    *kind);
  check_amounts(field, line);
  if (!field.problems().any_under(field.at())) field.attempt([&] { lines.append(plan_of(line)); });
}

/// A dose at steady state was taken before, too: as often as a turn holds and an infusion lasts.
double n_doses(const dose::Timing& timing) {
  if (!timing.at_steady_state) return timing.times;
  return timing.times +
         (simulation::longest_cycle_h + timing.tlag_h + timing.over_h) / timing.every_h;
}

void check_number_of_doses(const Field& section, const Lines& lines) {
  double sum = 0;
  for (const auto& dose : lines.doses) sum += n_doses(dose.timing);
  for (const auto& one : lines.meals) sum += n_doses(one.timing);
  for (const auto& one : lines.modifications) sum += n_doses(one.timing);
  if (sum > static_cast<double>(most_doses))
    section.problems().add(
        Fault::value, section.at(),
        "a plan may hold " + std::to_string(most_doses) + " doses, meals and modifiers",
        text_of(sum), "split it into several runs");
}

/// The doses that come to their steady state at one time must have a common period with the day.
void check_steady_states(const Schedule& plan) {
  for (const auto& first : plan.doses()) {
    if (!first.timing.at_steady_state) continue;
    std::vector<dose::Dose> together;
    for (const auto& other : plan.doses())
      if (other.timing.at_steady_state && other.timing.at_h == first.timing.at_h)
        together.push_back(other);
    simulation::cycle_of_plan_h(Schedule::from_lines(together, {}, {}));
  }
}

void put_timing(Value::Object& words, const dose::Timing& timing) {
  words.push_back({"at_h", timing.at_h});
  if (timing.times != 1 || timing.every_h != 0) {
    words.push_back({"every_h", timing.every_h});
    words.push_back({"times", static_cast<double>(timing.times)});
  }
  if (timing.over_h != 0) words.push_back({"over_h", timing.over_h});
  if (timing.tlag_h != 0) words.push_back({"tlag_h", timing.tlag_h});
  if (timing.f_bioavailable != 1) words.push_back({"f_bioavailable", timing.f_bioavailable});
  if (timing.at_steady_state) words.push_back({"at_steady_state", true});
}

std::string_view kind_name(const dose::Dose& dose) {
  if (dose.route == dose::Route::iv) return "iv";
  if (dose.route == dose::Route::im) return "im";
  return dose.components.size() == 1 ? "oral" : "oral_mix";
}

Value dose_words(const dose::Dose& dose) {
  Value::Object words{{"kind", kind_name(dose)}};
  const auto& first = dose.components.front();
  if (dose.components.size() == 1) {
    words.push_back({"salt", first.salt});
    words.push_back({"mmol", first.mmol});
  } else {
    Value::List parts;
    for (const auto& [salt, mmol] : dose.components)
      parts.push_back(Value::Object{{"salt", salt}, {"mmol", mmol}});
    words.push_back({"components", std::move(parts)});
  }
  put_timing(words, dose.timing);
  if (dose.with_meal) words.push_back({"with_meal", true});
  if (dose.label != first.salt) words.push_back({"label", dose.label});
  return words;
}

Value meal_words(const dose::Meal& line) {
  Value::Object words{{"kind", "meal"}, {"mmol", line.mmol}};
  put_timing(words, line.timing);
  if (line.phytate_mmol > 0) words.push_back({"phytate_mmol", line.phytate_mmol});
  if (line.oxalate_mmol > 0) words.push_back({"oxalate_mmol", line.oxalate_mmol});
  return words;
}

Value diet_words(const dose::DietChange& change) {
  Value::Object words{{"kind", change.mg_per_d ? "diet" : "fast"}};
  if (change.mg_per_d) words.push_back({"mg_per_d", *change.mg_per_d});
  words.push_back({"at_h", change.at_h});
  words.push_back({"over_h", change.over_h});
  return words;
}

Value modify_words(const dose::Modification& line) {
  Value::Object words{{"kind", "modify"}, {"name", line.name}};
  if (line.strength != 1) words.push_back({"strength", line.strength});
  put_timing(words, line.timing);
  return words;
}

}  // namespace

void read_plan(const Field& section, Schedule& plan) {
  const auto* items = section.list(most_lines);
  if (!items) return;
  Lines lines;
  for (std::size_t i = 0; i < items->size(); ++i) read_line(section.item(i), lines);
  check_number_of_doses(section, lines);
  if (section.problems().any_under(section.at())) return;
  section.attempt([&] {
    plan = lines.plan();
    simulation::sources_of(plan);  // labels that clash, too many salts
    check_steady_states(plan);
  });
}

Value plan_words(const Schedule& plan) {
  Value::List list;
  for (const auto& dose : plan.doses()) list.push_back(dose_words(dose));
  for (const auto& one : plan.meals()) list.push_back(meal_words(one));
  for (const auto& change : plan.diet_changes()) list.push_back(diet_words(change));
  for (const auto& line : plan.resets())
    list.push_back(Value::Object{{"kind", "reset"},
                                 {"at_h", line.at_h},
                                 {"to", reset_words[static_cast<std::size_t>(line.to)]}});
  for (const auto& line : plan.covariates())
    list.push_back(Value::Object{{"kind", "covariate"},
                                 {"name", line.name},
                                 {"values", Value::List(line.values.begin(), line.values.end())},
                                 {"at_h", Value::List(line.at_h.begin(), line.at_h.end())},
                                 {"rule", rule_words[static_cast<std::size_t>(line.rule)]}});
  for (const auto& line : plan.occasions())
    list.push_back(Value::Object{
        {"kind", "occasion"}, {"number", static_cast<double>(line.number)}, {"at_h", line.at_h}});
  for (const auto& line : plan.modifications()) list.push_back(modify_words(line));
  return list;
}

}  // namespace mgpk::document
