// Dual numbers: a value with its exact slopes along `Width` directions (forward differentiation).
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <mgpk/inlined.hpp>
#include <mgpk/ode/dual_slopes.hpp>

/// Inlined whole: a call would send every slope through memory.
#define MGPK_DUAL MGPK_INLINED constexpr

namespace mgpk::ode {

/// Laws written on a template scalar run on Dual unchanged; comparisons look at the value only.
/// `Value` is a number, or lanes of numbers: then the slopes are lanes, too.
template <std::size_t Width, class Value = double>
struct Dual;

namespace detail {

template <class T>
inline constexpr bool is_dual = false;
template <std::size_t Width, class Value>
inline constexpr bool is_dual<Dual<Width, Value>> = true;

/// What stands beside a dual number without slopes of its own.
template <class Number, class Value>
concept PlainBeside = std::convertible_to<Number, Value> && !is_dual<Number>;

/// a·b + c: two roundings for a number, as it always was, and what lanes make of it for lanes.
template <class Value>
constexpr Value multiply_add(const Value& a, const Value& b, const Value& c) {
  if constexpr (std::is_arithmetic_v<Value>) {
    return a * b + c;
  } else {
    return fma(a, b, c);
  }
}

/// `yes` where the mask says so. A plain number has a plain mask.
template <class Mask, class Value>
constexpr Value chosen(const Mask& mask, const Value& yes, const Value& no) {
  if constexpr (std::is_same_v<Mask, bool>) {
    return mask ? yes : no;
  } else {
    return select(mask, yes, no);
  }
}

}  // namespace detail

template <std::size_t Width, class Value>
struct Dual {
  using Slopes = detail::SlopesOf<Width, Value>;

  Value value{};
  Slopes slope{};

  constexpr Dual() = default;
  // Implicit, so that a law may write `Real rate = 0.5;`. A plain number has no slope.
  template <detail::PlainBeside<Value> Number>
  MGPK_DUAL Dual(const Number& number) : value(number) {}
  MGPK_DUAL Dual(const Value& number, const Slopes& slopes) : value(number), slope(slopes) {}

  // In place: through a temporary, the copy alone would take most of the time of a Jacobian.
  MGPK_DUAL Dual& operator+=(const Dual& other) {
    value += other.value;
    each([&](std::size_t i) MGPK_INLINED { slope[i] += other.slope[i]; });
    return *this;
  }
  MGPK_DUAL Dual& operator-=(const Dual& other) {
    value -= other.value;
    each([&](std::size_t i) MGPK_INLINED { slope[i] -= other.slope[i]; });
    return *this;
  }
  MGPK_DUAL Dual& operator*=(const Dual& other) { return *this = *this * other; }
  MGPK_DUAL Dual& operator/=(const Dual& other) { return *this = *this / other; }
  template <detail::PlainBeside<Value> Number>
  MGPK_DUAL Dual& operator+=(const Number& number) {
    return *this = *this + number;
  }
  template <detail::PlainBeside<Value> Number>
  MGPK_DUAL Dual& operator-=(const Number& number) {
    return *this = *this - number;
  }
  template <detail::PlainBeside<Value> Number>
  MGPK_DUAL Dual& operator*=(const Number& number) {
    return *this = *this * number;
  }
  template <detail::PlainBeside<Value> Number>
  MGPK_DUAL Dual& operator/=(const Number& number) {
    return *this = *this / number;
  }

  friend MGPK_DUAL Dual operator+(const Dual& a) { return a; }
  friend MGPK_DUAL Dual operator-(const Dual& a) { return linear(-a.value, Value(-1.0), a); }

  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator+(const Dual& a, const Number& b) {
    return Dual(a.value + Value(b), a.slope);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator+(const Number& a, const Dual& b) {
    return Dual(Value(a) + b.value, b.slope);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator-(const Dual& a, const Number& b) {
    return Dual(a.value - Value(b), a.slope);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator-(const Number& a, const Dual& b) {
    return linear(Value(a) - b.value, Value(-1.0), b);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator*(const Dual& a, const Number& b) {
    const Value factor(b);
    return linear(a.value * factor, factor, a);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator*(const Number& a, const Dual& b) {
    const Value factor(a);
    return linear(factor * b.value, factor, b);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator/(const Dual& a, const Number& b) {
    const Value divisor(b);
    return linear(a.value / divisor, 1.0 / divisor, a);
  }
  template <detail::PlainBeside<Value> Number>
  friend MGPK_DUAL Dual operator/(const Number& a, const Dual& b) {
    const Value quotient = Value(a) / b.value;
    return linear(quotient, -quotient / b.value, b);
  }

  friend MGPK_DUAL Dual operator+(const Dual& a, const Dual& b) {
    Dual result = a;
    return result += b;
  }
  friend MGPK_DUAL Dual operator-(const Dual& a, const Dual& b) {
    Dual result = a;
    return result -= b;
  }
  friend MGPK_DUAL Dual operator*(const Dual& a, const Dual& b) {
    return linear(a.value * b.value, b.value, a, a.value, b);
  }
  friend MGPK_DUAL Dual operator/(const Dual& a, const Dual& b) {
    const Value quotient = a.value / b.value;
    const Value per_divisor = 1.0 / b.value;
    return linear(quotient, per_divisor, a, -quotient * per_divisor, b);
  }

  friend MGPK_DUAL auto operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
  friend MGPK_DUAL auto operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend MGPK_DUAL auto operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
  friend MGPK_DUAL auto operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
  friend MGPK_DUAL auto operator>=(const Dual& a, const Dual& b) { return a.value >= b.value; }

  /// `yes` where the mask says so: the branch that is taken gives the slopes as well.
  template <class Mask>
    requires(!std::is_same_v<Mask, bool>)
  friend MGPK_DUAL Dual select(const Mask& mask, const Dual& yes, const Dual& no) {
    Dual result = unsloped(detail::chosen(mask, yes.value, no.value));
    each([&](std::size_t i)
             MGPK_INLINED { result.slope[i] = detail::chosen(mask, yes.slope[i], no.slope[i]); });
    return result;
  }

  /// The value `number` with the slopes factor·a: the chain rule for one argument.
  static MGPK_DUAL Dual linear(const Value& number, const Value& factor, const Dual& a) {
    Dual result = unsloped(number);
    each([&](std::size_t i) MGPK_INLINED { result.slope[i] = factor * a.slope[i]; });
    return result;
  }
  /// The chain rule for two arguments.
  static MGPK_DUAL Dual linear(const Value& number, const Value& factor_a, const Dual& a,
                               const Value& factor_b, const Dual& b) {
    Dual result = unsloped(number);
    each([&](std::size_t i) MGPK_INLINED {
      result.slope[i] = detail::multiply_add<Value>(factor_a, a.slope[i], factor_b * b.slope[i]);
    });
    return result;
  }
  template <class Work>
  static MGPK_DUAL void each(Work&& work) {
    detail::each_direction<Width, Value>(work);
  }

 private:
  static MGPK_DUAL Dual unsloped(const Value& number) {
    return Dual(number, detail::unset_slopes<Width, Value>());
  }
};

}  // namespace mgpk::ode
