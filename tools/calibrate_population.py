#!/usr/bin/env python3
"""Solves again for what data/population.csv says is calibrated, and prints it beside the targets.

    .venv/bin/python tools/calibrate_population.py [N] [SEED]

Calibrated are the median and the spread of tm_factor (on the middle 95 % of plasma) and of
uptake_factor (on the mean and the spread of 24-h urine, both sexes alike). It writes nothing: copy the numbers into the table,
run tools/generate_population.py, and say so in CHANGELOG.md. Needed whenever constants of the gut or
the kidney, or other rows of the table, change.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import mgpk
from mgpk import _core

PLASMA = (0.75, 0.95)  # mmol/L, middle 95 %: IOM_1997
URINE = {"male": (4.24, 1.65), "female": (3.54, 1.40)}  # mmol/d, mean and SD: PREVEND_2013
ROUNDS = 5


def quantity(name: str) -> dict:
    return next(row for row in _core.quantities() if row["quantity"] == name)


class People:
    """Drawn once; their factors are stretched to other medians and spreads."""

    def __init__(self, n: int, seed: int) -> None:
        self.population = mgpk.population(n, seed=seed)
        self.subjects = self.population.subjects
        self.sex = np.array([subject.sex for subject in self.subjects])
        numbers = self.population.numbers
        self.collected = numbers["urine_collected_mmol_per_d"] / numbers["urine_mmol_per_d"]

    def factor(self, name: str, center: float, spread: float) -> np.ndarray:
        row = quantity(name)
        score = np.log(self.population.drawn[name] / row["center"]) / row["spread"]
        return center * np.exp(spread * score)

    def solve(self, tm: np.ndarray, uptake: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fasting plasma in mmol/L and urine as collected in mmol/d."""
        old_tm, old_uptake = self.population.drawn["tm_factor"], self.population.drawn["uptake_factor"]

        def one(i: int) -> tuple[float, float]:
            person = self.subjects[i]
            changed = {
                key: value * (tm[i] / old_tm[i] if key == "tm_mmol_per_L" else
                              uptake[i] / old_uptake[i] if "vmax" in key or "uptake" in key else 1.0)
                for key, value in person.parameters.items()
            }
            run = mgpk.simulate(
                person.replace(parameters=changed), times_h=[0, 7.5, 24], with_baseline=False,
                relative_tolerance=1e-6, absolute_tolerance_mmol=1e-10, progress=False,
            )
            return run["c_plasma_total_mmol_per_L"][1], run["a_urine_mmol"][2]

        with ThreadPoolExecutor() as pool:
            plasma, urine = np.array(list(pool.map(one, range(len(self.subjects))))).T
        return plasma, urine * self.collected


def report(people: People, plasma: np.ndarray, urine: np.ndarray) -> tuple[float, float]:
    """Prints figures beside targets; returns how far urine's means and relative spreads are off."""
    for share, target in zip((0.025, 0.975), PLASMA, strict=True):
        found = np.quantile(plasma, share)
        print(f"  plasma {100 * share:g} %: {found:.3f} against {target} ({found / target - 1:+.1%})")
    means, spreads = [], []
    for sex, (mean, sd) in URINE.items():
        own = urine[people.sex == sex]
        print(
            f"  urine, {sex}: {own.mean():.2f} +- {own.std(ddof=1):.2f} against {mean} +- {sd} "
            f"({own.mean() / mean - 1:+.1%}, {own.std(ddof=1) / sd - 1:+.1%})"
        )
        means.append(own.mean() / mean)
        spreads.append(own.std(ddof=1) / own.mean() / (sd / mean))
    return float(np.mean(means)), float(np.mean(spreads))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("n", type=int, nargs="?", default=600, help="how many people")
    parser.add_argument("seed", type=int, nargs="?", default=1)
    options = parser.parse_args()
    people = People(options.n, options.seed)
    center, spread = quantity("tm_factor")["center"], quantity("tm_factor")["spread"]
    uptake_center = quantity("uptake_factor")["center"]
    uptake_spread = quantity("uptake_factor")["spread"]
    wanted = np.log(PLASMA[1] / PLASMA[0]) / (2 * 1.959964)
    for turn in range(ROUNDS):
        print(f"tm_factor {center:.4f}, {spread:.4f}; uptake_factor {uptake_center:.4f}, "
              f"{uptake_spread:.4f}")
        uptake = people.factor("uptake_factor", uptake_center, uptake_spread)
        plasma, urine = people.solve(people.factor("tm_factor", center, spread), uptake)
        mean_ratio, spread_ratio = report(people, plasma, urine)
        if turn == ROUNDS - 1:
            break
        low, high = np.quantile(plasma, (0.025, 0.975))
        center *= np.sqrt(PLASMA[0] * PLASMA[1] / (low * high))
        seen = np.log(high / low) / (2 * 1.959964)
        spread = np.sqrt(max(spread**2 + wanted**2 - seen**2, 1e-6))
        steepness = np.polyfit(np.log(uptake), np.log(urine), 1)[0]
        uptake_center *= np.exp(-np.log(mean_ratio) / steepness)
        more = np.log(urine).std() ** 2 * (1 / spread_ratio**2 - 1) / steepness**2
        uptake_spread = np.sqrt(max(uptake_spread**2 + more, 1e-6))
    return 0


if __name__ == "__main__":
    sys.exit(main())
