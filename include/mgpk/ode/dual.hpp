// Dual numbers: a value with its exact slopes along `Width` directions (forward differentiation).
#pragma once

#include <array>
#include <cmath>
#include <compare>
#include <cstddef>

namespace mgpk::ode {

/// Laws written on a template scalar run on Dual unchanged; comparisons look at the value only.
template <std::size_t Width>
struct Dual {
  double value = 0.0;
  std::array<double, Width> slope{};

  constexpr Dual() = default;
  // Implicit, so that a law may write `Real rate = 0.5;`. A plain number has no slope.
  constexpr Dual(double number) : value(number) {}
  constexpr Dual(double number, const std::array<double, Width>& slopes)
      : value(number), slope(slopes) {}

  // In place: through a temporary, the copy alone would take most of the time of a Jacobian.
  constexpr Dual& operator+=(const Dual& other) {
    value += other.value;
    for (std::size_t i = 0; i < Width; ++i) slope[i] += other.slope[i];
    return *this;
  }
  constexpr Dual& operator-=(const Dual& other) {
    value -= other.value;
    for (std::size_t i = 0; i < Width; ++i) slope[i] -= other.slope[i];
    return *this;
  }
  constexpr Dual& operator*=(const Dual& other) { return *this = *this * other; }
  constexpr Dual& operator/=(const Dual& other) { return *this = *this / other; }
  constexpr Dual& operator+=(double number) { return *this = *this + number; }
  constexpr Dual& operator-=(double number) { return *this = *this - number; }
  constexpr Dual& operator*=(double number) { return *this = *this * number; }
  constexpr Dual& operator/=(double number) { return *this = *this / number; }

  friend constexpr Dual operator+(const Dual& a) { return a; }
  friend constexpr Dual operator-(const Dual& a) { return linear(-a.value, -1.0, a); }

  friend constexpr Dual operator+(const Dual& a, double b) { return Dual(a.value + b, a.slope); }
  friend constexpr Dual operator+(double a, const Dual& b) { return Dual(a + b.value, b.slope); }
  friend constexpr Dual operator-(const Dual& a, double b) { return Dual(a.value - b, a.slope); }
  friend constexpr Dual operator-(double a, const Dual& b) { return linear(a - b.value, -1.0, b); }
  friend constexpr Dual operator*(const Dual& a, double b) { return linear(a.value * b, b, a); }
  friend constexpr Dual operator*(double a, const Dual& b) { return linear(a * b.value, a, b); }
  friend constexpr Dual operator/(const Dual& a, double b) {
    return linear(a.value / b, 1.0 / b, a);
  }
  friend constexpr Dual operator/(double a, const Dual& b) {
    const double quotient = a / b.value;
    return linear(quotient, -quotient / b.value, b);
  }

  friend constexpr Dual operator+(const Dual& a, const Dual& b) {
    return linear(a.value + b.value, 1.0, a, 1.0, b);
  }
  friend constexpr Dual operator-(const Dual& a, const Dual& b) {
    return linear(a.value - b.value, 1.0, a, -1.0, b);
  }
  friend constexpr Dual operator*(const Dual& a, const Dual& b) {
    return linear(a.value * b.value, b.value, a, a.value, b);
  }
  friend constexpr Dual operator/(const Dual& a, const Dual& b) {
    const double quotient = a.value / b.value;
    return linear(quotient, 1.0 / b.value, a, -quotient / b.value, b);
  }

  friend constexpr bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
  friend constexpr bool operator==(const Dual& a, double b) { return a.value == b; }
  friend constexpr std::partial_ordering operator<=>(const Dual& a, const Dual& b) {
    return a.value <=> b.value;
  }
  friend constexpr std::partial_ordering operator<=>(const Dual& a, double b) {
    return a.value <=> b;
  }

  /// The value `number` with the slopes factor·a: the chain rule for one argument.
  static constexpr Dual linear(double number, double factor, const Dual& a) {
    Dual result(number);
    for (std::size_t i = 0; i < Width; ++i) result.slope[i] = factor * a.slope[i];
    return result;
  }
  /// The chain rule for two arguments.
  static constexpr Dual linear(double number, double factor_a, const Dual& a, double factor_b,
                               const Dual& b) {
    Dual result(number);
    for (std::size_t i = 0; i < Width; ++i)
      result.slope[i] = factor_a * a.slope[i] + factor_b * b.slope[i];
    return result;
  }
};

// The functions below are found by argument-dependent lookup: a law writes
// `using std::exp; return exp(-k * t);` and works on double and on Dual alike.

namespace detail {

// An infinite factor (sqrt at zero) must not turn a slope of exactly zero into NaN:
// what does not depend on the direction has no slope along it.
template <std::size_t Width>
Dual<Width> chain(double number, double factor, const Dual<Width>& a) {
  Dual<Width> result = Dual<Width>::linear(number, factor, a);
  if (std::isfinite(factor)) return result;
  for (std::size_t i = 0; i < Width; ++i)
    if (a.slope[i] == 0.0) result.slope[i] = 0.0;
  return result;
}

}  // namespace detail

template <std::size_t Width>
Dual<Width> sqrt(const Dual<Width>& a) {
  const double root = std::sqrt(a.value);
  return detail::chain(root, 0.5 / root, a);
}

template <std::size_t Width>
Dual<Width> exp(const Dual<Width>& a) {
  const double power = std::exp(a.value);
  return detail::chain(power, power, a);
}

template <std::size_t Width>
Dual<Width> expm1(const Dual<Width>& a) {
  return detail::chain(std::expm1(a.value), std::exp(a.value), a);
}

template <std::size_t Width>
Dual<Width> log(const Dual<Width>& a) {
  return detail::chain(std::log(a.value), 1.0 / a.value, a);
}

template <std::size_t Width>
Dual<Width> log1p(const Dual<Width>& a) {
  return detail::chain(std::log1p(a.value), 1.0 / (1.0 + a.value), a);
}

template <std::size_t Width>
Dual<Width> sin(const Dual<Width>& a) {
  return detail::chain(std::sin(a.value), std::cos(a.value), a);
}

template <std::size_t Width>
Dual<Width> cos(const Dual<Width>& a) {
  return detail::chain(std::cos(a.value), -std::sin(a.value), a);
}

template <std::size_t Width>
Dual<Width> tanh(const Dual<Width>& a) {
  const double value = std::tanh(a.value);
  return detail::chain(value, 1.0 - value * value, a);
}

template <std::size_t Width>
constexpr Dual<Width> abs(const Dual<Width>& a) {
  return a.value < 0.0 ? -a : a;
}

template <std::size_t Width>
Dual<Width> pow(const Dual<Width>& base, double exponent) {
  // d/dx x^0 is zero even at x = 0, where the general factor would be 0·inf.
  const double factor = exponent == 0.0 ? 0.0 : exponent * std::pow(base.value, exponent - 1.0);
  return detail::chain(std::pow(base.value, exponent), factor, base);
}

template <std::size_t Width>
Dual<Width> pow(double base, const Dual<Width>& exponent) {
  const double power = std::pow(base, exponent.value);
  // x^p log x tends to zero with x for p > 0.
  const double factor = power == 0.0 ? 0.0 : power * std::log(base);
  return detail::chain(power, factor, exponent);
}

template <std::size_t Width>
Dual<Width> pow(const Dual<Width>& base, const Dual<Width>& exponent) {
  Dual<Width> result = pow(base, exponent.value);
  const Dual<Width> by_exponent = pow(base.value, exponent);
  bool exponent_varies = false;
  for (const double slope : exponent.slope) exponent_varies = exponent_varies || slope != 0.0;
  if (!exponent_varies) return result;  // keeps log of a negative base out of a constant power
  for (std::size_t i = 0; i < Width; ++i) result.slope[i] += by_exponent.slope[i];
  return result;
}

template <std::size_t Width>
bool isfinite(const Dual<Width>& a) {
  bool finite = std::isfinite(a.value);
  for (const double slope : a.slope) finite = finite && std::isfinite(slope);
  return finite;
}

}  // namespace mgpk::ode
