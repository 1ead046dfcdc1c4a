"""Populations in Python: shapes, frames, pictures, pickles, filters and refusals."""

import pickle

import numpy as np
import pytest

import mgpk

PLAN = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=9)


@pytest.fixture(scope="module")
def people():
    return mgpk.population(6, seed=5, plan=PLAN, until_h=24, every_h=6, n_threads=2)


def test_curves_numbers_and_draws_have_a_line_per_person(people):
    assert len(people) == 6
    assert people.columns == ["c_plasma_total_mmol_per_L", "urine_mmol_per_h", "a_urine_mmol"]
    assert people["a_urine_mmol"].shape == (6, 5)
    assert people.time_h.tolist() == [0, 6, 12, 18, 24]
    assert people.failures == {}
    assert all(values.shape == (6,) for values in (*people.drawn.values(), *people.numbers.values()))
    assert np.all(np.diff(people["a_urine_mmol"]) > 0)
    with pytest.raises(ValueError, match="read-only"):
        people["a_urine_mmol"][0, 0] = 1


def test_person_i_is_the_same_whatever_n_and_threads_are(people):
    one = mgpk.population(2, seed=5, plan=PLAN, until_h=24, every_h=6, n_threads=1)
    assert np.array_equal(one["a_urine_mmol"], people["a_urine_mmol"][:2])
    assert one.subjects == people.subjects[:2]
    other = mgpk.population(2, seed=6)
    assert other.subjects[0] != one.subjects[0]


def test_a_subject_can_be_simulated_by_itself(people):
    run = mgpk.simulate(
        people.subjects[3],
        PLAN,
        until_h=24,
        every_h=6,
        relative_tolerance=1e-6,
        absolute_tolerance_mmol=1e-10,
    )
    assert run["a_urine_mmol"] == pytest.approx(people["a_urine_mmol"][3], rel=1e-5)
    assert run.summary().ae_mmol == pytest.approx(people.numbers["ae_mmol"][3], rel=1e-5)
    f_absorbed = people.numbers["f_absorbed_citrate"][3]
    assert run.f_absorbed["citrate"] == pytest.approx(f_absorbed, rel=1e-5)


def test_bands_are_quantiles_of_the_members(people):
    band = people.band("a_urine_mmol", quantiles=[0.1, 0.5])
    assert np.allclose(band[0.1], np.quantile(people["a_urine_mmol"], 0.1, axis=0), rtol=1e-14)
    summary = people.summary()
    assert summary.columns.tolist() == people.quantiles == [0.025, 0.25, 0.5, 0.75, 0.975]
    assert summary.loc["ae_mmol", 0.5] == pytest.approx(np.median(people.numbers["ae_mmol"]))


def test_the_frame_holds_everything_with_units(people):
    frame = people.to_pandas()
    assert frame.shape[0] == 6
    assert set(frame["sex"]) <= {"female", "male"}
    for name in ("weight_kg", "tm_factor", "urine_collected_mmol_per_d", "c_max_mmol_per_L"):
        assert frame[name].notna().all()
    assert frame.attrs["units"]["weight_kg"] == "kg"
    assert frame.attrs["units"]["urine_mmol_per_d"] == "mmol/d"
    assert frame.attrs["units"]["gfr_mL_per_min"] == "mL/min"
    assert (frame["failure"] == "").all()
    assert "not medical advice" in frame.attrs["disclaimer"]


def test_it_survives_a_pickle(people):
    again = pickle.loads(pickle.dumps(people))
    assert repr(again) == repr(people)
    assert again.subjects == people.subjects
    assert np.array_equal(again["a_urine_mmol"], people["a_urine_mmol"])
    assert again.to_pandas().equals(people.to_pandas())


def test_words(people):
    assert repr(people) == (
        "<Population: 6 people, seed 5; 300 mg elemental magnesium (12.34 mmol) as citrate by mouth "
        "at 9 h, without a meal of its own; 5 times to 24 h>"
    )
    assert repr(mgpk.population(2)) == "<Population: 2 people, seed 1>"


def test_filters_draw_the_asked_for(people):
    women = mgpk.population(12, sex="female", age_y=(30, 40)).to_pandas()
    assert set(women["sex"]) == {"female"}
    assert women["age_y"].between(30, 40).all()


def test_pictures_have_a_panel_per_column(people):
    figure = people.plot(columns=["a_urine_mmol"], n_single=3)
    (axes,) = figure.axes
    assert axes.get_ylabel() == "mmol"
    assert axes.get_xlabel() == "time, h"
    labels = axes.get_legend_handles_labels()[1]
    assert labels == ["2.5 to 97.5 %", "25 to 75 %", "single members", "median"]
    day = mgpk.population(8).plot()
    assert [axes.get_title(loc="left") for axes in day.axes] == [
        "Plasma, fasting",
        "Urine, as collected",
    ]


def test_a_plan_without_an_end_runs_until_the_gut_is_empty():
    made = mgpk.population(1, plan=PLAN, every_h=24)
    assert made.time_h[-1] == 9 + 168


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n": 0}, ValueError, "n must be at least 1, but it is 0; give how many are to be drawn"),
        ({"n": 2.5}, ValueError, "n must be a whole number"),
        ({"n": 1, "seed": -1}, ValueError, "seed must not be negative"),
        ({"n": 1, "sex": "men"}, ValueError, "sex must be a known word"),
        ({"n": 1, "age_y": 30}, TypeError, "age_y must be a list of numbers"),
        ({"n": 1, "age_y": [30]}, ValueError, "age_y must hold two ages"),
        ({"n": 1, "age_y": [50, 30]}, ValueError, "an age range must end after it starts"),
        ({"n": 1, "age_y": [5, 30]}, ValueError, "youngest age_y must lie between 18 and 80"),
        ({"n": 1, "quantiles": [50]}, ValueError, "each of the quantiles must lie between 0 and 1"),
        ({"n": 1, "quantiles": []}, ValueError, "quantiles must hold at least one share"),
        ({"n": 1, "columns": ["a_urine_mmol"]}, ValueError, "columns are kept of runs"),
        ({"n": 1, "columns": "a_urine_mmol", "until_h": 24}, TypeError, "columns must be a list"),
        ({"n": 1, "columns": ["a_urin_mmol"], "until_h": 24}, ValueError, "did you mean"),
        ({"n": 1, "plan": 3}, TypeError, "plan must be a Schedule"),
        ({"n": 1, "n_threads": 0}, ValueError, "n_threads must be at least 1"),
        ({"n": 1, "relative_tolerance": 2.0}, ValueError, "relative_tolerance must be"),
        ({"n": 1, "sexes": "female"}, TypeError, "did you mean"),
    ],
)
def test_nonsense_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        mgpk.population(**arguments)
