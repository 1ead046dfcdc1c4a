// A JSON text as plain values: read strictly, written in one fixed form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <mgpk/document/needs_core.hpp>
#include <mgpk/document/problem.hpp>

namespace mgpk::document {

struct Member;

/// A value of JSON; an object keeps its members in their order. Numbers are doubles, which hold
/// whole numbers up to 2^53 exactly.
struct Value {
  using List = std::vector<Value>;
  using Object = std::vector<Member>;
  using Held = std::variant<std::nullptr_t, bool, double, std::string, List, Object>;

  Value();
  Value(bool flag);
  Value(double value);
  Value(std::string text);
  Value(std::string_view text);
  Value(const char* text);
  Value(List list);
  Value(Object object);

  template <class Kind>
  const Kind* as() const {
    return std::get_if<Kind>(&held);
  }
  template <class Kind>
  Kind* as() {
    return std::get_if<Kind>(&held);
  }

  /// The member of an object; nullptr where there is none, or no object.
  const Value* find(std::string_view key) const;

  Held held;
};

struct Member {
  std::string key;
  Value value;
};

inline Value::Value() : held(nullptr) {}
inline Value::Value(bool flag) : held(flag) {}
inline Value::Value(double value) : held(value) {}
inline Value::Value(std::string text) : held(std::move(text)) {}
inline Value::Value(std::string_view text) : held(std::string(text)) {}
inline Value::Value(const char* text) : held(std::string(text)) {}
inline Value::Value(List list) : held(std::move(list)) {}
inline Value::Value(Object object) : held(std::move(object)) {}

inline const Value* Value::find(std::string_view key) const {
  if (const auto* members = as<Object>())
    for (const auto& member : *members)
      if (member.key == key) return &member.value;
  return nullptr;
}

/// Beyond these a text is refused before it can cost time or memory.
inline constexpr std::size_t most_bytes = std::size_t{16} << 20U;
inline constexpr std::size_t most_levels = 16;
inline constexpr std::size_t most_items = 250'000;  ///< of one list
inline constexpr std::size_t most_members = 5'000;  ///< of one object
inline constexpr std::size_t longest_key = 200;
inline constexpr std::size_t longest_text = 20'000;

/// Reads a JSON text (RFC 8259, no more: no comments, no NaN, no trailing commas). A key given
/// twice and a number that no double holds are added to `problems`; of such keys the first counts.
/// @throws DocumentError where the text is not JSON or too large, with line and column
MGPK_NEEDS_CORE Value parse_json(std::string_view text, std::vector<Problem>& problems);

/// The text of a value: two spaces of indent, numbers as short as they read back the same. NaN,
/// which JSON cannot hold, becomes null.
MGPK_NEEDS_CORE std::string json_text(const Value& value);

/// A key as a part of a JSON pointer.
inline std::string pointer_part(std::string_view key) {
  std::string part = "/";
  for (const char letter : key) {
    if (letter == '~')
      part += "~0";
    else if (letter == '/')
      part += "~1";
    else
      part += letter;
  }
  return part;
}

}  // namespace mgpk::document
