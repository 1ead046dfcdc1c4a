// Each study simulated, and its observable read off the run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/study/catalogue.hpp>

namespace mgpk::study {

/// Other values for rows of data/parameters.csv, for everybody.
using Overrides = std::map<std::string, double, std::less<>>;

/// What the model says of one study, in the unit of the observable. `failure` is empty, or says
/// why `value` is NaN.
struct Prediction {
  double value = unknown;
  std::string failure{};
};

/// How a catalogue is solved.
struct PredictOptions {
  double relative_tolerance = 1e-8;  ///< far below any spread of a study
  /// Lets an override leave the range of the evidence, for differences at its edge.
  bool allow_outside_range = false;
  double absolute_tolerance_mmol = simulation::Options{}.absolute_tolerance_mmol;
};

/// For differences of predictions: the noise of the solver is divided by their step.
inline const PredictOptions slopes_options{1e-10, true};

/// An observable read off a run of the scenario and, where the study has one, of its comparator.
/// The run must have from_h and to_h among its times.
MGPK_COMPILED double observe(const Reading& reading, const Run& run,
                             const Run* comparator = nullptr);

/// The run of a scenario with the output times that these studies need.
MGPK_COMPILED Run run_of(const Scenario& scenario, const std::vector<const Study*>& studies,
                         const Overrides& overrides = {}, const PredictOptions& how = {});

/// @throws UnknownNameError or InputError for an override that the evidence does not allow
MGPK_COMPILED Prediction predict(const Study& study, const Overrides& overrides = {});

/// All these studies; each scenario is run once. In the order of the studies.
MGPK_COMPILED std::vector<Prediction> predict(const std::vector<const Study*>& studies,
                                              const Overrides& overrides = {},
                                              const PredictOptions& how = {});

}  // namespace mgpk::study

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/detail/predict.hpp>
#endif
