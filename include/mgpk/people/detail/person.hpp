// How a virtual adult is drawn: correlated normal scores, the laws of the table, then the person.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/kidney/gfr.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/people/person.hpp>
#include <mgpk/people/population_table.hpp>
#include <mgpk/random/quantile.hpp>
#include <mgpk/random/stream.hpp>

namespace mgpk::people {

namespace detail {

inline constexpr std::size_t n_quantities = quantity_names.size();

inline std::size_t purpose_of(std::string_view name) {
  for (std::size_t i = 0; i < n_quantities; ++i)
    if (quantity_names[i] == name) return i;
  fail_unknown_name("quantity must be one of the population table", name, quantity_names,
                    "the names stand in data/population.csv");
}

/// Lower triangle that makes independent scores correlated ones.
inline const Eigen::MatrixXd& mixing() {
  static const Eigen::MatrixXd lower = [] {
    const auto n = static_cast<Eigen::Index>(n_quantities);
    Eigen::MatrixXd r = Eigen::MatrixXd::Identity(n, n);
    for (const auto& pair : correlations) {
      const auto i = static_cast<Eigen::Index>(purpose_of(pair.first));
      const auto j = static_cast<Eigen::Index>(purpose_of(pair.second));
      r(i, j) = r(j, i) = pair.r;
    }
    return Eigen::MatrixXd(r.llt().matrixL());
  }();
  return lower;
}

/// The share of a law below a score; rounding must not make it 1.
inline double share_below(double score) {
  const double below = random::normal_below(score);
  return std::clamp(below, std::numeric_limits<double>::min(),
                    1.0 - std::numeric_limits<double>::epsilon() / 2);
}

inline Sex sex_of(std::uint64_t seed, std::uint64_t index, const Selection& selection) {
  if (selection.sex) return *selection.sex;
  const auto purpose = static_cast<std::uint32_t>(purpose_of("f_female"));
  const double f_female = quantity_of("f_female", Sex::female).center;
  return random::uniform({seed, index, purpose, 0}) < f_female ? Sex::female : Sex::male;
}

/// The law of age on what is left of it.
inline Quantity age_law(Sex sex, const Selection& selection) {
  Quantity age = quantity_of("age_y", sex);
  if (selection.from_y) age.low = *selection.from_y;
  if (selection.until_y) age.high = *selection.until_y;
  return age;
}

/// GFR per 1.73 m2: level up to an age, then the mean falls, and its law with it.
inline double gfr_indexed_mL_per_min(Sex sex, double age_y, double score) {
  Quantity law = quantity_of("gfr_indexed_mL_per_min", sex);
  const double years = std::max(0.0, age_y - quantity_of("gfr_falls_from_age_y", sex).center);
  law.center -= years * quantity_of("gfr_fall_mL_per_min_per_y", sex).center;
  return value_at(law, score);
}

/// What the factors of the table make of the parameters.
inline void apply_factor(Subject& subject, const Quantity& law, double factor) {
  std::string_view rest = law.applies_to;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string key(rest.substr(0, end));
    subject.parameters[key] = factor * evidence::parameter(key).value;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

}  // namespace detail

MGPK_COMPILED const Quantity& quantity_of(std::string_view name, Sex sex) {
  const Of own = sex == Sex::female ? Of::female : Of::male;
  for (const auto& row : quantities)
    if (row.name == name && (row.of == Of::both || row.of == own)) return row;
  detail::purpose_of(name);  // throws
  return quantities.front();
}

MGPK_COMPILED double value_at(const Quantity& quantity, double score) {
  const double u = detail::share_below(score);
  const auto standard = [&](double x) { return (x - quantity.center) / quantity.spread; };
  switch (quantity.law) {
    case Law::uniform:
      return random::uniform_quantile_between(u, quantity.low, quantity.high);
    case Law::normal:
      return quantity.center +
             quantity.spread * random::normal_quantile_between(u, standard(quantity.low),
                                                               standard(quantity.high));
    case Law::lognormal: {
      const double median = std::log(quantity.center);
      const auto in_log = [&](double x) { return (std::log(x) - median) / quantity.spread; };
      return std::exp(median +
                      quantity.spread * random::normal_quantile_between(u, in_log(quantity.low),
                                                                        in_log(quantity.high)));
    }
    case Law::constant:
    case Law::share:
      break;
  }
  return quantity.center;
}

MGPK_COMPILED std::vector<double> scores_of(std::uint64_t seed, std::uint64_t index) {
  Eigen::VectorXd independent(static_cast<Eigen::Index>(detail::n_quantities));
  for (std::size_t i = 0; i < detail::n_quantities; ++i)
    independent(static_cast<Eigen::Index>(i)) =
        random::normal_quantile(random::uniform({seed, index, static_cast<std::uint32_t>(i), 0}));
  std::vector<double> scores(detail::n_quantities);
  for (std::size_t i = 0; i < scores.size(); ++i) {  // by hand: Eigen may sum in another order
    double sum = 0;
    for (std::size_t j = 0; j <= i; ++j)
      sum += detail::mixing()(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) *
             independent(static_cast<Eigen::Index>(j));
    scores[i] = sum;
  }
  return scores;
}

MGPK_COMPILED void validate(const Selection& selection) {
  const auto& law = quantity_of("age_y", Sex::female);
  const auto check = [&](std::string_view name, const std::optional<double>& age_y) {
    if (age_y)
      require_between(name, *age_y, law.low, law.high, "the population is one of adults that old");
  };
  check("youngest age_y", selection.from_y);
  check("oldest age_y", selection.until_y);
  const double from_y = selection.from_y.value_or(law.low);
  const double until_y = selection.until_y.value_or(law.high);
  require(from_y < until_y, "an age range must end after it starts", until_y,
          "give the youngest age, then the oldest");
}

/// The factors stand in the order of the table, after what makes the person.
MGPK_COMPILED std::vector<std::string> drawn_names() {
  std::vector<std::string> names{
      "age_y",          "height_cm",     "bmi_kg_per_m2",  "weight_kg", "gfr_indexed_mL_per_min",
      "gfr_mL_per_min", "diet_mg_per_d", "albumin_g_per_L"};
  for (const auto name : quantity_names)
    if (!quantity_of(name, Sex::female).applies_to.empty()) names.emplace_back(name);
  return names;
}

MGPK_COMPILED Person draw_person(std::uint64_t seed, std::uint64_t index,
                                 const Selection& selection) {
  validate(selection);
  const Sex sex = detail::sex_of(seed, index, selection);
  const auto scores = scores_of(seed, index);
  const auto score = [&](std::string_view name) { return scores[detail::purpose_of(name)]; };
  const auto draw = [&](std::string_view name) {
    return value_at(quantity_of(name, sex), score(name));
  };
  const double age_y = value_at(detail::age_law(sex, selection), score("age_y"));
  const double height_cm = draw("height_cm"), bmi_kg_per_m2 = draw("bmi_kg_per_m2");
  const double weight_kg = bmi_kg_per_m2 * std::pow(height_cm / 100.0, 2);
  const double gfr_indexed =
      detail::gfr_indexed_mL_per_min(sex, age_y, score("gfr_indexed_mL_per_min"));
  const evidence::Values<double> values;
  const double surface_m2 = kidney::body_surface_m2(values, height_cm, weight_kg);

  Person person;
  Subject& s = person.subject;
  s.sex = sex;
  s.age_y = age_y;
  s.height_cm = height_cm;
  s.weight_kg = weight_kg;
  s.gfr_mL_per_min = gfr_indexed * surface_m2 / values.body_surface_reference_m2;
  s.diet_mg_per_d = draw("diet_mg_per_d");
  s.albumin_g_per_L = draw("albumin_g_per_L");
  // People differ by more than the value of a typical person is uncertain.
  s.allow_outside_range = true;
  person.drawn = {age_y,       height_cm,         bmi_kg_per_m2,    weight_kg,
                  gfr_indexed, *s.gfr_mL_per_min, *s.diet_mg_per_d, *s.albumin_g_per_L};
  for (const auto name : quantity_names) {
    const auto& law = quantity_of(name, sex);
    if (law.applies_to.empty()) continue;
    person.drawn.push_back(draw(name));
    detail::apply_factor(s, law, person.drawn.back());
  }
  const auto& collection = quantity_of("urine_collection_factor", sex);
  const auto purpose = static_cast<std::uint32_t>(detail::purpose_of("urine_collection_factor"));
  const double n = quantity_of("n_urine_collections", sex).center;
  for (std::uint32_t place = 0; place < n; ++place)
    person.urine_collection_factors.push_back(value_at(
        collection, random::normal_quantile(random::uniform({seed, index, purpose, place}))));
  return person;
}

}  // namespace mgpk::people
