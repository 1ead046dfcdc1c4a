// Carrying a body along a timeline: each event once, each output once, stops met exactly.
#include <mgpk/simulate/drive.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include <mgpk/timeline/builder.hpp>

#include "bodies.hpp"

using namespace mgpk;
using simulation::Timeline;
namespace target = simulation::target;
using L = body::Layout<1>;

namespace {

/// What arrives: at a time, where, how much; with a length, as an infusion.
struct Dose {
  double t_h;
  std::size_t compartment;
  double amount, duration_h = 0;
};

Timeline timeline_with(const std::vector<Dose>& doses, double until_h) {
  timeline::Builder builder(target::count, 0, until_h);
  for (const auto& dose : doses) {
    timeline::Administration given;
    given.t_h = dose.t_h;
    given.compartment = dose.compartment;
    given.amount = dose.amount;
    given.duration_h = dose.duration_h;
    builder.give(given);
  }
  return {builder.build(), {}};
}

struct Row {
  std::size_t row;
  double t_h, plasma_mmol, given_mmol;
};

std::vector<Row> rows_of(const Timeline& timeline, const std::vector<double>& times_h,
                         double until_h) {
  auto model = support::body_of<1>();
  std::vector<Row> rows;
  const auto driven = simulation::drive(
      model, {}, timeline, times_h, until_h, {},
      [&](std::size_t row, double t_h, const auto& x, const simulation::Given& given) {
        rows.push_back({row, t_h, x[L::plasma], given.total_mmol()});
      });
  CHECK(driven.status.ok());
  return rows;
}

}  // namespace

TEST_CASE("a row at the time of an event shows what the event did, at the very end too") {
  const auto boluses = timeline_with({{1, target::plasma, 3}, {2, target::plasma, 5}}, 2);
  const auto rows = rows_of(boluses, {0, 1, 2}, 2);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].given_mmol == 0);
  CHECK(rows[0].plasma_mmol == 0);
  CHECK(rows[1].given_mmol == 3);
  CHECK(rows[1].plasma_mmol == 3);
  CHECK(rows[2].given_mmol == 8);
  CHECK(rows[2].plasma_mmol > 5);
  for (std::size_t k = 0; k < 3; ++k) CHECK(rows[k].row == k);
}

TEST_CASE("an event at the start is there in the first row") {
  const auto bolus = timeline_with({{0, target::plasma, 3}}, 1);
  const auto rows = rows_of(bolus, {0, 1}, 1);
  CHECK(rows[0].plasma_mmol == 3);
}

TEST_CASE("a row that misses an event only by rounding shows it: 3 · 0.3 h is 0.9 h") {
  const double almost_h = 3 * 0.3;
  REQUIRE(almost_h < 0.9);
  const auto bolus = timeline_with({{0.9, target::plasma, 3}}, 1.2);
  const auto rows = rows_of(bolus, {0.6, almost_h, 1.2}, 1.2);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].given_mmol == 0);
  CHECK(rows[1].given_mmol == 3);
  CHECK(rows[1].t_h == doctest::Approx(0.9));
}

TEST_CASE("rows between, at and beyond the ends of an infusion count what has run in") {
  const auto infusion = timeline_with({{1, target::plasma, 8, 2}}, 4);
  const auto rows = rows_of(infusion, {0, 1, 1.5, 2, 3, 4}, 4);
  const std::vector<double> expected{0, 0, 2, 4, 8, 8};
  for (std::size_t k = 0; k < rows.size(); ++k)
    CHECK(rows[k].given_mmol == doctest::Approx(expected[k]).epsilon(1e-14));
}

TEST_CASE("each action reaches its own pool") {
  auto model = support::body_of<2>();
  using L2 = body::Layout<2>;
  const auto all = timeline_with({{0, target::stomach(1), 1},
                                  {0, target::meal, 1},
                                  {0, target::glycine, 2},
                                  {0, target::plasma, 3},
                                  {0, target::depot, 4},
                                  {0, target::lost, 5},
                                  {0, target::plasma, 12, 2}},
                                 0);
  const auto driven =
      simulation::drive(model, {}, all, std::vector<double>{0}, 0, {},
                        [&](std::size_t, double, const auto& x, const simulation::Given& given) {
                          CHECK(x[L2::solid(1, gut::stomach)] == 1);
                          CHECK(x[L2::meal] == 1);
                          CHECK(x[L2::glycine_gut] == 2);
                          CHECK(x[L2::plasma] == 3);
                          CHECK(x[L2::im_depot] == 4);
                          CHECK(given.swallowed_mmol[1] == 1);
                          CHECK(given.lost_mmol == 5);
                          CHECK(given.total_mmol() == 1 + 3 + 4 + 5);
                        });
  CHECK(driven.status.ok());
  CHECK(model.iv_mmol_per_h == 6);
}

TEST_CASE("less than an ion of an old dose is forgotten at the next stop, more is not") {
  auto model = support::body_of<1>();
  std::array<double, L::n_states> start{};
  start[L::im_depot] = 1e-31;
  start[L::cells] = 1e-22;
  const auto meal = timeline_with({{0, target::meal, 1}}, 0);
  simulation::drive(model, start, meal, std::vector<double>{0}, 0, {},
                    [](std::size_t, double, const auto& x, const simulation::Given&) {
                      CHECK(x[L::im_depot] == 0);
                      CHECK(x[L::cells] == 1e-22);
                    });
}

TEST_CASE("a run that was not told everything once is an error of ours, and says so") {
  auto model = support::body_of<1>();
  auto bolus = timeline_with({{1, target::plasma, 3}}, 2);
  const auto run = [&] {
    simulation::drive(model, {}, bolus, std::vector<double>{2}, 2, {}, [](auto&&...) {});
  };
  CHECK_NOTHROW(run());
  bolus.given.due[target::plasma] = 6;
  CHECK_THROWS_AS(run(), std::logic_error);
}
