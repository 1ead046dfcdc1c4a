// The ensemble against the scalar solver, and its stops, outputs and ends.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/pairs/dopri5.hpp>

#include "crowd.hpp"

namespace {

using namespace crowd;

/// The rows of one member by the scalar solver, at a tolerance of 1e-12.
std::vector<double> by_scalar(const Member& member) {
  Person<double> person = member.person;
  Integrator integrator(person, member.start, member.start_h,
                        {.relative_tolerance = 1e-12, .absolute_tolerance = 1e-15});
  std::vector<double> rows;
  const auto report = [&](std::size_t, double, const State<double, n_states>& x) {
    rows.insert(rows.end(), x.begin(), x.end());
  };
  const std::vector<double>& times = member.times_h;
  std::size_t n_stops = 0, first = 0;
  for (;;) {
    for (; n_stops < member.stops.size(); ++n_stops) {
      const Stop& stop = member.stops[n_stops];
      if (stop.t_h > integrator.t_h()) break;
      State<double, n_states> x = integrator.state();
      if (stop.change == Change::custom) {
        person.supply_mmol_per_h = stop.amount;
        x[2] *= 0.9;
      } else {
        x[stop.index] += stop.amount;
      }
      integrator.set_state(x);
    }
    if (integrator.t_h() == times.back()) break;
    double target = times.back();
    if (n_stops < member.stops.size()) target = std::min(target, member.stops[n_stops].t_h);
    std::size_t last = first;
    while (times[last] < target) ++last;
    REQUIRE(integrator.advance(target, std::span(times).subspan(first, last - first), report).ok());
    first = last;
  }
  report(first, times.back(), integrator.state());
  return rows;
}

double largest_difference(const std::vector<double>& rows, const std::vector<double>& expected) {
  REQUIRE(rows.size() == expected.size());
  double worst = 0.0;
  for (std::size_t k = 0; k < rows.size(); ++k)
    worst = std::max(worst, std::abs(rows[k] - expected[k]) / (1e-3 + std::abs(expected[k])));
  return std::isfinite(rows[rows.size() - 1]) ? worst : HUGE_VAL;
}

std::vector<double> last_row(const std::vector<double>& rows) {
  return {rows.end() - static_cast<std::ptrdiff_t>(n_states), rows.end()};
}

Told solved_order5(const std::vector<Member>& members) {
  return solved<2>(members, options_of(EnsembleMethod::order5));
}

/// One member with the typical parameters.
Member typical(std::vector<Stop> stops, std::vector<double> times_h) {
  Member member;
  member.stops = std::move(stops);
  member.times_h = std::move(times_h);
  return member;
}

}  // namespace

TEST_CASE_TEMPLATE("every pair agrees with the scalar solver, with the chain and without", Pair,
                   Tsit5, DormandPrince5, DormandPrince8) {
  const auto members = mixed(20);
  EnsembleOptions options = options_of(EnsembleMethod::automatic);
  options.solver.relative_tolerance = 1e-9;
  options.solver.absolute_tolerance = 1e-12;
  for (const bool use_upstream : {true, false}) {
    options.use_upstream = use_upstream;
    Told told;
    const auto keep_going = [] { return true; };
    ensembles::Course<decltype(keep_going)> course{options, keep_going};
    ensembles::solve_by<Pair, 2>(Crowd(members, told), everyone(members.size()), false, course,
                                 told.statistics);
    CHECK(told.statistics.n_without_chain == (use_upstream ? 2 : 20));
    for (std::size_t i = 0; i < members.size(); ++i) {
      CAPTURE(i);
      CHECK(told.status[i].ok());
      CHECK(told.status[i].t_h == members[i].times_h.back());
      const auto expected = by_scalar(members[i]);
      // Between its long steps the interpolant of order 8 knows less than the steps themselves.
      const bool is_order8 = Pair::order == 8.0;
      CHECK(largest_difference(told.rows[i], expected) < (is_order8 ? 1e-6 : 3e-8));
      CHECK(largest_difference(last_row(told.rows[i]), last_row(expected)) < 3e-8);
    }
  }
}

TEST_CASE("stops of one time happen in their order, at the start and at the end too") {
  const std::vector<Stop> stops = {
      {0.0, Change::add_to_state, 2, 9.0},  {0.0, Change::custom, 0, 0.3},
      {6.0, Change::custom, 0, 0.2},        {6.0, Change::add_to_state, 2, 4.0},
      {12.0, Change::add_to_state, 2, 5.0}, {12.0, Change::custom, 0, 0.1},
      {13.0, Change::add_to_state, 2, 7.0}};  // behind the end: never
  const Member member = typical(stops, {0.0, 6.0, 12.0});
  const Told told = solved_order5({member});
  CHECK(told.rows[0][2] == (1.0 + 9.0) * 0.9);
  CHECK(largest_difference(told.rows[0], by_scalar(member)) < 1e-5);
  CHECK(told.status[0].ok());
  CHECK(told.n_reports[0] == 1);
}

TEST_CASE("outputs may start late, end between stops, or be the start alone") {
  const std::vector<Stop> stops = {{1.0, Change::add_to_state, 0, 3.0},
                                   {9.0, Change::add_to_state, 0, 3.0}};
  const std::vector<Member> members = {typical(stops, {0.25, 0.5, 7.0}), typical(stops, {8.0}),
                                       typical(stops, {0.0}), typical({}, {0.0, 1e-9, 40.0}),
                                       typical({{0.0, Change::add_to_state, 0, 3.0}}, {0.0})};
  const Told told = solved_order5(members);
  for (std::size_t i = 0; i < members.size(); ++i) {
    CAPTURE(i);
    CHECK(told.status[i].ok());
    CHECK(told.n_reports[i] == 1);
    CHECK(largest_difference(told.rows[i], by_scalar(members[i])) < 1e-5);
  }
  CHECK(told.rows[4][0] == 3.0);
  CHECK(told.statistics.n_ok == members.size());
}

TEST_CASE("many members may end where they start") {
  const auto members = std::vector<Member>(50, typical({}, {0.0}));
  const Told told = solved_order5(members);
  for (std::size_t i = 0; i < members.size(); ++i) {
    CHECK(told.status[i].ok());
    CHECK(told.n_reports[i] == 1);
    CHECK(told.rows[i][2] == members[i].start[2]);
  }
}

TEST_CASE("a batch may be wider than the crowd, and a crowd may be empty") {
  const auto members = mixed(1);
  CHECK(solved_order5(members).status[0].ok());
  const Told none = solved_order5({});
  CHECK(none.statistics.n_ok == 0);
  CHECK(none.statistics.n_batch_steps == 0);
}

TEST_CASE("statistics are the sums of what the members were told") {
  const Told told = solved_order5(mixed(30));
  std::size_t n_steps = 0, n_rejected = 0;
  for (const MemberStatus& status : told.status) {
    n_steps += status.n_steps;
    n_rejected += status.n_rejected;
  }
  CHECK(told.statistics.n_ok == 30);
  CHECK(told.statistics.n_failed == 0);
  CHECK(told.statistics.n_steps == n_steps);
  CHECK(told.statistics.n_rejected == n_rejected);
  CHECK(2 * told.statistics.n_batch_steps >= n_steps + n_rejected);
}

TEST_CASE("the chain solved exactly saves steps") {
  const auto members = mixed(20);
  EnsembleOptions options = options_of(EnsembleMethod::order5);
  const Told with = solved<2>(members, options);
  options.use_upstream = false;
  CHECK(solved<2>(members, options).statistics.n_steps > with.statistics.n_steps);
}

TEST_CASE("first_step_h and max_step_h bound the steps") {
  EnsembleOptions options = options_of(EnsembleMethod::order8);
  const std::vector<Member> members = {typical({}, {0.0, 10.0})};
  const std::size_t n_free = solved<2>(members, options).status[0].n_steps;
  options.solver.max_step_h = 0.1;
  const std::size_t n_bounded = solved<2>(members, options).status[0].n_steps;
  CHECK(n_free < 50);
  CHECK(n_bounded >= 100);
  options.solver.first_step_h = 1e-6;
  CHECK(solved<2>(members, options).status[0].n_steps > n_bounded);
}
