// Published experiments, replayed: each function answers one endpoint of data/human_magnesium.csv.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/mgpk.hpp>

namespace published {

using namespace mgpk;

inline double at(const simulation::Trajectory& table, std::string_view column, double t_h) {
  const auto times = table.column("time_h");
  for (std::size_t row = 0; row < times.size(); ++row)
    if (std::abs(times[row] - t_h) < 1e-9) return table.at(row, column);
  return std::nan("");
}

inline double end(const simulation::Trajectory& table, std::string_view column) {
  return table.at(table.n_rows() - 1, column);
}

/// The person of the bands: every number at its default, which is the reference adult.
inline Subject reference_adult() { return {}; }

/// Cardiac surgery with "normal renal function". Age, weight and GFR are not in the abstracts: 85
/// mL/min is this test's assumption for such patients, and the table shows 120 beside it.
inline Subject cardiac_patient(double gfr_mL_per_min) {
  Subject patient;
  patient.gfr_mL_per_min = gfr_mL_per_min;
  return patient;
}

/// Everything in the gut and the stool, of all labels.
inline double effluent_mmol(const simulation::Trajectory& table) {
  double sum = end(table, "a_feces_mmol");
  for (const auto segment : gut::segment_names) {
    sum += end(table, "a_solid_" + std::string(segment) + "_mmol");
    sum += end(table, "a_dissolved_" + std::string(segment) + "_mmol");
  }
  return sum;
}

/// Fine 1991: a washed-out gut, one standard meal with or without acetate, lavage after 12 h.
struct Lavage {
  double net;             ///< (intake - effluent) / intake
  double net_of_control;  ///< the effluent of a day without food taken off
};

inline Lavage fine_1991(double meal_mg, double acetate_mg) {
  const simulation::Options twelve_hours{
      .times_h = {0, 12}, .with_baseline = false, .empty_gut_at_start = true};
  Schedule fasting, fed;
  fasting.fast(0, 13);
  fed.fast(0, 13).meal(elemental_mg(meal_mg), {.at_h = 0});
  if (acetate_mg > 0) fed.oral("acetate", elemental_mg(acetate_mg), {.at_h = 0}, true);
  const double control =
      effluent_mmol(simulate(reference_adult(), fasting, twelve_hours).trajectory);
  const double effluent = effluent_mmol(simulate(reference_adult(), fed, twelve_hours).trajectory);
  const double intake = to_amount(elemental_mg(meal_mg + acetate_mg)).mmol;
  return {1 - effluent / intake, 1 - (effluent - control) / intake};
}

/// Lindberg 1990 in vitro: a solid in a beaker with a given amount of acid; the laws of the gut
/// without a stomach around them.
struct Beaker {
  static constexpr std::size_t n_states = 3;
  static constexpr std::array<std::string_view, 3> state_names{"a_solid_mmol", "a_dissolved_mmol",
                                                               "a_acid_mmol"};
  evidence::Values<double> values{};

  template <class Real>
  void derivatives(Real, const ode::State<Real, 3>& x, ode::State<Real, 3>& dxdt) const {
    const gut::AcidParameters<double> acid{0, 0, 1, values.acid_half_mmol};
    const auto oxide = body::source_parameters(values, dose::Dissolution::acid).dissolution;
    const Real rate = gut::acid_dissolution_mmol_per_h(oxide, x[0], gut::acid_supply(acid, x[2]));
    dxdt = {-rate, rate, -values.n_acid_per_magnesium * rate};
  }
};

inline double lindberg_1990_oxide(double acid_mmol, double hours) {
  const std::vector<double> times_h{0, hours};
  const auto solution = ode::solve(Beaker{}, {25, 0, acid_mmol}, times_h);
  return solution.states.back()[1] / 25;
}

/// van den Bergh 2003: an infusion for 14 days; mean rise of plasma over the treatment.
inline double subarachnoid_rise(double mmol_per_d, double bolus_mmol) {
  Schedule plan;
  if (bolus_mmol > 0) plan.iv("sulfate", mmol(bolus_mmol), {.at_h = 0, .over_h = 0.5});
  plan.iv("sulfate", mmol(mmol_per_d), {.at_h = 0, .every_h = 24, .times = 14, .over_h = 24});
  const auto run = simulate(reference_adult(), plan, {.times_h = {0, 14 * 24.0}});
  return summary(run).auc_above_baseline_mmol_h_per_L / (14 * 24.0);
}

/// Biesenbach 2018: patients who start loaded. The length of the "bolus infusion" is not in the
/// abstract; half an hour is assumed.
inline simulation::Trajectory biesenbach(const Subject& patient, const Schedule& plan,
                                         double start_mmol_per_L) {
  return simulate(patient, plan,
                  {.times_h = {0, 1, 6, 12},
                   .with_baseline = false,
                   .start_c_plasma_total_mmol_per_L = start_mmol_per_L})
      .trajectory;
}
inline simulation::Trajectory biesenbach_bolus(const Subject& patient) {
  Schedule plan;
  plan.iv("sulfate", mmol(20), {.at_h = 0, .over_h = 0.5});
  return biesenbach(patient, plan, 1.04);
}
inline simulation::Trajectory biesenbach_infusion(const Subject& patient) {
  Schedule plan;
  plan.iv("sulfate", mmol(10), {.at_h = 0, .over_h = 0.5});
  plan.iv("sulfate", mmol(36), {.at_h = 0, .over_h = 12});
  return biesenbach(patient, plan, 1.09);
}

/// True fraction absorbed of one labelled dose in the morning, followed until the gut is empty.
inline double f_absorbed_once(std::string_view salt, double dose_mg, double meal_mg) {
  Schedule plan;
  plan.fast(0, 12.5).oral(salt, elemental_mg(dose_mg), {.at_h = 8}, meal_mg > 0);
  if (meal_mg > 0) plan.meal(elemental_mg(meal_mg), {.at_h = 8});
  const auto run = simulate(reference_adult(), plan, {.times_h = {0, 144}, .with_baseline = false});
  return run.f_absorbed().at(std::string(salt));
}

/// A tracer in the breakfast of a habitual diet.
inline double f_absorbed_tracer(double diet_mg_per_d) {
  Subject person;
  person.diet_mg_per_d = diet_mg_per_d;
  Schedule plan;
  plan.oral("chloride", elemental_mg(0.5), {.at_h = 8}, true);
  const auto run = simulate(person, plan, {.times_h = {0, 144}, .with_baseline = false});
  return run.f_absorbed().at("chloride");
}

/// Daily rise of urine after `days` of a supplement taken with breakfast, lunch and dinner or once.
inline double urine_rise_mmol_per_d(std::string_view salt, const std::vector<double>& at_h,
                                    double each_mg, int days) {
  Schedule plan;
  for (const double t_h : at_h)
    plan.oral(salt, elemental_mg(each_mg), {.at_h = t_h, .every_h = 24, .times = days}, true);
  const auto run =
      simulate(reference_adult(), plan, {.times_h = {0, (days - 1) * 24.0, days * 24.0}});
  return summary(run, (days - 1) * 24.0, days * 24.0).ae_mmol;
}

/// Fatemi 1991: three weeks of 12 mg a day; plasma at the end, relative to the start.
inline double depletion_ratio() {
  Schedule plan;
  plan.diet(12, 0, 21 * 24.0);
  const auto run =
      simulate(reference_adult(), plan, {.times_h = {8, 21 * 24.0 + 8}, .with_baseline = false});
  const auto c = run.trajectory.column("c_plasma_total_mmol_per_L");
  return c[1] / c[0];
}

}  // namespace published
