// Numbers in lanes that stay the same for many steps: what is divided by them is multiplied.
#pragma once

#include <cstddef>

#include <mgpk/ode/lanes/math.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// A parameter in lanes with its inverse, which is taken when a lane is set: a division takes as
/// long as a dozen multiplications. A quotient may differ in its last digit from a true one. In all
/// else it is the number itself.
template <std::size_t Width>
struct Constant {
  using Real = Lanes<Width>;

  Real number, inverse;

  Constant() = default;
  // Implicit, like that of lanes, so that a parameter may have a value by default.
  MGPK_LANES Constant(double value) : number(value), inverse(1.0 / value) {}

  MGPK_LANES void set(std::size_t lane, double value) {
    number.set(lane, value);
    inverse.set(lane, 1.0 / value);
  }
  MGPK_LANES operator const Real&() const { return number; }

  friend MGPK_LANES Real operator-(const Constant& a) { return -a.number; }

  friend MGPK_LANES Real operator+(const Constant& a, const Constant& b) {
    return a.number + b.number;
  }
  friend MGPK_LANES Real operator-(const Constant& a, const Constant& b) {
    return a.number - b.number;
  }
  friend MGPK_LANES Real operator*(const Constant& a, const Constant& b) {
    return a.number * b.number;
  }
  friend MGPK_LANES Real operator/(const Constant& a, const Constant& b) {
    return a.number * b.inverse;
  }
  friend MGPK_LANES Real operator/(const Real& a, const Constant& b) { return a * b.inverse; }

  friend MGPK_LANES Real operator+(double a, const Constant& b) { return a + b.number; }
  friend MGPK_LANES Real operator-(double a, const Constant& b) { return a - b.number; }
  friend MGPK_LANES Real operator*(double a, const Constant& b) { return a * b.number; }
  friend MGPK_LANES Real operator/(double a, const Constant& b) { return a * b.inverse; }
  friend MGPK_LANES Real operator+(const Constant& a, double b) { return a.number + b; }
  friend MGPK_LANES Real operator-(const Constant& a, double b) { return a.number - b; }
  friend MGPK_LANES Real operator*(const Constant& a, double b) { return a.number * b; }
  friend MGPK_LANES Real operator/(const Constant& a, double b) { return a.number / b; }

  // What a model may do with two parameters. With a state among them the operators of lanes serve.
  friend MGPK_LANES Real sqrt(const Constant& a) { return sqrt(a.number); }
  friend MGPK_LANES Real abs(const Constant& a) { return abs(a.number); }
  friend MGPK_LANES Real max(const Constant& a, const Constant& b) {
    return max(a.number, b.number);
  }
  friend MGPK_LANES Real min(const Constant& a, const Constant& b) {
    return min(a.number, b.number);
  }
  friend MGPK_LANES Mask<Width> operator<(const Constant& a, const Constant& b) {
    return a.number < b.number;
  }
  friend MGPK_LANES Mask<Width> operator<=(const Constant& a, const Constant& b) {
    return a.number <= b.number;
  }
  friend MGPK_LANES Mask<Width> operator>(const Constant& a, const Constant& b) {
    return a.number > b.number;
  }
  friend MGPK_LANES Mask<Width> operator>=(const Constant& a, const Constant& b) {
    return a.number >= b.number;
  }
  friend MGPK_LANES Mask<Width> operator==(const Constant& a, const Constant& b) {
    return a.number == b.number;
  }
};

// Functions of lanes are templates, which a constant does not match by itself.
template <std::size_t Width>
MGPK_LANES Lanes<Width> exp(const Constant<Width>& a) {
  return exp(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> expm1(const Constant<Width>& a) {
  return expm1(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> log(const Constant<Width>& a) {
  return log(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> log1p(const Constant<Width>& a) {
  return log1p(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> tanh(const Constant<Width>& a) {
  return tanh(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> sin(const Constant<Width>& a) {
  return sin(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> cos(const Constant<Width>& a) {
  return cos(a.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(const Constant<Width>& a, double exponent) {
  return pow(a.number, exponent);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(const Constant<Width>& a, const Constant<Width>& exponent) {
  return pow(a.number, exponent.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(const Lanes<Width>& a, const Constant<Width>& exponent) {
  return pow(a, exponent.number);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(const Constant<Width>& a, const Lanes<Width>& exponent) {
  return pow(a.number, exponent);
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
