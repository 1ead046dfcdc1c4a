#!/usr/bin/env python3
"""What one small call costs from Python: mgpk.simulate beside the same call in C++.

Usage: small_call.py BENCH_RUNS, the program of that name, with a Python that has mgpk installed (as
a user builds it: Release). One adult, one dose, 25 outputs over a day, from a baseline that is
known. Both are timed in turns, so that a slow minute of the machine hits both; medians.
"""

import json
import statistics
import subprocess
import sys
import time

import mgpk

N_TURNS = 9
N_CALLS = 200
NAMES = ("mgpk_simulate", "plain_odeint_same_tolerance", "plain_odeint_same_error")


def python_us() -> float:
    """The median of many calls, in microseconds."""
    person = mgpk.Subject(age_y=40, weight_kg=70, gfr_mL_per_min=120, diet_mg_per_d=320)
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8)
    took = []
    for _ in range(N_CALLS):
        start = time.perf_counter()
        mgpk.simulate(person, plan, until_h=24, every_h=1, with_baseline=False)
        took.append(time.perf_counter() - start)
    return 1e6 * statistics.median(took[1:])  # the first one finds the baseline


def cpp_us(program: str) -> dict[str, float]:
    """Times of the program's own calls, in microseconds."""
    report = subprocess.run(
        [
            *(program, "--benchmark_filter=^one_day/", "--benchmark_format=json"),
            *("--benchmark_min_time=0.1", "--benchmark_repetitions=3"),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {
        row["run_name"].removeprefix("one_day/"): 1e3 * row["real_time"]
        for row in json.loads(report)["benchmarks"]
        if row.get("aggregate_name") == "median"
    }


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    turns = [(python_us(), cpp_us(sys.argv[1])) for _ in range(N_TURNS)]
    print(f"mgpk.simulate from Python: {statistics.median(t[0] for t in turns):.0f} us")
    for name in NAMES:
        took = statistics.median(t[1][name] for t in turns)
        more = statistics.median(t[0] - t[1][name] for t in turns)
        print(f"{name} in C++: {took:.0f} us; Python takes {more:+.0f} us")
    return 0


if __name__ == "__main__":
    sys.exit(main())
