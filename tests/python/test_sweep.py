"""The grid: one tidy line per point."""

import numpy as np
import pytest

import mgpk


@pytest.fixture(scope="module")
def grid():
    return mgpk.sweep(
        salts=["citrate", "oxide"],
        elemental_mg=[100, 300],
        gfr_mL_per_min=[120, 25],
        regimens=[{"at_h": 8, "with_meal": True}, {"at_h": 22}],
        until_h=48,
        n_threads=2,
    )


def test_one_line_per_point_in_the_order_of_the_grid(grid):
    assert len(grid) == 16
    assert grid.loc[0, ["salt", "elemental_mg", "gfr_mL_per_min", "regimen"]].tolist() == [
        "citrate",
        100,
        120,
        "at 8 h, with a meal",
    ]
    assert grid["salt"].tolist() == ["citrate"] * 8 + ["oxide"] * 8
    assert not grid.drop(columns="failure").isna().any().any()
    assert (grid["failure"] == "").all()


def test_a_line_says_what_a_run_of_its_own_says(grid):
    person = mgpk.Subject(gfr_mL_per_min=25)
    plan = mgpk.Schedule().oral("oxide", elemental_mg=300, at_h=22)
    run = mgpk.simulate(person, plan, until_h=48)
    line = grid[
        (grid.salt == "oxide")
        & (grid.elemental_mg == 300)
        & (grid.gfr_mL_per_min == 25)
        & (grid.regimen == "at 22 h")
    ].iloc[0]
    assert line["f_absorbed"] == pytest.approx(run.f_absorbed["oxide"], rel=1e-7)
    for name in (
        *("ae_mmol", "c_max_mmol_per_L", "stool_water_g", "t_max_h"),
        "a_absorbed_above_baseline_mmol",
    ):
        assert line[name] == pytest.approx(getattr(run.summary(), name), rel=1e-7)
    c_end = run["c_plasma_total_mmol_per_L"][-1]
    assert line["c_plasma_total_end_mmol_per_L"] == pytest.approx(c_end, rel=1e-7)


def test_no_number_depends_on_the_number_of_threads(grid):
    again = mgpk.sweep(
        salts=["citrate", "oxide"],
        elemental_mg=[100, 300],
        gfr_mL_per_min=[120, 25],
        regimens={"at 8 h, with a meal": {"at_h": 8, "with_meal": True}, "at 22 h": {"at_h": 22}},
        until_h=48,
        n_threads=1,
    )
    assert again.equals(grid)


def test_failures_are_lines_with_a_reason():
    grid = mgpk.sweep(
        salts=["citrate"], elemental_mg=[100, 9000], gfr_mL_per_min=[120, -5], until_h=24
    )
    assert grid["failure"].tolist() == [
        "",
        "gfr_mL_per_min must lie between 1 and 250, but it is -5; give the GFR of the person in "
        "mL/min, not indexed and not in L/h",
        "elemental_mg must be at most 5000 per dose, but it is 9000; is the unit right? it must be "
        "milligrams of elemental magnesium",
        "gfr_mL_per_min must lie between 1 and 250, but it is -5; give the GFR of the person in "
        "mL/min, not indexed and not in L/h",
    ]
    assert grid["ae_mmol"].isna().tolist() == [False, True, True, True]
    assert np.isfinite(grid.loc[0, "f_absorbed"])


def test_any_points(person):
    plans = [
        mgpk.Schedule().oral("citrate", mmol=5, at_h=8),
        mgpk.Schedule().iv("sulfate", mmol=8, at_h=8, over_h=1),
    ]
    frame = mgpk.sweep(points=[(person, plan) for plan in plans])
    assert frame["plan"].tolist() == [plan.in_words()[0] for plan in plans]
    assert frame["dose_mmol"].tolist() == pytest.approx([5, 8])
    assert np.isfinite(frame.loc[0, "f_absorbed_citrate"])
    assert np.isnan(frame.loc[1, "f_absorbed_citrate"])


def test_the_frame_carries_the_disclaimer_and_becomes_a_csv(grid, tmp_path):
    assert grid.attrs["disclaimer"] == mgpk.disclaimer
    grid.to_csv(tmp_path / "grid.csv", index=False)
    assert len((tmp_path / "grid.csv").read_text().splitlines()) == 17


def test_progress(person):
    told = []
    plan = mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=60)
    mgpk.sweep(points=[(person, plan)] * 12, progress=told.append)
    assert told and told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
