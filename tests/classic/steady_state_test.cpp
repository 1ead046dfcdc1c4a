// Steady states: periodic, constant, saturable, and none.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

#include "classic_models.hpp"

using namespace mgpk;
using namespace mgpk::tests;

namespace {

classic::Model saturable(double cl_L_per_h = 0) {
  classic::Model model;
  model.layout = {classic::Absorption::first_order, 0, 2};
  auto& p = model.parameters;
  if (cl_L_per_h > 0) p.cl_L_per_h = cl_L_per_h;
  p.vmax_amount_per_h = 10;
  p.km_amount_per_L = 2;
  p.v_central_L = 8;
  p.q_1_L_per_h = 2;
  p.v_peripheral_1_L = 12;
  p.ka_per_h = 0.9;
  return model;
}

std::vector<record::Record> doses_one_by_one(record::Record r, double interval_h, int n) {
  std::vector<record::Record> all;
  for (int i = 0; i < n; ++i) {
    r.time_h = i * interval_h;
    all.push_back(r);
  }
  return all;
}

}  // namespace

TEST_CASE("a steady state is where doses one by one lead to") {
  for (const auto& model : linear_models()) {
    CAPTURE(model.name);
    for (const auto& one : {dose(0, 10), infusion(0, 10, 4), infusion(0, 10, 0.6)}) {
      auto records = doses_one_by_one(one, 8, 1000);
      records.push_back(look(1000 * 8 - 3));
      const auto lengthy = predicted(model, records);
      const auto settled = predicted(model, {every(8, 0, 1, one), look(5)});
      CHECK(std::abs(settled.c(1) / lengthy.c(1000) - 1) < 1e-9);
    }
  }
}

TEST_CASE("a saturable steady state is where doses one by one lead to") {
  for (const double cl_L_per_h : {0.0, 0.7}) {
    CAPTURE(cl_L_per_h);
    for (const auto& one : {dose(0, 60), infusion(0, 60, 20), infusion(0, 60, 6, 2)}) {
      auto records = doses_one_by_one(one, 8, 400);
      records.push_back(look(400 * 8 - 3));
      const auto model = saturable(cl_L_per_h);
      const auto lengthy = predicted(model, records);
      const auto settled = predicted(model, {every(8, 0, 1, one), look(5)});
      REQUIRE(settled.outcome.status.ok());
      CHECK(settled.outcome.engine == classic::EngineKind::ode);
      CHECK(std::abs(settled.c(1) / lengthy.c(400) - 1) < 1e-7);
    }
  }
}

TEST_CASE("an infusion without end rests where as much leaves as comes") {
  auto drip = infusion(0, 0, 6, 2);
  drip.at_steady_state = 1;
  const auto linear = predicted(linear_models()[5], {drip, look(0)});
  CHECK(linear.c(0) == doctest::Approx(6 / 1.1).epsilon(1e-14));
  const auto curved = predicted(saturable(), {drip, look(0)});
  CHECK(curved.c(0) == doctest::Approx(2 * 6 / (10.0 - 6)).epsilon(1e-14));
  const auto both = predicted(saturable(0.7), {drip, look(0)});
  const double c = both.c(0);
  CHECK(0.7 * c + 10 * c / (2 + c) == doctest::Approx(6).epsilon(1e-14));
  // Above the capacity only the linear part is left to balance it.
  drip.rate = 50;
  const double high = predicted(saturable(0.7), {drip, look(0)}).c(0);
  CHECK(0.7 * high + 10 * high / (2 + high) == doctest::Approx(50).epsilon(1e-14));
}

TEST_CASE("without a steady state there is a reason, and nothing but NaN from there on") {
  const auto failed =
      predicted(saturable(), {dose(0, 5), look(1), every(8, 2, 1, dose(2, 80)), look(3), look(40)});
  CHECK(std::isfinite(failed.c(1)));
  for (const std::size_t row : {2u, 3u, 4u}) CHECK(std::isnan(failed.c(row)));
  CHECK(failed.outcome.status.t_h == 2);
  CHECK(failed.outcome.status.advice ==
        "no steady state exists: 10 per hour come in and at most 10 leave; lower the dose, "
        "lengthen the interval, or give elimination");
  CHECK(failed.rows.n_doses[4] == 4);  // doses are counted on

  auto kept = linear_models()[0];
  kept.parameters.cl_L_per_h = 0;
  for (const auto& options : {classic::PredictOptions{}, by_solver()}) {
    const auto none = predicted(kept, {every(8, 0, 1, dose(0, 1))}, options);
    CHECK(none.outcome.status.code == ode::StatusCode::no_fixed_point);
    CHECK(none.outcome.status.advice.find("nothing leaves") != std::string::npos);
  }
}

TEST_CASE("just below the capacity there is a steady state still") {
  const auto p = predicted(saturable(), {every(8, 0, 1, dose(0, 79)), look(8)});
  REQUIRE(p.outcome.status.ok());
  CHECK(std::abs(p.rows.amounts[1][1] / 8 - p.c(1)) < 1e-12);
  // One more interval changes nothing.
  const auto next = predicted(saturable(), {every(8, 1, 1, dose(0, 79)), look(8), look(16)});
  CHECK(std::abs(next.c(2) / next.c(1) - 1) < 1e-7);
}

TEST_CASE("adding a steady state to a saturable model is refused") {
  CHECK_THROWS_WITH_AS(
      predicted(saturable(), {every(8, 0, 2, dose(0, 1))}),
      "SS = 2 needs linear elimination: only there steady states add up, but it is saturable "
      "(row 1); give SS = 1, or the doses one by one",
      InputError);
}
