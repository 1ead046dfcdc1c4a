// Which states of a life that repeats itself take part in the search for its periodic state.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <mgpk/dose/salts.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/detail/states.hpp>

namespace mgpk::simulation::detail {

inline bool holds_binders(const Cycle& cycle) {
  const auto& meals = cycle.plan.meals();
  return cycle.subject.diet_phytate_mmol_per_d > 0 || cycle.subject.diet_oxalate_mmol_per_d > 0 ||
         std::any_of(meals.begin(), meals.end(), [](const dose::Meal& meal) {
           return meal.phytate_mmol > 0 || meal.oxalate_mmol > 0;
         });
}

/// States outside the map: read-outs, which only accumulate, and what this life never fills.
inline std::vector<bool> periodic_mask(const Cycle& cycle) {
  const auto p = places_of(cycle.sources.size());
  std::vector<bool> mask(p.n_states, true);
  std::fill(mask.begin() + static_cast<std::ptrdiff_t>(p.first_readout), mask.end(), false);
  bool by_muscle = false, glycine = false;
  std::vector<bool> swallowed(cycle.sources.size(), false);
  swallowed[0] = true;  // food
  for (const auto& dose : cycle.plan.doses()) {
    by_muscle = by_muscle || dose.route == dose::Route::im;
    if (dose.route != dose::Route::oral) continue;
    for (const auto& component : dose.components) {
      swallowed[slot_of(cycle.sources, source_name(dose, component))] = true;
      glycine = glycine || dose::salt(component.salt).glycine_per_magnesium > 0;
    }
  }
  mask[p.im_depot()] = by_muscle;
  const bool binders = holds_binders(cycle);
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment)
    mask[body::Layout<1>::binder(segment)] = binders;
  mask[p.glycine_gut] = mask[p.glycine_plasma()] = glycine;
  for (std::size_t source = 0; source < swallowed.size(); ++source)
    for (std::size_t segment = 0; segment < gut::n_segments && !swallowed[source]; ++segment)
      mask[Places::solid(source, segment)] = mask[p.dissolved(source, segment)] = false;
  mask[p.dissolved(p.endogenous(), gut::stomach)] = false;
  return mask;
}

}  // namespace mgpk::simulation::detail
