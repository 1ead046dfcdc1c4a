// A reason with its number in it.
#pragma once

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include <mgpk/claim/verdict.hpp>

namespace mgpk::claim::detail {

/// Three digits that count: an uncertain number needs no more. Next to nothing is 0.
inline std::string short_text(double value, bool in_hundredths) {
  if (std::isnan(value)) return "not known";
  constexpr double nothing = 1e-6;
  const double shown = in_hundredths ? 100 * value : value;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), std::abs(shown) < 999.5 ? "%.3g" : "%.0f",
                std::abs(shown) < nothing ? 0.0 : shown);
  return text.data();
}

inline void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.replace(at, what.size(), by);
}

/// {value}, {low} and {high} become the number; {value%} and so on show it in percent.
inline std::string filled(std::string_view sentence, const Estimate& number) {
  std::string text(sentence);
  const std::array<std::pair<const char*, double>, 3> places{
      {{"value", number.value}, {"low", number.low}, {"high", number.high}}};
  for (const auto& [name, value] : places) {
    replace_all(text, "{" + std::string(name) + "}", short_text(value, false));
    replace_all(text, "{" + std::string(name) + "%}", short_text(value, true));
  }
  return text;
}

}  // namespace mgpk::claim::detail
