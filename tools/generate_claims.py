#!/usr/bin/env python3
"""Turns the tables of claims in data/ into include/mgpk/claim/claims_table.hpp.

    python3 tools/generate_claims.py            write the header
    python3 tools/generate_claims.py --check    only say whether it is up to date

Every row is checked first (tools/claim_tables.py); one bad row and nothing is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import generated_header  # noqa: E402
from claim_tables import LIMITS, WITH_TWO, read_all  # noqa: E402
from evidence_rows import Row  # noqa: E402
from generate_evidence import header, table, text  # noqa: E402
from generate_studies import braces, number, plan_row, reading, scenario_row  # noqa: E402

PLACE = "include/mgpk/claim/claims_table.hpp"
NOTHING = "{}"


def claim_row(row: Row) -> str:
    return braces(
        *(text(row[c]) for c in ("id", "article", "claim", "quantity", "model_output", "domain")),
        text(row["testable"]),
        f"Verdict::{row['verdict']}",
        text(row["evidence"]),
        text(row["reference"]),
    )


def other(row: Row) -> dict[str, str]:
    """The second reading of a measure: the observable is that of the first."""
    names = ("source", "scenario", "comparator", "from_h", "to_h")
    return {"observable": row["observable"]} | {name: row[f"other_{name}"] for name in names}


def measure_row(row: Row) -> str:
    return braces(
        text(row["measure"]),
        text(row["unit"]),
        f"How::{row['how']}",
        reading(row),
        reading(other(row)) if row["how"] in WITH_TWO else NOTHING,
        text(row["meaning"]),
    )


def region(low: str, high: str) -> str:
    return braces(*(number(cell) if cell else "unknown" for cell in (low, high)))


def test_row(row: Row) -> str:
    holds_low, holds_high, opposite_low, opposite_high = (row[column] for column in LIMITS)
    return braces(
        text(row["claim"]),
        text(row["measure"]),
        text(row["also"]),
        region(holds_low, holds_high),
        region(opposite_low, opposite_high),
        text(row["limits"]),
        text(row["reason"]),
    )


def body(tables: dict[str, list[Row]]) -> str:
    plans = sorted(tables["plans"], key=lambda line: line["scenario"])
    return "\n".join(
        [
            table("Claim", "claim_table", [claim_row(row) for row in tables["claims"]]),
            table("Test", "test_table", [test_row(row) for row in tables["tests"]]),
            table("Measure", "measure_table", [measure_row(row) for row in tables["measures"]]),
            table(
                "Scenario", "scenario_table", [scenario_row(r, plans) for r in tables["scenarios"]]
            ),
            table("PlanLine", "plan_table", [plan_row(row) for row in plans]),
        ]
    )


def claims_header(tables: dict[str, list[Row]]) -> str:
    names = "AmountUnit Action PlanLine Scenario".split()
    usings = "".join(f"using study::{name};\n" for name in sorted(names))
    return header(
        "The claims of the articles, and the numbers that test them, row by row.",
        "data/claims.csv and the other data/claim_*.csv",
        "mgpk::claim::detail",
        ["#include <array>", "", "#include <mgpk/claim/claim.hpp>", "#include <mgpk/study/study.hpp>"],
        usings + "\n" + body(tables),
        tool="generate_claims.py",
    )


def main(arguments: list[str] | None = None) -> int:
    return generated_header.run(
        arguments, __doc__, lambda data: {PLACE: claims_header(read_all(data))}
    )


if __name__ == "__main__":
    sys.exit(main())
