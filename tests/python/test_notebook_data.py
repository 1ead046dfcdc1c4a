"""The published numbers that stand in notebooks are those of data/human_magnesium.csv."""

from __future__ import annotations

import ast
import csv
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("fit_*.ipynb"))


def published(path: Path) -> list[tuple[Any, ...]]:
    """The rows that a notebook names PUBLISHED: study, endpoint, time, value, ends of the spread."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    for statement in ast.parse(code.replace("%matplotlib inline", "")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "PUBLISHED":
            rows: list[tuple[Any, ...]] = ast.literal_eval(statement.value)
            return rows
    return []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_published_numbers_are_those_of_the_table(path: Path) -> None:
    with (ROOT / "data" / "human_magnesium.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    rows = published(path)
    assert rows
    for study, endpoint, time_h, value, *spread in rows:
        found = [
            row
            for row in table
            if (row["study"], row["endpoint"], row["time_h"]) == (study, endpoint, time_h)
        ]
        assert len(found) == 1, (study, endpoint, time_h)
        assert float(found[0]["value"]) == value
        if any(end is not None for end in spread):
            assert [float(end) for end in found[0]["spread"].split("-")] == spread


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None
