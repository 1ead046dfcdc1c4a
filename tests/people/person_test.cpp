// Virtual adults: each law against its distribution, truncation, correlation, and draws by name.
#include <mgpk/people/person.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <mgpk/evidence/lookup.hpp>
#include <mgpk/people/population_table.hpp>
#include <mgpk/random/quantile.hpp>

using namespace mgpk;
using namespace mgpk::people;

namespace {

constexpr std::uint64_t seed = 20240501, n = 4000;
/// Kolmogorov's bound, exceeded once in a thousand; fixed before anything was drawn.
const double kolmogorov = 1.95 / std::sqrt(double(n));

std::size_t place_of(const std::string& name) {
  const auto names = drawn_names();
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<double> drawn(const std::string& name, Sex sex) {
  std::vector<double> values;
  for (std::uint64_t i = 0; i < n; ++i)
    values.push_back(draw_person(seed, i, {sex, {}, {}}).drawn.at(place_of(name)));
  return values;
}

/// The share of a law below x, written once more and straight from the words of the table.
double below(const Quantity& q, double x) {
  const auto normal = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  const auto raw = [&](double value) {
    if (q.law == Law::uniform) return value;
    if (q.law == Law::normal) return normal((value - q.center) / q.spread);
    return normal(std::log(value / q.center) / q.spread);
  };
  return (raw(x) - raw(q.low)) / (raw(q.high) - raw(q.low));
}

double distance(std::vector<double> values, const Quantity& q) {
  std::sort(values.begin(), values.end());
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double f = below(q, values[i]), size = double(values.size());
    largest =
        std::max({largest, std::abs(f - double(i) / size), std::abs(f - double(i + 1) / size)});
  }
  return largest;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  double mx = 0, my = 0, xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mx += x[i] / double(n), my += y[i] / double(n);
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}

std::vector<double> scores(const std::string& name) {
  const auto found = std::find(quantity_names.begin(), quantity_names.end(), name);
  const auto place = static_cast<std::size_t>(found - quantity_names.begin());
  std::vector<double> values;
  for (std::uint64_t i = 0; i < n; ++i) values.push_back(scores_of(seed, i).at(place));
  return values;
}

}  // namespace

TEST_CASE("every quantity follows its law, on the range that the table leaves of it") {
  const std::vector<std::string> plain{"age_y",
                                       "height_cm",
                                       "bmi_kg_per_m2",
                                       "diet_mg_per_d",
                                       "albumin_g_per_L",
                                       "tm_factor",
                                       "uptake_factor",
                                       "v_plasma_factor",
                                       "v_interstitial_factor",
                                       "q_interstitial_factor"};
  for (const auto& name : plain)
    for (const Sex sex : {Sex::female, Sex::male}) {
      CAPTURE(name);
      const auto& law = quantity_of(name, sex);
      const auto values = drawn(name, sex);
      CHECK(*std::min_element(values.begin(), values.end()) >= law.low);
      CHECK(*std::max_element(values.begin(), values.end()) <= law.high);
      CHECK(distance(values, law) < kolmogorov);
    }
}

TEST_CASE("a law that is cut through its middle piles nothing up at the cut") {
  Quantity law = quantity_of("height_cm", Sex::male);
  law.low = law.center;
  std::vector<double> values;
  for (const double score : scores("height_cm")) values.push_back(value_at(law, score));
  CHECK(distance(values, law) < kolmogorov);
  CHECK(std::count(values.begin(), values.end(), law.low) == 0);
}

TEST_CASE("GFR is that of the donors at each age, and each person's own is not indexed") {
  for (const auto& [age_y, mean] : {std::pair{20.0, 100.0}, {60.0, 100 - 25 * 0.66}}) {
    std::vector<double> gfr;
    for (std::uint64_t i = 0; i < n; ++i)
      gfr.push_back(draw_person(seed, i, {Sex::male, age_y, age_y + 1e-6})
                        .drawn.at(place_of("gfr_indexed_mL_per_min")));
    Quantity law = quantity_of("gfr_indexed_mL_per_min", Sex::male);
    law.center = mean;
    CHECK(distance(gfr, law) < kolmogorov);
  }
  const auto person = draw_person(seed, 3);
  const double surface_m2 = std::sqrt(*person.subject.height_cm * *person.subject.weight_kg / 3600);
  CHECK(*person.subject.gfr_mL_per_min ==
        doctest::Approx(person.drawn[place_of("gfr_indexed_mL_per_min")] * surface_m2 / 1.73));
}

TEST_CASE("scores are correlated as the table says, and else not at all") {
  const double bound = 3.3 / std::sqrt(double(n));
  for (const auto& pair : correlations) {
    const double r = correlation(scores(std::string(pair.first)), scores(std::string(pair.second)));
    CHECK(std::abs(r - pair.r) < bound);
  }
  CHECK(std::abs(correlation(scores("tm_factor"), scores("uptake_factor"))) < bound);
  CHECK(std::abs(correlation(scores("height_cm"), scores("bmi_kg_per_m2"))) < bound);
}

TEST_CASE("both sexes come in the share of the table, and a choice of one changes nobody else") {
  double women = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    const auto person = draw_person(seed, i);
    women += person.subject.sex == Sex::female;
    if (i < 50) CHECK(draw_person(seed, i, {person.subject.sex, {}, {}}).subject == person.subject);
  }
  const double share = quantity_of("f_female", Sex::female).center;
  CHECK(std::abs(women / n - share) < 3.3 * std::sqrt(share * (1 - share) / n));
}

TEST_CASE("a person is made of what was drawn") {
  const auto person = draw_person(7, 11);
  const auto& s = person.subject;
  const auto of = [&](const char* name) { return person.drawn.at(place_of(name)); };
  CHECK(*s.weight_kg == of("weight_kg"));
  CHECK(*s.weight_kg == doctest::Approx(of("bmi_kg_per_m2") * std::pow(*s.height_cm / 100, 2)));
  CHECK(*s.diet_mg_per_d == of("diet_mg_per_d"));
  CHECK(s.parameters.at("tm_mmol_per_L") ==
        of("tm_factor") * evidence::parameter("tm_mmol_per_L").value);
  CHECK(s.parameters.at("k_uptake_linear_colon_per_h") ==
        of("uptake_factor") * evidence::parameter("k_uptake_linear_colon_per_h").value);
  CHECK(person.urine_collection_factors.size() == 2);
  CHECK(person.urine_collection_factors[0] != person.urine_collection_factors[1]);
  body::validate(s);
}

TEST_CASE("persons depend on seed and number alone") {
  CHECK(draw_person(7, 11).subject == draw_person(7, 11).subject);
  CHECK(!(draw_person(8, 11).subject == draw_person(7, 11).subject));
  CHECK(!(draw_person(7, 12).subject == draw_person(7, 11).subject));
}

TEST_CASE("an age range of nobody is refused") {
  CHECK_THROWS_WITH_AS(draw_person(1, 0, {{}, 10.0, {}}),
                       "youngest age_y must lie between 18 and 80, but it is 10; the population is "
                       "one of adults that old",
                       InputError);
  CHECK_THROWS_WITH_AS(
      draw_person(1, 0, {{}, 40.0, 30.0}),
      "an age range must end after it starts, but it is 30; give the youngest age, "
      "then the oldest",
      InputError);
  CHECK_THROWS_AS(quantity_of("weight", Sex::male), UnknownNameError);
}
