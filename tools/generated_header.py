"""The command line of a tool that writes headers from the tables in data/."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from evidence_rows import TableError


def run(
    arguments: list[str] | None, about: str | None, make: Callable[[Path], dict[str, str]]
) -> int:
    """Writes the headers, by their place, that ``make`` makes of the folder of tables; with --check
    only says which are out of date. One bad row, and nothing is written."""
    tool = f"python3 tools/{Path(sys.argv[0]).name}"
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is out of date"
    )
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parents[1], help="the project"
    )
    options = parser.parse_args(arguments)
    try:
        headers = make(options.root / "data")
    except TableError as error:
        print(error, file=sys.stderr)
        return 1
    stale = False
    for place, wanted in headers.items():
        path = options.root / place
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        stale = True
        if options.check:
            print(f"{place} is out of date; run {tool}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
            print(f"wrote {place}")
    return 1 if options.check and stale else 0
