#!/usr/bin/env python3
"""Writes docs/studies.md: what the model says of every study of the catalogue.

    python3 tools/write_study_page.py            write the page
    python3 tools/write_study_page.py --check    fail if a number of the page has moved by 2 %

Needs mgpk installed. Nothing is fitted here; misfits stand as they are.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import Counter
from pathlib import Path

import pandas

import mgpk

PAGE = Path(__file__).resolve().parents[1] / "docs" / "studies.md"
TOLERANCE = 0.02
HEAD = """\
# The model against the study catalogue

Written by `tools/write_study_page.py`; a test fails when the page and the model have drifted apart.
Each line is a row of `data/human_magnesium.csv` with the person and plan of
`data/study_scenarios.csv` and `data/study_plans.csv`, read by an observable of
`data/study_observables.csv`. In Python: `mgpk.studies()`.

*Observed* is a mean or median with its standard error where one can be derived (from a deviation, an
error, a 95 % interval, a reference range or an interquartile range; never from a range or a bound).
*z* is the miss in standard errors of the observed mean alone: it knows neither the error of the model
nor the spread of people, so with many people a small miss is many standard errors. *Ratio* is
predicted over observed, where both are positive. Lines marked *show* are not for fitting: a maker's
own figures, a dose that is only remembered, or figures that set the size of a modifier; *excused* ones
cannot be met, and their note says why. The constants were fitted to the rest
([the report](validation/README.md)): to come near them is no validation. An interval that is wider
above than below counts here as if it were even.
An observed value marked < is an upper bound.
"""


def shown(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3g}"


def observed(study: mgpk.Study) -> str:
    words = ("< " if study.kind_of_spread == "upper_bound" else "") + shown(study.observed)
    return words if math.isnan(study.se) else f"{words} ± {shown(study.se)}"


def line(study: mgpk.Study, row: dict[str, object]) -> str:
    key = study.key + (f" *({study.use})*" if study.use != "fit" else "")
    unit = "" if study.unit == "1" else study.unit
    cells = [key, f"`{study.observable}`", unit, observed(study)]
    cells += [shown(float(str(row[name]))) for name in ("predicted", "ratio", "z")]
    return "| " + " | ".join(cells) + " |"


def sections(studies: mgpk.Studies, frame: pandas.DataFrame) -> list[str]:
    predicted = {str(row["key"]): row for row in frame.to_dict("records")}
    parts = []
    for domain in dict.fromkeys(study.domain for study in studies):
        mine = mgpk.studies(domain=domain)
        parts.append(
            f"\n## {domain.replace('_', ' ')}: {len(mine)} endpoints of {len(mine.cohorts)} cohorts\n\n"
            "| study | observable | unit | observed ± SE | predicted | ratio | z |\n"
            "|---|---|---|---|---|---|---|\n"
            + "\n".join(line(study, predicted[study.key]) for study in mine)
            + "\n"
        )
    return parts


def assumptions(studies: mgpk.Studies) -> str:
    rows = [f"| {study.key} | {'; '.join(study.assumed)} |" for study in studies]
    return (
        "\n## What was assumed\n\nBesides what the reference adult brings where nothing was said.\n\n"
        "| study | assumed |\n|---|---|\n" + "\n".join(rows) + "\n"
    )


def left_out(studies: mgpk.Studies) -> str:
    counts = Counter(row["reason"] for row in studies.excluded)
    rows = [
        f"| {row['line']} | {row['study']} | {row['endpoint']} | {row['reason']} | {row['why']} |"
        for row in studies.excluded
    ]
    summary = ", ".join(f"{reason} {n}" for reason, n in counts.most_common())
    return (
        f"\n## Left out: {len(rows)} rows\n\n{summary}.\n\n"
        "| line | study | endpoint | reason | why |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def page(frame: pandas.DataFrame) -> str:
    """The page for what ``mgpk.studies().predict()`` gave."""
    studies = mgpk.studies()
    fitted = mgpk.studies(use="fit")
    count = (
        f"\nThe catalogue holds {len(studies)} endpoints of {len(studies.cohorts)} cohorts; "
        f"{len(fitted)} of {len(fitted.cohorts)} are fitted.\n"
    )
    parts = [HEAD, count, *sections(studies, frame), assumptions(studies), left_out(studies)]
    return "".join(parts)


def cells(text: str) -> list[str]:
    return re.split(r"(\s+)", text)


def alike(old: str, new: str) -> bool:
    """Equal words, or numbers that differ by no more than the tolerance and the rounding."""
    if old == new:
        return True
    try:
        a, b = float(old), float(new)
    except ValueError:
        return False
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1.0 if abs(a) > 0.5 else 0.05)


def drift(stored: str, current: str) -> list[str]:
    """The lines that no longer say the same."""
    old, new = stored.splitlines(), current.splitlines()
    if len(old) != len(new):
        return [f"{len(old)} lines are stored, {len(new)} are current"]
    found = []
    for a, b in zip(old, new, strict=True):
        words = list(zip(cells(a), cells(b), strict=False))
        if len(cells(a)) != len(cells(b)) or not all(alike(*pair) for pair in words):
            found.append(f"- {a}\n+ {b}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a drift")
    current = page(mgpk.studies().predict())
    if not parser.parse_args().check:
        PAGE.write_text(current, encoding="utf-8")
        return 0
    found = drift(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "", current)
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
