// What an analysis of plasma is given: samples, dose, and the rules to apply.
#pragma once

#include <vector>

#include <mgpk/nca/area.hpp>
#include <mgpk/nca/baseline.hpp>
#include <mgpk/nca/blq.hpp>
#include <mgpk/nca/plasma_result.hpp>
#include <mgpk/nca/terminal.hpp>

namespace mgpk::nca {

enum class Route { extravascular, iv_bolus, iv_infusion };
enum class MissingRule { refuse, drop };

/// Hours after the dose.
struct Interval {
  double from_h = 0;
  double to_h = 0;
};

/// What is analysed and how. Samples and the dose are on the clock of the data; every other time,
/// in and out, is in hours after the dose. `amount` is the unit of the doses, whatever it is.
struct PlasmaInput {
  std::vector<double> times_h;
  std::vector<double> c_amount_per_L;
  std::vector<bool> is_blq;  ///< samples marked as below the limit; empty: none
  double dose_amount = unknown;
  double dose_at_h = 0;
  Route route = Route::extravascular;
  double infusion_h = 0;
  AreaRule rule = AreaRule::linear_up_log_down;
  MissingRule missing = MissingRule::refuse;
  BlqOptions blq;
  BaselineOptions baseline;
  TerminalOptions terminal;
  std::vector<Interval> partial;
  double tau_h = unknown;
  bool at_steady_state = false;
  std::vector<Interval> accumulation;  ///< none, or the first interval and the later one
};

}  // namespace mgpk::nca
