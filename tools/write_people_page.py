#!/usr/bin/env python3
"""Writes the table of docs/people.md from data/modifiers.csv; the rest of the page is by hand.

    python3 tools/write_people_page.py            rewrites the table
    python3 tools/write_people_page.py --check    only says whether it is up to date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from evidence_rows import Row, TableError, read_all  # noqa: E402

BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"
HEAD = """\
| modifier | changes | by | range | where | kind, source | note |
|---|---|---|---|---|---|---|
"""
WHERE = {"chronic": "person", "acute": "plan", "both": "person, plan"}


def line(row: Row) -> str:
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    cells = (
        f"`{row['modifier']}`",
        f"`{row['target']}`",
        f"{row['how']} {row['value']}{unit}",
        f"{row['low']} to {row['high']}",
        WHERE[row["applies"]],
        f"{row['kind']}, {row['reference']}",
        row["note"],
    )
    return f"| {' | '.join(cells)} |\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if out of date")
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parents[1], help="the project"
    )
    options = parser.parse_args(arguments)
    try:
        rows = read_all(options.root / "data")["modifiers"]
    except TableError as error:
        print(error, file=sys.stderr)
        return 1
    path = options.root / "docs" / "people.md"
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    wanted = before + BEGIN + HEAD + "".join(line(row) for row in rows) + END + after
    if wanted == page:
        return 0
    if options.check:
        print("docs/people.md is out of date; run python3 tools/write_people_page.py", file=sys.stderr)
        return 1
    path.write_text(wanted, encoding="utf-8")
    print("wrote docs/people.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
