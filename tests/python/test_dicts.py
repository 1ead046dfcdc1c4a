"""Subject, plan, options and run as plain dictionaries, and back."""

import json

import numpy as np
import pytest

import mgpk

PLAN = (
    mgpk.Schedule()
    .oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=3)
    .oral({"citrate": 0.3, "oxide": 0.7}, elemental_mg=123.4, label="mix", with_meal=True)
    .iv("sulfate", mmol=16, at_h=1, over_h=0.33)
    .im("sulfate", mmol=8, at_h=2)
    .meal(elemental_mg=0, at_h=3)
    .diet(mg_per_d=100.1, at_h=24, over_h=24)
    .fast(at_h=48, over_h=12)
)
SUBJECTS = [
    mgpk.Subject(),
    mgpk.Subject(sex="male", age_y=60, weight_kg=80, height_cm=180, creatinine_mg_per_dL=1.1),
    mgpk.Subject(meals_at_h=[7.5, 18], parameters={"tm_mmol_per_L": 0.6}, f_acid_secreted=0.1),
    mgpk.Subject(parameters={"km_uptake_mmol": 1.0}, allow_outside_range=True, pregnant=True),
]
OPTIONS = [
    mgpk.SimulationOptions(until_h=10),
    mgpk.SimulationOptions(times_h=np.linspace(0, 1, 4), method="rosenbrock4", max_steps=10**7),
    mgpk.SimulationOptions(until_h=3, start_c_plasma_total_mmol_per_L=1.1, empty_gut_at_start=True),
]


def through_json(dictionary):
    return json.loads(json.dumps(dictionary))


@pytest.mark.parametrize("subject", SUBJECTS, ids=repr)
def test_subject(subject):
    assert mgpk.Subject.from_dict(through_json(subject.to_dict())) == subject


def test_plan():
    again = mgpk.Schedule.from_dict(through_json(PLAN.to_dict()))
    assert again == PLAN
    assert again.in_words() == PLAN.in_words()


def test_part_of_a_plan_is_enough():
    fast = {"diet_changes": PLAN.to_dict()["diet_changes"][1:]}
    assert mgpk.Schedule.from_dict(fast) == mgpk.Schedule().fast(at_h=48, over_h=12)


@pytest.mark.parametrize("options", OPTIONS, ids=repr)
def test_options(options):
    assert mgpk.SimulationOptions.from_dict(through_json(options.to_dict())) == options


def test_keywords_of_simulate_are_those_of_the_options():
    import inspect

    ours = set(inspect.signature(mgpk.simulate).parameters) - {
        *("subject", "plan", "start", "progress")
    }
    options = inspect.signature(mgpk.SimulationOptions).parameters
    assert ours == set(options) == set(OPTIONS[0].to_dict())
    simulate = inspect.signature(mgpk.simulate).parameters
    assert all(simulate[name].default == options[name].default for name in ours)


def test_defaults_are_those_of_the_library():
    from mgpk import _core

    assert mgpk.SimulationOptions(until_h=1).to_dict() == _core.Options(until_h=1).to_dict()
    assert mgpk.Subject().to_dict() == _core.Subject().to_dict()


SMALL_PLAN = mgpk.Schedule().oral("citrate", mmol=5).iv("sulfate", mmol=3)


@pytest.mark.parametrize("plan", [SMALL_PLAN, None], ids=["plan", "baseline alone"])
def test_run_made_again_is_the_same_to_the_last_bit(person, plan):
    run = mgpk.simulate(person, plan, until_h=30, every_h=3)
    recipe = through_json(run.to_dict())
    again = mgpk.Run.from_dict(recipe)
    assert again.to_dict() == run.to_dict()
    for name in run.names:
        assert (again[name] == run[name]).all()


def test_dictionaries_hold_plain_values_only():
    def plain(value):
        if isinstance(value, dict):
            return all(type(key) is str and plain(item) for key, item in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or type(value) in (str, int, float, bool)

    for thing in [*SUBJECTS, PLAN, *OPTIONS]:
        assert plain(thing.to_dict())
