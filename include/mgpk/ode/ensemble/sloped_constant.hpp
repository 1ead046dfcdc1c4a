// Parameters with slopes that stay the same for many steps: what is divided by them is multiplied.
#pragma once

#include <cstddef>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// A parameter as a dual number over lanes, with the inverse of its value: what `Constant` is where
/// there are no slopes. Its quotients have the same bits as those of a `Constant`. Most parameters
/// have no slopes in a group, and a product with them is spared the terms that are zero.
template <std::size_t P, class Value>
struct SlopedConstant : Dual<P, Value> {
  using Number = Dual<P, Value>;

  Value inverse;
  alignas(Value) bool has_slopes = false;  ///< in any lane

  SlopedConstant() = default;
  // Implicit, like that of dual numbers, so that a parameter may have a value by default.
  MGPK_LANES SlopedConstant(double number) : Number(number), inverse(1.0 / number) {}

  void set(std::size_t lane, const Dual<P>& number) {
    for (std::size_t p = 0; p <= P; ++p)
      part(static_cast<Number&>(*this), p).set(lane, part(number, p));
    inverse.set(lane, 1.0 / number.value);
    has_slopes = false;
    for (const Value& along : this->slope) has_slopes = has_slopes || any(!(along == Value(0.0)));
  }

  friend MGPK_LANES Number operator*(const Number& a, const SlopedConstant& b) {
    const Value product = a.value * b.value;
    if (!b.has_slopes) return Number::linear(product, b.value, a);
    return Number::linear(product, b.value, a, a.value, b);
  }
  friend MGPK_LANES Number operator*(const SlopedConstant& a, const Number& b) {
    const Value product = a.value * b.value;
    if (!a.has_slopes) return Number::linear(product, a.value, b);
    return Number::linear(product, b.value, a, a.value, b);
  }
  friend MGPK_LANES Number operator*(const SlopedConstant& a, const SlopedConstant& b) {
    return static_cast<const Number&>(a) * b;
  }
  template <detail::PlainBeside<Value> Plain>
  friend MGPK_LANES Number operator*(const Plain& a, const SlopedConstant& b) {
    return a * static_cast<const Number&>(b);
  }
  template <detail::PlainBeside<Value> Plain>
  friend MGPK_LANES Number operator*(const SlopedConstant& a, const Plain& b) {
    return b * a;
  }
  friend MGPK_LANES Number operator/(const Number& a, const SlopedConstant& b) {
    const Value quotient = a.value * b.inverse;
    if (!b.has_slopes) return Number::linear(quotient, b.inverse, a);
    return Number::linear(quotient, b.inverse, a, -quotient * b.inverse, b);
  }
  friend MGPK_LANES Number operator/(const SlopedConstant& a, const SlopedConstant& b) {
    return static_cast<const Number&>(a) / b;
  }
  template <detail::PlainBeside<Value> Plain>
  friend MGPK_LANES Number operator/(const Plain& a, const SlopedConstant& b) {
    const Value quotient = Value(a) * b.inverse;
    return Number::linear(quotient, -quotient * b.inverse, b);
  }
  template <detail::PlainBeside<Value> Plain>
  friend MGPK_LANES Number operator/(const SlopedConstant& a, const Plain& b) {
    return static_cast<const Number&>(a) / b;
  }
  // Of two of these, std::max and std::min would be nearer than those of dual numbers.
  friend MGPK_LANES Number max(const SlopedConstant& a, const SlopedConstant& b) {
    return max(static_cast<const Number&>(a), static_cast<const Number&>(b));
  }
  friend MGPK_LANES Number min(const SlopedConstant& a, const SlopedConstant& b) {
    return min(static_cast<const Number&>(a), static_cast<const Number&>(b));
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
