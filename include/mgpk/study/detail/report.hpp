// Scores of domains, cohorts as units.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include <mgpk/study/detail/null_model.hpp>
#include <mgpk/study/report.hpp>

namespace mgpk::study {
namespace detail {

/// Sums over the endpoints of one cohort in one domain.
struct CohortSums {
  int n = 0, n_fold = 0;
  double within_two_deviations = 0, square = 0, null_square = 0;
  double log_ratio = 0, absolute_log_ratio = 0, within_1_25 = 0, within_2 = 0;
};

inline bool is_fold(const Study& study) {
  return observable_of(study.observable).score == Score::fold &&
         study.spread_kind != SpreadKind::upper_bound;
}

inline void add(CohortSums& sums, const Assessed& row) {
  const double x = row.agreement.standardized();
  ++sums.n;
  sums.within_two_deviations += std::abs(x) <= 2 ? 1 : 0;  // a failed run is not within
  sums.square += x * x;
  sums.null_square += std::pow(row.null_agreement.standardized(), 2);
  if (!is_fold(*row.study)) return;
  const double log_ratio = row.agreement.residual;
  ++sums.n_fold;
  sums.log_ratio += log_ratio;
  sums.absolute_log_ratio += std::abs(log_ratio);
  sums.within_1_25 += std::abs(log_ratio) <= std::log(1.25) ? 1 : 0;
  sums.within_2 += std::abs(log_ratio) <= std::log(2.0) ? 1 : 0;
}

/// Mean over cohorts of each cohort's mean.
template <class Read>
double mean_of(const std::map<std::string_view, CohortSums>& cohorts, Read&& read, bool fold) {
  double sum = 0;
  int n = 0;
  for (const auto& [name, sums] : cohorts) {
    const int endpoints = fold ? sums.n_fold : sums.n;
    if (endpoints == 0) continue;
    sum += read(sums) / endpoints;
    ++n;
  }
  return n > 0 ? sum / n : unknown;
}

inline void put_interval(DomainScore& score,
                         const std::map<std::string_view, CohortSums>& cohorts) {
  std::vector<double> means;
  for (const auto& [name, sums] : cohorts)
    if (sums.n_fold > 0) means.push_back(sums.log_ratio / sums.n_fold);
  score.n_fold_cohorts = static_cast<int>(means.size());
  if (means.empty()) return;
  const auto n = static_cast<double>(means.size());
  double mean = 0, squares = 0;
  for (const double m : means) mean += m / n;
  score.mean_ratio = std::exp(mean);
  if (means.size() < 2) return;
  for (const double m : means) squares += (m - mean) * (m - mean);
  const boost::math::students_t t(n - 1);
  const double half = boost::math::quantile(t, 0.95) * std::sqrt(squares / (n - 1) / n);
  score.low_ratio = std::exp(mean - half);
  score.high_ratio = std::exp(mean + half);
}

inline DomainScore score_of(Domain domain, const std::map<std::string_view, CohortSums>& cohorts) {
  DomainScore s{.domain = domain};
  s.n_cohorts = static_cast<int>(cohorts.size());
  for (const auto& [name, sums] : cohorts) s.n_endpoints += sums.n;
  const auto any = [&](double CohortSums::*of) {
    return mean_of(
        cohorts, [of](const CohortSums& sums) { return sums.*of; }, false);
  };
  const auto fold = [&](double CohortSums::*of) {
    return mean_of(
        cohorts, [of](const CohortSums& sums) { return sums.*of; }, true);
  };
  s.gmfe_ratio = std::exp(fold(&CohortSums::absolute_log_ratio));
  s.f_within_1_25 = fold(&CohortSums::within_1_25);
  s.f_within_2 = fold(&CohortSums::within_2);
  s.f_within_two_deviations = any(&CohortSums::within_two_deviations);
  s.mean_square_relative = any(&CohortSums::square);
  s.null_mean_square_relative = any(&CohortSums::null_square);
  put_interval(s, cohorts);
  return s;
}

}  // namespace detail

MGPK_COMPILED std::vector<Assessed> assess(const std::vector<const Study*>& studies,
                                           const std::vector<Prediction>& predictions,
                                           const std::vector<double>& nulls) {
  std::vector<Assessed> rows;
  for (std::size_t i = 0; i < studies.size(); ++i) {
    const auto& observable = observable_of(studies[i]->observable);
    rows.push_back({studies[i], predictions[i], nulls[i],
                    agreement(*studies[i], observable, predictions[i].value),
                    agreement(*studies[i], observable, nulls[i])});
  }
  return rows;
}

MGPK_COMPILED std::vector<Assessed> assess(const std::vector<const Study*>& studies,
                                           const Overrides& overrides, const PredictOptions& how) {
  const detail::NullModel null_model(studies);
  const auto predictions = predict(null_model.all(), overrides, how);
  return assess(studies, predictions, null_model.values(predictions));
}

MGPK_COMPILED std::vector<DomainScore> domain_scores(const std::vector<Assessed>& rows) {
  std::map<Domain, std::map<std::string_view, detail::CohortSums>> domains;
  for (const auto& row : rows) detail::add(domains[row.study->domain][row.study->cohort], row);
  std::vector<DomainScore> scores;
  scores.reserve(domains.size());
  for (const auto& [domain, cohorts] : domains) scores.push_back(detail::score_of(domain, cohorts));
  return scores;
}

MGPK_COMPILED double log_likelihood(const std::vector<Assessed>& rows) {
  double sum = 0;
  for (const auto& row : rows) sum += weight(*row.study) * row.agreement.log_likelihood;
  return sum;
}

}  // namespace mgpk::study
