// Dual numbers: a value with its exact slopes along `Width` directions (forward differentiation).
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <mgpk/ode/dual_slopes.hpp>

/// Inlined whole: a call would send every slope through memory.
#define MGPK_DUAL __attribute__((always_inline)) constexpr

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
    each([&](std::size_t i) __attribute__((always_inline)) { slope[i] += other.slope[i]; });
    return *this;
  }
  MGPK_DUAL Dual& operator-=(const Dual& other) {
    value -= other.value;
    each([&](std::size_t i) __attribute__((always_inline)) { slope[i] -= other.slope[i]; });
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
    each([&](std::size_t i) __attribute__((always_inline)) {
      result.slope[i] = detail::chosen(mask, yes.slope[i], no.slope[i]);
    });
    return result;
  }

  /// The value `number` with the slopes factor·a: the chain rule for one argument.
  static MGPK_DUAL Dual linear(const Value& number, const Value& factor, const Dual& a) {
    Dual result = unsloped(number);
    each([&](std::size_t i)
             __attribute__((always_inline)) { result.slope[i] = factor * a.slope[i]; });
    return result;
  }
  /// The chain rule for two arguments.
  static MGPK_DUAL Dual linear(const Value& number, const Value& factor_a, const Dual& a,
                               const Value& factor_b, const Dual& b) {
    Dual result = unsloped(number);
    each([&](std::size_t i) __attribute__((always_inline)) {
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
  Dual<Width, Value>::each([&](std::size_t i) __attribute__((always_inline)) {
    result.slope[i] = fma(a.value, b.slope[i], fma(a.slope[i], b.value, c.slope[i]));
  });
  return result;
}

template <std::size_t Width, class Value>
constexpr Dual<Width, Value> abs(const Dual<Width, Value>& a) {
  return detail::chosen(a.value < Value(0.0), -a, a);
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
