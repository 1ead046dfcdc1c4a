#!/usr/bin/env python3
"""Writes docs/validation: the model against published figures, and against a model that knows nothing.

    python3 tools/write_validation.py            everything, with slopes and structures: some minutes
    python3 tools/write_validation.py --quick    keep the stored slopes and structures
    python3 tools/write_validation.py --check    write nothing; fail where the report has worsened or
                                                 drifted, and say where

Needs mgpk installed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas

sys.path.insert(0, str(Path(__file__).resolve().parent))
import validation_numbers as numbers  # noqa: E402
import validation_page as page  # noqa: E402
import validation_scenarios as scenarios  # noqa: E402
from calibration_steps import ROOT  # noqa: E402
from write_study_page import drift  # noqa: E402

FOLDER = ROOT / "docs" / "validation"
PAGE = FOLDER / "README.md"
STRUCTURES = FOLDER / "structures.csv"
SLOPES = FOLDER / "slopes.csv"
REFITS = FOLDER / "refits.csv"


def read(path: Path, index: str) -> pandas.DataFrame:
    return pandas.read_csv(path).set_index(index)


def store_slow_parts() -> None:
    """What takes minutes, kept for --quick and --check."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    numbers.all_slopes().to_csv(SLOPES, float_format="%.8g", lineterminator="\n")
    fitted = numbers.fitted(read(SLOPES, "key"))
    costs = numbers.structure_costs(fitted, lambda name: print(f"structure: {name}", flush=True))
    costs.to_csv(STRUCTURES, float_format="%.4f", lineterminator="\n")
    numbers.refit_check(fitted).to_csv(REFITS, float_format="%.5f", lineterminator="\n")


def report() -> page.Report:
    fitted = numbers.fitted(read(SLOPES, "key"))
    return page.Report(
        fitted=fitted,
        without=numbers.leave_one_cohort_out(fitted),
        identifiability=numbers.identifiability(fitted),
        structures=read(STRUCTURES, "structure"),
        refits=read(REFITS, "key"),
        answers=scenarios.answers(),
        kidney=scenarios.kidney_disease(fitted.constants, fitted.x, fitted.covariance),
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="write nothing; fail where it has worsened")
    how.add_argument("--quick", action="store_true", help="keep the stored slopes and structures")
    options = parser.parse_args(arguments)
    if not (options.check or options.quick):
        store_slow_parts()
    current = report()
    broken = page.broken_promises(current)
    if options.check:
        stored = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        found = [*broken, *drift(stored, page.text(current))]
        print(*found, sep="\n")
        return 1 if found else 0
    PAGE.write_text(page.text(current), encoding="utf-8")
    page.draw(current, FOLDER)
    print(*broken, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
