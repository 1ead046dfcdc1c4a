// Published models of intravenous and intramuscular magnesium, ready to use: doses in mmol.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <mgpk/classic/model.hpp>
#include <mgpk/error.hpp>
#include <mgpk/evidence/classic_models_table.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::classic {

/// A number of data/classic_models.csv.
inline const evidence::ClassicNumber& published_number(std::string_view model,
                                                       std::string_view name) {
  for (const auto& row : evidence::classic_models)
    if (row.model == model && row.name == name) return row;
  fail("a number of a published model must stand in data/classic_models.csv",
       std::string(model) + " " + std::string(name), "add the row");
}

namespace detail {

inline double published_value(std::string_view model, std::string_view name) {
  return published_number(model, name).value;
}

inline void check_person(double weight_kg, double creatinine_mg_per_dL) {
  require_between("weight_kg", weight_kg, 20, 300, "give the body weight in kilograms");
  require_between("creatinine_mg_per_dL", creatinine_mg_per_dL, 0.1, 20,
                  "give serum creatinine in mg/dL (umol/L divided by 88.4)");
}

}  // namespace detail

/// One compartment with an intramuscular depot, in pre-eclampsia (258 women in India).
inline Model salinger_2013(double weight_kg, double creatinine_mg_per_dL) {
  const auto number = [](std::string_view name) {
    return detail::published_value("salinger_2013", name);
  };
  detail::check_person(weight_kg, creatinine_mg_per_dL);
  Model model;
  model.name = "salinger_2013";
  model.layout.absorption = Absorption::first_order;
  auto& p = model.parameters;
  p.cl_L_per_h = number("cl_L_per_h") *
                 std::pow(number("creatinine_reference_mg_per_dL") / creatinine_mg_per_dL,
                          number("creatinine_exponent"));
  p.v_central_L = number("v_central_L") *
                  std::pow(weight_kg / number("weight_reference_kg"), number("weight_exponent"));
  p.ka_per_h = number("ka_per_h");
  p.c_baseline_amount_per_L = number("c_baseline_mg_per_L") / units::molar_mass_magnesium_g_per_mol;
  model.doses[0].f_bioavailable = number("f_bioavailable");
  model.publication = {
      "Salinger_2013",
      "258 women with pre-eclampsia in India, 55 kg, creatinine 0.8 mg/dL",
      {"no variation between people stated", "proportional residual error 22.9 % (CV)"},
      {"values as transcribed in nlmixr2lib",
       "intramuscular doses go into the depot, intravenous ones into central"}};
  return model;
}

/// Two compartments, in pre-eclampsia (51 women). No baseline was read: without one, what is
/// predicted is the rise above it.
inline Model clin_pharmacokinet_2002(std::optional<double> c_baseline_mmol_per_L = {}) {
  const auto number = [](std::string_view name) {
    return detail::published_value("clin_pharmacokinet_2002", name);
  };
  Model model;
  model.name = "clin_pharmacokinet_2002";
  model.layout.n_disposition = 2;
  auto& p = model.parameters;
  p.cl_L_per_h = number("cl_L_per_h");
  p.v_central_L = number("v_central_L");
  p.q_1_L_per_h = number("q_1_L_per_h");
  p.v_peripheral_1_L = number("v_peripheral_1_L");
  if (c_baseline_mmol_per_L) {
    require_between("c_baseline_mmol_per_L", *c_baseline_mmol_per_L, 0.1, 5,
                    "give total plasma magnesium in mmol/L");
    p.c_baseline_amount_per_L = *c_baseline_mmol_per_L;
  }
  model.publication = {"Lu_Sheiner_2002",
                       "51 women with pre-eclampsia",
                       {"CV between people: clearance 39 %, central volume 26 %, peripheral volume "
                        "38 %, exchange 59 %",
                        "the residual error was not seen"},
                       {"read in the abstract, where the wording of the infusion is ambiguous",
                        "the baseline was not seen: give c_baseline_mmol_per_L, or read the "
                        "prediction as the rise above it"}};
  return model;
}

/// One compartment, in severe pre-eclampsia (200 women in Egypt), with its sign as printed.
inline Model easterling_2018(double weight_kg, double creatinine_mg_per_dL) {
  const auto number = [](std::string_view name) {
    return detail::published_value("easterling_2018", name);
  };
  detail::check_person(weight_kg, creatinine_mg_per_dL);
  Model model;
  model.name = "easterling_2018";
  auto& p = model.parameters;
  const double creatinine_relative = creatinine_mg_per_dL *
                                     number("creatinine_umol_per_L_per_mg_per_dL") /
                                     number("creatinine_reference_umol_per_L");
  const double cl_L_per_h =
      number("cl_L_per_h") * (1 + number("creatinine_slope") * (creatinine_relative - 1));
  p.cl_L_per_h = cl_L_per_h;
  p.v_central_L = number("v_central_L") * std::exp(number("weight_coefficient") *
                                                   (weight_kg / number("weight_reference_kg") - 1));
  p.c_baseline_amount_per_L = number("c_baseline_mmol_per_L");
  model.publication = {
      "Easterling_2018",
      "200 women with severe pre-eclampsia in Egypt, 90.5 kg, creatinine 66 umol/L",
      {"residual variance 0.0387 as transcribed; variation between people was not seen"},
      {"the sign of creatinine is as printed: clearance RISES with creatinine, against physiology; "
       "do not use it away from 66 umol/L",
       "the volume falls with weight, as printed", "values as transcribed in nlmixr2lib"}};
  return model;
}

/// One compartment, in pre-eclampsia; figures remembered and not read again.
inline Model chuan_2001() {
  const auto number = [](std::string_view name) {
    return detail::published_value("chuan_2001", name);
  };
  Model model;
  model.name = "chuan_2001";
  model.parameters.cl_L_per_h = number("cl_L_per_h");
  model.parameters.v_central_L = number("v_central_L");
  model.parameters.c_baseline_amount_per_L = number("c_baseline_mmol_per_L");
  model.publication = {"Chuan_2001",
                       "51 women with pre-eclampsia",
                       {"not seen"},
                       {"RECALLED: these figures were remembered and not read again; look the "
                        "paper up before relying on them"}};
  return model;
}

}  // namespace mgpk::classic
