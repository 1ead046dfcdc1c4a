// The same model on another scalar: how one person's numbers come to lie in a lane.
#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>

#include <mgpk/ode/ensemble/parts.hpp>

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

/// How many doubles a model has room for.
template <class System>
inline constexpr std::size_t n_doubles = sizeof(System) / sizeof(double);

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
    sizeof(OnScalar<System, Real>) == detail::n_doubles<System> * sizeof(PartOf<Real>);

/// Writes the numbers of one person into a lane: doubles into lanes, dual numbers into dual numbers
/// over lanes. A model that holds more than numbers offers a
/// function of this name in its own namespace.
template <class Real, class System>
  requires MadeOfNumbers<System, Real>
void set_lane(OnScalar<System, Real>& target, std::size_t lane, const System& source) {
  // Bytes, because a compiler may assume that a struct of lanes holds no single doubles.
  auto* to = reinterpret_cast<std::byte*>(&target);
  const auto* from = reinterpret_cast<const std::byte*>(&source);
  for (std::size_t i = 0; i < detail::n_doubles<System>; ++i)
    std::memcpy(to + i * sizeof(PartOf<Real>) + lane * sizeof(double), from + i * sizeof(double),
                sizeof(double));
}

/// The same model without slopes.
template <class Number, class System>
OnScalar<System, double> values_of_model(const System& system) {
  OnScalar<System, double> values;
  constexpr std::size_t n = detail::n_doubles<OnScalar<System, double>>;
  static_assert(sizeof(System) == n * sizeof(Number));
  for (std::size_t i = 0; i < n; ++i)
    std::memcpy(reinterpret_cast<std::byte*>(&values) + i * sizeof(double),
                reinterpret_cast<const std::byte*>(&system) + i * sizeof(Number), sizeof(double));
  return values;
}

namespace detail {

/// Calls `copy(to the part, to the double)` for every number of a model.
template <class Number, class Sloped, class Plain, class Copy>
void each_part(Sloped& sloped, std::size_t p, Plain& plain, Copy&& copy) {
  static_assert(sizeof(Sloped) == n_doubles<Plain> * sizeof(Number),
                "slopes need a model that is nothing but its numbers");
  using Byte = std::conditional_t<std::is_const_v<Sloped>, const std::byte, std::byte>;
  using PlainByte = std::conditional_t<std::is_const_v<Plain>, const std::byte, std::byte>;
  auto* parts = reinterpret_cast<Byte*>(&sloped) + p * sizeof(double);
  auto* doubles = reinterpret_cast<PlainByte*>(&plain);
  for (std::size_t i = 0; i < n_doubles<Plain>; ++i)
    copy(parts + i * sizeof(Number), doubles + i * sizeof(double));
}

}  // namespace detail

/// Sets one part of all numbers of a model: its values (part 0) or its slopes in one direction.
template <class Number, class System>
void set_part(OnScalar<System, Number>& target, std::size_t p, const System& source) {
  detail::each_part<Number>(target, p, source, [](std::byte* part, const std::byte* number) {
    std::memcpy(part, number, sizeof(double));
  });
}
/// The same part as a plain model.
template <class Number, class System>
void take_part(const OnScalar<System, Number>& source, std::size_t p, System& target) {
  detail::each_part<Number>(source, p, target, [](const std::byte* part, std::byte* number) {
    std::memcpy(number, part, sizeof(double));
  });
}

}  // namespace mgpk::ode
