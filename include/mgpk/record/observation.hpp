// What was observed, with its kind: a value at a time, a urine collection, an isotope ratio, a
// mean.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

namespace mgpk::record {

enum class ObservationKind {
  value,          ///< anything at one time; a concentration unless DVID says more
  urine_amount,   ///< what was collected from `time_h` to `end_h`
  isotope_ratio,  ///< amount of one isotope per amount of another, at one time
};

namespace detail {
inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();
}

/// One row with an observation. What the row does not have is NaN.
struct Observation {
  std::size_t row = 0;     ///< in the data set, from 0 on
  std::size_t person = 0;  ///< in `people()`
  ObservationKind kind = ObservationKind::value;
  std::string label;  ///< the text of DVID
  double time_h = 0;
  double end_h = detail::absent;  ///< of a urine collection
  double value = detail::absent;  ///< DV, in the unit of its column
  int censored = 0;               ///< CENS: 1 below the limit, -1 above it
  double limit = detail::absent;  ///< LLOQ
  double urine_volume = detail::absent;
  double sd = detail::absent, se = detail::absent, ci_low = detail::absent,
         ci_high = detail::absent;
  double n_persons = detail::absent;  ///< behind a mean

  bool is_mean() const {
    return sd == sd || se == se || n_persons == n_persons || ci_low == ci_low;
  }
};

}  // namespace mgpk::record
