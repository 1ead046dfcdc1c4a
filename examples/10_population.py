"""A supplement in virtual adults, and how far one person's run may be off.

usage: 10_population.py [n]
"""

import sys

import mgpk

n = int(sys.argv[1]) if len(sys.argv) > 1 else 40
plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=9)
shares = [0.025, 0.5, 0.975]

people = mgpk.population(n, seed=7, plan=plan, until_h=48, quantiles=shares)
names = ["c_plasma_total_fasting_mmol_per_L", "urine_mmol_per_d", "ae_mmol", "f_absorbed_citrate"]
print(f"{n} virtual adults: 2.5 %, median, 97.5 %")
for name in names:
    print(f"  {name:36}" + "".join(f"{x:8.3f}" for x in people.summary().loc[name]))

person = mgpk.Subject(weight_kg=70, gfr_mL_per_min=110)
bands = mgpk.simulate(person, plan, until_h=48).bands(n=n, seed=7, quantiles=shares)
print(f"one person, {n} draws of the constants")
for name in names:
    print(f"  {name:36}" + "".join(f"{x:8.3f}" for x in bands.summary().loc[name]))
print(mgpk.disclaimer, file=sys.stderr)
