// Whether a text is UTF-8, and where it stops being so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mgpk::record::detail {

/// Bytes of the UTF-8 character at the front of `text`; 0 where there is none.
inline std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(text[i]));
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t n = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < n) return 0;
  unsigned code = first & (0xFFU >> (n + 1));
  for (std::size_t i = 1; i < n; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool long_form = (n == 3 && code < 0x800) || (n == 4 && code < 0x10000);
  return surrogate || long_form || code > 0x10FFFF ? 0 : n;
}

/// The first line, from 1 on, with bytes that are no UTF-8; 0 if there is none.
inline std::size_t line_that_is_not_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    if (at + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080ULL) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) {
      std::size_t line = 1;
      for (const char letter : text.substr(0, at)) line += letter == '\n' ? 1U : 0U;
      return line;
    }
    at += length;
  }
  return 0;
}

}  // namespace mgpk::record::detail
