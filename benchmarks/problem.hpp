// The problems that are timed: one adult, one plan, everything ready for a solver to start.
#pragma once

#include <cstddef>
#include <vector>

#include <mgpk/mgpk.hpp>
#include <mgpk/simulate/drive.hpp>

namespace bench {

/// Food and one salt: what most runs are about.
inline constexpr std::size_t n_sources = 2;
using Model = mgpk::body::Body<n_sources>;
using State = Model::State<double>;

struct Problem {
  mgpk::Subject subject;
  mgpk::Schedule plan;
  mgpk::simulation::Options options;
  mgpk::simulation::Baseline baseline;
  Model model;
  State start;
  mgpk::simulation::Timeline timeline;
  std::vector<double> times_h;
};

/// States at the output times: what every solver here is asked for.
using States = std::vector<State>;

inline mgpk::Subject adult() {
  mgpk::Subject subject;
  subject.age_y = 40;
  subject.weight_kg = 70;
  subject.gfr_mL_per_min = 120;
  subject.diet_mg_per_d = 320;
  return subject;
}

inline Model model_of(const Problem& problem) {
  const auto values = mgpk::body::values_of(problem.subject);
  Model model;
  model.parameters = problem.baseline.parameters;
  model.sources = {mgpk::body::source_parameters(values, mgpk::dose::Dissolution::food),
                   mgpk::body::source_parameters(values, mgpk::dose::salt("citrate").dissolution)};
  model.labels = {"food", "citrate", "endogenous"};
  return model;
}

/// The first row of a run through the front door holds the state from which it starts.
inline State start_of(const Problem& problem) {
  auto options = problem.options;
  options.until_h = 0;
  options.times_h = {0.0};
  const auto run = mgpk::simulate(problem.subject, problem.plan, options, problem.baseline);
  State start{};
  for (std::size_t i = 0; i < start.size(); ++i) start[i] = run.trajectory.column(i + 1)[0];
  return start;
}

/// 300 mg of magnesium as citrate at 8 h, on each of so many days.
inline Problem make_problem(int days_of_dosing, double until_h, double every_h) {
  Problem problem{};
  problem.subject = adult();
  const double interval_h = days_of_dosing > 1 ? 24.0 : 0.0;
  problem.plan.oral("citrate", mgpk::elemental_mg(300),
                    {.at_h = 8, .every_h = interval_h, .times = days_of_dosing});
  problem.options.until_h = until_h;
  problem.options.every_h = every_h;
  problem.options.with_baseline = false;
  problem.baseline = mgpk::simulation::baseline_of(problem.subject, problem.options);
  problem.model = model_of(problem);
  problem.start = start_of(problem);
  problem.timeline = mgpk::simulation::timeline_of(
      problem.subject, problem.plan, mgpk::simulation::sources_of(problem.plan), until_h);
  problem.times_h = mgpk::simulation::output_times_h(problem.options);
  return problem;
}

inline const Problem& one_dose() {
  static const Problem problem = make_problem(1, 72, 0.5);
  return problem;
}
/// One small call: 25 outputs.
inline const Problem& one_day() {
  static const Problem problem = make_problem(1, 24, 1);
  return problem;
}
inline const Problem& four_weeks() {
  static const Problem problem = make_problem(28, 28 * 24, 0.5);
  return problem;
}
inline const Problem& one_year() {
  static const Problem problem = make_problem(365, 365 * 24, 24);
  return problem;
}

/// What a solve has cost.
struct Work {
  std::size_t n_steps = 0;  ///< accepted
  std::size_t n_rhs = 0;    ///< calls of the right-hand side
};

/// Both tolerances by one number; the ratio of the two is that of mgpk's defaults.
struct Tolerance {
  double relative = 1e-9;
  double absolute() const { return 1e-4 * relative; }
};

/// mgpk's own solver on a problem, states only.
inline Work solve_with_mgpk(const Problem& problem, Tolerance tolerance, States& states) {
  auto options = problem.options.solver();
  options.relative_tolerance = tolerance.relative;
  options.absolute_tolerance = tolerance.absolute();
  Model model = problem.model;
  states.resize(problem.times_h.size());
  const auto driven = mgpk::simulation::drive(
      model, problem.start, problem.timeline, problem.times_h, problem.times_h.back(), options,
      [&](std::size_t row, double, const State& x, const auto&) { states[row] = x; });
  driven.status.or_throw();
  return {driven.statistics.n_steps, driven.statistics.n_rhs};
}

}  // namespace bench
