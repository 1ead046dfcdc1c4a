// Where the flows of a body are written down: in the derivatives of what it holds.
#pragma once

#include <array>
#include <cstddef>

namespace mgpk::body {

/// Takes the flows of `Body::flows` and adds them up. What follows a label takes the same flows and
/// carries its share along: body/traced.hpp.
template <class Real, std::size_t N>
struct Totals {
  std::array<Real, N>& dxdt;

  /// Magnesium from one pool to another: what leaves here arrives there.
  void flow(std::size_t from, std::size_t to, const Real& mmol_per_h) {
    dxdt[from] -= mmol_per_h;
    dxdt[to] += mmol_per_h;
  }
  /// Magnesium both ways: the net flow, and what of it comes back.
  void exchange(std::size_t from, std::size_t to, const Real& net_mmol_per_h, const Real&) {
    flow(from, to, net_mmol_per_h);
  }
  /// Magnesium from outside.
  void enter(std::size_t to, const Real& mmol_per_h) { dxdt[to] += mmol_per_h; }
  /// A reading of a flow out of `from`, in a state that holds nothing.
  void read(std::size_t, std::size_t into, const Real& per_h) { dxdt[into] += per_h; }
  /// All that is not magnesium: acid, meals, binders, glycine, the shift of Tm.
  void change(std::size_t state, const Real& per_h) { dxdt[state] += per_h; }
};

}  // namespace mgpk::body
