// A model whose numbers lie in lanes: plain lanes, or constants that are divided by without a
// division.
#pragma once

#include <cstddef>
#include <type_traits>

#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/sloped_constant.hpp>
#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/lanes/constant.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace registers {

template <class System, class Wide>
struct ModelInLanesOf {
  using Type = OnScalar<System, Wide>;
};
template <class System, std::size_t Width>
  requires(takes_inverses<System>())
struct ModelInLanesOf<System, Lanes<Width>> {
  static_assert(MadeOfNumbers<System, Lanes<Width>>,
                "a model that takes inverses must be nothing but its numbers");
  using Type = OnScalar<System, Constant<Width>>;
};
template <class System, std::size_t P, std::size_t Width>
  requires(takes_inverses<System>())
struct ModelInLanesOf<System, Dual<P, Lanes<Width>>> {
  using Type = OnScalar<System, SlopedConstant<P, Lanes<Width>>>;
};

}  // namespace registers

/// What the lanes of a batch evaluate.
template <class System, class Wide>
using ModelInLanes = typename registers::ModelInLanesOf<System, Wide>::Type;

/// Writes the numbers of one person into a lane of such a model.
template <class Wide, class Target, class System>
void seat_in_lane(Target& target, std::size_t lane, const System& source) {
  if constexpr (!std::is_same_v<Target, OnScalar<System, Wide>>) {
    set_lane_of_constants<Wide>(target, lane, source);
  } else {
    set_lane<Wide>(target, lane, source);
  }
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
