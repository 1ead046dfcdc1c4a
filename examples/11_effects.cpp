// What a month of a supplement would do, by rank, and how often a trial would see a difference.
#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include <mgpk/mgpk.hpp>

int main() {
  const auto plan = mgpk::Schedule().oral("glycinate", mgpk::elemental_mg(300),
                                          {.at_h = 22, .every_h = 24, .times = 28});
  const mgpk::Run run = mgpk::simulate({}, plan, {.until_h = 28 * 24});
  const auto effects = mgpk::simulation::effects_of(run);

  std::printf("300 mg as glycinate at 22 h for 28 days; at the end\n");
  for (const auto& [name, column] : {std::pair{"stool", "stool_mass_g_per_d"},
                                     {"csf", "c_csf_total_mmol_per_L"},
                                     {"nmda_block", "nmda_open_relative"},
                                     {"neuromuscular_release", "nmj_release_relative"},
                                     {"ryr1_release", "ryr1_release_relative"},
                                     {"glycine", "glycine_mg_per_d"}})
    std::printf("  %-24s%10.4f  %s\n", column, effects.column(column).back(),
                mgpk::effect::rank_in_words(mgpk::effect::effect(name)).c_str());
  const auto bands = effects.column("n_toxicity_bands");
  std::printf("  bands of toxicity reached: %.0f\n", *std::max_element(bands.begin(), bands.end()));

  const auto& sleep = mgpk::effect::effect("sleep");
  if (!sleep.computed)
    std::printf("sleep: %zu trial outcomes are published, no law\n",
                mgpk::trial::trial_effects_of(sleep.key).size());

  for (const char* name : {"cramps_older", "sleep_onset"}) {
    const auto trial =
        mgpk::trial::simulate_trial(name, {.n_per_arm = 100, .n_trials = 400, .seed = 1});
    std::printf("  %-14s power %.3f, over its uncertainty %.3f\n", name, trial.f_power,
                trial.f_assurance);
  }
  std::fprintf(stderr, "%s\n", mgpk::disclaimer.data());
}
