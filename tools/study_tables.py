"""Reads the tables of studies in data/, checks every row, and joins them with the figures.

One bad row stops everything: the error names its file and line.
"""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

from evidence_rows import Row, TableError, require_unique

COLUMNS = {
    "human_magnesium.csv": (
        "study cohort year citation doi population n salt route food elemental_mg regimen endpoint "
        "time_h value unit spread kind_of_spread provenance confidence note"
    ).split(),
    "study_observables.csv": "name unit score error_relative error_floor null meaning".split(),
    "study_scenarios.csv": (
        "scenario sex weight_kg gfr_mL_per_min diet_mg_per_d albumin_g_per_L "
        "c_plasma_total_mmol_per_L start_c_plasma_total_mmol_per_L modifiers empty_gut_at_start "
        "assumed"
    ).split(),
    "study_plans.csv": (
        "scenario what salt amount unit at_h every_h times over_h with_meal phytate_mmol oxalate_mmol"
    ).split(),
    "studies.csv": (
        "key line study domain scenario comparator observable source from_h to_h relative_to how n "
        "use f_cohort note"
    ).split(),
    "study_excluded.csv": "line study reason why".split(),
}
NEEDED = {
    "human_magnesium.csv": {"study", "cohort", "citation"},
    "study_observables.csv": set("name unit score error_relative error_floor null meaning".split()),
    "study_scenarios.csv": {"scenario", "assumed"},
    "study_plans.csv": {"scenario", "what", "at_h"},
    "studies.csv": set("key line study domain scenario observable from_h to_h use f_cohort".split()),
    "study_excluded.csv": {"line", "study", "reason", "why"},
}
DOMAINS = tuple("absorption urine iv loading depletion chronic kidney_disease baseline".split())
REASONS = (
    "no_number dose_unknown start_unknown not_an_output mechanism_missing population_missing "
    "sets_a_constant other_model repeat not_a_mean not_human in_vitro doubtful"
).split()
SCENARIO_NUMBERS = COLUMNS["study_scenarios.csv"][2:8]
NULLS = tuple("zero one plasma area urine excreted adult common".split())
BINDERS = ("phytate_mmol", "oxalate_mmol")
MG_PER_MMOL = 24.305
# Unit of a figure: unit of the observable, factor, and the length that the interval must have.
UNITS: dict[str, tuple[str, float, float | None]] = {
    "%": ("1", 0.01, None),
    "percent": ("1", 0.01, None),
    "percent of dose": ("1", 0.01, None),
    "% increase": ("1", 0.01, None),
    "fraction of control": ("1", 1, None),
    "mg/mg creatinine": ("1", 1, None),  # only as a ratio of two
    "mmol/L": ("mmol/L", 1, None),
    "mg/dL": ("mmol/L", 10 / MG_PER_MMOL, None),
    "mg/L": ("mmol/L", 1 / MG_PER_MMOL, None),
    "mmol": ("mmol", 1, None),
    "mmol/24h": ("mmol", 1, 24),
    "mmol/d": ("mmol", 1, 24),
    "mmol/d (less than)": ("mmol", 1, 24),
    "mg/d": ("mmol", 1 / MG_PER_MMOL, 24),
    "mM.min": ("mmol*h/L", 1 / 60, None),
    "mmol/L.min": ("mmol*h/L", 1 / 60, None),
    "mmol.min/L": ("mmol*h/L", 1 / 60, None),
    "mL/min": ("L/h", 0.06, None),
    "fraction": ("1", 1, None),
    "umol/L": ("umol/L", 1, None),  # free magnesium of cells: only as a ratio of two
    "L/h": ("L/h", 1, None),
}
# Kind of spread as printed: ours, and whether two numbers are given.
KINDS = {
    "": ("none", False),
    "median": ("none", False),
    "SD": ("sd", False),
    "SE": ("se", False),
    "IIV CV%": ("cv", False),
    "95% CI": ("ci95", True),
    "IQR": ("iqr", True),
    "IQR (median)": ("iqr", True),
    "range": ("range", True),
    "reference range": ("reference95", True),
    "upper bound": ("upper_bound", False),
    "approx": ("none", False),
    "WMD vs placebo": ("none", False),
}
PLAN_UNITS = {
    "oral": ("mg", "salt_mg", "mmol", "mEq"),
    "iv": ("mg", "salt_mg", "mmol", "mEq"),
    "im": ("mg", "salt_mg", "mmol", "mEq"),
    "meal": ("mg",),
    "diet": ("mg_per_d",),
    "fast": ("",),
    "modify": ("",),
}


def read(
    data: Path, name: str, columns: list[str] | None = None, needed: set[str] | None = None
) -> list[Row]:
    """Every row of one table; its columns are those of the table above unless given."""
    columns = columns or COLUMNS[name]
    needed = needed or NEEDED[name]
    with open(data / name, newline="", encoding="utf-8") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        if header != columns:
            raise TableError(f"data/{name} line 1: the columns must be {','.join(columns)}")
        rows = []
        for cells in reader:
            row = Row(
                dict(zip(header, cells, strict=False)), f"data/{name} line {reader.line_num}"
            )
            row.require(
                len(cells) == len(header), f"a row must have {len(header)} cells", len(cells), "fix"
            )
            for column in needed:
                row.require(bool(row[column]), f"{column} must not be empty", "", "fill it in")
            rows.append(row)
    return rows


class Figures:
    """The rows of human_magnesium.csv by their line, each with what it was used for."""

    def __init__(self, data: Path):
        self.rows = {
            line: row for line, row in enumerate(read(data, "human_magnesium.csv"), start=2)
        }
        self.used: dict[int, set[str]] = {line: set() for line in self.rows}

    def row(self, user: Row, line: str, role: str) -> Row:
        user.require(
            line.isdigit() and int(line) in self.rows,
            "a line must be one of data/human_magnesium.csv",
            line,
            "count the header as line 1",
        )
        self.used[int(line)].add(role)
        return self.rows[int(line)]

    def value(self, row: Row) -> tuple[str, float]:
        """Unit of the observable, and the figure in it."""
        unit, factor, _ = UNITS[row.one_of("unit", UNITS)]
        return unit, row.number("value") * factor

    def problem(self) -> str | None:
        """Every row is used or excluded, and no row is both; nor is one the endpoint of two."""
        for line, roles in self.used.items():
            if not roles:
                return f"line {line} is neither in a study nor excluded"
            if "excluded" in roles and len(roles) > 1:
                return f"line {line} is both in a study and excluded"
        return None


def interval(row: Row, factor: float) -> tuple[float, float]:
    match = re.fullmatch(r"(\d*\.?\d+)-(\d*\.?\d+)", row["spread"])
    row.require(match is not None, "spread must be two numbers", row["spread"], "see the source")
    assert match is not None
    return float(match[1]) * factor, float(match[2]) * factor


def spread_of(row: Row, value: float, factor: float) -> dict[str, object]:
    kind, two = KINDS[row.one_of("kind_of_spread", KINDS)]
    spread, low, high = math.nan, math.nan, math.nan
    if two:
        low, high = interval(row, factor)
        row.require(low <= value <= high, "value must lie in its interval", value, "see the source")
    elif kind == "cv":
        spread = abs(value) * row.number("spread") / 100
    elif kind in ("sd", "se"):
        spread = row.number("spread") * factor
    return {"kind": kind, "spread": spread, "low": low, "high": high}


def combined(row: Row, a: tuple, b: tuple, minus: bool) -> dict[str, object]:
    """The spread of a difference or a ratio: two standard errors, or none at all."""
    kinds = {a[1]["kind"], b[1]["kind"]}
    row.require(
        kinds in ({"none"}, {"se"}),
        "two figures combine with standard errors, or without any spread",
        " and ".join(sorted(map(str, kinds))),
        "leave one out",
    )
    if kinds == {"none"}:
        return a[1]
    errors = [float(x[1]["spread"]) / (1.0 if minus else abs(x[0])) for x in (a, b)]
    size = 1.0 if minus else abs(a[0] / b[0])
    return {**a[1], "spread": size * math.hypot(*errors)}


def joined(row: Row, figures: Figures, observables: dict[str, Row]) -> dict[str, object]:
    """An endpoint with its figure in the unit of its observable."""
    figure = figures.row(row, row["line"], "endpoint")
    row.require(figure["study"] == row["study"], "study must be that of its line", row["study"], "")
    unit, value = figures.value(figure)
    factor, hours = UNITS[figure["unit"]][1:]
    spread = spread_of(figure, value, factor)
    if row["how"] == "complement":
        row.require(not row["relative_to"], "a complement is of one figure", row["relative_to"], "")
        row.require(spread["kind"] == "none" and unit == "1", "a complement is of a bare share", "", "")
        value = round(1 - value, 6)
    elif row["relative_to"]:
        other = figures.row(row, row["relative_to"], "input")
        other_unit, other_value = figures.value(other)
        row.require(other_unit == unit, "both figures need one unit", other_unit, "")
        other_spread = spread_of(other, other_value, UNITS[other["unit"]][1])
        minus = row.one_of("how", ("minus", "over")) == "minus"
        spread = combined(row, (value, spread), (other_value, other_spread), minus)
        unit, value = (unit, value - other_value) if minus else ("1", value / other_value)
    else:
        row.require(figure["unit"] != "mg/mg creatinine", "creatinine must cancel", "", "")
        row.require(figure["unit"] != "umol/L", "free magnesium of cells must cancel", "", "")
    length = row.number("to_h") - row.number("from_h")
    row.require(length >= 0, "to_h must not come before from_h", row["to_h"], "")
    row.require(hours is None or length == hours, "a daily figure needs 24 h", length, "")
    wanted = observables[row.one_of("observable", observables)]["unit"]
    row.require(wanted == unit, f"the figure must be in {wanted}", unit, "choose another observable")
    return {**spread, "value": value, "unit": unit, "figure": figure, "row": row}


def people(row: Row, figure: Row) -> int:
    """How many the mean stands for, 0 where that was not seen; the fewer of "8-9"."""
    given = row["n"] or figure["n"]
    match = re.match(r"\d+", given)
    return int(match[0]) if match else 0


def check_plans(plans: list[Row], scenarios: set[str]) -> None:
    for line in plans:
        line.one_of("scenario", scenarios)
        line.one_of("unit", PLAN_UNITS[line.one_of("what", PLAN_UNITS)])
        line.one_of("with_meal", ("", "yes"))
        for column in ("amount", "at_h", "every_h", "times", "over_h", *BINDERS):
            if line[column]:
                line.number(column)
        line.require(
            line["what"] == "meal" or not any(line[column] for column in BINDERS),
            "only a meal brings phytate or oxalate",
            line["what"],
            "move them to the meal",
        )


def resolve(scenario: Row, figures: Figures) -> None:
    """"@155" in a cell stands for the figure of that line."""
    scenario.one_of("sex", ("", "female", "male"))
    scenario.one_of("empty_gut_at_start", ("", "yes"))
    for column in SCENARIO_NUMBERS:
        if scenario[column].startswith("@"):
            figure = figures.row(scenario, scenario[column][1:], "input")
            unit, value = figures.value(figure)
            scenario.require(unit == "mmol/L", "a level must be in mmol/L", unit, "")
            scenario[column] = repr(value)
        elif scenario[column]:
            scenario.number(column)


def check_observable(row: Row) -> None:
    difference = row.one_of("score", ("fold", "difference")) == "difference"
    row.one_of("null", NULLS)
    error, floor = row.number("error_relative"), row.number("error_floor")
    row.require(0 < error < 1, "error_relative must lie between 0 and 1", error, "give a share")
    row.require(
        floor > 0 if difference else floor == 0,
        "a difference needs an error_floor, a ratio has none",
        floor,
        "give it in the unit of the observable, or 0",
    )


def read_all(data: Path) -> dict[str, list]:
    """The checked tables; endpoints joined with their figures."""
    figures = Figures(data)
    observables = {row["name"]: row for row in read(data, "study_observables.csv")}
    scenarios = read(data, "study_scenarios.csv")
    plans = read(data, "study_plans.csv")
    studies = read(data, "studies.csv")
    excluded = read(data, "study_excluded.csv")
    require_unique(scenarios, "scenario")
    require_unique(studies, "key")
    require_unique(studies, "line")
    require_unique(excluded, "line")
    names = {row["scenario"] for row in scenarios}
    check_plans(plans, names)
    for scenario in scenarios:
        resolve(scenario, figures)
    for row in studies:
        row.one_of("domain", DOMAINS)
        row.one_of("use", ("fit", "excused", "show"))
        row.one_of("scenario", names)
        row.one_of("comparator", names | {""})
    for row in observables.values():
        check_observable(row)
    endpoints = [joined(row, figures, observables) for row in studies]
    run = {row[c] for row in studies for c in ("scenario", "comparator")}
    for row in scenarios:
        row.require(row["scenario"] in run, "a scenario must be used", row["scenario"], "remove it")
    for row in excluded:
        figure = figures.row(row, row["line"], "excluded")
        row.one_of("reason", REASONS)
        row.require(figure["study"] == row["study"], "study must be that of its line", "", "")
    if (problem := figures.problem()) is not None:
        raise TableError(f"data/human_magnesium.csv: {problem}")
    return {
        "observables": list(observables.values()),
        "scenarios": scenarios,
        "plans": plans,
        "endpoints": endpoints,
        "excluded": excluded,
        "figures": list(figures.rows.values()),
    }
