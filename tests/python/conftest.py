"""What the Python tests share."""

import os

os.environ["MPLBACKEND"] = "Agg"  # no test opens a window

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
