// What a single dose shows: peak, areas, infinity, clearance and volumes.
#pragma once

#include <cmath>
#include <string>

#include <mgpk/error.hpp>
#include <mgpk/nca/detail/curve.hpp>
#include <mgpk/nca/detail/telling.hpp>
#include <mgpk/nca/plasma_input.hpp>
#include <mgpk/nca/plasma_fields.hpp>

namespace mgpk::nca::detail {

/// A share or quotient, or why there is none.
inline void divide(PlasmaResult& r, double PlasmaResult::*number, double above, double below,
                   const std::string& what) {
  if (below > 0) {
    r.*number = above / below;
    return;
  }
  for (const auto& field : fields_of<PlasmaResult>())
    if (field.number == number)
      cannot(r, {field.name}, what + " is not positive: " + text_of(below));
}

inline void tell_peak_and_last(PlasmaResult& r, const PlasmaInput& input, const Curve& curve) {
  r.c_max_amount_per_L = curve.points[curve.peak].y;
  r.t_max_h = curve.points[curve.peak].t_h;
  if (input.route != Route::extravascular)
    not_asked(r, {"tlag_h"}, "only after an extravascular dose");
  if (!curve.last) {
    cannot(r,
           {"tlag_h", "c_last_amount_per_L", "t_last_h", "auc_last_amount_h_per_L",
            "aumc_last_amount_h_h_per_L", "mrt_last_h"},
           "no positive concentration was measured");
    return;
  }
  r.c_last_amount_per_L = curve.points[*curve.last].y;
  r.t_last_h = curve.points[*curve.last].t_h;
  if (input.route != Route::extravascular) return;
  std::size_t first = 0;
  while (!(curve.measured[first] && curve.points[first].y > 0)) ++first;
  r.tlag_h = curve.points[first > 0 ? first - 1 : 0].t_h;
}

inline double infusion_part_h(const PlasmaInput& input) {
  return input.route == Route::iv_infusion ? input.infusion_h / 2 : 0;
}

inline void tell_areas(PlasmaResult& r, const PlasmaInput& input, const Curve& curve) {
  r.auc_all_amount_h_per_L = moments_of(curve.points, 0, curve.t_end_h(), curve.method).zeroth;
  if (!curve.last) return;
  const Moments to_last = moments_of(curve.points, 0, r.t_last_h, curve.method);
  r.auc_last_amount_h_per_L = to_last.zeroth;
  r.aumc_last_amount_h_h_per_L = to_last.first;
  divide(r, &PlasmaResult::mrt_last_h, to_last.first, to_last.zeroth,
         "AUC to the last measurement");
  r.mrt_last_h -= infusion_part_h(input);
}

inline constexpr Names infinity_names = {"c_last_predicted_amount_per_L",
                                         "auc_inf_observed_amount_h_per_L",
                                         "auc_inf_predicted_amount_h_per_L",
                                         "f_auc_extrapolated_observed",
                                         "f_auc_extrapolated_predicted",
                                         "aumc_inf_observed_amount_h_h_per_L",
                                         "aumc_inf_predicted_amount_h_h_per_L",
                                         "f_aumc_extrapolated_observed",
                                         "f_aumc_extrapolated_predicted",
                                         "mrt_inf_observed_h",
                                         "mrt_inf_predicted_h",
                                         "f_auc_back_extrapolated_observed",
                                         "f_auc_back_extrapolated_predicted"};
inline constexpr Names clearance_names = {"cl_observed_L_per_h", "cl_predicted_L_per_h",
                                          "vz_observed_L",       "vz_predicted_L",
                                          "vss_observed_L",      "vss_predicted_L"};

/// From the last measurement, observed or predicted, to infinity along lambda_z.
inline Moments to_infinity(const PlasmaResult& r, double c) {
  const double lambda = r.lambda_z_per_h, area = c / lambda;
  return {area, area * r.t_last_h + area / lambda};
}

inline void tell_infinity(PlasmaResult& r, const PlasmaInput& input) {
  const double infused_h = infusion_part_h(input);
  r.c_last_predicted_amount_per_L = std::exp(r.lambda_z_intercept - r.lambda_z_per_h * r.t_last_h);
  const Moments observed = to_infinity(r, r.c_last_amount_per_L);
  const Moments predicted = to_infinity(r, r.c_last_predicted_amount_per_L);
  r.auc_inf_observed_amount_h_per_L = r.auc_last_amount_h_per_L + observed.zeroth;
  r.auc_inf_predicted_amount_h_per_L = r.auc_last_amount_h_per_L + predicted.zeroth;
  r.aumc_inf_observed_amount_h_h_per_L = r.aumc_last_amount_h_h_per_L + observed.first;
  r.aumc_inf_predicted_amount_h_h_per_L = r.aumc_last_amount_h_h_per_L + predicted.first;
  const std::string auc = "AUC to infinity", aumc = "AUMC to infinity";
  divide(r, &PlasmaResult::f_auc_extrapolated_observed, observed.zeroth,
         r.auc_inf_observed_amount_h_per_L, auc);
  divide(r, &PlasmaResult::f_auc_extrapolated_predicted, predicted.zeroth,
         r.auc_inf_predicted_amount_h_per_L, auc);
  divide(r, &PlasmaResult::f_aumc_extrapolated_observed, observed.first,
         r.aumc_inf_observed_amount_h_h_per_L, aumc);
  divide(r, &PlasmaResult::f_aumc_extrapolated_predicted, predicted.first,
         r.aumc_inf_predicted_amount_h_h_per_L, aumc);
  if (input.at_steady_state) {
    not_asked(r, {"mrt_inf_observed_h", "mrt_inf_predicted_h"}, "at steady state: see mrt_tau_h");
    return;
  }
  divide(r, &PlasmaResult::mrt_inf_observed_h, r.aumc_inf_observed_amount_h_h_per_L,
         r.auc_inf_observed_amount_h_per_L, auc);
  divide(r, &PlasmaResult::mrt_inf_predicted_h, r.aumc_inf_predicted_amount_h_h_per_L,
         r.auc_inf_predicted_amount_h_per_L, auc);
  r.mrt_inf_observed_h -= infused_h;
  r.mrt_inf_predicted_h -= infused_h;
}

inline void tell_start(PlasmaResult& r, const PlasmaInput& input, const Curve& curve) {
  if (input.route != Route::iv_bolus) {
    not_asked(r,
              {"c_start_amount_per_L", "f_auc_back_extrapolated_observed",
               "f_auc_back_extrapolated_predicted"},
              "only after a bolus");
    return;
  }
  r.c_start_amount_per_L = curve.points[0].y;
  if (std::isnan(r.auc_inf_observed_amount_h_per_L)) return;
  const bool back = !curve.starts_with_sample && curve.points.size() > 1;
  const double area =
      back ? moments_between(curve.points[0], curve.points[1], curve.method).zeroth : 0;
  divide(r, &PlasmaResult::f_auc_back_extrapolated_observed, area,
         r.auc_inf_observed_amount_h_per_L, "AUC to infinity");
  divide(r, &PlasmaResult::f_auc_back_extrapolated_predicted, area,
         r.auc_inf_predicted_amount_h_per_L, "AUC to infinity");
}

inline void tell_clearance(PlasmaResult& r, const PlasmaInput& input) {
  if (std::isnan(input.dose_amount)) not_asked(r, clearance_names, "no dose was given");
  if (input.at_steady_state)
    not_asked(r, clearance_names, "at steady state: see cl_tau_L_per_h, vz_tau_L, vss_tau_L");
  if (input.route == Route::extravascular)
    not_asked(r, {"vss_observed_L", "vss_predicted_L"}, "only after an intravenous dose");
  if (std::isnan(input.dose_amount) || input.at_steady_state) return;
  if (std::isnan(r.auc_inf_observed_amount_h_per_L)) {
    cannot(r, clearance_names, r.reasons["auc_inf_observed_amount_h_per_L"]);
    return;
  }
  const std::string auc = "AUC to infinity";
  divide(r, &PlasmaResult::cl_observed_L_per_h, input.dose_amount,
         r.auc_inf_observed_amount_h_per_L, auc);
  divide(r, &PlasmaResult::cl_predicted_L_per_h, input.dose_amount,
         r.auc_inf_predicted_amount_h_per_L, auc);
  r.vz_observed_L = r.cl_observed_L_per_h / r.lambda_z_per_h;
  r.vz_predicted_L = r.cl_predicted_L_per_h / r.lambda_z_per_h;
  if (input.route != Route::extravascular) {
    r.vss_observed_L = r.cl_observed_L_per_h * r.mrt_inf_observed_h;
    r.vss_predicted_L = r.cl_predicted_L_per_h * r.mrt_inf_predicted_h;
  }
  if (std::isnan(r.cl_observed_L_per_h))
    cannot(r, {"vz_observed_L", "vss_observed_L"}, r.reasons["cl_observed_L_per_h"]);
  if (std::isnan(r.cl_predicted_L_per_h))
    cannot(r, {"vz_predicted_L", "vss_predicted_L"}, r.reasons["cl_predicted_L_per_h"]);
}

}  // namespace mgpk::nca::detail
