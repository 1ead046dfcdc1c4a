"""Reads the tables of claims in data/ and checks every row.

The scenarios and plans have the columns of those of the studies. One bad row stops everything: the
error names its file and line.
"""

from __future__ import annotations

from pathlib import Path

import study_tables
from evidence_rows import Row, require_unique

COLUMNS = {
    "claims.csv": (
        "id article claim quantity model_output domain testable verdict evidence reference"
    ).split(),
    "claim_tests.csv": (
        "claim measure also holds_low holds_high opposite_low opposite_high limits reason"
    ).split(),
    "claim_measures.csv": (
        "measure unit how observable source scenario comparator from_h to_h other_source "
        "other_scenario other_comparator other_from_h other_to_h meaning"
    ).split(),
    "claim_scenarios.csv": study_tables.COLUMNS["study_scenarios.csv"],
    "claim_plans.csv": study_tables.COLUMNS["study_plans.csv"],
}
NEEDED = {
    "claims.csv": set(COLUMNS["claims.csv"]),
    "claim_tests.csv": {"claim", "reason"},
    "claim_measures.csv": {"measure", "unit", "how", "observable", "from_h", "to_h", "meaning"},
    "claim_scenarios.csv": study_tables.NEEDED["study_scenarios.csv"],
    "claim_plans.csv": study_tables.NEEDED["study_plans.csv"],
}
VERDICTS = tuple("supported mixed unsupported contradicted not_checked citation_not_found".split())
TESTABLE = ("yes", "partly", "no")
WITH_RUNS = ("value", "over", "minus")
WITH_TWO = ("over", "minus")
HOW = (*WITH_RUNS, "table", "published", "people")
LIMITS = ("holds_low", "holds_high", "opposite_low", "opposite_high")
# Advice to anybody has no place in a sentence about a claim.
ADVICE = ("should", "recommend", "you ", "your ", "avoid", "must ")


def check_claim(row: Row) -> None:
    row.one_of("testable", TESTABLE)
    row.one_of("verdict", VERDICTS)


def check_measure(row: Row, scenarios: set[str]) -> None:
    how = row.one_of("how", HOW)
    for column in ("from_h", "to_h"):
        row.number(column)
    if how not in WITH_RUNS:
        row.require(not row["scenario"], "no run is read here", row["scenario"], "leave it out")
        return
    row.one_of("scenario", scenarios)
    row.one_of("comparator", scenarios | {""})
    for column in COLUMNS["claim_measures.csv"][9:14]:
        optional = column in ("other_source", "other_comparator")
        row.require(
            optional or bool(row[column]) == (how in WITH_TWO),
            f"{column} belongs to a measure of two readings",
            row[column],
            "give it with over and minus only",
        )
    if how in WITH_TWO:
        row.one_of("other_scenario", scenarios)
        row.one_of("other_comparator", scenarios | {""})


def check_region(row: Row, low: str, high: str) -> None:
    for column in (low, high):
        if row[column]:
            row.number(column)
    if row[low] and row[high]:
        row.require(row.number(low) <= row.number(high), f"{low} must not exceed {high}", row[low], "")


def check_test(row: Row, measures: dict[str, str]) -> None:
    """``measures``: how each is made. A published effect is shown and gives no verdict."""
    words = row["reason"].lower()
    for word in ADVICE:
        row.require(word not in words, "a reason gives no advice", word.strip(), "say what was found")
    if not row["measure"]:
        for column in (*LIMITS, "also", "limits"):
            row.require(not row[column], f"{column} needs a measure", row[column], "leave it out")
        row.require("{" not in row["reason"], "no number stands here", row["reason"], "say why not")
        return
    for name in (row["measure"], *also(row)):
        row.require(name in measures, "a measure must be known", name, "see claim_measures.csv")
    row.require("{value" in row["reason"], "the reason must hold its number", row["reason"], "")
    decides = measures[row["measure"]] != "published"
    row.require(bool(row["limits"]) == decides, "it must be said where limits come from", "", "")
    row.require(
        bool(row["holds_low"] or row["holds_high"]) == decides,
        "a claim must be able to hold, by any number but a published effect",
        row["measure"],
        "give the limits of its number, or none",
    )
    check_region(row, "holds_low", "holds_high")
    check_region(row, "opposite_low", "opposite_high")


def also(row: Row) -> list[str]:
    return [name for name in row["also"].split(";") if name]


def require_all_used(rows: list[Row], column: str, used: set[str]) -> None:
    for row in rows:
        row.require(row[column] in used, f"a {column} must be used", row[column], "remove it")


def read_all(data: Path) -> dict[str, list[Row]]:
    """The checked tables by their name without claim_ and .csv."""
    tables = {
        name.removeprefix("claim_").removesuffix(".csv"): study_tables.read(
            data, name, COLUMNS[name], NEEDED[name]
        )
        for name in COLUMNS
    }
    require_unique(tables["claims"], "id")
    require_unique(tables["measures"], "measure")
    require_unique(tables["scenarios"], "scenario")
    for row in tables["claims"]:
        check_claim(row)
    scenarios = {row["scenario"] for row in tables["scenarios"]}
    study_tables.check_plans(tables["plans"], scenarios)
    for row in tables["measures"]:
        check_measure(row, scenarios)
    for row in tables["tests"]:
        check_test(row, {measure["measure"]: measure["how"] for measure in tables["measures"]})
    for claim, test in zip(tables["claims"], tables["tests"], strict=True):
        test.require(test["claim"] == claim["id"], "tests stand in the order of the claims", test["claim"], "")
        test.require(
            claim["testable"] != "yes" or bool(test["measure"]),
            "a testable claim needs a measure",
            test["claim"],
            "give one",
        )
    used = {name for row in tables["tests"] for name in (row["measure"], *also(row))}
    require_all_used(tables["measures"], "measure", used)
    columns = ("scenario", "comparator", "other_scenario", "other_comparator")
    run = {row[column] for row in tables["measures"] for column in columns}
    require_all_used(tables["scenarios"], "scenario", run)
    return tables
