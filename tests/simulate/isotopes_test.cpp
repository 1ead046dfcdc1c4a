// Labels followed through a run: the run is that without them, and each label's books balance.
#include <mgpk/simulate/isotopes.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "random_plans.hpp"

using namespace mgpk;

namespace {

Schedule double_label() {
  Schedule plan;
  plan.oral("chloride", elemental_mg(70), {.at_h = 8}, false, "mg26");
  plan.iv("chloride", elemental_mg(30), {.at_h = 8});
  return plan;
}

const support::Settled& adult() {
  static const auto one = support::settled(support::reference_adult());
  return one;
}

Trace traced(const Schedule& plan, const simulation::Options& options,
             const std::vector<std::string>& tracers = {}) {
  return trace(adult().person, plan, options, tracers, adult().baseline);
}

/// The largest difference between two columns.
double apart(const simulation::Trajectory& a, std::string_view in_a,
             const simulation::Trajectory& b, std::string_view in_b) {
  double most = 0;
  for (std::size_t row = 0; row < a.n_rows(); ++row)
    most = std::max(most, std::abs(a.at(row, in_a) - b.at(row, in_b)));
  return most;
}

}  // namespace

TEST_CASE("the labels of a plan are its doses by mouth in order, and what is injected") {
  auto plan = double_label();
  CHECK(simulation::tracers_of(plan) == std::vector<std::string>{"mg26", "iv"});
  CHECK(simulation::tracers_of(Schedule().im("sulfate", mmol(4))) ==
        std::vector<std::string>{"iv"});
  CHECK(simulation::column_of("a_plasma_mmol", "iv") == "a_plasma_of_iv_mmol");
  CHECK(simulation::column_of("auc_plasma_total_mmol_h_per_L", "iv") ==
        "auc_plasma_total_of_iv_mmol_h_per_L");
}

TEST_CASE("a traced run is the run without labels") {
  const auto options = support::until(48, 2);
  const auto with = traced(double_label(), options);
  auto without_baseline = options;
  without_baseline.with_baseline = false;
  const auto run = simulate(adult().person, double_label(), without_baseline, adult().baseline);
  CHECK(with.status.ok());
  for (const char* column : {"a_plasma_mmol", "a_cells_mmol", "a_slow_mmol", "a_urine_mmol",
                             "a_absorbed_mg26_mmol", "a_feces_mmol", "c_plasma_total_mmol_per_L"}) {
    INFO(column);
    CHECK(apart(with.trajectory, column, run.trajectory, column) < 1e-6);
  }
}

TEST_CASE("in random plans each label's ledger closes, and no share leaves 0 to 1") {
  support::Random random(411);
  int n_traced = 0;
  for (int k = 0; k < 12; ++k) {
    const auto plan = support::random_plan(random);
    auto names = simulation::tracers_of(plan);
    if (simulation::sources_of(plan).size() > 3 || names.empty()) continue;
    if (names.size() > 2) names.erase(names.begin());
    const auto result = traced(plan, support::quick(60, 3), names);
    ++n_traced;
    for (const auto& name : names) {
      INFO("plan " << k << ", " << name);
      const std::size_t last = result.trajectory.n_rows() - 1;
      CHECK(result.trajectory.at(last, simulation::column_of("a_given_mmol", name)) > 0);
      for (std::size_t row = 0; row <= last; ++row) {
        CHECK(std::abs(result.trajectory.at(
                  row, simulation::column_of("a_ledger_gap_mmol", name))) < 1e-9);
        const double share = result.trajectory.at(row, "f_plasma_of_" + name);
        CHECK(share >= 0);
        CHECK(share <= 1);
      }
    }
  }
  CHECK(n_traced >= 8);
}

TEST_CASE("one label is followed the same, whoever else is followed") {
  const auto options = support::until(24, 2);
  const auto both = traced(double_label(), options);
  const auto alone = traced(double_label(), options, {"iv"});
  const auto other = traced(double_label(), options, {"iv", "food"});
  CHECK_FALSE(alone.trajectory.has("a_plasma_of_mg26_mmol"));
  for (const char* column : {"a_plasma_of_iv_mmol", "a_urine_of_iv_mmol", "a_slow_of_iv_mmol"}) {
    INFO(column);
    CHECK(apart(both.trajectory, column, alone.trajectory, column) < 1e-7);
    CHECK(apart(both.trajectory, column, other.trajectory, column) < 1e-7);
  }
}

TEST_CASE("all labels together are what the labels of the gut say") {
  // What the body knows of a source without any tracer: absorbed, and in stool while it still has
  // the source's name.
  const auto result = traced(double_label(), support::until(72, 6));
  const auto& t = result.trajectory;
  CHECK(apart(t, "a_absorbed_mg26_mmol", t, "a_absorbed_first_of_mg26_mmol") < 1e-7);
  CHECK(apart(t, "a_feces_dissolved_mg26_mmol", t, "a_feces_dissolved_mg26_of_mg26_mmol") < 1e-7);
  const std::size_t last = t.n_rows() - 1;
  CHECK(t.at(last, "a_absorbed_first_of_iv_mmol") == 0);
  // Secretion carries both labels back, and some of it is taken up again.
  for (const char* column :
       {"a_absorbed_endogenous_of_iv_mmol", "a_absorbed_endogenous_of_mg26_mmol",
        "a_feces_dissolved_endogenous_of_iv_mmol", "a_secreted_of_iv_mmol"})
    CHECK(t.at(last, column) > 0);
  CHECK(t.at(last, "a_absorbed_of_mg26_mmol") > t.at(last, "a_absorbed_first_of_mg26_mmol"));
}

TEST_CASE("a label of all food and none of it at the start grows towards all of the body") {
  Schedule plan;
  plan.iv("chloride", mmol(1e-6), {.at_h = 1});
  const auto result = traced(plan, support::quick(24 * 60, 24 * 5), {"food"});
  const auto share = result.trajectory.column("f_plasma_of_food");
  CHECK(share.front() == 0);
  for (std::size_t row = 1; row < share.size(); ++row) CHECK(share[row] > share[row - 1]);
  CHECK(share.back() > 0.3);
  CHECK(share.back() < 1);
}

TEST_CASE("an infusion labels like a bolus of its amount, once it is over") {
  const auto at_once =
      traced(Schedule().iv("chloride", mmol(0.01), {.at_h = 8}), support::until(96, 8));
  const auto slowly = traced(Schedule().iv("chloride", mmol(0.01), {.at_h = 8, .over_h = 0.1}),
                             support::until(96, 8));
  const std::size_t last = at_once.trajectory.n_rows() - 1;
  CHECK(slowly.trajectory.at(last, "a_given_of_iv_mmol") == doctest::Approx(0.01));
  CHECK(std::abs(slowly.trajectory.at(last, "a_ledger_gap_of_iv_mmol")) < 1e-10);
  CHECK(slowly.trajectory.at(last, "f_plasma_of_iv") ==
        doctest::Approx(at_once.trajectory.at(last, "f_plasma_of_iv")).epsilon(1e-3));
}

TEST_CASE("both methods of the solver follow the same labels") {
  auto options = support::until(16, 4);
  options.relative_tolerance = 1e-7;
  options.absolute_tolerance_mmol = 1e-11;
  options.method = ode::Method::dopri5;
  const auto by_dopri5 = traced(double_label(), options);
  options.method = ode::Method::rosenbrock4;
  const auto by_rosenbrock4 = traced(double_label(), options);
  for (const char* column : {"f_plasma_of_iv", "f_plasma_of_mg26", "a_urine_of_iv_mmol",
                             "a_absorbed_first_of_mg26_mmol", "a_feces_of_mg26_mmol"}) {
    INFO(column);
    CHECK(apart(by_dopri5.trajectory, column, by_rosenbrock4.trajectory, column) < 1e-5);
  }
}

TEST_CASE("what cannot be followed is refused, with the rule and what to do") {
  const auto options = support::quick(24);
  const auto refuses = [&](const Schedule& plan, const std::vector<std::string>& tracers,
                           std::string_view words) {
    std::string said;
    try {
      traced(plan, options, tracers);
    } catch (const InputError& error) {
      said = error.what();
    }
    INFO(said);
    CHECK(said.find(words) != std::string::npos);
  };
  refuses(double_label(), {"mg62"}, "did you mean \"mg26\"?");
  refuses(double_label(), {"iv", "iv"}, "followed once");
  refuses(double_label(), {"iv", "mg26", "food"}, "one or two tracers");
  refuses(Schedule().meal(elemental_mg(100), {8}), {}, "needs a label");
  refuses(double_label().reset(30), {}, "no resets");
  refuses(
      double_label().oral("citrate", mmol(5), {.at_h = 9, .every_h = 24, .at_steady_state = true}),
      {"mg26"}, "no doses at steady state");
  refuses(Schedule().oral("citrate", mmol(5), {8}, false, "iv"), {}, "into the blood");
  refuses(double_label().oral("citrate", mmol(5)).oral("lactate", mmol(5)), {"mg26"},
          "at most 2 swallowed salts");
}
