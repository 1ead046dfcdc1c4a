// What a fit asks of a model: predictions of each person's observations, and their exact slopes.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mgpk::study::fit {

/// One question: the observations of `person`, were the person's own parameters `phi`. A batch may
/// ask for the same person many times.
struct Request {
  std::size_t person = 0;  ///< 0 to n_people() - 1
  Eigen::VectorXd phi{};   ///< n_parameters() values on their natural scale, each in its own unit
};

/// The answer. Where there is none `failure` says why, and the numbers are not read.
struct Prediction {
  Eigen::VectorXd f{};       ///< one value per observation of the person, in its unit
  Eigen::MatrixXd slopes{};  ///< df/dphi: a row per observation, a column per parameter; empty
                             ///< unless slopes were wanted
  std::string failure{};     ///< empty where all went well

  bool ok() const { return failure.empty(); }

  static Prediction failed(std::string reason) {
    Prediction none;
    none.failure = std::move(reason);
    return none;
  }
};

enum class Slopes { none, wanted };

/// A model together with the doses and the observation times of a set of people. It never changes:
/// `predict` is called by several threads at once, and the same question has the same answer
/// whatever else stands in the batch. Answers come in the order of the questions.
///
/// A `phi` that the model cannot take (a volume of zero) is a failure with a reason, not an
/// exception: a search may try it and must be able to turn back. An exception is for what no search
/// can mend.
class Predictor {
 public:
  virtual ~Predictor() = default;

  virtual std::size_t n_people() const = 0;
  virtual std::size_t n_parameters() const = 0;
  virtual std::size_t n_observations(std::size_t person) const = 0;
  virtual std::vector<Prediction> predict(std::span<const Request> requests,
                                          Slopes slopes) const = 0;

 protected:
  Predictor() = default;
  Predictor(const Predictor&) = default;
  Predictor& operator=(const Predictor&) = default;
};

}  // namespace mgpk::study::fit
