// Analysis of plasma against closed forms, and the rules for what is low, missing or endogenous.
#include <mgpk/error.hpp>
#include <mgpk/nca/fields.hpp>
#include <mgpk/nca/plasma.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace mgpk;
using namespace mgpk::nca;

namespace {

const std::vector<double> hours = {0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24};

template <class Curve>
PlasmaInput sampled(const std::vector<double>& times, Curve curve) {
  PlasmaInput input;
  input.times_h = times;
  for (const double t : times) input.c_amount_per_L.push_back(curve(t));
  input.dose_amount = 100;
  return input;
}

/// 100 into 20 L, out at 0.15 per h.
PlasmaInput bolus() {
  auto input = sampled(hours, [](double t) { return 5 * std::exp(-0.15 * t); });
  input.route = Route::iv_bolus;
  return input;
}

PlasmaInput oral() {
  auto input = sampled(hours, [](double t) { return 6 * (std::exp(-0.1 * t) - std::exp(-t)); });
  return input;
}

void every_gap_has_a_reason(const PlasmaResult& r) {
  for (const auto& field : fields_of<PlasmaResult>()) {
    CAPTURE(field.name);
    const bool told = r.reasons.contains(field.name) || r.not_asked.contains(field.name);
    CHECK(told == std::isnan(r.*field.number));
  }
  for (const auto* told : {&r.reasons, &r.not_asked})
    for (const auto& entry : *told) CHECK_MESSAGE(!entry.second.empty(), entry.first);
}

bool noted(const PlasmaResult& r, const std::string& words) {
  for (const auto& note : r.notes)
    if (note.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("a bolus into one compartment gives its volume and clearance back exactly") {
  const PlasmaResult r = analyse_plasma(bolus());
  const auto near = [](double value) { return doctest::Approx(value).epsilon(1e-12); };
  CHECK(r.c_start_amount_per_L == near(5));
  CHECK(r.lambda_z_per_h == near(0.15));
  CHECK(r.n_lambda_z == 10);
  CHECK(r.cl_observed_L_per_h == near(3));
  CHECK(r.cl_predicted_L_per_h == near(3));
  CHECK(r.vz_observed_L == near(20));
  CHECK(r.vss_observed_L == near(20));
  CHECK(r.mrt_inf_observed_h == near(1 / 0.15));
  CHECK(r.f_auc_extrapolated_observed == near(std::exp(-0.15 * 24)));
  CHECK(r.f_auc_back_extrapolated_observed == near(-std::expm1(-0.15 * 0.5)));
  every_gap_has_a_reason(r);
}

TEST_CASE("after an infusion, half of its length is taken off the residence time") {
  auto input = sampled({0, 1, 2, 3, 4, 6, 8, 12, 16, 24}, [](double t) {
    const double k = 0.15, rate = 50;  // 2 h of 50 per h into 20 L
    return rate / 3 * (t < 2 ? -std::expm1(-k * t) : -std::expm1(-k * 2) * std::exp(-k * (t - 2)));
  });
  input.route = Route::iv_infusion;
  input.infusion_h = 2;
  const PlasmaResult r = analyse_plasma(input);
  // The rise is not a line: what stands against the closed form is what the rule makes of it.
  CHECK(r.lambda_z_per_h == doctest::Approx(0.15).epsilon(1e-12));
  CHECK(r.lambda_z_from_h == 3);
  CHECK(r.mrt_inf_observed_h ==
        doctest::Approx(r.aumc_inf_observed_amount_h_h_per_L / r.auc_inf_observed_amount_h_per_L -
                        1));
  CHECK(r.mrt_inf_observed_h == doctest::Approx(1 / 0.15).epsilon(0.01));
  CHECK(r.vss_observed_L == doctest::Approx(20).epsilon(0.02));
  every_gap_has_a_reason(r);
}

TEST_CASE("at steady state clearance and residence time come out of one interval alone") {
  const double k = 0.15, tau = 12;
  auto input = sampled({0, 1, 2, 4, 6, 8, 10, 12},
                       [&](double t) { return 5 * std::exp(-k * t) / -std::expm1(-k * tau); });
  input.route = Route::iv_bolus;
  input.tau_h = tau;
  input.at_steady_state = true;
  const PlasmaResult r = analyse_plasma(input);
  const auto near = [](double value) { return doctest::Approx(value).epsilon(1e-12); };
  CHECK(r.cl_tau_L_per_h == near(3));
  CHECK(r.vz_tau_L == near(20));
  CHECK(r.mrt_tau_h == near(1 / k));
  CHECK(r.vss_tau_L == near(20));
  CHECK(r.c_average_tau_amount_per_L == near(100 / (3 * tau)));
  CHECK(r.accumulation_lambda_z_ratio == near(1 / (1 - std::exp(-k * tau))));
  CHECK(r.swing_ratio == near(std::expm1(k * tau)));
  CHECK(r.fluctuation_ratio ==
        near((r.c_max_tau_amount_per_L - r.c_min_tau_amount_per_L) / r.c_average_tau_amount_per_L));
  CHECK(std::isnan(r.cl_observed_L_per_h));  // over the area to infinity it would be too small
  every_gap_has_a_reason(r);
}

TEST_CASE("areas scale with concentration, times with time, and ratios with neither") {
  auto input = oral();
  input.tau_h = 12;
  input.partial = {{0, 12}, {3, 30}};
  const PlasmaResult one = analyse_plasma(input);
  for (double& c : input.c_amount_per_L) c *= 1000;
  const PlasmaResult high = analyse_plasma(input);
  for (double& t : input.times_h) t *= 10;
  input.tau_h = 120;
  const PlasmaResult slow = analyse_plasma(input);
  const auto near = [](double value) { return doctest::Approx(value).epsilon(1e-10); };
  CHECK(high.auc_inf_observed_amount_h_per_L == near(1000 * one.auc_inf_observed_amount_h_per_L));
  CHECK(slow.aumc_last_amount_h_h_per_L == near(1e5 * one.aumc_last_amount_h_h_per_L));
  CHECK(slow.mrt_inf_predicted_h == near(10 * one.mrt_inf_predicted_h));
  CHECK(slow.cl_observed_L_per_h == near(one.cl_observed_L_per_h / 1e4));
  CHECK(slow.swing_ratio == near(one.swing_ratio));
  CHECK(slow.f_auc_extrapolated_observed == near(one.f_auc_extrapolated_observed));
  CHECK(slow.lambda_z_span_ratio == near(one.lambda_z_span_ratio));
}

TEST_CASE("parts of an area add up, beyond the last sample too") {
  auto input = oral();
  input.partial = {{0, 5.3}, {5.3, 20}, {20, 40}, {40, 100}, {0, 100}};
  const PlasmaResult r = analyse_plasma(input);
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += r.partial[i].auc_amount_h_per_L;
  CHECK(sum == doctest::Approx(r.partial[4].auc_amount_h_per_L).epsilon(1e-13));
  const double beyond = r.c_last_amount_per_L / r.lambda_z_per_h *
                        -std::expm1(-r.lambda_z_per_h * (100 - r.t_last_h));
  CHECK(sum == doctest::Approx(r.auc_last_amount_h_per_L + beyond).epsilon(1e-12));
  CHECK(r.partial[4].f_extrapolated == doctest::Approx(beyond / sum));
  CHECK(r.partial[0].f_extrapolated == 0);
  CHECK(r.partial[3].f_extrapolated == doctest::Approx(1));
  CHECK(std::isnan(r.partial[3].c_max_amount_per_L));
}

TEST_CASE("two intervals give the accumulation that was seen") {
  auto input = sampled({0, 1, 2, 4, 8, 12, 13, 14, 16, 20, 24}, [](double t) {
    return t < 12 ? 2 * std::exp(-0.1 * t) : 3 * std::exp(-0.1 * (t - 12));
  });
  input.route = Route::iv_bolus;
  input.accumulation = {{0, 8}, {12, 20}};
  const PlasmaResult r = analyse_plasma(input);
  CHECK(r.accumulation_auc_ratio == doctest::Approx(1.5));
  CHECK(r.accumulation_c_max_ratio == doctest::Approx(1.5));
  CHECK(r.accumulation_c_min_ratio == doctest::Approx(1.5));
  every_gap_has_a_reason(r);
}

TEST_CASE("samples below the limit: each place has its rule") {
  PlasmaInput input;
  input.times_h = {0, 1, 2, 3, 4, 5, 6, 7, 8};
  input.c_amount_per_L = {0.02, 4, 3, 0.05, 2, 1, 0.5, 0.04, 0.03};
  input.blq.lloq_amount_per_L = 0.1;
  const auto area = [&](BlqRule before, BlqRule between, BlqRule after) {
    input.blq.before = before;
    input.blq.between = between;
    input.blq.after = after;
    input.rule = AreaRule::linear;
    return analyse_plasma(input);
  };
  const PlasmaResult usual = area(BlqRule::zero, BlqRule::drop, BlqRule::zero);
  CHECK(usual.auc_last_amount_h_per_L == doctest::Approx(2 + 3.5 + 5 + 1.5 + 0.75));
  CHECK(usual.auc_all_amount_h_per_L == doctest::Approx(12.75 + 0.25));
  CHECK(usual.t_last_h == 6);
  CHECK(usual.tlag_h == 0);
  CHECK(noted(usual, "between quantifiable ones dropped"));
  const PlasmaResult half = area(BlqRule::half, BlqRule::half, BlqRule::half);
  CHECK(half.auc_last_amount_h_per_L == doctest::Approx(2.025 + 3.5 + 1.525 + 1.025 + 1.5 + 0.75));
  CHECK(half.auc_all_amount_h_per_L == doctest::Approx(10.325 + 0.275 + 0.05));
  CHECK(half.t_last_h == 6);  // half a limit is no measurement
  const PlasmaResult kept = area(BlqRule::keep, BlqRule::keep, BlqRule::keep);
  CHECK(kept.t_last_h == 8);
  CHECK(kept.auc_last_amount_h_per_L ==
        doctest::Approx(2.01 + 3.5 + 1.525 + 1.025 + 1.5 + 0.75 + 0.27 + 0.035));
  const PlasmaResult dropped = area(BlqRule::drop, BlqRule::drop, BlqRule::drop);
  CHECK(dropped.auc_all_amount_h_per_L == doctest::Approx(12.75));
}

TEST_CASE("a mark alone makes a sample BLQ, and it needs no number") {
  PlasmaInput input = oral();
  input.c_amount_per_L.back() = std::nan("");
  input.is_blq = {false, false, false, false, false, false, false, false, false, true};
  CHECK(analyse_plasma(input).t_last_h == 16);
  input.blq.after = BlqRule::half;
  CHECK_THROWS_WITH_AS(analyse_plasma(input), doctest::Contains("give lloq_amount_per_L"),
                       InputError);
}

TEST_CASE("a baseline leaves what the dose added, however it is given") {
  auto input = oral();
  const PlasmaResult alone = analyse_plasma(input);
  for (std::size_t i = 0; i < hours.size(); ++i)
    input.c_amount_per_L[i] += 0.8 + 0.1 * std::sin(hours[i]);
  input.baseline.kind = BaselineKind::profile;
  for (const double t : hours) input.baseline.profile.push_back(0.8 + 0.1 * std::sin(t));
  const PlasmaResult corrected = analyse_plasma(input);
  for (const auto& field : fields_of<PlasmaResult>()) {
    CAPTURE(field.name);
    if (std::isnan(alone.*field.number))
      CHECK(std::isnan(corrected.*field.number));
    else
      CHECK(corrected.*field.number == doctest::Approx(alone.*field.number).epsilon(1e-9));
  }
}

TEST_CASE("the baseline of the samples before the dose is their mean") {
  PlasmaInput input;
  input.times_h = {6, 7, 8, 9, 10, 12, 16, 20};
  input.c_amount_per_L = {0.8, 0.9, 1.0, 2.9, 2.1, 1.4, 1.15, 1.0};
  input.dose_at_h = 8;
  input.baseline.kind = BaselineKind::predose;
  const PlasmaResult r = analyse_plasma(input);
  CHECK(noted(r, "a baseline of 0.9"));
  CHECK(r.c_max_amount_per_L == doctest::Approx(2.0));
  CHECK(r.t_max_h == 1);
  CHECK(noted(r, "2 sample(s) before the dose left out"));
}

TEST_CASE("values below the baseline stay negative in the sums unless asked otherwise") {
  PlasmaInput input;
  input.times_h = {0, 1, 2, 4, 6, 8, 12, 16};
  input.c_amount_per_L = {0.9, 2.9, 2.1, 1.4, 1.1, 0.95, 0.7, 0.7};
  input.rule = AreaRule::linear;
  input.baseline.kind = BaselineKind::constant;
  input.baseline.constant = 0.9;
  const PlasmaResult kept = analyse_plasma(input);
  CHECK(kept.auc_all_amount_h_per_L - kept.auc_last_amount_h_per_L ==
        doctest::Approx(4 * (0.05 - 0.2) / 2 - 4 * 0.2));
  CHECK(kept.t_last_h == 8);
  CHECK(noted(kept, "2 value(s) below the baseline, kept negative"));
  input.baseline.negative = NegativeRule::zero;
  const PlasmaResult zero = analyse_plasma(input);
  CHECK(zero.auc_all_amount_h_per_L - zero.auc_last_amount_h_per_L == doctest::Approx(0.1));
  CHECK(noted(zero, "set to zero as asked"));
  every_gap_has_a_reason(kept);
}

TEST_CASE("nothing to see gives NaN with reasons") {
  PlasmaInput input;
  input.times_h = {0, 1, 2, 4};
  input.c_amount_per_L = {0, 0, 0, 0};
  input.dose_amount = 5;
  input.tau_h = 12;
  input.at_steady_state = true;
  input.partial = {{0, 4}, {0, 6}};
  const PlasmaResult r = analyse_plasma(input);
  CHECK(r.reasons.at("auc_last_amount_h_per_L") == "no positive concentration was measured");
  CHECK(r.partial[0].auc_amount_h_per_L == 0);
  CHECK(std::isnan(r.partial[1].auc_amount_h_per_L));
  CHECK(r.partial[1].reason.find("stands at 4 h") != std::string::npos);
  every_gap_has_a_reason(r);
  input.c_amount_per_L = {0, 3, 2, 0};
  const PlasmaResult few = analyse_plasma(input);
  CHECK(few.reasons.at("half_life_h").find("only 1") != std::string::npos);
  CHECK(few.auc_last_amount_h_per_L > 0);
  every_gap_has_a_reason(few);
  input.times_h = {0};
  input.c_amount_per_L = {1};
  input.route = Route::iv_bolus;
  every_gap_has_a_reason(analyse_plasma(input));
}

TEST_CASE("areas that the baseline makes negative give no clearance") {
  PlasmaInput input = bolus();
  input.baseline.kind = BaselineKind::profile;
  for (const double c : input.c_amount_per_L) input.baseline.profile.push_back(c + 3);
  input.baseline.profile[7] = input.baseline.profile[8] = input.baseline.profile[9] = 0;
  const PlasmaResult r = analyse_plasma(input);
  CHECK(r.auc_inf_observed_amount_h_per_L < 0);
  CHECK(r.reasons.at("cl_observed_L_per_h").find("is not positive") != std::string::npos);
  every_gap_has_a_reason(r);
}

TEST_CASE("C0 of a bolus: seen, extrapolated back, or the first sample") {
  PlasmaInput input =
      sampled({0, 1, 2, 4, 8}, [](double t) { return t > 0 ? 5 * std::exp(-0.15 * t) : 5.5; });
  input.route = Route::iv_bolus;
  CHECK(analyse_plasma(input).c_start_amount_per_L == 5.5);
  input.c_amount_per_L[0] = 0;  // drawn before
  CHECK(analyse_plasma(input).c_start_amount_per_L == doctest::Approx(5));
  input.c_amount_per_L[1] = 1;
  CHECK(analyse_plasma(input).c_start_amount_per_L == 1);
}

TEST_CASE("bad data are refused in the grammar of the house") {
  const auto refused = [](const PlasmaInput& input, const char* words) {
    CHECK_THROWS_WITH_AS(analyse_plasma(input), doctest::Contains(words), InputError);
  };
  PlasmaInput input = oral();
  input.times_h[3] = 2;
  refused(input, "times of samples must increase, but it is 2 h after 2 h; give one sample per");
  input.times_h[3] = 1.5;
  refused(input, "but it is 1.5 h after 2 h; sort them");
  input = oral();
  input.c_amount_per_L[2] = -0.1;
  refused(input, "must not be negative, but it is -0.1 at 2 h; give the baseline");
  input = oral();
  input.c_amount_per_L[2] = std::nan("");
  refused(input, "must be a number, but it is NaN at 2 h");
  input.missing = MissingRule::drop;
  CHECK(noted(analyse_plasma(input), "1 sample(s) without a value dropped"));
  input = oral();
  input.infusion_h = 1;
  refused(input, "infusion_h is read only for an infusion, but it is 1");
  input = oral();
  input.at_steady_state = true;
  refused(input, "needs the dosing interval");
  input = oral();
  input.partial = {{4, 4}};
  refused(input, "an interval must end after it starts, but it is 4");
  input = oral();
  input.dose_amount = 0;
  refused(input, "dose_amount must be finite and positive, but it is 0");
  input = oral();
  input.baseline.kind = BaselineKind::profile;
  input.baseline.profile = {1, 2};
  refused(input, "one value per sample, but it is 2");
  input = oral();
  input.dose_at_h = 100;
  refused(input, "needs samples after the dose");
}
