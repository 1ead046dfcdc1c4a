// One line of a pharmacokinetic data set: a dose, an observation or a reset, as the file said it.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

namespace mgpk::record {

/// What a record is (EVID).
enum class Event {
  observation = 0,
  dose = 1,
  other = 2,  ///< changes covariates or asks for a prediction; nothing is given or measured
  reset = 3,  ///< everything given before is gone, what is pending too
  reset_and_dose = 4,  ///< first the reset, then the dose
};

/// Values of `rate` with a meaning of their own (RATE).
inline constexpr double modelled_rate = -1;      ///< the model gives the rate (R)
inline constexpr double modelled_duration = -2;  ///< the model gives the duration (D)

/// A record in hours and in the amounts of its data set. The rules of doses read nothing else.
struct Record {
  double time_h = 0;
  Event event = Event::observation;
  double amount = 0;        ///< AMT, in the unit of the data set
  double rate = 0;          ///< RATE, amount per hour; 0 is a bolus, negative values see above
  double interval_h = 0;    ///< II
  int n_additional = 0;     ///< ADDL
  int at_steady_state = 0;  ///< SS: 0 no, 1 instead of what was, 2 added to it
  int compartment = 0;      ///< CMT, from 1 on; 0 is the model's own default
  double occasion = std::numeric_limits<double>::quiet_NaN();  ///< OCC; NaN: counted from the doses
  std::size_t row = 0;  ///< where it stands in the data set, from 0 on
  bool operator==(const Record&) const = default;
};

inline bool gives_dose(Event event) {
  return event == Event::dose || event == Event::reset_and_dose;
}
inline bool resets(Event event) { return event == Event::reset || event == Event::reset_and_dose; }

}  // namespace mgpk::record
