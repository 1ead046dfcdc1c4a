// Which kind of step a pair takes.
#pragma once

#include <cstddef>
#include <type_traits>

#include <mgpk/ode/ensemble/explicit_step.hpp>
#include <mgpk/ode/ensemble/implicit_step.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace registers {

template <class System, class Pair, class Real, std::size_t Upstream>
struct StepOf {
  using Type = ExplicitStep<System, Pair, Real, Upstream>;
};
template <class System, class Pair, class Real, std::size_t Upstream>
  requires(Pair::is_implicit)
struct StepOf<System, Pair, Real, Upstream> {
  using Type = ImplicitStep<System, Pair, Real, Upstream>;
};

}  // namespace registers

template <class Pair>
inline constexpr bool is_implicit_pair = requires { requires Pair::is_implicit; };

/// ExplicitStep, or ImplicitStep for a pair that says `is_implicit`.
template <class System, class Pair, class Real, std::size_t Upstream>
using Step = typename registers::StepOf<System, Pair, Real, Upstream>::Type;

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
