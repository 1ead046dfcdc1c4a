// Many whole bodies in lanes beside the plain-odeint twin of each, at equal error: fortnights with
// an output a day. Compiled for this machine, both alike.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/simulate/lanes/kernel.hpp>

#include "bodies/people.hpp"
#include "equal_error.hpp"
#include "plain_odeint.hpp"

namespace bench {
namespace {

using bodies::Adult, bodies::n_states, bodies::People, bodies::Rows;
using mgpk::ode::EnsembleMethod;
using rivals::Tolerance;
namespace ode = mgpk::ode;

constexpr std::size_t n_adults = 256;
constexpr int n_days = 14;
constexpr double floor_mmol = 1e-6;  ///< below it an error is not relative

/// The adults, room for a result, and what is right: order 8 at 1e-12.
struct Ground {
  std::vector<Adult> adults = bodies::draw_adults(n_adults, n_days);
  std::vector<double> times_h = bodies::every_day(n_days);
  Rows rows = Rows(n_adults * times_h.size() * n_states), reference;
};

using Solve = void (*)(Ground&, Tolerance);

template <EnsembleMethod method>
void by_mgpk(Ground& ground, Tolerance tolerance) {
  ode::EnsembleOptions options{.method = method, .lands_on_times = true};
  options.solver.relative_tolerance = tolerance.relative;
  options.solver.absolute_tolerance = tolerance.absolute();
  ode::solve_ensemble<mgpk::simulation::lanes::width>(
      People(ground.adults, ground.times_h, ground.rows), options);
}

void by_odeint(Ground& ground, Tolerance tolerance) {
  double* row = ground.rows.data();
  for (const Adult& adult : ground.adults) {
    const mgpk::body::Body<bodies::n_sources> model{adult.body, {}};
    PlainOdeint<bodies::n_sources> solver(model, tolerance.absolute(), tolerance.relative);
    bodies::State x = adult.start;
    solver.run(
        x, adult.events, ground.times_h, ground.times_h.back(),
        [&](std::size_t, const bodies::State& at) { row = std::copy(at.begin(), at.end(), row); });
  }
}

Ground& ground_in_use() {
  static Ground ground = [] {
    Ground made;
    by_mgpk<EnsembleMethod::order8>(made, {1e-12, 1e-5});
    made.reference = made.rows;
    return made;
  }();
  return ground;
}

double error_of(const Ground& ground) {
  double worst = 0;
  for (std::size_t i = 0; i < ground.rows.size(); ++i) {
    const double exact = ground.reference[i], off = std::abs(ground.rows[i] - exact);
    const double error = off / std::max(std::abs(exact), floor_mmol);
    worst = error <= worst ? worst : error;  // a NaN is the worst
  }
  return worst;
}

Tolerance best_of(Ground& ground, Solve solve, double goal) {
  return found_once(std::pair{solve, goal}, [&] {
    return best_tolerance(
        goal, {1e-2, 1e-1}, [&](Tolerance tolerance) { solve(ground, tolerance); },
        [&] { return error_of(ground); });
  });
}

void time_case(benchmark::State& state, Solve solve, double goal) {
  Ground& ground = ground_in_use();
  const Tolerance tolerance = best_of(ground, solve, goal);
  for ([[maybe_unused]] auto turn : state) solve(ground, tolerance);
  solve(ground, tolerance);
  state.counters["max_error"] = error_of(ground);
  state.counters["tolerance"] = tolerance.relative;
  state.counters["subject_fortnights"] =
      benchmark::Counter(n_adults, benchmark::Counter::kIsIterationInvariantRate);
  if (solve == by_odeint) return;
  const Tolerance its = best_of(ground, by_odeint, goal);
  state.counters["ratio_to_odeint"] = found_once(std::pair{solve, goal}, [&] {
    return median_ratio([&] { by_odeint(ground, its); }, [&] { solve(ground, tolerance); });
  });
}

[[maybe_unused]] const bool registered = [] {
  struct Case {
    const char* name;
    Solve solve;
  };
  static constexpr Case cases[] = {{"mgpk_order5", by_mgpk<EnsembleMethod::order5>},
                                   {"mgpk_order8", by_mgpk<EnsembleMethod::order8>},
                                   {"plain_odeint", by_odeint}};
  for (const auto& [goal, name] : {std::pair{1e-5, "1e-5"}, std::pair{1e-7, "1e-7"}})
    for (const Case& one : cases)
      benchmark::RegisterBenchmark(
          ("bodies/error_" + std::string(name) + "/" + one.name).c_str(),
          [&one, goal = goal](benchmark::State& state) { time_case(state, one.solve, goal); })
          ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace bench
