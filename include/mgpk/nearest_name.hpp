// "Did you mean ...?": the known names that lie nearest to one that is not known.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk {

/// A to Z in small letters, whatever the locale; every other character stays.
inline std::string lower_case(std::string_view text) {
  std::string lowered(text);
  for (char& letter : lowered) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lowered;
}

/// How many letters must be put in, left out, changed or swapped with their neighbour.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(above, row);
  }
  return above[b.size()];
}

/// At most `at_most` of the candidates, nearest first; empty where none is near. A candidate is
/// near when a third of the letters, or two, have to change, or when one name begins the other.
template <class Names>
std::vector<std::string> nearest_names(std::string_view name, const Names& candidates,
                                       std::size_t at_most = 3) {
  const std::string wanted = lower_case(name);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& candidate : candidates) {
    const std::string known = lower_case(candidate);
    const std::size_t shorter = std::min(wanted.size(), known.size());
    const std::size_t distance = edit_distance(wanted, known);
    const bool begins = shorter >= 3 && wanted.compare(0, shorter, known, 0, shorter) == 0;
    const std::size_t allowed = std::max<std::size_t>(2, std::max(wanted.size(), known.size()) / 3);
    // Of a short name all letters could change within what is allowed: that is not near.
    if (begins || (distance <= allowed && distance < shorter)) {
      near.emplace_back(distance, std::string(candidate));
    }
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (auto& [distance, candidate] : near) {
    if (names.size() == at_most) break;
    names.push_back(std::move(candidate));
  }
  return names;
}

/// The names in quotes, with commas, and `last` before the last one: "a", "b" or "c".
template <class Names>
std::string quoted_list(const Names& names, std::string_view last = "or") {
  std::string text;
  std::size_t left = std::size(names);
  for (const auto& name : names) {
    text.append(1, '"').append(name).append(1, '"');
    --left;
    if (left == 1) text += " " + std::string(last) + " ";
    if (left > 1) text += ", ";
  }
  return text;
}

/// Refuses a name, with the nearest known ones as advice, or with `advice` where none is near.
template <class Names>
[[noreturn]] void fail_unknown_name(std::string_view rule, std::string_view name,
                                    const Names& candidates, std::string_view advice) {
  const std::vector<std::string> near = nearest_names(name, candidates);
  const std::string what =
      near.empty() ? std::string(advice) : "did you mean " + quoted_list(near) + "?";
  throw UnknownNameError(std::string(rule) + ", but it is \"" + std::string(name) + "\"; " + what);
}

/// The row of a table whose name it is; an unknown one is refused as above.
template <class Rows, class NameOf>
const auto& named_row(const Rows& rows, std::string_view name, std::string_view rule,
                      std::string_view advice, NameOf&& name_of_row) {
  std::vector<std::string_view> names;
  for (const auto& row : rows) {
    if (name_of_row(row) == name) return row;
    names.push_back(name_of_row(row));
  }
  fail_unknown_name(rule, name, names, advice);
}

}  // namespace mgpk
