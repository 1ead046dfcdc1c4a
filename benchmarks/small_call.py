#!/usr/bin/env python3
"""What one small call costs from Python: mgpk.simulate beside the same call in C++.

Usage: small_call.py BENCH_RUNS, the program of that name, with a Python that has mgpk installed (as
a user builds it: Release). One adult, one dose, 25 outputs over a day, from a baseline that is
known. Both are timed in turns. Processor time, and of each the least of many: a busy machine only
ever adds to it.
"""

import json
import subprocess
import sys
import time

import mgpk

N_TURNS = 5
N_CALLS = 100
NAMES = ("mgpk", "plain_odeint_same_tolerance", "plain_odeint_same_error")


def python_us() -> float:
    """The least of many calls, in microseconds."""
    person = mgpk.Subject(age_y=40, weight_kg=70, gfr_mL_per_min=120, diet_mg_per_d=320)
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8)
    took = []
    for _ in range(N_CALLS):
        start = time.process_time_ns()
        mgpk.simulate(person, plan, until_h=24, every_h=1, with_baseline=False)
        took.append(time.process_time_ns() - start)
    return min(took) / 1e3


def cpp_us(program: str) -> dict[str, float]:
    """The least of many calls of the program's own, in microseconds."""
    report = subprocess.run(
        [
            *(program, "--benchmark_filter=^one_day/", "--benchmark_format=json"),
            *("--benchmark_min_time=0.001", f"--benchmark_repetitions={N_CALLS}"),
            "--benchmark_enable_random_interleaving=true",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    took: dict[str, float] = {}
    for row in json.loads(report)["benchmarks"]:
        if row["run_type"] == "iteration":
            name = row["run_name"].removeprefix("one_day/")
            took[name] = min(took.get(name, 1e12), 1e3 * row["cpu_time"])
    return took


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    turns = [(python_us(), cpp_us(sys.argv[1])) for _ in range(N_TURNS)]
    called = min(turn[0] for turn in turns)
    print(f"mgpk.simulate from Python: {called:.0f} us")
    for name in NAMES:
        took = min(turn[1][name] for turn in turns)
        print(f"{name} in C++: {took:.0f} us; Python takes {called - took:+.0f} us")
    return 0


if __name__ == "__main__":
    sys.exit(main())
