// Find a source by its key.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <mgpk/evidence/reference_entry.hpp>
#include <mgpk/evidence/references_table.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::evidence {

/// The source behind a key such as "Fine1991".
inline const Reference& reference(std::string_view key) {
  std::array<std::string_view, references.size()> keys;
  for (std::size_t i = 0; i < references.size(); ++i) {
    if (references[i].key == key) return references[i];
    keys[i] = references[i].key;
  }
  fail_unknown_name("reference must be one of the evidence table", key, keys,
                    "the keys stand in data/references.csv");
}

}  // namespace mgpk::evidence
