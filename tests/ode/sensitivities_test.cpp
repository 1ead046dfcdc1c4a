#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include <same_bits.hpp>

#include <mgpk/ode/ensemble/sensitivities.hpp>

#include "complex_step.hpp"
#include "sensitivity_problem.hpp"

namespace {

using namespace mgpk::ode;
using sensitivity::People, sensitivity::with_tolerance;
using support::same_bits;

People people_with(std::size_t n_people, std::vector<std::size_t> directions) {
  People people;
  people.n_people = n_people;
  people.directions = std::move(directions);
  people.make_room();
  return people;
}

std::vector<std::size_t> all_directions() {
  std::vector<std::size_t> all(sensitivity::n_all_directions);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

/// The largest difference, in units of the largest slope of the column.
double error_of(const People& people, std::size_t who, std::size_t direction) {
  const std::vector<double> truth = sensitivity::slopes_by_complex_step(people, who, direction);
  double worst = 0.0;
  for (std::size_t c = 0; c < People::Columns::n_columns; ++c) {
    double largest = 0.0, difference = 0.0;
    for (std::size_t t = 0; t < people.times.size(); ++t) {
      const double exact = truth[t * People::Columns::n_columns + c];
      largest = std::max(largest, std::abs(exact));
      difference = std::max(difference, std::abs(people.number(who, t, c, 1 + direction) - exact));
    }
    // A column that the direction does not reach has rounding only.
    worst = std::max(worst, difference / std::max(largest, 1e-6));
  }
  return worst;
}

bool all_ok(const People& people) {
  return std::all_of(people.statuses.begin(), people.statuses.end(),
                     [](const MemberStatus& status) { return status.ok(); });
}

}  // namespace

TEST_CASE("slopes agree with a complex step, with the chain solved exactly and without") {
  for (const bool use_upstream : {true, false}) {
    People people = people_with(2, all_directions());
    EnsembleOptions options = with_tolerance(1e-12);
    options.use_upstream = use_upstream;
    const auto statistics = solve_sensitivities<8>(people, options);
    CHECK(statistics.n_ok == 2);
    REQUIRE(all_ok(people));
    for (std::size_t d = 0; d < people.directions.size(); ++d) {
      INFO("direction " << d << ", chain " << use_upstream);
      CHECK(error_of(people, 1, d) < 1e-8);
    }
  }
}

TEST_CASE("values have the bits of a solve without slopes") {
  People plain = people_with(40, {});
  plain.has_slopes = false;
  solve_ensemble(plain, with_tolerance(1e-6));
  REQUIRE(all_ok(plain));
  for (const std::size_t n_directions : std::vector<std::size_t>{1, 3, 10}) {
    auto directions = all_directions();
    directions.resize(n_directions);
    People people = people_with(40, directions);
    solve_sensitivities<3>(people, with_tolerance(1e-6));
    std::size_t n_different = 0;
    for (std::size_t i = 0; i < 40; ++i)
      for (std::size_t t = 0; t < people.times.size(); ++t)
        for (std::size_t c = 0; c < People::Columns::n_columns; ++c) {
          const double with = people.number(i, t, c, 0), without = plain.number(i, t, c, 0);
          n_different +=
              std::bit_cast<std::uint64_t>(with) != std::bit_cast<std::uint64_t>(without);
        }
    CHECK(n_different == 0);
  }
}

TEST_CASE("slopes have the same bits in any width, order, chunk and number of threads") {
  const auto directions = all_directions();
  const EnsembleOptions options = with_tolerance(1e-6);
  const auto forty = [&] {
    People people = people_with(40, directions);
    people.depend_alike = false;
    return people;
  };
  People usual = forty();
  solve_sensitivities<3>(usual, options);
  REQUIRE(all_ok(usual));

  People one_lane = forty();
  solve_sensitivities<3, 1>(one_lane, options);
  CHECK(same_bits(usual.numbers, one_lane.numbers));

  People other = forty();
  other.order.resize(40);
  std::iota(other.order.begin(), other.order.end(), std::size_t{0});
  std::shuffle(other.order.begin(), other.order.end(), std::mt19937(7));
  EnsembleOptions threaded = options;
  threaded.n_threads = 3;
  threaded.sort_by_cost = false;
  solve_sensitivities<5, 4>(other, threaded);
  CHECK(same_bits(usual.numbers, other.numbers));
}

TEST_CASE("members without directions are refused") {
  const People people = people_with(1, {});
  CHECK_THROWS_AS(solve_sensitivities<3>(people, with_tolerance(1e-6)), std::invalid_argument);
}
