#!/usr/bin/env python3
"""Writes docs/head-to-head: all salts on three bases in four conditions, as the model has them.

    python3 tools/write_head_to_head.py            page, picture and table, with bands: some minutes
    python3 tools/write_head_to_head.py --check    fail if a number of the page has moved by 2 %

Needs mgpk installed. The bands stand in the picture and in the table alone; --check is without them.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import Any

import matplotlib

import mgpk
from mgpk.side_by_side import ACID, MEALS
from mgpk.side_by_side_page import LIMITS
from mgpk.side_by_side_tables import name_of, span_in_words, tablets

sys.path.insert(0, str(Path(__file__).resolve().parent))
from write_study_page import drift  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "head-to-head"
PAGE, PICTURE, TABLE = (FOLDER / name for name in ("README.md", "salts.png", "salts.csv"))
N_DRAWS = 60
#: Comparisons of salts in people: lines of data/human_magnesium.csv, its header being line 1.
PUBLISHED = {
    **dict.fromkeys((29, 30, 31, 32), "Schuette1994"),
    **dict.fromkeys((34, 35, 36, 37), "Firoz2001"),
    **dict.fromkeys((38, 39), "Lindberg1990"),
    **dict.fromkeys((46, 47, 48, 49), "Walker2003"),
    50: "Fogarty2002",
    **dict.fromkeys((51, 52, 53), "Pajuelo2024"),
    57: "Kappeler2017",
    **dict.fromkeys((70, 71, 72), "Muehlbauer1991"),
    **dict.fromkeys((76, 77, 78), "Schutten2022"),
}
USUAL, FED, BLOCKED = ("fasted", "normal"), ("fed", "normal"), ("fasted", "blocked")
HEAD = """\
# Salts head to head

Written by `tools/write_head_to_head.py`; a test fails when the page and the model have drifted
apart. In Python: `mgpk.head_to_head()`, with `.plot()`, `.to_pandas()` and
`.to_page("salts.html")`.

> mgpk is research software. Its simulations are uncertain, are not validated for any individual and
> are not medical advice; they must not be used to choose, change or monitor a magnesium dose, least
> of all in kidney disease, pregnancy, childhood or during intravenous treatment.
"""
READING = """\
Absorbed is how much more magnesium crossed the gut wall than in the same person, in the same
condition, without the dose; food's magnesium is included, for a dose taken with a meal takes places
of uptake that the meal would have had. Urine is the part of it that was passed by the end. Stool
water is what the dissolved rest holds in the gut, above the baseline. The lines in the picture hold
the middle 90 % of {n} runs in which the constants were drawn within their ranges, the same ones for
every salt; a figure may lie at the edge of its line, or beside it, for some ranges are lopsided.
They say how little is known of the constants, and not how people differ. [All numbers with their
bands](salts.csv).
"""


BESIDE = """\
The model has no difference between citrate and glycinate. Fogarty 2002 and Walker 2003 saw more in
serum after citrate than after an amino-acid chelate; Pajuelo 2024 saw a rise with citrate and none
with bisglycinate. The model has a difference between glycinate and oxide; Schuette 1994 saw none in
the whole group, whose ileum had been resected. That oxide gives less than soluble salts is as in
Lindberg 1990, Firoz 2001 and Kappeler 2017, and for urine as in Schutten 2022, who found plasma alike.
The figures stand [below](#what-comparisons-in-people-found).
"""
COMPARISONS = """\
Lines of [`data/human_magnesium.csv`](../../data/human_magnesium.csv), most of them read in abstracts;
[what the model says](../studies.md) of each that a run can be held against.
"""


def of(
    result: mgpk.HeadToHead, basis: str, condition: tuple[str, str], salt: str
) -> dict[str, Any]:
    return next(row for row in result.cell(basis, *condition) if row["salt"] == salt)


def findings(result: mgpk.HeadToHead) -> list[str]:
    """What the numbers show, in sentences that carry them."""
    key = "a_absorbed_above_baseline_mmol"
    rows = result.cell("elemental_dose", *USUAL)
    oxide = [of(result, "elemental_dose", c, "oxide")[key] for c in (USUAL, FED, BLOCKED)]
    glycinate = [of(result, "elemental_dose", c, "glycinate") for c in (USUAL, FED, BLOCKED)]
    alike = [row for row in rows if abs(row[key] - glycinate[0][key]) < 1e-6]
    mass = result.cell("salt_mass", *USUAL)
    fed_mass = result.cell("salt_mass", *FED)
    return [
        f"At equal magnesium {len(alike)} of {len(rows)} salts come out alike, at "
        f"{glycinate[0][key]:.2f} mmol fasted with normal acid. That dissolved salts are alike is an "
        "assumption of the model, not a finding.",
        f"Oxide is absorbed by {oxide[0]:.2f} mmol fasted, {oxide[1]:.2f} mmol with a meal, which brings "
        f"acid, and {oxide[2]:.2f} mmol fasted with blocked acid. Of glycinate it is "
        f"{glycinate[0][key]:.2f} mmol, {glycinate[1][key]:.2f} mmol and {glycinate[2][key]:.2f} mmol; "
        "what it loses with blocked acid is the linear uptake that the blocker lowers too.",
        f"Of 300 mg as glycinate {100 * glycinate[0]['f_absorbed']:.1f} % cross the gut wall one-way when "
        f"fasted and {100 * glycinate[1]['f_absorbed']:.1f} % with a meal; above the baseline it is "
        f"{100 * glycinate[0]['f_absorbed_above_baseline']:.1f} % and "
        f"{100 * glycinate[1]['f_absorbed_above_baseline']:.1f} %, for with the meal a part takes the "
        "place of food's magnesium.",
        f"Glycine comes with glycinate alone: {glycinate[0]['glycine_mg']:.0f} mg with 300 mg of "
        f"magnesium, {glycinate[0]['glycine_mg'] / glycinate[0]['elemental_mg']:.3f} mg per mg.",
        "At equal mass of the salt the order follows the magnesium that a gram holds and how much of it "
        f"dissolves: absorbed, mmol, fasted with normal acid: {span_in_words(mass, key, '{:.2f}')}; with "
        f"a meal: {span_in_words(fed_mass, key, '{:.2f}')}. The larger the dose, the smaller the share of "
        "it that is absorbed, for a part of uptake is saturable.",
        "At equal number of tablets the order among the salts that dissolve is that of the magnesium in "
        "one, which was read for "
        f"{sum(t.kind != 'assumed' for t in result.tablets.values())} salts and assumed for the rest.",
    ]


def table(result: mgpk.HeadToHead, basis: str) -> str:
    cells = "absorbed, mmol · % of dose · urine, mmol · stool water, g"
    heads = [f"{MEALS[meal]}, {ACID[acid]}: {cells}" for meal, acid in result.conditions]
    lines = [
        "| salt | form | magnesium, mg | glycine, mg | " + " | ".join(heads) + " |",
        "|---|---|---|---|" + "---|" * len(heads),
    ]
    by_condition = [
        {row["salt"]: row for row in result.cell(basis, *condition)}
        for condition in result.conditions
    ]
    for row in result.cell(basis, *result.conditions[0]):
        numbers = [
            f"{r['a_absorbed_above_baseline_mmol']:.2f} · {100 * r['f_absorbed_above_baseline']:.1f} · "
            f"{r['ae_mmol']:.2f} · {r['stool_water_g']:.0f}"
            for r in (rows[row["salt"]] for rows in by_condition)
        ]
        name = name_of(row).replace("*", "\\*")
        given = f"{name} | {row['hydrate']} | {row['elemental_mg']:.0f} | {row['glycine_mg']:.0f}"
        lines.append(f"| {given} | {' | '.join(numbers)} |")
    return "\n".join(lines) + "\n"


def tablet_table(result: mgpk.HeadToHead) -> str:
    heads, rows = tablets(result)
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def published() -> str:
    """What comparisons of salts in people found, as it was read."""
    with open(ROOT / "data" / "human_magnesium.csv", newline="", encoding="utf-8") as file:
        rows = dict(enumerate(csv.DictReader(file), 2))
    lines = [
        "| study | people | salt | magnesium, mg | what was looked at | found | note |",
        "|---|---|---|---|---|---|---|",
    ]
    for line, study in PUBLISHED.items():
        row = rows[line]
        if row["study"] != study:
            raise SystemExit(f"line {line} must be of {study}, but it is {row['study']}")
        unit = "" if row["unit"] in ("text", "") else f" {row['unit']}"
        spread = f" ({row['spread']}, {row['kind_of_spread']})" if row["spread"] else ""
        cells = (
            *(row["citation"], row["population"], row["salt"], row["elemental_mg"] or "not seen"),
            *(row["endpoint"], f"{row['value']}{unit}{spread}", row["note"]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def listed(lines: list[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def page(result: mgpk.HeadToHead) -> str:
    """The page; it holds no band, so that it is the same with and without them."""
    parts = [
        HEAD,
        f"\n![All salts, bases and conditions](salts.png)\n\nOne person, the reference adult; "
        f"{result.words}.\n{READING.format(n=N_DRAWS)}",
        f"\n## Where published comparisons say otherwise\n\n{BESIDE}",
        "\n## What the model shows\n\n" + listed(findings(result)),
    ]
    for basis in result.amounts:
        parts.append(
            f"\n## {result.basis_in_words(basis)}\n\n{table(result, basis)}".replace("(*:", "(\\*:")
        )
    parts.append(
        "\n## What one tablet or capsule holds\n\nFrom [`data/tablets.csv`](../../data/tablets.csv).\n\n"
        + tablet_table(result)
    )
    parts.append(f"\n## What comparisons in people found\n\n{COMPARISONS}\n{published()}")
    parts.append("\n## What the blocked acid changes\n\n" + listed(result.blocker))
    parts.append("\n## What the model does not know\n\n" + listed(list(LIMITS)))
    return "".join(parts)


def write(result: mgpk.HeadToHead) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(result), encoding="utf-8")
    comment = f"# {mgpk.disclaimer}\n# {result.words}\n"
    frame = result.to_pandas().drop(columns="failure")
    TABLE.write_text(
        comment + frame.to_csv(index=False, float_format="%.5g", lineterminator="\n"),
        encoding="utf-8",
    )
    figure = result.plot()
    figure.savefig(PICTURE, dpi=110, metadata={"Software": None, "Description": mgpk.disclaimer})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a drift")
    matplotlib.use("Agg")
    if not parser.parse_args().check:
        write(mgpk.head_to_head(n_draws=N_DRAWS))
        return 0
    found = drift(
        PAGE.read_text(encoding="utf-8") if PAGE.exists() else "", page(mgpk.head_to_head())
    )
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
