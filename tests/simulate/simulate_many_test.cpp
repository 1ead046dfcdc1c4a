// The runs of many: each what `simulate` gives for it alone, and failures by job.
#include <mgpk/simulate/simulate_many.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"
#include "random_plans.hpp"

using namespace mgpk;

namespace {

std::vector<RunJob> some_jobs() {
  const auto adult = support::settled(support::reference_adult());
  const auto patient = support::settled(support::kidney_patient());
  support::Random random(5);
  std::vector<RunJob> jobs;
  for (std::size_t i = 0; i < 20; ++i) {
    const auto& who = i % 2 == 0 ? adult : patient;
    auto options = support::quick(30, 0.5);
    options.with_baseline = i % 3 != 0;
    jobs.push_back({who.person, support::random_plan(random), options, who.baseline});
  }
  jobs.push_back({adult.person, {}, support::quick(24), adult.baseline});
  return jobs;
}

simulation::ManyOptions how() {
  simulation::ManyOptions many;
  many.solver.relative_tolerance = 1e-9;
  many.solver.absolute_tolerance = 1e-12;
  return many;
}

Run alone(const RunJob& job) {
  auto options = job.options;
  options.relative_tolerance = 1e-10;
  options.absolute_tolerance_mmol = 1e-13;
  return job.plan.empty() ? simulate(job.subject, options, job.baseline)
                          : simulate(job.subject, job.plan, options, job.baseline);
}

void check_same(const simulation::Trajectory& a, const simulation::Trajectory& b) {
  REQUIRE(a.names() == b.names());
  REQUIRE(a.n_rows() == b.n_rows());
  const auto scale = 1.0 + b.values().cwiseAbs().array();
  CHECK(((a.values() - b.values()).cwiseAbs().array() / scale).maxCoeff() < 1e-7);
}

}  // namespace

TEST_CASE("each run is the one that its person has alone") {
  const auto jobs = some_jobs();
  const auto outcomes = simulate_many(jobs, how());
  REQUIRE(outcomes.size() == jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    REQUIRE(outcomes[i].failure.empty());
    const Run& run = *outcomes[i].run;
    const Run exact = alone(jobs[i]);
    CHECK(run.subject == exact.subject);
    CHECK(run.plan == exact.plan);
    CHECK(run.sources == exact.sources);
    CHECK(run.assumptions == exact.assumptions);
    CHECK(run.status.ok());
    check_same(run.trajectory, exact.trajectory);
    REQUIRE(run.baseline.n_rows() == exact.baseline.n_rows());
    if (run.baseline.n_rows() > 0) check_same(run.baseline, exact.baseline);
  }
}

TEST_CASE("a job that is refused or fails says why, and the others stand") {
  auto jobs = some_jobs();
  jobs.resize(6);
  jobs[1].subject.weight_kg = -3;
  jobs[2].subject.weight_kg = 90;  // no longer whose baseline it is
  jobs[3].options.every_h = -1;
  jobs[4].baseline.parameters.blood.v_plasma_L = std::nan("");
  jobs[5].baseline.parameters.blood.v_plasma_L = std::nan("");
  jobs[5].options.throw_on_failure = false;
  const auto outcomes = simulate_many(jobs, how());
  CHECK(outcomes[0].failure.empty());
  CHECK(outcomes[1].failure.starts_with("weight_kg must lie between 1 and 400"));
  CHECK(outcomes[2].failure.starts_with("the baseline must be that of the person"));
  CHECK(outcomes[3].failure.starts_with("every_h must be"));
  CHECK(outcomes[4].failure.starts_with("states and derivatives must be finite"));
  CHECK_FALSE(outcomes[4].run.has_value());
  REQUIRE(outcomes[5].run.has_value());
  CHECK(outcomes[5].run->status.code == ode::StatusCode::not_finite);
}

TEST_CASE("what was not reached says so") {
  const auto jobs = some_jobs();
  auto options = how();
  options.n_threads = 1;
  options.progress = [](std::size_t done, std::size_t) { return done < 3; };
  const auto outcomes = simulate_many(jobs, options);
  std::size_t n_stopped = 0;
  for (const auto& outcome : outcomes) n_stopped += outcome.failure == "stopped before this run";
  CHECK(n_stopped > 10);
  CHECK(n_stopped < jobs.size());
}
