// How an explicit step judges itself: its error, and whether stability holds it back.
#pragma once

#include <cstddef>

#include <mgpk/ode/ensemble/explicit_step.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

template <class System, class Pair, class Wide, std::size_t Upstream>
auto ExplicitStep<System, Pair, Wide, Upstream>::held_back(const State& x_new, double limit,
                                                           double floor) const {
  constexpr std::size_t end = Slopes::end;
  static_assert(Pair::c[end] == Pair::c[end - 1]);
  Real slopes = 0.0, states = 0.0;
  for (std::size_t i = first; i < last; ++i) {
    const Real weight = 1.0 / (floor + abs(part(x_new[i], 0)));
    const Real slope = weight * (part(k_[end][i], 0) - part(k_[end - 1][i], 0));
    const Real state =
        weight * (k_.template sum_of<end>(i) - k_.template sum_of<end - 1>(i));  // over h
    slopes = fma(slope, slope, slopes);
    states = fma(state, state, states);
  }
  return slopes > (limit * limit) * states;
}

template <class System, class Pair, class Wide, std::size_t Upstream>
MGPK_LANES auto ExplicitStep<System, Pair, Wide, Upstream>::error_of(std::size_t i) const -> Real {
  Real fine = k_.template sum_by<Pair::error>(i);
  if constexpr (requires { Pair::error_coarse; }) {
    constexpr double least = 1e-300;  // keeps 0/0 away
    const Real coarse = 0.1 * k_.template sum_by<Pair::error_coarse>(i);
    return fine * fine / sqrt(fma(fine, fine, fma(coarse, coarse, Real(least))));
  } else {
    return fine;
  }
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
