// The model beside the figures, and beside a model that knows nothing: per study and per domain.
#pragma once

#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/study/agreement.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::study {

/// One endpoint of a report. `null` is what a model says in which nothing has an effect and plasma
/// stays where it is.
struct Assessed {
  const Study* study;
  Prediction prediction;
  double null = unknown;
  Agreement agreement, null_agreement;
};

/// How one domain comes off. Each cohort counts once, however many endpoints it has.
struct DomainScore {
  Domain domain;
  int n_endpoints = 0, n_cohorts = 0;
  int n_fold_cohorts = 0;          ///< with an endpoint that is held as a ratio
  double gmfe_ratio = unknown;     ///< geometric mean fold error; 1 is perfect
  double f_within_1_25 = unknown;  ///< share of the ratios within 1.25-fold
  double f_within_2 = unknown;     ///< share of the ratios within 2-fold
  /// 90 % interval of the geometric mean ratio of predicted to observed, cohorts as units.
  double mean_ratio = unknown, low_ratio = unknown, high_ratio = unknown;
  double f_within_two_deviations = unknown;  ///< of all endpoints: figure and stated model error
  double mean_square_relative = unknown;     ///< mean squared standardized residual
  double null_mean_square_relative = unknown;
  bool beats_null() const { return mean_square_relative < null_mean_square_relative; }
};

/// All these studies held against what is predicted with other values for some parameters.
MGPK_COMPILED std::vector<Assessed> assess(const std::vector<const Study*>& studies,
                                           const Overrides& overrides = {},
                                           const PredictOptions& how = {});

/// The same for predictions that are already there, such as those of another set of parameters.
MGPK_COMPILED std::vector<Assessed> assess(const std::vector<const Study*>& studies,
                                           const std::vector<Prediction>& predictions,
                                           const std::vector<double>& nulls);

/// One score per domain, in the order of `Domain`; domains without a study are left out.
MGPK_COMPILED std::vector<DomainScore> domain_scores(const std::vector<Assessed>& rows);

/// Sum of the log-likelihoods, each endpoint with the weight that lets its cohort count once.
MGPK_COMPILED double log_likelihood(const std::vector<Assessed>& rows);

}  // namespace mgpk::study

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/detail/report.hpp>
#endif
