// Every error, bound and mean: by hand, by differences, and by the mean over what could be seen.
#include <mgpk/study/fit/residual_error.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include <fit_predictors.hpp>

#include <mgpk/random/quantile.hpp>
#include <mgpk/random/stream.hpp>
#include <mgpk/study/fit/contribution.hpp>

using namespace mgpk::study::fit;

namespace {

constexpr ErrorKind kinds[] = {ErrorKind::known, ErrorKind::additive, ErrorKind::proportional,
                               ErrorKind::combined, ErrorKind::log_normal};

struct Case {
  Datum datum;
  ErrorKind kind;
  double f;
  ErrorNumbers<double> numbers;
};

double drawn(std::size_t i, std::uint32_t what, double low, double high) {
  return mgpk::random::uniform_quantile_between(mgpk::random::uniform({7, i, what, 0}), low, high);
}

/// Random data of every error and kind, with and without a known error, single and as means.
std::vector<Case> cases() {
  std::vector<Case> all;
  for (std::size_t i = 0; i < 360; ++i) {
    // Five kinds, three of data: each error comes in every way.
    const ErrorKind kind = i < 300 ? kinds[i % 5] : ErrorKind::combined_sd;
    Case c{{}, kind, drawn(i, 1, 0.3, 4), {drawn(i, 2, 0.1, 0.6), drawn(i, 3, 0.1, 0.4)}};
    c.datum.observed = c.f * std::exp(drawn(i, 4, -0.7, 0.7));
    c.datum.kind = static_cast<DatumKind>(i % 3);
    c.datum.n = i % 4 == 0 ? 9 : 1;
    c.datum.se = kind == ErrorKind::known || i % 2 == 0 ? drawn(i, 5, 0.05, 0.5) : 0;
    all.push_back(c);
  }
  return all;
}

/// ln likelihood with the prediction and the logarithms of the numbers moved.
double moved(const Case& c, int direction, double by) {
  ErrorNumbers<double> numbers = c.numbers;
  if (direction > 0) numbers[static_cast<std::size_t>(direction) - 1] *= std::exp(by);
  return log_likelihood(c.datum, c.kind, direction == 0 ? c.f + by : c.f, numbers);
}

}  // namespace

TEST_CASE("a measured value has the density of its law") {
  const double root = std::sqrt(2 * std::numbers::pi);
  const auto normal = [&](double x, double sd) {
    return std::log(std::exp(-0.5 * x * x / (sd * sd)) / (sd * root));
  };
  const Datum datum{2.5};
  const double constant = -0.5 * std::log(2 * std::numbers::pi);
  CHECK(log_likelihood(datum, ErrorKind::additive, 2.0, {0.4, 0}) + constant ==
        doctest::Approx(normal(0.5, 0.4)));
  CHECK(log_likelihood(datum, ErrorKind::proportional, 2.0, {0.2, 0}) + constant ==
        doctest::Approx(normal(0.5, 0.4)));
  CHECK(log_likelihood(datum, ErrorKind::combined, 2.0, {0.3, 0.2}) + constant ==
        doctest::Approx(normal(0.5, std::hypot(0.3, 0.4))));
  CHECK(log_likelihood(datum, ErrorKind::combined_sd, 2.0, {0.3, 0.2}) + constant ==
        doctest::Approx(normal(0.5, 0.3 + 0.4)));
  CHECK(log_likelihood(datum, ErrorKind::log_normal, 2.0, {0.2, 0}) + constant ==
        doctest::Approx(normal(std::log(1.25), 0.2) - std::log(2.5)));
  Datum mean{2.5};
  mean.se = 0.1;
  mean.n = 4;
  CHECK(log_likelihood(mean, ErrorKind::additive, 2.0, {0.4, 0}) + constant ==
        doctest::Approx(normal(0.5, std::hypot(0.1, 0.2))));
}

TEST_CASE("bounds count as the chance to lie beyond them") {
  Datum below{1.0, DatumKind::below};
  Datum above{1.0, DatumKind::above};
  const double low = std::exp(log_likelihood(below, ErrorKind::additive, 1.3, {0.5, 0}));
  const double high = std::exp(log_likelihood(above, ErrorKind::additive, 1.3, {0.5, 0}));
  CHECK(low == doctest::Approx(0.5 * std::erfc(0.6 / std::numbers::sqrt2)));
  CHECK(low + high == doctest::Approx(1.0));
}

TEST_CASE("all slopes agree with differences, for every error, kind and mean") {
  for (const auto& c : cases()) {
    const auto all = contribution(c.datum, c.kind, c.f, c.numbers);
    CAPTURE(name_of(c.kind));
    CAPTURE(static_cast<int>(c.datum.kind));
    const double step = 0.1 *
                        std::sqrt(detail::spread_of(c.datum, c.kind, c.f, c.numbers).variance) *
                        (c.kind == ErrorKind::log_normal ? c.f : 1);
    CHECK(all.slope[0] == doctest::Approx(score(c.datum, c.kind, c.f, c.numbers)).epsilon(1e-11));
    for (int d = 0; d <= static_cast<int>(n_parameters_of(c.kind)); ++d) {
      const double slope =
          support::richardson([&](double by) { return moved(c, d, by); }, 0, d == 0 ? step : 0.05);
      CHECK(all.slope[d] == doctest::Approx(slope).epsilon(1e-7).scale(1e-2));
      const auto at = [&](double by, auto&& function) {
        auto numbers = c.numbers;
        if (d > 0) numbers[static_cast<std::size_t>(d) - 1] *= std::exp(by);
        return function(c.datum, c.kind, d == 0 ? c.f + by : c.f, numbers);
      };
      CHECK(all.score_slope[d] ==
            doctest::Approx(support::richardson([&](double by) { return at(by, score<double>); }, 0,
                                                d == 0 ? step : 0.05))
                .epsilon(1e-6)
                .scale(0.1));
      CHECK(all.information_slope[d] ==
            doctest::Approx(
                support::richardson([&](double by) { return at(by, information<double>); }, 0,
                                    d == 0 ? step : 0.05))
                .epsilon(1e-6)
                .scale(0.1));
    }
    CHECK(all.information == doctest::Approx(all.expected(0, 0)).epsilon(1e-12));
  }
}

TEST_CASE("the expected information is the mean square of the slopes over what could be seen") {
  for (const ErrorKind kind : {ErrorKind::additive, ErrorKind::proportional, ErrorKind::combined,
                               ErrorKind::combined_sd, ErrorKind::log_normal}) {
    const ErrorNumbers<double> numbers{0.3, 0.2};
    const double f = 1.7;
    Eigen::Matrix3d mean = Eigen::Matrix3d::Zero(), expected;
    const int n = 4001;
    for (int i = 0; i < n; ++i) {
      const double z = mgpk::random::normal_quantile((i + 0.5) / n);
      Datum datum;
      datum.observed = f;
      const double sd = std::sqrt(detail::spread_of(datum, kind, f, numbers).variance);
      datum.observed = kind == ErrorKind::log_normal ? f * std::exp(sd * z) : f + sd * z;
      const auto all = contribution(datum, kind, f, numbers);
      mean += all.slope * all.slope.transpose() / n;
      expected = all.expected;
    }
    const auto size = static_cast<Eigen::Index>(1 + n_parameters_of(kind));
    CHECK((mean - expected).topLeftCorner(size, size).norm() < 5e-3 * expected.norm());
  }
}

TEST_CASE("impossible predictions are named") {
  CHECK(impossible({1.0}, ErrorKind::log_normal, 0.0) ==
        "a log-normal error needs a positive prediction");
  CHECK(impossible({1.0}, ErrorKind::additive, std::nan("")) == "a prediction is not finite");
  CHECK(impossible({1.0}, ErrorKind::additive, -1.0).empty());
}
