#!/usr/bin/env python3
"""Turns the tables of populations and of ridges into a header.

    python3 tools/generate_population.py            write the header
    python3 tools/generate_population.py --check    only say whether it is up to date

Every row is checked first (tools/population_tables.py); one bad row and nothing is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import generated_header  # noqa: E402
from evidence_rows import Row  # noqa: E402
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
        tool="generate_population.py",
    )


def main(arguments: list[str] | None = None) -> int:
    return generated_header.run(
        arguments, __doc__, lambda data: {PLACE: population_header(read_population(data))}
    )


if __name__ == "__main__":
    sys.exit(main())
