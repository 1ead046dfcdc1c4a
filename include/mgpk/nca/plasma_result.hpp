// What the analysis of plasma finds, and why what is missing is missing.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

namespace mgpk::nca {

inline constexpr auto unknown = std::numeric_limits<double>::quiet_NaN();

/// An interval: its area, how much of it is extrapolated, and the samples in it.
struct PartialArea {
  double from_h = unknown;
  double to_h = unknown;
  double auc_amount_h_per_L = unknown;
  double aumc_amount_h_h_per_L = unknown;
  double f_extrapolated = unknown;  ///< share of the area after the last sample
  double c_average_amount_per_L = unknown;
  double c_max_amount_per_L = unknown;
  double t_max_h = unknown;
  double c_min_amount_per_L = unknown;
  double t_min_h = unknown;
  double c_end_amount_per_L = unknown;  ///< at the end, by the rule of the area
  std::string reason;                   ///< why there is no area, or empty
};

/// What cannot be determined is NaN with a reason; what was not asked for is NaN with why not.
/// After an extravascular dose, clearances and volumes are over F, and mean residence times
/// contain the absorption.
struct PlasmaResult {
  double c_max_amount_per_L = unknown, t_max_h = unknown, tlag_h = unknown;
  double c_last_amount_per_L = unknown, t_last_h = unknown;
  double c_last_predicted_amount_per_L = unknown;
  double c_start_amount_per_L = unknown;  ///< C0 of a bolus
  double lambda_z_per_h = unknown, half_life_h = unknown, lambda_z_intercept = unknown;
  double lambda_z_r_squared = unknown, lambda_z_r_squared_adjusted = unknown;
  double lambda_z_span_ratio = unknown, lambda_z_from_h = unknown, lambda_z_to_h = unknown;
  double n_lambda_z = unknown;  ///< number of points
  double auc_last_amount_h_per_L = unknown, auc_all_amount_h_per_L = unknown;
  double auc_inf_observed_amount_h_per_L = unknown, auc_inf_predicted_amount_h_per_L = unknown;
  double f_auc_extrapolated_observed = unknown, f_auc_extrapolated_predicted = unknown;
  double f_auc_back_extrapolated_observed = unknown, f_auc_back_extrapolated_predicted = unknown;
  double aumc_last_amount_h_h_per_L = unknown;
  double aumc_inf_observed_amount_h_h_per_L = unknown;
  double aumc_inf_predicted_amount_h_h_per_L = unknown;
  double f_aumc_extrapolated_observed = unknown, f_aumc_extrapolated_predicted = unknown;
  double mrt_last_h = unknown, mrt_inf_observed_h = unknown, mrt_inf_predicted_h = unknown;
  double cl_observed_L_per_h = unknown, cl_predicted_L_per_h = unknown;
  double vz_observed_L = unknown, vz_predicted_L = unknown;
  double vss_observed_L = unknown, vss_predicted_L = unknown;
  double auc_tau_amount_h_per_L = unknown, c_average_tau_amount_per_L = unknown;
  double c_max_tau_amount_per_L = unknown, c_min_tau_amount_per_L = unknown;
  double t_max_tau_h = unknown, c_end_tau_amount_per_L = unknown;
  double fluctuation_ratio = unknown, swing_ratio = unknown;
  double accumulation_lambda_z_ratio = unknown;
  double cl_tau_L_per_h = unknown, vz_tau_L = unknown, mrt_tau_h = unknown, vss_tau_L = unknown;
  double accumulation_auc_ratio = unknown, accumulation_c_max_ratio = unknown;
  double accumulation_c_min_ratio = unknown;
  std::vector<PartialArea> partial;
  std::vector<double> lambda_z_times_h;
  std::string lambda_z_how;
  std::map<std::string, std::string> reasons;    ///< asked for, and not determined
  std::map<std::string, std::string> not_asked;  ///< not asked for, or not of this route
  std::vector<std::string> notes;                ///< rules that were applied, one sentence each
};

/// Ratios of a later interval to the first.
struct Accumulation {
  double accumulation_auc_ratio = unknown;
  double accumulation_c_max_ratio = unknown;
  double accumulation_c_min_ratio = unknown;
};

inline Accumulation accumulation_of(const PartialArea& first, const PartialArea& later) {
  const auto ratio = [](double above, double below) { return below > 0 ? above / below : unknown; };
  return {ratio(later.auc_amount_h_per_L, first.auc_amount_h_per_L),
          ratio(later.c_max_amount_per_L, first.c_max_amount_per_L),
          ratio(later.c_min_amount_per_L, first.c_min_amount_per_L)};
}

}  // namespace mgpk::nca
