"""What a fit of the body is given: people, plans, and what was measured of them, checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from mgpk import _checks, _core
from mgpk.mixed_inputs import ERROR_NUMBERS, ERRORS, Array
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of, subject_of
from mgpk.subject import Subject

__all__ = ["Measured", "ObservedPerson"]

#: The known error of a mean needs no number of its own.
KNOWN = "known"


class Measured(NamedTuple):
    """What was measured in one column of a run."""

    times_h: Any
    """When, in h after the midnight at which the run starts, shape (n,)."""
    values: Any
    """What, in the unit of the column, shape (n,); where censored, the limit."""
    since_h: Any = None
    """Start of the collection of each value in h, shape (n,): what the column gained since then.
    None where values are levels, or amounts since the start of the run."""
    censored: Any = None
    """1 where the value lies below the limit, -1 above it, 0 where it was measured, shape (n,)."""
    se: Any = None
    """Standard error of each value where it is the mean of several people, shape (n,)."""


class ObservedPerson(NamedTuple):
    """A person, what they took, and what was measured of them."""

    observations: Mapping[str, Any]
    """By column of a run: a Measured, or the pair (times_h, values)."""
    subject: Subject | None = None
    """The person; the reference adult unless given."""
    plan: Schedule | None = None
    """What was taken and when; without one, the baseline alone."""
    id: str = ""
    """What the person is called; their number unless given."""
    covariates: Mapping[str, float] | None = None
    """Numbers that parameters may depend on, by name."""
    empty_gut_at_start: bool = False
    """As in ``mgpk.simulate``."""
    start_c_plasma_total_mmol_per_L: float | None = None
    """As in ``mgpk.simulate``, in mmol/L."""
    is_mean: bool = False
    """Whether the values are means of a group: it stands for the typical person, and each value
    needs its standard error."""


class Row(NamedTuple):
    """One observation."""

    column: str
    t_h: float
    since_h: float | None
    value: float
    censored: int
    se: float


class Rows(NamedTuple):
    """The identity, time and column of every observation, flat."""

    id: list[str]
    time_h: Array
    column: list[str]


class PersonRows(NamedTuple):
    id: str
    rows: slice


class Covariates:
    """The covariates of people as columns with one value per observation."""

    def __init__(self, people: list[tuple[str, Mapping[str, float], int]]) -> None:
        ends = np.cumsum([n for _, _, n in people])
        self.people = [
            PersonRows(name, slice(int(end - n), int(end)))
            for (name, _, n), end in zip(people, ends, strict=True)
        ]
        self._given = people

    def __getitem__(self, column: str) -> Array:
        parts = []
        for name, covariates, n in self._given:
            if column not in covariates:
                _checks.refuse(
                    f"each person must have the covariate {column}",
                    f"none for {name}",
                    "give it in covariates",
                )
            parts.append(np.full(n, covariates[column]))
        return np.concatenate(parts)


class PeopleData(NamedTuple):
    """Observations of people in the shape that the search wants."""

    data: Covariates
    observations: Rows
    people: list[tuple[str, int]]
    counts: list[int]
    se: Array
    kind: Array
    limit: Array
    is_mean: Any
    columns: list[str]
    core: list[tuple[Any, ...]]
    """Each person as the compiled predictor takes them."""


def _array(what: str, value: object, n: int | None) -> Array:
    array = np.array(_checks.numbers(what, value), dtype=float)
    if n is not None and array.size != n:
        _checks.refuse(f"{what} must be as many as the times", f"{array.size} for {n}", "give each")
    for i, number in enumerate(array):
        if not math.isfinite(number):
            _checks.refuse(
                f"{what} must be finite",
                f"{_checks.shown(float(number))} at position {i}",
                "leave out what was not measured",
            )
    return array


def _rows(who: str, column: str, given: Any, is_mean: bool) -> list[Row]:
    if not isinstance(given, (tuple, list)) or not 2 <= len(given) <= 5:
        _checks.refuse(
            f"observations of {column} of {who} must be a Measured, or (times_h, values)",
            _checks.shown(given),
            "see mgpk.Measured",
            TypeError,
        )
    m = Measured(*given)
    times_h = _array(f"times_h of {column} of {who}", m.times_h, None)
    n = times_h.size
    if n == 0:
        _checks.refuse(f"{column} of {who} must have values", "none", "leave the column out")
    values = _array(f"values of {column} of {who}", m.values, n)
    zero = np.zeros(n)
    kind = zero if m.censored is None else _array(f"censored of {column} of {who}", m.censored, n)
    se = zero if m.se is None else _array(f"se of {column} of {who}", m.se, n)
    since = None if m.since_h is None else _array(f"since_h of {column} of {who}", m.since_h, n)
    if not np.isin(kind, (-1, 0, 1)).all():
        _checks.refuse(
            f"censored of {column} of {who} must be -1, 0 or 1", _checks.shown(kind.tolist()), "say"
        )
    if is_mean and not (se > 0).all():
        _checks.refuse(
            f"the means of {column} of {who} need a standard error each",
            _checks.shown(se.tolist()),
            "give se",
        )
    if (se < 0).any():
        _checks.refuse(f"se of {column} of {who} must not be negative", str(se.min()), "give 0")
    return [
        Row(
            column,
            float(times_h[i]),
            None if since is None else float(since[i]),
            float(values[i]),
            int(kind[i]),
            float(se[i]),
        )
        for i in range(n)
    ]


def people_data_of(people: object) -> PeopleData:
    """Checks people and lays their observations out, person by person and column by column."""
    if isinstance(people, ObservedPerson):
        people = [people]
    if isinstance(people, (str, Mapping)) or not isinstance(people, Iterable):
        _checks.refuse(
            "people must be a list of ObservedPerson",
            _checks.shown(people),
            "put one person in [ ]",
            TypeError,
        )
    names: list[str] = []
    all_rows: list[list[Row]] = []
    means: list[bool] = []
    core: list[tuple[Any, ...]] = []
    covariates: list[Mapping[str, float]] = []
    for number, person in enumerate(people, 1):
        if not isinstance(person, ObservedPerson):
            _checks.refuse(
                "each of people must be an ObservedPerson",
                _checks.shown(person),
                "see mgpk.ObservedPerson",
                TypeError,
            )
        who = _checks.text("id", person.id, "give a name") or str(number)
        if who in names:
            _checks.refuse("each person must have an id of their own", f'"{who}" twice', "rename")
        given = _checks.mapping(f"observations of {who}", person.observations, "give {column: ...}")
        rows = [row for column in given for row in _rows(who, column, given[column], person.is_mean)]
        if not rows:
            _checks.refuse("each person needs observations", f"none of {who}", "leave them out")
        plan = plan_of(person.plan)
        core.append(
            (
                subject_of(person.subject)._inner,
                None if plan is None else plan._inner,
                _checks.flag("empty_gut_at_start", person.empty_gut_at_start),
                person.start_c_plasma_total_mmol_per_L,
                [(row.column, row.t_h, row.since_h) for row in rows],
            )
        )
        names.append(who)
        all_rows.append(rows)
        means.append(_checks.flag("is_mean", person.is_mean))
        covariates.append(person.covariates or {})
    if not names:
        _checks.refuse("a fit needs people", "none", "give an ObservedPerson")
    flat = [row for rows in all_rows for row in rows]
    counts = [len(rows) for rows in all_rows]
    ids = [name for name, n in zip(names, counts, strict=True) for _ in range(n)]
    return PeopleData(
        data=Covariates(list(zip(names, covariates, counts, strict=True))),
        observations=Rows(ids, np.array([r.t_h for r in flat]), [r.column for r in flat]),
        people=[(name, int(at)) for name, at in zip(names, np.cumsum([0, *counts[:-1]]), strict=True)],
        counts=counts,
        se=np.array([r.se for r in flat]),
        kind=np.array([float(r.censored) for r in flat]),
        limit=np.array([r.value for r in flat]),
        is_mean=np.repeat(means, counts),
        columns=list(dict.fromkeys(r.column for r in flat)),
        core=core,
    )


def errors_of(errors: object, columns: list[str]) -> dict[str, str]:
    """The residual error of each column."""
    if isinstance(errors, str):
        errors = dict.fromkeys(columns, errors)
    given = _checks.mapping("errors", errors, "give {column: kind}, or one kind for all")
    _checks.known_keys("errors", given, columns)
    _checks.all_keys("errors", given, columns)
    kinds = (*ERRORS, KNOWN)
    return {column: _checks.one_of(f"the error of {column}", given[column], kinds) for column in columns}


def error_names_of(errors: dict[str, str]) -> tuple[str, ...]:
    """What the numbers of the errors are called: by column, where there are several."""
    return tuple(
        f"{number}({column})"
        for column, kind in errors.items()
        for number in ERROR_NUMBERS.get(kind, ())
    )


def check_parameters(names: object) -> list[str]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        _checks.refuse(
            "parameters must be a list of keys", _checks.shown(names), "put it in [ ]", TypeError
        )
    return [_checks.text("parameter", name, "give a key") for name in names]


def own_values(core: list[tuple[Any, ...]], names: list[str]) -> Array:
    """The numbers that each person has by themselves, shape (n people, n parameters)."""
    values = [_core.values_along(person[0], person[3], names) for person in core]
    return np.asarray(values, dtype=np.float64)
