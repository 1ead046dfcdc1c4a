"""What a planned study is given: people, periods, sampling, errors, and what differs; checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from mgpk import _checks, _core
from mgpk.errors import SolveError
from mgpk.mixed_inputs import ERROR_NUMBERS, Array, Covariate
from mgpk.options import SimulationOptions
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of, subject_of
from mgpk.subject import Subject

__all__ = ["PlannedPeriod", "PlannedPerson"]

#: How many numbers each error has.
_N_NUMBERS = {kind: len(names) for kind, names in ERROR_NUMBERS.items()}


class PlannedPeriod(NamedTuple):
    """What a person takes in one period of a study, and when what is measured."""

    times: Mapping[str, Any]
    """By column of a run: times in h, shape (n,); or (times_h, since_h) of what the column gained
    since, as urine that is collected."""
    plan: Schedule | None = None
    """What is taken and when; without one, the baseline alone."""
    covariates: Mapping[str, float] | None = None
    """Numbers that parameters may depend on, by name, such as {"glycinate": 1}."""
    empty_gut_at_start: bool = False
    """As in ``mgpk.simulate``."""
    start_c_plasma_total_mmol_per_L: float | None = None
    """As in ``mgpk.simulate``, in mmol/L."""


class PlannedPerson(NamedTuple):
    """People who do the same in a study: one period, or several of a crossover."""

    periods: Any
    """A PlannedPeriod, or a list of them; what differs between people is the same in all."""
    subject: Subject | None = None
    """The person; the reference adult unless given."""
    n: int = 1
    """How many such people."""


class Row(NamedTuple):
    """One planned measurement; its place counts within its column and period."""

    period: int
    column: str
    t_h: float
    since_h: float | None
    place: int


class Group(NamedTuple):
    """People who do the same, with what is expected of them, flat over their periods."""

    n: int
    rows: list[Row]
    f: Array
    """Expected values, shape (n rows,)."""
    slopes: Array
    """Along the logarithm of each parameter, shape (n rows, n parameters)."""
    effects: list[Array]
    """By period: along parameters and coefficients, shape (n parameters, n fixed)."""


class Numbers(NamedTuple):
    """What a planned study would estimate."""

    parameters: dict[str, tuple[str, ...]]
    """The keys that each moves."""
    values: dict[str, float]
    covariates: list[Covariate]
    errors: dict[str, tuple[str, tuple[float, ...]]]
    random: dict[str, float]
    random_of_period: dict[str, float]


def numbers_of(
    parameters: object,
    factors: object,
    values: object,
    covariates: Any,
    errors: object,
    random: object,
    random_of_period: object,
) -> Numbers:
    if isinstance(parameters, str) or not isinstance(parameters, Iterable):
        _checks.refuse(
            "parameters must be a list of keys", _checks.shown(parameters), "put it in [ ]", TypeError
        )
    named: dict[str, tuple[str, ...]] = {
        _checks.text("parameter", key, "give a key"): (str(key),) for key in parameters
    }
    given = {} if factors is None else _checks.mapping("factors", factors, "give {name: keys}")
    for name, keys in given.items():
        named[name] = tuple(_checks.text("key", key, "give a key") for key in keys)
    moved = [key for keys in named.values() for key in keys]
    if not moved:
        _checks.refuse("a design needs at least one parameter", "none", "name what to estimate")
    for key in moved:
        if moved.count(key) > 1:
            _checks.refuse("each key must be moved once", f'"{key}" twice', "drop one")
    typical = {} if values is None else _checks.mapping("values", values, "give {key: value}")
    _checks.known_keys("values", typical, list(named))
    effects = [Covariate(*one) for one in (() if covariates is None else covariates)]
    for one in effects:
        _checks.known_keys("covariates", [one.parameter], list(named))
        _checks.one_of("the kind of a covariate", one.kind, ("power", "linear", "category"))
    return Numbers(
        named,
        {key: _checks.number(f"the value of {key}", value) for key, value in typical.items()},
        effects,
        _errors(errors),
        _spreads("random", random, named),
        _spreads("random_of_period", random_of_period, named),
    )


def _spreads(what: str, given: object, named: Mapping[str, Any]) -> dict[str, float]:
    found = {} if given is None else _checks.mapping(what, given, "give {parameter: sd}")
    _checks.known_keys(what, found, list(named))
    spreads = {key: _checks.number(f"{what} of {key}", sd) for key, sd in found.items()}
    for key, sd in spreads.items():
        if not sd > 0:
            _checks.refuse(f"{what} of {key} must be positive", str(sd), "or leave it out")
    return spreads


def _errors(errors: object) -> dict[str, tuple[str, tuple[float, ...]]]:
    given = _checks.mapping("errors", errors, 'give {column: ("additive", sd)}')
    found = {}
    for column, error in given.items():
        if not isinstance(error, (tuple, list)) or len(error) < 2:
            _checks.refuse(
                f"the error of {column} must be (kind, number)",
                _checks.shown(error),
                'such as ("additive", 0.03) or ("combined", 0.02, 0.05)',
                TypeError,
            )
        kind = _checks.one_of(f"the error of {column}", error[0], tuple(_N_NUMBERS))
        numbers = tuple(_checks.number(f"the error of {column}", x) for x in error[1:])
        if len(numbers) != _N_NUMBERS[kind] or not all(x > 0 for x in numbers):
            _checks.refuse(
                f"a {kind} error of {column} needs {_N_NUMBERS[kind]} positive",
                _checks.shown(list(numbers)),
                "give the standard deviation, in the unit of the column or as a share",
            )
        found[column] = (kind, numbers)
    return found


def _rows_of(number: int, times: object) -> list[Row]:
    given = _checks.mapping("times", times, "give {column: times_h}")
    rows = []
    for column, when in given.items():
        pair = isinstance(when, tuple) and len(when) == 2 and not np.isscalar(when[0])
        taken = _checks.numbers(f"times_h of {column}", when[0] if pair else when)
        since = _checks.numbers(f"since_h of {column}", when[1]) if pair else [None] * len(taken)
        if len(since) != len(taken) or not len(taken):
            _checks.refuse(
                f"{column} must have times, and as many starts of collections",
                f"{len(since)} for {len(taken)}",
                "give (times_h, since_h)",
            )
        rows += [
            Row(number, column, float(t_h), None if s is None else float(s), i)
            for i, (t_h, s) in enumerate(zip(taken, since, strict=True))
        ]
    return rows


def periods_of(person: object) -> list[PlannedPeriod]:
    if not isinstance(person, PlannedPerson):
        _checks.refuse(
            "each of people must be a PlannedPerson",
            _checks.shown(person),
            "see mgpk.PlannedPerson",
            TypeError,
        )
    periods = person.periods
    found = [periods] if isinstance(periods, PlannedPeriod) else list(periods)
    if not found or not all(isinstance(one, PlannedPeriod) for one in found):
        _checks.refuse("a person needs periods", _checks.shown(periods), "see mgpk.PlannedPeriod")
    if _checks.count("n", person.n) < 1:
        _checks.refuse("n must be at least 1", str(person.n), "leave these people out")
    return found


def _moved_by(one: Covariate, period: PlannedPeriod) -> float:
    given = period.covariates or {}
    if one.column not in given:
        _checks.refuse(
            f"each period must have the covariate {one.column}", "none", "give it in covariates"
        )
    x = _checks.number(one.column, given[one.column])
    if one.kind == "power":
        return math.log(x / one.center)
    return x - one.center if one.kind == "linear" else float(x == one.center)


def groups_of(people: object, numbers: Numbers, relative_tolerance: float) -> list[Group]:
    """Solves every period once, with slopes, and lays the people out."""
    if isinstance(people, PlannedPerson):
        people = [people]
    if isinstance(people, (str, Mapping)) or not isinstance(people, Iterable):
        _checks.refuse(
            "people must be a list of PlannedPerson", _checks.shown(people), "put it in [ ]", TypeError
        )
    keys = [key for moved in numbers.parameters.values() for key in moved]
    names = list(numbers.parameters)
    core, phi, laid = [], [], []
    for person in people:
        periods = periods_of(person)
        subject = subject_of(person.subject)._inner
        rows: list[Row] = []
        effects = []
        for number, period in enumerate(periods):
            own = _rows_of(number, period.times)
            _checks.all_keys("errors", numbers.errors, list({row.column: 0 for row in own}))
            plan = plan_of(period.plan)
            start = period.start_c_plasma_total_mmol_per_L
            observables = [(row.column, row.t_h, row.since_h) for row in own]
            inner = None if plan is None else plan._inner
            core.append((subject, inner, period.empty_gut_at_start, start, observables))
            moved = [_moved_by(one, period) for one in numbers.covariates]
            phi.append(_values(numbers, subject, start, moved))
            matrix = np.hstack([np.eye(len(names)), np.zeros((len(names), len(moved)))])
            for k, (one, x) in enumerate(zip(numbers.covariates, moved, strict=True)):
                matrix[names.index(one.parameter), len(names) + k] = x
            effects.append(matrix)
            rows += own
        laid.append((person.n, rows, effects))
    if not laid:
        _checks.refuse("a design needs people", "none", "give a PlannedPerson")
    options = SimulationOptions(
        until_h=1.0,
        relative_tolerance=relative_tolerance,
        absolute_tolerance_mmol=1e-3 * relative_tolerance,
    )
    predictor = _core.BodyPredictor(
        people=core, parameters=keys, options=options._inner, n_threads=0
    )
    solved = predictor.predict(list(range(len(core))), np.array(phi), True)
    return _groups(laid, solved, np.array(phi), numbers)


def _values(numbers: Numbers, subject: Any, start: float | None, moved: list[float]) -> list[float]:
    """The number of each key in a period."""
    found = []
    for name, keys in numbers.parameters.items():
        shift = sum(
            one.coefficient * x
            for one, x in zip(numbers.covariates, moved, strict=True)
            if one.parameter == name
        )
        own = _core.values_along(subject, start, list(keys))
        is_key = keys == (name,)
        for value in own:
            typical = numbers.values.get(name, value if is_key else 1.0)
            whole = typical if is_key else typical * value
            if not (math.isfinite(whole) and whole > 0):
                _checks.refuse(
                    f"{name} must be positive", _checks.shown(whole), "give it in values"
                )
            found.append(float(whole) * math.exp(shift))
    return found


def _groups(laid: list[Any], solved: list[Any], phi: Array, numbers: Numbers) -> list[Group]:
    groups, at = [], 0
    for n, rows, effects in laid:
        f, slopes = [], []
        for _ in effects:
            values, along, failure = solved[at]
            if failure:
                raise SolveError(failure)
            by_log = np.asarray(along) * phi[at]
            ends = np.cumsum([len(keys) for keys in numbers.parameters.values()])[:-1]
            slopes.append(np.stack([part.sum(axis=1) for part in np.split(by_log, ends, axis=1)], 1))
            f.append(np.asarray(values))
            at += 1
        groups.append(Group(n, rows, np.concatenate(f), np.concatenate(slopes), effects))
    return groups
