// Fits of classic models: the predictor of a data set's observations from each person's numbers.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <mgpk/classic/model.hpp>
#include <mgpk/classic/predictions.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/record/data_set.hpp>
#include <mgpk/study/fit/predictor.hpp>

namespace mgpk::study::fit {

struct ClassicOptions {
  classic::PredictOptions predict{};  ///< engine, tolerances, rules of covariates
  std::size_t n_threads = 0;          ///< 0: all cores; the numbers do not depend on it
  /// Whether linear models of one compartment take their exact slopes. False is for tests.
  bool exact_slopes = true;
};

/// Names that a fit may give a person of its own, besides those of `classic::parameter_names`: what
/// is said of doses into the default compartment.
inline constexpr const char* lag_name = "tlag_h";
inline constexpr const char* availability_name = "f_bioavailable";

/// One compartment has exact slopes; other models have differences of predictions, extrapolated.
/// The people are those with observations, in the order of the data set.
class ClassicPredictor : public Predictor {
 public:
  /// @param model       numbers that are not among `parameters` are the same for everybody
  /// @param parameters  what each person has of their own
  /// @param data        doses and observations
  /// @param rows        rows of the data set that are predicted, rising
  /// @throws InputError for a model or data that break a rule, or an unknown parameter
  MGPK_COMPILED ClassicPredictor(classic::Model model, std::vector<std::string> parameters,
                                 record::DataSet data, const std::vector<std::size_t>& rows,
                                 ClassicOptions options = {});
  MGPK_COMPILED ~ClassicPredictor() override;

  MGPK_COMPILED std::size_t n_people() const override;
  MGPK_COMPILED std::size_t n_parameters() const override;
  MGPK_COMPILED std::size_t n_observations(std::size_t person) const override;
  MGPK_COMPILED std::vector<Prediction> predict(std::span<const Request> requests,
                                                Slopes slopes) const override;

  /// The IDs of the people.
  MGPK_COMPILED std::vector<std::string> ids() const;
  MGPK_COMPILED bool has_exact_slopes() const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace mgpk::study::fit

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/fit/detail/classic_predictor.hpp>
#endif
