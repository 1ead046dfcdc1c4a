"""Bands of a run in Python: draws, ridges, frames, pictures, pickles and refusals."""

import pickle

import numpy as np
import pytest

import mgpk


@pytest.fixture(scope="module")
def run():
    person = mgpk.Subject(weight_kg=62, gfr_mL_per_min=95)
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=9)
    return mgpk.simulate(person, plan, until_h=24, every_h=6)


@pytest.fixture(scope="module")
def bands(run):
    return run.bands(n=8, seed=2)


def test_every_draw_has_its_curves_numbers_and_constants(run, bands):
    assert len(bands) == 8
    assert bands["c_plasma_total_mmol_per_L"].shape == (8, len(run))
    assert bands.failures == {}
    assert set(bands.drawn) == {*bands.parameters, *bands.following}
    assert "tm_mmol_per_L" in bands.following
    assert "body_weight_reference_kg" not in bands.drawn
    table = {row["key"]: row for row in mgpk.parameters().to_dict("records")}
    for key in bands.parameters:
        assert np.all(bands.drawn[key] >= table[key]["low"])
        assert np.all(bands.drawn[key] <= table[key]["high"])


def test_draws_do_not_depend_on_how_many_there_are(run, bands):
    few = run.bands(n=2, seed=2, n_threads=1)
    assert np.array_equal(few["a_urine_mmol"], bands["a_urine_mmol"][:2])


def test_a_draw_is_the_run_with_those_constants(run, bands):
    constants = {key: float(values[4]) for key, values in bands.drawn.items()}
    person = run.subject.replace(parameters=constants, allow_outside_range=True)
    again = mgpk.simulate(
        person,
        run.plan,
        until_h=24,
        every_h=6,
        relative_tolerance=1e-6,
        absolute_tolerance_mmol=1e-10,
    )
    assert again["a_urine_mmol"] == pytest.approx(bands["a_urine_mmol"][4], rel=1e-5)
    c_max = again.summary().c_max_mmol_per_L
    assert c_max == pytest.approx(bands.numbers["c_max_mmol_per_L"][4], rel=1e-5)


def test_the_band_lies_around_the_run_and_the_baseline_is_not_absurd(run, bands):
    band = bands.band("a_urine_mmol", quantiles=[0, 1])
    assert np.all(band[0][1:] < run["a_urine_mmol"][1:])
    assert np.all(band[1][1:] > run["a_urine_mmol"][1:])
    fasting = bands.numbers["c_plasma_total_fasting_mmol_per_L"]
    own = mgpk.simulate(run.subject, times_h=[0, 7.5])["c_plasma_total_mmol_per_L"][1]
    assert np.all(np.abs(fasting / own - 1) < 0.05)


def test_chosen_parameters_alone_are_drawn(run):
    chosen = run.bands(n=2, parameters=["splay_mmol_per_L"], columns=["urine_mmol_per_h"])
    assert chosen.parameters == ["splay_mmol_per_L"]
    assert chosen.following == ["tm_mmol_per_L"]
    assert chosen.columns == ["urine_mmol_per_h"]


def test_frame_summary_pickle_and_words(run, bands):
    frame = bands.to_pandas()
    assert frame.shape[0] == 8
    assert frame.attrs["units"]["t_colon_h"] == "h"
    assert frame.attrs["units"]["k_slow_per_h"] == "1/h"
    assert frame.attrs["units"]["v_plasma_L_per_kg"] == "L/kg"
    summary = bands.summary(quantiles=[0.5])
    assert summary.loc["ae_mmol", 0.5] == pytest.approx(np.median(frame["ae_mmol"]))
    again = pickle.loads(pickle.dumps(bands))
    assert repr(again) == repr(bands)
    assert np.array_equal(again["a_urine_mmol"], bands["a_urine_mmol"])
    assert again.run.subject == run.subject
    assert repr(bands).startswith("<Bands: 8 draws of ")


def test_the_picture_shows_the_run_inside_its_band(bands):
    figure = bands.plot(columns=["a_urine_mmol"])
    (axes,) = figure.axes
    assert axes.get_legend_handles_labels()[1] == [
        "2.5 to 97.5 %",
        "25 to 75 %",
        "median",
        "the run itself",
    ]


def test_a_baseline_alone_has_bands():
    made = mgpk.simulate(until_h=12, every_h=6).bands(n=2, parameters=["t_colon_h"])
    assert made.failures == {}
    assert np.isnan(made.numbers["f_excreted"]).all()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n": 0}, ValueError, "n must be at least 1"),
        ({"parameters": []}, ValueError, "parameters must hold at least one key"),
        ({"parameters": "t_colon_h"}, TypeError, "parameters must be a list"),
        ({"parameters": ["t_colon"]}, ValueError, "did you mean"),
        ({"parameters": ["gfr_formula_exponent"]}, ValueError, "needs a range"),
        ({"parameters": ["gfr_reference_mL_per_min"]}, ValueError, "not what makes the person"),
        ({"columns": ["plasma"]}, ValueError, "column must be one of the run's"),
        ({"quantiles": [0.9, 0.1]}, ValueError, "quantiles must rise strictly"),
        ({"draws": 3}, TypeError, "each keyword of bands must be one that it knows"),
    ],
)
def test_nonsense_is_refused(run, arguments, error, message):
    with pytest.raises(error, match=message):
        run.bands(**{"n": 1, **arguments})
