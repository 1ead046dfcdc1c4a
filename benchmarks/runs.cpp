// One small call, one dose, four weeks, one year: mgpk's solver beside plain Boost.Odeint on the
// same model.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <tuple>

#include "accuracy.hpp"
#include "problem.hpp"

namespace bench {
namespace {

mgpk::Run through_front_door(const Problem& p) {
  return mgpk::simulate(p.subject, p.plan, p.options, p.baseline);
}

States states_of(const mgpk::Run& run) {
  States states(run.trajectory.n_rows());
  for (std::size_t i = 0; i < std::tuple_size_v<State>; ++i) {
    const auto column = run.trajectory.column(i + 1);
    for (std::size_t row = 0; row < states.size(); ++row) states[row][i] = column[row];
  }
  return states;
}

/// What every benchmark of one problem needs to know, found once.
struct Yardstick {
  const Problem& problem;
  States reference;
  Tolerance twin;  ///< at which the twin is as exact as mgpk at its default
};

Yardstick yardstick_of(const Problem& problem) {
  const States reference = reference_of(problem);
  const double error = error_of(states_of(through_front_door(problem)), reference);
  return {problem, reference, twin_tolerance(problem, reference, error)};
}

const Yardstick& one_dose_yardstick() {
  static const Yardstick found = yardstick_of(one_dose());
  return found;
}
const Yardstick& one_day_yardstick() {
  static const Yardstick found = yardstick_of(one_day());
  return found;
}
const Yardstick& four_weeks_yardstick() {
  static const Yardstick found = yardstick_of(four_weeks());
  return found;
}
const Yardstick& one_year_yardstick() {
  static const Yardstick found = yardstick_of(one_year());
  return found;
}

void report(benchmark::State& state, const Work& work, double error, Tolerance tolerance) {
  state.counters["steps"] = static_cast<double>(work.n_steps);
  state.counters["rhs_calls"] = static_cast<double>(work.n_rhs);
  state.counters["max_error"] = error;
  state.counters["tolerance"] = tolerance.relative;
}

template <class Solve>
void time_solver(benchmark::State& state, const Yardstick& yard, Tolerance tolerance,
                 Solve&& solve) {
  States states;
  Work work;
  for ([[maybe_unused]] auto turn : state) {
    work = solve(yard.problem, tolerance, states);
    benchmark::DoNotOptimize(states.data());
  }
  report(state, work, error_of(states, yard.reference), tolerance);
}

/// The whole front door from a known baseline: the solver, the table and its read-outs.
void time_front_door(benchmark::State& state, const Yardstick& yard) {
  for ([[maybe_unused]] auto turn : state) {
    const auto run = through_front_door(yard.problem);
    benchmark::DoNotOptimize(run.trajectory.values().data());
  }
  const auto run = through_front_door(yard.problem);
  report(state, {run.statistics.n_steps, run.statistics.n_rhs},
         error_of(states_of(run), yard.reference), Tolerance{});
}

void register_problem(const std::string& name, const Yardstick& (*yard)()) {
  const auto add = [&](const std::string& variant, auto&& function) {
    benchmark::RegisterBenchmark((name + "/" + variant).c_str(), function)
        ->Unit(benchmark::kMillisecond);
  };
  add("mgpk", [=](benchmark::State& state) { time_front_door(state, yard()); });
  add("mgpk_alone",
      [=](benchmark::State& state) { time_solver(state, yard(), Tolerance{}, solve_with_mgpk); });
  add("plain_odeint_same_tolerance", [=](benchmark::State& state) {
    time_solver(state, yard(), Tolerance{}, solve_with_plain_odeint);
  });
  add("plain_odeint_same_error", [=](benchmark::State& state) {
    time_solver(state, yard(), yard().twin, solve_with_plain_odeint);
  });
}

/// Work against precision: one dose at tolerances from 1e-5 to 1e-12.
void register_tolerances() {
  for (int digits = 5; digits <= 12; ++digits) {
    const Tolerance tolerance{std::pow(10.0, -digits)};
    const std::string suffix = "/1e-" + std::to_string(digits);
    const auto add = [&](const std::string& variant, auto solve) {
      benchmark::RegisterBenchmark(("one_dose_by_tolerance/" + variant + suffix).c_str(),
                                   [=](benchmark::State& state) {
                                     time_solver(state, one_dose_yardstick(), tolerance, solve);
                                   })
          ->Unit(benchmark::kMillisecond);
    };
    add("mgpk", solve_with_mgpk);
    add("plain_odeint", solve_with_plain_odeint);
  }
}

[[maybe_unused]] const bool registered = [] {
  register_problem("one_day", one_day_yardstick);
  register_problem("one_dose", one_dose_yardstick);
  register_problem("four_weeks", four_weeks_yardstick);
  register_problem("one_year", one_year_yardstick);
  register_tolerances();
  return true;
}();

}  // namespace
}  // namespace bench
