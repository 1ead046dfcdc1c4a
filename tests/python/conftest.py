"""What the Python tests share."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from typing import Any

os.environ["MPLBACKEND"] = "Agg"  # no test opens a window

import numpy as np
import pytest

import mgpk


@pytest.fixture(scope="session")
def person() -> mgpk.Subject:
    return mgpk.Subject(
        sex="female", age_y=34, weight_kg=62, height_cm=168, gfr_mL_per_min=105, diet_mg_per_d=300
    )


@pytest.fixture(scope="session")
def citrate_plan() -> mgpk.Schedule:
    return mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, with_meal=True)


@pytest.fixture(scope="session")
def run(person, citrate_plan) -> mgpk.Run:
    """One dose in one person, with the baseline beside it."""
    return mgpk.simulate(person, citrate_plan, until_h=48)


@pytest.fixture(scope="session")
def oral_rows() -> Callable[..., dict[str, Any]]:
    """Makes data of people who took one dose, drawn around cl 3, v 25, ka 1.2."""

    def rows_of(people: int, cv: float = 0.25, error: float = 0.1) -> dict[str, Any]:
        rng = np.random.default_rng(3)
        rows: dict[str, list[Any]] = {k: [] for k in ("ID", "TIME", "AMT", "EVID", "CMT", "DV")}
        for person in range(people):
            cl, v = (x * math.exp(cv * rng.standard_normal()) for x in (3.0, 25.0))
            ka, k = 1.2, cl / v
            for i, t in enumerate([0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0]):
                c = 100 / v * ka / (ka - k) * (math.exp(-k * t) - math.exp(-ka * t))
                value = None if i == 0 else c * math.exp(error * rng.standard_normal())
                cells = (person, t, 100 if i == 0 else 0, int(i == 0), 1 if i == 0 else 2, value)
                for key, one in zip(rows, cells, strict=True):
                    rows[key].append(one)
        return rows

    return rows_of


@pytest.fixture(scope="session")
def fitted() -> Callable[..., mgpk.MixedFit]:
    """Fits one oral compartment to such data."""

    def fit(rows: dict[str, Any], **options: Any) -> mgpk.MixedFit:
        model = mgpk.classic.one_compartment(cl_L_per_h=2.0, v_L=20.0, ka_per_h=1.0)
        given: dict[str, Any] = {
            "parameters": ["cl_L_per_h", "v_L", "ka_per_h"],
            "random": ["cl_L_per_h", "v_L"],
        }
        return mgpk.fit_mixed(model, rows, **{**given, **options})

    return fit
