// Scores of domains from predictions that are made up, and the null model from those that are run.
#include <mgpk/study/report.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include <mgpk/study/detail/null_model.hpp>

using namespace mgpk;
using study::study_of;

namespace {

const study::DomainScore& of(const std::vector<study::DomainScore>& scores, study::Domain domain) {
  for (const auto& score : scores)
    if (score.domain == domain) return score;
  FAIL("no such domain");
  return scores.front();
}

}  // namespace

TEST_CASE("a cohort counts once in its domain, and the fold error is geometric") {
  // Two endpoints of one cohort, off 2-fold up and down, and one of another that is met.
  const std::vector<const study::Study*> studies{
      &study_of("bohn_2004_bread_1"), &study_of("bohn_2004_bread_2"), &study_of("sabatier_2003")};
  const std::vector<study::Prediction> predictions{
      {studies[0]->observed * 2, ""}, {studies[1]->observed / 2, ""}, {studies[2]->observed, ""}};
  const auto scores = study::domain_scores(study::assess(studies, predictions, {1, 1, 1}));
  const auto& score = of(scores, study::Domain::absorption);
  CHECK(score.n_endpoints == 3);
  CHECK(score.n_cohorts == 2);
  CHECK(score.gmfe_ratio == doctest::Approx(std::sqrt(2.0)));
  CHECK(score.mean_ratio == doctest::Approx(1.0));
  CHECK(score.f_within_1_25 == 0.5);
  CHECK(score.f_within_2 == doctest::Approx(1.0));
}

TEST_CASE("the interval of the mean ratio takes cohorts as units") {
  const std::vector<const study::Study*> studies{
      &study_of("sabatier_2003"), &study_of("graham_1960_240"), &study_of("spencer_1980_normal")};
  std::vector<study::Prediction> predictions;
  for (const double ratio : {1.0, 1.2, 1.44})
    predictions.push_back({studies[predictions.size()]->observed * ratio, ""});
  const auto score = study::domain_scores(study::assess(studies, predictions, {1, 1, 1})).front();
  const double half = 2.919986 * std::log(1.2) / std::sqrt(3.0);  // t of 2 degrees, 95 %
  CHECK(score.mean_ratio == doctest::Approx(1.2));
  CHECK(score.low_ratio == doctest::Approx(1.2 * std::exp(-half)).epsilon(1e-6));
  CHECK(score.high_ratio == doctest::Approx(1.2 * std::exp(half)).epsilon(1e-6));
}

TEST_CASE("a failed run is within nothing and beats no null model") {
  const std::vector<const study::Study*> one{&study_of("sabatier_2003")};
  const auto rows = study::assess(one, {{study::unknown, "broken"}}, {0.4});
  const auto score = study::domain_scores(rows).front();
  CHECK(score.f_within_two_deviations == 0.0);
  CHECK_FALSE(score.beats_null());
}

TEST_CASE("the null model: plasma stays, nothing is lost, and urine is the usual") {
  const std::vector<const study::Study*> studies{&study_of("biesenbach_2018_bolus_1h"),
                                                 &study_of("easterling_2018_infusion_auc"),
                                                 &study_of("gullestad_1994"),
                                                 &study_of("schutten_2022_urine"),
                                                 &study_of("biesenbach_2018_bolus_urine"),
                                                 &study_of("prevend_2013_women"),
                                                 &study_of("salinger_2013_clearance"),
                                                 &study_of("ryschon_1996_ultrafilterable")};
  const auto rows = study::assess(studies);
  CHECK(rows[0].null == doctest::Approx(1.04));  // as it started
  CHECK(rows[1].null / 12 == doctest::Approx(0.925).epsilon(0.05));
  CHECK(rows[2].null == 0.0);  // plasma can only stay if all of the load leaves
  CHECK(rows[3].null == 0.0);
  CHECK(rows[4].null < 0.4 * rows[4].prediction.value);
  CHECK(rows[5].null ==
        doctest::Approx(rows[5].prediction.value));  // a woman of whom no more is known
  CHECK(rows[6].null == doctest::Approx(4.81));      // the only clearance here is its own mean
  CHECK(rows[7].null == doctest::Approx(0.7 * 0.85));
  for (const auto& row : rows) CHECK(row.prediction.failure.empty());
}
