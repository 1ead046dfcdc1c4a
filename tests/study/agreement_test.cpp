// The likelihood of one figure: by hand, by numbers, and where there is none.
#include <mgpk/study/agreement.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

using namespace mgpk;
using study::agreement;
using study::Figure;
using study::ModelError;
using study::Score;

namespace {

double numerical_slope(const Figure& figure, double predicted, const ModelError& error) {
  const double h = 1e-5 * std::abs(predicted);
  return (agreement(figure, predicted + h, error).log_likelihood -
          agreement(figure, predicted - h, error).log_likelihood) /
         (2 * h);
}

}  // namespace

TEST_CASE("a ratio is held by its logarithm, with the errors of figure and model together") {
  const Figure figure{0.5, 0.05, Score::fold, false};
  const auto a = agreement(figure, 0.6, {0.15, 0});
  CHECK(a.residual == doctest::Approx(std::log(1.2)));
  CHECK(a.deviation == doctest::Approx(std::hypot(0.1, 0.15)));
  const double x = a.standardized();
  CHECK(a.log_likelihood ==
        doctest::Approx(-0.5 * x * x - std::log(a.deviation * std::sqrt(2 * std::numbers::pi))));
}

TEST_CASE("a difference may be zero or negative; the model's error has a least value") {
  const Figure figure{0.04, 0.01, Score::difference, false};
  CHECK(agreement(figure, -0.02, {0.2, 0.01}).residual == doctest::Approx(-0.06));
  CHECK(agreement(figure, 0.0, {0.2, 0.01}).deviation == doctest::Approx(std::hypot(0.01, 0.01)));
  CHECK(agreement({-5, 1, Score::difference, false}, 0.0, {0.2, 0.01}).deviation ==
        doctest::Approx(std::hypot(1.0, 1.0)));
}

TEST_CASE("a figure without a known error is held with the model's alone") {
  const Figure figure{2.0, std::nan(""), Score::fold, false};
  CHECK(agreement(figure, 2.0, {0.15, 0}).deviation == doctest::Approx(0.15));
}

TEST_CASE("an upper bound counts as the chance to stay below it") {
  const Figure bound{1.0, std::nan(""), Score::fold, true};
  const ModelError error{0.15, 0};
  CHECK(agreement(bound, 1.0, error).log_likelihood == doctest::Approx(std::log(0.5)));
  CHECK(agreement(bound, 0.1, error).log_likelihood == doctest::Approx(0.0));
  CHECK(agreement(bound, 0.5, error).residual == 0.0);
  CHECK(agreement(bound, 1.2, error).residual == doctest::Approx(std::log(1.2)));
  // Far above, where the chance underflows: -x²/2 - ln(x √(2π)) to leading order.
  const auto far = agreement(bound, 1e4, error);
  const double x = std::log(1e4) / 0.15;
  CHECK(
      far.log_likelihood ==
      doctest::Approx(-0.5 * x * x - std::log(x * std::sqrt(2 * std::numbers::pi))).epsilon(1e-6));
}

TEST_CASE("the slope is that of the log-likelihood, for means, changes and bounds") {
  for (const double predicted : {0.2, 0.45, 0.9, 3.0}) {
    for (const auto score : {Score::fold, Score::difference})
      for (const bool bound : {false, true}) {
        const Figure figure{0.5, 0.04, score, bound};
        const ModelError error{0.2, 0.03};
        INFO(predicted);
        CHECK(agreement(figure, predicted, error).slope ==
              doctest::Approx(numerical_slope(figure, predicted, error)).epsilon(1e-6));
      }
  }
}

TEST_CASE("a prediction without a ratio has no likelihood, and a failed run says nothing") {
  const Figure figure{0.5, 0.05, Score::fold, false};
  const auto none = agreement(figure, -0.1, {0.15, 0});
  CHECK(none.log_likelihood == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(none.residual));
  CHECK(std::isnan(agreement(figure, std::nan(""), {0.15, 0}).log_likelihood));
  CHECK(agreement({1.0, std::nan(""), Score::fold, true}, -0.1, {0.15, 0}).log_likelihood == 0);
}
