// Names of columns: which known one is meant, and the unit that stands in the name.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <mgpk/record/detail/number_text.hpp>
#include <mgpk/record/detail/unit_text.hpp>
#include <mgpk/record/known_columns.hpp>

namespace mgpk::record::detail {

/// As names are compared: capitals, "_" for blanks, dots and dashes.
inline std::string folded(std::string_view name) {
  std::string text(name);
  for (char& letter : text) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == ' ' || letter == '.' || letter == '-') letter = '_';
  }
  return text;
}

inline const KnownColumn* column_called(std::string_view name) {
  const std::string word = folded(name);
  for (const KnownColumn& column : known_columns)
    if (column.name == word) return &column;
  return nullptr;
}

/// Whether a word is one of several with blanks between them.
inline bool is_among(std::string_view word, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

inline const KnownColumn* column_with_alias(std::string_view name) {
  const std::string word = folded(name);
  for (const KnownColumn& column : known_columns)
    if (is_among(word, column.aliases)) return &column;
  return nullptr;
}

inline const KnownColumn* column_meant(std::string_view name) {
  const KnownColumn* column = column_called(name);
  return column != nullptr ? column : column_with_alias(name);
}

/// The name without a unit in brackets, and the unit: "TIME (h)", "AMT [mg]".
inline std::pair<std::string_view, std::string_view> without_brackets(std::string_view name) {
  if (name.size() < 3) return {name, ""};
  const char close = name.back();
  if (close != ')' && close != ']') return {name, ""};
  const std::size_t open = name.rfind(close == ')' ? '(' : '[');
  if (open == std::string_view::npos || open == 0) return {name, ""};
  const std::string_view stem = trimmed(name.substr(0, open));
  if (stem.empty()) return {name, ""};
  return {stem, trimmed(name.substr(open + 1, name.size() - open - 2))};
}

/// The same where the unit is the end of the name of a known column: "DV_mmol_per_L".
inline std::pair<std::string_view, std::string_view> without_suffix(std::string_view name) {
  if (column_meant(name) != nullptr) return {name, ""};
  for (std::size_t at = name.find('_'); at != std::string_view::npos; at = name.find('_', at + 1))
    if (column_meant(name.substr(0, at)) != nullptr && is_unit(name.substr(at + 1)))
      return {name.substr(0, at), name.substr(at + 1)};
  return {name, ""};
}

}  // namespace mgpk::record::detail
