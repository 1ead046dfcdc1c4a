"""Runs with slopes: the face, against differences of runs; what is refused."""

import numpy as np
import pytest

import mgpk

WHO = mgpk.Subject(weight_kg=62, gfr_mL_per_min=85, diet_mg_per_d=280)
PLAN = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8)
TIMES_H = [8.0, 10.0, 14.0, 24.0]


@pytest.fixture(scope="module")
def sloped():
    return mgpk.simulate_with_slopes(
        WHO,
        PLAN,
        parameters=["tm_mmol_per_L", "diet_mg_per_d"],
        times_h=TIMES_H,
        relative_tolerance=1e-12,
    )


def simulated(**changes):
    subject = WHO.replace(**changes)
    return mgpk.simulate(
        subject, PLAN, times_h=TIMES_H, relative_tolerance=1e-12, with_baseline=False
    )


@pytest.mark.parametrize("column", ["c_plasma_total_mmol_per_L", "a_urine_mmol", "f_absorbed_food"])
def test_slopes_are_those_of_runs(sloped, column):
    step = 0.5
    up, down = (simulated(diet_mg_per_d=280 + s * step)[column] for s in (1, -1))
    expected = (up - down) / (2 * step)
    np.testing.assert_allclose(
        sloped.slope(column, "diet_mg_per_d"), expected, rtol=1e-5, atol=1e-6 * abs(expected).max()
    )
    tm = sloped.values["tm_mmol_per_L"]
    runs = [simulated(parameters={"tm_mmol_per_L": tm * (1 + s * 1e-4)})[column] for s in (1, -1)]
    np.testing.assert_allclose(
        sloped.slope(column, "tm_mmol_per_L"),
        (runs[0] - runs[1]) / (2e-4 * tm),
        rtol=1e-4,
        atol=1e-5,
    )


def test_elasticity_and_table(sloped):
    column = "c_plasma_total_mmol_per_L"
    share = sloped.elasticity(column, "tm_mmol_per_L")
    assert share.shape == (4,)
    assert (share > 0.5).all()  # plasma follows Tm nearly in proportion
    table = sloped.table(column)
    assert list(table.columns) == ["tm_mmol_per_L", "diet_mg_per_d"]
    assert list(table.index) == TIMES_H
    assert "medical advice" in table.attrs["disclaimer"]
    assert "tm_mmol_per_L = 0.596" in repr(sloped)
    # Nothing of an injected source is there: no share of nothing.
    assert np.isnan(sloped.elasticity("a_im_depot_mmol", "tm_mmol_per_L")).all()


def test_what_is_refused(sloped):
    with pytest.raises(mgpk.UnknownNameError, match="tm_mmol_per_L"):
        mgpk.simulate_with_slopes(parameters=["tm_mmol_per_l"], until_h=2)
    with pytest.raises(TypeError, match="put it in"):
        mgpk.simulate_with_slopes(parameters="f_im", until_h=2)
    with pytest.raises(ValueError, match="at least one parameter"):
        mgpk.simulate_with_slopes(parameters=[], until_h=2)
    with pytest.raises(ValueError, match="level was measured"):
        mgpk.simulate_with_slopes(parameters=["c_plasma_total_mmol_per_L"], until_h=2)
    with pytest.raises(ValueError, match="no resets"):
        mgpk.simulate_with_slopes(
            plan=mgpk.Schedule().oral("citrate", mmol=5).reset(at_h=1),
            parameters=["f_im"],
            until_h=2,
        )
    with pytest.raises(mgpk.UnknownNameError, match="columns"):
        sloped.slope("c_plasma", "tm_mmol_per_L")
    with pytest.raises(mgpk.UnknownNameError, match="parameters"):
        sloped.slope("a_urine_mmol", "f_im")


def test_the_run_is_the_one_without_slopes(sloped):
    run = simulated()
    for column in ("c_plasma_total_mmol_per_L", "a_feces_mmol"):
        np.testing.assert_allclose(sloped.run[column], run[column], rtol=1e-9)
    assert not sloped.run.has_baseline
