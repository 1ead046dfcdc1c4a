"""The fits of one arm of tools/simulate_and_refit.py, kept study by study, so that a run can go on."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from refit_arms import Arm, Estimates, draw

COLUMNS = ("study", "parameter", "value", "error", "low", "high", "failure")


def path_of(root: Path, arm: Arm) -> Path:
    return root / "build" / "simulated_fits" / f"{arm.name}.csv"


def run(root: Path, arm: Arm, n_studies: int, go_on: bool) -> None:
    """Draws and fits the studies of an arm; with `go_on` those alone that its file lacks."""
    path = path_of(root, arm)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not go_on or not path.exists():
        path.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    there = {int(row["study"]) for row in _rows(path)}
    for study in range(n_studies):
        if study in there:
            continue
        # A study is written at once and whole: a run that was ended has no half of one.
        lines = _lines(study, arm)
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)


def read(root: Path, arm: Arm) -> tuple[list[Estimates], list[str]]:
    """The fits that were kept, and what was said where there was none."""
    fits: dict[int, Estimates] = {}
    failures = []
    for row in _rows(path_of(root, arm)):
        study = int(row["study"])
        if row["failure"]:
            failures.append(f"study {study}: {row['failure']}")
            continue
        fit = fits.setdefault(study, Estimates({}, {}, {}))
        fit.value[row["parameter"]] = float(row["value"])
        fit.error[row["parameter"]] = float(row["error"])
        fit.ends[row["parameter"]] = (float(row["low"]), float(row["high"]))
    return list(fits.values()), failures


def _lines(study: int, arm: Arm) -> list[tuple[object, ...]]:
    try:
        fit = arm.refit(draw(arm, study))
    except (RuntimeError, ValueError) as error:
        return [(study, "", math.nan, math.nan, math.nan, math.nan, str(error))]
    return [
        (
            study,
            name,
            *(f"{x:.10g}" for x in (fit.value[name], fit.error[name], *fit.ends[name])),
            "",
        )
        for name in arm.truth
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
