// The parts of a number in lanes: its value and, where it is a dual number, its slopes.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace registers {

template <class Number>
struct PartsOf {
  using Part = Number;
  static constexpr std::size_t n_slopes = 0;
  template <std::size_t Width>
  using Wide = Lanes<Width>;
};
template <std::size_t N, class Value>
struct PartsOf<Dual<N, Value>> {
  using Part = Value;
  static constexpr std::size_t n_slopes = N;
  template <std::size_t Width>
  using Wide = Dual<N, Lanes<Width>>;
};

}  // namespace registers

/// What a number is made of: itself, or the value and the slopes of a dual number.
template <class Number>
using PartOf = typename registers::PartsOf<Number>::Part;
template <class Number>
inline constexpr std::size_t n_slopes_of = registers::PartsOf<Number>::n_slopes;
template <class Number>
inline constexpr std::size_t n_parts_of = 1 + n_slopes_of<Number>;

/// Many of a number in lanes: each part in lanes of its own.
template <class Number, std::size_t Width>
using InLanes = typename registers::PartsOf<Number>::template Wide<Width>;

/// In the place of what only numbers with slopes need.
struct Ignored {
  constexpr explicit Ignored(const void*) {}
};

/// Part 0 is the value. Parts lie one behind the other.
template <class Number>
MGPK_LANES PartOf<Number>& part(Number& number, std::size_t p) {
  static_assert(sizeof(Number) == n_parts_of<Number> * sizeof(PartOf<Number>));
  return reinterpret_cast<PartOf<Number>*>(&number)[p];
}
template <class Number>
MGPK_LANES const PartOf<Number>& part(const Number& number, std::size_t p) {
  return reinterpret_cast<const PartOf<Number>*>(&number)[p];
}

/// How many doubles one row of a member takes: its columns, and their slopes where there are any.
template <class Members>
std::size_t row_length(const Members& members) {
  if constexpr (requires { members.layout(); }) {
    return Members::Columns::n_columns * (1 + members.layout().n_directions);
  } else {
    return Members::Columns::n_columns;
  }
}

template <std::size_t Width, std::size_t N>
MGPK_LANES const std::array<Lanes<Width>, N>& values_of(const std::array<Lanes<Width>, N>& x) {
  return x;
}
template <std::size_t P, class Value, std::size_t N>
MGPK_LANES std::array<Value, N> values_of(const std::array<Dual<P, Value>, N>& x) {
  std::array<Value, N> values;
  for (std::size_t i = 0; i < N; ++i) values[i] = x[i].value;
  return values;
}

/// The numbers of one lane, out of many and back.
template <class Number, class Wide, std::size_t N>
void take_lane(const std::array<Wide, N>& from, std::size_t lane, std::array<Number, N>& to) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t p = 0; p < n_parts_of<Wide>; ++p) part(to[i], p) = part(from[i], p)[lane];
}
template <class Number, class Wide, std::size_t N>
void put_lane(std::array<Wide, N>& to, std::size_t lane, const std::array<Number, N>& from) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t p = 0; p < n_parts_of<Wide>; ++p) part(to[i], p).set(lane, part(from[i], p));
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
