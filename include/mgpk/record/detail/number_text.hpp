// Text to number, fast where the text is plain, and whether the text is the number's shortest.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace mgpk::record::detail {

struct ParsedNumber {
  double value = 0;
  bool is_number = false;
  bool is_shortest = false;  ///< `text_of(value)` is the text itself
};

inline bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

inline std::string_view trimmed(std::string_view text) {
  const auto blank = [](char letter) { return letter == ' ' || letter == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Any finite decimal number; the text is then kept beside the value.
inline ParsedNumber parse_any_number(std::string_view text) {
  ParsedNumber parsed;
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  const std::string_view digits = text.substr(!text.empty() && text.front() == '-' ? 1 : 0);
  // from_chars would also take "inf" and "nan".
  if (digits.empty() || !(is_digit(digits.front()) || digits.front() == '.')) return parsed;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, parsed.value);
  parsed.is_number = failure == std::errc() && stop == end && std::isfinite(parsed.value);
  return parsed;
}

/// At most 15 digits with a point: the quotient of two exact doubles, so it is rounded correctly,
/// and no shorter text reads back as the same number unless there are idle zeros.
inline ParsedNumber parse_number(std::string_view text) {
  constexpr std::array<double, 16> powers_of_ten{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = !text.empty() && text.front() == '-';
  const std::string_view unsigned_text = text.substr(negative ? 1 : 0);
  std::uint64_t digits = 0;
  std::size_t at = 0;
  if (unsigned_text.size() > 16) return parse_any_number(text);
  for (; at < unsigned_text.size() && is_digit(unsigned_text[at]); ++at)
    digits = 10 * digits + static_cast<std::uint64_t>(unsigned_text[at] - '0');
  const std::size_t n_whole = at;
  std::size_t n_decimals = 0;
  if (at < unsigned_text.size() && unsigned_text[at] == '.') {
    for (++at; at < unsigned_text.size() && is_digit(unsigned_text[at]); ++at, ++n_decimals)
      digits = 10 * digits + static_cast<std::uint64_t>(unsigned_text[at] - '0');
  }
  const std::size_t n_digits = n_whole + n_decimals;
  if (at != unsigned_text.size() || n_digits == 0 || n_digits > 15) return parse_any_number(text);
  const double size = static_cast<double>(digits) / powers_of_ten[n_decimals];
  const bool has_point = n_whole < unsigned_text.size();
  const bool idle_front = n_whole == 0 || (n_whole > 1 && unsigned_text.front() == '0');
  const bool idle_back = has_point && (n_decimals == 0 || unsigned_text.back() == '0');
  const bool plain = size >= 1e-4 ? size < 1e7 : digits == 0;
  return {negative ? -size : size, true, !idle_front && !idle_back && plain};
}

}  // namespace mgpk::record::detail
