"""Checks the tables that populations and bands are drawn from: quantities, correlations, ridges."""

from __future__ import annotations

import math
from pathlib import Path

from evidence_rows import KINDS, Row, read_all, require_unique

SEXES = ("both", "female", "male")
LAWS = ("constant", "share", "uniform", "normal", "lognormal")
RIDGES = ("fixed", "product", "ratio", "sum", "tubule")
UNITS = ("1", "y", "cm", "kg/m2", "mL/min", "mL/min/y", "mg/d", "g/L")
# Laws that come from a normal score; only these can be correlated.
SCORED = ("uniform", "normal", "lognormal")


def check_numbers(row: Row) -> None:
    law = row.one_of("law", LAWS)
    low, center, high = row.number("low"), row.number("center"), row.number("high")
    spread = row.number("spread")
    row.require(
        low <= center <= high,
        f"center of {row['quantity']} must lie between {row['low']} and {row['high']}",
        row["center"],
        "correct the center or the range",
    )
    drawn = law in ("normal", "lognormal")
    row.require(
        (spread > 0) == drawn,
        "spread must be positive for a normal or lognormal law and 0 for the others",
        row["spread"],
        "correct the law or the spread",
    )
    row.require(
        law != "lognormal" or low > 0,
        "a lognormal law needs a range above 0",
        row["low"],
        "raise low",
    )
    row.require(
        law in ("constant", "share") or low < high,
        "a law needs a range with low < high",
        row["low"],
        "widen the range",
    )


def check_quantities(rows: list[Row], parameters: list[Row]) -> None:
    require_unique(rows, "quantity", "sex")
    keys = {row["key"] for row in parameters}
    previous, seen = None, set()
    for row in rows:
        row.one_of("sex", SEXES)
        row.one_of("unit", UNITS)
        row.one_of("kind", KINDS)
        check_numbers(row)
        name = row["quantity"]
        row.require(
            name == previous or name not in seen,
            "the rows of a quantity must stand together",
            name,
            "move the row to the others",
        )
        previous = name
        seen.add(name)
        for key in row["applies_to"].split():
            row.require(
                key in keys,
                "applies_to must name rows of data/parameters.csv",
                key,
                "correct the key",
            )
    for name in dict.fromkeys(row["quantity"] for row in rows):
        own = [row for row in rows if row["quantity"] == name]
        sexes = sorted(row["sex"] for row in own)
        own[0].require(
            sexes in (["both"], ["female", "male"]),
            f"{name} needs a row for both sexes, or one for each",
            ", ".join(sexes),
            "complete or remove rows",
        )
        for row in own:
            row.require(
                row["law"] == own[0]["law"] and row["applies_to"] == own[0]["applies_to"],
                f"the law of {name} must be the same for both sexes",
                row["law"],
                "only numbers may differ",
            )


def cholesky(matrix: list[list[float]]) -> bool:
    """Whether a symmetric matrix is positive definite."""
    n = len(matrix)
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            if i == j:
                if rest <= 0:
                    return False
                lower[i][i] = math.sqrt(rest)
            else:
                lower[i][j] = rest / lower[j][j]
    return True


def check_correlations(rows: list[Row], quantities: list[Row]) -> None:
    require_unique(rows, "first", "second")
    names = list(dict.fromkeys(row["quantity"] for row in quantities if row["law"] in SCORED))
    matrix = [[float(i == j) for j in range(len(names))] for i in range(len(names))]
    for row in rows:
        first, second = (names.index(row.one_of(column, names)) for column in ("first", "second"))
        row.require(
            first < second,
            "first must stand above second in data/population.csv",
            row["first"],
            "swap the two",
        )
        r = row.number("r")
        row.require(-1 < r < 1, "a correlation must lie between -1 and 1", row["r"], "correct it")
        row.one_of("kind", KINDS)
        matrix[first][second] = matrix[second][first] = r
        row.require(
            cholesky(matrix),
            "the correlations must be possible together",
            row["r"],
            "weaken this one or one above",
        )


def check_ridges(rows: list[Row], parameters: list[Row]) -> None:
    require_unique(rows, "key", "leader")
    keys = [row["key"] for row in parameters]
    leaders = {row["leader"] for row in rows}
    for row in rows:
        row.one_of("key", keys)
        fixed = row.one_of("law", RIDGES) == "fixed"
        row.require(
            fixed == (row["leader"] == ""),
            "a row needs a leader, unless the law is fixed",
            row["leader"],
            "name the parameter that leads, or remove it",
        )
        if not fixed:
            row.one_of("leader", keys)
        row.require(
            row["key"] not in leaders,
            "a parameter that follows cannot lead",
            row["key"],
            "let both follow the same leader",
        )


def read_population(data: Path) -> dict[str, list[Row]]:
    """All tables by their stem, checked."""
    tables = read_all(data)
    check_quantities(tables["population"], tables["parameters"])
    check_correlations(tables["population_correlations"], tables["population"])
    check_ridges(tables["parameter_ridges"], tables["parameters"])
    return tables
