// A nonlinear mixed-effects model around a predictor: who was observed, and what differs in people.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/study/fit/omega.hpp>
#include <mgpk/study/fit/predictor.hpp>
#include <mgpk/study/fit/prior.hpp>
#include <mgpk/study/fit/residual_error.hpp>
#include <mgpk/study/fit/transform.hpp>

namespace mgpk::study::fit {

/// One person (or one arm of a study that gave means). The place of the parameters on the scale of
/// the search is design * fixed effects + offset, plus the random effects.
struct Person {
  std::vector<Datum> data{};  ///< in the order of the predictor's observations
  Eigen::MatrixXd design{};   ///< a row per parameter, a column per fixed effect: 1, covariates
  Eigen::VectorXd offset{};   ///< what is fixed: parameters, and effects with a known coefficient
  /// How much of the random effects acts: 1 in a person; 1/sqrt(n) in the mean of n; 0 in a mean
  /// whose standard error is known, which has its spread already.
  double f_random = 1;
};

struct Population {
  std::vector<Person> people{};
  std::vector<Transform> transforms{};  ///< of each parameter of the predictor
  std::vector<std::size_t> random{};    ///< the parameter that each random effect moves
  std::vector<std::size_t> blocks{};    ///< the block of each: within it they are correlated
  std::vector<ErrorKind> errors{};
  std::vector<Transform> fixed_transforms{};  ///< of the fixed effects, for their priors alone
  std::vector<Prior> priors{};                ///< of fixed effects
};

/// Where the numbers of a search stand: fixed effects, logarithms of the errors, entries of the
/// root of Omega.
struct ThetaLayout {
  Eigen::Index n_fixed = 0, n_error = 0, n_omega = 0;
  std::vector<Eigen::Index> error_begin{};  ///< of each error, counted in theta

  Eigen::Index size() const { return n_fixed + n_error + n_omega; }
  Eigen::Index omega_begin() const { return n_fixed + n_error; }
};

/// Differences of slopes along each random effect, in both directions or in one: that takes half
/// the predictions, and leaves slopes of the objective with an error of the order of the step.
enum class Sides { one, both };

struct MixedOptions {
  double search_tolerance = 1e-10;  ///< of the random effects, in their standard deviations
  /// Error of the predictions, a fraction: that of a solver. The random effects are not sought
  /// closer than ten times this, and objectives of a person that differ by less are the same.
  double prediction_error_relative = 0;
  std::size_t most_iterations = 100;
  /// Step of the differences of slopes, on the scale of the search; wider for a predictor whose
  /// slopes carry the error of a solver.
  double slope_step_relative = 1e-4;
};

/// Random effects for a search to start from, and what an evaluation with slopes knows around them:
/// nearby they follow theta, and bend as they did.
struct RandomEffects {
  Eigen::MatrixXd u{};                    ///< in their own standard form; a column per person
  Eigen::VectorXd theta{};                ///< whose most probable ones they are; may be empty
  std::vector<Eigen::MatrixXd> slopes{};  ///< by person: of u along theta
  std::vector<Eigen::MatrixXd> rest{};    ///< by person: curvature beyond Gauss and Newton's

  RandomEffects() = default;
  /// Of which nothing more is known.
  template <class Numbers>
  RandomEffects(const Eigen::DenseBase<Numbers>& effects) : u(effects) {}  // NOLINT: they are that
};

/// What one evaluation says of everybody. `failure` is empty, or says why there is no objective.
struct Evaluation {
  double objective = unknown;   ///< -2 ln likelihood without n ln(2 pi), as NONMEM's; priors in
  Eigen::VectorXd gradient{};   ///< along theta; empty unless wanted
  Eigen::VectorXd by_person{};  ///< objective of each person, without the priors
  Eigen::MatrixXd gradient_by_person{};  ///< a row per number of theta, a column per person
  double laplace_objective = unknown;    ///< with the exact curvature; only with a gradient
  Eigen::MatrixXd u{};          ///< the most probable random effects in their own standard form
  Eigen::MatrixXd eta{};        ///< the same as they act: L u; a column per person
  RandomEffects here{};         ///< the same, for the next search; with a gradient it knows the way
  std::size_t n_unsettled = 0;  ///< people whose search did not settle
  std::size_t n_predictions = 0;
  std::string failure{};
};

/// Per observation, in the order of people and their data.
struct Diagnostics {
  Eigen::VectorXd population_prediction{}, individual_prediction{};
  Eigen::VectorXd individual_residual{};   ///< weighted by the standard deviation; NaN for bounds
  Eigen::VectorXd conditional_residual{};  ///< CWRES: decorrelated around the FOCE approximation
  Eigen::VectorXd log_likelihood{};        ///< of each at the most probable random effects
  std::string failure{};
};

/// First-order conditional estimation with interaction. It never changes; any number of threads
/// may evaluate it, each with random effects of its own to start from.
class MixedModel {
 public:
  /// @throws InputError where people, predictor and parameters do not fit together
  MGPK_COMPILED MixedModel(Population population, std::shared_ptr<const Predictor> predictor,
                           MixedOptions options = {});

  const Population& population() const { return population_; }
  const Predictor& predictor() const { return *predictor_; }
  const MixedOptions& options() const { return options_; }
  const ThetaLayout& layout() const { return layout_; }
  const Omega& omega() const { return omega_; }
  Eigen::Index n_random() const { return omega_.size(); }

  /// Random effects of zero: where a first search starts.
  MGPK_COMPILED Eigen::MatrixXd start() const;

  /// @param start  random effects to start from: those of `Evaluation::here` save most of the work
  MGPK_COMPILED Evaluation evaluate(const Eigen::VectorXd& theta, const RandomEffects& start,
                                    Slopes slopes = Slopes::none, Sides sides = Sides::both) const;

  /// Second slopes along theta: central differences of first ones. NaN where one of the
  /// places cannot be evaluated.
  MGPK_COMPILED Eigen::MatrixXd hessian(const Eigen::VectorXd& theta, const RandomEffects& start,
                                        double step_relative = 1e-3) const;

  /// Expected information on fixed effects and errors at given random effects (Gauss and Newton's
  /// half of the second slopes of -2 ln likelihood): of pooled data the information of Fisher,
  /// which needs no observed values but those of bounds. Priors take no part.
  /// @throws InputError where a person cannot be predicted
  MGPK_COMPILED Eigen::MatrixXd information(const Eigen::VectorXd& theta,
                                            const Eigen::MatrixXd& u) const;

  MGPK_COMPILED Diagnostics diagnose(const Eigen::VectorXd& theta, const Eigen::MatrixXd& u) const;

  /// Draws of everybody's observations, a column per replicate; draw r of a seed is always the
  /// same. Bounds and means are drawn as values around the same prediction.
  /// @throws InputError where a drawn person cannot be predicted
  MGPK_COMPILED Eigen::MatrixXd simulate(const Eigen::VectorXd& theta, std::uint64_t seed,
                                         std::size_t n_replicates) const;

 private:
  Population population_;
  std::shared_ptr<const Predictor> predictor_;
  MixedOptions options_;
  Omega omega_;
  ThetaLayout layout_;
};

}  // namespace mgpk::study::fit

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/fit/detail/mixed_model.hpp>
#endif
