// How fast the stomach empties: quickly when fasted, slowly while a meal is in it.
#pragma once

#include <mgpk/law.hpp>

namespace mgpk::gut {

template <class Real>
struct EmptyingParameters {
  Real fasted_per_h;
  Real fed_per_h;
  Real half_effect_meals;  ///< share of a standard meal at which the two rates are half mixed
};

/// How fed the stomach is, 0 to 1. A smooth square law, so that a meal needs no switch-off event.
template <class Par, class Real>
MGPK_LAW auto fed_share(const EmptyingParameters<Par>& p, const Real& meal_meals) {
  const auto meal_squared = meal_meals * meal_meals;
  return meal_squared / (meal_squared + p.half_effect_meals * p.half_effect_meals);
}

/// First-order emptying rate of the stomach, 1/h, for everything in it alike.
template <class Par, class Real>
MGPK_LAW auto emptying_rate_per_h(const EmptyingParameters<Par>& p, const Real& meal_meals) {
  return p.fasted_per_h + (p.fed_per_h - p.fasted_per_h) * fed_share(p, meal_meals);
}

}  // namespace mgpk::gut
