// Predictions row by row: doses, limits, resets, counts, scale and baseline, and what is refused.
#include <mgpk/classic/predict.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/record/csv.hpp>

#include "classic_models.hpp"

using namespace mgpk;
using namespace mgpk::tests;
using Doubles = std::vector<double>;

namespace {

/// Doses stay where they are: what is seen is what was given.
classic::Model jar() {
  classic::Model model;
  model.parameters.cl_L_per_h = 0;
  model.parameters.v_central_L = 1;
  return model;
}

record::Record reset(double time_h) {
  record::Record r;
  r.time_h = time_h;
  r.event = record::Event::reset;
  return r;
}

std::string complaint(const classic::Model& model) {
  try {
    classic::validate(model);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing";
}

}  // namespace

TEST_CASE("at the record of a dose the prediction is after the dose") {
  const std::vector<record::Record> records{look(0), dose(0, 3), look(0), look(1)};
  CHECK(predicted(jar(), records).rows.c_central_amount_per_L == Doubles{0, 3, 3, 3});
}

TEST_CASE("both limits at a jump are to be had") {
  const std::vector<record::Record> records{look(1), dose(1, 3), look(1)};
  classic::PredictOptions before, after;
  before.limit = timeline::Limit::before;
  after.limit = timeline::Limit::after;
  CHECK(predicted(jar(), records, before).rows.c_central_amount_per_L == Doubles{0, 3, 0});
  CHECK(predicted(jar(), records, after).rows.c_central_amount_per_L == Doubles{3, 3, 3});
}

TEST_CASE("a reset leads back to the baseline, and time may begin anew") {
  auto model = jar();
  model.parameters.c_baseline_amount_per_L = 0.85;
  const auto p =
      predicted(model, {infusion(0, 4, 1), look(2), reset(3), look(5), reset(0), dose(1, 2)});
  const Doubles expected{0.85, 2.85, 0.85, 0.85, 0.85, 2.85};
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(p.c(i) == doctest::Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("time after dose, doses and occasions are counted along") {
  auto own = look(9);
  own.occasion = 7;
  const auto p = predicted(jar(), {look(0), every(2, 1, 0, dose(1, 1)), look(4), dose(5, 1), own});
  CHECK(std::isnan(p.rows.time_after_dose_h[0]));
  CHECK(Doubles(p.rows.time_after_dose_h.begin() + 1, p.rows.time_after_dose_h.end()) ==
        Doubles{0, 1, 0, 4});
  CHECK(p.rows.n_doses == Doubles{0, 1, 2, 3, 3});
  CHECK(p.rows.occasion == Doubles{0, 1, 1, 2, 7});
}

TEST_CASE("a dose of zero order runs into the central compartment over its own time") {
  auto model = jar();
  model.layout.absorption = classic::Absorption::zero_order;
  model.parameters.t_zero_order_h = "D1";
  const auto p = predicted(model, {dose(0, 8), look(1), look(4), infusion(5, 4, 2), look(6)}, {},
                           {{"D1", {4, 9, 9, 4, 9}}});
  CHECK(p.rows.c_central_amount_per_L == Doubles{0, 2, 8, 8, 10});
  CHECK(p.rows.state_names == std::vector<std::string>{"central"});
}

TEST_CASE("a table in, rows out: people in their order, names of compartments, unused columns") {
  const auto data = record::read_csv(
      "ID,TIME,AMT,CMT,F1,D2,WT\n"
      "7,0,10,central,0.5,1,60\n7,1,.,.,0.5,1,60\n"
      "3,0,20,depot,0.5,1,80\n3,1,.,.,0.5,1,80\n");
  auto model = jar();
  model.layout.absorption = classic::Absorption::first_order;
  model.parameters.ka_per_h = 1;
  model.doses[0].f_bioavailable = "F1";
  const auto p = classic::predict(model, data);
  CHECK(p.c_central_amount_per_L[1] == 10);
  CHECK(p.c_central_amount_per_L[3] == doctest::Approx(10 * -std::expm1(-1.0)).epsilon(1e-14));
  REQUIRE(p.people.size() == 2);
  CHECK(p.people[1].id == "3");
  CHECK(p.unused_columns == std::vector<std::string>{"D2"});
  model.doses[0].f_bioavailable = "FF";
  CHECK_THROWS_AS(classic::predict(model, data), UnknownNameError);
}

TEST_CASE("a failure raises unless asked not to, and names the person") {
  const auto data = record::read_csv("ID,TIME,AMT,II,SS\n4,0,10,8,1\n4,1,.,.,.\n");
  CHECK_THROWS_AS(classic::predict(jar(), data), ode::SolveError);
  classic::PredictOptions options;
  options.raise_on_failure = false;
  const auto p = classic::predict(jar(), data, options);
  CHECK(std::isnan(p.c_central_amount_per_L[1]));
  CHECK(p.people[0].status.message().find("(ID 4)") != std::string::npos);
}

TEST_CASE("models that lack a number, or have one too many, are refused") {
  classic::Model model;
  CHECK(complaint(model) ==
        "a model needs cl_L_per_h, or vmax_amount_per_h and km_amount_per_L, but it is none of "
        "them; say how the substance leaves; cl_L_per_h = 0 keeps it");
  model.parameters.cl_L_per_h = 1;
  CHECK(complaint(model) ==
        "this model needs v_central_L, but it is missing; give a number or "
        "the name of a column");
  model.parameters.v_central_L = -5;
  CHECK(complaint(model) ==
        "v_central_L must be finite and positive, but it is -5; give a positive number");
  model.parameters.v_central_L = 5;
  CHECK(complaint(model) == "nothing");
  model.parameters.ka_per_h = 1;
  CHECK(complaint(model) ==
        "each number must be one that the model reads, but it is ka_per_h; leave it out");
  model.parameters.ka_per_h = {};
  model.parameters.vmax_amount_per_h = 1;
  CHECK(complaint(model) ==
        "vmax_amount_per_h and km_amount_per_L come together, but it is one "
        "of them; give both");
  model.parameters.vmax_amount_per_h = {};
  model.layout.n_disposition = 4;
  CHECK(complaint(model).find("1 to 3 compartments") != std::string::npos);
  model.layout.n_disposition = 1;
  model.layout.absorption = classic::Absorption::transit;
  CHECK(complaint(model).find("n_transit must lie between 1 and 12") != std::string::npos);
  model.layout.absorption = classic::Absorption::none;
  model.doses[1].f_bioavailable = 0.5;
  CHECK(complaint(model).find("must name a compartment of the model") != std::string::npos);
}

TEST_CASE("saturable elimination has no closed form") {
  auto model = jar();
  model.parameters.vmax_amount_per_h = 1;
  model.parameters.km_amount_per_L = 1;
  classic::PredictOptions options;
  options.engine = classic::EngineKind::closed_form;
  CHECK_THROWS_AS(predicted(model, {dose(0, 1)}, options), InputError);
}

TEST_CASE("saturable elimination runs at its capacity far above km, and first-order far below") {
  auto model = jar();
  model.parameters.vmax_amount_per_h = 2;
  model.parameters.km_amount_per_L = 1e-3;
  CHECK(predicted(model, {dose(0, 100), look(10)}).c(1) == doctest::Approx(80.0).epsilon(1e-3));
  model.parameters.km_amount_per_L = 1e3;
  model.parameters.vmax_amount_per_h = 100;
  CHECK(predicted(model, {dose(0, 1e-4), look(10)}).c(1) ==
        doctest::Approx(1e-4 * std::exp(-1.0)).epsilon(1e-6));
}
