// Dates and clock times: "2026-03-01", "01/03/2026", "14:30", "14:30:10", both with a blank or a T.
#pragma once

#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

#include <mgpk/record/detail/number_text.hpp>

namespace mgpk::record::detail {

/// A number of at most `n_digits` digits at the front, which is taken off.
inline std::optional<int> take_digits(std::string_view& text, std::size_t n_digits) {
  std::size_t n = 0;
  while (n < text.size() && n < n_digits && is_digit(text[n])) ++n;
  int value = 0;
  if (n == 0 || std::from_chars(text.data(), text.data() + n, value).ec != std::errc())
    return std::nullopt;
  text.remove_prefix(n);
  return value;
}

inline bool take(std::string_view& text, char letter) {
  if (text.empty() || text.front() != letter) return false;
  text.remove_prefix(1);
  return true;
}

/// Days since 1970-01-01 of a date in the order `ymd`, `dmy`, `mdy` or `ydm`; years have four
/// digits, so that nothing has to be guessed.
inline std::optional<double> day_of(std::string_view text, std::string_view order) {
  int year = 0, month = 0, day = 0;
  char between = '\0';
  for (std::size_t i = 0; i < 3; ++i) {
    if (i > 0) {
      if (text.empty()) return std::nullopt;
      const char letter = text.front();
      const bool known = letter == '-' || letter == '/' || letter == '.';
      if (!known || (i == 2 && letter != between)) return std::nullopt;
      between = letter;
      text.remove_prefix(1);
    }
    const bool is_year = order[i] == 'y';
    const std::size_t before = text.size();
    const auto number = take_digits(text, is_year ? 4 : 2);
    if (!number || (is_year && before - text.size() != 4)) return std::nullopt;
    (is_year ? year : order[i] == 'm' ? month : day) = *number;
  }
  if (!text.empty()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
}

/// Hours after midnight of "h:mm" or "h:mm:ss", with decimals of a second.
inline std::optional<double> clock_h(std::string_view text) {
  const auto h = take_digits(text, 2);
  if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
  const std::size_t before = text.size();
  const auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59 || before - text.size() != 2) return std::nullopt;
  if (text.empty()) return *h + *minutes / 60.0;
  if (!take(text, ':') || text.size() < 2 || !is_digit(text.front())) return std::nullopt;
  const ParsedNumber seconds = parse_number(text);
  if (!seconds.is_number || seconds.value >= 60) return std::nullopt;
  return *h + *minutes / 60.0 + seconds.value / 3600;
}

/// A moment: hours after midnight, and the day where the text says it.
struct Moment {
  std::optional<double> day;
  double clock = 0;
};

inline std::optional<Moment> moment_of(std::string_view text, std::string_view order) {
  const std::size_t between = text.find_first_of(" T");
  if (between == std::string_view::npos) {
    if (const auto h = clock_h(text)) return Moment{std::nullopt, *h};
    if (const auto day = day_of(text, order)) return Moment{*day, 0};
    return std::nullopt;
  }
  const auto day = day_of(text.substr(0, between), order);
  const auto h = clock_h(text.substr(between + 1));
  if (!day || !h) return std::nullopt;
  return Moment{*day, *h};
}

}  // namespace mgpk::record::detail
