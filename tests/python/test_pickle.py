"""Everything that a user holds can be pickled."""

import pickle

import numpy as np
import pytest

import mgpk


def again(thing):
    return pickle.loads(pickle.dumps(thing))


def test_subject_plan_options(person, citrate_plan):
    for thing in (person, citrate_plan, mgpk.SimulationOptions(times_h=[0, 1, 5])):
        assert again(thing) == thing


def test_a_plan_keeps_every_bit_of_a_mix():
    plan = mgpk.Schedule().oral({"citrate": 0.1, "oxide": 0.9}, elemental_mg=77.7, label="mix")
    assert again(plan) == plan


def test_run(run):
    twin = again(run)
    assert twin.names == run.names
    assert twin.baseline.names == run.baseline.names
    for name in run.names:
        assert (twin[name] == run[name]).all()
    for name in run.baseline.names:
        assert (twin.baseline[name] == run.baseline[name]).all()
    assert twin.to_dict() == run.to_dict()
    assert twin.header() == run.header()
    assert twin.summary() == run.summary()
    assert twin.f_absorbed == run.f_absorbed
    assert twin.start == run.start
    assert twin.statistics == run.statistics
    assert twin.assumptions == run.assumptions
    assert twin.status.message == run.status.message
    assert repr(twin) == repr(run)


def test_run_of_a_measured_plasma_level_without_plan_and_baseline():
    person = mgpk.Subject(c_plasma_total_mmol_per_L=0.9)
    run = mgpk.simulate(person, until_h=12, with_baseline=False)
    twin = again(run)
    assert twin.plan is None and not twin.has_baseline
    assert twin.start == run.start
    assert (twin["a_urine_mmol"] == run["a_urine_mmol"]).all()


def test_failed_run(person):
    run = mgpk.simulate(
        person,
        until_h=24 * 60,
        relative_tolerance=1e-6,
        max_steps=4000,
        raise_on_failure=False,
        with_baseline=False,
    )
    twin = again(run)
    assert twin.status.code == run.status.code == "step_budget_exhausted"
    assert twin.status.message == run.status.message
    assert np.isnan(twin["a_urine_mmol"][-1])


def test_baseline_and_summary(run):
    twin = again(run.baseline)
    assert (twin["a_urine_mmol"] == run.baseline["a_urine_mmol"]).all()
    assert again(run.summary()) == run.summary()


def test_comparison():
    comparison = mgpk.compare(["citrate", "oxide"], mmol=5, until_h=24)
    assert again(comparison).rows == comparison.rows


def test_errors(person):
    with pytest.raises(mgpk.UnknownNameError) as unknown:
        mgpk.Schedule().oral("citrat", mmol=1)
    assert str(again(unknown.value)) == str(unknown.value)
    with pytest.raises(mgpk.SolveError) as failed:
        mgpk.simulate(person, until_h=9000, max_steps=4000)
    twin = again(failed.value)
    assert str(twin) == str(failed.value)
    assert twin.status.code == "step_budget_exhausted"
