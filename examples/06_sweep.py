"""A grid of salt, dose, GFR and regimen on all cores, as a tidy CSV: one line per point.

Points that are refused or fail are lines too, with the reason.

usage: 06_sweep.py [file.csv]

A grid of one dose at a time is shorter: mgpk.sweep(salts=..., elemental_mg=..., regimens=...).
"""

import itertools
import sys

import pandas

import mgpk

DAYS = 7
COLUMNS = ["c_max_mmol_per_L", "c_max_above_baseline_mmol_per_L", "a_absorbed_above_baseline_mmol"]
COLUMNS += ["ae_mmol", "stool_water_g", "failure"]


def pair_of(salt, elemental_mg_per_d, gfr_mL_per_min, doses_per_d):
    plan = mgpk.Schedule()
    for at_h in [8, 19][:doses_per_d]:
        dose = elemental_mg_per_d / doses_per_d
        plan.oral(salt, elemental_mg=dose, at_h=at_h, every_h=24, times=DAYS, with_meal=True)
    return mgpk.Subject(gfr_mL_per_min=gfr_mL_per_min), plan


grid = pandas.DataFrame(
    itertools.product(["glycinate", "oxide"], [150, 300], [120, 25, 0.1], [1, 2]),
    columns=["salt", "elemental_mg_per_d", "gfr_mL_per_min", "doses_per_d"],
)
pairs, failures = {}, {}
for i, point in grid.iterrows():
    try:
        pairs[i] = pair_of(**point)
    except ValueError as error:  # the GFR of 0.1 is refused: its line says why
        failures[i] = str(error)

swept = mgpk.sweep(points=list(pairs.values()), until_h=DAYS * 24, relative_tolerance=1e-7)
swept.index = list(pairs)
table = grid.join(swept[COLUMNS])
table["failure"] = table["failure"].fillna(pandas.Series(failures))

file = sys.argv[1] if len(sys.argv) > 1 else sys.stdout
table.to_csv(file, index=False, float_format="%.6g")
print(f"{len(table)} points, {(table['failure'] != '').sum()} refused or failed", file=sys.stderr)
print(mgpk.disclaimer, file=sys.stderr)
