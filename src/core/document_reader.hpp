// How the sections of a document are read: one row per key, every problem with its place.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/nearest_name.hpp>

#include "document_field.hpp"

namespace mgpk::document {

/// One key of a section: in which kinds of it it may stand (bits), whether it must, how it is read.
template <class Target>
struct Key {
  std::string_view name;
  unsigned kinds;
  unsigned needed_in;
  void (*read)(const Field& field, Target& target);
};

inline constexpr unsigned every_kind = ~0U;
inline constexpr unsigned no_kind = 0U;

inline void refuse_key(const Field& field, std::string_view key, bool known_elsewhere,
                       std::string_view what, const std::vector<std::string_view>& allowed) {
  if (field.problems().full()) return;  // before the search for names that are near
  const auto near = nearest_names(key.substr(0, 60), allowed);
  const std::string advice = near.empty() || known_elsewhere
                                 ? "known are " + quoted_list(allowed, "and")
                                 : "did you mean " + quoted_list(near) + "?";
  field.problems().add(Fault::structure, field.at() + pointer_part(key),
                       "each key of " + std::string(what) + " must be one that it knows",
                       shown(Value(std::string(key))), advice);
}

/// Reads the members of an object, key by key, and puts them into the order of the table.
template <class Target>
void read_object(const Field& section, std::string_view what, std::span<const Key<Target>> keys,
                 Target& target, unsigned kind = every_kind) {
  auto* members = section.value().as<Value::Object>();
  if (!members)
    return section.wrong_form(std::string(what) + " must be an object",
                              "put keys and values into curly braces");
  // A key may mean one thing in one kind and another in the next.
  const auto position = [&](const Member& m) {
    const auto named = [&](const Key<Target>& key) { return key.name == m.key; };
    const auto fits = [&](const Key<Target>& key) {
      return named(key) && (key.kinds & kind) != 0U;
    };
    const auto found = std::find_if(keys.begin(), keys.end(), fits);
    return found != keys.end() ? found : std::find_if(keys.begin(), keys.end(), named);
  };
  std::stable_sort(members->begin(), members->end(),
                   [&](const Member& a, const Member& b) { return position(a) < position(b); });
  std::vector<std::string_view> allowed;
  for (const auto& key : keys)
    if ((key.kinds & kind) != 0U) allowed.push_back(key.name);
  for (auto& member : *members) {
    const auto key = position(member);
    const bool known = key != keys.end();
    if (known && (key->kinds & kind) != 0U) {
      key->read(section.member(member), target);
    } else {
      refuse_key(section, member.key, known, what, allowed);
    }
  }
  for (const auto& key : keys)
    if ((key.needed_in & kind) != 0U && !section.value().find(key.name))
      section.problems().add(Fault::structure, section.at(),
                             std::string(what) + " needs the key \"" + std::string(key.name) + '"',
                             "missing", "add it");
}

}  // namespace mgpk::document
