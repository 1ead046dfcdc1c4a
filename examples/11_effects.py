"""What a month of a supplement would do, by rank, and how often a trial would see a difference."""

import sys

import mgpk

plan = mgpk.Schedule().oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=28)
effects = mgpk.simulate(plan=plan, until_h=28 * 24).effects()
catalogue = mgpk.effects()

print("300 mg as glycinate at 22 h for 28 days; at the end")
for name, column in (
    ("stool", "stool_mass_g_per_d"),
    ("csf", "c_csf_total_mmol_per_L"),
    ("nmda_block", "nmda_open_relative"),
    ("neuromuscular_release", "nmj_release_relative"),
    ("ryr1_release", "ryr1_release_relative"),
    ("glycine", "glycine_mg_per_d"),
):
    print(f"  {column:24}{effects[column][-1]:10.4f}  {catalogue[name].rank_words}")
print(f"  bands of toxicity reached: {max(effects['n_toxicity_bands']):.0f}")

try:
    effects["sleep"]
except mgpk.NotComputedError as error:
    print(f"sleep: {len(error.trials)} trial outcomes are published, no law")

for name in ("cramps_older", "sleep_onset"):
    trial = mgpk.simulate_trial(name, n_per_arm=100, n_trials=400, seed=1)
    print(f"  {name:14} power {trial.f_power:.3f}, over its uncertainty {trial.f_assurance:.3f}")
print(mgpk.disclaimer, file=sys.stderr)
