// Populations: the same bits whatever n and threads are, failures that cost nobody else, bad input.
#include <mgpk/people/population.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <mgpk/people/read_outs.hpp>
#include <mgpk/simulate/simulate.hpp>

using namespace mgpk;
using namespace mgpk::people;

namespace {

PopulationOptions with_plan(std::size_t n_threads) {
  PopulationOptions options;
  options.seed = 3;
  options.plan = Schedule().oral("citrate", elemental_mg(300), {.at_h = 9});
  options.run.until_h = 24;
  options.run.every_h = 4;
  options.columns = {"c_plasma_total_mmol_per_L", "a_urine_mmol"};
  options.how.n_threads = n_threads;
  return options;
}

bool same_bits(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, Eigen::Index n_rows) {
  for (Eigen::Index i = 0; i < n_rows; ++i)
    for (Eigen::Index j = 0; j < a.cols(); ++j)
      if (std::bit_cast<std::uint64_t>(a(i, j)) != std::bit_cast<std::uint64_t>(b(i, j)))
        return false;
  return true;
}

}  // namespace

TEST_CASE("people, curves and numbers have the same bits whatever n and threads are") {
  const auto few = population(3, with_plan(1)), many = population(8, with_plan(3));
  REQUIRE(many.ensemble.n_failed() == 0);
  CHECK(same_bits(few.drawn, many.drawn, 3));
  CHECK(same_bits(few.ensemble.numbers, many.ensemble.numbers, 3));
  for (std::size_t k = 0; k < 2; ++k)
    CHECK(same_bits(few.ensemble.curves[k], many.ensemble.curves[k], 3));
  CHECK(few.subjects[2] == many.subjects[2]);
}

TEST_CASE("a line says what a run of that person says, within its tolerance") {
  const auto options = with_plan(0);
  const auto made = population(2, options);
  const Run run = simulate(made.subjects[1], *options.plan, options.run);
  const auto plasma = run.trajectory.column("c_plasma_total_mmol_per_L");
  const auto& curve = made.ensemble.curve("c_plasma_total_mmol_per_L");
  REQUIRE(static_cast<std::size_t>(curve.cols()) == plasma.size());
  for (std::size_t i = 0; i < plasma.size(); ++i)
    CHECK(curve(1, static_cast<Eigen::Index>(i)) == doctest::Approx(plasma[i]).epsilon(1e-5));
  const auto numbers = plan_numbers(run, labels_of(*options.plan));
  for (std::size_t i = 0; i < numbers.size(); ++i)
    CHECK(made.ensemble.numbers(1, static_cast<Eigen::Index>(day_names.size() + 1 + i)) ==
          doctest::Approx(numbers[i]).epsilon(1e-5));
}

TEST_CASE("without a plan there is the usual day, and urine that balances what is absorbed") {
  const auto made = population(4);
  CHECK(made.ensemble.curves.empty());
  CHECK(made.ensemble.number_names.size() == day_names.size() + 1);
  for (Eigen::Index i = 0; i < 4; ++i) {
    const double diet_mmol = *made.subjects[static_cast<std::size_t>(i)].diet_mg_per_d / 24.305;
    const double urine = made.ensemble.numbers(i, 2), feces = made.ensemble.numbers(i, 3);
    // What is neither in urine nor in stool is sweat: little.
    CHECK(diet_mmol - urine - feces > 0);
    CHECK(diet_mmol - urine - feces < 0.03 * diet_mmol);
  }
}

TEST_CASE("people who cannot be solved fail alone, by index and with a reason") {
  auto options = with_plan(2);
  options.run.max_steps = 40;  // too few for anybody
  const auto made = population(3, options);
  CHECK(made.ensemble.n_failed() == 3);
  for (const auto& reason : made.ensemble.failures) CHECK(reason.find("step") != std::string::npos);
  CHECK(std::isnan(made.ensemble.numbers(0, 0)));
  CHECK(made.drawn(0, 0) > 0);
}

TEST_CASE("a population that is stopped says so in those it did not reach") {
  auto options = with_plan(1);
  options.how.progress = [](std::size_t done, std::size_t) { return done < 2; };
  const auto made = population(5, options);
  CHECK(made.ensemble.failures[1].empty());
  CHECK(made.ensemble.failures[4] == "stopped before this member");
  options.how.progress = [](std::size_t, std::size_t) -> bool { throw std::runtime_error("mine"); };
  CHECK_THROWS_WITH_AS(population(5, options), "mine", std::runtime_error);
}

TEST_CASE("nonsense is refused before anybody is solved") {
  CHECK_THROWS_WITH_AS(population(0),
                       "a population needs at least one person, but it is 0; give how many are to "
                       "be drawn",
                       InputError);
  auto options = with_plan(0);
  options.columns = {"c_plasma_totl_mmol_per_L"};
  CHECK_THROWS_AS(population(2, options), UnknownNameError);
  options = with_plan(0);
  options.plan = Schedule();
  CHECK_THROWS_AS(population(2, options), InputError);
  options = with_plan(0);
  options.run.until_h = 0;
  CHECK_THROWS_AS(population(2, options), InputError);
  options = {};
  options.columns = {"a_urine_mmol"};
  CHECK_THROWS_AS(population(2, options), InputError);
  options = {};
  options.selection.until_y = 200;
  CHECK_THROWS_AS(population(2, options), InputError);
  options = with_plan(0);
  options.run.every_h = 1e-5;
  CHECK_THROWS_WITH_AS(population(100, options),
                       "at most 200000000 values are kept, but it is 480002000; draw fewer, raise "
                       "every_h, or name fewer columns",
                       InputError);
}
