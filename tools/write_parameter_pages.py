#!/usr/bin/env python3
"""Writes docs/parameters/: one page for each number of the model, and an index.

    python3 tools/write_parameter_pages.py            write the pages
    python3 tools/write_parameter_pages.py --check    fail if a page is not what would be written

Needs mgpk installed. What stands in the tables must stand in the pages to the letter; what is
computed may move by 2 %.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import mgpk

sys.path.insert(0, str(Path(__file__).resolve().parent))
from parameter_effects import MOVED, OUTPUTS, SHARES, effects  # noqa: E402
from write_study_page import drift  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "parameters"
COMPUTED = "\n## What it moves\n"
KINDS = {
    "measured": "measured: read in a study",
    "derived": "derived: computed from other figures",
    "calibrated": "calibrated: fitted",
    "assumed": "assumed: chosen within what is known",
}
PROVENANCES = {
    "published": "published: read there, nearly always in the abstract",
    "recalled": "recalled: remembered and not read again; verify it before anything rests on it",
    "derived": "derived: a computation",
    "choice": "choice: a decision of this project",
}


def shown(value: float) -> str:
    return f"{value:.6g}"


def with_unit(value: float, unit: str) -> str:
    return shown(value) + ("" if unit == "1" else f" {unit}")


def kind_in_words(row: mgpk.Parameter) -> str:
    words = KINDS[row.kind]
    if row.kind != "calibrated":
        return words
    if row.reference != "calibration":
        return f"{words} to the source named below"
    cohorts = len(mgpk.studies(use="fit").cohorts)
    return (
        f"{words}, together with the other constants of [`data/calibration.csv`]"
        f"(../../data/calibration.csv), to the endpoints of {cohorts} cohorts that may be fitted "
        "([studies](../studies.md), [how it went](../validation/))"
    )


def anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def equations() -> list[tuple[str, list[str]]]:
    """The rows of the tables of docs/equations.md: heading and cells."""
    rows, heading = [], ""
    for line in (ROOT / "docs" / "equations.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("|--"):
            rows.append((heading, [cell.strip() for cell in line.strip("|").split("|")]))
    return rows


def stem(row: mgpk.Parameter) -> str:
    """The key as the equations write it: without its unit."""
    ending = "_" + row.unit.replace("1/", "/").replace("/", "_per_").lstrip("_")
    return row.key.removesuffix(ending) if row.unit != "1" else row.key


def laws(row: mgpk.Parameter, table: list[tuple[str, list[str]]]) -> list[str]:
    """The rows of docs/equations.md that name the number, or else those of its headers."""
    name = re.compile(rf"(?<![A-Za-z0-9_])({row.key}|{stem(row)})(?![A-Za-z0-9_])")
    found = [entry for entry in table if any(name.search(cell) for cell in entry[1])]
    found = found or [entry for entry in table if any(f"`{header}`" in entry[1] for header in row.used_in)]
    return [
        f"- [{heading}](../equations.md#{anchor(heading)}): {cells[0]}: {cells[1]}"
        for heading, cells in found
    ]


def facts(row: mgpk.Parameter, table: list[tuple[str, list[str]]]) -> str:
    headers = ", ".join(f"[`{name}`](../../include/mgpk/{name})" for name in row.used_in)
    lines = laws(row, table)
    source = row.citation + ("" if row.doi else ". No DOI was seen.")
    return (
        f"# {row.key}\n\n"
        "Written by `tools/write_parameter_pages.py` from "
        "[`data/parameters.csv`](../../data/parameters.csv).\n\n"
        "| | |\n|---|---|\n"
        f"| value | {with_unit(row.value, row.unit)} |\n"
        f"| range | {with_unit(row.low, row.unit)} to {with_unit(row.high, row.unit)} |\n"
        f"| kind | {kind_in_words(row)} |\n"
        f"| source | {source} |\n"
        f"| of the source | {PROVENANCES[row.provenance]} |\n"
        f"| note | {row.note} |\n"
        f"| organ | {row.organ} |\n"
        f"| used in | {headers} |\n"
        + ("\n" + "\n".join(["In the equations:", "", *lines]) + "\n" if lines else "")
    )


def computed(row: mgpk.Parameter, effect: dict[str, dict[str, float]]) -> str:
    """The outputs that move; three digits."""
    if row.organ == "effect":
        return COMPUTED + (
            "\nNo output of a run: it is read by an effect ([effects](../effects.md)).\n"
        )
    if row.low == row.high:
        return COMPUTED + "\nNothing: it has no range.\n"
    head = f"low ({shown(row.low)}) | value ({shown(row.value)}) | high ({shown(row.high)})"
    rows = []
    for name, words in OUTPUTS.items():
        low, now, high = (effect[end][name] for end in ("low", "value", "high"))
        if max(abs(low - now), abs(high - now)) > MOVED * abs(now):
            rows.append(f"| {words} | " + " | ".join(f"{x:.3g}" for x in (low, now, high)) + " |")
    if not rows:
        return COMPUTED + (
            "\nNone of the reference outputs by as much as one part in a thousand: it belongs to "
            "runs that are not among them.\n"
        )
    rest = "the other two shares give way" if row.key in SHARES else "all else as it is"
    return COMPUTED + (
        f"\nThe reference adult, {rest}; what stays within one part in a thousand is left "
        f"out.\n\n| | {head} |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def links(text: str) -> list[str]:
    """The files that a page points at."""
    return re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)


def index(rows: list[mgpk.Parameter]) -> str:
    parts = [
        "# The numbers of mgpk, one page each\n\n"
        "Written by `tools/write_parameter_pages.py`. Each page says what a number is, where it comes "
        "from, which\nlaw reads it, and what it moves. In Python: `mgpk.parameter(key)`; what one run "
        "rests on: `mgpk.cite(run)`.\n"
    ]
    for organ in dict.fromkeys(row.organ for row in rows):
        parts.append(f"\n## {organ}\n\n| number | value | range | kind |\n|---|---|---|---|\n")
        parts += [
            f"| [{row.key}]({row.key}.md) | {with_unit(row.value, row.unit)} | "
            f"{shown(row.low)} to {shown(row.high)} | {row.kind} |\n"
            for row in rows
            if row.organ == organ
        ]
    return "".join(parts)


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    rows = [mgpk.parameter(key) for key in mgpk.parameters()["key"]]
    moved, table = effects(rows), equations()
    texts = {f"{row.key}.md": facts(row, table) + computed(row, moved[row.key]) for row in rows}
    return {"README.md": index(rows), **texts}


def problems(stored: dict[str, str], current: dict[str, str]) -> list[str]:
    """What is not as it would be written."""
    found = [f"docs/parameters/{name} is of no number" for name in stored.keys() - current.keys()]
    for name, text in current.items():
        (old, _, old_computed), (new, _, new_computed) = (
            part.partition(COMPUTED) for part in (stored.get(name, ""), text)
        )
        if old != new:
            found.append(f"docs/parameters/{name} does not say what the tables say")
        elif moved := drift(old_computed, new_computed):
            found.append(f"docs/parameters/{name}:\n" + "\n".join(moved))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a difference")
    check = parser.parse_args().check
    current = pages()
    stored = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    if check:
        found = problems(stored, current)
        print(*found, sep="\n")
        return 1 if found else 0
    PAGES.mkdir(exist_ok=True)
    for name in stored.keys() - current.keys():
        (PAGES / name).unlink()
    for name, text in current.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
