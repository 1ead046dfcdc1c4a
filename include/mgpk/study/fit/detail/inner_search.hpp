// The most probable random effects of everybody at once: damped Gauss-Newton with a secant for the
// rest of the curvature, one batch of predictions per round.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/study/fit/detail/numbers.hpp>

namespace mgpk::study::fit::detail {

/// Where the search of one person stands.
struct Place {
  Eigen::VectorXd u{};
  Eigen::VectorXd x{};  ///< the parameters on the scale of the search
  Eigen::VectorXd f{};
  Eigen::MatrixXd slopes{};                                    ///< of f along x
  double objective = std::numeric_limits<double>::infinity();  ///< -2 ln likelihood + u'u
};

/// Levenberg and Marquardt on one person's random effects.
class PersonSearch {
 public:
  PersonSearch(const MixedModel& model, std::size_t person, const Numbers& numbers,
               Eigen::VectorXd start, Eigen::MatrixXd rest)
      : model_(model),
        person_(person),
        numbers_(numbers),
        trial_(std::move(start)),
        rest_(std::move(rest)) {}

  bool done() const { return done_; }
  bool settled() const { return settled_; }
  const Place& place() const { return place_; }
  const std::string& failure() const { return failure_; }

  /// Where it wants to know the predictions.
  Request request() {
    const auto& person = model_.population().people[person_];
    trial_x_ = place_of(person, numbers_, trial_);
    return request_of(model_, person_, trial_x_);
  }

  void take(const Prediction& prediction) {
    ++n_rounds_;
    const std::string failure = failure_of(model_, person_, prediction);
    const double objective =
        failure.empty()
            ? minus_two_log(model_, person_, numbers_, prediction.f) + trial_.squaredNorm()
            : std::numeric_limits<double>::infinity();
    if (!std::isfinite(place_.objective)) return take_first(prediction, objective, failure);
    const double error = std::max(1e-13, model_.options().prediction_error_relative);
    if (!(objective <= place_.objective + error * (1 + std::abs(place_.objective))))
      return shrink();
    accept(prediction, objective);
    damping_ = damping_ < 1e-8 ? 0 : damping_ * 0.1;
    propose();
  }

 private:
  double tolerance() const {
    const auto& options = model_.options();
    return std::max(options.search_tolerance, 10 * options.prediction_error_relative);
  }

  /// A start from which nothing can be predicted is left for the middle of the population.
  void take_first(const Prediction& prediction, double objective, const std::string& failure) {
    if (std::isfinite(objective)) {
      accept(prediction, objective);
      if (trial_.size() == 0) return finish(true);
      return propose();
    }
    if (trial_.size() > 0 && !trial_.isZero()) {
      trial_.setZero();
      return;
    }
    failure_ = failure.empty() ? "the likelihood is zero or not finite" : failure;
    finish(false);
  }

  void accept(const Prediction& prediction, double objective) {
    const Eigen::VectorXd before = place_.u, gradient_before = gradient_;
    place_.u = trial_;
    place_.x = trial_x_;
    place_.f = prediction.f;
    place_.slopes = slopes_of(model_, prediction, trial_x_);
    place_.objective = objective;
    const Weights weights = weights_of(model_, person_, numbers_, place_.f);
    const double share = model_.population().people[person_].f_random;
    const Eigen::MatrixXd slopes = share * times(place_.slopes, numbers_.spread);
    gradient_ = place_.u - transposed_times(slopes, weights.score);
    curvature_ = weighted(slopes, weights.information, slopes);
    curvature_.diagonal().array() += 1.0;
    if (before.size() > 0) learn(place_.u - before, gradient_ - gradient_before);
  }

  /// What the step taught about the curvature that Gauss and Newton leave out: the secant update of
  /// Dennis, Gay and Welsch, of the whole difference. Large misses would make the search creep
  /// without it.
  void learn(const Eigen::VectorXd& step, const Eigen::VectorXd& change) {
    if (rest_.size() == 0) rest_ = Eigen::MatrixXd::Zero(step.size(), step.size());
    const double along = change.dot(step);
    if (!(along > 1e-10 * step.norm() * change.norm())) return;
    const Eigen::VectorXd wanted = change - times(curvature_, step);
    const double now = std::abs(step.dot(times(rest_, step)));
    if (now > 0) rest_ *= std::min(1.0, std::abs(step.dot(wanted)) / now);
    const Eigen::VectorXd error = wanted - times(rest_, step);
    const Eigen::MatrixXd mixed = outer(error, change);
    rest_ += (mixed + mixed.transpose()) / along -
             step.dot(error) / (along * along) * outer(change, change);
  }

  /// Where nothing more than the tolerance is left to go, the place is that of the last prediction.
  void propose() {
    Eigen::VectorXd step = newton(0);
    if (step.lpNorm<Eigen::Infinity>() <= tolerance()) return finish(true);
    if (damping_ > 0) step = newton(damping_);
    if (n_rounds_ >= model_.options().most_iterations || !step.allFinite()) return finish(false);
    trial_ = place_.u + step;
  }

  Eigen::VectorXd newton(double damping) const {
    Eigen::MatrixXd damped = curvature_;
    damped.diagonal() *= 1 + damping;
    Eigen::LLT<Eigen::MatrixXd> cholesky(rest_.size() > 0 ? damped + rest_ : damped);
    if (cholesky.info() != Eigen::Success) cholesky.compute(damped);
    return -cholesky.solve(gradient_);
  }

  void shrink() {
    damping_ = std::max(10 * damping_, 1e-2);
    // Where no step goes down any more, rounding is all that is left.
    if (damping_ > 1e12) return finish((trial_ - place_.u).norm() < 1e-6);
    propose();
  }

  void finish(bool settled) {
    done_ = true;
    settled_ = settled;
  }

  const MixedModel& model_;
  std::size_t person_;
  const Numbers& numbers_;
  Eigen::VectorXd trial_{}, trial_x_{};
  Place place_{};
  Eigen::VectorXd gradient_{};   // half of that of the objective
  Eigen::MatrixXd curvature_{};  // half of Gauss and Newton's
  Eigen::MatrixXd rest_{};       // what was learned of the rest of it
  double damping_ = 0;
  std::size_t n_rounds_ = 0;
  bool done_ = false, settled_ = false;
  std::string failure_{};
};

/// What the searches of all people found.
struct Found {
  std::vector<Place> places{};
  std::size_t n_unsettled = 0;
  std::size_t n_predictions = 0;
  std::string failure{};
};

/// Where a person's random effects are to be expected: no farther from where they were than one
/// standard deviation, for the slopes know of no more.
inline Eigen::VectorXd expected_at(const Eigen::VectorXd& theta, const RandomEffects& start,
                                   std::size_t person) {
  Eigen::VectorXd u = start.u.col(index(person));
  if (start.slopes.empty() || u.size() == 0) return u;
  const Eigen::VectorXd change = theta - start.theta;
  const Eigen::VectorXd move = times(start.slopes[person], change);
  const double far = move.lpNorm<Eigen::Infinity>();
  if (std::isfinite(far)) u += move / std::max(1.0, far);
  return u;
}

inline Found find_everybody(const MixedModel& model, const Numbers& numbers,
                            const Eigen::VectorXd& theta, const RandomEffects& start) {
  std::vector<PersonSearch> searches;
  for (std::size_t i = 0; i < model.population().people.size(); ++i)
    searches.emplace_back(model, i, numbers, expected_at(theta, start, i),
                          start.rest.empty() ? Eigen::MatrixXd() : start.rest[i]);
  Found found;
  while (true) {
    std::vector<Request> requests;
    std::vector<PersonSearch*> asking;
    for (auto& search : searches) {
      if (search.done()) continue;
      requests.push_back(search.request());
      asking.push_back(&search);
    }
    if (requests.empty()) break;
    const auto answers = model.predictor().predict(requests, Slopes::wanted);
    found.n_predictions += answers.size();
    for (std::size_t i = 0; i < asking.size(); ++i) asking[i]->take(answers[i]);
  }
  for (std::size_t i = 0; i < searches.size(); ++i) {
    if (!searches[i].failure().empty() && found.failure.empty())
      found.failure = "person " + std::to_string(i + 1) + ": " + searches[i].failure();
    if (!searches[i].settled()) ++found.n_unsettled;
    found.places.push_back(searches[i].place());
  }
  return found;
}

}  // namespace mgpk::study::fit::detail
