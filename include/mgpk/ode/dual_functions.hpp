// Elementary functions of dual numbers, by the chain rule.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>

#include <mgpk/inlined.hpp>
#include <mgpk/ode/dual_number.hpp>

namespace mgpk::ode {

// The functions below are found by argument-dependent lookup: a law writes
// `using std::exp; return exp(-k * t);` and works on numbers, on lanes and on Dual alike.

namespace detail {

/// Whether a mask says yes everywhere.
constexpr bool everywhere(bool mask) { return mask; }
template <class Mask>
constexpr bool everywhere(const Mask& mask) {
  return all(mask);
}

// An infinite factor (sqrt at zero) must not turn a slope of exactly zero into NaN:
// what does not depend on the direction has no slope along it.
template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> chain(const Value& number, const Value& factor,
                                   const Dual<Width, Value>& a) {
  using std::isfinite;
  Dual<Width, Value> result = Dual<Width, Value>::linear(number, factor, a);
  const auto finite = isfinite(factor);
  if (everywhere(finite)) return result;
  for (std::size_t i = 0; i < Width; ++i)
    result.slope[i] = chosen(a.slope[i] == Value(0.0), Value(0.0), result.slope[i]);
  return result;
}

}  // namespace detail

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> sqrt(const Dual<Width, Value>& a) {
  using std::sqrt;
  const Value root = sqrt(a.value);
  return detail::chain<Width, Value>(root, 0.5 / root, a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> exp(const Dual<Width, Value>& a) {
  using std::exp;
  const Value power = exp(a.value);
  return detail::chain<Width, Value>(power, power, a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> expm1(const Dual<Width, Value>& a) {
  using std::exp, std::expm1;
  return detail::chain<Width, Value>(expm1(a.value), exp(a.value), a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> log(const Dual<Width, Value>& a) {
  using std::log;
  return detail::chain<Width, Value>(log(a.value), 1.0 / a.value, a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> log1p(const Dual<Width, Value>& a) {
  using std::log1p;
  return detail::chain<Width, Value>(log1p(a.value), 1.0 / (1.0 + a.value), a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> sin(const Dual<Width, Value>& a) {
  using std::cos, std::sin;
  return detail::chain<Width, Value>(sin(a.value), cos(a.value), a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> cos(const Dual<Width, Value>& a) {
  using std::cos, std::sin;
  return detail::chain<Width, Value>(cos(a.value), -sin(a.value), a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> tanh(const Dual<Width, Value>& a) {
  using std::tanh;
  const Value value = tanh(a.value);
  return detail::chain<Width, Value>(value, 1.0 - value * value, a);
}

/// a·b + c, the value in one rounding where lanes have it.
template <std::size_t Width, class Value>
  requires(!std::is_arithmetic_v<Value>)
MGPK_DUAL Dual<Width, Value> fma(const Dual<Width, Value>& a, const Dual<Width, Value>& b,
                                 const Dual<Width, Value>& c) {
  Dual<Width, Value> result = c;
  result.value = fma(a.value, b.value, c.value);
  Dual<Width, Value>::each([&](std::size_t i) MGPK_INLINED {
    result.slope[i] = fma(a.value, b.slope[i], fma(a.slope[i], b.value, c.slope[i]));
  });
  return result;
}

template <std::size_t Width, class Value>
constexpr Dual<Width, Value> abs(const Dual<Width, Value>& a) {
  return detail::chosen(a.value < Value(0.0), -a, a);
}

/// The first of two that are equal, as std::max and std::min, which know no lanes.
template <std::size_t Width, class Value>
constexpr Dual<Width, Value> max(const Dual<Width, Value>& a, const Dual<Width, Value>& b) {
  return detail::chosen(a.value < b.value, b, a);
}
template <std::size_t Width, class Value>
constexpr Dual<Width, Value> min(const Dual<Width, Value>& a, const Dual<Width, Value>& b) {
  return detail::chosen(b.value < a.value, b, a);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> pow(const Dual<Width, Value>& base, double exponent) {
  using std::pow;
  // d/dx x^0 is zero even at x = 0, where the general factor would be 0·inf.
  const Value factor =
      exponent == 0.0 ? Value(0.0) : Value(exponent * pow(base.value, exponent - 1.0));
  return detail::chain<Width, Value>(pow(base.value, exponent), factor, base);
}

template <std::size_t Width, class Value, detail::PlainBeside<Value> Number>
Dual<Width, Value> pow(const Number& base, const Dual<Width, Value>& exponent) {
  using std::log, std::pow;
  const Value number(base);
  const Value power = pow(number, exponent.value);
  // x^p log x tends to zero with x for p > 0.
  const Value factor = detail::chosen(power == Value(0.0), Value(0.0), Value(power * log(number)));
  return detail::chain<Width, Value>(power, factor, exponent);
}

template <std::size_t Width, class Value>
MGPK_DUAL Dual<Width, Value> pow(const Dual<Width, Value>& base,
                                 const Dual<Width, Value>& exponent) {
  using std::pow;
  const Value power = pow(base.value, exponent.value);
  const Value factor =
      detail::chosen(exponent.value == Value(0.0), Value(0.0),
                     Value(exponent.value * pow(base.value, exponent.value - 1.0)));
  Dual<Width, Value> result = detail::chain<Width, Value>(power, factor, base);
  const Dual<Width, Value> by_exponent = pow(base.value, exponent);
  // Where the exponent does not vary, the log of a negative base stays out of a constant power.
  for (std::size_t i = 0; i < Width; ++i)
    result.slope[i] +=
        detail::chosen(exponent.slope[i] == Value(0.0), Value(0.0), Value(by_exponent.slope[i]));
  return result;
}

/// Whether the value and all slopes are finite.
template <std::size_t Width, class Value>
auto isfinite(const Dual<Width, Value>& a) {
  using std::isfinite;
  auto finite = isfinite(a.value);
  for (const Value& slope : a.slope) {
    if constexpr (std::is_arithmetic_v<Value>) {
      finite = finite && isfinite(slope);
    } else {
      finite = finite & isfinite(slope);
    }
  }
  return finite;
}

}  // namespace mgpk::ode
