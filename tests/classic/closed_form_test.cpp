// The closed form against the solver on every structure, and at the points where formulas break.
#include <mgpk/classic/closed_form.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "classic_models.hpp"

using namespace mgpk;
using namespace mgpk::tests;
using classic::Absorption;

namespace {

std::vector<record::Record> a_bit_of_everything(const classic::Model& model) {
  const int last = static_cast<int>(model.layout.n_compartments());
  return {dose(0, 100), look(0.5), infusion(1, 30, 6, last), look(3),
          every(8, 2, 0, infusion(4, 50, 25)), look(5), look(10), look(20.5),
          every(12, 1, 1, dose(24, 40)), look(25), look(36),
          // longer than its interval: three overlap, and a part of a fourth
          every(6, 2, 1, infusion(48, 70, 3.5)), look(49), look(58),
          every(24, 0, 2, dose(60, 20, last)), look(72), look(120)};
}

}  // namespace

TEST_CASE("the closed form and the solver agree on every structure") {
  for (const auto& model : linear_models()) {
    CAPTURE(model.name);
    const auto records = a_bit_of_everything(model);
    const auto exact = predicted(model, records);
    REQUIRE(exact.outcome.status.ok());
    CHECK(exact.outcome.engine == classic::EngineKind::closed_form);
    CHECK(difference(exact, predicted(model, records, by_solver())) < 1e-7);
    CHECK(difference(exact, predicted(model, records, by_solver(1e-12))) < 1e-10);
  }
}

TEST_CASE("where absorption is as fast as elimination the formula t exp(-k t) holds") {
  classic::Model model;
  model.layout.absorption = Absorption::first_order;
  model.parameters.cl_L_per_h = 2;
  model.parameters.v_central_L = 10;
  for (const double off : {0.0, 1e-15, 1e-12, 1e-9, 1e-7}) {
    model.parameters.ka_per_h = 0.2 * (1 + off);
    const auto p = predicted(model, {dose(0, 50), look(3), look(30)});
    for (const std::size_t row : {1u, 2u}) {
      const double t_h = row == 1 ? 3 : 30;
      const double k_per_h = 0.2, ka_per_h = 0.2 * (1 + off);
      // The next term of the series in the distance of the two rates.
      const double series = 1 - (ka_per_h - k_per_h) * t_h / 2;
      const double c = 5 * ka_per_h * t_h * std::exp(-k_per_h * t_h) * series;
      CHECK(std::abs(p.c(row) / c - 1) < 2e-12);
    }
  }
}

TEST_CASE("a chain whose rates all meet is a gamma curve") {
  classic::Model model;
  model.layout = {Absorption::transit, 4, 1};
  model.parameters.cl_L_per_h = 5;
  model.parameters.v_central_L = 10;
  model.parameters.k_transit_per_h = 0.5;
  const auto p = predicted(model, {dose(0, 1), look(6)});
  // Five steps and the central compartment, all at 0.5 per hour: (k t)^5 / 5! exp(-k t).
  const double gamma = std::pow(3.0, 5) / 120 * std::exp(-3.0) / 10;
  CHECK(std::abs(p.c(1) / gamma - 1) < 1e-14);
  CHECK(p.rows.state_names == std::vector<std::string>{"depot", "transit_1", "transit_2",
                                                       "transit_3", "transit_4", "central"});
}

TEST_CASE("what is not eliminated stays, to the last digit") {
  for (auto model : linear_models()) {
    CAPTURE(model.name);
    model.parameters.cl_L_per_h = 0;
    const auto p = predicted(model, {dose(0, 3), look(0.25), look(1000)});
    double total = 0;
    for (const auto& amounts : p.rows.amounts) total += amounts[2];
    CHECK(std::abs(total - 3) < 1e-13);
  }
}

TEST_CASE("one step and many steps lead to the same amounts") {
  for (const auto& model : linear_models()) {
    CAPTURE(model.name);
    std::vector<record::Record> few{dose(0, 10), look(40)}, many{dose(0, 10)};
    for (int i = 1; i <= 400; ++i) many.push_back(look(0.1 * i));
    const auto once = predicted(model, few), often = predicted(model, many);
    CHECK(std::abs(often.c(400) / once.c(1) - 1) < 1e-12);
  }
}

TEST_CASE("rates a million times apart keep their digits") {
  classic::Model model;
  model.layout = {Absorption::first_order, 0, 2};
  auto& p = model.parameters;
  p.ka_per_h = 1000;
  p.cl_L_per_h = 0.02;
  p.v_central_L = 20;
  p.q_1_L_per_h = 1000;
  p.v_peripheral_1_L = 20;
  const auto fast = predicted(model, {dose(0, 40), look(1000)});
  // Both compartments have long been one of 40 L.
  CHECK(fast.c(1) == doctest::Approx(std::exp(-0.5)).epsilon(1e-4));
  const auto solver = predicted(model, {dose(0, 40), look(1000)}, by_solver(1e-10));
  CHECK(std::abs(solver.c(1) / fast.c(1) - 1) < 1e-8);
}
