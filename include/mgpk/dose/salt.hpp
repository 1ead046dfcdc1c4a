// One form of a magnesium salt: a row of data/salts.csv.
#pragma once

#include <string_view>

#include <mgpk/evidence/parameter.hpp>

namespace mgpk::dose {

/// How a solid gives its magnesium away: at once, slowly, only with acid, or out of food.
enum class Dissolution {
  soluble,
  sparing,
  acid,       ///< the oxide, whose crystal must first take up water
  hydroxide,  ///< hydroxide and basic carbonate: with acid too, and faster
  food,
};

constexpr std::string_view name_of(Dissolution dissolution) {
  switch (dissolution) {
    case Dissolution::soluble:
      return "soluble";
    case Dissolution::sparing:
      return "sparing";
    case Dissolution::acid:
      return "acid";
    case Dissolution::hydroxide:
      return "hydroxide";
    case Dissolution::food:
      return "food";
  }
  return "unknown";
}

struct Salt {
  std::string_view name;
  std::string_view hydrate;  ///< "anhydrous", "heptahydrate", ...: names the form within the salt
  std::string_view formula;
  double molar_mass_g_per_mol;
  int n_magnesium;
  Dissolution dissolution;
  evidence::Kind dissolution_kind;
  double glycine_per_magnesium;  ///< mol per mol; 0 where the ligand is not glycine
  double f_complexed;            ///< share that the ligand binds in the small bowel
  double n_unabsorbed_ions;  ///< ions that stay in the lumen, per magnesium ion, itself included
  bool is_default_hydrate;   ///< the form that stands for the salt where the form is irrelevant
  std::string_view reference;
  std::string_view note;
};

/// A common name and what it stands for; hydrate is empty where the alias does not fix it.
struct SaltAlias {
  std::string_view alias;
  std::string_view name;
  std::string_view hydrate;
};

}  // namespace mgpk::dose
