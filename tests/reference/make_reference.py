"""Computes the stored reference solution of all cases: tests/reference/reference.npz.

python tests/reference/make_reference.py              all cases, one process
python tests/reference/make_reference.py --processes 2
python tests/reference/make_reference.py --check      how sure: other methods and tolerances
"""

from __future__ import annotations

import argparse
import os
import time
from multiprocessing import Pool

import numpy as np
from reference_model import Model, Solver, events_of, journey, simulate, swallowed_salts
from stored import STORED, Reference, fingerprints, read_cases, relative_difference, save

CHECKED = ("case_09", "case_13", "case_17", "case_20", "case_31", "case_48")
OTHERS = {
    "DOP853 rtol 1e-12": Solver("DOP853", 1e-12, 1e-15),
    "DOP853 rtol 3e-14": Solver("DOP853", 3e-14, 1e-17),
    "LSODA rtol 1e-13": Solver("LSODA", 1e-13, 1e-16),
    "Radau rtol 1e-12": Solver("Radau", 1e-12, 1e-15),
}


def magnesium_gap(case: dict, columns: list[str], states: np.ndarray) -> float:
    """Largest |pools + urine + sweat + stool − what came in| over the case, in mmol."""
    not_magnesium = ("a_acid", "n_", "f_", "a_glycine", "a_absorbed", "a_secreted", "auc")
    keep = [not name.startswith(not_magnesium) for name in columns]
    held = states[:, keep].sum(axis=1)
    model = Model(case["subject"], swallowed_salts(case["plan"]), case.get("parameters"))
    magnesium = {model.layout.at[n] for n, k in zip(columns, keep, strict=True) if k}
    arrived = np.zeros(len(held))
    for t, kind, what, amount in events_of(model, case["plan"], case["times_h"][-1]):
        if kind == "infuse":  # the end of an infusion is a negative rate
            arrived += amount * np.maximum(0.0, np.array(case["times_h"]) - t)
        elif what in magnesium:
            arrived += amount * (np.array(case["times_h"]) > t)
    return float(np.max(np.abs(held - held[0] - arrived)))


def compute(case: dict):
    start = time.perf_counter()
    columns, states, step = simulate(case)
    gap = magnesium_gap(case, columns, states)
    return case["name"], columns, states, step, gap, time.perf_counter() - start


def make(processes: int) -> None:
    before = fingerprints()
    results, cases = {}, {case["name"]: case for case in read_cases()}
    with Pool(processes) as pool:
        for name, columns, states, step, gap, spent in pool.imap(compute, cases.values()):
            if not np.all(np.isfinite(states)):
                raise RuntimeError(f"{name} holds values that are not finite")
            results[name] = (columns, np.array(cases[name]["times_h"]), states)
            print(f"{name}  {spent:5.1f} s  last Newton step {step:.0e}  balance {gap:.0e} mmol")
    if fingerprints() != before:
        raise RuntimeError("values, equations or cases changed during the run; run it again")
    save(results)
    print(f"wrote {STORED.name}, {STORED.stat().st_size / 1024:.0f} KiB")


def simulate_otherwise(case: dict, solver: Solver, stored_states: np.ndarray) -> np.ndarray:
    """All of the case again; by Radau, too slow for many bodies at once, from the stored start."""
    if solver.method != "Radau":
        return simulate(case, solver)[1]
    model = Model(case["subject"], swallowed_salts(case["plan"]), case.get("parameters"))
    return journey(model, stored_states[0], case["plan"], case["times_h"], solver)


def check_one(job: tuple[dict, str]) -> tuple[str, str, float, str, float]:
    case, label = job
    start = time.perf_counter()
    columns, _, theirs = Reference().case(case["name"])
    difference = relative_difference(simulate_otherwise(case, OTHERS[label], theirs), theirs)
    row, column = np.unravel_index(np.argmax(difference), difference.shape)
    spent = time.perf_counter() - start
    return case["name"], label, float(difference[row, column]), columns[column], spent


def check(processes: int) -> None:
    jobs = [(c, label) for c in read_cases() if c["name"] in CHECKED for label in OTHERS]
    with Pool(processes) as pool:
        for name, label, worst, column, spent in pool.imap(check_one, jobs):
            print(f"{name}  {label}: {worst:.1e} in {column} ({spent:.0f} s)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    os.nice(10)
    start = time.perf_counter()
    (check if options.check else make)(options.processes)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
