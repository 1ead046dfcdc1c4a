"""The library against a solution written independently of it (tests/reference/README.md)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reference"))

import reference_model
import stored
from make_reference import magnesium_gap

CASES = {case["name"]: case for case in stored.read_cases()}
LIMIT_LIBRARY = 1e-6
LIMIT_REFERENCE = 1e-9
RECOMPUTED = ("case_09", "case_13", "case_48")
REDO = "then run: python tests/reference/make_reference.py"


@pytest.fixture(scope="module")
def reference() -> stored.Reference:
    return stored.Reference()


@pytest.fixture(scope="module")
def mgpk():
    import mgpk

    return mgpk


def schedule(mgpk, plan: list[dict]):
    """The plan of a case in the library's own words."""
    out = mgpk.Schedule()
    for dose in plan:
        words = {key: value for key, value in dose.items() if key not in ("route", "salt")}
        if dose["route"] == "meal":
            out = out.meal(**words)
        else:
            out = getattr(out, dose["route"])(dose["salt"], **words)
    return out


def simulate(mgpk, case: dict):
    subject = mgpk.Subject(**case["subject"], height_cm=175, parameters=case.get("parameters", {}))
    plan = schedule(mgpk, case["plan"]) if case["plan"] else None
    return mgpk.simulate(subject, plan, times_h=np.array(case["times_h"]))


def worst(ours: np.ndarray, theirs: np.ndarray, columns: list[str]) -> tuple[float, str, int]:
    """Largest relative difference, where it stands; NaN counts as the largest."""
    difference = stored.relative_difference(ours, theirs)
    difference[np.isnan(difference)] = np.inf
    row, column = np.unravel_index(np.argmax(difference), difference.shape)
    return float(difference[row, column]), columns[column], int(row)


def test_there_are_fifty_cases() -> None:
    assert len(CASES) == 50


@pytest.mark.parametrize(
    ("what", "advice"),
    [
        ("values", "data/parameters.csv or the atomic mass of magnesium has changed;"),
        ("cases", "tests/reference/cases.json has changed;"),
        ("equations", "docs/equations.md has changed: change reference_model.py alike,"),
    ],
)
def test_stored_reference_is_up_to_date(reference, what: str, advice: str) -> None:
    assert reference.fingerprint(what) == stored.fingerprints()[what], f"{advice} {REDO}"


@pytest.mark.parametrize("name", CASES)
def test_library_agrees_with_reference(mgpk, reference, name: str) -> None:
    columns, times_h, theirs = reference.case(name)
    assert times_h.tolist() == CASES[name]["times_h"]
    run = simulate(mgpk, CASES[name])
    ours = np.column_stack([np.asarray(run[column]) for column in columns])
    assert ours.shape == theirs.shape
    difference, column, row = worst(ours, theirs, columns)
    assert difference <= LIMIT_LIBRARY, f"{column} at {times_h[row]} h"


@pytest.mark.parametrize("name", RECOMPUTED)
def test_reference_can_be_recomputed(reference, name: str) -> None:
    columns, _, theirs = reference.case(name)
    names, ours, newton_step = reference_model.simulate(CASES[name])
    assert names == columns
    assert newton_step <= 1e-12
    difference, column, row = worst(ours, theirs, columns)
    assert difference <= LIMIT_REFERENCE, f"{column} in row {row}"


@pytest.mark.parametrize("name", CASES)
def test_reference_conserves_magnesium(reference, name: str) -> None:
    columns, _, states = reference.case(name)
    assert magnesium_gap(CASES[name], columns, states) <= 1e-11
