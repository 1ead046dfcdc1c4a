// Where the flows of a body are written down: in the derivatives of what it holds.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/inlined.hpp>

namespace mgpk::body {

/// Takes the flows of `Body::flows` and adds them up. What follows a label takes the same flows and
/// carries its share along: body/traced.hpp.
template <class Real, std::size_t N>
struct Totals {
  /// Where a number is at most a register. Of dual numbers the sums would fit nowhere.
  static constexpr bool is_written_out = sizeof(Real) <= 64;

  std::array<Real, N> dxdt{};

  /// Magnesium from one pool to another: what leaves here arrives there.
  MGPK_INLINED void flow(std::size_t from, std::size_t to, const Real& mmol_per_h) {
    dxdt[from] -= mmol_per_h;
    dxdt[to] += mmol_per_h;
  }
  /// Magnesium both ways: the net flow, and what of it comes back.
  MGPK_INLINED void exchange(std::size_t from, std::size_t to, const Real& net_mmol_per_h,
                             const Real&) {
    flow(from, to, net_mmol_per_h);
  }
  /// Magnesium from outside.
  MGPK_INLINED void enter(std::size_t to, const Real& mmol_per_h) { dxdt[to] += mmol_per_h; }
  /// A reading of a flow out of `from`, in a state that holds nothing.
  MGPK_INLINED void read(std::size_t, std::size_t into, const Real& per_h) { dxdt[into] += per_h; }
  /// All that is not magnesium: acid, meals, binders, glycine, the shift of Tm.
  MGPK_INLINED void change(std::size_t state, const Real& per_h) { dxdt[state] += per_h; }
};

}  // namespace mgpk::body
