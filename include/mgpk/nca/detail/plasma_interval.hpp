// What a dosing interval shows: average, fluctuation, steady state; and two intervals compared.
#pragma once

#include <cmath>
#include <string>

#include <mgpk/nca/detail/partial.hpp>
#include <mgpk/nca/detail/plasma_single.hpp>

namespace mgpk::nca::detail {

inline constexpr Names tau_names = {"auc_tau_amount_h_per_L",
                                    "c_average_tau_amount_per_L",
                                    "c_max_tau_amount_per_L",
                                    "c_min_tau_amount_per_L",
                                    "t_max_tau_h",
                                    "c_end_tau_amount_per_L",
                                    "fluctuation_ratio",
                                    "swing_ratio"};
inline constexpr Names steady_names = {"cl_tau_L_per_h", "vz_tau_L", "mrt_tau_h", "vss_tau_L"};

inline void tell_steady_state(PlasmaResult& r, const PlasmaInput& input, const PartialArea& tau) {
  if (input.route == Route::extravascular)
    not_asked(r, {"vss_tau_L"}, "only after an intravenous dose");
  if (std::isnan(input.dose_amount))
    not_asked(r, {"cl_tau_L_per_h", "vz_tau_L", "vss_tau_L"}, "no dose was given");
  else
    divide(r, &PlasmaResult::cl_tau_L_per_h, input.dose_amount, tau.auc_amount_h_per_L,
           "AUC over the dosing interval");
  if (std::isnan(r.lambda_z_per_h)) {
    cannot(r, {"vz_tau_L", "mrt_tau_h", "vss_tau_L"}, r.reasons["lambda_z_per_h"]);
    return;
  }
  // What a single dose would leave after tau has, at steady state, been left by the doses before.
  const double after = input.tau_h * (r.auc_inf_observed_amount_h_per_L - tau.auc_amount_h_per_L);
  divide(r, &PlasmaResult::mrt_tau_h, tau.aumc_amount_h_h_per_L + after, tau.auc_amount_h_per_L,
         "AUC over the dosing interval");
  r.mrt_tau_h -= infusion_part_h(input);
  r.vz_tau_L = r.cl_tau_L_per_h / r.lambda_z_per_h;
  if (input.route != Route::extravascular) r.vss_tau_L = r.cl_tau_L_per_h * r.mrt_tau_h;
  if (std::isnan(r.cl_tau_L_per_h))
    cannot(r, {"vz_tau_L", "vss_tau_L"}, r.reasons["cl_tau_L_per_h"]);
}

inline void tell_fluctuation(PlasmaResult& r, const PartialArea& tau) {
  const double range = tau.c_max_amount_per_L - tau.c_min_amount_per_L;
  if (std::isnan(range)) {
    cannot(r,
           {"c_max_tau_amount_per_L", "c_min_tau_amount_per_L", "t_max_tau_h", "fluctuation_ratio",
            "swing_ratio"},
           "no sample within the dosing interval");
    return;
  }
  divide(r, &PlasmaResult::swing_ratio, range, tau.c_min_amount_per_L, "the lowest concentration");
  divide(r, &PlasmaResult::fluctuation_ratio, range, tau.c_average_amount_per_L,
         "the average concentration");
}

inline void tell_interval(PlasmaResult& r, const PlasmaInput& input, const Curve& curve) {
  if (std::isnan(input.tau_h)) {
    const std::string why = "no dosing interval, tau_h, was given";
    not_asked(r, tau_names, why);
    not_asked(r, steady_names, why);
    not_asked(r, {"accumulation_lambda_z_ratio"}, why);
    return;
  }
  if (std::isnan(r.lambda_z_per_h))
    cannot(r, {"accumulation_lambda_z_ratio"}, r.reasons["lambda_z_per_h"]);
  else
    r.accumulation_lambda_z_ratio = -1 / std::expm1(-r.lambda_z_per_h * input.tau_h);
  if (!input.at_steady_state) not_asked(r, steady_names, "only at steady state");
  const PartialArea tau = partial_area(curve, {0, input.tau_h});
  r.auc_tau_amount_h_per_L = tau.auc_amount_h_per_L;
  r.c_average_tau_amount_per_L = tau.c_average_amount_per_L;
  r.c_max_tau_amount_per_L = tau.c_max_amount_per_L;
  r.t_max_tau_h = tau.t_max_h;
  r.c_min_tau_amount_per_L = tau.c_min_amount_per_L;
  r.c_end_tau_amount_per_L = tau.c_end_amount_per_L;
  if (!tau.reason.empty()) {
    cannot(r,
           {"auc_tau_amount_h_per_L", "c_average_tau_amount_per_L", "c_end_tau_amount_per_L",
            "fluctuation_ratio"},
           tau.reason);
    cannot(r, steady_names, tau.reason);
  }
  tell_fluctuation(r, tau);
  if (tau.reason.empty() && input.at_steady_state) tell_steady_state(r, input, tau);
}

inline void tell_accumulation(PlasmaResult& r, const PlasmaInput& input, const Curve& curve) {
  const Names names = {"accumulation_auc_ratio", "accumulation_c_max_ratio",
                       "accumulation_c_min_ratio"};
  if (input.accumulation.empty()) {
    not_asked(r, names, "no two intervals were given to compare");
    return;
  }
  const PartialArea first = partial_area(curve, input.accumulation[0]);
  const PartialArea later = partial_area(curve, input.accumulation[1]);
  const Accumulation found = accumulation_of(first, later);
  r.accumulation_auc_ratio = found.accumulation_auc_ratio;
  r.accumulation_c_max_ratio = found.accumulation_c_max_ratio;
  r.accumulation_c_min_ratio = found.accumulation_c_min_ratio;
  const std::string why = first.reason + later.reason;
  if (std::isnan(r.accumulation_auc_ratio))
    cannot(r, {"accumulation_auc_ratio"},
           why.empty() ? "the area of the first interval is not positive" : why);
  const std::string none = "no sample in an interval, or none positive in the first";
  if (std::isnan(r.accumulation_c_max_ratio)) cannot(r, {"accumulation_c_max_ratio"}, none);
  if (std::isnan(r.accumulation_c_min_ratio)) cannot(r, {"accumulation_c_min_ratio"}, none);
}
}  // namespace mgpk::nca::detail
