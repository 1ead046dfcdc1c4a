// The textbook numbers of a linear model: half-lives, macro constants, volumes, mean times.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include <mgpk/classic/disposition.hpp>
#include <mgpk/classic/flows.hpp>
#include <mgpk/classic/model.hpp>
#include <mgpk/error.hpp>

namespace mgpk::classic {

/// `lambda_per_h` are alpha, beta, gamma, the fastest first; the concentration after a unit bolus
/// into the central compartment is the sum of `coefficients_per_L` (A, B, C) times exp(-lambda t).
struct ReadOuts {
  std::vector<double> lambda_per_h{};
  std::vector<double> half_lives_h{};
  std::vector<double> coefficients_per_L{};
  double auc_unit_dose_amount_h_per_L = 0;  ///< of a unit that reaches the central compartment
  double v_steady_state_L = 0;
  double t_mean_residence_h = 0;   ///< of a unit that reaches the central compartment
  double t_mean_absorption_h = 0;  ///< from a dose into the depot to the central compartment
};

namespace detail {

/// The numbers of a model that reads no column.
inline Parameters<double> fixed_numbers(const Model& model) {
  Parameters<double> p;
  for (std::size_t i = 0; i < n_parameters; ++i) {
    const Quantity& quantity = model.parameters.*parameter_members<Quantity>[i];
    if (quantity.is_column())
      fail("read-outs need fixed numbers",
           "column " + quantity.column + " for " + std::string(parameter_names[i]),
           "give a number");
    if (quantity.is_given()) p.*parameter_members<double>[i] = quantity.value;
  }
  if (!model.parameters.ka_per_h.is_given()) p.ka_per_h = p.k_transit_per_h;
  return p;
}

}  // namespace detail

/// @throws InputError for a model with saturable elimination, or with columns for numbers
inline ReadOuts read_outs(const Model& model) {
  validate(model);
  if (!model.is_linear())
    fail("read-outs need linear elimination", "saturable",
         "half-lives depend on the amount there; predict instead");
  const Parameters<double> p = detail::fixed_numbers(model);
  const Layout& at = model.layout;
  const Disposition disposition(at, p);
  ReadOuts r;
  for (std::size_t mode = 0; mode < disposition.n(); ++mode) {
    r.lambda_per_h.push_back(disposition.rate(mode));
    r.half_lives_h.push_back(std::log(2.0) / disposition.rate(mode));
    r.coefficients_per_L.push_back(disposition.coefficient(mode));
  }
  r.auc_unit_dose_amount_h_per_L = 1 / p.cl_L_per_h;
  r.v_steady_state_L = p.v_central_L + p.v_peripheral_1_L + p.v_peripheral_2_L;
  r.t_mean_residence_h = r.v_steady_state_L / p.cl_L_per_h;
  for (std::size_t i = 0; i < at.n_chain(); ++i) r.t_mean_absorption_h += 1 / k_out(at, p, i);
  if (at.absorption == Absorption::zero_order) r.t_mean_absorption_h = p.t_zero_order_h / 2;
  return r;
}

}  // namespace mgpk::classic
