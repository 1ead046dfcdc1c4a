#!/usr/bin/env python3
"""Holds the sizes of data/modifiers.csv against the published effects that they stand for.

    python3 tools/size_modifiers.py            a table: effect wanted, effect now, size that meets it
    python3 tools/size_modifiers.py --check    the same; fails if an effect is outside its range

Needs the installed package mgpk. A factor acts as the power of its strength, so the strength that
meets an effect gives the size that would: nothing has to be compiled to try another. After a change
of any constant run it again, write the sizes into the table, and generate the headers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import mgpk

FASTING_H = 7.5


@dataclass(frozen=True)
class Aim:
    """One published effect: what is computed from a run at a strength, and where it should lie."""

    modifier: str
    applies: str
    what: str
    effect: Callable[[float], float]
    wanted: float
    low: float
    high: float
    source: str
    solved: bool = True  #: the size was set for this; otherwise it is only watched


@cache
def usual(diet_mg_per_d: float = 320.0) -> mgpk.Run:
    return mgpk.simulate(mgpk.Subject(diet_mg_per_d=diet_mg_per_d), until_h=24)


def fasting(run: mgpk.Run, column: str = "c_plasma_total_mmol_per_L") -> float:
    return float(run[column][list(run.time_h).index(FASTING_H)])


def person(modifier: str, strength: float) -> mgpk.Subject:
    return mgpk.Subject(modifiers={modifier: strength})


def over(run: mgpk.Run, column: str, from_h: float, to_h: float) -> float:
    times = list(run.time_h)
    return float(run[column][times.index(to_h)] - run[column][times.index(from_h)])


def acute_ratio(modifier: str, at_h: float, over_h: float, to_h: float) -> Callable[[float], float]:
    """Urine from the start of the effect to `to_h`, relative to the usual."""

    def effect(strength: float) -> float:
        plan = mgpk.Schedule().modify(modifier, at_h=at_h, over_h=over_h, strength=strength)
        run = mgpk.simulate(None, plan, until_h=24, with_baseline=False)
        return over(run, "a_urine_mmol", at_h, to_h) / over(usual(), "a_urine_mmol", at_h, to_h)

    return effect


def serum_change(modifier: str, column: str = "c_plasma_total_mmol_per_L", relative: bool = False):
    def effect(strength: float) -> float:
        run = mgpk.simulate(person(modifier, strength), until_h=24, with_baseline=False)
        change = fasting(run, column) - fasting(usual(), column)
        return change / fasting(usual(), column) if relative else change

    return effect


def serum(modifier: str) -> Callable[[float], float]:
    return lambda strength: fasting(
        mgpk.simulate(person(modifier, strength), until_h=24, with_baseline=False)
    )


def f_absorbed(modifier: str, salt: str) -> Callable[[float], float]:
    plan = mgpk.Schedule().oral(salt, elemental_mg=100, at_h=8, with_meal=True)

    def effect(strength: float) -> float:
        run = mgpk.simulate(person(modifier, strength), plan, until_h=96, with_baseline=False)
        return run.f_absorbed[salt]

    return effect


def caffeine_reabsorbed(strength: float) -> float:
    """Share of the filtered load that is reabsorbed in the two hours before breakfast."""
    plan = mgpk.Schedule().modify("caffeine", at_h=6, over_h=2, strength=strength)
    run = mgpk.simulate(None, plan, until_h=8, every_h=0.25, with_baseline=False)
    times = list(run.time_h)
    load = run["filtered_load_mmol_per_h"][times.index(6.0) :].mean() * 2
    return 1.0 - over(run, "a_urine_mmol", 6.0, 8.0) / load


def caffeine_day(strength: float) -> float:
    """Two half doses at 7 and 10 h; urine was raised for six hours after the second."""
    plan = mgpk.Schedule().modify("caffeine", at_h=7, over_h=9, strength=0.5 * strength)
    run = mgpk.simulate(None, plan, until_h=31, with_baseline=True)
    return over(run, "a_urine_mmol", 7.0, 31.0) - over(run.baseline, "a_urine_mmol", 7.0, 31.0)


def sweat_of_work(strength: float) -> float:
    plan = mgpk.Schedule().modify("heat_work", at_h=10, over_h=1.5, strength=strength)
    run = mgpk.simulate(None, plan, until_h=24, with_baseline=False)
    return float(run["a_sweat_mmol"][-1] - usual()["a_sweat_mmol"][-1])


CHRONIC, ACUTE = "chronic", "acute"
AIMS = [
    Aim("thiazide", ACUTE, "24-h urine, ratio", acute_ratio("thiazide", 0, 24, 24),
        1.52, 1.17, 1.87, "Leary_Reyes_2000"),
    Aim("thiazide", CHRONIC, "serum, mmol/L", serum_change("thiazide"),
        -0.018, -0.028, -0.010, "Kieboom_2018"),
    Aim("loop_diuretic", ACUTE, "24-h urine, ratio", acute_ratio("loop_diuretic", 0, 24, 24),
        1.22, 1.20, 1.24, "Leary_Reyes_2000"),
    Aim("potassium_sparing", ACUTE, "24-h urine, ratio (no significant change)",
        acute_ratio("potassium_sparing", 0, 24, 24), 0.92, 0.88, 1.0, "Leary_Reyes_2000", False),
    Aim("sglt2_inhibitor", CHRONIC, "serum, mmol/L", serum_change("sglt2_inhibitor"),
        0.07, 0.04, 0.10, "Tang_2016"),
    Aim("caffeine", ACUTE, "share reabsorbed over 2 h", caffeine_reabsorbed,
        0.942, 0.937, 0.947, "Caffeine_1990"),
    Aim("caffeine", ACUTE, "24-h urine after two half doses, mmol", caffeine_day,
        0.16, 0.05, 0.6, "KynastGales_1994", False),
    Aim("alcohol", ACUTE, "urine of 4 h before breakfast, ratio", acute_ratio("alcohol", 4, 4, 8),
        2.5, 2.0, 3.0, "alcohol_review", False),
    Aim("endurance_exercise", ACUTE, "urine of a marathon, ratio",
        acute_ratio("endurance_exercise", 17, 3.5, 20.5), 0.17, 0.10, 0.25, "Lijnen_1988"),
    Aim("heat_work", ACUTE, "sweat of 1.5 h, mmol", sweat_of_work,
        0.285, 0.24, 0.31, "Beller_1975", False),
    Aim("pregnancy", CHRONIC, "total, relative", serum_change("pregnancy", relative=True),
        -0.10, -0.12, -0.08, "Handwerker_1996", False),
    Aim("pregnancy", CHRONIC, "ionized, relative",
        serum_change("pregnancy", "c_plasma_ionized_mmol_per_L", relative=True),
        -0.08, -0.09, -0.07, "Handwerker_1996", False),
    Aim("ileal_resection", CHRONIC, "100 mg as glycinate, absorbed",
        f_absorbed("ileal_resection", "glycinate"), 0.235, 0.215, 0.255, "Schuette1994"),
    Aim("ileal_resection", CHRONIC, "100 mg as oxide, absorbed",
        f_absorbed("ileal_resection", "oxide"), 0.228, 0.118, 0.25, "Schuette1994", False),
    Aim("gitelman", CHRONIC, "serum, mmol/L", serum("gitelman"), 0.6, 0.5, 0.65,
        "Blanchard_2017"),
]


def strength_for(aim: Aim) -> float | None:
    """By halving, on [0, 2]; None where not even the strongest meets it."""
    low, high = 0.0, 2.0
    rises = aim.effect(high) > aim.effect(low)
    if not min(aim.effect(low), aim.effect(high)) <= aim.wanted <= max(
        aim.effect(low), aim.effect(high)
    ):
        return None
    for _ in range(20):
        middle = 0.5 * (low + high)
        if (aim.effect(middle) < aim.wanted) == rises:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def sizes(aim: Aim, strength: float) -> str:
    rows = [row for row in mgpk.modifiers()[aim.modifier] if row.applies in (aim.applies, "both")]
    return ", ".join(
        f"{row.target} {row.value**strength if row.how == 'times' else row.value * strength:.4g}"
        for row in rows
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fail where an effect is outside")
    options = parser.parse_args(arguments)
    outside = 0
    for aim in AIMS:
        now = aim.effect(1.0)
        holds = aim.low <= now <= aim.high
        outside += not holds
        print(
            f"{'' if holds else 'OUTSIDE '}{aim.modifier} ({aim.applies}), {aim.what}: wanted "
            f"{aim.wanted:g} ({aim.low:g} to {aim.high:g}, {aim.source}), now {now:.4g}"
        )
        if aim.solved:
            strength = strength_for(aim)
            if strength is None:
                print("    not met by any strength up to 2")
            else:
                print(f"    met at strength {strength:.4g}: {sizes(aim, strength)}")
    return 1 if options.check and outside else 0


if __name__ == "__main__":
    sys.exit(main())
