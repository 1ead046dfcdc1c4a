// Groups of slopes that follow the first take its values as they are.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <same_bits.hpp>

#include <mgpk/ode/ensemble/sensitivities.hpp>

#include "sensitivity_problem.hpp"

namespace {

using namespace mgpk::ode;
using People = sensitivity::PeopleWith<AllStates<sensitivity::Magnesium<double>>>;

// Where numbers of the model stand.
constexpr std::size_t of_kd = 0, of_kge = 1, of_vmax = 2, of_kt = 5, of_gfr = 12, of_tm = 14;

/// Two by two or all together.
template <std::size_t Together>
People solved(const std::vector<std::size_t>& directions, bool depend_alike) {
  People people;
  people.n_people = 20;
  people.directions = directions;
  people.depend_alike = depend_alike;
  people.make_room();
  const auto statistics = solve_sensitivities<Together>(people, sensitivity::with_tolerance(1e-6));
  CHECK(statistics.n_ok == people.n_people);
  CHECK(statistics.n_without_chain == 0);
  return people;
}

double largest_slope(const People& people, std::size_t column, std::size_t direction) {
  double largest = 0.0;
  for (std::size_t who = 0; who < people.n_people; ++who)
    for (std::size_t time = 0; time < people.times.size(); ++time)
      largest = std::max(largest, std::abs(people.number(who, time, column, 1 + direction)));
  return largest;
}

}  // namespace

TEST_CASE("slopes are the same in the first group and in one that follows") {
  for (const std::vector<std::size_t>& directions :
       {std::vector<std::size_t>{of_vmax, of_kt, of_gfr, of_tm},
        {of_vmax, of_kt, of_kd, of_kge},
        {of_kd, of_kge, of_gfr, of_tm}})
    for (const bool depend_alike : {true, false}) {
      INFO("directions from " << directions[0] << " to " << directions[3]);
      const People in_one = solved<4>(directions, depend_alike);
      const People in_two = solved<2>(directions, depend_alike);
      CHECK(support::same_bits(in_one.numbers, in_two.numbers));
    }
}

TEST_CASE("a chain that no direction of a group reaches has slopes of zero, its values move") {
  const People people = solved<2>({of_kd, of_kge, of_gfr, of_tm}, true);
  CHECK(largest_slope(people, 0, 0) > 0.1);
  CHECK(largest_slope(people, 0, 2) == 0.0);
  CHECK(largest_slope(people, 1, 3) == 0.0);
  CHECK(largest_slope(people, 4, 2) > 0.1);
}
