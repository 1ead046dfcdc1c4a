// The body as the model of a fit: its likelihood's slopes against differences on a hundred random
// people, and what it refuses.
#include <mgpk/study/fit/body_predictor.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/study/fit/mixed_model.hpp>

#include "random_plans.hpp"

using namespace mgpk;
using namespace mgpk::study::fit;

namespace {

simulation::ManyOptions sharp() {
  simulation::ManyOptions how;
  how.solver.relative_tolerance = 1e-12;
  how.solver.absolute_tolerance = 1e-14;
  return how;
}

const std::vector<std::string> names{"tm_mmol_per_L", "vmax_jejunum_mmol_per_h",
                                     "v_plasma_L_per_kg", "diet_mg_per_d"};
const std::vector<double> usual{0.596, 0.396, 0.1057, 310};

/// Plasma at three times, a collection of urine, and all urine so far.
BodyPerson person_of(support::Random& random) {
  BodyPerson person;
  person.subject.weight_kg = support::uniform(random, 50, 90);
  person.subject.gfr_mL_per_min = support::uniform(random, 40, 120);
  person.plan = support::random_plan(random);
  if (support::uniform(random, 0, 1) < 0.3)
    person.start_c_plasma_total_mmol_per_L = support::uniform(random, 0.7, 1.2);
  for (int k = 0; k < 3; ++k)
    person.observables.push_back(
        {"c_plasma_total_mmol_per_L", support::uniform(random, 1, 30), {}});
  const double to_h = support::uniform(random, 13, 30);
  person.observables.push_back({"a_urine_mmol", to_h, support::uniform(random, 1, 12)});
  person.observables.push_back({"a_urine_mmol", to_h, {}});
  return person;
}

/// Data near the predictions: measured, below and above a limit, and means.
Person data_of(const BodyPerson& observed, const Eigen::VectorXd& f, support::Random& random) {
  Person person;
  const bool is_mean = support::uniform(random, 0, 1) < 0.25;
  for (Eigen::Index k = 0; k < f.size(); ++k) {
    Datum datum{f[k] * support::uniform(random, 0.9, 1.1)};
    if (is_mean) {
      datum.se = 0.05 * f[k];
      datum.error = 2;
    } else {
      if (support::uniform(random, 0, 1) < 0.2) datum.kind = DatumKind::below;
      if (support::uniform(random, 0, 1) < 0.1) datum.kind = DatumKind::above;
      const bool urine = observed.observables[static_cast<std::size_t>(k)].column[0] == 'a';
      datum.error = urine ? 1 : 0;
    }
    person.data.push_back(datum);
  }
  const auto n = static_cast<Eigen::Index>(names.size());
  person.design = Eigen::MatrixXd::Identity(n, n);
  person.offset = Eigen::VectorXd::Zero(n);
  for (Eigen::Index k = 0; k < n; ++k) person.offset[k] = 0.1 * support::uniform(random, -1, 1);
  return person;
}

/// A hundred problems, each a person of its own.
struct Hundred {
  Population population;
  std::shared_ptr<const BodyPredictor> predictor;
  Eigen::VectorXd theta{static_cast<Eigen::Index>(names.size()) + 3};

  Hundred() {
    support::Random random(77);
    std::vector<BodyPerson> people;
    people.reserve(100);
    for (int i = 0; i < 100; ++i) people.push_back(person_of(random));
    predictor = std::make_shared<const BodyPredictor>(people, names, sharp());
    std::vector<Request> requests;
    const Eigen::VectorXd phi = Eigen::Map<const Eigen::VectorXd>(usual.data(), 4);
    for (std::size_t i = 0; i < people.size(); ++i) requests.push_back({i, phi});
    const auto predictions = predictor->predict(requests, Slopes::none);
    for (std::size_t i = 0; i < people.size(); ++i) {
      REQUIRE(predictions[i].failure == "");
      population.people.push_back(data_of(people[i], predictions[i].f, random));
    }
    population.transforms.assign(names.size(), {TransformKind::log});
    population.fixed_transforms = population.transforms;
    population.errors = {ErrorKind::proportional, ErrorKind::combined, ErrorKind::known};
    for (std::size_t k = 0; k < usual.size(); ++k)
      theta[static_cast<Eigen::Index>(k)] = std::log(usual[k]);
    theta.tail(3) << std::log(0.07), std::log(0.4), std::log(0.05);
  }
};

}  // namespace

TEST_CASE("slopes of the likelihood on a hundred random people, urine, means and bounds included") {
  const Hundred hundred;
  const MixedModel model(hundred.population, hundred.predictor);
  const auto& theta = hundred.theta;
  const auto here = model.evaluate(theta, model.start(), Slopes::wanted);
  REQUIRE(here.failure == "");
  REQUIRE(here.gradient_by_person.cols() == 100);
  // Along two directions through all numbers, by seven points each: one evaluation is a hundred
  // searches for a baseline.
  support::Random random(3);
  double worst = 0;
  for (int k = 0; k < 2; ++k) {
    Eigen::VectorXd direction(theta.size());
    for (double& entry : direction) entry = support::uniform(random, -1, 1);
    const double step = 1.5e-3;
    const auto at = [&](double steps) {
      const auto there =
          model.evaluate(theta + steps * step * direction, model.start(), Slopes::none);
      REQUIRE(there.failure == "");
      return there.by_person;
    };
    const Eigen::VectorXd expected =
        (0.75 * (at(1) - at(-1)) - 0.15 * (at(2) - at(-2)) + (at(3) - at(-3)) / 60.0) / step;
    const Eigen::VectorXd slopes = here.gradient_by_person.transpose() * direction;
    for (Eigen::Index i = 0; i < 100; ++i) {
      const double size = here.gradient_by_person.col(i).norm() + 1.0;
      worst = std::max(worst, std::abs(slopes[i] - expected[i]) / size);
    }
  }
  MESSAGE("largest deviation from differences: " << worst);
  CHECK(worst < 1e-7);
}

TEST_CASE("a prediction is what a run shows") {
  support::Random random(5);
  const auto person = person_of(random);
  const BodyPredictor predictor({person}, names, sharp());
  const Eigen::VectorXd phi = Eigen::Map<const Eigen::VectorXd>(usual.data(), 4);
  const auto prediction = predictor.predict(std::vector<Request>{{0, phi}}, Slopes::wanted)[0];
  REQUIRE(prediction.failure == "");
  CHECK(prediction.slopes.rows() == 5);
  CHECK(prediction.slopes.cols() == 4);
  auto subject = person.subject;
  simulation::Options options;
  for (std::size_t d = 0; d < names.size(); ++d)
    simulation::set_along(predictor.directions()[d], usual[d], subject, options);
  options.with_baseline = false;
  options.relative_tolerance = 1e-12;
  options.start_c_plasma_total_mmol_per_L = person.start_c_plasma_total_mmol_per_L;
  for (std::size_t k = 0; k < person.observables.size(); ++k) {
    const auto& observable = person.observables[k];
    options.times_h = {observable.since_h.value_or(0.0), observable.t_h};
    const auto run = simulate(subject, person.plan, options);
    double expected = run.trajectory.at(1, observable.column);
    if (observable.since_h) expected -= run.trajectory.at(0, observable.column);
    CHECK(prediction.f[static_cast<Eigen::Index>(k)] == doctest::Approx(expected).epsilon(1e-7));
  }
}

TEST_CASE("what a predictor cannot take") {
  support::Random random(6);
  auto person = person_of(random);
  CHECK_THROWS_AS(BodyPredictor({person}, {"tm"}, sharp()), InputError);
  person.observables[3].since_h = 31;
  CHECK_THROWS_WITH_AS(BodyPredictor({person}, names, sharp()),
                       doctest::Contains("since_h must lie before"), InputError);
  person.observables.clear();
  CHECK_THROWS_WITH_AS(BodyPredictor({person}, names, sharp()),
                       doctest::Contains("needs something measured"), InputError);
  person.observables = {{"c_plasma_total_mmol_per_L", 4, {}}};
  const BodyPredictor predictor({person}, names, sharp());
  Eigen::VectorXd phi = Eigen::Map<const Eigen::VectorXd>(usual.data(), 4);
  phi[3] = -20;
  const auto answers = predictor.predict(std::vector<Request>{{0, phi}}, Slopes::none);
  CHECK(answers[0].failure.find("diet_mg_per_d") != std::string::npos);
}
