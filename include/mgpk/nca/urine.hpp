// Non-compartmental analysis of urine: amounts of collections, rates at their midpoints.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/nca/plasma.hpp>

namespace mgpk::nca {

/// One collection of urine. Times are hours after the dose.
struct Collection {
  double from_h = 0;
  double to_h = 0;
  double midpoint_h = 0;
  double ae_amount = 0;             ///< above the baseline, where there is one
  double rate_amount_per_h = 0;     ///< amount over duration
  double ae_cumulative_amount = 0;  ///< of this collection and all before it
};

/// Collections on the clock of the data, as `dose_at_h`.
struct UrineInput {
  std::vector<double> starts_h;
  std::vector<double> ends_h;
  std::vector<double> amounts;
  double dose_amount = unknown;
  double dose_at_h = 0;
  AreaRule rule = AreaRule::linear;
  MissingRule missing = MissingRule::refuse;
  BaselineOptions baseline;  ///< constant: amount/h; profile: amount of each collection
  TerminalOptions terminal;
  std::optional<PlasmaInput> plasma;  ///< the same person's plasma, for renal clearance
};

struct UrineResult {
  double ae_amount = unknown, f_excreted = unknown;
  double rate_max_amount_per_h = unknown, t_rate_max_h = unknown;
  double tlag_h = unknown;  ///< midpoint before the first collection with something in it
  double rate_last_amount_per_h = unknown, t_rate_last_h = unknown;
  double lambda_z_per_h = unknown, half_life_h = unknown, lambda_z_intercept = unknown;
  double lambda_z_r_squared = unknown, lambda_z_r_squared_adjusted = unknown;
  double n_lambda_z = unknown, lambda_z_span_ratio = unknown;
  double lambda_z_from_h = unknown, lambda_z_to_h = unknown;
  double aurc_last_amount = unknown;  ///< area under the rates from the dose to the last midpoint
  double aurc_inf_observed_amount = unknown, aurc_inf_predicted_amount = unknown;
  double f_aurc_extrapolated_observed = unknown;
  double auc_amount_h_per_L = unknown;  ///< of plasma, over the hours that were collected
  double cl_renal_L_per_h = unknown;    ///< ae / auc, both over the same hours
  std::vector<Collection> collections;
  std::vector<double> lambda_z_times_h;
  std::string lambda_z_how;
  std::map<std::string, std::string> reasons;
  std::map<std::string, std::string> not_asked;
  std::vector<std::string> notes;
};

/// @throws InputError for collections that overlap or end before they start, for negative amounts
/// without a baseline and for missing ones without a rule.
MGPK_COMPILED UrineResult analyse_urine(const UrineInput& input);

/// The collections between `edges_h`, from amounts that are cumulative at those times.
MGPK_COMPILED std::vector<double> amounts_between(std::span<const double> cumulative);

}  // namespace mgpk::nca

#if MGPK_DEFINE_COMPILED
#include <mgpk/nca/detail/urine.hpp>
#endif
