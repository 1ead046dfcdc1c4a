// What a model may say about its own structure, for solvers that can use it.
#pragma once

#include <concepts>
#include <cstddef>

namespace mgpk::ode {

namespace detail {

template <class System>
concept DeclaresUpstream = requires {
  { System::n_upstream } -> std::convertible_to<std::size_t>;
};
template <class System>
concept DeclaresReadouts = requires {
  { System::n_readouts } -> std::convertible_to<std::size_t>;
};

template <class System>
concept DeclaresInverses = requires {
  { System::takes_inverses } -> std::convertible_to<bool>;
};

}  // namespace detail

/// Whether what a model divides by a parameter may be multiplied by the parameter's inverse, taken
/// once: a division takes as long as a dozen multiplications. The last digit of such a quotient may
/// differ from that of a true one. A model says `static constexpr bool takes_inverses = true;`.
template <class System>
constexpr bool takes_inverses() {
  if constexpr (detail::DeclaresInverses<System>) {
    return System::takes_inverses;
  } else {
    return false;
  }
}

/// How many states, from the first on, form a linear chain that nothing else flows into: each
/// depends on those before it only, with rates that are constant between two stops. A model says
/// `static constexpr std::size_t n_upstream = 2;`; such states are solved exactly.
template <class System>
constexpr std::size_t n_upstream_of() {
  if constexpr (detail::DeclaresUpstream<System>) {
    return System::n_upstream;
  } else {
    return 0;
  }
}

/// How many states, up to the last one, only accumulate: no derivative depends on them. A model
/// says `static constexpr std::size_t n_readouts = 1;`; they are carried by quadrature.
template <class System>
constexpr std::size_t n_readouts_of() {
  if constexpr (detail::DeclaresReadouts<System>) {
    return System::n_readouts;
  } else {
    return 0;
  }
}

}  // namespace mgpk::ode
