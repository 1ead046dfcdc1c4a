// Ensembles on the reference problem beside plain Boost.Odeint, each at the loosest of its own
// tolerances at which the largest error is at most 1e-5. Compiled for this machine, both alike.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>

#include "rivals/mgpk_members.hpp"
#include "rivals/odeint_ruler.hpp"
#include "rivals/report.hpp"

namespace bench {
namespace {

using namespace rivals;
using ode::EnsembleMethod;

constexpr double goal = 1e-5;

/// A setting, its subjects, room for a result and what is right.
struct Ground {
  const Setting& setting;
  Subjects subjects;
  Values result;
  Values reference;
};

using Solve = void (*)(Ground&, Tolerance);

enum class Rows { interpolated, landed_on };

template <EnsembleMethod method, bool with_chain, Rows rows = Rows::landed_on,
          std::size_t n_threads = 1>
void by_mgpk(Ground& ground, Tolerance tolerance) {
  ode::EnsembleOptions options{.method = method,
                               .lands_on_times = rows == Rows::landed_on,
                               .n_threads = n_threads,
                               .use_upstream = with_chain};
  options.solver.relative_tolerance = tolerance.relative;
  options.solver.absolute_tolerance = tolerance.absolute();
  ode::solve_ensemble(People(ground.setting, ground.subjects, ground.result), options);
}

void by_odeint(Ground& ground, Tolerance tolerance) {
  const std::size_t n_rows = ground.setting.n_values(1);
  for (std::size_t i = 0; i < ground.subjects.size(); ++i)
    PlainOdeint(ground.subjects[i], ground.setting, tolerance)
        .solve(std::span(ground.result).subspan(i * n_rows, n_rows));
}

/// Order 8 at 1e-13, all states alike: `make rivals` holds it against an independent solution.
Ground make_ground(const char* name) {
  const Setting& setting = setting_of(name);
  Ground ground{
      setting,
      load_subjects(MGPK_SOURCE_DIR "/data/reference_problem_subjects.csv", setting.n_subjects),
      Values(setting.n_values(setting.n_subjects)),
      {}};
  by_mgpk<EnsembleMethod::order8, false>(ground, {1e-13, 1e-3});
  ground.reference = ground.result;
  return ground;
}

Ground& ground_of(const std::string& name) {
  static Ground brief = make_ground("short"), year = make_ground("long");
  return name == "short" ? brief : year;
}

double error_now(const Ground& ground) {
  return max_error(ground.setting, ground.subjects.size(), ground.result, ground.reference);
}

/// The fastest tolerance that holds the goal: for each share of the absolute one the loosest.
Tolerance best_tolerance(Ground& ground, Solve solve) {
  Tolerance best{1e-9, 1e-3};
  double least = std::numeric_limits<double>::infinity();
  for (const double share : {1e-3, 1e-2}) {
    for (const Tolerance tolerance : ladder(1e-4, 1e-8, 6, {share})) {
      solve(ground, tolerance);
      if (error_now(ground) > goal) continue;
      const double seconds = seconds_of([&] { solve(ground, tolerance); }).second;
      if (seconds < least) {
        least = seconds;
        best = tolerance;
      }
      break;
    }
  }
  return best;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

/// How many times faster than the other, over nine pairs, one after the other. Processor time for
/// one thread; with more, the clock on the wall.
double median_ratio(Ground& ground, Solve slow, Tolerance its, Solve fast, Tolerance ours,
                    bool wall = false) {
  std::vector<double> ratios;
  for (int pair = 0; pair < 9; ++pair) {
    const auto a = seconds_of([&] { slow(ground, its); });
    const auto b = seconds_of([&] { fast(ground, ours); });
    ratios.push_back(wall ? a.first / b.first : a.second / b.second);
  }
  return median(ratios);
}

struct Case {
  const char* name;
  Solve solve;
};

void time_case(benchmark::State& state, const std::string& problem, Solve solve) {
  Ground& ground = ground_of(problem);
  const Tolerance tolerance = best_tolerance(ground, solve);
  for ([[maybe_unused]] auto turn : state) solve(ground, tolerance);
  solve(ground, tolerance);
  state.counters["max_error"] = error_now(ground);
  state.counters["tolerance"] = tolerance.relative;
  if (solve == by_odeint) return;
  const Tolerance its = best_tolerance(ground, by_odeint);
  state.counters["ratio_to_odeint"] = median_ratio(ground, by_odeint, its, solve, tolerance);
}

/// Two threads against one.
void time_threads(benchmark::State& state) {
  Ground& ground = ground_of("short");
  constexpr Solve one = by_mgpk<EnsembleMethod::order5, true>;
  constexpr Solve two = by_mgpk<EnsembleMethod::order5, true, Rows::landed_on, 2>;
  const Tolerance tolerance = best_tolerance(ground, one);
  for ([[maybe_unused]] auto turn : state) two(ground, tolerance);
  state.counters["ratio_to_one_thread"] =
      median_ratio(ground, one, tolerance, two, tolerance, true);
}

[[maybe_unused]] const bool registered = [] {
  static constexpr Case cases[] = {
      {"mgpk", by_mgpk<EnsembleMethod::order5, true>},
      {"mgpk_interpolated", by_mgpk<EnsembleMethod::order5, true, Rows::interpolated>},
      {"mgpk_order8", by_mgpk<EnsembleMethod::order8, true>},
      {"mgpk_all_states", by_mgpk<EnsembleMethod::order8, false>},
      {"mgpk_all_states_order5", by_mgpk<EnsembleMethod::order5, false>},
      {"plain_odeint", by_odeint},
  };
  for (const std::string problem : {"short", "long"})
    for (const Case& one : cases)
      benchmark::RegisterBenchmark(
          ("reference_problem/" + problem + "/" + one.name).c_str(),
          [problem, &one](benchmark::State& state) { time_case(state, problem, one.solve); })
          ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("reference_problem/short/two_threads", time_threads)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
  return true;
}();

}  // namespace
}  // namespace bench
