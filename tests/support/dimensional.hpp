// A number that carries its unit, so that the program itself checks the equations' units.
#pragma once

#include <cmath>
#include <compare>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace support {

/// Exponents by base unit: L/h/kg is {L: 1, h: -1, kg: -1}. Units of one kind (g, kg, mg) are bases
/// of their own: the model may not mix them, not even by a factor.
using Exponents = std::map<std::string, double>;

class UnitError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline std::string text_of(const Exponents& unit) {
  std::string text;
  for (const auto& [base, power] : unit) {
    if (!text.empty()) text += "*";
    text += base;
    if (power == 1) continue;
    const bool whole = power == std::floor(power);
    text += "^" + (whole ? std::to_string(static_cast<int>(power)) : std::to_string(power));
  }
  return text.empty() ? "1" : text;
}

/// A value of zero that was never given a unit goes with every unit: it is where sums begin.
struct Dimensional {
  double value = 0;
  Exponents unit;

  Dimensional() = default;
  // Implicit, so that a law may write `1.0 - f`: a plain number has no unit.
  Dimensional(double number) : value(number) {}
  Dimensional(double number, Exponents exponents) : value(number), unit(std::move(exponents)) {}

  bool is_neutral() const { return value == 0 && unit.empty(); }

  Dimensional& operator+=(const Dimensional& other) { return *this = *this + other; }
  Dimensional& operator-=(const Dimensional& other) { return *this = *this - other; }

  friend Dimensional operator-(const Dimensional& a) { return {-a.value, a.unit}; }
  friend Dimensional operator+(const Dimensional& a, const Dimensional& b) {
    return {a.value + b.value, common_unit(a, b, "+")};
  }
  friend Dimensional operator-(const Dimensional& a, const Dimensional& b) {
    return {a.value - b.value, common_unit(a, b, "-")};
  }
  friend Dimensional operator*(const Dimensional& a, const Dimensional& b) {
    return {a.value * b.value, product(a.unit, b.unit, 1)};
  }
  friend Dimensional operator/(const Dimensional& a, const Dimensional& b) {
    return {a.value / b.value, product(a.unit, b.unit, -1)};
  }
  friend std::partial_ordering operator<=>(const Dimensional& a, const Dimensional& b) {
    common_unit(a, b, "<=>");
    return a.value <=> b.value;
  }
  friend bool operator==(const Dimensional& a, const Dimensional& b) {
    common_unit(a, b, "==");
    return a.value == b.value;
  }

  static Exponents product(Exponents a, const Exponents& b, double sign) {
    for (const auto& [base, power] : b)
      if ((a[base] += sign * power) == 0) a.erase(base);
    return a;
  }

  static const Exponents& common_unit(const Dimensional& a, const Dimensional& b,
                                      std::string_view operation) {
    if (a.is_neutral()) return b.unit;
    if (b.is_neutral() || a.unit == b.unit) return a.unit;
    throw UnitError(text_of(a.unit) + " " + std::string(operation) + " " + text_of(b.unit));
  }
};

inline Dimensional sqrt(const Dimensional& a) {
  Exponents halved = a.unit;
  for (auto& [base, power] : halved) power *= 0.5;
  return {std::sqrt(a.value), halved};
}

/// What only a pure number can be put into.
inline double pure(const Dimensional& a, std::string_view function) {
  if (!a.unit.empty()) throw UnitError(std::string(function) + " of " + text_of(a.unit));
  return a.value;
}
inline Dimensional exp(const Dimensional& a) { return std::exp(pure(a, "exp")); }
inline Dimensional expm1(const Dimensional& a) { return std::expm1(pure(a, "expm1")); }
inline Dimensional erfc(const Dimensional& a) { return std::erfc(pure(a, "erfc")); }
inline Dimensional pow(const Dimensional& a, const Dimensional& power) {
  return std::pow(pure(a, "pow"), pure(power, "pow"));
}

/// Reads "mmol/L/h", "cm*kg/m4", "m2", "1".
inline Exponents parse_unit(std::string_view text) {
  Exponents unit;
  double sign = 1;
  std::string base;
  const auto flush = [&] {
    const std::size_t digits = base.find_first_of("0123456789");
    const double power = digits == std::string::npos ? 1.0 : std::stod(base.substr(digits));
    const std::string name = base.substr(0, digits);
    if (!name.empty()) unit = Dimensional::product(unit, {{name, sign * power}}, 1);
    base.clear();
  };
  for (const char c : text) {
    if (c != '*' && c != '/') {
      base += c;
      continue;
    }
    flush();
    sign = c == '/' ? -1 : 1;
  }
  flush();
  return unit;
}

inline Dimensional quantity(double value, std::string_view unit) {
  return {value, parse_unit(unit)};
}

}  // namespace support
