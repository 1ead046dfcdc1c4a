// The equations of the classic models, written once: absorption, exchange and elimination.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/classic/layout.hpp>
#include <mgpk/classic/parameters.hpp>
#include <mgpk/law.hpp>

namespace mgpk::classic {

/// Rate constant out of a member of the chain of absorption.
template <class Real>
MGPK_LAW const Real& k_out(const Layout& at, const Parameters<Real>& p, std::size_t member) {
  return member + 1 < at.n_chain() ? p.k_transit_per_h : p.ka_per_h;
}

/// What leaves the body per hour at a central amount: linear, saturable, or both.
template <class Real>
MGPK_LAW Real elimination(const Parameters<Real>& p, const Real& a_central_amount) {
  Real out = p.cl_L_per_h / p.v_central_L * a_central_amount;
  if (p.vmax_amount_per_h > Real(0))
    out = out + p.vmax_amount_per_h * a_central_amount /
                    (p.km_amount_per_L * p.v_central_L + a_central_amount);
  return out;
}

/// What goes on balance from the central to a peripheral compartment per hour.
template <class Real>
MGPK_LAW Real exchange(const Real& q_L_per_h, const Real& v_from_L, const Real& v_to_L,
                       const Real& a_from_amount, const Real& a_to_amount) {
  return q_L_per_h * (a_from_amount / v_from_L - a_to_amount / v_to_L);
}

/// Amounts per hour into every compartment. `rates`: infusions into each; states beyond those of
/// the layout rest.
template <class Real, std::size_t N, class Rates>
void flows(const Layout& at, const Parameters<Real>& p, const Rates& rates,
           const std::array<Real, N>& x, std::array<Real, N>& dxdt) {
  const std::size_t central = at.central();
  for (std::size_t i = 0; i < N; ++i) dxdt[i] = Real(rates[i]);
  for (std::size_t i = 0; i < central; ++i) {
    const Real out = k_out(at, p, i) * x[i];
    dxdt[i] = dxdt[i] - out;
    dxdt[i + 1] = dxdt[i + 1] + out;
  }
  dxdt[central] = dxdt[central] - elimination(p, x[central]);
  const auto exchange_with = [&](std::size_t peripheral, const Real& q_L_per_h, const Real& v) {
    const Real away = exchange(q_L_per_h, p.v_central_L, v, x[central], x[peripheral]);
    dxdt[central] = dxdt[central] - away;
    dxdt[peripheral] = dxdt[peripheral] + away;
  };
  if (at.n_disposition > 1) exchange_with(central + 1, p.q_1_L_per_h, p.v_peripheral_1_L);
  if (at.n_disposition > 2) exchange_with(central + 2, p.q_2_L_per_h, p.v_peripheral_2_L);
}

}  // namespace mgpk::classic
