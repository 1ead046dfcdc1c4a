// Textbook numbers of the linear models, against numbers worked out by other ways.
#include <mgpk/classic/read_outs.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/error.hpp>

#include "classic_models.hpp"

using namespace mgpk;
using namespace mgpk::tests;

TEST_CASE("one compartment: half-life, and 1/V") {
  const auto r = classic::read_outs(linear_models()[0]);
  CHECK(r.half_lives_h[0] == doctest::Approx(std::log(2.0) * 20 / 1.1).epsilon(1e-15));
  CHECK(r.coefficients_per_L[0] == doctest::Approx(1.0 / 20).epsilon(1e-15));
  CHECK(r.t_mean_absorption_h == 0);
}

TEST_CASE("two compartments: alpha, beta, A and B by the quadratic formula") {
  const auto r = classic::read_outs(linear_models()[4]);
  const double k10 = 1.1 / 20, k12 = 3.0 / 20, k21 = 3.0 / 25;
  const double sum = k10 + k12 + k21;
  const double root = std::sqrt(sum * sum - 4 * k10 * k21);
  const double alpha = (sum + root) / 2, beta = (sum - root) / 2;
  CHECK(r.lambda_per_h[0] == doctest::Approx(alpha).epsilon(1e-14));
  CHECK(r.lambda_per_h[1] == doctest::Approx(beta).epsilon(1e-14));
  CHECK(r.coefficients_per_L[0] ==
        doctest::Approx((alpha - k21) / (alpha - beta) / 20).epsilon(1e-13));
  CHECK(r.coefficients_per_L[1] ==
        doctest::Approx((k21 - beta) / (alpha - beta) / 20).epsilon(1e-13));
}

TEST_CASE("areas and mean times follow from the exponentials too") {
  for (const auto& model : linear_models()) {
    CAPTURE(model.name);
    const auto r = classic::read_outs(model);
    double initial = 0, area = 0, moment = 0;
    for (std::size_t i = 0; i < r.lambda_per_h.size(); ++i) {
      initial += r.coefficients_per_L[i];
      area += r.coefficients_per_L[i] / r.lambda_per_h[i];
      moment += r.coefficients_per_L[i] / (r.lambda_per_h[i] * r.lambda_per_h[i]);
    }
    CHECK(initial == doctest::Approx(1.0 / 20).epsilon(1e-14));
    CHECK(area == doctest::Approx(r.auc_unit_dose_amount_h_per_L).epsilon(1e-13));
    CHECK(moment / area == doctest::Approx(r.t_mean_residence_h).epsilon(1e-12));
    CHECK(r.v_steady_state_L == doctest::Approx(1.1 * r.t_mean_residence_h).epsilon(1e-14));
  }
  CHECK(classic::read_outs(linear_models()[1]).t_mean_absorption_h == doctest::Approx(1 / 1.5));
  CHECK(classic::read_outs(linear_models()[2]).t_mean_absorption_h == 1.25);
  CHECK(classic::read_outs(linear_models()[3]).t_mean_absorption_h == doctest::Approx(4 / 2.0));
}

TEST_CASE("saturable models and columns have no such numbers") {
  auto model = linear_models()[0];
  model.parameters.cl_L_per_h = "CL";
  CHECK_THROWS_AS(classic::read_outs(model), InputError);
  model.parameters.cl_L_per_h = 1;
  model.parameters.vmax_amount_per_h = 1;
  model.parameters.km_amount_per_L = 1;
  CHECK_THROWS_AS(classic::read_outs(model), InputError);
}
