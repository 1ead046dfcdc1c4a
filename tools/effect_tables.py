"""Checks the tables of effects: the registry, and the effects that trials have published."""

from __future__ import annotations

import math
import re
from pathlib import Path
from statistics import NormalDist

from evidence_rows import Row, read_all, require_unique

RANKS = ("A", "B", "C")
YES_NO = ("yes", "no")
TRIAL_KINDS = ("normal", "count", "proportion", "ratio")
SE_FROM = ("interval", "p_value", "binomial", "none")
BETTER = ("lower", "higher")
#: Half the width of an interval of 95 % in standard errors.
Z95 = NormalDist().inv_cdf(0.975)
NAME = re.compile(r"[a-z][a-z0-9_]*")


def check_key(row: Row) -> None:
    row.require(
        NAME.fullmatch(row["key"]) is not None,
        "key must be in small letters, digits and underscores",
        row["key"],
        "rename it",
    )


def recalled_keys(row: Row, tables: dict[str, list[Row]]) -> list[str]:
    """The parameters of an effect that rest on what is only remembered."""
    provenance = {source["key"]: source["provenance"] for source in tables["references"]}
    reference = {number["key"]: number["reference"] for number in tables["parameters"]}
    for key in row["parameters"].split():
        row.require(
            key in reference,
            "parameters must name rows of data/parameters.csv",
            key,
            "correct the key",
        )
    return [key for key in row["parameters"].split() if provenance[reference[key]] == "recalled"]


def check_effects(tables: dict[str, list[Row]]) -> None:
    rows = tables["effects"]
    require_unique(rows, "key")
    for row in rows:
        check_key(row)
        row.require(
            re.fullmatch(r"M\d+", row["module"]) is not None,
            "module must be M and a number",
            row["module"],
            "number it",
        )
        rank, driver = row.one_of("rank", RANKS), row.one_of("rank_driver", RANKS)
        row.require(rank <= driver, "a driver has no better rank than its law", driver, "lower it")
        computed = row.one_of("computed", YES_NO) == "yes"
        for column, wanted in (("columns", computed), ("why_not", not computed)):
            row.require(
                bool(row[column]) == wanted,
                f"{column} must {'' if wanted else 'not '}be given where computed is "
                f"{row['computed']}",
                row[column],
                "correct one of them",
            )
        row.require(
            computed or rank != "A", "what has rank A is computed", row["key"], "compute it"
        )
        row.require(
            not computed or rank != "C", "what has rank C is not computed", row["key"], "document it"
        )
        if recalled_keys(row, tables):
            row.require(
                row.one_of("verify", YES_NO) == "yes",
                "verify must be yes where a parameter is recalled",
                row["verify"],
                "flag it",
            )


def optional_number(row: Row, column: str) -> float:
    return row.number(column) if row[column] else math.nan


def standard_error(row: Row) -> float:
    """Of the difference, as far as it was published; NaN where it was not."""
    how = row.one_of("se_from", SE_FROM)
    needs = {
        "interval": ("low", "high"),
        "p_value": ("difference", "p_value", "n"),
        "binomial": ("difference", "placebo", "n"),
        "none": (),
    }[how]
    numbers = {column: row.number(column) for column in needs}
    if how == "interval":
        return (numbers["high"] - numbers["low"]) / (2 * Z95)
    if how == "p_value":
        return abs(numbers["difference"]) / NormalDist().inv_cdf(1 - numbers["p_value"] / 2)
    if how == "binomial":
        shares = (numbers["placebo"], numbers["placebo"] + numbers["difference"])
        row.require(
            all(0 < p < 1 for p in shares),
            "shares must lie between 0 and 1",
            f"{shares[0]:g} and {shares[1]:g}",
            "correct placebo or difference",
        )
        return math.sqrt(sum(p * (1 - p) for p in shares) / (numbers["n"] / 2))
    return math.nan


def check_simulated(row: Row) -> None:
    """What a simulation of the trial needs."""
    se, n, placebo = (
        standard_error(row),
        optional_number(row, "n"),
        optional_number(row, "placebo"),
    )
    kind, difference = row["kind"], optional_number(row, "difference")
    row.require(
        kind in ("normal", "count", "proportion") and se > 0 and n >= 4,
        "a trial that is simulated needs a kind with a law, a standard error and n",
        f"{kind}, {se:g}, {n:g}",
        "say simulated no, with the reason",
    )
    if kind == "count":
        variance, highest = se * se * n / 4, max(placebo, placebo + difference)
        row.require(
            variance > highest > 0 and placebo + difference > 0,
            "counts must spread more than Poisson's",
            f"variance {variance:g} at a mean of {highest:g}",
            "take them as normal",
        )


def check_trial_effects(tables: dict[str, list[Row]]) -> None:
    rows, effects = tables["trial_effects"], {row["key"] for row in tables["effects"]}
    require_unique(rows, "key")
    for row in rows:
        check_key(row)
        row.one_of("effect", effects)
        row.one_of("kind", TRIAL_KINDS)
        row.one_of("better", BETTER)
        row.one_of("rank", RANKS)
        row.one_of("verify", YES_NO)
        low, middle, high = (optional_number(row, x) for x in ("low", "difference", "high"))
        row.require(
            not (middle < low or middle > high),
            "difference must lie between low and high",
            row["difference"],
            "correct the figures",
        )
        standard_error(row)
        simulated = row.one_of("simulated", YES_NO) == "yes"
        row.require(
            bool(row["why_not"]) != simulated,
            "why_not must be given where a trial is not simulated, and only there",
            row["why_not"],
            "correct one of them",
        )
        if simulated:
            check_simulated(row)


def read_effects(data: Path) -> dict[str, list[Row]]:
    """All tables by their stem, checked, those of effects too."""
    tables = read_all(data)
    check_effects(tables)
    check_trial_effects(tables)
    return tables
