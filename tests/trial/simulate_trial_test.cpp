// Trials that are drawn have the power that the closed form says, and depend on nothing but names.
#include <mgpk/trial/simulate_trial.hpp>

#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include <mgpk/trial/arm.hpp>
#include <mgpk/trial/trial_effects.hpp>

using namespace mgpk;
using trial::simulate_trial;

namespace {

/// Power of the two-sided t test of two groups of one size and one deviation.
double power_of_t_test(double difference, double sd, double n_per_arm, double alpha) {
  namespace math = boost::math;
  const double freedom = 2 * n_per_arm - 2;
  const double away = std::abs(difference) / (sd * std::sqrt(2 / n_per_arm));
  const double t = math::quantile(math::complement(math::students_t(freedom), alpha / 2));
  const math::non_central_t law(freedom, away);
  return math::cdf(math::complement(law, t)) + math::cdf(law, -t);
}

double normal_above(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

/// Power of z for two shares, without the side that is never found.
double power_of_z_test(double p0, double p1, double n_per_arm, double z_alpha) {
  const double common = 0.5 * (p0 + p1);
  const double pooled = std::sqrt(2 * common * (1 - common) / n_per_arm);
  const double own = std::sqrt((p0 * (1 - p0) + p1 * (1 - p1)) / n_per_arm);
  return normal_above((z_alpha * pooled - std::abs(p1 - p0)) / own);
}

/// Within four Monte Carlo errors.
void check_near(double found, double expected, double n_trials) {
  CAPTURE(found);
  CAPTURE(expected);
  CHECK(std::abs(found - expected) < 4 * std::sqrt(expected * (1 - expected) / n_trials));
}

}  // namespace

TEST_CASE("a normal outcome has the power of the two-sample t test") {
  for (const std::size_t n : {20U, 60U, 200U}) {
    const auto result =
        simulate_trial("sleep_onset", {.n_per_arm = n, .n_trials = 4000, .seed = 3});
    const double expected = power_of_t_test(-17.36, result.sd, static_cast<double>(n), 0.05);
    check_near(result.f_power, expected, 4000);
    CHECK(result.f_power_se ==
          doctest::Approx(std::sqrt(result.f_power * (1 - result.f_power) / 4000)));
  }
}

TEST_CASE("the level of the test is kept where there is no difference") {
  auto null = trial::trial_effect("cramps_older_change");
  REQUIRE(null.kind == trial::Outcome::normal);
  const double expected =
      power_of_t_test(null.difference, trial::spread_between_persons(null), 8, 0.01);
  const auto result =
      simulate_trial("cramps_older_change", {.n_per_arm = 8, .n_trials = 20000, .alpha = 0.01});
  check_near(result.f_power, expected, 20000);
}

TEST_CASE("shares have the power of the z test") {
  const auto result =
      simulate_trial("cramps_pregnancy_bisglycinate", {.n_per_arm = 100, .n_trials = 4000});
  check_near(result.f_power, power_of_z_test(0.605, 0.86, 100, 1.959964), 4000);
  CHECK(std::isnan(result.sd));
}

TEST_CASE("counts have about the power of means with that spread") {
  const auto& cramps = trial::trial_effect("cramps_older");
  const double sd = trial::spread_between_persons(cramps);
  CHECK(sd * sd == doctest::Approx(0.3393 * 0.3393 * 307 / 4).epsilon(0.001));
  const double shape = trial::shape_of_counts(cramps);
  CHECK(4.68 + 4.68 * 4.68 / shape == doctest::Approx(sd * sd).epsilon(1e-12));
  const auto result = simulate_trial("cramps_older", {.n_per_arm = 2000, .n_trials = 2000});
  CHECK(result.f_power == doctest::Approx(power_of_t_test(-0.18, sd, 2000, 0.05)).epsilon(0.12));
}

TEST_CASE("a count law has the mean and the variance of its name") {
  const double mean = 4.68, shape = 5.0;
  const trial::CountLaw law(mean, shape);
  double sum = 0, squares = 0;
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double x = law.quantile((i + 0.5) / n);
    sum += x / n;
    squares += x * x / n;
  }
  CHECK(sum == doctest::Approx(mean).epsilon(1e-4));
  CHECK(squares - sum * sum == doctest::Approx(mean + mean * mean / shape).epsilon(1e-3));
  // (shape / (shape + mean))^shape have none.
  const double f_none = std::pow(shape / (shape + mean), shape);
  CHECK(law.quantile(f_none * 0.999) == 0);
  CHECK(law.quantile(f_none * 1.001) == 1);
}

TEST_CASE("over the uncertainty of a near-null effect a larger trial finds more, and both ways") {
  const auto small = simulate_trial("cramps_older", {.n_per_arm = 100});
  const auto large = simulate_trial("cramps_older", {.n_per_arm = 2000, .n_trials = 500});
  CHECK(small.f_assurance > small.f_power);
  CHECK(large.f_assurance > small.f_assurance + 0.2);
  CHECK(large.f_assurance_in_favour < large.f_assurance);
  CHECK(large.f_assurance_in_favour > 0);
}

TEST_CASE("assurance is the mean of the power over the differences, by the closed form") {
  const auto result = simulate_trial("pressure_systolic", {.n_per_arm = 300, .n_trials = 4000});
  const auto& effect = result.effect;
  double expected = 0;
  for (int i = 0; i < 2000; ++i) {
    const double z = random::normal_quantile((i + 0.5) / 2000);
    expected += power_of_t_test(effect.difference + effect.se * z, result.sd, 300, 0.05) / 2000;
  }
  check_near(result.f_assurance, expected, 4000);
}

TEST_CASE("draws depend on nothing but their names") {
  const trial::TrialOptions options{.n_per_arm = 40, .n_trials = 500, .seed = 7};
  const auto a = simulate_trial("sleep_onset", options), b = simulate_trial("sleep_onset", options);
  CHECK(a.f_power == b.f_power);
  CHECK(a.f_assurance == b.f_assurance);
  const auto other = simulate_trial("sleep_onset", {.n_per_arm = 40, .n_trials = 500, .seed = 8});
  CHECK((a.f_power != other.f_power || a.f_assurance != other.f_assurance));
}

TEST_CASE("what cannot be simulated says why") {
  CHECK_THROWS_WITH_AS(simulate_trial("sleep_duration"),
                       "a trial is simulated from an outcome whose spread is known, but it is "
                       "\"sleep_duration\"; of this one, not significant; the interval was not "
                       "noted; choose another",
                       InputError);
  CHECK_THROWS_AS(simulate_trial("sleep"), UnknownNameError);
  CHECK_THROWS_AS(simulate_trial("sleep_onset", {.n_per_arm = 1}), InputError);
  CHECK_THROWS_AS(simulate_trial("sleep_onset", {.n_trials = 0}), InputError);
  CHECK_THROWS_AS(simulate_trial("sleep_onset", {.alpha = 0}), InputError);
  CHECK_THROWS_AS(simulate_trial("sleep_onset", {.n_per_arm = 1000000, .n_trials = 1000}),
                  InputError);
}
