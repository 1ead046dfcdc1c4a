// How mgpk says no: the rule, the offending value, and what to do.
#pragma once

#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mgpk {

/// An input that breaks a rule. The message reads "<rule>, but it is <value>; <what to do>".
class InputError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// A name that mgpk does not know: a salt, a column, a parameter.
class UnknownNameError : public InputError {
 public:
  using InputError::InputError;
};

/// The shortest text that reads back as the same number: "0.1", not "0.100000"; plain digits up to
/// millions, so that 300000 is not "3e+05".
inline std::string text_of(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[32];
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e7);
  const auto end =
      plain ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end.ptr);
}

[[noreturn]] inline void fail(std::string_view rule, std::string_view value,
                              std::string_view advice) {
  throw InputError(std::string(rule) + ", but it is " + std::string(value) + "; " +
                   std::string(advice));
}

inline void require(bool holds, std::string_view rule, double value, std::string_view advice) {
  if (!holds) fail(rule, text_of(value), advice);
}

// The text of a rule is made only where it is broken: most rules hold.
inline void require_positive(std::string_view name, double value, std::string_view advice) {
  if (std::isfinite(value) && value > 0) return;
  fail(std::string(name).append(" must be finite and positive"), text_of(value), advice);
}

inline void require_not_negative(std::string_view name, double value, std::string_view advice) {
  if (std::isfinite(value) && value >= 0) return;
  fail(std::string(name).append(" must be finite and not negative"), text_of(value), advice);
}

inline void require_between(std::string_view name, double value, double low, double high,
                            std::string_view advice) {
  if (std::isfinite(value) && value >= low && value <= high) return;
  std::string rule(name);
  rule.append(" must lie between ").append(text_of(low)).append(" and ").append(text_of(high));
  fail(rule, text_of(value), advice);
}

}  // namespace mgpk
