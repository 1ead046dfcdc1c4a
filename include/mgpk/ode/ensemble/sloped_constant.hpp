// Parameters with slopes that stay the same for many steps: what is divided by them is multiplied.
#pragma once

#include <cstddef>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// A parameter as a dual number over lanes, with the inverse of its value: what `Constant` is where
/// there are no slopes. Its quotients have the same bits as those of a `Constant`.
template <std::size_t P, class Value>
struct SlopedConstant : Dual<P, Value> {
  using Number = Dual<P, Value>;

  Value inverse;

  SlopedConstant() = default;
  // Implicit, like that of dual numbers, so that a parameter may have a value by default.
  MGPK_LANES SlopedConstant(double number) : Number(number), inverse(1.0 / number) {}

  friend MGPK_LANES Number operator/(const Number& a, const SlopedConstant& b) {
    const Value quotient = a.value * b.inverse;
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
