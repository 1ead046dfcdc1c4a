"""The same supplement in kidneys that filter less and less: the baseline, and what is added to it.

Only the GFR is changed. In kidney disease gut uptake falls too, which overstates the rises; other
errors may go either way, and nothing was checked at a low GFR.
"""

import mgpk

plan = mgpk.Schedule().oral(
    "citrate", elemental_mg=300, at_h=8, every_h=24, times=28, with_meal=True
)
print(f"{'GFR, mL/min':>12} {'baseline, mmol/L':>18} {'after 4 weeks':>18} {'rise':>14}")
for gfr in (120, 60, 30, 15, 10):
    run = mgpk.simulate(mgpk.Subject(gfr_mL_per_min=gfr), plan, until_h=28 * 24, every_h=24)
    before = run.baseline["c_plasma_total_mmol_per_L"][-1]
    after = run["c_plasma_total_mmol_per_L"][-1]
    print(f"{gfr:12} {before:18.3f} {after:18.3f} {after - before:14.3f}")
print(mgpk.disclaimer)
