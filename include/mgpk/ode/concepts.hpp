// What a model must offer to be solved, and what it may offer besides.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string>

#include <mgpk/ode/dual.hpp>

namespace mgpk::ode {

template <class Real, std::size_t N>
using State = std::array<Real, N>;

namespace detail {

template <class System, class Real>
concept DifferentiableOn =
    requires(const System& system, Real t_h, const State<Real, System::n_states>& x,
             State<Real, System::n_states>& dxdt) { system.derivatives(t_h, x, dxdt); };

template <class System>
concept NamesStatesByFunction = requires(const System& system, std::size_t index) {
  { system.state_name(index) } -> std::convertible_to<std::string>;
};

template <class System>
concept NamesStatesByArray =
    requires(std::size_t index) { std::string(System::state_names[index]); };

template <class System>
concept DeclaresNonNegativity = requires {
  { System::states_are_non_negative } -> std::convertible_to<bool>;
};

template <class System>
concept DeclaresNonNegativityByState = requires(std::size_t index) {
  { System::state_is_non_negative(index) } -> std::convertible_to<bool>;
};

}  // namespace detail

/// A model: the number of states and their derivatives, written once on any scalar:
///   static constexpr std::size_t n_states = 2;
///   template <class Real>
///   void derivatives(Real t_h, const State<Real, 2>& x, State<Real, 2>& dxdt) const;
/// Optional: `state_name(i)` or an array `state_names`, used in messages; and
/// `static constexpr bool states_are_non_negative = true`, which the solver then watches, or, where
/// some states may be negative, `static constexpr bool state_is_non_negative(std::size_t i)`.
template <class System>
concept OdeSystem = requires {
  { System::n_states } -> std::convertible_to<std::size_t>;
  requires System::n_states > 0;
} && detail::DifferentiableOn<System, double> && detail::DifferentiableOn<System, Dual<8>>;

template <OdeSystem System>
std::string state_name_of(const System& system, std::size_t index) {
  if constexpr (detail::NamesStatesByFunction<System>) {
    return std::string(system.state_name(index));
  } else if constexpr (detail::NamesStatesByArray<System>) {
    return std::string(System::state_names[index]);
  } else {
    static_cast<void>(system);
    return "state " + std::to_string(index);
  }
}

/// Whether the solver watches over a state: below zero the model is broken.
template <OdeSystem System>
constexpr bool is_non_negative_state([[maybe_unused]] std::size_t index) {
  if constexpr (detail::DeclaresNonNegativityByState<System>) {
    return System::state_is_non_negative(index);
  } else if constexpr (detail::DeclaresNonNegativity<System>) {
    return System::states_are_non_negative;
  } else {
    return false;
  }
}

}  // namespace mgpk::ode
