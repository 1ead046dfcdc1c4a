// What fails, fails alone and says why; what cannot be solved is refused beforehand.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "crowd.hpp"

namespace {

using namespace crowd;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr EnsembleMethod methods[] = {EnsembleMethod::order5, EnsembleMethod::order8};

/// All numbers of a row.
bool row_is_nan(const Told& told, std::size_t i, std::size_t row) {
  const double* at = &told.rows[i][row * n_states];
  return std::all_of(at, at + n_states, [](double x) { return std::isnan(x); });
}
bool row_is_finite(const Told& told, std::size_t i, std::size_t row) {
  const double* at = &told.rows[i][row * n_states];
  return std::all_of(at, at + n_states, [](double x) { return std::isfinite(x); });
}

/// Rows up to the time of a failure hold numbers, those after it none.
void check_rows_of_failure(const Told& told, const std::vector<Member>& members, std::size_t i) {
  for (std::size_t row = 0; row < members[i].times_h.size(); ++row) {
    CAPTURE(row);
    if (members[i].times_h[row] <= told.status[i].t_h) {
      CHECK(row_is_finite(told, i, row));
    } else {
      CHECK(row_is_nan(told, i, row));
    }
  }
}

/// The members other than `broken` get what they get without it.
void check_neighbours(const std::vector<Member>& members, const Told& told, std::size_t broken,
                      const EnsembleOptions& options) {
  std::vector<Member> others = members;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(broken));
  const Told expected = solved<4>(others, options);
  CHECK(expected.statistics.n_failed == 0);
  CHECK(told.statistics.n_failed == 1);
  CHECK(told.statistics.n_ok == others.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    CHECK(told.n_reports[i] == 1);
    if (i == broken) continue;
    const std::size_t k = i < broken ? i : i - 1;
    CHECK(same_bits(told.rows[i], expected.rows[k]));
    CHECK(same_end(told.status[i], expected.status[k]));
  }
}

std::string refusal(const std::vector<Member>& members, const EnsembleOptions& options = {}) {
  try {
    solved<4>(members, options);
  } catch (const std::invalid_argument& problem) {
    return problem.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a derivative that breaks ends its own member at that time, and no other") {
  for (const EnsembleMethod method : methods) {
    const EnsembleOptions options = options_of(method);
    auto members = mixed(30);
    members[5].person.fuse_h = 9.3;
    const Told told = solved<4>(members, options);
    const MemberStatus& status = told.status[5];
    CHECK(status.code == StatusCode::not_finite);
    CHECK(status.t_h == doctest::Approx(9.3));
    CHECK(status.t_h <= 9.3);
    CHECK(status.state_index == 3);
    CHECK(std::isnan(status.value));
    check_rows_of_failure(told, members, 5);
    check_neighbours(members, told, 5, options);
  }
}

TEST_CASE("a state that would become negative ends its own member, and no other") {
  for (const EnsembleMethod method : methods) {
    const EnsembleOptions options = options_of(method);
    auto members = mixed(30);
    members[7].person.drain_mmol_per_h = 5.0;
    const Told told = solved<4>(members, options);
    const MemberStatus& status = told.status[7];
    CHECK(status.code == StatusCode::negative_state);
    CHECK(status.state_index == 3);
    CHECK(status.value < 0.0);
    CHECK(status.t_h < 30.0);
    check_rows_of_failure(told, members, 7);
    check_neighbours(members, told, 7, options);
  }
}

TEST_CASE("a member that uses up its steps ends, and no other") {
  for (const EnsembleMethod method : methods) {
    EnsembleOptions options = options_of(method);
    options.solver.max_steps = 1500;
    auto members = mixed(30);
    members[9].person.k_out_per_h = 900.0;  // stability asks for thousands of steps
    const Told told = solved<4>(members, options);
    const MemberStatus& status = told.status[9];
    CHECK(status.code == StatusCode::step_budget_exhausted);
    CHECK(status.n_steps + status.n_rejected == 1500);
    CHECK(status.value == 1500.0);
    check_rows_of_failure(told, members, 9);
    check_neighbours(members, told, 9, options);
  }
}

TEST_CASE("a budget holds where every step is accepted") {
  EnsembleOptions options = options_of(EnsembleMethod::order5);
  options.solver.max_step_h = 0.01;
  options.solver.max_steps = 20;
  Member member;
  member.times_h = {0.0, 1.0};
  const Told told = solved<4>({member}, options);
  CHECK(told.status[0].code == StatusCode::step_budget_exhausted);
  CHECK(told.status[0].n_steps == 20);
  CHECK(told.status[0].t_h == doctest::Approx(0.2));
  options.solver.max_steps = 100;
  CHECK(solved<4>({member}, options).status[0].ok());
}

TEST_CASE("who waits for one that fails at the same stop still comes to its end") {
  auto members = mixed(4);
  for (Member& member : members) member.times_h = {0.0, 6.0};
  members[2].person.fuse_h = 5.9;
  const Told told = solved<4>(members, options_of(EnsembleMethod::order5));
  CHECK(told.statistics.n_ok == 3);
  CHECK(told.statistics.n_failed == 1);
}

TEST_CASE("a start that is no number is reported as such") {
  auto members = mixed(5);
  members[1].start[2] = not_a_number;
  members[3].person.k0_per_h = not_a_number;  // the chain too
  const Told told = solved<4>(members, options_of(EnsembleMethod::order5));
  CHECK(told.status[1].code == StatusCode::not_finite);
  CHECK(told.status[1].t_h == members[1].start_h);
  CHECK(told.status[3].code == StatusCode::not_finite);
  CHECK(told.statistics.n_ok == 3);
}

TEST_CASE("an interrupted solve tells every member once, and leaves no row unsaid") {
  auto members = mixed(600);
  EnsembleOptions options = options_of(EnsembleMethod::order5);
  options.solver.relative_tolerance = 1e-11;
  options.solver.absolute_tolerance = 1e-14;
  options.sort_by_cost = false;
  int n_asked = 0;
  options.keep_going = [&](std::size_t n_done) {
    CHECK(n_done <= members.size());
    return ++n_asked < 3;
  };
  const Told told = solved<4>(members, options);
  CHECK(told.statistics.n_failed > 0);
  CHECK(told.statistics.n_ok + told.statistics.n_failed == members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    CHECK(told.n_reports[i] == 1);
    const std::size_t last = members[i].times_h.size() - 1;
    if (told.status[i].ok()) {
      CHECK(row_is_finite(told, i, last));
    } else {
      CHECK(told.status[i].code == StatusCode::interrupted);
      CHECK(row_is_nan(told, i, last));
    }
  }
}

TEST_CASE("what keep_going throws reaches the caller") {
  EnsembleOptions options = options_of(EnsembleMethod::order5);
  options.solver.relative_tolerance = 1e-11;
  options.n_threads = 2;
  options.keep_going = [](std::size_t) -> bool { throw std::runtime_error("enough"); };
  const auto members = mixed(300);
  CHECK_THROWS_WITH_AS(solved<4>(members, options), "enough", std::runtime_error);
}

TEST_CASE("options that no solve can honour are refused") {
  EnsembleOptions options;
  options.n_threads = 0;
  CHECK(refusal(mixed(2), options) ==
        "n_threads must be at least 1, but it is 0; give the number of cores to use");
  options = {};
  options.solver.relative_tolerance = 0.5;
  CHECK(refusal(mixed(2), options).find("relative_tolerance must be") == 0);
  options = {};
  options.solver.max_steps = 0;
  CHECK(refusal(mixed(2), options).find("max_steps must be") == 0);
}

TEST_CASE("members whose times no solve can honour are refused by their index") {
  const auto refused = [](const auto& change) {
    auto members = mixed(4);
    change(members[2]);
    return refusal(members);
  };
  CHECK(refused([](Member&) {}) == "accepted");
  CHECK(refused([](Member& m) { m.times_h.clear(); }) ==
        "member 2: times_h must hold at least one time, but it is empty; give the times to "
        "report, the end last");
  CHECK(refused([](Member& m) {
          m.times_h = {0.0, 2.0, 2.0};
        }) ==
        "member 2: times_h[2] must be above the time before it, 2, but it is 2; sort the times "
        "and drop repetitions");
  CHECK(refused([](Member& m) { m.times_h[1] = not_a_number; }) ==
        "member 2: times_h[1] must be finite, but it is nan; give a time in hours");
  CHECK(refused([](Member& m) { m.times_h.back() = infinite; }).find("must be finite") !=
        std::string::npos);
  CHECK(refused([](Member& m) { m.start_h = not_a_number; }) ==
        "member 2: start_h must be finite, but it is nan; give a time in hours");
  CHECK(refused([](Member& m) { m.start_h = 0.25; }) ==
        "member 2: times_h[0] must be not before the start, 0.25, but it is 0; start the member "
        "earlier or drop the time");
}

TEST_CASE("members whose stops no solve can honour are refused by their index") {
  const auto refused = [](const Stop& stop) {
    auto members = mixed(4);
    members[1].stops.push_back(stop);
    return refusal(members);
  };
  CHECK(refused({16.0, Change::add_to_state, 4, 1.0}) == "accepted");
  CHECK(refused({15.0, Change::add_to_state, 0, 1.0}) ==
        "member 1: stops[3].t_h must be at least that of the stop before it, 16, but it is 15; "
        "sort the stops by time");
  CHECK(refused({not_a_number, Change::add_to_state, 0, 1.0}) ==
        "member 1: stops[3].t_h must be finite, but it is nan; give a time in hours");
  CHECK(refused({17.0, Change::add_to_state, 5, 1.0}) ==
        "member 1: stops[3].index must be below the number of states, 5, but it is 5; name a "
        "state of the model");
  CHECK(refused({17.0, Change::add_to_state, 0, infinite}) ==
        "member 1: stops[3].amount must be finite, but it is inf; give the amount that is added");
  auto members = mixed(2);
  members[1].stops.front().t_h = -1.0;
  CHECK(refusal(members).find("member 1: stops[0].t_h must be not before the start, 0") == 0);
}
