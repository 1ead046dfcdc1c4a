// How each prediction answers to each parameter: slopes for fits, and for what the data determine.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::study {

struct Sensitivities {
  std::vector<Prediction> predictions;  ///< where a slope is NaN, `failure` says why
  /// d prediction / d parameter: a row per study, a column per parameter; NaN where a run failed.
  Eigen::MatrixXd slopes;
  /// How far each slope may be off: a third of what halving the step changed it by.
  Eigen::MatrixXd errors;
};

/// Step of the differences, as a share of the parameter's value (of its range where that is zero).
inline constexpr double sensitivity_step = 0.02;

/// Central differences with two steps, extrapolated. `n_threads` = 0 takes all cores; the numbers
/// do not depend on it.
/// @throws InputError for an unknown parameter, or one whose range is a single value.
MGPK_COMPILED Sensitivities sensitivities(const std::vector<const Study*>& studies,
                                          const std::vector<std::string>& parameters,
                                          const Overrides& at = {}, std::size_t n_threads = 0);

}  // namespace mgpk::study

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/detail/sensitivity.hpp>
#endif
