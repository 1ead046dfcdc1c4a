"""The periodic state of diet and regimen, as Python shows it."""

import pickle

import numpy as np
import pytest

import mgpk


def regimen():
    return mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=22, every_h=24, times=42)


@pytest.fixture(scope="module")
def steady():
    return mgpk.steady_state(None, regimen())


def test_it_is_sharp_and_says_how_it_was_found(steady):
    assert steady.cycle_h == 24
    assert steady.residual < 1e-10
    assert 0.97 < steady.contraction < 1
    assert 1 <= steady.n_iterations < 10
    assert steady.n_maps < 120
    assert steady.plan == regimen()
    assert "turns of 24 h" in repr(steady)


def test_the_turn_ends_where_it_began(steady):
    for name in ("a_plasma_mmol", "a_cells_mmol", "a_slow_mmol"):
        column = steady.cycle[name]
        assert column[-1] == pytest.approx(column[0], rel=1e-10)
    assert steady.cycle.has_baseline
    with_plan, without = steady.levels, steady.baseline_levels
    assert with_plan["urine_mmol_per_d"] > without["urine_mmol_per_d"]
    assert (
        with_plan["c_plasma_total_lowest_mmol_per_L"]
        < with_plan["c_plasma_total_mean_mmol_per_L"]
        < with_plan["c_plasma_total_highest_mmol_per_L"]
    )


def test_a_run_goes_on_from_it(steady):
    on = mgpk.simulate(None, regimen(), until_h=24 * 7, every_h=24, start=steady)
    assert on["a_slow_mmol"] == pytest.approx(np.full(8, on["a_slow_mmol"][0]), rel=1e-7)
    assert on.taken_before == regimen()
    off = mgpk.simulate(None, until_h=24 * 7, every_h=24, start=steady)
    assert np.all(np.diff(off["a_slow_mmol"]) < 0)
    assert off.plan is None
    again = mgpk.Run.from_dict(off.to_dict())
    assert np.array_equal(again["a_slow_mmol"], off["a_slow_mmol"])


def test_it_pickles(steady):
    twin = pickle.loads(pickle.dumps(steady))
    assert np.array_equal(twin.state, steady.state)
    assert twin.levels == steady.levels
    options = {"until_h": 24, "every_h": 12}
    a = mgpk.simulate(None, regimen(), **options, start=steady)
    b = mgpk.simulate(None, regimen(), **options, start=twin)
    assert np.array_equal(a["a_plasma_mmol"], b["a_plasma_mmol"])
    assert pickle.loads(pickle.dumps(a)).taken_before == regimen()


def test_what_has_none_is_refused():
    with pytest.raises(ValueError, match="needs every_h, but it is a dose at 8 h without it"):
        mgpk.steady_state(None, mgpk.Schedule().oral("citrate", mmol=5, at_h=8))
    with pytest.raises(ValueError, match=r"it is every 7\.1 h; choose intervals"):
        mgpk.steady_state(None, mgpk.Schedule().oral("citrate", mmol=5, every_h=7.1, times=2))
    drip = mgpk.Schedule().iv("sulfate", mmol=70, over_h=12, every_h=24, times=2)
    with pytest.raises(ValueError, match="at a GFR of 5 mL/min below a plasma level of 10"):
        mgpk.steady_state(mgpk.Subject(gfr_mL_per_min=5), drip)
    with pytest.raises(TypeError, match="a steady state needs a plan"):
        mgpk.steady_state(None, None)
    with pytest.raises(ValueError, match="multiple of 24 h"):
        mgpk.steady_state(None, regimen(), cycle_h=36)


def test_the_start_is_the_persons_own(steady):
    with pytest.raises(ValueError, match="another person's"):
        mgpk.simulate(mgpk.Subject(weight_kg=50), regimen(), until_h=24, start=steady)
    with pytest.raises(TypeError, match="start must be a SteadyState"):
        mgpk.simulate(None, regimen(), until_h=24, start=regimen())
