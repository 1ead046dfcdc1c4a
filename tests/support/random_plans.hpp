// Random plans and the few persons they are tried on: one baseline for many runs.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "bodies.hpp"
#include "people.hpp"

namespace support {

/// A person with the baseline that all their runs start from.
struct Settled {
  mgpk::Subject person;
  mgpk::simulation::Baseline baseline;
};

inline Settled settled(const mgpk::Subject& person) {
  return {person, mgpk::simulation::baseline_of(person, quick(24))};
}

template <class Items>
const auto& any_of(Random& random, const Items& items) {
  return items[below(random, items.size())];
}

inline constexpr std::array<std::string_view, 11> soluble_salts{
    "glycinate", "citrate", "sulfate",   "chloride", "lactate", "aspartate",
    "gluconate", "taurate", "threonate", "acetate",  "pidolate"};
inline constexpr std::array<std::string_view, 3> acid_salts{"oxide", "hydroxide", "carbonate"};
inline constexpr std::array<std::string_view, 2> sparing_salts{"malate", "orotate"};

inline std::string_view any_salt(Random& random) {
  const double which = uniform(random, 0, 1);
  if (which < 0.5) return any_of(random, soluble_salts);
  return which < 0.8 ? any_of(random, acid_salts) : any_of(random, sparing_salts);
}

/// One to three lines of any kind within two days; what is swallowed is labelled by its line.
inline mgpk::Schedule random_plan(Random& random) {
  constexpr std::array<std::string_view, 3> labels{"first", "second", "third"};
  mgpk::Schedule plan;
  const std::size_t n_lines = 1 + below(random, 3);
  for (std::size_t i = 0; i < n_lines; ++i) {
    mgpk::dose::Timing timing{.at_h = uniform(random, 0, 20)};
    if (uniform(random, 0, 1) < 0.4) {
      timing.times = 2 + static_cast<int>(below(random, 3));
      timing.every_h = uniform(random, 2, 12);
    }
    const double route = uniform(random, 0, 1);
    if (route < 0.6) {
      plan.oral(any_salt(random), mgpk::mmol(uniform(random, 0.5, 25)), timing,
                uniform(random, 0, 1) < 0.4, labels[i]);
    } else if (route < 0.9) {
      if (uniform(random, 0, 1) < 0.6) timing.over_h = uniform(random, 0.1, 10);
      plan.iv("sulfate", mgpk::mmol(uniform(random, 0.5, 20)), timing);
    } else {
      plan.im("sulfate", mgpk::mmol(uniform(random, 0.5, 16)), timing);
    }
  }
  if (uniform(random, 0, 1) < 0.2) plan.fast(uniform(random, 0, 20), uniform(random, 1, 30));
  if (uniform(random, 0, 1) < 0.2) plan.meal(mgpk::elemental_mg(uniform(random, 0, 200)), {10});
  return plan;
}

}  // namespace support
