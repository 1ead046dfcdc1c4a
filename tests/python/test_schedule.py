"""The plan at Python's door."""

import copy
import json
import math
import pickle

import numpy as np
import pandas
import pytest

import mgpk


def doses(plan):
    return plan.to_dict()["doses"]


def test_calls_chain_and_give_the_plan_itself_back():
    plan = mgpk.Schedule()
    assert plan.oral("citrate", elemental_mg=100).iv("sulfate", mmol=8, at_h=1, over_h=2) is plan
    assert len(plan) == 2


@pytest.mark.parametrize(
    ("amount", "mmol"),
    [
        ({"elemental_mg": 243.05}, 10.0),
        ({"mmol": 10}, 10.0),
        ({"mEq": 20}, 10.0),
        ({"mmol": np.float64(10)}, 10.0),
    ],
)
def test_amounts_come_out_as_mmol(amount, mmol):
    (dose,) = doses(mgpk.Schedule().oral("citrate", **amount))
    assert dose["components"] == [{"salt": "citrate", "mmol": pytest.approx(mmol, rel=1e-12)}]


def test_salt_mass_depends_on_the_hydrate():
    dry, wet = (
        doses(mgpk.Schedule().oral("sulfate", salt_mg=1000, hydrate=form))[0]["components"][0][
            "mmol"
        ]
        for form in ("anhydrous", "heptahydrate")
    )
    assert dry / wet == pytest.approx(246.47 / 120.366, rel=1e-3)


def test_a_mix_shares_its_magnesium():
    plan = mgpk.Schedule().oral({"glycinate": 0.6, "oxide": 0.4}, mmol=10, label="buffered")
    parts = doses(plan)[0]["components"]
    assert [part["salt"] for part in parts] == ["glycinate", "oxide"]
    assert [part["mmol"] for part in parts] == pytest.approx([6.0, 4.0])
    run = mgpk.simulate(None, plan, until_h=24)
    assert set(run.f_absorbed) >= {"buffered", "buffered_glycinate", "buffered_oxide"}


def test_repeats_are_given_as_often_as_said():
    plan = mgpk.Schedule().oral("citrate", mmol=5, at_h=8, every_h=12, times=3)
    run = mgpk.simulate(None, plan, until_h=48)
    assert run.summary().dose_mmol == pytest.approx(15.0, rel=1e-12)


def test_numpy_and_whole_floats_count():
    one = mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=np.int64(3))
    assert one == mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=3.0)


def test_a_fast_takes_the_meals_away():
    plan = mgpk.Schedule().fast(at_h=0, over_h=48)
    run = mgpk.simulate(None, plan, until_h=48)
    assert run["a_given_mmol"][-1] == 0
    assert run.baseline["a_given_mmol"][-1] == pytest.approx(2 * 320 / 24.305, rel=1e-12)


def test_another_diet_and_a_meal():
    plan = mgpk.Schedule().diet(mg_per_d=160, at_h=0, over_h=24).meal(elemental_mg=24.305, at_h=10)
    run = mgpk.simulate(None, plan, until_h=24)
    assert run["a_given_mmol"][-1] == pytest.approx(160 / 24.305 + 1, rel=1e-12)


def test_an_intramuscular_dose_loses_a_share():
    run = mgpk.simulate(None, mgpk.Schedule().im("sulfate", mmol=10), until_h=24)
    assert run["a_lost_im_mmol"][-1] == pytest.approx(10 * (1 - 0.862), rel=1e-12)


def test_an_infusion_gives_everything_at_a_steady_rate():
    plan = mgpk.Schedule().iv("sulfate", mmol=12, at_h=1, over_h=4)
    run = mgpk.simulate(None, plan, times_h=[0, 1, 2, 3, 5, 6])
    given = run["a_given_mmol"] - run.baseline["a_given_mmol"]
    assert given == pytest.approx([0, 0, 3, 6, 12, 12], abs=1e-9)


def test_a_refused_line_leaves_the_plan_as_it_was():
    plan = mgpk.Schedule().oral("citrate", mmol=5)
    before = plan.copy()
    with pytest.raises(ValueError, match="mmol must be finite and positive"):
        plan.oral("citrate", mmol=-5)
    assert plan == before


def test_a_copy_grows_by_itself():
    plan = mgpk.Schedule().oral("citrate", mmol=5)
    for twin in (plan.copy(), copy.copy(plan), copy.deepcopy(plan)):
        twin.oral("oxide", mmol=5)
        assert len(twin) == 2
    assert len(plan) == 1


def test_plans_that_can_grow_have_no_hash():
    with pytest.raises(TypeError, match="unhashable"):
        hash(mgpk.Schedule())


def test_an_empty_plan_is_false():
    assert not mgpk.Schedule()
    assert mgpk.Schedule().fast(over_h=3)


def test_in_words():
    plan = (
        mgpk.Schedule()
        .oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=28)
        .oral({"citrate": 0.5, "oxide": 0.5}, mmol=4, label="both", with_meal=True)
        .iv("sulfate", mmol=16, at_h=1, over_h=0.5)
        .im("sulfate", mmol=8)
        .meal(elemental_mg=100, at_h=3)
        .diet(mg_per_d=100, over_h=24)
        .fast(at_h=48, over_h=12)
    )
    assert plan.in_words() == [
        "300 mg elemental magnesium (12.34 mmol) as glycinate by mouth at 22 h, every 24 h, 28 times,"
        " without a meal of its own",
        "97.22 mg elemental magnesium (4 mmol) as 50% citrate and 50% oxide by mouth at 0 h, with a"
        " meal (label both)",
        "388.9 mg elemental magnesium (16 mmol) as sulfate into the vein at 1 h over 0.5 h",
        "194.4 mg elemental magnesium (8 mmol) as sulfate into the muscle at 0 h",
        "a meal with 100 mg elemental magnesium (4.114 mmol) at 3 h",
        "a diet of 100 mg/d from 0 h for 24 h",
        "a fast from 48 h for 12 h",
    ]


def full_plan():
    return (
        mgpk.Schedule()
        .oral("citrate", mmol=5, at_h=8, every_h=12, times=3, tlag_h=0.5, f_bioavailable=0.8)
        .iv("sulfate", mmol=8, at_h=20, over_h=2, f_bioavailable=0.9)
        .im("sulfate", mmol=4, at_h=21, every_h=24, at_steady_state=True)
        .reset(at_h=30)
        .reset(at_h=40, to="empty_gut")
        .covariate("gfr_mL_per_min", values=[100, 60], at_h=[0, 48], rule="linear")
        .occasion(2, at_h=24)
        .modify("caffeine", at_h=8, over_h=2, strength=0.5, every_h=24, times=2)
    )


def test_everything_that_a_line_says_survives():
    plan = full_plan()
    assert len(plan) == 8
    assert mgpk.Schedule.from_dict(json.loads(json.dumps(plan.to_dict()))) == plan
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert plan.copy() == plan


def test_dictionaries_of_before_the_lags_are_read():
    lines = mgpk.Schedule().oral("citrate", mmol=5).to_dict()
    for key in ("tlag_h", "f_bioavailable", "at_steady_state"):
        del lines["doses"][0][key]
    for kind in ("resets", "covariates", "occasions", "modifications"):
        del lines[kind]
    assert mgpk.Schedule.from_dict(lines) == mgpk.Schedule().oral("citrate", mmol=5)


def test_what_arrives_and_what_ends_in_words():
    words = full_plan().in_words()
    assert words[0].endswith("without a meal of its own, arriving 0.5 h later, 0.8 of it given on")
    assert words[2].endswith("into the muscle at 21 h, at steady state every 24 h")
    assert words[3:] == [
        "a reset to the baseline at 30 h",
        "a reset to an empty gut at 40 h",
        "gfr_mL_per_min 100 at 0 h, 60 at 48 h (linear)",
        "occasion 2 from 24 h on",
        "caffeine (strength 0.5) at 8 h over 2 h, every 24 h, 2 times",
    ]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda p: p.oral("citrate", mmol=5, tlag_h=-1), "tlag_h must be finite and not negative"),
        (lambda p: p.oral("citrate", mmol=5, f_bioavailable=1.2), "f_bioavailable must lie"),
        (lambda p: p.oral("citrate", mmol=5, at_steady_state=True), "needs every_h > 0"),
        (
            lambda p: p.iv("sulfate", mmol=5, every_h=8, tlag_h=9, at_steady_state=True),
            "the lag must be shorter than every_h",
        ),
        (lambda p: p.reset(at_h=-1), "at_h must be finite and not negative"),
        (lambda p: p.reset(at_h=1, to="empty"), "to must be a known word"),
        (
            lambda p: p.covariate("gfr_mL_per_min", values=[100], at_h=[0, 1]),
            "one time for each value",
        ),
        (
            lambda p: p.covariate("gfr_mL_per_min", values=[0.1], at_h=[0]),
            "gfr_mL_per_min must lie between 1 and 250",
        ),
        (
            lambda p: p.covariate("gfr_mL_per_min", values=[90, 80], at_h=[5, 5]),
            "must rise strictly",
        ),
        (lambda p: p.covariate("gfr", values=[90], at_h=[5]), 'did you mean "gfr_mL_per_min"'),
    ],
)
def test_lines_that_cannot_be(call, words):
    with pytest.raises(ValueError, match=words):
        call(mgpk.Schedule())


def test_records_become_a_plan():
    frame = pandas.DataFrame(
        {
            "ID": [1, 1, 1, 1],
            "TIME": [0, 1, 24, 48],
            "AMT": [300, ".", 243.05, 0],
            "EVID": [1, 0, 1, 3],
            "CMT": ["gut", "blood", "vein", "."],
            "RATE": [0, 0, 121.525, 0],
            "II": [12, 0, 0, 0],
            "ADDL": [3, 0, 0, 0],
            "DV": [math.nan, 0.9, math.nan, math.nan],
        }
    )
    places = {"gut": "oral:glycinate", "vein": "iv:sulfate"}
    plan = mgpk.Schedule.from_records(frame, compartments=places, unit="elemental_mg")
    assert plan == (
        mgpk.Schedule()
        .oral("glycinate", elemental_mg=300, every_h=12, times=4)
        .iv("sulfate", elemental_mg=243.05, at_h=24, over_h=2)
        .reset(at_h=48)
    )
    assert plan == mgpk.Schedule.from_records(
        frame, compartments=places, unit="elemental_mg", person="1"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SS": [2], "II": [8]}, "row 1: SS must be 0 or 1 for a body"),
        ({"RATE": [-2]}, "row 1: RATE must be 0 or positive"),
        ({"CMT": ["nose"]}, "CMT of a dose must be one of compartments"),
        ({"ALAG1": [1.0]}, "no column of F, lag"),
        ({"EVID": [7]}, "EVID must be 0 to 4"),
        ({"AMT": ["much"]}, "must be a number"),
        ({"TIME": [-2]}, "row 1: at_h must be finite and not negative"),
    ],
)
def test_records_that_no_plan_can_say(change, words):
    frame = pandas.DataFrame({"TIME": [0.0], "AMT": [5], "CMT": [1], **change})
    with pytest.raises(ValueError, match=words):
        mgpk.Schedule.from_records(frame, compartments={1: "iv:sulfate"}, unit="mmol")
