// Bands: the same person and plan, draws by name, bands around the run, bad input.
#include <mgpk/people/bands.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <mgpk/people/read_outs.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/steady_state.hpp>

#include "people.hpp"

using namespace mgpk;
using namespace mgpk::people;

namespace {

Run a_run() {
  return simulate(support::small_woman(),
                  Schedule().oral("citrate", elemental_mg(300), {.at_h = 9}),
                  support::quick(24, 4));
}

BandsOptions some(std::size_t n_threads = 0) {
  BandsOptions options;
  options.seed = 4;
  options.columns = {"c_plasma_total_mmol_per_L", "a_urine_mmol"};
  options.how.n_threads = n_threads;
  return options;
}

std::size_t place_of(const Ensemble& ensemble, const std::string& name) {
  std::size_t i = 0;
  while (ensemble.number_names.at(i) != name) ++i;
  return i;
}

}  // namespace

TEST_CASE("draws have the same bits whatever n and threads are") {
  const Run run = a_run();
  const Bands few = bands(run, 2, some(1)), many = bands(run, 6, some(3));
  REQUIRE(many.ensemble.n_failed() == 0);
  const auto same = [](const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    for (Eigen::Index i = 0; i < 2; ++i)
      for (Eigen::Index j = 0; j < a.cols(); ++j)
        if (std::bit_cast<std::uint64_t>(a(i, j)) != std::bit_cast<std::uint64_t>(b(i, j)))
          return false;
    return true;
  };
  CHECK(same(few.drawn, many.drawn));
  CHECK(same(few.ensemble.numbers, many.ensemble.numbers));
  CHECK(same(few.ensemble.curves[0], many.ensemble.curves[0]));
}

TEST_CASE("a draw is the run of that person with those constants, within its tolerance") {
  const Run run = a_run();
  const Bands made = bands(run, 1, some());
  const Subject subject = with_parameters(run.subject, made.uncertain,
                                          draw_parameters(run.subject, made.uncertain, 4, 0));
  auto options = run.options;
  options.relative_tolerance = 1e-6;
  const Run again = simulate(subject, run.plan, options);
  CHECK(made.ensemble.curves[1](0, 6) ==
        doctest::Approx(again.trajectory.at(6, "a_urine_mmol")).epsilon(1e-5));
}

TEST_CASE("ridges keep the baseline where it is; draws without them would not") {
  const Run run = a_run();
  auto options = some();
  options.parameters = {"splay_mmol_per_L", "f_uf_reference"};
  const Bands made = bands(run, 12, options);
  const double now = day_numbers(run.start, run.options).at(0);
  const auto fasting =
      static_cast<Eigen::Index>(place_of(made.ensemble, "c_plasma_total_fasting_mmol_per_L"));
  for (Eigen::Index i = 0; i < 12; ++i)
    CHECK(made.ensemble.numbers(i, fasting) == doctest::Approx(now).epsilon(0.04));
  // The share of plasma that is filtered alone, against the Tm of the table.
  Subject alone = run.subject;
  alone.parameters["f_uf_reference"] = 0.80;
  const Run off = simulate(alone, run.plan, run.options);
  CHECK(day_numbers(off.start, off.options).at(0) < 0.92 * now);
}

TEST_CASE("a run from a steady state has bands from steady states") {
  const Subject person = support::reference_adult();
  const auto regimen =
      Schedule().oral("citrate", elemental_mg(200), {.at_h = 9, .every_h = 24, .times = 2});
  const Run run = simulate(person, {}, support::quick(12, 4), steady_state(person, regimen));
  auto options = some();
  options.parameters = {"vmax_duodenum_mmol_per_h"};
  const Bands made = bands(run, 1, options);
  REQUIRE(made.ensemble.failures[0] == "");
  const Subject other = with_parameters(person, made.uncertain,
                                        draw_parameters(person, made.uncertain, options.seed, 0));
  simulation::SteadyStateOptions loose;
  loose.relative_tolerance = 1e-6;
  loose.absolute_tolerance_mmol = 1e-10;
  const Run again = simulate(other, {}, support::quick(12, 4), steady_state(other, regimen, loose));
  CHECK(made.ensemble.curves[0](0, 3) ==
        doctest::Approx(again.trajectory.at(3, "c_plasma_total_mmol_per_L")).epsilon(1e-9));
}

TEST_CASE("nonsense is refused") {
  const Run run = a_run();
  CHECK_THROWS_AS(bands(run, 0, some()), InputError);
  auto options = some();
  options.columns = {"plasma"};
  CHECK_THROWS_AS(bands(run, 1, options), UnknownNameError);
  options = some();
  options.parameters = {"diet_reference_mg_per_d"};
  CHECK_THROWS_AS(bands(run, 1, options), InputError);
  options = some();
  options.relative_tolerance = 2;
  CHECK_THROWS_AS(bands(run, 1, options), std::invalid_argument);
}
