"""Four weeks of 300 mg a day, then two without: what piles up, and how soon it is gone."""

import numpy as np

import mgpk

plan = mgpk.Schedule().oral(
    "citrate", elemental_mg=300, at_h=8, every_h=24, times=28, with_meal=True
)
run = mgpk.simulate(None, plan, until_h=42 * 24, every_h=24)


def rise(column):
    return run[column] - run.baseline[column]


plasma, urine, slow = (
    rise(c) for c in ("c_plasma_total_mmol_per_L", "a_urine_mmol", "a_slow_mmol")
)
urine_per_d = np.diff(urine, prepend=0.0)  # of the day that ends at each output
print(
    f"{'day':>4} {'plasma rise, mmol/L':>20} {'urine rise, mmol/d':>20} "
    f"{'slow pool rise, mmol':>20}"
)
for day in [1, 2, 3, *range(7, 43, 7)]:
    print(f"{day:4} {plasma[day]:20.4f} {urine_per_d[day]:20.3f} {slow[day]:20.3f}")
print(mgpk.disclaimer)
