// How the baseline is found: Newton on the map of one day of diet.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/ode/periodic.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/drive.hpp>
#include <mgpk/simulate/timeline.hpp>

namespace mgpk::simulation {

namespace detail {

using FoodBody = body::Body<1>;

inline FoodBody food_body(const body::BodyParameters<double>& parameters,
                          const body::SourceParameters<double>& food) {
  return {parameters, {food}, 0.0, {"food", "endogenous"}};
}

/// States outside the map: read-outs, which only accumulate, and what a diet never fills.
inline std::vector<bool> periodic_mask() {
  using L = FoodBody::L;
  std::vector<bool> mask(FoodBody::n_states, true);
  for (std::size_t i = L::first_readout; i < L::n_states; ++i) mask[i] = false;
  for (const std::size_t i :
       {L::im_depot, L::glycine_gut, L::glycine_plasma, L::dissolved(L::endogenous, gut::stomach)})
    mask[i] = false;
  return mask;
}

/// A first guess: stores at the reference concentration, an empty gut.
inline FoodBody::State<double> first_guess(const body::BodyParameters<double>& p) {
  using L = FoodBody::L;
  const double c = p.tissue.cells.c_reference_mmol_per_L;
  FoodBody::State<double> x{};
  x[L::plasma] = c * p.blood.v_plasma_L;
  x[L::interstitial] = c * p.tissue.v_interstitial_L;
  x[L::cells] = p.tissue.cells.turnover_mmol_per_h / p.tissue.cells.k_per_h;
  x[L::slow] = p.tissue.slow.cl_in_L_per_h * c / p.tissue.slow.k_per_h;
  return x;
}

/// One day of diet, as a map of the state at midnight.
class OneDay {
 public:
  OneDay(const Subject& subject, const FoodBody& model, const ode::Options& options)
      : model_(model),
        options_(options),
        timeline_(cycle_of(subject, Schedule{}, sources_of(Schedule{}), units::hours_per_day)) {}

  ode::Status operator()(const std::vector<double>& from, std::vector<double>& to) {
    FoodBody::State<double> x{};
    std::copy(from.begin(), from.end(), x.begin());
    const auto day =
        drive<1>(model_, x, timeline_, {}, units::hours_per_day, options_, [](auto&&...) {});
    to.assign(day.end.begin(), day.end.end());
    return day.status;
  }

 private:
  FoodBody model_;
  ode::Options options_;
  Timeline timeline_;
};

/// The solver's options with both tolerances scaled, within what doubles can do and still resolve
/// the differences of a Jacobian.
inline ode::Options scaled_tolerances(const Options& options, double factor) {
  auto solver = options.solver();
  solver.relative_tolerance = std::clamp(factor * solver.relative_tolerance, 1e-13, 1e-6);
  solver.absolute_tolerance = std::clamp(factor * solver.absolute_tolerance, 1e-16, 1e-10);
  // A day of diet is not stiff, and a stiff method would take minutes for what takes milliseconds.
  solver.method = ode::Method::automatic;
  return solver;
}

inline Baseline solve_baseline(const Subject& subject,
                               const body::BodyParameters<double>& parameters,
                               const evidence::Values<double>& values, const Options& options) {
  Baseline baseline{parameters, body::source_parameters(values, dose::Dissolution::food), {}, 0, 0,
                    0};
  const auto model = food_body(parameters, baseline.food);
  // The slow pool forgets only a few percent a day, so what one day errs is multiplied by dozens.
  OneDay one_day(subject, model, scaled_tolerances(options, 0.01));
  OneDay rough_day(subject, model, scaled_tolerances(options, 1e3));
  const auto guess = first_guess(parameters);
  std::vector<double> start(guess.begin(), guess.end()), settled;
  for (int day = 0; day < 3; ++day) {
    rough_day(start, settled).or_throw();
    std::copy_n(settled.begin(), FoodBody::L::first_readout, start.begin());
  }
  auto periodic = ode::find_periodic(one_day, rough_day, start, periodic_mask(), {});
  if (periodic.status.code == ode::StatusCode::no_fixed_point)
    periodic.status.advice = "losses must balance the diet of " +
                             text_of(body::diet_mg_per_d(subject)) +
                             " mg/d at some level of plasma: check the diet, or start from a usual "
                             "diet and change it in the plan";
  periodic.status.or_throw();
  baseline.state = std::move(periodic.state);
  std::fill(baseline.state.begin() + FoodBody::L::first_readout, baseline.state.end(), 0.0);
  baseline.residual = periodic.residual;
  baseline.contraction = periodic.contraction;
  baseline.n_iterations = periodic.n_iterations;
  return baseline;
}

/// Plasma at the hour at which measured values are taken to stand.
inline double c_plasma_total_fasting_mmol_per_L(const Subject& subject, const Baseline& baseline,
                                                const Options& options) {
  auto model = food_body(baseline.parameters, baseline.food);
  FoodBody::State<double> x{};
  std::copy(baseline.state.begin(), baseline.state.end(), x.begin());
  const double fasting_h = body::fasting_at_h(subject);
  const auto timeline = timeline_of(subject, Schedule{}, sources_of(Schedule{}), fasting_h);
  const auto morning =
      drive<1>(model, x, timeline, {}, fasting_h, options.solver(), [](auto&&...) {});
  morning.status.or_throw();
  return model.c_plasma_total_mmol_per_L(morning.end);
}

/// Moves Tm so that the baseline meets a measured plasma level; the splay stays as it is.
///
/// Excretion is fixed by what is absorbed, so a shift of plasma at equal excretion is, in the law
/// of reabsorption, a shift of Tm by the same share; a few rounds settle the small rest.
inline Baseline meet_measured_plasma(const Subject& subject, Baseline baseline,
                                     const evidence::Values<double>& values,
                                     const Options& options) {
  constexpr int most_rounds = 20;
  constexpr double close_enough = 1e-9;
  const double target = *subject.c_plasma_total_mmol_per_L;
  for (int round = 0; round < most_rounds; ++round) {
    const double now = c_plasma_total_fasting_mmol_per_L(subject, baseline, options);
    if (std::abs(now / target - 1.0) < close_enough) return baseline;
    auto& kidney = baseline.parameters.kidney;
    const double f_uf = baseline.parameters.blood.f_uf;
    const double escaped = kidney::escaped_mmol_per_L(kidney.tubule, f_uf * now);
    kidney.tubule.tm_mmol_per_L =
        kidney::tm_for_escape_mmol_per_L(f_uf * target, escaped, kidney.tubule.splay_mmol_per_L);
    if (!(kidney.tubule.tm_mmol_per_L > 0)) break;  // the tubule would have to secrete
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
