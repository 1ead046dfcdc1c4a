// Carrying a body along a timeline: each event once, each output once, stops met exactly.
#include <mgpk/simulate/drive.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <vector>

#include "bodies.hpp"

using namespace mgpk;
using simulation::Action;
using simulation::Event;
using simulation::Timeline;
using L = body::Layout<1>;

namespace {

struct Row {
  std::size_t row;
  double t_h, plasma_mmol, given_mmol;
};

std::vector<Row> rows_of(const Timeline& timeline, const std::vector<double>& times_h,
                         double until_h) {
  auto model = support::body_of<1>();
  std::vector<Row> rows;
  const auto driven = simulation::drive<1>(
      model, {}, timeline, times_h, until_h, {},
      [&](std::size_t row, double t_h, const auto& x, const simulation::Given& given) {
        rows.push_back({row, t_h, x[L::plasma], given.total_mmol()});
      });
  CHECK(driven.status.ok());
  return rows;
}

}  // namespace

TEST_CASE("a row at the time of an event shows what the event did, at the very end too") {
  const Timeline boluses{{{1, Action::bolus, 3, 0}, {2, Action::bolus, 5, 0}}, {}};
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
  const Timeline bolus{{{0, Action::bolus, 3, 0}}, {}};
  const auto rows = rows_of(bolus, {0, 1}, 1);
  CHECK(rows[0].plasma_mmol == 3);
}

TEST_CASE("a row that misses an event only by rounding shows it: 3 · 0.3 h is 0.9 h") {
  const double almost_h = 3 * 0.3;
  REQUIRE(almost_h < 0.9);
  const Timeline bolus{{{0.9, Action::bolus, 3, 0}}, {}};
  const auto rows = rows_of(bolus, {0.6, almost_h, 1.2}, 1.2);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].given_mmol == 0);
  CHECK(rows[1].given_mmol == 3);
  CHECK(rows[1].t_h == doctest::Approx(0.9));
}

TEST_CASE("rows between, at and beyond the ends of an infusion count what has run in") {
  const Timeline infusion{{{1, Action::infusion, 4, 0}, {3, Action::infusion, 0, 0}}, {}};
  const auto rows = rows_of(infusion, {0, 1, 1.5, 2, 3, 4}, 4);
  const std::vector<double> expected{0, 0, 2, 4, 8, 8};
  for (std::size_t k = 0; k < rows.size(); ++k)
    CHECK(rows[k].given_mmol == doctest::Approx(expected[k]).epsilon(1e-14));
}

TEST_CASE("each action reaches its own pool") {
  auto model = support::body_of<2>();
  using L2 = body::Layout<2>;
  const Timeline all{{{0, Action::swallow, 1, 1},
                      {0, Action::meal, 1, 0},
                      {0, Action::glycine, 2, 0},
                      {0, Action::bolus, 3, 0},
                      {0, Action::depot, 4, 0},
                      {0, Action::lost, 5, 0},
                      {0, Action::infusion, 6, 0}},
                     {}};
  const auto driven =
      simulation::drive<2>(model, {}, all, std::vector<double>{0}, 0, {},
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
  const Timeline meal{{{0, Action::meal, 1, 0}}, {}};
  simulation::drive<1>(model, start, meal, std::vector<double>{0}, 0, {},
                       [](std::size_t, double, const auto& x, const simulation::Given&) {
                         CHECK(x[L::im_depot] == 0);
                         CHECK(x[L::cells] == 1e-22);
                       });
}
