// Both engines against an independent oracle, and against each other, on random data sets.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/classic/predict.hpp>
#include <mgpk/record/csv.hpp>

#include "random_records.hpp"

using namespace mgpk;
using classic::EngineKind;
using oracle::Carried;

namespace {

constexpr unsigned n_sets = 600;

/// Lag, F, D and R are those of the central compartment; of the parameters, clearance and volume
/// are columns.
classic::Model model_of(const oracle::RandomSet& set) {
  const oracle::Model& m = set.rows.front().model;
  const auto number = [](oracle::Number x) { return static_cast<double>(x); };
  classic::Model model;
  model.layout = {classic::Absorption::first_order, 0,
                  static_cast<std::size_t>(set.n_compartments)};
  auto& p = model.parameters;
  p.cl_L_per_h = "CL";
  p.v_central_L = "V";
  p.ka_per_h = number(m.ka);
  if (set.n_compartments > 1) {
    p.q_1_L_per_h = number(m.q1);
    p.v_peripheral_1_L = number(m.v1);
  }
  if (set.n_compartments > 2) {
    p.q_2_L_per_h = number(m.q2);
    p.v_peripheral_2_L = number(m.v2);
  }
  auto& central = model.doses[1];
  central.tlag_h = "LAGC";
  central.f_bioavailable = "FC";
  central.duration_h = "DC";
  central.rate = "RC";
  return model;
}

Carried rule_of(unsigned i) { return i % 4 < 2 ? Carried::backward : Carried::forward; }

/// Sets of each size, half of them with covariates that change, carried one way or the other.
std::vector<oracle::RandomSet> random_sets() {
  std::vector<oracle::RandomSet> sets;
  for (unsigned i = 0; i < n_sets; ++i)
    sets.push_back(oracle::Generator(1000 + i).set(1 + static_cast<int>(i % 3), i % 2 == 1));
  return sets;
}

const std::vector<oracle::RandomSet>& all_sets() {
  static const auto sets = random_sets();
  return sets;
}

std::vector<double> engine(unsigned i, EngineKind kind, double tolerance) {
  const auto& set = all_sets()[i];
  classic::PredictOptions options;
  options.engine = kind;
  options.relative_tolerance = tolerance;
  if (rule_of(i) == Carried::forward)
    options.covariates = {{"CL", classic::CovariateRule::carried_forward},
                          {"V", classic::CovariateRule::carried_forward}};
  return classic::predict(model_of(set), record::read_csv(oracle::csv({set})), options)
      .c_central_amount_per_L;
}

/// The largest difference, relative to the value, or to a billionth of the person's highest where
/// the value itself is next to nothing.
double difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double highest = 0, worst = 0;
  for (const double c : b) highest = std::max(highest, std::abs(c));
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double size = std::max(std::abs(b[i]), 1e-9 * highest);
    if (a[i] == b[i]) continue;
    worst = std::max(worst, std::isfinite(a[i]) ? std::abs(a[i] - b[i]) / size : 1e300);
  }
  return worst;
}

std::vector<double> answer(unsigned i) { return oracle::Walk(rule_of(i)).run(all_sets()[i].rows); }

}  // namespace

TEST_CASE("the oracle knows the textbook: one dose by mouth") {
  oracle::Row dose;
  dose.evid = 1;
  dose.amt = 100;
  dose.model = {1.2L, 2, 10, 0, 15, 0, 30};
  oracle::Row look = dose;
  look.evid = 0;
  look.time = 3;
  const double c = oracle::Walk(Carried::backward).run({dose, look}).back();
  CHECK(c == doctest::Approx(12 * (std::exp(-0.6) - std::exp(-3.6))).epsilon(1e-13));
}

TEST_CASE("the random sets hold what they should") {
  std::size_t n_lagged = 0, n_repeated = 0, n_settled = 0, n_added = 0, n_resets = 0, n_endless = 0;
  std::size_t n_infusions = 0, n_modelled = 0, n_equal_times = 0, n_back = 0;
  for (const auto& set : all_sets())
    for (std::size_t i = 0; i < set.rows.size(); ++i) {
      const auto& row = set.rows[i];
      const bool gives = row.evid == 1 || row.evid == 4;
      n_lagged += gives && row.cmt == 2 && row.lag > 0;
      n_repeated += row.addl > 0;
      n_settled += row.ss == 1;
      n_added += row.ss == 2;
      n_endless += row.ss > 0 && row.amt == 0;
      n_resets += row.evid >= 3;
      n_infusions += row.rate > 0;
      n_modelled += row.rate < 0;
      n_equal_times += i > 0 && row.time == set.rows[i - 1].time;
      n_back += i > 0 && row.time < set.rows[i - 1].time;
    }
  for (const std::size_t n : {n_lagged, n_repeated, n_settled, n_added, n_endless, n_resets,
                              n_infusions, n_modelled, n_equal_times, n_back})
    CHECK(n > 40);
}

TEST_CASE("the closed form agrees with the oracle to 1e-9") {
  double worst = 0;
  for (unsigned i = 0; i < n_sets; ++i) {
    CAPTURE(i);
    const double d = difference(engine(i, EngineKind::closed_form, 1e-9), answer(i));
    CHECK(d < 1e-9);
    worst = std::max(worst, d);
  }
  MESSAGE("worst: " << worst);
}

TEST_CASE("the solver at 1e-12 agrees with the oracle to 1e-9") {
  double worst = 0;
  for (unsigned i = 0; i < n_sets; ++i) {
    CAPTURE(i);
    const double d = difference(engine(i, EngineKind::ode, 1e-12), answer(i));
    CHECK(d < 1e-9);
    worst = std::max(worst, d);
  }
  MESSAGE("worst: " << worst);
}

TEST_CASE("the engines agree with each other to 1e-7 at default tolerances") {
  double worst = 0;
  for (unsigned i = 0; i < n_sets; ++i) {
    CAPTURE(i);
    const double d =
        difference(engine(i, EngineKind::ode, classic::PredictOptions{}.relative_tolerance),
                   engine(i, EngineKind::closed_form, 1e-9));
    CHECK(d < 1e-7);
    worst = std::max(worst, d);
  }
  MESSAGE("worst: " << worst);
}
