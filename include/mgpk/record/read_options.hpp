// How a data set is to be read: what the file does not say itself.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mgpk::record {

using NamePairs = std::vector<std::pair<std::string, std::string>>;

struct ReadOptions {
  std::string time_unit;  ///< h, min, d or s; empty: the header's, or h
  NamePairs units;        ///< known column to its unit, where the header has none
  NamePairs columns;      ///< known column to the file's own name for it; wins over aliases
  std::vector<std::string> covariates;              ///< the further columns; empty: all there are
  std::vector<std::string> missing{"", ".", "NA"};  ///< texts that stand for "no value"
  std::vector<std::string> compartments;            ///< names that CMT may have, first is 1
  NamePairs kinds;                 ///< value of DVID to value, urine_amount or isotope_ratio
  std::string date_order = "ymd";  ///< or dmy, mdy, ydm
  char delimiter = ',';            ///< or a semicolon, a tab, a vertical bar
  char ignore = '\0';  ///< lines that begin with it are no rows; '@': with any letter or @
};

}  // namespace mgpk::record
