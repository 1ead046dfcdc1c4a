"""What the reference outputs become when one number of the model goes to an end of its range."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import mgpk

#: The least relative change that is worth a line.
MOVED = 1e-3
OUTPUTS = {
    "c_morning": "plasma before breakfast, mmol/L",
    "c_ionized": "ionized magnesium in it, mmol/L",
    "urine": "urine of 24 h, mmol",
    "f_urine": "renal fractional excretion before breakfast",
    "stool": "stool of 24 h, mmol",
    "stool_water": "water that soluble magnesium draws into it, g",
    "red_cells": "red cells, mmol",
    "f_citrate": "absorbed within 48 h of 300 mg as citrate on an empty stomach, share",
    "f_oxide": "of 300 mg as oxide with a meal, share",
    "f_hydroxide": "of 300 mg as hydroxide with a meal, share",
    "f_malate": "of 300 mg as malate with a meal, share",
    "a_phytate": "absorption that a meal of 100 mg with 1 mmol phytate and 5 mmol oxalate adds in 48 h, mmol",
    "c_glycine": "plasma glycine 1 h after 300 mg as glycinate, mmol/L",
    "c_iv": "rise of plasma 1 h after 16 mmol into a vein, mmol/L",
    "c_im": "rise of plasma 2 h after 16 mmol into a muscle, mmol/L",
    "u_thiazide": "urine that a thiazide adds in 24 h, mmol",
    "f_retained": "retained of 30 mmol in the loading test, share",
}
SHARES = ("f_tm_pt", "f_tm_tal", "f_tm_dct")  #: add up to 1
DAY_H = 24.0
BREAKFAST_H = 7.5


TOLERANCE = 1e-7  # three digits are shown
PLANS = {
    "citrate": mgpk.Schedule().fast(at_h=0, over_h=DAY_H).oral("citrate", elemental_mg=300, at_h=8),
    "oxide": mgpk.Schedule().oral("oxide", elemental_mg=300, at_h=8, with_meal=True),
    "hydroxide": mgpk.Schedule().oral("hydroxide", elemental_mg=300, at_h=8, with_meal=True),
    "malate": mgpk.Schedule().oral("malate", elemental_mg=300, at_h=8, with_meal=True),
    "glycinate": mgpk.Schedule().oral("glycinate", elemental_mg=300, at_h=8, with_meal=True),
    "phytate": mgpk.Schedule().meal(elemental_mg=100, at_h=10, phytate_mmol=1, oxalate_mmol=5),
    "iv": mgpk.Schedule().iv("sulfate", mmol=16, at_h=8, over_h=1 / 3),
    "im": mgpk.Schedule().im("sulfate", mmol=16, at_h=8),
    "thiazide": mgpk.Schedule().modify("thiazide", at_h=0, over_h=DAY_H),
}
TIMES_H = [0.0, BREAKFAST_H, 9.0, 10.0, 12.0, DAY_H, 2 * DAY_H]


def outputs(person: mgpk.Subject) -> dict[str, float]:
    """The reference outputs of one person."""
    runs = {
        name: mgpk.simulate(person, plan, times_h=TIMES_H, relative_tolerance=TOLERANCE)
        for name, plan in PLANS.items()
    }

    def rise(name: str, column: str, at_h: float) -> float:
        row = TIMES_H.index(at_h)
        return float(runs[name][column][row] - runs[name].baseline[column][row])

    def usual(column: str, at_h: float) -> float:
        return float(runs["iv"].baseline[column][TIMES_H.index(at_h)])

    plasma = "c_plasma_total_mmol_per_L"
    found = {
        "c_morning": usual(plasma, BREAKFAST_H),
        "c_ionized": usual("c_plasma_ionized_mmol_per_L", BREAKFAST_H),
        "urine": usual("a_urine_mmol", DAY_H),
        "f_urine": usual("f_excreted_renal", BREAKFAST_H),
        "stool": usual("a_feces_mmol", DAY_H),
        "stool_water": usual("stool_water_g", DAY_H),
        "red_cells": usual("a_red_cells_mmol", BREAKFAST_H),
        "a_phytate": rise("phytate", "a_absorbed_mmol", 2 * DAY_H),
        "c_glycine": float(runs["glycinate"]["c_glycine_mmol_per_L"][TIMES_H.index(9.0)]),
        "c_iv": rise("iv", plasma, 9.0),
        "c_im": rise("im", plasma, 10.0),
        "u_thiazide": rise("thiazide", "a_urine_mmol", DAY_H),
        "f_retained": mgpk.loading_test(person).f_retained,
    }
    salts = ("citrate", "oxide", "hydroxide", "malate")
    return found | {f"f_{salt}": runs[salt].f_absorbed[salt] for salt in salts}


def changed(key: str, value: float) -> dict[str, float]:
    """One number at another value, and what must move with it."""
    if key not in SHARES:
        return {key: value}
    now = mgpk.parameters().set_index("key")["value"]
    others = [name for name in SHARES if name != key]
    rest = sum(float(now[name]) for name in others)
    return {key: value} | {name: float(now[name]) * (1 - value) / rest for name in others}


def effects(rows: Sequence[mgpk.Parameter]) -> dict[str, dict[str, dict[str, float]]]:
    """By key: the outputs at the low end, at the value and at the high end of its range."""
    now = outputs(mgpk.Subject())
    # Numbers of effects move no output of a run.
    varied = [row for row in rows if row.low < row.high and row.organ != "effect"]
    wanted = [(row.key, end) for row in varied for end in ("low", "high")]
    numbers = {(row.key, end): getattr(row, end) for row in rows for end in ("low", "high")}
    with ThreadPoolExecutor() as pool:  # a solve lets go of the interpreter
        found = pool.map(
            lambda one: outputs(
                mgpk.Subject(parameters=changed(one[0], numbers[one]), allow_outside_range=True)
            ),
            wanted,
        )
        ends = dict(zip(wanted, found, strict=True))
    return {
        row.key: {end: ends.get((row.key, end), now) for end in ("low", "high")} | {"value": now}
        for row in rows
    }
