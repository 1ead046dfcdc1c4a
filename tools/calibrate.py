#!/usr/bin/env python3
"""Fits the free constants of data/calibration.csv to the study catalogue.

    python3 tools/calibrate.py            fit from the priors and print
    python3 tools/calibrate.py --write    besides, write the values into data/parameters.csv

Needs mgpk installed; some minutes on two cores. The endpoints are those of data/studies.csv that are
for fitting; their errors stand in data/study_observables.csv. Measured physiology stays as it is.
With --write, generate the headers and install again afterwards.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path

import numpy as np
import pandas

sys.path.insert(0, str(Path(__file__).resolve().parent))
from calibration_steps import (  # noqa: E402
    ROOT,
    Array,
    Constants,
    assess,
    constants,
    cost,
    posterior,
    slopes_of_residuals,
    step,
    weighted,
)

import mgpk  # noqa: E402

MOST_STEPS = 8
GOOD_ENOUGH = 0.005  #: of the cost
PARAMETERS = ROOT / "data" / "parameters.csv"


def slopes_at(c: Constants, x: Array) -> tuple[pandas.DataFrame, Array]:
    values = c.values(x)
    endpoints = assess(values)
    slopes = mgpk.studies(use="fit").sensitivities(of=c.names, parameters=values)
    return endpoints, slopes_of_residuals(slopes, endpoints, values)


def fit(c: Constants) -> tuple[Array, Array, float]:
    """The best logarithms, the slopes there and the cost."""
    x, damping = c.mean.copy(), 1e-3
    endpoints, slopes = slopes_at(c, x)
    now = cost(c, x, weighted(endpoints))
    print(f"start: cost {now:.3f}", flush=True)
    for i in range(MOST_STEPS):
        x_new = step(c, x, weighted(endpoints), slopes, damping)
        better = cost(c, x_new, weighted(assess(c.values(x_new))))
        if better >= now:
            damping *= 30
            if damping > 1e3:
                break
            continue
        print(f"step {i + 1}: cost {now:.3f} -> {better:.3f}", flush=True)
        done = now - better < GOOD_ENOUGH
        x, now, damping = x_new, better, damping / 5
        endpoints, slopes = slopes_at(c, x)
        if done:
            break
    return x, slopes, now


def write_values(c: Constants, x: Array, sd: Array) -> None:
    """Values to three digits; a range of two deviations where none was published."""
    with PARAMETERS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name, at, spread, low, high in zip(c.names, x, sd, c.low, c.high, strict=True):
        row = next(row for row in rows if row["key"] == name)
        row["value"] = f"{np.exp(at):.3g}"
        row["kind"], row["reference"] = "calibrated", "calibration"
        if row["note"].find("no published range") >= 0:
            row["low"] = f"{np.exp(max(at - 2 * spread, low)):.2g}"
            row["high"] = f"{np.exp(min(at + 2 * spread, high)):.2g}"
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    PARAMETERS.write_text(text.getvalue(), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write data/parameters.csv")
    options = parser.parse_args(arguments)
    c = constants()
    x, slopes, _ = fit(c)
    sd = np.sqrt(np.diag(posterior(c, slopes)))
    for name, at, spread, prior in zip(c.names, x, sd, c.sd, strict=True):
        print(f"{name:34s} {np.exp(at):10.4g}  sd of ln {spread:.3f} (prior {prior:g})")
    if options.write:
        write_values(c, x, sd)
    return 0


if __name__ == "__main__":
    sys.exit(main())
