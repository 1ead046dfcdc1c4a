// The objective of a mixed model: exact where the truth is known, slopes by differences, failures.
#include <mgpk/study/fit/mixed_model.hpp>

#include <doctest/doctest.h>

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <fit_predictors.hpp>

#include <mgpk/error.hpp>
#include <mgpk/random/quantile.hpp>
#include <mgpk/random/stream.hpp>
#include <mgpk/study/fit/detail/small_algebra.hpp>

using namespace mgpk::study::fit;

namespace {

double normal(std::size_t i, std::uint32_t what) {
  return mgpk::random::normal_quantile(mgpk::random::uniform({11, i, what, 0}));
}

/// Twelve people with 3 to 6 values that are linear in an intercept and a slope.
struct LinearCase {
  std::vector<Eigen::MatrixXd> designs;
  Population population;

  LinearCase() {
    for (std::size_t i = 0; i < 12; ++i) {
      const auto n = static_cast<Eigen::Index>(3 + i % 4);
      Eigen::MatrixXd design(n, 2);
      Person person;
      for (Eigen::Index j = 0; j < n; ++j) {
        design.row(j) << 1.0, 0.7 * static_cast<double>(j) + 0.1 * normal(i, 1);
        person.data.push_back({4 + normal(i, 2) + design(j, 1) * (1 + 0.4 * normal(i, 3)) +
                               0.3 * normal(10 * i + static_cast<std::size_t>(j), 4)});
      }
      person.design = Eigen::MatrixXd::Identity(2, 2);
      person.offset = Eigen::VectorXd::Zero(2);
      designs.push_back(design);
      population.people.push_back(person);
    }
    population.transforms = {Transform{}, Transform{}};
    population.random = {0, 1};
    population.blocks = {0, 0};
    population.errors = {ErrorKind::additive};
  }

  MixedModel model() const {
    return MixedModel(population, std::make_shared<support::LinearPredictor>(designs));
  }
};

const Eigen::VectorXd linear_theta = [] {
  Eigen::VectorXd theta(6);
  theta << 3.8, 1.1, std::log(0.35), std::log(0.9), 0.2, std::log(0.3);
  return theta;
}();

Eigen::MatrixXd covariance_of(const Eigen::MatrixXd& z, const Eigen::VectorXd& theta) {
  Eigen::Matrix2d root;
  root << std::exp(theta[3]), 0, theta[4], std::exp(theta[5]);
  const Eigen::MatrixXd wide = detail::times(z, Eigen::MatrixXd(root));
  const Eigen::MatrixXd turned = wide.transpose();
  return detail::times(wide, turned) + std::exp(2 * theta[2]) * detail::identity(z.rows());
}

Eigen::VectorXd residual_of(const LinearCase& c, std::size_t i, const Eigen::VectorXd& theta) {
  Eigen::VectorXd y(c.designs[i].rows());
  for (Eigen::Index j = 0; j < y.size(); ++j)
    y[j] = c.population.people[i].data[static_cast<std::size_t>(j)].observed;
  return y - detail::times(c.designs[i], Eigen::VectorXd(theta.head(2)));
}

/// Twelve people on a curve of three parameters, with bounds, means and repeated values among them.
Population curve_population(ErrorKind kind, const std::vector<std::vector<double>>& times_h) {
  Population population;
  for (std::size_t i = 0; i < times_h.size(); ++i) {
    Person person;
    const double a = 6 * std::exp(0.3 * normal(i, 5)), k = 0.2 * std::exp(0.25 * normal(i, 6));
    for (std::size_t j = 0; j < times_h[i].size(); ++j) {
      const double t = times_h[i][j];
      Datum datum{a * std::exp(-k * t) * (1 - std::exp(-1.3 * t)) *
                  std::exp(0.2 * normal(20 * i + j, 7))};
      if (i % 3 == 0 && j + 1 == times_h[i].size()) datum.kind = DatumKind::below;
      if (i % 5 == 0 && j == 1) datum.kind = DatumKind::above;
      if (i == 4) datum.n = 8;
      if (i == 4) person.f_random = 1 / std::sqrt(8.0);
      if (i == 7) person.f_random = 0;
      if (i == 4 || kind == ErrorKind::known) datum.se = 0.2;
      person.data.push_back(datum);
    }
    // A covariate acts on the first parameter.
    person.design = Eigen::MatrixXd::Zero(3, 4);
    person.design.leftCols(3).setIdentity();
    person.design(0, 3) = 0.2 * static_cast<double>(i % 4) - 0.3;
    person.offset = Eigen::VectorXd::Zero(3);
    population.people.push_back(person);
  }
  population.transforms = {Transform{TransformKind::log}, Transform{TransformKind::log},
                           Transform{TransformKind::logit, 0.2, 5}};
  population.random = {0, 1, 2};
  population.blocks = {0, 0, 1};
  population.errors = {kind};
  population.fixed_transforms = {population.transforms[0], population.transforms[1],
                                 population.transforms[2], Transform{}};
  population.priors = {{1, PriorKind::log_normal, std::log(0.25), 0.5},
                       {3, PriorKind::normal, 0.1, 0.7}};
  return population;
}

std::vector<std::vector<double>> curve_times() {
  std::vector<std::vector<double>> times_h;
  for (std::size_t i = 0; i < 12; ++i) {
    times_h.push_back({0.3, 0.9, 2.0, 5.0, 11.0});
    if (i % 2 == 0) times_h.back().push_back(20.0);
  }
  return times_h;
}

Eigen::VectorXd curve_theta(ErrorKind kind) {
  const auto n_error = static_cast<Eigen::Index>(n_parameters_of(kind));
  Eigen::VectorXd theta(4 + n_error + 4);
  theta.head(4) << std::log(5.0), std::log(0.22),
      Transform{TransformKind::logit, 0.2, 5}.place(1.1), 0.15;
  if (n_error > 0) theta[4] = std::log(0.25);
  if (n_error > 1) theta[5] = std::log(0.15);
  theta.tail(4) << std::log(0.3), 0.05, std::log(0.28), std::log(0.4);
  return theta;
}

}  // namespace

TEST_CASE("of a linear model the objective is that of the exact marginal law") {
  const LinearCase c;
  const MixedModel model = c.model();
  double exact = 0;
  for (std::size_t i = 0; i < c.designs.size(); ++i) {
    const Eigen::MatrixXd v = covariance_of(c.designs[i], linear_theta);
    const Eigen::VectorXd r = residual_of(c, i, linear_theta);
    const Eigen::LLT<Eigen::MatrixXd> cholesky(v);
    for (Eigen::Index j = 0; j < r.size(); ++j) exact += 2 * std::log(cholesky.matrixLLT()(j, j));
    exact += r.dot(cholesky.solve(r));
  }
  const auto e = model.evaluate(linear_theta, model.start(), Slopes::wanted);
  REQUIRE(e.failure.empty());
  CHECK(e.objective == doctest::Approx(exact).epsilon(1e-12));
  CHECK(e.laplace_objective == doctest::Approx(exact).epsilon(1e-9));
  CHECK(e.n_unsettled == 0);
}

TEST_CASE("of a linear model conditional residuals are those of the exact law") {
  const LinearCase c;
  const MixedModel model = c.model();
  const auto e = model.evaluate(linear_theta, model.start());
  const auto d = model.diagnose(linear_theta, e.u);
  Eigen::Index first = 0;
  for (std::size_t i = 0; i < c.designs.size(); ++i) {
    const Eigen::VectorXd r = residual_of(c, i, linear_theta);
    // A symmetric root of the inverse is the one that is symmetric and does this.
    const Eigen::MatrixXd v = covariance_of(c.designs[i], linear_theta);
    const Eigen::MatrixXd root = detail::inverse_root(v);
    CHECK((root - root.transpose()).norm() < 1e-12);
    CHECK((detail::times(detail::times(root, v), root) - detail::identity(v.rows())).norm() <
          1e-11);
    const Eigen::VectorXd exact = detail::times(root, r);
    CHECK((d.conditional_residual.segment(first, r.size()) - exact).norm() < 1e-9);
    first += r.size();
  }
  CHECK((d.individual_prediction - d.population_prediction).norm() > 0.1);
}

TEST_CASE("slopes agree with differences to 1e-7 for every error, with bounds, means and priors") {
  const auto times_h = curve_times();
  for (const auto kind : {ErrorKind::known, ErrorKind::additive, ErrorKind::proportional,
                          ErrorKind::combined, ErrorKind::combined_sd, ErrorKind::log_normal}) {
    const MixedModel model(curve_population(kind, times_h),
                           std::make_shared<support::CurvePredictor>(times_h));
    const Eigen::VectorXd theta = curve_theta(kind);
    const auto at = model.evaluate(theta, model.start(), Slopes::wanted);
    REQUIRE(at.failure.empty());
    CHECK(at.n_unsettled == 0);
    CHECK((at.gradient_by_person.rowwise().sum() - at.gradient).head(1).norm() < 1e-9);
    for (Eigen::Index k = 0; k < theta.size(); ++k) {
      CAPTURE(name_of(kind));
      CAPTURE(k);
      const auto moved = [&](double x) {
        Eigen::VectorXd other = theta;
        other[k] = x;
        return model.evaluate(other, at.u).objective;
      };
      const double slope = support::richardson(moved, theta[k], 0.01);
      CHECK(at.gradient[k] == doctest::Approx(slope).epsilon(1e-7).scale(5));
    }
  }
}

TEST_CASE("second slopes agree with differences of the objective") {
  const LinearCase c;
  const MixedModel model = c.model();
  const auto at = model.evaluate(linear_theta, model.start());
  const Eigen::MatrixXd hessian = model.hessian(linear_theta, at.u);
  const double h = 1e-3;
  for (Eigen::Index a = 0; a < 6; ++a)
    for (Eigen::Index b = 0; b <= a; ++b) {
      double sum = 0;
      for (const double i : {-1.0, 1.0})
        for (const double j : {-1.0, 1.0}) {
          Eigen::VectorXd other = linear_theta;
          other[a] += i * h;
          other[b] += j * h;
          sum += i * j * model.evaluate(other, at.u).objective;
        }
      CHECK(hessian(a, b) == doctest::Approx(sum / (4 * h * h)).epsilon(1e-4).scale(10));
    }
}

TEST_CASE("without random effects it is plain likelihood") {
  const auto times_h = curve_times();
  Population population = curve_population(ErrorKind::combined, times_h);
  population.random.clear();
  population.blocks.clear();
  const MixedModel model(population, std::make_shared<support::CurvePredictor>(times_h));
  const Eigen::VectorXd theta = curve_theta(ErrorKind::combined).head(6);
  const auto e = model.evaluate(theta, model.start(), Slopes::wanted);
  const auto d = model.diagnose(theta, e.u);
  CHECK(e.by_person.sum() == doctest::Approx(-2 * d.log_likelihood.sum()).epsilon(1e-12));
  for (Eigen::Index k = 0; k < theta.size(); ++k) {
    const double slope = support::richardson(
        [&](double x) {
          Eigen::VectorXd other = theta;
          other[k] = x;
          return model.evaluate(other, model.start()).objective;
        },
        theta[k], 0.01);
    CHECK(e.gradient[k] == doctest::Approx(slope).epsilon(1e-8).scale(1));
  }
}

TEST_CASE(
    "the information of pooled data is the mean of the second slopes over what could be seen") {
  const auto times_h = curve_times();
  Population population = curve_population(ErrorKind::combined, times_h);
  population.random.clear();
  population.blocks.clear();
  population.priors.clear();
  for (auto& person : population.people)
    for (auto& datum : person.data) datum.kind = DatumKind::value;
  const auto predictor = std::make_shared<support::CurvePredictor>(times_h);
  const Eigen::VectorXd theta = curve_theta(ErrorKind::combined).head(6);
  const MixedModel model(population, predictor);
  const Eigen::MatrixXd expected = model.information(theta, model.start());
  const int n = 400;
  const Eigen::MatrixXd drawn = model.simulate(theta, 3, n);
  Eigen::MatrixXd mean = Eigen::MatrixXd::Zero(6, 6);
  for (int r = 0; r < n; ++r) {
    Population other = population;
    Eigen::Index row = 0;
    for (auto& person : other.people)
      for (auto& datum : person.data) datum.observed = drawn(row++, r);
    const MixedModel moved(other, predictor);
    CHECK((moved.information(theta, moved.start()) - expected).norm() == 0.0);
    mean += moved.hessian(theta, moved.start()) / (2 * n);
  }
  CHECK((mean - expected).norm() < 0.05 * expected.norm());
}

TEST_CASE("the objective does not depend on where the random effects start") {
  const auto times_h = curve_times();
  const MixedModel model(curve_population(ErrorKind::combined, times_h),
                         std::make_shared<support::CurvePredictor>(times_h));
  const Eigen::VectorXd theta = curve_theta(ErrorKind::combined);
  const auto cold = model.evaluate(theta, model.start());
  const auto warm = model.evaluate(theta, cold.u);
  const auto far = model.evaluate(theta, Eigen::MatrixXd::Constant(3, 12, 1.0));
  CHECK(warm.objective == doctest::Approx(cold.objective).epsilon(1e-11));
  CHECK(far.objective == doctest::Approx(cold.objective).epsilon(1e-11));
  CHECK(warm.n_predictions < cold.n_predictions);
}

TEST_CASE(
    "the random effects follow theta as their slopes say, and the next search knows the way") {
  const auto times_h = curve_times();
  for (const auto kind : {ErrorKind::combined, ErrorKind::log_normal}) {
    const MixedModel model(curve_population(kind, times_h),
                           std::make_shared<support::CurvePredictor>(times_h));
    const Eigen::VectorXd theta = curve_theta(kind);
    const auto at = model.evaluate(theta, model.start(), Slopes::wanted);
    const double step = 3e-4;
    for (Eigen::Index k = 0; k < theta.size(); ++k) {
      Eigen::VectorXd high = theta, low = theta;
      high[k] += step;
      low[k] -= step;
      const Eigen::MatrixXd change =
          (model.evaluate(high, at.u).u - model.evaluate(low, at.u).u) / (2 * step);
      for (std::size_t i = 0; i < times_h.size(); ++i)
        CHECK((at.here.slopes[i].col(k) - change.col(static_cast<Eigen::Index>(i))).norm() < 1e-5);
    }
    const Eigen::VectorXd other = theta.array() + 0.02;
    const auto straight = model.evaluate(other, at.here), plain = model.evaluate(other, at.u);
    CHECK(straight.objective == doctest::Approx(plain.objective).epsilon(1e-11));
    CHECK(straight.n_predictions < plain.n_predictions);
  }
}

TEST_CASE("slopes from one side cost half the differences, and miss by the order of the step") {
  const auto times_h = curve_times();
  const auto predictor = std::make_shared<support::CurvePredictor>(times_h);
  const Eigen::VectorXd theta = curve_theta(ErrorKind::combined);
  double missed[2];
  for (const int i : {0, 1}) {
    MixedOptions options;
    options.slope_step_relative = i == 0 ? 1e-3 : 1e-4;
    const MixedModel model(curve_population(ErrorKind::combined, times_h), predictor, options);
    const auto both = model.evaluate(theta, model.start(), Slopes::wanted);
    const auto one = model.evaluate(theta, model.start(), Slopes::wanted, Sides::one);
    // Eleven of the twelve have random effects, three each.
    CHECK(both.n_predictions - one.n_predictions == 33);
    CHECK(one.objective == both.objective);
    missed[i] = (one.gradient - both.gradient).norm();
  }
  CHECK(missed[0] < 0.02);
  CHECK(missed[1] == doctest::Approx(0.1 * missed[0]).epsilon(0.01));
}

TEST_CASE("what cannot be predicted is a failure with its reason, and no number") {
  const auto times_h = curve_times();
  Population population = curve_population(ErrorKind::additive, times_h);
  population.transforms[1] = Transform{};  // a rate that may become negative
  population.fixed_transforms[1] = Transform{};
  population.priors.clear();
  const MixedModel model(population, std::make_shared<support::CurvePredictor>(times_h));
  Eigen::VectorXd theta = curve_theta(ErrorKind::additive);
  theta[1] = -0.5;
  const auto e = model.evaluate(theta, model.start(), Slopes::wanted);
  CHECK(e.failure == "person 1: k must not be negative");
  CHECK(std::isnan(e.objective));
}

TEST_CASE("draws have the moments of the model and are named, not taken in turn") {
  const LinearCase c;
  const MixedModel model = c.model();
  const Eigen::MatrixXd few = model.simulate(linear_theta, 5, 3);
  const Eigen::MatrixXd all = model.simulate(linear_theta, 5, 4000);
  CHECK((all.leftCols(3) - few).norm() == 0.0);
  CHECK((model.simulate(linear_theta, 6, 3) - few).norm() > 0.1);
  const Eigen::MatrixXd v = covariance_of(c.designs[0], linear_theta);
  const Eigen::VectorXd mean = detail::times(c.designs[0], Eigen::VectorXd(linear_theta.head(2)));
  const Eigen::MatrixXd first = all.topRows(v.rows()).colwise() - mean;
  CHECK((first.rowwise().mean()).norm() < 4 * std::sqrt(v.trace() / 4000));
  const Eigen::MatrixXd turned = first.transpose();
  CHECK((detail::times(first, turned) / 4000 - v).norm() < 0.1 * v.norm());
}

TEST_CASE("people, data and parameters that do not fit together are refused") {
  LinearCase c;
  c.population.people[2].data.pop_back();
  CHECK_THROWS_WITH_AS(c.model(),
                       doctest::Contains("as many data as the predictor predicts (person 3)"),
                       mgpk::InputError);
  LinearCase lost;
  lost.population.people[0].data[1].observed = std::nan("");
  CHECK_THROWS_WITH_AS(lost.model(), doctest::Contains("must be finite (person 1)"),
                       mgpk::InputError);
  LinearCase negative;
  negative.population.errors = {ErrorKind::log_normal};
  negative.population.people[1].data[0].observed = -1;
  CHECK_THROWS_AS(negative.model(), mgpk::InputError);
}
