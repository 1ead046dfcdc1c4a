#!/usr/bin/env python3
"""Simulates magnesium studies of known truth, fits each, and lists bias and coverage.

    python3 tools/simulate_and_refit.py                 all arms; about half an hour on one core
    python3 tools/simulate_and_refit.py --arm mixed     one arm; the rows of the others stay
    python3 tools/simulate_and_refit.py --continue      the same, of the studies alone that are lacking
    python3 tools/simulate_and_refit.py --check         runs nothing: is the page that of the table?

Writes docs/validation/simulated_fits.csv and the table of docs/validation/simulated-fits.md. Seeds
are fixed in tools/refit_arms.py. Each fit is kept in build/simulated_fits as it ends: a run that was
stopped goes on with --continue, as long as nothing has changed that it fits with.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from refit_arms import ARMS, Arm, Estimates  # noqa: E402
from refit_log import read, run  # noqa: E402

BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"
COLUMNS = (
    "arm", "parameter", "n_studies", "n_failed", "n_without_interval", "truth", "mean", "bias",
    "bias_mc_se", "bias_in_mc_se", "sd", "mean_standard_error", "f_covered",
)  # fmt: skip
#: What is asked for: bias within so many Monte Carlo standard errors, and at least this coverage.
MOST_BIAS_MC_SE, LEAST_COVERED = 3.5, 0.90


def summary(arm: Arm, fits: list[Estimates], n_failed: int) -> list[dict[str, Any]]:
    """A row per parameter. A study without an interval does not cover its truth."""
    rows = []
    for name, truth in arm.truth.items():
        values = np.array([fit.value[name] for fit in fits])
        errors = np.array([fit.error[name] for fit in fits])
        known = np.isfinite(errors)
        intervals = [fit.ends[name] for fit, k in zip(fits, known, strict=True) if k]
        n_covered = sum(low <= truth <= high for low, high in intervals)
        sd = float(values.std(ddof=1))
        mc_se = sd / math.sqrt(values.size)
        bias = float(values.mean()) - truth
        rows.append(
            {
                "arm": arm.name,
                "parameter": name,
                "n_studies": values.size + n_failed,
                "n_failed": n_failed,
                "n_without_interval": int((~known).sum()),
                "truth": truth,
                "mean": float(values.mean()),
                "bias": bias,
                "bias_mc_se": mc_se,
                "bias_in_mc_se": bias / mc_se,
                "sd": sd,
                "mean_standard_error": float(errors[known].mean()) if known.any() else math.nan,
                "f_covered": n_covered / values.size,
            }
        )
    return rows


def page_table(rows: list[dict[str, Any]]) -> str:
    """The rows as tables, one per arm."""
    text = ""
    for arm in ARMS:
        own = [row for row in rows if row["arm"] == arm.name]
        if not own:
            continue
        n, failed = own[0]["n_studies"], own[0]["n_failed"]
        planned = "" if int(n) == arm.n_studies else f" of {arm.n_studies} that were planned"
        text += f"\n### {arm.words}\n\n{n} studies{planned}, {failed} without a fit.\n\n"
        text += "| | truth | mean | bias in MC errors | scatter | mean error | covered |\n"
        text += "|---|---|---|---|---|---|---|\n"
        for row in own:
            z, covered = float(row["bias_in_mc_se"]), float(row["f_covered"])
            bias = f"{z:+.1f}" if abs(z) <= MOST_BIAS_MC_SE else f"**{z:+.1f}**"
            share = f"{100 * covered:.1f} %"
            shown = share if covered >= LEAST_COVERED else f"**{share}**"
            numbers = [float(row[key]) for key in ("truth", "mean")]
            spread = [float(row[key]) for key in ("sd", "mean_standard_error")]
            cells = [f"`{row['parameter']}`", *(f"{x:.4g}" for x in numbers), bias]
            text += f"| {' | '.join([*cells, *(f'{x:.3g}' for x in spread), shown])} |\n"
    return text + "\n"


def written(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(
                {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()}
            )


def page_of(root: Path) -> tuple[Path, str, str]:
    """The page, as it is and as the table would have it."""
    path = root / "docs" / "validation" / "simulated-fits.md"
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    rows = written(root / "docs" / "validation" / "simulated_fits.csv")
    return path, page, before + BEGIN + page_table(rows) + END + rest.split(END)[1]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--arm", choices=[arm.name for arm in ARMS], help="run this one alone")
    parser.add_argument("--studies", type=int, help="fewer than the arm has; with --continue 0, as many as were kept")
    parser.add_argument(
        "--continue", action="store_true", dest="go_on", help="keep the studies that were fitted"
    )
    parser.add_argument("--check", action="store_true", help="run nothing")
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parents[1], help="the project"
    )
    options = parser.parse_args(arguments)
    if not options.check:
        table = options.root / "docs" / "validation" / "simulated_fits.csv"
        rows = written(table)
        for arm in ARMS:
            if options.arm not in (None, arm.name):
                continue
            n_studies = arm.n_studies if options.studies is None else options.studies
            run(options.root, arm, n_studies, options.go_on)
            fits, failures = read(options.root, arm)
            for failure in failures:
                print(f"{arm.name}: {failure}", file=sys.stderr)
            rows = [row for row in rows if row["arm"] != arm.name]
            rows += summary(arm, fits, len(failures))
            order = [one.name for one in ARMS]
            write(table, sorted(rows, key=lambda row: order.index(row["arm"])))
            rows = written(table)
    path, page, wanted = page_of(options.root)
    if options.check:
        return 0 if page == wanted else 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
