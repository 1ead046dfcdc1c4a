// How a trial is drawn. Each draw is named by seed, trial, person and purpose, and so depends on
// nothing else: neither on the size of the trial nor on who draws it when.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <mgpk/error.hpp>
#include <mgpk/random/quantile.hpp>
#include <mgpk/random/stream.hpp>
#include <mgpk/trial/arm.hpp>
#include <mgpk/trial/simulate_trial.hpp>
#include <mgpk/trial/tests.hpp>
#include <mgpk/trial/trial_effects.hpp>

namespace mgpk::trial {

namespace detail {

/// Purposes of draws, far from those of people.
enum Purpose : std::uint32_t {
  person_on_placebo = 0x70000000,
  person_on_magnesium,
  true_difference
};

inline constexpr double most_people = 2e7;

inline void check(const TrialEffect& effect, const TrialOptions& o) {
  if (!effect.simulated)
    fail("a trial is simulated from an outcome whose spread is known",
         '"' + std::string(effect.key) + '"',
         "of this one, " + std::string(effect.why_not) + "; choose another");
  const auto per_arm = static_cast<double>(o.n_per_arm), trials = static_cast<double>(o.n_trials);
  require_between("n_per_arm", per_arm, 2, 1e6, "give the people of each arm");
  require_between("n_trials", trials, 1, 1e6, "give how many trials are drawn");
  require(per_arm * trials <= most_people, "n_per_arm times n_trials must be at most 20000000",
          per_arm * trials, "draw fewer trials");
  require_between("alpha", o.alpha, 1e-6, 0.5, "give the level of the test, such as 0.05");
}

/// Where a true difference can lie: shares stay shares, and counts positive.
inline double drawn_difference(const TrialEffect& effect, double u) {
  double low = -std::numeric_limits<double>::infinity(), high = -low;
  if (effect.kind != Outcome::normal) low = (1e-6 - effect.placebo - effect.difference) / effect.se;
  if (effect.kind == Outcome::proportion)
    high = (1.0 - 1e-6 - effect.placebo - effect.difference) / effect.se;
  return effect.difference + effect.se * random::normal_quantile_between(u, low, high);
}

/// One arm of one trial.
inline ArmSums arm(const ArmLaw& law, const TrialOptions& o, std::size_t trial, Purpose purpose) {
  ArmSums sums;
  for (std::size_t person = 0; person < o.n_per_arm; ++person) {
    const std::uint64_t subject = (std::uint64_t{trial} << 32) | std::uint64_t{person};
    sums.add(law.seen(random::uniform({o.seed, subject, purpose, 0})));
  }
  return sums;
}

/// How many trials found a difference, and how many of them one in favour of magnesium.
struct Found {
  double n_found = 0;
  double n_in_favour = 0;

  void look(const TrialEffect& effect, const ArmSums& magnesium, const ArmSums& placebo,
            double alpha) {
    const double p = effect.kind == Outcome::proportion ? p_value_shares(magnesium, placebo)
                                                        : p_value_welch(magnesium, placebo);
    if (!(p < alpha)) return;
    n_found += 1;
    const bool lower = magnesium.mean() < placebo.mean();
    if (lower == effect.lower_is_better) n_in_favour += 1;
  }
};

inline double standard_error_of(double f, double n) { return std::sqrt(f * (1.0 - f) / n); }

}  // namespace detail

MGPK_COMPILED TrialResult simulate_trial(std::string_view name, const TrialOptions& o) {
  const TrialEffect& effect = trial_effect(name);
  detail::check(effect, o);
  const ArmLaw placebo(effect, 0.0), as_published(effect, effect.difference);
  detail::Found at_mean, over_all;
  for (std::size_t trial = 0; trial < o.n_trials; ++trial) {
    const auto without = detail::arm(placebo, o, trial, detail::person_on_placebo);
    const auto with = detail::arm(as_published, o, trial, detail::person_on_magnesium);
    at_mean.look(effect, with, without, o.alpha);
    const double u = random::uniform({o.seed, trial, detail::true_difference, 0});
    const ArmLaw drawn(effect, detail::drawn_difference(effect, u));
    over_all.look(effect, detail::arm(drawn, o, trial, detail::person_on_magnesium), without,
                  o.alpha);
  }
  const auto n = static_cast<double>(o.n_trials);
  TrialResult result{effect, o};
  result.sd = effect.kind == Outcome::proportion ? std::nan("") : spread_between_persons(effect);
  result.f_power = at_mean.n_found / n;
  result.f_power_se = detail::standard_error_of(result.f_power, n);
  result.f_power_in_favour = at_mean.n_in_favour / n;
  result.f_assurance = over_all.n_found / n;
  result.f_assurance_se = detail::standard_error_of(result.f_assurance, n);
  result.f_assurance_in_favour = over_all.n_in_favour / n;
  return result;
}

}  // namespace mgpk::trial
