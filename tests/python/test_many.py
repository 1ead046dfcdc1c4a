"""Columns of many persons: those of their own runs, and nothing of their neighbours."""

import pickle

import numpy as np
import pytest

import mgpk

COLUMNS = ["c_plasma_total_mmol_per_L", "a_urine_mmol", "f_absorbed_citrate"]
TIMES_H = np.linspace(0, 36, 7)
PLAN = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=12, times=3)


@pytest.fixture(scope="module")
def people():
    return [
        mgpk.Subject(gfr_mL_per_min=gfr, weight_kg=weight)
        for gfr in (30, 75, 110, 130)
        for weight in (55, 70, 95)
    ]


@pytest.fixture(scope="module")
def many(people):
    return mgpk.simulate_many(people, PLAN, columns=COLUMNS, times_h=TIMES_H, n_threads=2)


def test_numbers_are_those_of_a_run_of_its_own(people, many):
    assert many.values.shape == (12, 7, 3)
    assert many.columns == COLUMNS
    assert (many.time_h == TIMES_H).all()
    assert many.failures == {}
    for i in (0, 5, 11):
        run = mgpk.simulate(people[i], PLAN, times_h=TIMES_H)
        for name in COLUMNS:
            assert many[name][i] == pytest.approx(run[name], rel=1e-7, abs=1e-9)


def test_no_bit_depends_on_order_or_threads(people, many):
    again = mgpk.simulate_many(
        people[::-1], [PLAN] * 12, columns=COLUMNS, times_h=TIMES_H, n_threads=1
    )
    assert again.values[::-1].tobytes() == many.values.tobytes()


def test_numbers_go_straight_into_the_callers_array(people, many):
    room = np.full((14, 7, 3), -1.0)
    result = mgpk.simulate_many(
        people, PLAN, columns=COLUMNS, times_h=TIMES_H, out=room[1:13]
    )
    assert np.shares_memory(result.values, room)
    assert room[1:13].tobytes() == many.values.tobytes()
    assert (room[[0, 13]] == -1).all()


@pytest.mark.parametrize(
    "room",
    [
        np.empty((12, 7, 2)),
        np.empty((12, 7, 3), dtype=np.float32),
        np.empty((12, 3, 7)).transpose(0, 2, 1),
        [1.0],
    ],
    ids=["shape", "kind", "order", "list"],
)
def test_an_array_that_does_not_fit_is_refused(people, room):
    with pytest.raises(ValueError, match=r"out must be a writeable float64 array of shape \(12, 7"):
        mgpk.simulate_many(people, PLAN, columns=COLUMNS, times_h=TIMES_H, out=room)


def test_who_fails_has_nan_and_a_reason_and_costs_nobody_a_bit(people, many):
    mixed = [*people[:4], mgpk.Subject(c_plasma_total_mmol_per_L=2.9), *people[4:]]
    result = mgpk.simulate_many(mixed, PLAN, columns=COLUMNS, times_h=TIMES_H)
    assert list(result.failures) == [4]
    assert result.failures[4].startswith("c_plasma_total_mmol_per_L must be reachable")
    assert np.isnan(result.values[4]).all()
    assert np.delete(result.values, 4, axis=0).tobytes() == many.values.tobytes()
    assert "1 failed" in repr(result)


def test_subjects_may_be_made_one_by_one(people, many):
    class Lazy:
        def __len__(self):
            return 12

        def __iter__(self):
            return (mgpk.Subject.from_dict(person.to_dict()) for person in people)

    made = mgpk.simulate_many(Lazy(), PLAN, columns=COLUMNS, times_h=TIMES_H)
    assert made.values.tobytes() == many.values.tobytes()


def test_fewer_subjects_than_announced_are_an_error(people):
    class Short(list):
        def __len__(self):
            return 13

    with pytest.raises(ValueError, match="as many as their length says"):
        mgpk.simulate_many(Short(people), PLAN, times_h=TIMES_H)


def test_the_diet_alone_and_the_usual_columns(people):
    result = mgpk.simulate_many(people[:2], until_h=24, every_h=6)
    assert result.columns == ["c_plasma_total_mmol_per_L", "urine_mmol_per_h", "a_urine_mmol"]
    assert result["c_plasma_total_mmol_per_L"].shape == (2, 5)
    level = result["c_plasma_total_mmol_per_L"]
    assert level[:, -1] == pytest.approx(level[:, 0], rel=1e-7), "a day of diet repeats"


def test_progress_goes_from_nothing_to_all(people):
    seen = []
    mgpk.simulate_many(
        people * 12, PLAN, columns=COLUMNS, times_h=TIMES_H, progress=seen.append, n_threads=1
    )
    assert seen == sorted(seen)
    assert all(0 <= f <= 1 for f in seen)


def test_what_will_not_fit_into_memory_is_refused_at_once(people):
    class Crowd:
        def __len__(self):
            return 2_000_000_000

        def __iter__(self):
            raise AssertionError("nobody is asked for")

    with pytest.raises(ValueError, match=r"must fit into the \d+ MB of memory .* but it is \d+ MB"):
        mgpk.simulate_many(Crowd(), PLAN, columns=COLUMNS, times_h=TIMES_H)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda p: mgpk.simulate_many(p[0], until_h=24), TypeError, "subjects must be a list"),
        (lambda p: mgpk.simulate_many([], until_h=24), ValueError, "at least one"),
        (lambda p: mgpk.simulate_many([p[0], 3], until_h=24), TypeError, r"subjects\[1\]"),
        (lambda p: mgpk.simulate_many(p, [PLAN], until_h=24), ValueError, "one for each of the 12"),
        (lambda p: mgpk.simulate_many(p, "citrate", until_h=24), TypeError, "plan must be"),
        (lambda p: mgpk.simulate_many(p), ValueError, "until_h or times_h"),
        (
            lambda p: mgpk.simulate_many(p, PLAN, until_h=24, columns=["c_plasma"]),
            mgpk.UnknownNameError,
            "c_plasma_total",
        ),
        (
            lambda p: mgpk.simulate_many(p, until_h=24, columns=["f_absorbed_citrate"]),
            mgpk.UnknownNameError,
            "f_absorbed",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(people, call, error, words):
    with pytest.raises(error, match=words):
        call(people)


def test_a_column_that_was_not_asked_for_has_no_values(many):
    with pytest.raises(mgpk.UnknownNameError, match="asked for"):
        many["a_cells_mmol"]
    assert "a_urine_mmol" in many
    assert "a_cells_mmol" not in many


def test_it_can_be_pickled(many):
    twin = pickle.loads(pickle.dumps(many))
    assert twin.values.tobytes() == many.values.tobytes()
    assert (twin.time_h == many.time_h).all()
    assert (twin.columns, twin.failures, len(twin)) == (many.columns, many.failures, 12)
