// The study catalogue: nothing dropped, nothing twice, and every word of it understood.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include <mgpk/study/detail/observe.hpp>
#include <mgpk/study/predict.hpp>

using namespace mgpk;

namespace {

const auto& all() { return study::catalogue(); }

}  // namespace

TEST_CASE("the catalogue holds enough: 45 endpoints of 25 cohorts that may be fitted") {
  std::set<std::string_view> cohorts;
  std::size_t n_endpoints = 0;
  for (const auto& s : all().studies) {
    if (s.use != study::Use::fit) continue;
    cohorts.insert(s.cohort);
    ++n_endpoints;
  }
  CHECK(n_endpoints >= 45);
  CHECK(cohorts.size() >= 25);
}

TEST_CASE("no line is both an endpoint and excluded, and no line stands twice") {
  std::set<int> lines;
  for (const auto& s : all().studies) CHECK(lines.insert(s.line).second);
  for (const auto& row : all().excluded) CHECK(lines.insert(row.line).second);
}

TEST_CASE("every observable can be read, and every reader has a meaning") {
  CHECK(study::detail::readers.size() == all().observables.size());
  for (const auto& reader : study::detail::readers)
    CHECK(study::observable_of(reader.name).name == reader.name);
  for (const auto& s : all().studies) CHECK(study::observable_of(s.observable).unit == s.unit);
}

TEST_CASE("every scenario makes a subject and a plan, and says what was assumed") {
  for (const auto& scenario : all().scenarios) {
    INFO(scenario.key);
    CHECK_NOTHROW(body::validate(study::subject_of(scenario)));
    const auto plan = study::plan_of(scenario);
    CHECK(plan.doses().size() + plan.meals().size() + plan.diet_changes().size() +
              plan.modifications().size() ==
          scenario.n_lines);
    CHECK_FALSE(scenario.assumed.empty());
  }
}

TEST_CASE("a cohort counts once, however many endpoints it has") {
  const auto& once = study::study_of("gullestad_1994");
  CHECK(study::weight(once) == 1.0);
  double sum = 0;
  for (const auto& s : all().studies)
    if (s.cohort == "Biesenbach_2018" && s.use == study::Use::fit) sum += study::weight(s);
  CHECK(sum == doctest::Approx(1.0));
  CHECK(study::weight(study::study_of("zhang_2016_urine")) == 0.25);  // half a cohort, two rows
}

TEST_CASE("the standard error follows from the kind of spread") {
  const auto se = [](std::string_view key) { return study::se(study::study_of(key)); };
  CHECK(se("gullestad_1994") == doctest::Approx(0.103 / std::sqrt(88.0)));        // SD
  CHECK(se("fatemi_1991_plasma") == 0.02);                                        // SE
  CHECK(se("schutten_2022_urine") == doctest::Approx((4.01 - 2.23) / 3.919928));  // 95 % CI
  CHECK(se("ckd_1998_control_ionized") ==
        doctest::Approx((0.67 - 0.45) / 3.919928 / std::sqrt(75.0)));  // reference range
  CHECK(se("biesenbach_2018_bolus_6h") ==
        doctest::Approx(1.253314 * 0.15 / 1.34898 / std::sqrt(20.0)));  // IQR of a median
  CHECK(std::isnan(se("shils_1964_plasma")));                           // a range of two men
  CHECK(std::isnan(se("iom_1997_depletion_urine")));                    // an upper bound
  CHECK(std::isnan(se("prevend_2013_men")));                            // n not known
}

TEST_CASE("figures come in the unit of the observable") {
  const auto observed = [](std::string_view key) { return study::study_of(key).observed; };
  CHECK(observed("sabatier_2003") == doctest::Approx(0.48));
  CHECK(observed("dolberg_2017_auc") == doctest::Approx(92.3 / 60));
  CHECK(observed("nielsen_2016_low") == doctest::Approx(60 / 24.305));
  CHECK(observed("nowfoods_citrate_1h") == doctest::Approx(0.10 * 10 / 24.305));
  CHECK(observed("lindberg_1990_oxide_over_citrate") == doctest::Approx(0.006 / 0.22));
  CHECK(observed("biesenbach_2018_clearance_before") == doctest::Approx(0.6));
  CHECK(*study::scenario_of("salinger_2013_iv").c_plasma_total_mmol_per_L ==
        doctest::Approx(20.8 / 24.305));
}

TEST_CASE("names that are not known are refused with the nearest ones") {
  CHECK_THROWS_WITH_AS(study::study_of("fatemi_1991_plasme"),
                       doctest::Contains("fatemi_1991_plasma"), UnknownNameError);
}
