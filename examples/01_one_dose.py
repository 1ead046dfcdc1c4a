"""One dose of 300 mg at bedtime, three hours after dinner: what becomes of it in three days."""

import mgpk

person = mgpk.Subject(weight_kg=70)
plan = mgpk.Schedule().oral("glycinate", elemental_mg=300, at_h=22)
run = mgpk.simulate(person, plan, until_h=96)
s = run.summary()

print(f"given          {s.dose_mmol:6.2f} mmol (300 mg of magnesium as glycinate)")
print(f"absorbed       {100 * run.f_absorbed['glycinate']:6.1f} % of the dose, one way")
print(f"urine          {s.ae_mmol:6.2f} mmol above the baseline")
print(
    f"stool          {s.a_feces_mmol:6.2f} mmol above the baseline, "
    f"{s.stool_water_g:.0f} g of water"
)
print(
    f"plasma         {s.c_max_above_baseline_mmol_per_L:+6.3f} mmol/L at most, at {s.t_max_h:.1f} h"
)
for assumption in run.assumptions:
    print("assumed:", assumption)
print(mgpk.disclaimer)
