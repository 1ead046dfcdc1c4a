// Many problems in lanes: each as it is alone, whatever its neighbours, the threads and the order.
#include <mgpk/simulate/solve_many.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"
#include "random_plans.hpp"

using namespace mgpk;

namespace {

/// A run that is ready to be solved.
simulation::Problem problem_of(const support::Settled& somebody, const Schedule& plan,
                               const simulation::Options& options) {
  const Run run{somebody.person, plan, options, {}, {}, {}, somebody.baseline, {}, {}, {}};
  const auto food = simulation::sources_of(Schedule{});
  return simulation::detail::problem_of(run, plan, simulation::sources_of(plan),
                                        {food, somebody.baseline.state}, {},
                                        simulation::output_times_h(options));
}

const std::vector<support::Settled>& people() {
  static const std::vector<support::Settled> all{support::settled(support::reference_adult()),
                                                 support::settled(support::kidney_patient()),
                                                 support::settled(support::small_woman())};
  return all;
}

/// Three people under random plans of all kinds and of every number of salts.
std::vector<simulation::Problem> some_problems(std::size_t n, double until_h = 60) {
  support::Random random(11);
  std::vector<simulation::Problem> problems;
  while (problems.size() < n) {
    const auto plan = support::random_plan(random);
    const auto options = support::quick(until_h, support::uniform(random, 0.3, 3));
    problems.push_back(problem_of(people()[problems.size() % 3], plan, options));
  }
  return problems;
}

struct Many {
  std::vector<std::optional<simulation::Solved>> solved;
  simulation::ManyStatistics statistics;
};

Many solve_all(const std::vector<simulation::Problem>& problems, const ode::Options& solver,
               std::size_t n_threads = 1, std::vector<std::size_t> order = {}) {
  if (order.empty()) {
    order.resize(problems.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  Many many;
  many.solved.resize(problems.size());
  simulation::ManyProblems all;
  for (const std::size_t i : order) all.n_sources.push_back(problems[i].sources.size());
  all.make = [&](std::size_t k) { return problems[order[k]]; };
  all.take = [&](std::size_t k, simulation::Solved one) { many.solved[order[k]] = std::move(one); };
  many.statistics = solve_many(all, {.solver = solver, .n_threads = n_threads});
  return many;
}

ode::Options solver_of(double relative, double absolute) {
  ode::Options solver;
  solver.relative_tolerance = relative;
  solver.absolute_tolerance = absolute;
  return solver;
}

bool same_bits(const simulation::Solved& a, const simulation::Solved& b) {
  const auto& x = a.trajectory.values();
  const auto& y = b.trajectory.values();
  return x.rows() == y.rows() && x.cols() == y.cols() &&
         std::equal(x.data(), x.data() + x.size(), y.data(), [](double p, double q) {
           return std::bit_cast<std::uint64_t>(p) == std::bit_cast<std::uint64_t>(q);
         });
}

/// The largest difference of a column, relative to its largest value or to one.
double largest_difference(const simulation::Trajectory& a, const simulation::Trajectory& b) {
  double largest = 0;
  for (std::size_t column = 0; column < a.names().size(); ++column) {
    const auto x = a.column(column), y = b.column(column);
    for (std::size_t i = 0; i < x.size(); ++i)
      largest = std::fmax(largest, std::abs(x[i] - y[i]) / (1.0 + std::abs(y[i])));
  }
  return largest;
}

}  // namespace

TEST_CASE("a run in a lane is the run alone, within the tolerance, in every column") {
  const auto problems = some_problems(40);
  const auto many = solve_all(problems, solver_of(1e-9, 1e-12));
  CHECK(many.statistics.n_in_lanes == problems.size());
  for (std::size_t i = 0; i < problems.size(); ++i) {
    auto exact = problems[i];
    exact.solver = solver_of(1e-11, 1e-14);
    const auto alone = solve(exact);
    REQUIRE(many.solved[i].has_value());
    REQUIRE(many.solved[i]->status.ok());
    CHECK(many.solved[i]->trajectory.names() == alone.trajectory.names());
    CAPTURE(i);
    CHECK(largest_difference(many.solved[i]->trajectory, alone.trajectory) < 1e-7);
  }
}

TEST_CASE("at a coarse tolerance a run in a lane errs no more than it allows") {
  const auto problems = some_problems(20);
  const auto many = solve_all(problems, solver_of(1e-5, 1e-7));
  for (std::size_t i = 0; i < problems.size(); ++i) {
    auto exact = problems[i];
    exact.solver = solver_of(1e-10, 1e-13);
    CHECK(largest_difference(many.solved[i]->trajectory, solve(exact).trajectory) < 1e-3);
  }
}

TEST_CASE("neighbours, order and threads change no bit") {
  const auto problems = some_problems(50, 30);
  ode::Options solver;
  SUBCASE("with order 5") { solver = solver_of(1e-5, 1e-8); }
  SUBCASE("with order 8") { solver = solver_of(1e-6, 1e-10); }
  const auto many = solve_all(problems, solver);
  std::vector<std::size_t> backwards(problems.size());
  std::iota(backwards.rbegin(), backwards.rend(), std::size_t{0});
  for (const std::size_t n_threads : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    const auto again = solve_all(problems, solver, n_threads, backwards);
    for (std::size_t i = 0; i < problems.size(); ++i)
      CHECK(same_bits(*again.solved[i], *many.solved[i]));
  }
  for (std::size_t i = 0; i < problems.size(); i += 7)
    CHECK(same_bits(*solve_all({problems[i]}, solver).solved[0], *many.solved[i]));
}

TEST_CASE("resets, covariates and what acts for a while happen in lanes, too") {
  Schedule plan;
  plan.oral("citrate", elemental_mg(300), {.at_h = 8, .every_h = 12, .times = 4});
  plan.iv("sulfate", mmol(8), {.at_h = 3, .over_h = 6});
  plan.modify("loop_diuretic", {.at_h = 6, .over_h = 5});
  dose::Covariate gfr;
  gfr.name = dose::gfr_covariate;
  gfr.at_h = {0, 12, 30};
  gfr.values = {120, 60, 90};
  gfr.rule = dose::CovariateRule::linear;
  plan.covariate(gfr);
  plan.reset(40);
  const auto options = support::quick(60, 0.7);
  const auto problem = problem_of(people()[0], plan, options);
  auto exact = problem;
  exact.solver = solver_of(1e-11, 1e-14);
  const auto many = solve_all({problem}, solver_of(1e-9, 1e-12));
  CHECK(many.statistics.n_in_lanes == 1);
  CHECK(largest_difference(many.solved[0]->trajectory, solve(exact).trajectory) < 1e-7);
}

TEST_CASE("a regimen that comes to its steady state in the middle of a run does so in lanes, too") {
  Schedule plan;
  plan.oral("oxide", elemental_mg(200), {.at_h = 2});
  plan.oral("citrate", elemental_mg(300),
            {.at_h = 20, .every_h = 12, .times = 3, .at_steady_state = true});
  const auto problem = problem_of(people()[1], plan, support::quick(60, 0.7));
  auto exact = problem;
  exact.solver = solver_of(1e-11, 1e-14);
  const auto many = solve_all({problem}, solver_of(1e-9, 1e-12));
  CHECK(many.statistics.n_in_lanes == 1);
  CHECK(largest_difference(many.solved[0]->trajectory, solve(exact).trajectory) < 1e-7);
}

TEST_CASE("the books of a run in a lane close") {
  const auto problems = some_problems(12);
  const auto many = solve_all(problems, solver_of(1e-9, 1e-12));
  for (const auto& one : many.solved)
    for (const double gap : one->trajectory.column("a_ledger_gap_mmol"))
      CHECK(std::abs(gap) < 1e-9);
}

TEST_CASE("what lanes do not offer is solved alone") {
  auto problems = some_problems(6, 12);
  problems[1].rows_before = true;
  problems[3].times_h = {0.0};
  problems[3].until_h = 0.0;
  problems[3].timeline = {};
  problems[3].timeline.given.due.clear();
  const auto many = solve_all(problems, solver_of(1e-6, 1e-10));
  CHECK(many.statistics.n_in_lanes == 4);
  CHECK(many.statistics.n_alone == 2);
  for (std::size_t i = 0; i < problems.size(); ++i) {
    auto alone = problems[i];
    alone.solver = solver_of(1e-6, 1e-10);
    CHECK(largest_difference(many.solved[i]->trajectory, solve(alone).trajectory) < 1e-4);
  }
}

TEST_CASE("a problem that cannot be solved says why, and costs its neighbours nothing") {
  auto problems = some_problems(20, 30);
  const auto solver = solver_of(1e-6, 1e-10);
  const auto before = solve_all(problems, solver);
  problems[7].parameters.blood.v_plasma_L = std::nan("");
  const auto after = solve_all(problems, solver);
  CHECK(after.solved[7]->status.code == ode::StatusCode::not_finite);
  for (std::size_t i = 0; i < problems.size(); ++i)
    if (i != 7) CHECK(same_bits(*after.solved[i], *before.solved[i]));
}

TEST_CASE(
    "a stiff problem leaves its lane for the stiff method, and its neighbours do not notice") {
  auto problems = some_problems(20, 30);
  const auto solver = solver_of(1e-6, 1e-10);
  const auto before = solve_all(problems, solver);
  problems[3].parameters.tissue.q_L_per_h = 1e6;
  const auto after = solve_all(problems, solver);
  CHECK(after.statistics.n_alone == 1);
  REQUIRE(after.solved[3].has_value());
  CHECK(after.solved[3]->status.ok());
  CHECK(after.solved[3]->statistics.method_now == ode::Method::rosenbrock4);
  for (std::size_t i = 0; i < problems.size(); ++i)
    if (i != 3) CHECK(same_bits(*after.solved[i], *before.solved[i]));
}

TEST_CASE("a problem that cannot be made is passed over") {
  const auto problems = some_problems(5, 12);
  std::size_t n_taken = 0;
  simulation::ManyProblems all;
  for (const auto& problem : problems) all.n_sources.push_back(problem.sources.size());
  all.make = [&](std::size_t i) {
    return i == 2 ? std::nullopt : std::optional<simulation::Problem>(problems[i]);
  };
  all.take = [&](std::size_t i, const simulation::Solved&) {
    CHECK(i != 2);
    ++n_taken;
  };
  solve_many(all, {.solver = solver_of(1e-6, 1e-10), .n_threads = 1});
  CHECK(n_taken == 4);
}

TEST_CASE("progress may stop the rest, and what makes a problem may throw") {
  const auto problems = some_problems(40, 12);
  simulation::ManyProblems all;
  for (const auto& problem : problems) all.n_sources.push_back(problem.sources.size());
  std::size_t n_taken = 0;
  all.make = [&](std::size_t i) { return problems[i]; };
  all.take = [&](std::size_t, const simulation::Solved&) { ++n_taken; };
  simulation::ManyOptions options{.solver = solver_of(1e-6, 1e-10), .n_threads = 1};
  options.progress = [](std::size_t done, std::size_t total) {
    CHECK(total == 40);
    return done < 5;
  };
  CHECK(solve_many(all, options).stopped);
  CHECK(n_taken >= 5);
  CHECK(n_taken < 40);
  options.progress = {};
  options.n_threads = 2;
  all.take = [&](std::size_t, const simulation::Solved&) { throw std::runtime_error("full"); };
  CHECK_THROWS_WITH_AS(solve_many(all, options), "full", std::runtime_error);
}

TEST_CASE("the instruction set in use is one of those that there are") {
  const std::string name(simulation::instruction_set());
  CHECK((name == "baseline" || name == "avx2" || name == "avx512" || name == "neon"));
  CHECK(simulation::lane_count() >= 2);
  if (const char* wanted = std::getenv("MGPK_INSTRUCTION_SET")) CHECK(name == wanted);
}
