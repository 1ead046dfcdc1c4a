// The baseline: it repeats, it returns, and a measured plasma level moves Tm, not the splay.
#include <mgpk/simulate/baseline.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include <mgpk/body/layout.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;
using simulation::baseline_of;
using L = body::Layout<1>;

namespace {

double c_at(const Run& run, double t_h) {
  const auto times = run.trajectory.column("time_h");
  const auto found = std::find(times.begin(), times.end(), t_h);
  REQUIRE(found != times.end());
  return run.trajectory.column(
      "c_plasma_total_mmol_per_L")[static_cast<std::size_t>(found - times.begin())];
}

double c_midnight(const simulation::Baseline& b) {
  return b.state[L::plasma] / b.parameters.blood.v_plasma_L;
}

}  // namespace

TEST_CASE("the reference adult's baseline is sharp, stable and in the measured range") {
  const auto baseline = baseline_of(support::reference_adult());
  CHECK(baseline.residual < 1e-9);
  CHECK(baseline.contraction > 0.9);
  CHECK(baseline.contraction < 1.0);
  CHECK(baseline.n_iterations >= 1);
  CHECK(c_midnight(baseline) > 0.80);
  CHECK(c_midnight(baseline) < 0.90);
  CHECK(baseline.state.size() == L::n_states);
  for (std::size_t i = L::first_readout; i < L::n_states; ++i) CHECK(baseline.state[i] == 0.0);
  for (const double value : baseline.state) CHECK(value >= 0.0);
}

TEST_CASE("from 5 to 250 mL/min there is a baseline, and less GFR means more plasma magnesium") {
  double last = 1e9;
  for (const double gfr_mL_per_min : {5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 250.0}) {
    Subject person;
    person.gfr_mL_per_min = gfr_mL_per_min;
    const auto baseline = baseline_of(person, support::quick(24));
    CHECK(baseline.residual < 1e-8);
    CHECK(baseline.contraction < 1.0);
    CHECK(c_midnight(baseline) < last);
    last = c_midnight(baseline);
  }
}

TEST_CASE("more in the diet means more plasma magnesium") {
  double last = 0;
  for (const double diet_mg_per_d : {50.0, 150.0, 320.0, 800.0, 3000.0}) {
    Subject person;
    person.diet_mg_per_d = diet_mg_per_d;
    const double c = c_midnight(baseline_of(person, support::quick(24)));
    CHECK(c > last);
    last = c;
  }
}

TEST_CASE("a measured plasma level is met at 7.5 h by another Tm; splay and the rest stay") {
  const auto plain = baseline_of(support::reference_adult());
  for (const double measured : {0.7, 0.95, 1.2}) {
    Subject person;
    person.c_plasma_total_mmol_per_L = measured;
    auto options = support::until(7.5, 7.5);
    options.with_baseline = false;
    const auto run = simulate(person, options);
    CHECK(c_at(run, body::measured_at_h) == doctest::Approx(measured).epsilon(1e-8));
    const auto& tubule = run.start.parameters.kidney.tubule;
    const auto& before = plain.parameters.kidney.tubule;
    CHECK(tubule.splay_mmol_per_L == before.splay_mmol_per_L);
    CHECK((tubule.tm_mmol_per_L > before.tm_mmol_per_L) == (measured > c_midnight(plain)));
    CHECK(run.start.parameters.kidney.gfr_L_per_h == plain.parameters.kidney.gfr_L_per_h);
    CHECK(run.start.residual < 1e-9);
  }
}

TEST_CASE("a measured level stands before the first meal, however early that is") {
  Subject person;
  person.c_plasma_total_mmol_per_L = 0.9;
  person.meals_at_h = std::vector<double>{6, 12, 18};
  auto options = support::until(6, 6);
  options.with_baseline = false;
  const auto run = simulate(person, options);
  CHECK(c_at(run, 6) == doctest::Approx(0.9).epsilon(1e-8));
  CHECK(run.assumptions.back().find("tm_mmol_per_L moved to 0.6") == 0);
}

TEST_CASE("a measured level for which the tubule would have to secrete is refused") {
  Subject person;
  person.gfr_mL_per_min = 1;
  person.diet_mg_per_d = 900;
  person.c_plasma_total_mmol_per_L = 0.85;
  CHECK_THROWS_WITH_AS(baseline_of(person),
                       "c_plasma_total_mmol_per_L must be reachable by this person's kidney, but "
                       "it is 0.85; check the value, the GFR and the diet",
                       InputError);
}

TEST_CASE("nothing eaten and nothing else taken has no baseline, and mgpk says so") {
  Subject person;
  person.diet_mg_per_d = 0;
  CHECK_THROWS_WITH_AS(baseline_of(person, support::quick(24)),
                       doctest::Contains("losses must balance the diet of 0 mg/d"),
                       ode::SolveError);
}

TEST_CASE("the baseline does not depend on the method that the run asks for") {
  simulation::Options stiff;
  stiff.method = ode::Method::rosenbrock4;
  CHECK(baseline_of({}, stiff).state == baseline_of({}).state);
}

TEST_CASE("a bad subject is refused before anything is solved") {
  Subject person;
  person.weight_kg = -3;
  CHECK_THROWS_AS(baseline_of(person), InputError);
}
