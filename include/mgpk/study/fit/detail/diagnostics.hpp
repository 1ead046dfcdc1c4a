// Predictions and residuals of a mixed model at given numbers.
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/study/fit/detail/inner_search.hpp>
#include <mgpk/study/fit/mixed_model.hpp>

namespace mgpk::study::fit {
namespace detail {

/// Miss and standard deviation of each of a person's data, on the scale of its error; NaN for
/// bounds.
struct Misses {
  Eigen::VectorXd miss{}, sd{}, slope{};
};

inline Misses misses_of(const MixedModel& model, std::size_t person, const Numbers& numbers,
                        const Eigen::VectorXd& f) {
  const auto& data = model.population().people[person].data;
  Misses all{Eigen::VectorXd(f.size()), Eigen::VectorXd(f.size()), Eigen::VectorXd(f.size())};
  for (std::size_t j = 0; j < data.size(); ++j) {
    const auto at = spread_of(data[j], model.population().errors[data[j].error], f[index(j)],
                              numbers.errors[data[j].error]);
    all.miss[index(j)] = data[j].kind == DatumKind::value ? at.miss : unknown;
    all.sd[index(j)] = std::sqrt(at.variance);
    all.slope[index(j)] = at.center_slope;
  }
  return all;
}

/// CWRES of one person: what is observed less the expectation of the model that is linear around
/// the most probable random effects, through the symmetric root of its covariance. Bounds take no
/// part.
inline Eigen::VectorXd conditional_residual(const Misses& misses, const Eigen::MatrixXd& through,
                                            const Eigen::VectorXd& u) {
  std::vector<Eigen::Index> measured;
  for (Eigen::Index j = 0; j < misses.miss.size(); ++j)
    if (!std::isnan(misses.miss[j])) measured.push_back(j);
  const auto n = index(measured.size());
  Eigen::VectorXd all = Eigen::VectorXd::Constant(misses.miss.size(), unknown);
  if (n == 0) return all;
  Eigen::VectorXd expected_miss(n);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(n, n);
  Eigen::MatrixXd slopes(n, through.cols());
  for (Eigen::Index j = 0; j < n; ++j) {
    const auto row = measured[place(j)];
    for (Eigen::Index k = 0; k < through.cols(); ++k)
      slopes(j, k) = misses.slope[row] * through(row, k);
    expected_miss[j] = misses.miss[row] + row_times(slopes, j, u);
    covariance(j, j) = misses.sd[row] * misses.sd[row];
  }
  const Eigen::MatrixXd turned = slopes.transpose();
  covariance += times(slopes, turned);
  const Eigen::VectorXd residual = times(inverse_root(covariance), expected_miss);
  for (Eigen::Index j = 0; j < n; ++j) all[measured[place(j)]] = residual[j];
  return all;
}

inline std::vector<Prediction> predict_at(const MixedModel& model, const Numbers& numbers,
                                          const Eigen::MatrixXd& u, Slopes slopes,
                                          std::vector<Eigen::VectorXd>& places) {
  std::vector<Request> requests;
  for (std::size_t i = 0; i < model.population().people.size(); ++i) {
    places.push_back(place_of(model.population().people[i], numbers, u.col(index(i))));
    requests.push_back(request_of(model, i, places.back()));
  }
  return model.predictor().predict(requests, slopes);
}

/// Adds what one person's data say of fixed effects and errors.
inline void add_information(const MixedModel& model, std::size_t i, const Numbers& numbers,
                            const Prediction& prediction, const Eigen::VectorXd& x,
                            Eigen::MatrixXd& all) {
  const auto& population = model.population();
  const auto& at = model.layout();
  const Person& person = population.people[i];
  const Eigen::MatrixXd along = times(slopes_of(model, prediction, x), person.design);
  for (std::size_t j = 0; j < person.data.size(); ++j) {
    const std::size_t e = person.data[j].error;
    const ErrorKind kind = population.errors[e];
    const auto c = contribution(person.data[j], kind, prediction.f[index(j)], numbers.errors[e]);
    // The directions of the datum as places of theta: its prediction, then its errors.
    Eigen::MatrixXd directions = Eigen::MatrixXd::Zero(3, all.rows());
    directions.row(0).head(at.n_fixed) = along.row(index(j));
    for (std::size_t p = 0; p < n_parameters_of(kind); ++p)
      directions(index(p) + 1, at.error_begin[e] + index(p)) = 1;
    const Eigen::MatrixXd expected = c.expected;
    all += transposed_times(directions, times(expected, directions));
  }
}

}  // namespace detail

MGPK_COMPILED Eigen::MatrixXd MixedModel::information(const Eigen::VectorXd& theta,
                                                      const Eigen::MatrixXd& u) const {
  const auto numbers = detail::numbers_of(*this, theta);
  std::vector<Eigen::VectorXd> places;
  const auto predictions = detail::predict_at(*this, numbers, u, Slopes::wanted, places);
  const Eigen::Index n = layout_.omega_begin();
  Eigen::MatrixXd all = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const auto failure = detail::failure_of(*this, i, predictions[i]);
    if (!failure.empty())
      fail("each person must be predicted for its information",
           failure + " (person " + std::to_string(i + 1) + ")", "give other numbers");
    detail::add_information(*this, i, numbers, predictions[i], places[i], all);
  }
  return all;
}

MGPK_COMPILED Diagnostics MixedModel::diagnose(const Eigen::VectorXd& theta,
                                               const Eigen::MatrixXd& u) const {
  const auto numbers = detail::numbers_of(*this, theta);
  std::vector<Eigen::VectorXd> places, middles;
  const auto individual = detail::predict_at(*this, numbers, u, Slopes::wanted, places);
  const auto middle = detail::predict_at(*this, numbers, start(), Slopes::none, middles);
  Eigen::Index n = 0;
  for (const auto& person : population_.people) n += detail::index(person.data.size());
  Diagnostics out;
  for (auto* column : {&out.population_prediction, &out.individual_prediction,
                       &out.individual_residual, &out.conditional_residual, &out.log_likelihood})
    column->setConstant(n, unknown);
  Eigen::Index first = 0;
  for (std::size_t i = 0; i < population_.people.size(); ++i) {
    const auto& data = population_.people[i].data;
    const auto rows = detail::index(data.size());
    const auto failure = detail::failure_of(*this, i, individual[i]);
    if (!failure.empty() && out.failure.empty())
      out.failure = "person " + std::to_string(i + 1) + ": " + failure;
    if (middle[i].ok()) out.population_prediction.segment(first, rows) = middle[i].f;
    if (failure.empty()) {
      const Eigen::VectorXd& f = individual[i].f;
      const auto misses = detail::misses_of(*this, i, numbers, f);
      out.individual_prediction.segment(first, rows) = f;
      out.individual_residual.segment(first, rows) = misses.miss.cwiseQuotient(misses.sd);
      out.conditional_residual.segment(first, rows) = detail::conditional_residual(
          misses,
          population_.people[i].f_random *
              detail::times(detail::slopes_of(*this, individual[i], places[i]), numbers.spread),
          u.col(detail::index(i)));
      for (std::size_t j = 0; j < data.size(); ++j)
        out.log_likelihood[first + detail::index(j)] =
            log_likelihood(data[j], population_.errors[data[j].error], f[detail::index(j)],
                           numbers.errors[data[j].error]);
    }
    first += rows;
  }
  return out;
}

}  // namespace mgpk::study::fit
