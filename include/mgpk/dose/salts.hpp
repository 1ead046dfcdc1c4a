// Which salt a name means, what it does in the gut, and how much magnesium a dose of it holds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <mgpk/dose/salt.hpp>
#include <mgpk/dose/salts_table.hpp>
#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::dose {

/// Above these a dose is refused: far more often a slip of unit than a wish.
inline constexpr double elemental_limit_mg = 5000;
inline constexpr double amount_limit_mmol = 250;

/// What a name says: the salt, and the hydrate where the name carries it.
struct SaltName {
  std::string_view name;
  std::string_view hydrate;
};

/// All forms of a salt. `name` is one of `salt_names`.
inline std::span<const Salt> salt_forms(std::string_view name) {
  std::size_t first = 0;
  while (first < salt_forms_table.size() && salt_forms_table[first].name != name) ++first;
  std::size_t end = first;
  while (end < salt_forms_table.size() && salt_forms_table[end].name == name) ++end;
  return std::span<const Salt>(salt_forms_table).subspan(first, end - first);
}

namespace detail {

/// Small letters, single spaces, without "magnesium" or "Mg" in front.
inline std::string plain_name(std::string_view text) {
  std::string plain;
  for (const char letter : lower_case(text)) {
    const bool space = letter == ' ' || letter == '_' || letter == '\t';
    if (!space) plain += letter;
    if (space && !plain.empty() && plain.back() != ' ') plain += ' ';
  }
  if (!plain.empty() && plain.back() == ' ') plain.pop_back();
  for (const std::string_view prefix : {"magnesium ", "mg "}) {
    if (plain.starts_with(prefix)) return plain.substr(prefix.size());
  }
  return plain;
}

/// The salt of a plain name or alias; an empty name where there is none.
inline SaltName find_salt(std::string_view plain) {
  for (const std::string_view name : salt_names) {
    if (name == plain) return {name, ""};
  }
  for (const SaltAlias& alias : salt_aliases) {
    if (alias.alias == plain) return {alias.name, alias.hydrate};
  }
  return {};
}

inline const Salt* find_form(std::string_view name, std::string_view hydrate) {
  for (const Salt& form : salt_forms(name)) {
    if (form.hydrate == hydrate) return &form;
  }
  return nullptr;
}

[[noreturn]] inline void fail_unknown_salt(std::string_view text, const std::string& plain) {
  std::vector<std::string_view> candidates(salt_names.begin(), salt_names.end());
  for (const SaltAlias& alias : salt_aliases) candidates.push_back(alias.alias);
  // An alias that is near stands for its salt, and no salt is offered twice.
  std::vector<std::string_view> near;
  for (const std::string& candidate : nearest_names(plain, candidates)) {
    const std::string_view name = find_salt(candidate).name;
    if (std::find(near.begin(), near.end(), name) == near.end()) near.push_back(name);
  }
  const std::string advice = near.empty() ? "known are " + quoted_list(salt_names, "and")
                                          : "did you mean " + quoted_list(near) + "?";
  throw UnknownNameError("salt must be one that mgpk knows, but it is \"" + std::string(text) +
                         "\"; " + advice);
}

inline std::vector<std::string_view> hydrates_of(std::string_view name) {
  std::vector<std::string_view> hydrates;
  for (const Salt& form : salt_forms(name)) hydrates.push_back(form.hydrate);
  return hydrates;
}

/// "anhydrous" (Mg3(C6H5O7)2), "nonahydrate" (...) or ...
inline std::string forms_as_advice(std::string_view name) {
  std::string text;
  const std::span<const Salt> forms = salt_forms(name);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (i > 0) text += i + 1 == forms.size() ? " or " : ", ";
    text += "\"" + std::string(forms[i].hydrate) + "\" (" + std::string(forms[i].formula) + ")";
  }
  return text;
}

}  // namespace detail

/// Reads "glycinate", "Mg citrate", "epsom salt", "sulfate heptahydrate"; refuses what it does not
/// know.
inline SaltName resolve_salt(std::string_view text) {
  const std::string plain = detail::plain_name(text);
  const SaltName whole = detail::find_salt(plain);
  if (!whole.name.empty()) return whole;
  for (std::size_t at = plain.find(' '); at != std::string::npos; at = plain.find(' ', at + 1)) {
    const SaltName head = detail::find_salt(std::string_view(plain).substr(0, at));
    if (head.name.empty() || !head.hydrate.empty()) continue;
    const Salt* form = detail::find_form(head.name, std::string_view(plain).substr(at + 1));
    if (form != nullptr) return {form->name, form->hydrate};
  }
  detail::fail_unknown_salt(text, plain);
}

/// One form of a salt. The hydrate may stand in the name, in `hydrate`, or be left out where the
/// salt has only one form.
inline const Salt& salt_form(std::string_view name, std::string_view hydrate = "") {
  const SaltName resolved = resolve_salt(name);
  const std::string wanted = lower_case(hydrate);
  if (!wanted.empty() && detail::find_form(resolved.name, wanted) == nullptr) {
    const auto known = detail::hydrates_of(resolved.name);
    throw UnknownNameError("hydrate of " + std::string(resolved.name) + " must be one of " +
                           quoted_list(known) + ", but it is \"" + std::string(hydrate) +
                           "\"; give one of these");
  }
  if (!wanted.empty() && !resolved.hydrate.empty() && wanted != resolved.hydrate) {
    fail("hydrate must agree with the salt's name \"" + std::string(name) + "\"",
         "\"" + std::string(hydrate) + "\"", "give the hydrate once");
  }
  const std::string_view chosen = wanted.empty() ? resolved.hydrate : std::string_view(wanted);
  const std::span<const Salt> forms = salt_forms(resolved.name);
  if (chosen.empty() && forms.size() > 1) {
    fail("a salt with several hydrates must come with its hydrate here",
         "\"" + std::string(name) + "\" alone",
         "give the hydrate: " + detail::forms_as_advice(resolved.name));
  }
  const Salt* form = chosen.empty() ? &forms.front() : detail::find_form(resolved.name, chosen);
  if (form == nullptr)
    throw std::logic_error("mgpk: an alias names a hydrate that is not there; please report this");
  return *form;
}

/// A salt by its name, for everything that does not depend on the water in it: dissolution,
/// glycine. Without a hydrate in the name it is the default form.
inline const Salt& salt(std::string_view name) {
  const SaltName resolved = resolve_salt(name);
  for (const Salt& form : salt_forms(resolved.name)) {
    const bool wanted =
        resolved.hydrate.empty() ? form.is_default_hydrate : form.hydrate == resolved.hydrate;
    if (wanted) return form;
  }
  return salt_forms(resolved.name).front();
}

inline Amount to_amount(SaltMass mass, const Salt& form) {
  return {mass.mg / form.molar_mass_g_per_mol * form.n_magnesium};
}

inline SaltMass to_salt_mass(Amount amount, const Salt& form) {
  return {amount.mmol * form.molar_mass_g_per_mol / form.n_magnesium};
}

namespace detail {

inline void require_dose(std::string_view name, double value, double high, std::string_view what) {
  const std::string unit(what);
  require_positive(name, value, "give the dose in " + unit);
  require(value <= high, std::string(name) + " must be at most " + text_of(high) + " per dose",
          value, "is the unit right? it must be " + unit);
}

/// Checks a dose in its own unit and turns it into mmol.
struct DoseReader {
  std::string_view salt_name;
  std::string_view hydrate;

  double operator()(ElementalMass mass) const {
    require_dose("elemental_mg", mass.mg, elemental_limit_mg, "milligrams of elemental magnesium");
    return units::to_amount(mass).mmol;
  }
  double operator()(SaltMass mass) const {
    const Salt& form = salt_form(salt_name, hydrate);
    const double limit_mg = to_salt_mass(Amount{amount_limit_mmol}, form).mg;
    require_dose("salt_mg", mass.mg, limit_mg, "milligrams of the salt, its water included");
    return to_amount(mass, form).mmol;
  }
  double operator()(Amount amount) const {
    require_dose("mmol", amount.mmol, amount_limit_mmol, "millimoles of magnesium");
    return amount.mmol;
  }
  double operator()(Equivalents equivalents) const {
    const double limit_mEq = units::to_equivalents(Amount{amount_limit_mmol}).mEq;
    require_dose("mEq", equivalents.mEq, limit_mEq, "milliequivalents, two for each millimole");
    return units::to_amount(equivalents).mmol;
  }
};

}  // namespace detail

/// Millimoles of magnesium in a dose. Salt mass needs the hydrate of a salt that has several; the
/// name and the hydrate are checked for every kind of dose.
inline double to_mmol(const DoseAmount& dose, std::string_view salt_name,
                      std::string_view hydrate = "") {
  if (hydrate.empty()) {
    resolve_salt(salt_name);
  } else {
    salt_form(salt_name, hydrate);
  }
  return std::visit(detail::DoseReader{salt_name, hydrate}, dose);
}

}  // namespace mgpk::dose
