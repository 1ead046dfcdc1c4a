#!/usr/bin/env python3
"""Turns the tables of effects into headers.

    python3 tools/generate_effects.py            write the headers
    python3 tools/generate_effects.py --check    only say whether they are up to date

Every row is checked first (tools/effect_tables.py); one bad row and nothing is written.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import generated_header  # noqa: E402
from effect_tables import Z95, optional_number, read_effects, standard_error  # noqa: E402
from evidence_rows import Row  # noqa: E402
from generate_evidence import header, number, table, text  # noqa: E402

EFFECTS = "include/mgpk/effect/effects_table.hpp"
TRIALS = "include/mgpk/trial/trial_effects_table.hpp"
INCLUDES = ["#include <array>", "#include <limits>", ""]


def yes(cell: str) -> str:
    return "true" if cell == "yes" else "false"


def braces(*cells: str) -> str:
    return "{" + ", ".join(cells) + "}"


def or_nan(value: float) -> str:
    return "unknown" if math.isnan(value) else number(repr(value))


def effect_row(row: Row) -> str:
    return braces(
        *(text(row[column]) for column in ("key", "module", "title")),
        f"Rank::{row['rank'].lower()}",
        f"Rank::{row['rank_driver'].lower()}",
        yes(row["computed"]),
        *(text(row[column]) for column in ("driver", "columns", "parameters", "says", "why_not")),
        text(row["reference"]),
        yes(row["verify"]),
    )


def effects_header(rows: list[Row]) -> str:
    return header(
        "What magnesium does, effect by effect: what is computed, what is not, and why.",
        "data/effects.csv",
        "mgpk::effect",
        ["#include <array>", "", "#include <mgpk/effect/effect_entry.hpp>"],
        table("Effect", "effects", [effect_row(row) for row in rows]),
        tool="generate_effects.py",
    )


def trial_row(row: Row) -> str:
    difference, se = optional_number(row, "difference"), standard_error(row)
    low, high = optional_number(row, "low"), optional_number(row, "high")
    if not math.isnan(se) and math.isnan(low):
        low, high = difference - Z95 * se, difference + Z95 * se
    return braces(
        *(text(row[column]) for column in ("key", "effect", "outcome", "population", "unit")),
        f"Outcome::{row['kind']}",
        *(or_nan(round(x, 12)) for x in (difference, low, high, se)),
        or_nan(optional_number(row, "p_value")),
        f"SeFrom::{row['se_from']}",
        or_nan(optional_number(row, "n")),
        *(
            or_nan(optional_number(row, column))
            for column in ("placebo", "dose_low_mg_per_d", "dose_high_mg_per_d", "weeks")
        ),
        "true" if row["better"] == "lower" else "false",
        text(row["certainty"]),
        text(row["rank"]),
        yes(row["simulated"]),
        text(row["why_not"]),
        text(row["reference"]),
        yes(row["verify"]),
        text(row["note"]),
    )


def trials_header(rows: list[Row]) -> str:
    return header(
        "What trials have published, as differences between magnesium and placebo.",
        "data/trial_effects.csv",
        "mgpk::trial",
        [*INCLUDES, "#include <mgpk/trial/trial_effect.hpp>"],
        "inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();\n\n"
        + table("TrialEffect", "trial_effects", [trial_row(row) for row in rows]),
        tool="generate_effects.py",
    )


def headers(data: Path) -> dict[str, str]:
    tables = read_effects(data)
    return {
        EFFECTS: effects_header(tables["effects"]),
        TRIALS: trials_header(tables["trial_effects"]),
    }


def main(arguments: list[str] | None = None) -> int:
    return generated_header.run(arguments, __doc__, headers)


if __name__ == "__main__":
    sys.exit(main())
