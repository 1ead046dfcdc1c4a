// One effect of magnesium, computed or not: a row of data/effects.csv.
#pragma once

#include <string>
#include <string_view>

namespace mgpk::effect {

/// How far something can be trusted. C is documented and not computed, but for a driver.
enum class Rank { a, b, c };

constexpr std::string_view name_of(Rank rank) {
  constexpr std::string_view names[] = {"A", "B", "C"};
  return names[static_cast<unsigned>(rank)];
}

struct Effect {
  std::string_view key;
  std::string_view module;  ///< M1 to M16
  std::string_view title;
  Rank rank;         ///< of the law
  Rank rank_driver;  ///< of what drives it in a person
  bool computed;
  std::string_view driver;
  std::string_view columns;     ///< of simulation::effects_of, parted by a space
  std::string_view parameters;  ///< keys of the evidence, parted by a space
  std::string_view says;        ///< one sentence
  std::string_view why_not;     ///< where it is not computed
  std::string_view reference;   ///< key of evidence/reference.hpp
  bool verify;                  ///< something in it is remembered and not yet verified
};

/// "rank A", or "rank A, driver B" where the driver is worse than the law.
inline std::string rank_in_words(const Effect& effect) {
  std::string words = "rank " + std::string(name_of(effect.rank));
  if (effect.rank_driver != effect.rank)
    words += ", driver " + std::string(name_of(effect.rank_driver));
  return words;
}

}  // namespace mgpk::effect
