// Numbers that come from columns: which record supplies them, gaps, and lines between records.
#include <mgpk/classic/covariates.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

#include "classic_models.hpp"

using namespace mgpk;
using namespace mgpk::tests;
using classic::CovariateRule;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// One compartment whose clearance is a column.
classic::Model by_column() {
  classic::Model model;
  model.parameters.cl_L_per_h = "CL";
  model.parameters.v_central_L = 10;
  return model;
}

const std::vector<record::Record> three{dose(0, 10), look(2), look(5)};

classic::PredictOptions with(CovariateRule rule) {
  classic::PredictOptions options;
  options.covariates["CL"] = rule;
  return options;
}

}  // namespace

TEST_CASE("carried backward: the record ahead supplies the value, and that is the default") {
  const Columns columns{{"CL", {1, 2, 3}}};
  const double c = std::exp(-0.2 * 2 - 0.3 * 3);
  CHECK(predicted(by_column(), three, {}, columns).c(2) == doctest::Approx(c).epsilon(1e-14));
  const auto named = with(CovariateRule::carried_backward);
  CHECK(predicted(by_column(), three, named, columns).c(2) == doctest::Approx(c).epsilon(1e-14));
}

TEST_CASE("carried forward: the record behind supplies the value") {
  const auto p =
      predicted(by_column(), three, with(CovariateRule::carried_forward), {{"CL", {1, 2, 3}}});
  CHECK(p.c(2) == doctest::Approx(std::exp(-0.1 * 2 - 0.2 * 3)).epsilon(1e-14));
}

TEST_CASE("linear: the value lies on the line between two records, and the solver is used") {
  const auto p = predicted(by_column(), three, with(CovariateRule::linear), {{"CL", {1, 2, 3}}});
  CHECK(p.outcome.engine == classic::EngineKind::ode);
  CHECK(p.c(2) == doctest::Approx(std::exp(-0.15 * 2 - 0.25 * 3)).epsilon(1e-8));
  auto exact = with(CovariateRule::linear);
  exact.engine = classic::EngineKind::closed_form;
  CHECK_THROWS_AS(predicted(by_column(), three, exact, {{"CL", {1, 2, 3}}}), InputError);
}

TEST_CASE("each column follows its own rule") {
  auto model = by_column();
  model.parameters.v_central_L = "V";
  const Columns columns{{"CL", {1, 2, 3}}, {"V", {10, 20, 40}}};
  const auto p = predicted(model, three, with(CovariateRule::carried_forward), columns);
  CHECK(p.c(2) ==
        doctest::Approx(10.0 / 40 * std::exp(-1.0 / 20 * 2 - 2.0 / 40 * 3)).epsilon(1e-14));
}

TEST_CASE("gaps are filled by the column's rule, at the ends from the other side") {
  const std::vector<record::Record> five{dose(0, 10), look(1), look(2), look(3), look(5)};
  const Columns columns{{"CL", {missing, 1, missing, 3, missing}}};
  const double backward = std::exp(-(0.1 * 1 + 0.3 * 1 + 0.3 * 1 + 0.3 * 2));
  const double forward = std::exp(-(0.1 * 1 + 0.1 * 1 + 0.1 * 1 + 0.3 * 2));
  const double linear = std::exp(-(0.1 * 1 + 0.15 * 1 + 0.25 * 1 + 0.3 * 2));
  const auto last = [&](CovariateRule rule) {
    return predicted(by_column(), five, with(rule), columns).c(4);
  };
  CHECK(last(CovariateRule::carried_backward) == doctest::Approx(backward).epsilon(1e-14));
  CHECK(last(CovariateRule::carried_forward) == doctest::Approx(forward).epsilon(1e-14));
  CHECK(last(CovariateRule::linear) == doctest::Approx(linear).epsilon(1e-8));
}

TEST_CASE("implied events inside a stretch do not move a covariate") {
  // The repeat at 3 h stands inside the stretch to the record at 5 h, on its clearance.
  const auto p =
      predicted(by_column(), {every(3, 1, 0, dose(0, 10)), look(5)}, {}, {{"CL", {1, 2}}});
  CHECK(p.c(1) == doctest::Approx(std::exp(-0.2 * 5) + std::exp(-0.2 * 2)).epsilon(1e-14));
}

TEST_CASE("the side of a jump that is asked for does not change the way there") {
  const std::vector<record::Record> records{dose(0, 10), dose(4, 10), look(4), look(6)};
  const Columns columns{{"CL", {1, 2, 5, 3}}};
  classic::PredictOptions before;
  before.limit = timeline::Limit::before;
  const double arrived = std::exp(-0.2 * 4);
  CHECK(predicted(by_column(), records, before, columns).c(2) ==
        doctest::Approx(arrived).epsilon(1e-14));
  CHECK(predicted(by_column(), records, {}, columns).c(2) ==
        doctest::Approx(arrived + 1).epsilon(1e-14));
}

TEST_CASE("attributes of doses are those at the dose's own record") {
  classic::Model model;
  model.parameters.cl_L_per_h = 0;
  model.parameters.v_central_L = 1;
  model.doses[0].f_bioavailable = "F1";
  model.doses[0].tlag_h = "ALAG";
  const Columns columns{{"F1", {0.5, 0.1, 0.1, 0.25}}, {"ALAG", {1, 9, 9, 0}}};
  const auto p = predicted(model, {dose(0, 8), look(0.5), look(1), dose(2, 8)}, {}, columns);
  CHECK(p.rows.c_central_amount_per_L == std::vector<double>{0, 0, 4, 6});
}

TEST_CASE("what is said of doses may be missing where no dose asks for it") {
  classic::Model model;
  model.parameters.cl_L_per_h = 0;
  model.parameters.v_central_L = 1;
  model.doses[0].duration_h = "D1";
  const Columns columns{{"D1", {missing, missing}}};
  const auto p = predicted(model, {dose(0, 8), look(1)}, {}, columns);
  CHECK(p.rows.c_central_amount_per_L == std::vector<double>{8, 8});
  auto infusion = dose(0, 8);
  infusion.rate = record::modelled_duration;
  CHECK_THROWS_WITH_AS(predicted(model, {infusion, look(1)}, {}, columns),
                       "the modelled duration D of RATE = -2 (row 1) must be finite and positive, "
                       "but it is nan; give the model a duration for this compartment",
                       InputError);
}

TEST_CASE("baseline and scale are those of the record that is written") {
  auto model = by_column();
  model.parameters.cl_L_per_h = 0;
  model.parameters.scale = "S2";
  model.parameters.c_baseline_amount_per_L = "BASE";
  const auto p = predicted(model, three, {}, {{"S2", {1, 2, 4}}, {"BASE", {0.5, 0.75, 1}}});
  CHECK(p.rows.c_central_amount_per_L == std::vector<double>{10.5, 5.75, 3.5});
}

TEST_CASE("columns without a value, and values that are impossible, are refused by row") {
  CHECK_THROWS_WITH_AS(predicted(by_column(), three, {}, {{"CL", {missing, missing, missing}}}),
                       "column CL must have a value for each person, but it is empty (row 1); "
                       "fill it, or give a plain number",
                       InputError);
  CHECK_THROWS_WITH_AS(predicted(by_column(), three, {}, {{"CL", {1, -2, 3}}}),
                       "cl_L_per_h of column CL (row 2) must be finite and not negative, but it "
                       "is -2; give 0 or more",
                       InputError);
  CHECK_THROWS_WITH_AS(
      predicted(by_column(), three,
                [] {
                  classic::PredictOptions options;
                  options.covariates["WT"] = CovariateRule::linear;
                  return options;
                }(),
                {{"CL", {1, 2, 3}}}),
      "each rule of covariates must name a column that the model reads, but it is \"WT\"; it "
      "reads CL",
      InputError);
}
