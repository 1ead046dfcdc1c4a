// Ensembles on the reference problem beside plain Boost.Odeint, each at the loosest of its own
// tolerances at which the largest error is at most 1e-5. Compiled for this machine, both alike.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>

#include "equal_error.hpp"
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

Tolerance best_of(Ground& ground, Solve solve) {
  return found_once(std::pair{&ground, solve}, [&] {
    return best_tolerance(
        goal, {1e-3, 1e-2}, [&](Tolerance tolerance) { solve(ground, tolerance); },
        [&] { return error_now(ground); });
  });
}

struct Case {
  const char* name;
  Solve solve;
};

void time_case(benchmark::State& state, const std::string& problem, Solve solve) {
  Ground& ground = ground_of(problem);
  const Tolerance tolerance = best_of(ground, solve);
  for ([[maybe_unused]] auto turn : state) solve(ground, tolerance);
  solve(ground, tolerance);
  state.counters["max_error"] = error_now(ground);
  state.counters["tolerance"] = tolerance.relative;
  if (solve == by_odeint) return;
  const Tolerance its = best_of(ground, by_odeint);
  state.counters["ratio_to_odeint"] = found_once(std::pair{&ground, solve}, [&] {
    return median_ratio([&] { by_odeint(ground, its); }, [&] { solve(ground, tolerance); });
  });
}

/// Two threads against one.
void time_threads(benchmark::State& state) {
  Ground& ground = ground_of("short");
  constexpr Solve one = by_mgpk<EnsembleMethod::order5, true>;
  constexpr Solve two = by_mgpk<EnsembleMethod::order5, true, Rows::landed_on, 2>;
  const Tolerance tolerance = best_of(ground, one);
  for ([[maybe_unused]] auto turn : state) two(ground, tolerance);
  state.counters["ratio_to_one_thread"] =
      median_ratio([&] { one(ground, tolerance); }, [&] { two(ground, tolerance); }, Clock::wall);
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
