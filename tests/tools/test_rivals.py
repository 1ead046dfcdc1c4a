"""What benchmarks/rivals reads off its measurements, and its Python twin of the problem."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks/rivals"


def module_of(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


fronts = module_of("fronts")
problem = module_of("reference_problem")


def point(error, seconds, n_subjects=10, **more):
    return {"max_error": error, "cpu_seconds": seconds, "seconds": 2 * seconds,
            "n_subjects": n_subjects, **more}


def test_front_keeps_what_no_other_beats_and_scales_to_all_subjects():
    points = [point(1e-4, 1.0), point(1e-5, 3.0), point(2e-5, 4.0), point(None, 0.1)]
    assert fronts.front(points, 100) == [(1e-4, 10.0), (1e-5, 30.0)]


def test_several_threads_are_timed_by_the_wall():
    assert fronts.front([point(1e-4, 1.0, n_threads=2)], 10) == [(1e-4, 2.0)]


def test_time_at_an_error_lies_on_the_line_between_logarithms():
    best = [(1e-4, 1.0), (1e-6, 100.0)]
    assert fronts.seconds_at(1e-5, best) == pytest.approx(10.0)
    assert fronts.seconds_at(1e-6, best) == pytest.approx(100.0)
    assert fronts.seconds_at(1e-3, best) == 1.0


def test_no_time_is_made_up_for_an_error_that_was_not_reached():
    assert fronts.seconds_at(1e-7, [(1e-4, 1.0), (1e-6, 100.0)]) is None
    assert fronts.seconds_at(1e-7, []) is None


def test_error_leaves_out_the_dosed_state_at_doses_only():
    setting = problem.SETTINGS["short"]
    reference = np.ones((1, setting.n_outputs, 8))
    values = reference.copy()
    values[0, 24, 0] = 5  # at the second dose
    assert problem.max_error(setting, values, reference) == 0
    values[0, -1, 0] = 1.5  # at the end, where no dose is
    assert problem.max_error(setting, values, reference) == 0.5
    values[0, 3, 4] = np.nan
    assert problem.max_error(setting, values, reference) == np.inf


def test_error_of_small_amounts_is_held_against_the_floor():
    setting = problem.SETTINGS["small"]
    reference = np.zeros((1, setting.n_outputs, 8))
    values = reference.copy()
    values[0, 5, 2] = 1e-6
    assert problem.max_error(setting, values, reference) == pytest.approx(1e-3)


def test_derivatives_keep_the_mass():
    """What comes in is the steady supply, what leaves is stool: all else is moved around."""
    p = list(problem.TYPICAL.values())
    x = [3.0, 2.0, 5.0, 4.0, 12.0, 140.0, 260.0, 7.0]
    stool = problem.TYPICAL["kf"] * x[3]
    assert sum(problem.right_hand_side(x, p)) == pytest.approx(problem.TYPICAL["kin"] - stool)
