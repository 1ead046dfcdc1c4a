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
  std::size_t n_predictions = 0;
  std::string failure{};
};

inline Curvatures curvatures_of(const MixedModel& model, const std::vector<Place>& places,
                                Sides sides) {
  const double step = model.options().slope_step_relative;
  std::vector<Request> requests;
  std::vector<Eigen::VectorXd> at;
  const auto ask = [&](std::size_t person, std::size_t parameter, double by) {
    Eigen::VectorXd x = places[person].x;
    x[index(parameter)] += by;
    requests.push_back(request_of(model, person, x));
    at.push_back(std::move(x));
  };
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (model.population().people[i].f_random == 0) continue;
    for (const std::size_t k : model.population().random) {
      ask(i, k, step);
      if (sides == Sides::both) ask(i, k, -step);
    }
  }
  const auto answers = model.predictor().predict(requests, Slopes::wanted);
  Curvatures all;
  all.people.resize(places.size());
  all.n_predictions = answers.size();
  for (std::size_t r = 0; r < answers.size(); ++r)
    if (!answers[r].ok()) {
      all.failure = "person " + std::to_string(requests[r].person + 1) + ": " + answers[r].failure;
      return all;
    }
  const std::size_t n_sides = sides == Sides::both ? 2 : 1;
  for (std::size_t r = 0; r < answers.size(); r += n_sides) {
    const std::size_t person = requests[r].person;
    const auto low =
        sides == Sides::both ? slopes_of(model, answers[r + 1], at[r + 1]) : places[person].slopes;
    all.people[person].push_back((slopes_of(model, answers[r], at[r]) - low) /
                                 (static_cast<double>(n_sides) * step));
  }
  return all;
}

}  // namespace mgpk::study::fit::detail
