// One number of a published classic model: a row of data/classic_models.csv.
#pragma once

#include <string_view>

#include <mgpk/evidence/parameter.hpp>

namespace mgpk::evidence {

struct ClassicNumber {
  std::string_view model;
  std::string_view name;
  double value;
  std::string_view unit;  ///< "1" for a number without a unit
  Kind kind;
  std::string_view reference;  ///< key of evidence/reference.hpp
  std::string_view note;
};

}  // namespace mgpk::evidence
