// A column that a data set can be made of.
#pragma once

#include <string>
#include <vector>

namespace mgpk::record {

/// A column in memory: numbers (NaN where missing), or texts where there are no numbers.
struct InputColumn {
  std::string name;
  std::vector<double> numbers;
  std::vector<std::string> texts;
};

}  // namespace mgpk::record
