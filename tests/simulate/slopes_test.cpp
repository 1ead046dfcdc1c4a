// Runs with slopes: against differences of runs that were solved anew, baseline and all.
#include <mgpk/simulate/slopes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

simulation::Options sharp(std::vector<double> times_h) {
  simulation::Options options;
  options.times_h = std::move(times_h);
  options.relative_tolerance = 1e-12;
  options.absolute_tolerance_mmol = 1e-14;
  options.with_baseline = false;
  return options;
}

simulation::ManyOptions how(std::size_t n_threads = 1) {
  simulation::ManyOptions many;
  many.solver.relative_tolerance = 1e-12;
  many.solver.absolute_tolerance = 1e-14;
  many.n_threads = n_threads;
  return many;
}

RunJob job_of(const Subject& subject, const Schedule& plan, const simulation::Options& options) {
  return {subject, plan, options, simulation::baseline_of(subject, options)};
}

double value_of(const RunJob& job, const std::string& name) {
  return *simulation::value_along(simulation::direction_of(name), job.subject, job.options);
}

/// The job with one number of its person moved by a share.
RunJob moved(RunJob job, const std::string& name, double share) {
  const double value = value_of(job, name) * (1.0 + share);
  job.subject.allow_outside_range = true;
  simulation::set_along(simulation::direction_of(name), value, job.subject, job.options);
  job.baseline = simulation::baseline_of(job.subject, job.options);
  return job;
}

/// The slopes of the table by differences of four runs.
Eigen::MatrixXd by_differences(const RunJob& job, const std::string& name) {
  const double share = 2e-3;
  const auto table = [&](double steps) {
    const auto there = moved(job, name, steps * share);
    return simulate(there.subject, there.plan, there.options, there.baseline).trajectory.values();
  };
  return ((table(-2) - table(2)) / 12.0 + (table(1) - table(-1)) * (2.0 / 3.0)) /
         (share * value_of(job, name));
}

/// Each slope times its parameter, against the size of its column.
void check_slopes(const RunJob& job, const std::vector<std::string>& names, double tolerance) {
  const auto outcomes = simulate_with_slopes({job}, names, how());
  REQUIRE(outcomes.size() == 1);
  REQUIRE(outcomes[0].failure == "");
  const auto& run = outcomes[0].run->run;
  const auto& values = run.trajectory.values();
  for (std::size_t d = 0; d < names.size(); ++d) {
    const Eigen::MatrixXd expected = by_differences(job, names[d]);
    const auto& slopes = outcomes[0].run->slopes[d];
    REQUIRE(slopes.rows() == values.rows());
    REQUIRE(slopes.cols() == values.cols());
    CHECK(slopes.col(0).isZero());
    double worst = 0;
    for (Eigen::Index c = 1; c < values.cols(); ++c) {
      if (run.trajectory.names()[static_cast<std::size_t>(c)] == "a_ledger_gap_mmol") continue;
      const double size = values.col(c).cwiseAbs().maxCoeff() + 1e-3;
      const double error =
          (slopes.col(c) - expected.col(c)).cwiseAbs().maxCoeff() * value_of(job, names[d]) / size;
      if (error > tolerance)
        MESSAGE(names[d] << " in " << run.trajectory.names()[static_cast<std::size_t>(c)] << ": "
                         << error);
      worst = std::max(worst, error);
    }
    CHECK(worst < tolerance);
  }
}

Subject somebody() {
  Subject s;
  s.sex = Sex::female;
  s.weight_kg = 62;
  s.gfr_mL_per_min = 85;
  s.diet_mg_per_d = 280;
  return s;
}

}  // namespace

TEST_CASE("slopes are those of the run, its baseline included") {
  Schedule plan;
  plan.oral("glycinate", elemental_mg(300), {.at_h = 9})
      .iv("sulfate", mmol(8), {.at_h = 14, .over_h = 2});
  const auto job = job_of(somebody(), plan, sharp({1, 9, 10.5, 14, 15, 20, 30}));
  check_slopes(job,
               {"tm_mmol_per_L", "gfr_mL_per_min", "v_plasma_L_per_kg", "k_slow_per_h",
                "vmax_jejunum_mmol_per_h", "diet_mg_per_d", "weight_kg"},
               2e-8);
}

TEST_CASE("a Tm that met a measured level moves so that it goes on to meet it") {
  auto person = somebody();
  person.c_plasma_total_mmol_per_L = 0.81;
  Schedule plan;
  plan.oral("oxide", elemental_mg(250), {.at_h = 8}).im("sulfate", mmol(5), {.at_h = 12});
  const auto job = job_of(person, plan, sharp({7.5, 12, 13, 24}));
  check_slopes(job,
               {"c_plasma_total_mmol_per_L", "splay_mmol_per_L", "v_plasma_L_per_kg", "f_im",
                "albumin_g_per_L"},
               3e-7);  // Tm is sought until the level is met to 1e-9: differences see that
}

TEST_CASE("slopes from a given level, with an empty gut, and while something acts") {
  auto options = sharp({0, 2, 6, 12});
  options.empty_gut_at_start = true;
  options.start_c_plasma_total_mmol_per_L = 1.1;
  Schedule plan;
  plan.iv("sulfate", mmol(10), {.at_h = 1, .over_h = 1})
      .modify("thiazide", {.at_h = 4, .over_h = 5})
      .covariate({"gfr_mL_per_min", {60}, {3}});
  const auto job = job_of(somebody(), plan, options);
  check_slopes(job,
               {"start_c_plasma_total_mmol_per_L", "tm_mmol_per_L", "v_interstitial_L_per_kg",
                "f_uf_reference", "gfr_mL_per_min"},
               5e-8);
}

TEST_CASE("values are those of a run without slopes; nobody's numbers depend on the others") {
  std::vector<RunJob> jobs;
  for (int i = 0; i < 9; ++i) {
    auto person = somebody();
    person.gfr_mL_per_min = 60 + 5 * i;
    Schedule plan;
    plan.oral("citrate", elemental_mg(100 + 20 * i), {.at_h = 8});
    if (i % 3 == 0) plan.oral("oxide", elemental_mg(200), {.at_h = 9});
    jobs.push_back(job_of(person, plan, sharp({4, 9, 24})));
  }
  const std::vector<std::string> names{"tm_mmol_per_L", "vmax_ileum_mmol_per_h", "k_cells_per_h",
                                       "diet_mg_per_d", "km_uptake_mmol"};
  const auto together = simulate_with_slopes(jobs, names, how(2));
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const auto alone = simulate_with_slopes({jobs[i]}, names, how());
    REQUIRE(together[i].run);
    CHECK(together[i].run->run.trajectory.values() == alone[0].run->run.trajectory.values());
    for (std::size_t d = 0; d < names.size(); ++d)
      CHECK(together[i].run->slopes[d] == alone[0].run->slopes[d]);
    const auto run = simulate(jobs[i].subject, jobs[i].plan, jobs[i].options, jobs[i].baseline);
    CHECK(together[i].run->run.trajectory.values().isApprox(run.trajectory.values(), 1e-9));
  }
}

TEST_CASE("what has no slopes is refused with its reason, and the others stand") {
  Schedule plan;
  plan.oral("citrate", elemental_mg(300), {.at_h = 8});
  const auto good = job_of(somebody(), plan, sharp({12}));
  auto reset = good, measured = good;
  reset.plan.reset(6);
  const auto outcomes =
      simulate_with_slopes({reset, good, measured}, {"c_plasma_total_mmol_per_L"}, how());
  CHECK(outcomes[0].failure.find("no resets") != std::string::npos);
  CHECK(outcomes[2].failure.find("level was measured") != std::string::npos);
  CHECK_THROWS_WITH_AS(simulate_with_slopes({good}, {"tm_mmol_per_l"}, how()),
                       doctest::Contains("tm_mmol_per_L"), InputError);
  CHECK_THROWS_AS(simulate_with_slopes({good}, {}, how()), InputError);
  CHECK_THROWS_AS(simulate_with_slopes({good}, {"f_im", "f_im"}, how()), InputError);
  CHECK(simulate_with_slopes({reset, good}, {"f_im"}, how())[1].run);
}
