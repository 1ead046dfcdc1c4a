// What a prediction may be asked for, and what it gives back: one line per row of the data set.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/classic/covariates.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/timeline/builder.hpp>

namespace mgpk::classic {

enum class EngineKind { automatic, closed_form, ode };

constexpr std::string_view name_of(EngineKind kind) {
  switch (kind) {
    case EngineKind::automatic:
      return "automatic";
    case EngineKind::closed_form:
      return "closed_form";
    case EngineKind::ode:
      return "ode";
  }
  return "unknown";
}

struct PredictOptions {
  EngineKind engine = EngineKind::automatic;  ///< automatic: the closed form where there is one
  timeline::Limit limit = timeline::Limit::as_recorded;
  CovariateRules covariates{};  ///< columns that are not named are carried backward
  double relative_tolerance = 1e-9;
  double absolute_tolerance_amount = 0;  ///< 0: a ten-thousandth of the relative one of a dose
  bool raise_on_failure = true;          ///< false: NaN from the failure on, and a status
};

/// How it went for one person.
struct PersonOutcome {
  std::string id{};
  std::size_t first_row = 0;
  std::size_t n_rows = 0;
  EngineKind engine = EngineKind::automatic;
  ode::Status status{};
};

/// Row by row of the data set, in its order; at the record of a dose after the dose.
struct Predictions {
  std::vector<std::string> state_names{};
  std::vector<double> c_central_amount_per_L{};
  std::vector<std::vector<double>> amounts{};  ///< of each state, then by row
  std::vector<double> time_after_dose_h{};     ///< NaN before the first dose
  std::vector<double> n_doses{};               ///< taken so far, repeats included
  std::vector<double> occasion{};  ///< the record's own, or the number of its dose record
  std::vector<PersonOutcome> people{};
  std::vector<std::string> unused_columns{};  ///< named like attributes of doses, read by nothing

  void resize(std::size_t n_rows) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    c_central_amount_per_L.assign(n_rows, unknown);
    amounts.assign(state_names.size(), std::vector<double>(n_rows, unknown));
    time_after_dose_h.assign(n_rows, unknown);
    n_doses.assign(n_rows, 0);
    occasion.assign(n_rows, unknown);
  }
};

}  // namespace mgpk::classic
