"""Classic models: from a table of records to a prediction for each row."""

import pickle
import time

import numpy as np
import pandas
import pytest

import mgpk
from mgpk import classic

RECORDS = {
    "ID": [1, 1, 1, 2, 2, 2],
    "TIME": [0, 2, 5, 0, 2, 5],
    "AMT": [100, 0, 0, 50, 0, 0],
    "CMT": [1, 0, 0, 2, 0, 0],
    "ALAG": [1, 9, 9, 0, 0, 0],
    "F": [0.5] * 6,
    "WT": [70, 80, 90, 60, 60, 60],
}


@pytest.fixture
def oral():
    return classic.one_compartment(
        cl_L_per_h=2, v_L=20, ka_per_h=1, tlag_h="ALAG", f_bioavailable={"depot": "F"}
    )


def bateman(t_h):
    return 50 * 1 / 20 / (1 - 0.1) * (np.exp(-0.1 * t_h) - np.exp(-t_h))


def test_rows_of_a_table_with_lag_and_bioavailability(oral):
    predictions = oral.predict(RECORDS)
    expected = [0, bateman(1), bateman(4), 2.5, 2.5 * np.exp(-0.2), 2.5 * np.exp(-0.5)]
    assert predictions.c_central == pytest.approx(expected, rel=1e-13)
    assert predictions.engine == {"1": "closed_form", "2": "closed_form"}
    assert list(predictions["n_doses"]) == [1] * 6
    assert list(predictions["time_after_dose_h"]) == [0, 2, 5, 0, 2, 5]
    assert len(predictions) == 6 and "c_central_amount_per_L" in predictions
    assert list(predictions) == predictions.names


def test_paths_frames_data_sets_and_mappings_give_the_same(oral, tmp_path):
    frame = pandas.DataFrame(RECORDS)
    frame.to_csv(tmp_path / "doses.csv", index=False)
    expected = oral.predict(RECORDS).c_central
    for source in (frame, tmp_path / "doses.csv", str(tmp_path / "doses.csv")):
        assert (oral.predict(source).c_central == expected).all()
    data = mgpk.read_dataset(tmp_path / "doses.csv")
    assert (oral.predict(data).c_central == expected).all()


def test_the_solver_agrees(oral):
    exact, solved = oral.predict(RECORDS), oral.predict(RECORDS, engine="ode")
    assert solved.engine["1"] == "ode"
    assert solved.c_central == pytest.approx(exact.c_central, rel=1e-7, abs=1e-9)


def test_a_frame_comes_back_with_the_predictions_beside_it(oral):
    frame = oral.predict(RECORDS).to_pandas()
    assert list(frame.columns[:7]) == list(RECORDS)
    assert "a_depot_amount" in frame.columns
    assert frame.attrs["disclaimer"] == mgpk.disclaimer
    clash = {**RECORDS, "n_doses": [0] * 6}
    with pytest.raises(ValueError, match="rename it"):
        oral.predict(clash).to_pandas()


def test_covariates_follow_their_rule():
    model = classic.one_compartment(cl_L_per_h="WT", v_L=100)
    records = {k: RECORDS[k][:3] for k in ("TIME", "AMT", "WT")}
    last = {
        rule: model.predict(records, covariates={"WT": rule}).c_central[2]
        for rule in ("carried_backward", "carried_forward", "linear")
    }
    assert last["carried_backward"] == pytest.approx(np.exp(-1.6 - 2.7), rel=1e-12)
    assert last["carried_forward"] == pytest.approx(np.exp(-1.4 - 2.4), rel=1e-12)
    assert last["linear"] == pytest.approx(np.exp(-1.5 - 2.55), rel=1e-7)
    assert model.predict(records).c_central[2] == last["carried_backward"]


def test_limits_at_a_jump():
    model = classic.one_compartment(cl_L_per_h=0, v_L=1)
    records = {"TIME": [0, 1, 1], "AMT": [1, 2, 0], "EVID": [1, 1, 0]}
    seen = {
        limit: model.predict(records, limit=limit).c_central[2]
        for limit in ("as_recorded", "before", "after")
    }
    assert seen == {"as_recorded": 3, "before": 1, "after": 3}


def test_modelled_rates_and_durations():
    model = classic.one_compartment(cl_L_per_h=0, v_L=1, duration_h=4, rate={"central": "R"})
    records = {"TIME": [0, 2, 4, 6], "AMT": [8, 0, 8, 0], "RATE": [-2, 0, -1, 0], "R": [2.0] * 4}
    assert list(model.predict(records).c_central) == [0, 4, 8, 12]


def test_all_structures_run():
    two = {"v_central_L": 10, "q_L_per_h": 1, "v_peripheral_L": 20}
    three = {
        "v_central_L": 10,
        "q_1_L_per_h": 1,
        "v_peripheral_1_L": 20,
        "q_2_L_per_h": 0.1,
        "v_peripheral_2_L": 50,
    }
    absorptions = (
        {},
        {"ka_per_h": 1},
        {"t_zero_order_h": 2},
        {"n_transit": 3, "k_transit_per_h": 2},
        {"n_transit": 3, "k_transit_per_h": 2, "ka_per_h": 1},
    )
    eliminations = (
        {"cl_L_per_h": 1},
        {"vmax_amount_per_h": 3, "km_amount_per_L": 2},
        {"cl_L_per_h": 1, "vmax_amount_per_h": 3, "km_amount_per_L": 2},
    )
    records = {"TIME": [0, 1, 30], "AMT": [10, 0, 0]}
    for make, numbers in (
        (classic.one_compartment, {"v_L": 10}),
        (classic.two_compartment, two),
        (classic.three_compartment, three),
    ):
        for absorption in absorptions:
            for elimination in eliminations:
                model = make(**numbers, **absorption, **elimination)
                c = model.predict(records).c_central
                assert 0 < c[1] <= 1 and 0 < c[2] < c[1], model


def test_read_outs():
    model = classic.one_compartment(cl_L_per_h=2, v_L=20, ka_per_h=0.5)
    numbers = model.read_outs()
    assert numbers["half_lives_h"] == pytest.approx([np.log(2) * 10])
    assert numbers["t_mean_absorption_h"] == 2
    with pytest.raises(ValueError, match="column CL for cl_L_per_h"):
        classic.one_compartment(cl_L_per_h="CL", v_L=20).read_outs()


def test_without_a_steady_state():
    model = classic.one_compartment(vmax_amount_per_h=1, km_amount_per_L=1, v_L=10)
    records = {"TIME": [0, 1], "AMT": [100, 0], "II": [24, 0], "SS": [1, 0]}
    with pytest.raises(mgpk.SolveError, match="no steady state exists"):
        model.predict(records)
    failed = model.predict(records, raise_on_failure=False)
    assert np.isnan(failed.c_central).all()
    assert "at most 1 leave" in failed.status["1"].message
    assert "failed: ID 1" in repr(failed)


def test_columns_that_nothing_reads_are_named(oral):
    predictions = oral.predict({**RECORDS, "D2": [1] * 6, "ALAG1": [0] * 6})
    assert predictions.unused_columns == ["D2", "ALAG1"]
    assert "not read: D2, ALAG1" in repr(predictions)


def test_published_models_say_where_they_come_from():
    salinger = classic.salinger_2013(weight_kg=55, creatinine_mg_per_dL=0.8)
    assert salinger.parameters["cl_L_per_h"] == pytest.approx(4.81)
    assert salinger.doses == {"f_bioavailable": {"depot": 0.862}}
    assert "10.1111/1471-0528.12222" in salinger.citation
    easterling = classic.easterling_2018(weight_kg=90, creatinine_mg_per_dL=1.5)
    assert "against physiology" in easterling.notes[0] and easterling.notes[0] in repr(easterling)
    chuan = classic.chuan_2001()
    assert "recalled" in chuan.citation and "RECALLED" in chuan.notes[0]
    rise = classic.clin_pharmacokinet_2002()
    baseline = classic.clin_pharmacokinet_2002(c_baseline_mmol_per_L=0.85)
    records = {"TIME": [0, 3], "AMT": [16, 0]}
    shift = baseline.predict(records).c_central - rise.predict(records).c_central
    assert shift == pytest.approx([0.85, 0.85])
    for model in (salinger, easterling, chuan, rise):
        assert model.cohort and model.variability and model.compartments


def test_everything_pickles(oral):
    assert pickle.loads(pickle.dumps(oral)) == oral
    assert hash(pickle.loads(pickle.dumps(oral))) == hash(oral)
    predictions = oral.predict(RECORDS)
    twin = pickle.loads(pickle.dumps(predictions))
    assert (twin.c_central == predictions.c_central).all()
    assert repr(twin) == repr(predictions)
    assert twin.status["1"].ok


def test_a_picture(oral):
    figure = oral.predict(RECORDS).plot()
    assert len(figure.axes[0].lines) == 2


@pytest.mark.parametrize(
    ("numbers", "error", "words"),
    [
        ({"v_L": 1}, ValueError, "needs cl_L_per_h, or vmax_amount_per_h"),
        ({"cl_L_per_h": 1}, TypeError, "needs v_L"),
        ({"cl_L_per_h": 1, "v_L": -1}, ValueError, "v_central_L must be finite and positive"),
        ({"cl_L_per_h": 1, "v_L": True}, TypeError, "v_central_L must be a number"),
        ({"cl_L_per_h": 1, "v_L": ""}, ValueError, "must be a number or a column"),
        ({"cl_L_per_h": np.inf, "v_L": 1}, ValueError, "cl_L_per_h must be finite"),
        ({"cl_L_per_h": 1, "v_L": 1, "kaa_per_h": 1}, TypeError, 'did you mean "ka_per_h"'),
        ({"cl_L_per_h": 1, "v_L": 1, "vmax_amount_per_h": 1}, ValueError, "come together"),
        (
            {"cl_L_per_h": 1, "v_L": 1, "ka_per_h": 1, "t_zero_order_h": 1},
            ValueError,
            "t_zero_order_h stands alone",
        ),
        ({"cl_L_per_h": 1, "v_L": 1, "k_transit_per_h": 1}, ValueError, "needs n_transit"),
        ({"cl_L_per_h": 1, "v_L": 1, "n_transit": 3}, ValueError, "needs k_transit_per_h"),
        (
            {"cl_L_per_h": 1, "v_L": 1, "n_transit": 13, "k_transit_per_h": 1},
            ValueError,
            "n_transit must lie between 1 and 12",
        ),
        (
            {"cl_L_per_h": 1, "v_L": 1, "n_transit": -1, "k_transit_per_h": 1},
            ValueError,
            "n_transit must lie between 1 and 12",
        ),
        (
            {"cl_L_per_h": 1, "v_L": 1, "tlag_h": {"depot": 1}},
            mgpk.UnknownNameError,
            "tlag_h must name a compartment of the model",
        ),
    ],
)
def test_models_that_are_refused(numbers, error, words):
    with pytest.raises(error) as refused:
        classic.one_compartment(**numbers)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"engine": "exact"}, mgpk.UnknownNameError, "engine must be a known word"),
        ({"limit": "left"}, mgpk.UnknownNameError, "limit must be a known word"),
        ({"covariates": {"WT": "linear"}}, ValueError, "must name a column that the model reads"),
        ({"covariates": {"F": "nocb"}}, mgpk.UnknownNameError, "a rule of covariates"),
        ({"covariates": "F"}, TypeError, "covariates must be a mapping"),
        ({"relative_tolerance": 2}, ValueError, "relative_tolerance must"),
        ({"absolute_tolerance_amount": 0}, ValueError, "absolute_tolerance_amount must be pos"),
        ({"raise_on_failure": 1}, TypeError, "raise_on_failure must be True or False"),
        ({"engin": "ode"}, TypeError, 'did you mean "engine"'),
    ],
)
def test_options_that_are_refused(oral, options, error, words):
    with pytest.raises(error) as refused:
        oral.predict(RECORDS, **options)
    assert words in str(refused.value)


def test_data_that_is_refused(oral):
    with pytest.raises(TypeError, match="dataset must be"):
        oral.predict(3)
    without = {k: v for k, v in RECORDS.items() if k != "F"}
    with pytest.raises(mgpk.UnknownNameError, match='but it is "F"'):
        oral.predict(without)
    with pytest.raises(ValueError, match=r"CMT must name a compartment of the model, 1 to 2"):
        oral.predict({**RECORDS, "CMT": [3, 0, 0, 2, 0, 0]})
    with pytest.raises(mgpk.UnknownNameError, match="a column of predictions"):
        oral.predict(RECORDS)["c_plasma"]
    with pytest.raises(TypeError, match="made from its numbers"):
        classic.Model()
    with pytest.raises(ValueError, match="there is a closed form only for linear elimination"):
        classic.one_compartment(vmax_amount_per_h=1, km_amount_per_L=1, v_L=1).predict(
            {"TIME": [0], "AMT": [1]}, engine="closed_form"
        )


def test_thousands_of_rows_take_no_time():
    n_people, n_rows = 29, 131
    records = {
        "ID": np.repeat(np.arange(1, n_people + 1), n_rows),
        "TIME": np.tile(np.arange(float(n_rows)), n_people),
        "AMT": np.tile(np.r_[100.0, np.zeros(n_rows - 1)], n_people),
    }
    model = classic.one_compartment(cl_L_per_h=1.1, v_L=20, ka_per_h=1.5)
    start = time.process_time()
    model.predict(records)
    assert time.process_time() - start < 1.0
