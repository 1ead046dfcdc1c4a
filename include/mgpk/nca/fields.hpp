// The numbers of all results by name, those of urine too.
#pragma once

#include <mgpk/nca/plasma_fields.hpp>
#include <mgpk/nca/urine.hpp>

namespace mgpk::nca::detail {

#define MGPK_NCA_FIELD(name) \
  { #name, &Result::name }

template <>
struct Fields<UrineResult> {
  using Result = UrineResult;
  static constexpr Field<Result> list[] = {
      MGPK_NCA_FIELD(ae_amount),
      MGPK_NCA_FIELD(f_excreted),
      MGPK_NCA_FIELD(rate_max_amount_per_h),
      MGPK_NCA_FIELD(t_rate_max_h),
      MGPK_NCA_FIELD(tlag_h),
      MGPK_NCA_FIELD(rate_last_amount_per_h),
      MGPK_NCA_FIELD(t_rate_last_h),
      MGPK_NCA_FIELD(lambda_z_per_h),
      MGPK_NCA_FIELD(half_life_h),
      MGPK_NCA_FIELD(lambda_z_intercept),
      MGPK_NCA_FIELD(lambda_z_r_squared),
      MGPK_NCA_FIELD(lambda_z_r_squared_adjusted),
      MGPK_NCA_FIELD(n_lambda_z),
      MGPK_NCA_FIELD(lambda_z_span_ratio),
      MGPK_NCA_FIELD(lambda_z_from_h),
      MGPK_NCA_FIELD(lambda_z_to_h),
      MGPK_NCA_FIELD(aurc_last_amount),
      MGPK_NCA_FIELD(aurc_inf_observed_amount),
      MGPK_NCA_FIELD(aurc_inf_predicted_amount),
      MGPK_NCA_FIELD(f_aurc_extrapolated_observed),
      MGPK_NCA_FIELD(auc_amount_h_per_L),
      MGPK_NCA_FIELD(cl_renal_L_per_h),
  };
};

template <>
struct Fields<Collection> {
  using Result = Collection;
  static constexpr Field<Result> list[] = {
      MGPK_NCA_FIELD(from_h),
      MGPK_NCA_FIELD(to_h),
      MGPK_NCA_FIELD(midpoint_h),
      MGPK_NCA_FIELD(ae_amount),
      MGPK_NCA_FIELD(rate_amount_per_h),
      MGPK_NCA_FIELD(ae_cumulative_amount),
  };
};

#undef MGPK_NCA_FIELD

}  // namespace mgpk::nca::detail
