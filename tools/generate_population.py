#!/usr/bin/env python3
"""Turns the tables of populations and of ridges into a header.

    python3 tools/generate_population.py            write the header
    python3 tools/generate_population.py --check    only say whether it is up to date

Every row is checked first (tools/population_tables.py); one bad row and nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from evidence_rows import Row, TableError  # noqa: E402
from generate_evidence import header, number, table, text  # noqa: E402
from population_tables import read_population  # noqa: E402

PLACE = "include/mgpk/people/population_table.hpp"


def braces(*cells: str) -> str:
    return "{" + ", ".join(cells) + "}"


def quantity_row(row: Row) -> str:
    return braces(
        text(row["quantity"]),
        f"Of::{row['sex']}",
        f"Law::{row['law']}",
        *(number(row[column]) for column in ("center", "spread", "low", "high")),
        text(row["unit"]),
        text(row["applies_to"]),
        f"evidence::Kind::{row['kind']}",
        text(row["reference"]),
        text(row["spread_reference"]),
        text(row["note"]),
    )


def correlation_row(row: Row) -> str:
    return braces(text(row["first"]), text(row["second"]), number(row["r"]))


def ridge_row(row: Row) -> str:
    return braces(text(row["key"]), f"RidgeLaw::{row['law']}", text(row["leader"]))


def population_header(tables: dict[str, list[Row]]) -> str:
    names = list(dict.fromkeys(row["quantity"] for row in tables["population"]))
    body = "\n".join(
        [
            table("Quantity", "quantities", [quantity_row(row) for row in tables["population"]]),
            "/// Each quantity once; its place here is the purpose of its draws, so add new ones at\n"
            "/// the end.\n"
            + table("std::string_view", "quantity_names", [text(name) for name in names]),
            table(
                "Correlation",
                "correlations",
                [correlation_row(row) for row in tables["population_correlations"]],
            ),
            table("Ridge", "ridges", [ridge_row(row) for row in tables["parameter_ridges"]]),
        ]
    )
    return header(
        "What a population is drawn from, and which parameters move together.",
        "data/population.csv, data/population_correlations.csv, data/parameter_ridges.csv",
        "mgpk::people",
        ["#include <array>", "#include <string_view>", "", "#include <mgpk/people/quantity.hpp>"],
        body,
    ).replace("generate_evidence.py", "generate_population.py")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if the header is out of date"
    )
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parents[1], help="the project"
    )
    options = parser.parse_args(arguments)
    try:
        wanted = population_header(read_population(options.root / "data"))
    except TableError as error:
        print(error, file=sys.stderr)
        return 1
    path = options.root / PLACE
    if path.exists() and path.read_text(encoding="utf-8") == wanted:
        return 0
    if options.check:
        print(f"{PLACE} is out of date; run python3 tools/generate_population.py", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(wanted, encoding="utf-8")
    print(f"wrote {PLACE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
