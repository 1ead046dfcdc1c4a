// How the slopes of everybody's predictions change along each parameter that differs between
// people: differences of exact slopes, all in one batch. Along the others nothing is asked: the ln
// det answers to the slopes along random effects alone, and second slopes do not mind their order.
#pragma once

#include <Eigen/Core>

#include <string>
#include <vector>

#include <mgpk/study/fit/detail/inner_search.hpp>

namespace mgpk::study::fit::detail {

/// Of one person: for each random effect the change of the slopes along its parameter, a row per
/// observation; nothing for somebody without random effects.
using Curvature = std::vector<Eigen::MatrixXd>;

struct Curvatures {
  std::vector<Curvature> people{};
  std::string failure{};
};

inline Curvatures curvatures_of(const MixedModel& model, const std::vector<Place>& places) {
  const double step = model.options().slope_step_relative;
  std::vector<Request> requests;
  std::vector<Eigen::VectorXd> at;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (model.population().people[i].f_random == 0) continue;
    for (const std::size_t k : model.population().random)
      for (const double side : {-1.0, 1.0}) {
        Eigen::VectorXd x = places[i].x;
        x[index(k)] += side * step;
        requests.push_back(request_of(model, i, x));
        at.push_back(std::move(x));
      }
  }
  const auto answers = model.predictor().predict(requests, Slopes::wanted);
  Curvatures all;
  all.people.resize(places.size());
  for (std::size_t r = 0; r < answers.size(); r += 2) {
    const std::size_t person = requests[r].person;
    for (const std::size_t side : {r, r + 1})
      if (!answers[side].ok() && all.failure.empty())
        all.failure = "person " + std::to_string(person + 1) + ": " + answers[side].failure;
    if (!all.failure.empty()) return all;
    all.people[person].push_back(
        (slopes_of(model, answers[r + 1], at[r + 1]) - slopes_of(model, answers[r], at[r])) /
        (2 * step));
  }
  return all;
}

}  // namespace mgpk::study::fit::detail
