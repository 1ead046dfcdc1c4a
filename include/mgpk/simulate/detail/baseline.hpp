// How the baseline is found: Newton on the map of one day of diet.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/body/layout.hpp>
#include <mgpk/kidney/reabsorption.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/tolerances.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

namespace detail {

/// A first guess: stores at the reference concentration, an empty gut.
inline std::vector<double> first_guess(const body::BodyParameters<double>& p) {
  using L = body::Layout<1>;
  const double c = p.tissue.cells.c_reference_mmol_per_L;
  std::vector<double> x(L::n_states, 0.0);
  x[L::plasma] = c * p.blood.v_plasma_L;
  x[L::interstitial] = c * p.tissue.v_interstitial_L;
  x[L::cells] = p.tissue.cells.turnover_mmol_per_h / p.tissue.cells.k_per_h;
  x[L::red_cells] = p.tissue.red_cells.turnover_mmol_per_h / p.tissue.red_cells.k_per_h;
  x[L::slow] = p.tissue.slow.cl_in_L_per_h * c / p.tissue.slow.k_per_h;
  return x;
}

/// The slow pool forgets only a few percent a day, so what one day errs is multiplied by dozens.
inline CycleTolerances baseline_tolerances(const Options& options) {
  return {scaled_tolerances(options, 0.01), scaled_tolerances(options, 1e3), {}};
}

inline Baseline solve_baseline(const Subject& subject,
                               const body::BodyParameters<double>& parameters,
                               const evidence::Values<double>& values, const Options& options) {
  auto periodic = find_cycle(diet_cycle(subject, parameters, values), first_guess(parameters), 3,
                             baseline_tolerances(options));
  if (periodic.status.code == ode::StatusCode::no_fixed_point)
    periodic.status.advice = "losses must balance the diet of " +
                             text_of(body::diet_mg_per_d(subject)) +
                             " mg/d at some level of plasma: check the diet, or start from a usual "
                             "diet and change it in the plan";
  periodic.status.or_throw();
  return {parameters,
          body::source_parameters(values, dose::Dissolution::food),
          std::move(periodic.state),
          periodic.residual,
          periodic.contraction,
          periodic.n_iterations,
          subject};
}

/// Plasma at the hour at which measured values are taken to stand.
inline double c_plasma_total_fasting_mmol_per_L(const Subject& subject, const Baseline& baseline,
                                                const evidence::Values<double>& values,
                                                const Options& options) {
  const auto morning = state_within(diet_cycle(subject, baseline.parameters, values),
                                    baseline.state, body::fasting_at_h(subject), options.solver());
  return morning[body::Layout<1>::plasma] / baseline.parameters.blood.v_plasma_L;
}

/// How often Tm is moved until the measured level is met, and how nearly.
struct MeasuredPlasma {
  static constexpr int most_rounds = 20;
  static constexpr double close_enough = 1e-9;

  static bool is_met(double now, double target) {
    return std::abs(now / target - 1.0) < close_enough;
  }
};

/// The Tm that moves the baseline from a plasma level to another; the splay stays as it is. Not
/// positive where the tubule would have to secrete.
///
/// Excretion is fixed by what is absorbed, so a shift of plasma at equal excretion is, in the law
/// of reabsorption, a shift of Tm by the same share; a few rounds settle the small rest.
inline double tm_for_plasma_mmol_per_L(const body::BodyParameters<double>& parameters,
                                       double tm_shift, double now, double target) {
  const auto& kidney = parameters.kidney;
  const double f_uf = parameters.blood.f_uf;
  auto adapted = kidney.tubule;
  adapted.tm_mmol_per_L *= 1.0 + tm_shift;
  const double escaped = kidney::escaped_mmol_per_L(adapted, f_uf * now);
  const double tm_mmol_per_L =
      kidney::tm_for_escape_mmol_per_L(f_uf * target, escaped, kidney.tubule.splay_mmol_per_L);
  // What slow adaptation has added by then is no part of the person's own Tm.
  return tm_mmol_per_L / (1.0 + tm_shift);
}

/// Moves Tm so that the baseline meets a measured plasma level.
inline Baseline meet_measured_plasma(const Subject& subject, Baseline baseline,
                                     const evidence::Values<double>& values,
                                     const Options& options) {
  const double target = *subject.c_plasma_total_mmol_per_L;
  for (int round = 0; round < MeasuredPlasma::most_rounds; ++round) {
    const double now = c_plasma_total_fasting_mmol_per_L(subject, baseline, values, options);
    if (MeasuredPlasma::is_met(now, target)) return baseline;
    double& tm_mmol_per_L = baseline.parameters.kidney.tubule.tm_mmol_per_L;
    tm_mmol_per_L = tm_for_plasma_mmol_per_L(
        baseline.parameters, baseline.state[body::Layout<1>::tm_shift], now, target);
    if (!(tm_mmol_per_L > 0)) break;  // the tubule would have to secrete
    baseline = solve_baseline(subject, baseline.parameters, values, options);
  }
  fail("c_plasma_total_mmol_per_L must be reachable by this person's kidney", text_of(target),
       "check the value, the GFR and the diet");
}

}  // namespace detail

MGPK_COMPILED Baseline baseline_of(const Subject& subject, const Options& options) {
  body::validate(subject);
  const auto values = body::values_of(subject);
  const auto parameters = body::body_parameters(values, body::traits_of(subject));
  auto baseline = detail::solve_baseline(subject, parameters, values, options);
  if (!subject.c_plasma_total_mmol_per_L) return baseline;
  return detail::meet_measured_plasma(subject, std::move(baseline), values, options);
}

}  // namespace mgpk::simulation
