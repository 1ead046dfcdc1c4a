#!/usr/bin/env python3
"""How far the same persons' numbers lie apart on different instruction sets.

Usage: across_sets.py [N_SUBJECTS], with a Python that has mgpk installed. Adults drawn at random, a
dose a day for a week, five columns each 6 h; the usual day of each is sought anew. Every set runs
in a process of its own, because a process chooses its set once. Prints quantiles of
|a - b| / max(|b|, a thousandth of the largest number of that person's column), of all times and of
0 h, where only the usual day speaks; and, as a yardstick, the error of a run: how far the looser
tolerance lies from the tighter one on the same set.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import mgpk
from memory_of_many import COLUMNS

SETS = ("baseline", "avx2", "avx512")
TOLERANCES = (1e-6, 1e-9)
QUANTILES = (0.5, 0.9, 0.99, 1.0)
Array = NDArray[np.float64]


def solve(n: int, rtol: float, file: str) -> None:
    """Run by a process of its own: all persons into a file."""
    many = mgpk.simulate_many(
        mgpk.population(n, seed=1).subjects,
        mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=24, times=7),
        columns=COLUMNS,
        times_h=np.arange(0, 169, 6),
        relative_tolerance=rtol,
        absolute_tolerance_mmol=1e-4 * rtol,
    )
    if many.failures:
        raise RuntimeError(f"not everybody could be solved: {many.failures}")
    np.save(file, many.values)


def solved_on(which: str, n: int, rtol: float, folder: Path) -> Array | None:
    """[person][time][column], or None where this processor has no such set."""
    file = str(folder / f"{which}_{rtol}.npy")
    done = subprocess.run(
        [sys.executable, __file__, "--solve", str(n), str(rtol), file],
        env={**os.environ, "MGPK_INSTRUCTION_SET": which},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        print(f"without {which}: {done.stderr.strip().splitlines()[-1]}")
        return None
    values: Array = np.load(file)
    return values


def apart(a: Array, b: Array) -> Array:
    """Relative differences, [person][time][column]."""
    floor = 1e-3 * np.abs(b).max(axis=1, keepdims=True)
    differences: Array = np.abs(a - b) / np.maximum(np.abs(b), floor)
    return differences


def print_row(name: str, differences: Array) -> None:
    numbers = " | ".join(f"{x:.1e}" for x in np.quantile(differences, QUANTILES))
    print(f"| {name} | {np.mean(differences == 0):.1%} | {numbers} |")


def main() -> int:
    if "--solve" in sys.argv:
        solve(int(sys.argv[2]), float(sys.argv[3]), sys.argv[4])
        return 0
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print("| | the same bits | " + " | ".join(f"{q:.0%}" for q in QUANTILES) + " |")
    print("|---|" + "---:|" * (1 + len(QUANTILES)))
    with tempfile.TemporaryDirectory() as name:
        by_set = {
            (which, rtol): values
            for rtol in TOLERANCES
            for which in SETS
            if (values := solved_on(which, n, rtol, Path(name))) is not None
        }
    loose, tight = TOLERANCES
    for rtol in TOLERANCES:
        for i, a in enumerate(SETS):
            for b in SETS[:i]:
                if (a, rtol) in by_set and (b, rtol) in by_set:
                    differences = apart(by_set[a, rtol], by_set[b, rtol])
                    print_row(f"{a}, {b} at {rtol:g}", differences)
                    # Sums begin at zero and tell nothing there.
                    at_start = by_set[b, rtol][:, 0] != 0.0
                    print_row(f"{a}, {b} at {rtol:g}, at 0 h", differences[:, 0][at_start])
    for which in SETS:
        if (which, tight) in by_set:
            print_row(
                f"{which}: {loose:g}, {tight:g}",
                apart(by_set[which, loose], by_set[which, tight]),
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
