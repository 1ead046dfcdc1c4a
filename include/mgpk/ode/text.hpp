// How the solver core writes numbers and complaints: rule, offending value, what to do.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mgpk::ode::detail {

/// The shortest decimal text that reads back as the same number.
inline std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0.0 ? "inf" : "-inf";
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), result.ptr);
}

inline std::string complaint(std::string_view subject, std::string_view rule,
                             std::string_view value, std::string_view advice) {
  std::string text(subject);
  text.append(" must ").append(rule).append(", but it is ").append(value);
  return text.append("; ").append(advice);
}

[[noreturn]] inline void refuse(std::string_view subject, std::string_view rule, double value,
                                std::string_view advice) {
  throw std::invalid_argument(complaint(subject, rule, number_text(value), advice));
}

}  // namespace mgpk::ode::detail
