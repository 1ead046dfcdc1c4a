// What exact slopes cost: the reference problem with slopes along n parameters beside the same
// solve without them, and beside central differences, at the same tolerance. Compiled for this
// machine.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <mgpk/ode/ensemble/sensitivities.hpp>

#include "equal_error.hpp"
#include "rivals/mgpk_members.hpp"

namespace bench {
namespace {

namespace ode = mgpk::ode;
using rivals::Setting, rivals::Subject, rivals::Subjects, rivals::Values;
using Number = double Subject::*;

constexpr std::size_t n_subjects = 200;

/// None of the chain's: those reach everything, and their slopes cost the same.
constexpr std::array<Number, 16> directions = {&Subject::vmax_mmol_per_h,
                                               &Subject::kt_per_h,
                                               &Subject::gfr_L_per_h,
                                               &Subject::tm_mmol_per_h,
                                               &Subject::k56_per_h,
                                               &Subject::k65_per_h,
                                               &Subject::k57_per_h,
                                               &Subject::k75_per_h,
                                               &Subject::fu,
                                               &Subject::v_L,
                                               &Subject::km_mmol,
                                               &Subject::kp_per_h,
                                               &Subject::kc_per_h,
                                               &Subject::kf_per_h,
                                               &Subject::kr_mmol_per_L,
                                               &Subject::kin_mmol_per_h};

/// People with slopes along the first n directions; rows are [time][state][1 + direction].
class Sloped {
 public:
  using System = rivals::People::System;
  using Columns = rivals::People::Columns;

  Sloped(const Setting& setting, const Subjects& subjects, std::size_t n)
      : rows_(setting.n_values(subjects.size()) * (1 + n)),
        plain_(setting, subjects, {}),
        n_(n),
        n_values_(setting.n_values(1) * (1 + n)) {}

  std::size_t size() const { return plain_.size(); }
  System system(std::size_t i) const { return plain_.system(i); }
  auto start(std::size_t i) const { return plain_.start(i); }
  double start_h(std::size_t i) const { return plain_.start_h(i); }
  std::span<const ode::Stop> stops(std::size_t i) const { return plain_.stops(i); }
  std::span<const double> times_h(std::size_t i) const { return plain_.times_h(i); }
  double* rows(std::size_t i) const { return rows_.data() + i * n_values_; }
  void done(std::size_t, const ode::MemberStatus&) const {}
  std::size_t n_directions() const { return n_; }
  void differentiate(std::size_t, std::size_t direction, System& d_system,
                     ode::State<double, rivals::n_states>&) const {
    d_system.*directions[direction] = 1.0;
  }

 private:
  mutable Values rows_;
  rivals::People plain_;
  std::size_t n_, n_values_;
};

struct Ground {
  const Setting& setting = rivals::setting_of("short");
  Subjects subjects =
      rivals::load_subjects(MGPK_SOURCE_DIR "/data/reference_problem_subjects.csv", n_subjects);
  Values rows = Values(setting.n_values(n_subjects));
  ode::EnsembleOptions options = [] {
    ode::EnsembleOptions chosen{.method = ode::EnsembleMethod::order5};
    chosen.solver.relative_tolerance = 1e-6;
    chosen.solver.absolute_tolerance = 1e-8;
    return chosen;
  }();
};

Ground& ground() {
  static Ground made;
  return made;
}

void solve_plain(const Subjects& subjects) {
  Ground& g = ground();
  ode::solve_ensemble(rivals::People(g.setting, subjects, g.rows), g.options);
}

/// Two solves for each direction; what is made of them is left out.
void solve_by_differences(std::size_t n) {
  for (std::size_t direction = 0; direction < n; ++direction)
    for (const double factor : {1.0 + 1e-4, 1.0 - 1e-4}) {
      Subjects moved = ground().subjects;
      for (Subject& subject : moved) subject.*directions[direction] *= factor;
      solve_plain(moved);
    }
}

/// So many together as `solve_sensitivities` recommends.
template <std::size_t n>
constexpr std::size_t together = n <= 5    ? n
                                 : n == 10 ? 5
                                           : 4;

template <std::size_t n>
void time_slopes(benchmark::State& state) {
  const Sloped people(ground().setting, ground().subjects, n);
  const auto sloped = [&] { ode::solve_sensitivities<together<n>>(people, ground().options); };
  const auto plain = [] { solve_plain(ground().subjects); };
  for ([[maybe_unused]] auto turn : state) sloped();
  // Found once: repetitions call this function anew.
  static const double plain_solves = median_ratio(sloped, plain);
  static const double ratio = median_ratio([] { solve_by_differences(n); }, sloped);
  state.counters["plain_solves"] = plain_solves;
  state.counters["goal"] = 1 + 0.6 * n;
  state.counters["ratio_to_differences"] = ratio;
}

BENCHMARK(time_slopes<1>)->Name("slopes/1")->Unit(benchmark::kMillisecond);
BENCHMARK(time_slopes<2>)->Name("slopes/2")->Unit(benchmark::kMillisecond);
BENCHMARK(time_slopes<4>)->Name("slopes/4")->Unit(benchmark::kMillisecond);
BENCHMARK(time_slopes<8>)->Name("slopes/8")->Unit(benchmark::kMillisecond);
BENCHMARK(time_slopes<10>)->Name("slopes/10")->Unit(benchmark::kMillisecond);
BENCHMARK(time_slopes<16>)->Name("slopes/16")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
