// One number in which people differ, how it is spread, and what two of them have to do with each
// other: rows of data/population.csv and of the tables beside it.
#pragma once

#include <string_view>

#include <mgpk/evidence/parameter.hpp>

namespace mgpk::people {

enum class Of { both, female, male };

/// `share` is a share of people; `constant` is not drawn. The others are cut off at low and high.
enum class Law { constant, share, uniform, normal, lognormal };

struct Quantity {
  std::string_view name;
  Of of;
  Law law;
  double center;  ///< mean of a normal law, median of a lognormal one, else the value
  double spread;  ///< standard deviation; of the logarithm, of a lognormal law
  double low;
  double high;
  std::string_view unit;
  std::string_view applies_to;  ///< keys of data/parameters.csv that it multiplies, by spaces
  evidence::Kind kind;
  std::string_view reference;
  std::string_view spread_reference;
  std::string_view note;
};

/// Between the normal scores of two quantities, within a sex.
struct Correlation {
  std::string_view first;
  std::string_view second;
  double r;
};

/// Why a parameter is not drawn by itself: it is fixed, or it follows a leader so that something
/// that is better known stays as it is.
enum class RidgeLaw {
  fixed,    ///< what makes the person is not uncertain in bands of one person
  product,  ///< product with the leader
  ratio,    ///< ratio to the leader
  sum,      ///< sum with the leader
  tubule,   ///< what escapes the tubule at the reference plasma level
};

struct Ridge {
  std::string_view key;
  RidgeLaw law;
  std::string_view leader;
};

}  // namespace mgpk::people
