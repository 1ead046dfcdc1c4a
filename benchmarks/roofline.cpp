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
#include <stdexcept>
#include <type_traits>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/simulate/lanes/kernel.hpp>

#include "bodies/people.hpp"
#include "counting_number.hpp"
#include "rivals/mgpk_members.hpp"
#include "rivals/report.hpp"

namespace bench {
namespace {

using namespace rivals;
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

template <class System>
std::array<CountingNumber, System::n_states> somewhere() {
  std::array<CountingNumber, System::n_states> x;
  x.fill(1.0);
  return x;
}

template <class System>
Operations of_right_hand_side() {
  const System system{};
  const auto x = somewhere<System>();
  auto dxdt = x;
  return operations_of([&] { system.derivatives(CountingNumber(1.0), x, dxdt); });
}

/// The chain of the reference problem on a number that counts.
template <class Chain>
Chain make_chain() {
  using System = WithStructure<double>;
  constexpr std::size_t upstream = System::n_upstream;
  std::array<double, System::n_states> at;
  at.fill(1.0);
  ode::UpstreamModes<upstream, System::n_states, double> modes;
  if (!ode::find_modes<upstream>(System{}, 0.0, at, modes))
    throw std::logic_error("the reference problem's chain has modes");
  Chain chain{};
  chain.modes = std::bit_cast<decltype(chain.modes)>(modes);
  chain.note(modes);
  return chain;
}

template <class System, class Pair, std::size_t Upstream>
Operations of_step() {
  using Step = ode::ExplicitStep<System, Pair, CountingNumber, Upstream>;
  const System system{};
  Step step;
  typename Step::Chain chain{};
  if constexpr (Upstream > 0) chain = make_chain<typename Step::Chain>();
  const auto x = somewhere<System>();
  auto x_new = x;
  typename Step::Amplitudes z{}, z_new{};
  std::array<CountingNumber, System::n_states> error;
  return operations_of([&] { step.run(system, chain, 0.0, 0.1, x, z, x_new, z_new, error); });
}

// ---- what is reached ----

/// A solve and what it works on.
struct Work {
  Operations call, step;
  std::size_t width;
  std::size_t n_bytes;  ///< of the result
};

/// `solve()` gives its statistics.
template <class Solve>
void report(benchmark::State& state, const Work& work, Solve&& solve) {
  ode::EnsembleStatistics statistics;
  for ([[maybe_unused]] auto turn : state) statistics = solve();
  Peak<ode::native_lanes> most;
  double seconds = 1e9;
  for (int round = 0; round < n_rounds; ++round) {
    most.look();
    seconds = std::min(seconds, seconds_of([&] { statistics = solve(); }).second);
  }
  const auto n_steps = static_cast<double>(statistics.n_steps + statistics.n_rejected);
  constexpr auto lanes = static_cast<double>(ode::native_lanes);
  const double steps_per_s = n_steps / seconds;
  state.counters["flops_per_call"] = work.call.flops();
  state.counters["flops_per_step"] = work.step.flops();
  state.counters["million_steps"] = 1e-6 * n_steps;
  state.counters["lanes_in_use"] =
      n_steps / static_cast<double>(statistics.n_batch_steps * work.width);
  state.counters["flops_per_byte"] =
      n_steps * work.step.flops() / static_cast<double>(work.n_bytes);
  state.counters["GFLOP_per_s"] = 1e-9 * steps_per_s * work.step.flops();
  state.counters["peak_GFLOP_per_s"] = 2e-9 * lanes * most.fused;
  state.counters["share_of_peak"] = steps_per_s * work.step.flops() / (2.0 * lanes * most.fused);
  state.counters["share_of_instructions"] =
      steps_per_s * work.step.instructions() / lanes / most.fused;
  state.counters["share_of_divisions"] = steps_per_s * work.step.n_divisions / lanes / most.divided;
}

template <EnsembleMethod method>
using PairOf =
    std::conditional_t<method == EnsembleMethod::order8, ode::DormandPrince8, ode::Tsit5>;

ode::EnsembleOptions options_of(EnsembleMethod method, double relative_tolerance,
                                double absolute_tolerance) {
  ode::EnsembleOptions options{.method = method, .lands_on_times = true};
  options.solver.relative_tolerance = relative_tolerance;
  options.solver.absolute_tolerance = absolute_tolerance;
  return options;
}

template <EnsembleMethod method, bool with_chain>
void reference_problem(benchmark::State& state) {
  using System = WithStructure<CountingConstant>;
  constexpr std::size_t upstream = with_chain ? System::n_upstream : 0;
  const Setting& setting = setting_of("short");
  const Subjects subjects =
      load_subjects(MGPK_SOURCE_DIR "/data/reference_problem_subjects.csv", setting.n_subjects);
  Values result(setting.n_values(setting.n_subjects));
  ode::EnsembleOptions options = options_of(method, 1e-5, 1e-8);
  options.use_upstream = with_chain;
  report(state,
         {of_right_hand_side<System>(), of_step<System, PairOf<method>, upstream>(),
          ode::usual_width, result.size() * sizeof(double)},
         [&] { return ode::solve_ensemble(People(setting, subjects, result), options); });
}

/// 256 adults for a fortnight, an output a day.
template <EnsembleMethod method>
void whole_body(benchmark::State& state) {
  using System = mgpk::body::Equations<bodies::n_sources, CountingConstant>;
  constexpr std::size_t width = mgpk::simulation::lanes::width;
  constexpr int n_days = 14;
  const auto adults = bodies::draw_adults(256, n_days);
  const auto times_h = bodies::every_day(n_days);
  bodies::Rows rows(adults.size() * times_h.size() * bodies::n_states);
  const ode::EnsembleOptions options = options_of(method, 1e-5, 1e-7);
  report(
      state,
      {of_right_hand_side<System>(), of_step<System, PairOf<method>, 0>(), width,
       rows.size() * sizeof(double)},
      [&] { return ode::solve_ensemble<width>(bodies::People(adults, times_h, rows), options); });
}

BENCHMARK(peak<ode::native_lanes>)->Name("roofline/peak/widest");
#if MGPK_NATIVE_LANES == 8
BENCHMARK(peak<4>)->Name("roofline/peak/half");
#endif
BENCHMARK(writing)->Name("roofline/peak/writing");
BENCHMARK(reference_problem<EnsembleMethod::order5, true>)->Name("roofline/short/order5_chain");
BENCHMARK(reference_problem<EnsembleMethod::order5, false>)->Name("roofline/short/order5");
BENCHMARK(reference_problem<EnsembleMethod::order8, true>)->Name("roofline/short/order8_chain");
BENCHMARK(reference_problem<EnsembleMethod::order8, false>)->Name("roofline/short/order8");
BENCHMARK(whole_body<EnsembleMethod::order5>)->Name("roofline/body/order5");
BENCHMARK(whole_body<EnsembleMethod::order8>)->Name("roofline/body/order8");

}  // namespace
}  // namespace bench
