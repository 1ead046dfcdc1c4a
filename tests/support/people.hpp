// The persons of the tests, and runs quick enough to be many.
#pragma once

#include <mgpk/body/subject.hpp>
#include <mgpk/simulate/options.hpp>

namespace support {

inline mgpk::Subject reference_adult() { return {}; }

inline mgpk::Subject kidney_patient() {
  mgpk::Subject person;
  person.gfr_mL_per_min = 25;
  return person;
}

inline mgpk::Subject small_woman() {
  mgpk::Subject person;
  person.sex = mgpk::Sex::female;
  person.age_y = 71;
  person.weight_kg = 44;
  person.height_cm = 150;
  person.creatinine_mg_per_dL = 0.9;
  person.diet_mg_per_d = 220;
  person.albumin_g_per_L = 36;
  return person;
}

/// A run at the default tolerances, until the given hour.
inline mgpk::simulation::Options until(double until_h, double every_h = 1) {
  mgpk::simulation::Options options;
  options.until_h = until_h;
  options.every_h = every_h;
  return options;
}

/// A run at loose tolerances, for properties that hold far above them.
inline mgpk::simulation::Options quick(double until_h, double every_h = 1) {
  auto options = until(until_h, every_h);
  options.relative_tolerance = 1e-6;
  options.absolute_tolerance_mmol = 1e-10;
  options.with_baseline = false;
  return options;
}

}  // namespace support
