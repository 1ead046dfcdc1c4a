// A trial of magnesium against placebo, drawn many times from what trials have published: how often
// it would find a difference. People are drawn about published means; no plasma level is in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <mgpk/compiled.hpp>
#include <mgpk/trial/trial_effect.hpp>

namespace mgpk::trial {

/// Two arms of one size; a two-sided test.
struct TrialOptions {
  std::size_t n_per_arm = 50;
  std::size_t n_trials = 1000;
  std::uint64_t seed = 1;
  double alpha = 0.05;
};

/// Shares of the trials with P below alpha. Each with its Monte Carlo standard error.
struct TrialResult {
  TrialEffect effect;
  TrialOptions options;
  double sd = 0;       ///< between persons, in the unit of the outcome; of shares NaN
  double f_power = 0;  ///< if the published mean difference were true
  double f_power_se = 0;
  double f_power_in_favour = 0;  ///< of these, with the better side on magnesium
  double f_assurance = 0;        ///< over the uncertainty of the published difference
  double f_assurance_se = 0;
  double f_assurance_in_favour = 0;
};

/// Counts are tested by Welch's t, as their means; shares by z.
/// @param name  a row of trial/trial_effects.hpp that can be simulated
/// @throws UnknownNameError for a name that is not known; InputError for a row whose spread is not
///         known, and for options that are refused
MGPK_COMPILED TrialResult simulate_trial(std::string_view name, const TrialOptions& options = {});

}  // namespace mgpk::trial

#if MGPK_DEFINE_COMPILED
#include <mgpk/trial/detail/simulate_trial.hpp>
#endif
