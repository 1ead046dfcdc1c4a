// How much of what this processor can do the ensembles reach: operations counted by running the
// same templates on a number that counts, against the most fused multiply-adds that one thread was
// seen to do in the same minute. Compiled for this machine.
//
// Counted are the stages of a step, its error estimate and the chain; not counted, so that it
// lowers the share: step control, interpolants, rows, trial runs, lanes that wait.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <stdexcept>

#include <mgpk/ode/ensemble/ensemble.hpp>

#include "counting_number.hpp"
#include "rivals/mgpk_members.hpp"
#include "rivals/report.hpp"

namespace bench {
namespace {

using namespace rivals;
using System = WithStructure<double>;
using ode::EnsembleMethod;

constexpr int n_rounds = 9;

// ---- what the processor can do ----

/// Enough not to wait for the one before, and few enough for sixteen registers.
constexpr std::size_t n_chains = 12;

/// 2 flops in each lane.
template <std::size_t Width>
void fused_chains(std::size_t n_turns) {
  std::array<ode::Lanes<Width>, n_chains> chains;
  for (std::size_t i = 0; i < chains.size(); ++i) chains[i] = 1.0 + 0.01 * static_cast<double>(i);
  ode::Lanes<Width> factor = 0.999999, term = 1e-6;
  benchmark::DoNotOptimize(factor);
  benchmark::DoNotOptimize(term);
  for (std::size_t turn = 0; turn < n_turns; ++turn)
    for (auto& chain : chains) chain = fma(chain, factor, term);
  benchmark::DoNotOptimize(chains);
}

template <std::size_t Width>
void independent_divisions(std::size_t n_turns) {
  std::array<ode::Lanes<Width>, n_chains> numbers;
  numbers.fill(1.5);
  ode::Lanes<Width> above = 2.0;
  benchmark::DoNotOptimize(above);
  for (std::size_t turn = 0; turn < n_turns; ++turn)
    for (auto& number : numbers) number = above / number;
  benchmark::DoNotOptimize(numbers);
}

/// Instructions a second.
template <class Work>
double rate_of(Work&& work) {
  constexpr std::size_t n_turns = 400'000;
  const double seconds = seconds_of([&] { work(n_turns); }).second;
  return static_cast<double>(n_chains * n_turns) / seconds;
}

/// The most that was seen, in instructions a second.
template <std::size_t Width>
struct Peak {
  double fused = 0.0, divided = 0.0;

  void look() {
    fused = std::max(fused, rate_of(fused_chains<Width>));
    divided = std::max(divided, rate_of(independent_divisions<Width>));
  }
};

template <std::size_t Width>
void peak(benchmark::State& state) {
  Peak<Width> most;
  for ([[maybe_unused]] auto turn : state) most.look();
  for (int round = 0; round < n_rounds; ++round) most.look();
  state.counters["fma_per_ns"] = 1e-9 * most.fused;
  state.counters["divisions_per_ns"] = 1e-9 * most.divided;
  state.counters["GFLOP_per_s"] = 2e-9 * static_cast<double>(Width) * most.fused;
}

/// Bytes a second into an array as large as the result, touched before.
void writing(benchmark::State& state) {
  const Setting& setting = setting_of("short");
  Values values(setting.n_values(setting.n_subjects));
  double most = 0.0;
  const auto look = [&] {
    const double seconds = seconds_of([&] {
                             std::fill(values.begin(), values.end(), 1.0);
                             benchmark::DoNotOptimize(values.data());
                             benchmark::ClobberMemory();
                           }).second;
    most = std::max(most, static_cast<double>(values.size() * sizeof(double)) / seconds);
  };
  for ([[maybe_unused]] auto turn : state) look();
  for (int round = 0; round < n_rounds; ++round) look();
  state.counters["GB_per_s"] = 1e-9 * most;
}

// ---- what a step takes ----

std::array<CountingNumber, System::n_states> somewhere() {
  return {3.0, 4.0, 5.0, 2.0, 14.0, 150.0, 250.0, 1.0};
}

Operations of_right_hand_side() {
  const System system{};
  const auto x = somewhere();
  auto dxdt = x;
  return operations_of([&] { system.derivatives(CountingNumber(1.0), x, dxdt); });
}

template <class Pair, std::size_t Upstream>
Operations of_step() {
  const System system{};
  ode::ExplicitStep<System, Pair, CountingNumber, Upstream> step;
  typename decltype(step)::Chain chain{};
  if constexpr (Upstream > 0) {
    ode::UpstreamModes<Upstream, System::n_states, double> modes;
    std::array<double, System::n_states> at{};
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = somewhere()[i].value;
    if (!ode::find_modes<Upstream>(system, 0.0, at, modes))
      throw std::logic_error("the reference problem's chain has modes");
    chain.modes = std::bit_cast<decltype(chain.modes)>(modes);
    chain.note(modes);
  }
  const auto x = somewhere();
  auto x_new = x;
  typename decltype(step)::Amplitudes z{}, z_new{};
  std::array<CountingNumber, System::n_states> error;
  return operations_of([&] { step.run(system, chain, 0.0, 0.1, x, z, x_new, z_new, error); });
}

// ---- what is reached ----

struct Ground {
  const Setting& setting = setting_of("short");
  Subjects subjects =
      load_subjects(MGPK_SOURCE_DIR "/data/reference_problem_subjects.csv", setting.n_subjects);
  Values result = Values(setting.n_values(setting.n_subjects));
};

template <EnsembleMethod method, class Pair, bool with_chain>
void reached(benchmark::State& state) {
  Ground ground;
  ode::EnsembleOptions options{
      .method = method, .lands_on_times = true, .use_upstream = with_chain};
  options.solver.relative_tolerance = 1e-5;
  options.solver.absolute_tolerance = 1e-8;
  ode::EnsembleStatistics statistics;
  const auto solve = [&] {
    statistics =
        ode::solve_ensemble(People(ground.setting, ground.subjects, ground.result), options);
  };
  for ([[maybe_unused]] auto turn : state) solve();
  Peak<ode::native_lanes> most;
  double seconds = 1e9;
  for (int round = 0; round < n_rounds; ++round) {
    most.look();
    seconds = std::min(seconds, seconds_of(solve).second);
  }
  constexpr std::size_t upstream = with_chain ? System::n_upstream : 0;
  const Operations step = of_step<Pair, upstream>();
  const auto n_steps = static_cast<double>(statistics.n_steps + statistics.n_rejected);
  const double lanes = static_cast<double>(ode::native_lanes);
  const double flops = n_steps * step.flops() / seconds;
  state.counters["flops_per_call"] = of_right_hand_side().flops();
  state.counters["flops_per_step"] = step.flops();
  state.counters["instructions_per_step"] = step.instructions();
  state.counters["divisions_per_step"] = step.n_divisions;
  state.counters["million_steps"] = 1e-6 * n_steps;
  state.counters["lanes_in_use"] =
      n_steps / static_cast<double>(statistics.n_batch_steps * ode::usual_width);
  state.counters["GFLOP_per_s"] = 1e-9 * flops;
  state.counters["peak_GFLOP_per_s"] = 2e-9 * lanes * most.fused;
  state.counters["flops_per_byte"] =
      n_steps * step.flops() / static_cast<double>(ground.result.size() * sizeof(double));
  state.counters["share_of_peak"] = flops / (2.0 * lanes * most.fused);
  state.counters["share_of_instructions"] =
      n_steps * step.instructions() / lanes / seconds / most.fused;
  state.counters["share_of_divisions"] =
      n_steps * step.n_divisions / lanes / seconds / most.divided;
}

BENCHMARK(peak<ode::native_lanes>)->Name("roofline/peak/widest");
#if MGPK_NATIVE_LANES == 8
BENCHMARK(peak<4>)->Name("roofline/peak/half");
#endif
BENCHMARK(writing)->Name("roofline/peak/writing");
BENCHMARK(reached<EnsembleMethod::order5, ode::Tsit5, true>)->Name("roofline/short/order5_chain");
BENCHMARK(reached<EnsembleMethod::order5, ode::Tsit5, false>)->Name("roofline/short/order5");
BENCHMARK(reached<EnsembleMethod::order8, ode::DormandPrince8, true>)
    ->Name("roofline/short/order8_chain");
BENCHMARK(reached<EnsembleMethod::order8, ode::DormandPrince8, false>)
    ->Name("roofline/short/order8");

}  // namespace
}  // namespace bench
