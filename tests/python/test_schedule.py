"""The plan at Python's door."""

import copy

import numpy as np
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
