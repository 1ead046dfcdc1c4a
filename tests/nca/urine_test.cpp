// Urine: amounts, rates at midpoints, what is not collected, and renal clearance.
#include <mgpk/error.hpp>
#include <mgpk/nca/fields.hpp>
#include <mgpk/nca/urine.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace mgpk;
using namespace mgpk::nca;

namespace {

/// 100 in 20 L, out at 0.15 per h, 40 % of it through the kidney: 1.2 L/h.
double excreted_by(double t) { return 40 * -std::expm1(-0.15 * t); }

UrineInput collected(const std::vector<double>& edges) {
  UrineInput input;
  std::vector<double> cumulative;
  cumulative.reserve(edges.size());
  for (const double t : edges) cumulative.push_back(excreted_by(t));
  input.starts_h.assign(edges.begin(), edges.end() - 1);
  input.ends_h.assign(edges.begin() + 1, edges.end());
  input.amounts = amounts_between(cumulative);
  input.dose_amount = 100;
  return input;
}

UrineInput hourly() {
  std::vector<double> edges;
  for (int i = 0; i <= 24; ++i) edges.push_back(i);
  return collected(edges);
}

/// The collections of WinNonlin's example of urine as a forum entry prints them; amounts in ug.
UrineInput winnonlin_example() {
  UrineInput input;
  input.starts_h = {0, 2, 4, 6, 10, 18};
  input.ends_h = {2, 4, 6, 10, 18, 24};
  input.amounts = {4.0 * 105, 8.7 * 110, 12.8 * 234, 10.2 * 179, 6.7 * 309, 1.6 * 234};
  input.dose_amount = 10000;
  return input;
}

void every_gap_has_a_reason(const UrineResult& r) {
  for (const auto& field : fields_of<UrineResult>()) {
    CAPTURE(field.name);
    const bool told = r.reasons.contains(field.name) || r.not_asked.contains(field.name);
    CHECK(told == std::isnan(r.*field.number));
  }
}

}  // namespace

TEST_CASE("the amounts, rates and areas that are printed for WinNonlin's example of urine") {
  UrineInput input = winnonlin_example();
  const UrineResult r = analyse_urine(input);
  const std::vector<double> midpoints = {1, 3, 5, 8, 14},
                            rates = {210, 478.5, 1497.6, 456.45, 258.7875};
  const std::vector<double> cumulative = {420, 1377, 4372.2, 6198, 8268.3};
  const std::vector<double> areas = {105, 793.5, 2769.6, 5700.675};
  for (std::size_t i = 0; i < midpoints.size(); ++i) {
    CHECK(r.collections[i].midpoint_h == midpoints[i]);
    CHECK(r.collections[i].rate_amount_per_h == doctest::Approx(rates[i]).epsilon(1e-12));
    CHECK(r.collections[i].ae_cumulative_amount == doctest::Approx(cumulative[i]).epsilon(1e-12));
  }
  CHECK(r.ae_amount == doctest::Approx(8642.7).epsilon(1e-12));
  CHECK(std::abs(100 * r.f_excreted - 86.4) <= 0.05);
  // The area to the last midpoint, as the table has it line by line.
  for (std::size_t n = 1; n <= areas.size(); ++n) {
    UrineInput first = input;
    first.starts_h.resize(n);
    first.ends_h.resize(n);
    first.amounts.resize(n);
    CHECK(analyse_urine(first).aurc_last_amount == doctest::Approx(areas[n - 1]).epsilon(1e-12));
  }
  // Phoenix leaves the peak out and fits from 8 to 21 h, WinNonlin 5 fitted from 5 h on.
  CHECK(r.lambda_z_from_h == 8);
  CHECK(r.lambda_z_to_h == 21);
  // By that slope 2.455 % are left at 24 h.
  CHECK(std::abs(100 * std::exp(-24 * r.lambda_z_per_h) - 2.455) <= 0.5e-3);
  every_gap_has_a_reason(r);
  input.terminal.with_peak = true;
  CHECK(analyse_urine(input).lambda_z_from_h == 5);
}

TEST_CASE("rates fall as plasma does, and renal clearance is the closed form's") {
  UrineInput input = hourly();
  PlasmaInput plasma;
  plasma.route = Route::iv_bolus;
  for (const double t : {0.25, 1.0, 2.0, 4.0, 8.0, 12.0, 30.0}) {
    plasma.times_h.push_back(t);
    plasma.c_amount_per_L.push_back(5 * std::exp(-0.15 * t));
  }
  input.plasma = plasma;
  const UrineResult r = analyse_urine(input);
  const auto near = [](double value) { return doctest::Approx(value).epsilon(1e-10); };
  CHECK(r.ae_amount == near(excreted_by(24)));
  CHECK(r.f_excreted == near(excreted_by(24) / 100));
  CHECK(r.lambda_z_per_h == near(0.15));
  CHECK(r.rate_max_amount_per_h == near(excreted_by(1)));
  CHECK(r.t_rate_max_h == 0.5);
  CHECK(r.cl_renal_L_per_h == near(0.15 * 20 * 0.4));
  every_gap_has_a_reason(r);
}

TEST_CASE("a gap is told, and renal clearance takes plasma of the collected hours only") {
  UrineInput input = hourly();
  input.amounts[5] = std::nan("");
  CHECK_THROWS_WITH_AS(analyse_urine(input), doctest::Contains("collection from 5 to 6 h"),
                       InputError);
  input.missing = MissingRule::drop;
  PlasmaInput plasma;
  plasma.route = Route::iv_bolus;
  plasma.times_h = {0.5, 3, 9, 30};
  for (const double t : plasma.times_h) plasma.c_amount_per_L.push_back(5 * std::exp(-0.15 * t));
  input.plasma = plasma;
  const UrineResult r = analyse_urine(input);
  CHECK(r.cl_renal_L_per_h == doctest::Approx(1.2).epsilon(1e-10));
  bool told = false;
  for (const auto& note : r.notes)
    told = told || note.find("nothing collected from 5 to 6 h") != std::string::npos;
  CHECK(told);
}

TEST_CASE("a baseline of urine: a rate, or the amounts of the same person without the dose") {
  UrineInput input = collected({0, 2, 4, 8, 12, 24});
  const double without = analyse_urine(input).ae_amount;
  for (std::size_t i = 0; i < input.amounts.size(); ++i)
    input.amounts[i] += 0.2 * (input.ends_h[i] - input.starts_h[i]);
  input.baseline.kind = BaselineKind::constant;
  input.baseline.constant = 0.2;
  CHECK(analyse_urine(input).ae_amount == doctest::Approx(without).epsilon(1e-12));
  input.baseline.kind = BaselineKind::profile;
  input.baseline.profile = {0.4, 0.4, 0.8, 0.8, 2.4};
  CHECK(analyse_urine(input).ae_amount == doctest::Approx(without).epsilon(1e-12));
}

TEST_CASE("amounts below the baseline lower the sum unless they are to be zero") {
  UrineInput input = collected({0, 2, 4, 8, 12, 24});
  input.amounts = {5, 4, 3, 0.5, 1};
  input.baseline.kind = BaselineKind::profile;
  input.baseline.profile = {1, 1, 1, 1, 1.5};
  CHECK(analyse_urine(input).ae_amount == doctest::Approx(4 + 3 + 2 - 0.5 - 0.5));
  input.baseline.negative = NegativeRule::zero;
  const UrineResult zero = analyse_urine(input);
  CHECK(zero.ae_amount == doctest::Approx(9));
  CHECK(zero.t_rate_last_h == 6);
  every_gap_has_a_reason(zero);
}

TEST_CASE("empty urine gives NaN with reasons, bad collections are refused") {
  UrineInput input = collected({0, 2, 4});
  input.amounts = {0, 0};
  const UrineResult r = analyse_urine(input);
  CHECK(r.ae_amount == 0);
  CHECK(std::isnan(r.rate_last_amount_per_h));
  every_gap_has_a_reason(r);
  input.starts_h[1] = 1;
  CHECK_THROWS_WITH_AS(analyse_urine(input), doctest::Contains("two cannot overlap"), InputError);
  input.starts_h[1] = 4;
  CHECK_THROWS_WITH_AS(analyse_urine(input), doctest::Contains("give a later end"), InputError);
  input = collected({0, 2, 4});
  input.amounts[0] = -1;
  CHECK_THROWS_WITH_AS(analyse_urine(input), doctest::Contains("must not be negative"), InputError);
}
