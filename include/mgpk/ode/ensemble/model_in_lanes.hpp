// A model whose numbers lie in lanes: plain lanes, or constants that are divided by without a
// division.
#pragma once

#include <cstddef>
#include <cstring>
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

template <class Wide>
struct ConstantOf;
template <std::size_t Width>
struct ConstantOf<Lanes<Width>> {
  using Type = Constant<Width>;
  using Source = double;
};
template <std::size_t P, std::size_t Width>
struct ConstantOf<Dual<P, Lanes<Width>>> {
  using Type = SlopedConstant<P, Lanes<Width>>;
  using Source = Dual<P>;
};

template <class System, class Wide>
struct ModelInLanesOf {
  using Type = OnScalar<System, Wide>;
};
template <class System, class Wide>
  requires(takes_inverses<System>())
struct ModelInLanesOf<System, Wide> {
  static_assert(MadeOfNumbers<System, Wide>,
                "a model that takes inverses must be nothing but its numbers");
  using Type = OnScalar<System, typename ConstantOf<Wide>::Type>;
};

}  // namespace registers

/// What the lanes of a batch evaluate.
template <class System, class Wide>
using ModelInLanes = typename registers::ModelInLanesOf<System, Wide>::Type;

/// Writes the numbers of one person into a lane of constants.
template <class Wide, class Target, class System>
void set_lane_of_constants(Target& target, std::size_t lane, const System& source) {
  using Constant = typename registers::ConstantOf<Wide>::Type;
  using Number = typename registers::ConstantOf<Wide>::Source;
  constexpr std::size_t n_numbers = sizeof(System) / sizeof(Number);
  static_assert(std::is_trivially_copyable_v<System>);
  static_assert(sizeof(target) == n_numbers * sizeof(Constant),
                "a model that takes inverses must be nothing but its numbers");
  auto* constants = reinterpret_cast<Constant*>(&target);
  const auto* from = reinterpret_cast<const std::byte*>(&source);
  for (std::size_t i = 0; i < n_numbers; ++i) {
    Number number;
    std::memcpy(&number, from + i * sizeof(Number), sizeof(Number));
    constants[i].set(lane, number);
  }
}

/// Writes the numbers of one person into a lane of a model in lanes.
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
