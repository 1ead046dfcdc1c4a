// Where an infusion without end leads: the zero of the flows, if there is one.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include <mgpk/classic/layout.hpp>
#include <mgpk/classic/flows.hpp>
#include <mgpk/classic/parameters.hpp>

namespace mgpk::classic {

/// The central concentration at which as much leaves as comes in; infinite when there is none:
/// nothing eliminates, or the capacity is not above the input.
inline double c_central_at_rest_amount_per_L(const Parameters<double>& p, double rate) {
  if (!(p.vmax_amount_per_h > 0))
    return p.cl_L_per_h > 0 ? rate / p.cl_L_per_h : std::numeric_limits<double>::infinity();
  // cl c + vmax c / (km + c) = rate, solved without the difference of near numbers.
  const double half = (p.cl_L_per_h * p.km_amount_per_L + p.vmax_amount_per_h - rate) / 2;
  const double inner = p.cl_L_per_h * rate * p.km_amount_per_L;
  if (!(p.cl_L_per_h > 0) && !(half > 0)) return std::numeric_limits<double>::infinity();
  const double root = std::sqrt(half * half + inner);
  if (half >= 0) return rate * p.km_amount_per_L / (half + root);
  return (root - half) / p.cl_L_per_h;
}

/// All amounts at that rest, for an infusion into one compartment (counted as records do, from 0).
/// Not finite when there is no rest.
inline Amounts amounts_at_rest(const Layout& at, const Parameters<double>& p,
                               std::size_t compartment, double rate) {
  Amounts x{};
  const std::size_t state = at.state_of(compartment);
  const std::size_t central = at.central();
  if (state < central)
    for (std::size_t i = 0; i < central; ++i) x[i] = rate / k_out(at, p, i);
  const double c = c_central_at_rest_amount_per_L(p, rate);
  x[central] = c * p.v_central_L;
  const auto fill = [&](std::size_t i, double q_L_per_h, double v_L) {
    x[i] = v_L * (c + (state == i ? rate / q_L_per_h : 0.0));
  };
  if (at.n_disposition > 1) fill(central + 1, p.q_1_L_per_h, p.v_peripheral_1_L);
  if (at.n_disposition > 2) fill(central + 2, p.q_2_L_per_h, p.v_peripheral_2_L);
  return x;
}

}  // namespace mgpk::classic
