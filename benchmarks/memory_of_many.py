#!/usr/bin/env python3
"""Peak memory and time of columns of many persons from Python.

Usage: memory_of_many.py [N_SUBJECTS], with a Python that has mgpk installed. Each person is made when
their turn comes; 29 output times over a week, 5 columns. Prints what the process had at its peak
before and after, beside the size of the result.
"""

import resource
import sys
import time

import numpy as np

import mgpk

COLUMNS = [
    "c_plasma_total_mmol_per_L",
    "urine_mmol_per_h",
    "a_urine_mmol",
    "a_cells_mmol",
    "a_absorbed_mmol",
]


class Crowd:
    """Persons with numbers of their own, the same ones each time."""

    def __init__(self, n: int) -> None:
        self._n = n

    def __len__(self) -> int:
        return self._n

    def __iter__(self):
        random = np.random.default_rng(1)
        for _ in range(self._n):
            yield mgpk.Subject(
                weight_kg=random.uniform(50, 110),
                gfr_mL_per_min=random.uniform(40, 140),
                diet_mg_per_d=random.uniform(200, 450),
            )


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 * 1.024


def main() -> int:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=24, times=7)
    before, start = peak_mb(), time.perf_counter()
    cpu_start = time.process_time()
    many = mgpk.simulate_many(
        Crowd(n), plan, columns=COLUMNS, times_h=np.linspace(0, 168, 29), relative_tolerance=1e-6
    )
    took, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    result = many.values.nbytes / 1e6
    print(f"{many!r}")
    print(f"{took:.1f} s ({1e3 * cpu / n:.2f} ms of processor time each)")
    print(f"peak before {before:.0f} MB, result {result:.0f} MB, peak after {peak_mb():.0f} MB")
    print(f"beyond the result: {peak_mb() - result:.0f} MB in all, of which the call took "
          f"{peak_mb() - result - before:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
