#!/usr/bin/env python3
"""Turns the tables of studies in data/ into include/mgpk/study/catalogue_table.hpp.

    python3 tools/generate_studies.py            write the header
    python3 tools/generate_studies.py --check    only say whether it is up to date

Every row is checked first (tools/study_tables.py); one bad row and nothing is written.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import generated_header  # noqa: E402
from evidence_rows import Row  # noqa: E402
from generate_evidence import header, table, text  # noqa: E402
from study_tables import MG_PER_MMOL, people, read_all  # noqa: E402

PLACE = "include/mgpk/study/catalogue_table.hpp"


def number(value: str | float) -> str:
    real = float(value)
    return "unknown" if math.isnan(real) else repr(real)


def optional(cell: str) -> str:
    return number(cell) if cell else "std::nullopt"


def braces(*cells: str) -> str:
    return "{" + ", ".join(cells) + "}"


def flag(cell: str) -> str:
    return "true" if cell == "yes" else "false"


def observable_row(row: Row) -> str:
    return braces(
        text(row["name"]),
        text(row["unit"]),
        f"Score::{row['score']}",
        number(row["error_relative"]),
        number(row["error_floor"]),
        f"Null::{row['null']}",
        text(row["meaning"]),
    )


def plan_row(row: Row) -> str:
    return braces(
        f"Action::{row['what']}",
        text(row["salt"]),
        number(row["amount"] or 0),
        f"AmountUnit::{row['unit'] or 'none'}",
        number(row["at_h"]),
        number(row["every_h"] or 0),
        row["times"] or "1",
        number(row["over_h"] or 0),
        flag(row["with_meal"]),
        number(row["phytate_mmol"] or 0),
        number(row["oxalate_mmol"] or 0),
    )


def scenario_row(row: Row, plans: list[Row]) -> str:
    mine = [i for i, line in enumerate(plans) if line["scenario"] == row["scenario"]]
    return braces(
        text(row["scenario"]),
        text(row["sex"]),
        optional(row["weight_kg"]),
        optional(row["gfr_mL_per_min"]),
        optional(row["diet_mg_per_d"]),
        optional(row["albumin_g_per_L"]),
        optional(row["c_plasma_total_mmol_per_L"]),
        optional(row["start_c_plasma_total_mmol_per_L"]),
        text(row["modifiers"]),
        flag(row["empty_gut_at_start"]),
        str(mine[0] if mine else 0),
        str(len(mine)),
        text(row["assumed"]),
    )


def citation(figure: Row, figures: list[Row]) -> str:
    """Where the source says "same", the first citation of that study."""
    if not figure["citation"].startswith("same"):
        return figure["citation"]
    return next(row["citation"] for row in figures if row["study"] == figure["study"])


def reading(row: Mapping[str, str]) -> str:
    return braces(
        text(row["scenario"]),
        text(row["comparator"]),
        text(row["observable"]),
        text(row["source"]),
        number(row["from_h"]),
        number(row["to_h"]),
    )


def study_row(joined: dict, figures: list[Row]) -> str:
    row, figure = joined["row"], joined["figure"]
    return braces(
        reading(row),
        text(row["key"]),
        row["line"],
        text(row["study"]),
        text(figure["cohort"]),
        text(citation(figure, figures)),
        text(figure["doi"]),
        text(figure["population"]),
        text(figure["endpoint"]),
        f"Domain::{row['domain']}",
        text(joined["unit"]),
        number(joined["value"]),
        f"SpreadKind::{joined['kind']}",
        number(joined["spread"]),
        number(joined["low"]),
        number(joined["high"]),
        str(people(row, figure)),
        f"Use::{row['use']}",
        number(row["f_cohort"]),
        f"evidence::Provenance::{figure['provenance']}",
        text(figure["confidence"]),
        text("; ".join(note for note in (row["note"], figure["note"]) if note)),
    )


def excluded_row(row: Row, figures: list[Row]) -> str:
    endpoint = figures[int(row["line"]) - 2]["endpoint"]
    return braces(
        row["line"], text(row["study"]), text(endpoint), text(row["reason"]), text(row["why"])
    )


def body(tables: dict[str, list]) -> str:
    figures = tables["figures"]
    plans = sorted(tables["plans"], key=lambda line: line["scenario"])
    parts = [
        table("Observable", "observable_table", [observable_row(r) for r in tables["observables"]]),
        table("PlanLine", "plan_table", [plan_row(row) for row in plans]),
        table("Scenario", "scenario_table", [scenario_row(r, plans) for r in tables["scenarios"]]),
        table("Study", "study_table", [study_row(r, figures) for r in tables["endpoints"]]),
        table("Excluded", "excluded_table", [excluded_row(r, figures) for r in tables["excluded"]]),
    ]
    check = (
        f"static_assert(units::molar_mass_magnesium_g_per_mol == {MG_PER_MMOL},\n"
        + '              "units/units.hpp and tools/study_tables.py must agree");\n\n'
    )
    return check + "\n".join(parts)


def catalogue_header(tables: dict[str, list]) -> str:
    return header(
        "The studies of the catalogue, and the figures that are left out, row by row.",
        "data/studies.csv and the other data/study_*.csv, data/human_magnesium.csv",
        "mgpk::study::detail",
        ["#include <array>", "", "#include <mgpk/study/study.hpp>", "#include <mgpk/units/units.hpp>"],
        body(tables),
        tool="generate_studies.py",
    )


def main(arguments: list[str] | None = None) -> int:
    return generated_header.run(
        arguments, __doc__, lambda data: {PLACE: catalogue_header(read_all(data))}
    )


if __name__ == "__main__":
    sys.exit(main())
