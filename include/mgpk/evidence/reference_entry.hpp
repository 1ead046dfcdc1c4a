// One source that numbers rest on: a row of data/references.csv.
#pragma once

#include <string_view>

namespace mgpk::evidence {

/// What stands behind a reference key: a publication that was read, one that is only remembered,
/// a computation, or a decision of this project.
enum class Provenance { published, recalled, derived, choice };

constexpr std::string_view name_of(Provenance provenance) {
  switch (provenance) {
    case Provenance::published:
      return "published";
    case Provenance::recalled:
      return "recalled";
    case Provenance::derived:
      return "derived";
    case Provenance::choice:
      return "choice";
  }
  return "unknown";
}

struct Reference {
  std::string_view key;
  std::string_view citation;
  std::string_view doi;  ///< empty where none is known
  Provenance provenance;
  std::string_view note;
};

}  // namespace mgpk::evidence
