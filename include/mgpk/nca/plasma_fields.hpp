// The numbers of a result by name, in the order in which they are told.
#pragma once

#include <mgpk/nca/plasma_result.hpp>

namespace mgpk::nca {

template <class Result>
struct Field {
  const char* name;
  double Result::*number;
};

namespace detail {

template <class Result>
struct Fields;

#define MGPK_NCA_FIELD(name) \
  { #name, &Result::name }

template <>
struct Fields<PlasmaResult> {
  using Result = PlasmaResult;
  static constexpr Field<Result> list[] = {
      MGPK_NCA_FIELD(c_max_amount_per_L),
      MGPK_NCA_FIELD(t_max_h),
      MGPK_NCA_FIELD(tlag_h),
      MGPK_NCA_FIELD(c_last_amount_per_L),
      MGPK_NCA_FIELD(c_last_predicted_amount_per_L),
      MGPK_NCA_FIELD(t_last_h),
      MGPK_NCA_FIELD(c_start_amount_per_L),
      MGPK_NCA_FIELD(lambda_z_per_h),
      MGPK_NCA_FIELD(half_life_h),
      MGPK_NCA_FIELD(lambda_z_intercept),
      MGPK_NCA_FIELD(lambda_z_r_squared),
      MGPK_NCA_FIELD(lambda_z_r_squared_adjusted),
      MGPK_NCA_FIELD(n_lambda_z),
      MGPK_NCA_FIELD(lambda_z_span_ratio),
      MGPK_NCA_FIELD(lambda_z_from_h),
      MGPK_NCA_FIELD(lambda_z_to_h),
      MGPK_NCA_FIELD(auc_last_amount_h_per_L),
      MGPK_NCA_FIELD(auc_all_amount_h_per_L),
      MGPK_NCA_FIELD(auc_inf_observed_amount_h_per_L),
      MGPK_NCA_FIELD(auc_inf_predicted_amount_h_per_L),
      MGPK_NCA_FIELD(f_auc_extrapolated_observed),
      MGPK_NCA_FIELD(f_auc_extrapolated_predicted),
      MGPK_NCA_FIELD(f_auc_back_extrapolated_observed),
      MGPK_NCA_FIELD(f_auc_back_extrapolated_predicted),
      MGPK_NCA_FIELD(aumc_last_amount_h_h_per_L),
      MGPK_NCA_FIELD(aumc_inf_observed_amount_h_h_per_L),
      MGPK_NCA_FIELD(aumc_inf_predicted_amount_h_h_per_L),
      MGPK_NCA_FIELD(f_aumc_extrapolated_observed),
      MGPK_NCA_FIELD(f_aumc_extrapolated_predicted),
      MGPK_NCA_FIELD(mrt_last_h),
      MGPK_NCA_FIELD(mrt_inf_observed_h),
      MGPK_NCA_FIELD(mrt_inf_predicted_h),
      MGPK_NCA_FIELD(cl_observed_L_per_h),
      MGPK_NCA_FIELD(cl_predicted_L_per_h),
      MGPK_NCA_FIELD(vz_observed_L),
      MGPK_NCA_FIELD(vz_predicted_L),
      MGPK_NCA_FIELD(vss_observed_L),
      MGPK_NCA_FIELD(vss_predicted_L),
      MGPK_NCA_FIELD(auc_tau_amount_h_per_L),
      MGPK_NCA_FIELD(c_average_tau_amount_per_L),
      MGPK_NCA_FIELD(c_max_tau_amount_per_L),
      MGPK_NCA_FIELD(t_max_tau_h),
      MGPK_NCA_FIELD(c_min_tau_amount_per_L),
      MGPK_NCA_FIELD(c_end_tau_amount_per_L),
      MGPK_NCA_FIELD(fluctuation_ratio),
      MGPK_NCA_FIELD(swing_ratio),
      MGPK_NCA_FIELD(accumulation_lambda_z_ratio),
      MGPK_NCA_FIELD(cl_tau_L_per_h),
      MGPK_NCA_FIELD(vz_tau_L),
      MGPK_NCA_FIELD(mrt_tau_h),
      MGPK_NCA_FIELD(vss_tau_L),
      MGPK_NCA_FIELD(accumulation_auc_ratio),
      MGPK_NCA_FIELD(accumulation_c_max_ratio),
      MGPK_NCA_FIELD(accumulation_c_min_ratio),
  };
};

template <>
struct Fields<PartialArea> {
  using Result = PartialArea;
  static constexpr Field<Result> list[] = {
      MGPK_NCA_FIELD(from_h),
      MGPK_NCA_FIELD(to_h),
      MGPK_NCA_FIELD(auc_amount_h_per_L),
      MGPK_NCA_FIELD(aumc_amount_h_h_per_L),
      MGPK_NCA_FIELD(f_extrapolated),
      MGPK_NCA_FIELD(c_average_amount_per_L),
      MGPK_NCA_FIELD(c_max_amount_per_L),
      MGPK_NCA_FIELD(t_max_h),
      MGPK_NCA_FIELD(c_min_amount_per_L),
      MGPK_NCA_FIELD(t_min_h),
      MGPK_NCA_FIELD(c_end_amount_per_L),
  };
};

#undef MGPK_NCA_FIELD

}  // namespace detail

/// All numbers of a result, by name.
template <class Result>
constexpr const auto& fields_of() {
  return detail::Fields<Result>::list;
}

}  // namespace mgpk::nca
