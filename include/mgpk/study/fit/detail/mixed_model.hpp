// Checks of a mixed model, and its objective put together from all people.
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <string>
#include <utility>

#include <mgpk/error.hpp>
#include <mgpk/study/fit/detail/marginal.hpp>
#include <mgpk/study/fit/mixed_model.hpp>

namespace mgpk::study::fit {
namespace detail {

inline void check_datum(const Datum& datum, const Population& population,
                        const std::string& where) {
  require(datum.error < population.errors.size(), "each datum must have one of the errors" + where,
          static_cast<double>(datum.error), "count the errors from 0");
  const ErrorKind kind = population.errors[datum.error];
  require(std::isfinite(datum.observed), "an observation must be finite" + where, datum.observed,
          "leave out what was not measured");
  require_not_negative("the standard error of an observation" + where, datum.se, "or leave it 0");
  require(datum.n >= 1 && std::isfinite(datum.n),
          "a mean must have one or more values behind it" + where, datum.n, "give their number");
  require(kind != ErrorKind::log_normal || datum.observed > 0,
          "a log-normal error needs positive observations" + where, datum.observed,
          "give the value as below its limit of quantification, or choose another error");
  require(kind != ErrorKind::known || datum.se > 0,
          "an observation without a residual error needs a standard error" + where, datum.se,
          "give its standard error, or choose an error that is estimated");
}

inline void check_person(const Person& person, std::size_t i, const Population& population,
                         const Predictor& predictor, Eigen::Index n_fixed) {
  const std::string where = " (person " + std::to_string(i + 1) + ")";
  require(person.data.size() == predictor.n_observations(i),
          "a person must have as many data as the predictor predicts" + where,
          static_cast<double>(person.data.size()), "give the data of the same records");
  const auto n = index(population.transforms.size());
  require(person.design.rows() == n && person.design.cols() == n_fixed && person.offset.size() == n,
          "design and offset must have a row for each parameter" + where,
          static_cast<double>(person.design.rows()), "and a column for each fixed effect");
  require(person.design.allFinite() && person.offset.allFinite(),
          "covariates must be finite" + where, unknown, "fill or drop what is missing");
  require_between("the share of the random effects" + where, person.f_random, 0, 1,
                  "1 in a person, less in a mean");
  for (const auto& datum : person.data) check_datum(datum, population, where);
}

inline void check(const Population& population, const Predictor& predictor) {
  require(!population.people.empty(), "a fit needs people", 0.0, "give at least one");
  require(population.people.size() == predictor.n_people(),
          "people must be as many as those of the predictor",
          static_cast<double>(population.people.size()), "give both from the same data set");
  require(population.transforms.size() == predictor.n_parameters(),
          "each parameter of the predictor must have a transform",
          static_cast<double>(population.transforms.size()), "give one each");
  require(population.random.size() == population.blocks.size(),
          "each random effect must have a block", static_cast<double>(population.blocks.size()),
          "give one each");
  for (const std::size_t parameter : population.random)
    require(parameter < population.transforms.size(),
            "each random effect must move a parameter of the predictor",
            static_cast<double>(parameter), "count the parameters from 0");
  const Eigen::Index n_fixed = population.people.front().design.cols();
  for (std::size_t i = 0; i < population.people.size(); ++i)
    check_person(population.people[i], i, population, predictor, n_fixed);
  for (const auto& prior : population.priors) {
    require(
        index(prior.parameter) < n_fixed && prior.parameter < population.fixed_transforms.size(),
        "each prior must be of a fixed effect that has a transform",
        static_cast<double>(prior.parameter), "count the fixed effects from 0");
    require_positive("the standard deviation of a prior", prior.sd, "or leave the prior out");
  }
}

inline ThetaLayout layout_of(const Population& population, const Omega& omega) {
  ThetaLayout at;
  at.n_fixed = population.people.front().design.cols();
  for (const ErrorKind kind : population.errors) {
    at.error_begin.push_back(at.n_fixed + at.n_error);
    at.n_error += index(n_parameters_of(kind));
  }
  at.n_omega = omega.n_parameters();
  return at;
}

inline void add_priors(const MixedModel& model, const Eigen::VectorXd& theta, Slopes slopes,
                       Evaluation& out) {
  const auto& population = model.population();
  for (const auto& prior : population.priors) {
    const auto place = index(prior.parameter);
    const auto term = term_of(prior, population.fixed_transforms[prior.parameter], theta[place]);
    out.objective += term.value;
    out.laplace_objective += term.value;
    if (slopes == Slopes::wanted) out.gradient[place] += term.slope;
  }
}

}  // namespace detail

MGPK_COMPILED MixedModel::MixedModel(Population population,
                                     std::shared_ptr<const Predictor> predictor,
                                     MixedOptions options)
    : population_(std::move(population)), predictor_(std::move(predictor)), options_(options) {
  if (!predictor_) fail("a mixed model needs a predictor", "none", "give one");
  detail::check(population_, *predictor_);
  omega_ = Omega(population_.blocks);
  layout_ = detail::layout_of(population_, omega_);
}

MGPK_COMPILED Eigen::MatrixXd MixedModel::start() const {
  return Eigen::MatrixXd::Zero(n_random(), detail::index(population_.people.size()));
}

MGPK_COMPILED Evaluation MixedModel::evaluate(const Eigen::VectorXd& theta,
                                              const RandomEffects& start, Slopes slopes,
                                              Sides sides) const {
  require(theta.size() == layout_.size(), "theta must have a number for each place",
          static_cast<double>(theta.size()), "it needs " + std::to_string(layout_.size()));
  require(
      start.u.rows() == n_random() && start.u.cols() == detail::index(population_.people.size()),
      "random effects to start from must have a column per person",
      static_cast<double>(start.u.cols()), "take those of an evaluation, or start()");
  Evaluation out;
  const auto numbers = detail::numbers_of(*this, theta);
  const auto found = detail::find_everybody(*this, numbers, theta, start);
  out.n_unsettled = found.n_unsettled;
  out.n_predictions = found.n_predictions;
  out.failure = found.failure;
  if (!out.failure.empty()) return out;
  detail::Curvatures curvatures;
  if (slopes == Slopes::wanted) {
    curvatures = detail::curvatures_of(*this, found.places, sides);
    out.n_predictions += curvatures.n_predictions;
    out.failure = curvatures.failure;
    if (!out.failure.empty()) return out;
  }
  const auto n_people = detail::index(population_.people.size());
  out.by_person.resize(n_people);
  out.u.resize(n_random(), n_people);
  if (slopes == Slopes::wanted) out.gradient_by_person.resize(layout_.size(), n_people);
  double laplace = 0;
  for (Eigen::Index i = 0; i < n_people; ++i) {
    const auto person = static_cast<std::size_t>(i);
    detail::PersonMarginal marginal(*this, person, numbers, found.places[person]);
    out.by_person[i] = marginal.objective();
    out.u.col(i) = found.places[person].u;
    if (slopes != Slopes::wanted) continue;
    out.gradient_by_person.col(i) = marginal.gradient(curvatures.people[person]);
    laplace += marginal.laplace();
    out.here.slopes.push_back(marginal.effects_slopes());
    out.here.rest.push_back(marginal.rest());
  }
  out.here.u = out.u;
  if (slopes == Slopes::wanted) out.here.theta = theta;
  out.eta = detail::times(numbers.root, out.u);
  out.objective = out.by_person.sum();
  if (!std::isfinite(out.objective)) out.failure = "the objective is not finite";
  if (slopes == Slopes::wanted) {
    out.gradient = out.gradient_by_person.rowwise().sum();
    out.laplace_objective = laplace;
  }
  detail::add_priors(*this, theta, slopes, out);
  return out;
}

MGPK_COMPILED Eigen::MatrixXd MixedModel::hessian(const Eigen::VectorXd& theta,
                                                  const RandomEffects& start,
                                                  double step_relative) const {
  const Eigen::Index n = layout_.size();
  Eigen::MatrixXd all = Eigen::MatrixXd::Constant(n, n, unknown);
  // What the slopes of one side miss is nearly the same on both sides of theta.
  const auto gradient = [&](Eigen::Index k, double step) {
    Eigen::VectorXd moved = theta;
    moved[k] += step;
    return evaluate(moved, start, Slopes::wanted, Sides::one);
  };
  for (Eigen::Index k = 0; k < n; ++k) {
    const double step = step_relative * (1 + std::abs(theta[k]));
    const auto high = gradient(k, step), low = gradient(k, -step);
    if (!high.failure.empty() || !low.failure.empty()) continue;
    all.col(k) = (high.gradient - low.gradient) / (2 * step);
  }
  return 0.5 * (all + all.transpose());
}

}  // namespace mgpk::study::fit

#include <mgpk/study/fit/detail/diagnostics.hpp>
#include <mgpk/study/fit/detail/simulated.hpp>
