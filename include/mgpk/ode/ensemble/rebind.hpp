// The same model on another scalar: how one person's numbers come to lie in a lane.
#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace mgpk::ode {

namespace detail {

template <class System, class Real>
struct Rebound {
  using Type = typename System::template Rebind<Real>;
};
template <template <class> class System, class Par, class Real>
struct Rebound<System<Par>, Real> {
  using Type = System<Real>;
};
template <template <std::size_t, class> class System, std::size_t N, class Par, class Real>
struct Rebound<System<N, Par>, Real> {
  using Type = System<N, Real>;
};

}  // namespace detail

/// A model whose numbers are of type `Real`. Found by itself for `Model<double>` and
/// `Model<N, double>`; any other model says `template <class Real> using Rebind = ...;`.
template <class System, class Real>
using OnScalar = typename detail::Rebound<System, Real>::Type;

/// A model that is nothing but its numbers: lanes of them can be filled one by one.
template <class System, class Real>
concept MadeOfNumbers =
    std::is_trivially_copyable_v<System> && std::is_standard_layout_v<OnScalar<System, Real>> &&
    sizeof(System) % sizeof(double) == 0 &&
    sizeof(OnScalar<System, Real>) == sizeof(System) / sizeof(double) * sizeof(Real);

/// Writes the numbers of one person into a lane. A model that holds more than numbers offers a
/// function of this name in its own namespace.
template <class Real, class System>
  requires MadeOfNumbers<System, Real>
void set_lane(OnScalar<System, Real>& target, std::size_t lane, const System& source) {
  // Bytes, because a compiler may assume that a struct of lanes holds no single doubles.
  auto* to = reinterpret_cast<std::byte*>(&target);
  const auto* from = reinterpret_cast<const std::byte*>(&source);
  for (std::size_t i = 0; i < sizeof(System) / sizeof(double); ++i)
    std::memcpy(to + i * sizeof(Real) + lane * sizeof(double), from + i * sizeof(double),
                sizeof(double));
}

}  // namespace mgpk::ode
