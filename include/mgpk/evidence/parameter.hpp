// One number of physiology with its unit, range, kind and source: a row of data/parameters.csv.
#pragma once

#include <string_view>

namespace mgpk::evidence {

/// How a number came to be: read in a study, computed from others, fitted, or chosen.
enum class Kind { measured, derived, calibrated, assumed };

constexpr std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::measured:
      return "measured";
    case Kind::derived:
      return "derived";
    case Kind::calibrated:
      return "calibrated";
    case Kind::assumed:
      return "assumed";
  }
  return "unknown";
}

struct Parameter {
  std::string_view key;
  double value;
  std::string_view unit;  ///< "1" for a number without a unit
  double low;
  double high;
  Kind kind;
  std::string_view reference;  ///< key of evidence/reference.hpp
  std::string_view organ;
  std::string_view used_in;  ///< headers of the laws it goes into, parted by ";"
  std::string_view note;
};

}  // namespace mgpk::evidence
