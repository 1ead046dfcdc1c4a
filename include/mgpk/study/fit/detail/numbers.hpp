// Theta taken apart, and one person's likelihood on the scale of the search.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/study/fit/contribution.hpp>
#include <mgpk/study/fit/detail/small_algebra.hpp>
#include <mgpk/study/fit/mixed_model.hpp>

namespace mgpk::study::fit::detail {

inline Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }
inline std::size_t place(Eigen::Index i) { return static_cast<std::size_t>(i); }

/// A theta as the model uses it.
struct Numbers {
  Eigen::VectorXd fixed{};
  std::vector<ErrorNumbers<double>> errors{};
  Eigen::VectorXd omega{};
  Eigen::MatrixXd root{};    ///< L
  Eigen::MatrixXd spread{};  ///< what the standard random effects do to the parameters: Z L
};

inline Eigen::MatrixXd spread_of(const MixedModel& model, const Eigen::MatrixXd& root) {
  const auto& population = model.population();
  Eigen::MatrixXd spread = Eigen::MatrixXd::Zero(index(population.transforms.size()), root.cols());
  for (std::size_t k = 0; k < population.random.size(); ++k)
    spread.row(index(population.random[k])) += root.row(index(k));
  return spread;
}

inline Numbers numbers_of(const MixedModel& model, const Eigen::VectorXd& theta) {
  const auto& at = model.layout();
  Numbers numbers;
  numbers.fixed = theta.head(at.n_fixed);
  const auto& kinds = model.population().errors;
  for (std::size_t e = 0; e < kinds.size(); ++e) {
    ErrorNumbers<double> values{0, 0};
    for (std::size_t p = 0; p < n_parameters_of(kinds[e]); ++p)
      values[p] = std::exp(theta[at.error_begin[e] + index(p)]);
    numbers.errors.push_back(values);
  }
  numbers.omega = theta.tail(at.n_omega);
  numbers.root = model.omega().root(numbers.omega);
  numbers.spread = spread_of(model, numbers.root);
  return numbers;
}

/// Where a person's parameters stand on the scale of the search.
inline Eigen::VectorXd place_of(const Person& person, const Numbers& numbers,
                                const Eigen::VectorXd& u) {
  Eigen::VectorXd x = person.offset;
  if (numbers.fixed.size() > 0) x += times(person.design, numbers.fixed);
  if (u.size() > 0) x += person.f_random * times(numbers.spread, u);
  return x;
}

inline Request request_of(const MixedModel& model, std::size_t person, const Eigen::VectorXd& x) {
  Request request{person, Eigen::VectorXd(x.size())};
  for (Eigen::Index k = 0; k < x.size(); ++k)
    request.phi[k] = model.population().transforms[place(k)].value(x[k]);
  return request;
}

/// Slopes of the predictions along the scale of the search.
inline Eigen::MatrixXd slopes_of(const MixedModel& model, const Prediction& prediction,
                                 const Eigen::VectorXd& x) {
  Eigen::MatrixXd slopes = prediction.slopes;
  for (Eigen::Index k = 0; k < x.size(); ++k)
    slopes.col(k) *= model.population().transforms[place(k)].slope(x[k]);
  return slopes;
}

/// Why the predictions of a person have no likelihood; empty where they have.
inline std::string failure_of(const MixedModel& model, std::size_t person,
                              const Prediction& prediction) {
  if (!prediction.ok()) return prediction.failure;
  const auto& population = model.population();
  const auto& data = population.people[person].data;
  for (std::size_t j = 0; j < data.size(); ++j) {
    const auto why = impossible(data[j], population.errors[data[j].error], prediction.f[index(j)]);
    if (!why.empty()) return std::string(why);
  }
  return {};
}

/// -2 ln likelihood of a person's data given the predictions.
inline double minus_two_log(const MixedModel& model, std::size_t person, const Numbers& numbers,
                            const Eigen::VectorXd& f) {
  const auto& population = model.population();
  const auto& data = population.people[person].data;
  double sum = 0;
  for (std::size_t j = 0; j < data.size(); ++j)
    sum += log_likelihood(data[j], population.errors[data[j].error], f[index(j)],
                          numbers.errors[data[j].error]);
  return -2 * sum;
}

/// Slopes along the predictions and information of each of a person's data.
struct Weights {
  Eigen::VectorXd score{};
  Eigen::VectorXd information{};
};

inline Weights weights_of(const MixedModel& model, std::size_t person, const Numbers& numbers,
                          const Eigen::VectorXd& f) {
  const auto& population = model.population();
  const auto& data = population.people[person].data;
  Weights weights{Eigen::VectorXd(f.size()), Eigen::VectorXd(f.size())};
  for (std::size_t j = 0; j < data.size(); ++j) {
    const auto kind = population.errors[data[j].error];
    const auto& error = numbers.errors[data[j].error];
    weights.score[index(j)] = score(data[j], kind, f[index(j)], error);
    weights.information[index(j)] = information(data[j], kind, f[index(j)], error);
  }
  return weights;
}

}  // namespace mgpk::study::fit::detail
