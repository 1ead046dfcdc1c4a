// How the loading test is simulated: the same person twice, with and without the load.
#pragma once

#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/loading_test.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk {
namespace simulation::detail {

inline Relative relative_to_healthy(const LoadingTestOptions& test, double f_retained, double low,
                                    double high) {
  const LoadingTestOptions usual;
  if (test.mmol != usual.mmol || test.over_h != usual.over_h || test.collect_h != usual.collect_h)
    return Relative::not_comparable;
  if (f_retained < low) return Relative::below;
  return f_retained > high ? Relative::above : Relative::within;
}

inline void check(const LoadingTestOptions& test) {
  require_positive("over_h", test.over_h, "give how many hours the infusion lasts");
  require_between("at_h", test.at_h, 0, 24, "give the clock time of its start");
  require(test.collect_h >= test.over_h,
          "the collection must not end before the infusion, collect_h", test.collect_h,
          "collect for longer");
}

/// Another diet that ended a history goes on during the test; without one the usual diet.
inline Schedule with_diet_of(const History& before, Schedule plan, double until_h) {
  for (const auto& change : before.plan.diet_changes()) {
    if (change.at_h + change.over_h < before.over_h - timeline::same_time_h) continue;
    if (change.mg_per_d)
      plan.diet(*change.mg_per_d, 0, until_h);
    else
      plan.fast(0, until_h);
  }
  return plan;
}

/// Urine between the start of the infusion and the end of the collection.
inline double collected_mmol(const Run& run) {
  const auto urine = run.trajectory.column("a_urine_mmol");
  return urine.back() - urine[urine.size() - 2];
}

}  // namespace simulation::detail

MGPK_COMPILED LoadingTest loading_test(const Subject& subject, const LoadingTestOptions& test) {
  using namespace simulation;
  detail::check(test);
  Options options;
  const double end_h = test.at_h + test.collect_h;
  options.times_h = test.at_h > 0 ? std::vector{0.0, test.at_h, end_h} : std::vector{0.0, end_h};
  options.with_baseline = false;
  const auto usual = detail::with_diet_of(test.before, {}, end_h);
  auto load = usual;
  load.iv("sulfate", mmol(test.mmol), {.at_h = test.at_h, .over_h = test.over_h});
  const auto baseline = baseline_of(subject, options);
  const auto run = [&](const Schedule& plan) {
    if (!test.before.empty()) return simulate(subject, plan, options, baseline, test.before);
    return plan.empty() ? simulate(subject, options, baseline)
                        : simulate(subject, plan, options, baseline);
  };
  const auto values = body::values_of(subject);
  LoadingTest result;
  result.run = run(load);
  result.a_given_mmol = test.mmol;
  result.a_urine_mmol = detail::collected_mmol(result.run);
  result.a_urine_usual_mmol = detail::collected_mmol(run(usual));
  result.f_retained = 1.0 - (result.a_urine_mmol - result.a_urine_usual_mmol) / test.mmol;
  result.f_retained_low = values.f_load_retained_low;
  result.f_retained_high = values.f_load_retained_high;
  result.relative = detail::relative_to_healthy(test, result.f_retained, result.f_retained_low,
                                                result.f_retained_high);
  return result;
}

}  // namespace mgpk
