// Stiff members in lanes: their accuracy, who is taken for stiff, and that nobody's numbers depend
// on the others.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "stiff_crowd.hpp"

namespace {

using namespace crowds;
using ode::EnsembleMethod, ode::StatusCode;

/// Breaks down when the clock reaches one: no method gets past.
template <class Par>
struct Breaks {
  static constexpr std::size_t n_states = 2;
  Par k_per_h{1.0};
  Par breaks_at{1.0};
  template <class Time, class Real>
  void derivatives(const Time&, const std::array<Real, 2>& x, std::array<Real, 2>& dxdt) const {
    using std::sqrt;
    dxdt[0] = 1.0 + 0.0 * sqrt(breaks_at - x[0]);
    dxdt[1] = -k_per_h * x[1];
  }
};

/// A loss that does not depend on what is there: goes below zero at 1/loss.
template <class Par>
struct Drain {
  static constexpr std::size_t n_states = 1;
  static constexpr bool states_are_non_negative = true;
  Par loss{0.5};
  template <class Time, class Real>
  void derivatives(const Time&, const std::array<Real, 1>&, std::array<Real, 1>& dxdt) const {
    dxdt[0] = -loss;
  }
};

/// Persons whose site binds at different speed: some stiff, some not.
Crowd<Bound<double>> mixed(const std::vector<double>& k_bind_per_h) {
  Crowd<Bound<double>> crowd{.persons = {},
                             .x0 = {10.0, 0.0, 0.0, 0.0, 0.0},
                             .times = {0.0, 0.1, 1.0, 3.0, 10.0, 24.0, 36.0, 48.0}};
  for (const double k : k_bind_per_h) crowd.persons.push_back({.k_bind_per_h = k});
  crowd.doses = {{.t_h = 24.0, .index = 0, .amount = 10.0}};
  crowd.table.assign(crowd.persons.size() * crowd.times.size() * 5, -99.0);
  crowd.status.resize(crowd.persons.size());
  crowd.n_done.resize(crowd.persons.size());
  return crowd;
}

}  // namespace

TEST_CASE("Robertson's problem, eleven decades of time, against the scalar stiff engine") {
  Crowd<Robertson<double>> crowd{.persons = {{}, {.k_slow = 0.08}, {.k_fast = 1e8}},
                                 .x0 = {1.0, 0.0, 0.0},
                                 .times = {0.4, 4.0, 40.0, 4e2, 4e3, 4e4, 4e6, 4e8, 4e10}};
  double before = 1.0;
  for (const double tolerance : {1e-5, 1e-7, 1e-9}) {
    crowd.n_done.assign(3, 0);
    CHECK(solve(crowd, EnsembleMethod::rosenbrock5, tolerance).n_ok == 3);
    double worst = 0.0;
    for (std::size_t i = 0; i < 3; ++i) worst = std::max(worst, error_of(crowd, i, 1e-6));
    CHECK(worst < 100.0 * tolerance);
    CHECK(worst < 0.3 * before);
    before = worst;
  }
  CHECK(crowd.status[0].n_steps < 1000);
}

TEST_CASE("members that are stiff are found and solved as well as the others") {
  auto crowd = mixed({1e6, 0.1, 1e4, 2.0, 3e8, 0.5});
  const auto statistics = solve(crowd, EnsembleMethod::automatic);
  CHECK(statistics.n_ok == 6);
  CHECK(statistics.n_stiff == 3);
  for (std::size_t i = 0; i < crowd.size(); ++i) CHECK(error_of(crowd, i, 1e-3) < 2e-5);
  // Explicitly, the first would take a step per microhour.
  CHECK(crowd.status[0].n_steps < 2000);
  for (const double number : crowd.table) CHECK(number >= -1e-11);
}

TEST_CASE("nobody's numbers depend on neighbours, lanes, widths, threads or the order") {
  std::vector<double> k;
  k.reserve(40);
  for (int i = 0; i < 40; ++i) k.push_back(i % 3 == 0 ? 1e4 * (1 + i) : 0.05 * (1 + i));
  auto all = mixed(k);
  CHECK(solve(all, EnsembleMethod::automatic).n_stiff == 14);
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto alone = mixed({k[i]});
    solve<1>(alone, EnsembleMethod::automatic);
    CHECK(alone.numbers_of(0) == all.numbers_of(i));
    CHECK(alone.status[0].n_steps == all.status[i].n_steps);
  }
  auto narrow = mixed(k), threaded = mixed(k);
  solve<4>(narrow, EnsembleMethod::automatic);
  CHECK(narrow.table == all.table);
  solve(threaded, EnsembleMethod::automatic, 1e-7, 3);
  CHECK(threaded.table == all.table);
  std::reverse(k.begin(), k.end());
  auto reversed = mixed(k);
  solve(reversed, EnsembleMethod::automatic);
  for (std::size_t i = 0; i < k.size(); ++i)
    CHECK(reversed.numbers_of(k.size() - 1 - i) == all.numbers_of(i));
}

TEST_CASE("who is not stiff gets the bits of the explicit method, who is those of the stiff one") {
  auto automatic = mixed({1e5, 0.1, 2e5, 0.2}), order5 = mixed({0.1, 0.2});
  auto rosenbrock = mixed({1e5, 2e5});
  solve(automatic, EnsembleMethod::automatic);
  solve(order5, EnsembleMethod::order5);
  CHECK(solve(rosenbrock, EnsembleMethod::rosenbrock5).n_stiff == 2);
  for (const std::size_t i : {0u, 1u}) {
    CHECK(automatic.numbers_of(2 * i + 1) == order5.numbers_of(i));
    CHECK(automatic.numbers_of(2 * i) == rosenbrock.numbers_of(i));
  }
}

TEST_CASE("stiff beyond the budget of both: a reason, and nothing lost for the neighbours") {
  auto crowd = mixed({1e6, 0.1, 1e7, 0.2}), calm = mixed({0.1, 0.2});
  crowd.persons[0].pulse_mmol_per_h = crowd.persons[2].pulse_mmol_per_h = 1.0;
  const auto statistics = solve(crowd, EnsembleMethod::automatic, 1e-7, 1, 400);
  solve(calm, EnsembleMethod::automatic, 1e-7, 1, 400);
  CHECK(statistics.n_ok == 2);
  CHECK(statistics.n_failed == 2);
  for (const std::size_t i : {0u, 2u}) {
    CHECK(crowd.status[i].code == StatusCode::step_budget_exhausted);
    CHECK(crowd.status[i].t_h > 0.0);
    CHECK(crowd.status[i].n_steps + crowd.status[i].n_rejected == 400);
  }
  for (const std::size_t i : {0u, 1u}) {
    CHECK(crowd.status[2 * i + 1].ok());
    CHECK(crowd.numbers_of(2 * i + 1) == calm.numbers_of(i));
  }
}

TEST_CASE("a model that breaks and one that goes below zero are refused by the stiff method, too") {
  Crowd<Breaks<double>> breaking{
      .persons = {{}, {.breaks_at = 1e9}}, .x0 = {0.0, 1.0}, .times = {0.5, 2.0}};
  solve(breaking, EnsembleMethod::rosenbrock5);
  CHECK(breaking.status[0].code == StatusCode::not_finite);
  CHECK(breaking.status[0].t_h == doctest::Approx(1.0));
  CHECK(breaking.status[1].ok());
  CHECK(breaking.numbers_of(1)[3] == doctest::Approx(std::exp(-2.0)));
  Crowd<Drain<double>> drained{.persons = {{}, {.loss = 0.1}}, .x0 = {1.0}, .times = {1.0, 4.0}};
  solve(drained, EnsembleMethod::rosenbrock5);
  CHECK(drained.status[0].code == StatusCode::negative_state);
  CHECK(drained.status[0].t_h == doctest::Approx(2.0));
  CHECK(drained.status[1].ok());
}

TEST_CASE("a long calm stretch is stiff: stability alone would set the step") {
  // Fast against the stretch, and nothing left to follow.
  auto crowd = mixed({20.0});
  crowd.times = {1.0, 1e5};
  crowd.doses = {};
  CHECK(solve(crowd, EnsembleMethod::automatic).n_stiff == 1);
  CHECK(crowd.status[0].n_steps < 1000);
}
