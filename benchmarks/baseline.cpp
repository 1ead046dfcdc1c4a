// The search for the person's own periodic state: mgpk's, the same search with a one-day map made
// of plain Boost.Odeint, and plain waiting until the days repeat.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <mgpk/mgpk.hpp>
#include <mgpk/ode/periodic.hpp>

#include "plain_odeint.hpp"
#include "problem.hpp"

namespace bench {
namespace {

using FoodBody = mgpk::body::Body<1>;
using L = FoodBody::L;
using Vector = std::vector<double>;

constexpr double residual_goal = 1e-9;  ///< at which mgpk's search ends
constexpr double floor_mmol = 1e-6;

/// mgpk's tolerances of the search: sharp for the map itself, rough for its Jacobian.
constexpr Tolerance sharp{1e-11}, rough{1e-6};

mgpk::simulation::Baseline found_by_mgpk() { return mgpk::simulation::baseline_of(adult()); }

/// One day of diet by plain odeint.
class PlainDay {
 public:
  PlainDay(const mgpk::simulation::Baseline& baseline, Tolerance tolerance)
      : model_{{baseline.parameters, {baseline.food}}, {"food", "endogenous"}},
        events_(
            mgpk::simulation::cycle_of(adult(), {}, mgpk::simulation::sources_of({}), 24.0, 24.0)
                .given.events),
        tolerance_(tolerance) {}

  bool operator()(const Vector& from, Vector& to) const {
    FoodBody::State<double> x{};
    std::copy(from.begin(), from.end(), x.begin());
    PlainOdeint<1> solver(model_, tolerance_.absolute(), tolerance_.relative);
    solver.run(x, events_, {}, 24.0, [](auto&&...) {});
    to.assign(x.begin(), x.end());
    return true;
  }

 private:
  FoodBody model_;
  std::vector<mgpk::timeline::Event> events_;
  Tolerance tolerance_;
};

/// Stores at the reference concentration, an empty gut.
Vector guess(const mgpk::body::BodyParameters<double>& p) {
  const double c = p.tissue.cells.c_reference_mmol_per_L;
  Vector x(FoodBody::n_states, 0.0);
  x[L::plasma] = c * p.blood.v_plasma_L;
  x[L::interstitial] = c * p.tissue.v_interstitial_L;
  x[L::cells] = p.tissue.cells.turnover_mmol_per_h / p.tissue.cells.k_per_h;
  x[L::slow] = p.tissue.slow.cl_in_L_per_h * c / p.tissue.slow.k_per_h;
  return x;
}

/// States that a day of diet repeats: not the read-outs, nor what a diet never fills.
std::vector<bool> repeating() {
  std::vector<bool> mask(FoodBody::n_states, true);
  std::fill(mask.begin() + L::first_readout, mask.end(), false);
  for (const std::size_t i : {L::im_depot, L::glycine_gut, L::glycine_plasma,
                              L::dissolved(L::endogenous, mgpk::gut::stomach)})
    mask[i] = false;
  return mask;
}

double gap(const Vector& x, const Vector& reference) {
  double worst = 0;
  for (std::size_t i = 0; i < L::first_readout; ++i)
    worst = std::max(worst,
                     std::abs(x[i] - reference[i]) / std::max(std::abs(reference[i]), floor_mmol));
  return worst;
}

mgpk::ode::Periodic search(PlainDay day, PlainDay rough_day, Vector start, double goal) {
  Vector settled;
  for (int i = 0; i < 3; ++i) {
    rough_day(start, settled);
    std::copy_n(settled.begin(), L::first_readout, start.begin());
  }
  return mgpk::ode::find_periodic(day, rough_day, start, repeating(), {.tolerance = goal});
}

/// The same search, sharper in all its parts.
const Vector& reference() {
  static const Vector state = [] {
    const auto baseline = found_by_mgpk();
    const PlainDay sharpest(baseline, Tolerance{1e-13});
    auto found =
        search(sharpest, PlainDay(baseline, Tolerance{1e-9}), guess(baseline.parameters), 3e-12);
    found.status.or_throw();
    return found.state;
  }();
  return state;
}

void report(benchmark::State& state, const Vector& found, double residual) {
  state.counters["max_error"] = gap(found, reference());
  state.counters["residual"] = residual;
}

void mgpk_search(benchmark::State& state) {
  mgpk::simulation::Baseline found;
  for ([[maybe_unused]] auto turn : state) found = found_by_mgpk();
  report(state, found.state, found.residual);
  state.counters["contraction"] = found.contraction;
}

void plain_search(benchmark::State& state) {
  const auto baseline = found_by_mgpk();
  mgpk::ode::Periodic found;
  for ([[maybe_unused]] auto turn : state)
    found = search(PlainDay(baseline, sharp), PlainDay(baseline, rough), guess(baseline.parameters),
                   residual_goal);
  report(state, found.state, found.residual);
  state.counters["days"] = static_cast<double>(found.n_maps + 3);
}

/// Day after day until one changes nothing by more than the goal.
void plain_waiting(benchmark::State& state) {
  const auto baseline = found_by_mgpk();
  const PlainDay day(baseline, sharp);
  Vector x, next;
  double residual = 1;
  int n_days = 0;
  for ([[maybe_unused]] auto turn : state) {
    next = guess(baseline.parameters);
    residual = 1;
    for (n_days = 0; residual > residual_goal && n_days < 10000; ++n_days) {
      x = next;
      std::fill(x.begin() + L::first_readout, x.end(), 0.0);
      day(x, next);
      residual = gap(next, x);
    }
  }
  report(state, next, residual);
  state.counters["days"] = n_days;
}

BENCHMARK(mgpk_search)->Name("baseline/mgpk")->Unit(benchmark::kMillisecond);
BENCHMARK(plain_search)->Name("baseline/plain_odeint_newton")->Unit(benchmark::kMillisecond);
BENCHMARK(plain_waiting)->Name("baseline/plain_odeint_waiting")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
