"""Columns of many persons at once, and nothing else of their runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.ensembles import USUAL_COLUMNS, columns_of, threads_of
from mgpk.errors import UnknownNameError
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.schedule import Schedule
from mgpk.subject import Subject

__all__ = ["ManyRuns", "simulate_many"]

Array = NDArray[np.float64]


class _People(Protocol):
    """So many persons, one by one."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Subject]: ...


class ManyRuns:
    """Columns of the runs of many persons.

    Who failed has NaN in their place and a reason in ``failures``.
    """

    __slots__ = ("_columns", "_failures", "_time_h", "_values")
    _values: Array
    _time_h: Array
    _columns: tuple[str, ...]
    _failures: dict[int, str]

    def __init__(
        self, values: Array, time_h: Array, columns: tuple[str, ...], failures: dict[int, str]
    ) -> None:
        self._values = values
        self._time_h = time_h
        self._columns = columns
        self._failures = failures

    @property
    def values(self) -> Array:
        """All numbers, shape (n subjects, n times, n columns); the array given as ``out``."""
        return self._values

    @property
    def time_h(self) -> Array:
        """Output times in h, shape (n times,)."""
        return self._time_h

    @property
    def columns(self) -> list[str]:
        """Names of the columns in their order, each with its unit."""
        return list(self._columns)

    @property
    def failures(self) -> dict[int, str]:
        """The reason of each person who failed, by their index."""
        return dict(self._failures)

    def __len__(self) -> int:
        return len(self._values)

    def __copy__(self) -> Self:
        return self

    def __getitem__(self, column: str) -> Array:
        """A column of everybody as a view, shape (n subjects, n times)."""
        name = _checks.text("column", column, "give the name of a column that was asked for")
        if name not in self._columns:
            raise UnknownNameError(
                "column must be one that was asked for, but it is "
                f"{_checks.shown(name)}; it has {', '.join(self._columns)}"
            )
        view: Array = self._values[:, :, self._columns.index(name)]
        return view

    def __contains__(self, column: object) -> bool:
        return column in self._columns

    def __reduce__(self) -> tuple[Any, ...]:
        return (ManyRuns, (self._values, self._time_h, self._columns, self._failures))

    def __repr__(self) -> str:
        failed = f"; {len(self._failures)} failed" if self._failures else ""
        end = f"{self._time_h[-1]:g} h" if len(self._time_h) else "no time"
        return (
            f"<ManyRuns: {len(self)} people, {len(self._time_h)} times to {end}, "
            f"{len(self._columns)} columns{failed}>"
        )


def _subject_in(subject: object, where: str) -> Subject:
    if not isinstance(subject, Subject):
        _checks.refuse(
            f"{where} must be a Subject",
            _checks.shown(subject),
            "make one with Subject()",
            TypeError,
        )
    return subject


def _counted(subjects: _People) -> _People:
    """Persons whose number is known; those of a list are looked at before anything is solved."""
    countable = isinstance(subjects, Sized) and isinstance(subjects, Iterable)
    if isinstance(subjects, (str, Subject)) or not countable:
        _checks.refuse(
            "subjects must be a list",
            _checks.shown(subjects),
            "give Subjects, or what has a length and makes them one by one",
            TypeError,
        )
    if isinstance(subjects, (list, tuple)):
        for i, subject in enumerate(subjects):
            _subject_in(subject, f"subjects[{i}]")
    if len(subjects) == 0:
        _checks.refuse("subjects must hold at least one", "empty", "give Subjects")
    return subjects


def _cores_of(subjects: Iterable[Subject]) -> Iterator[_core.Subject]:
    for i, subject in enumerate(subjects):
        yield _subject_in(subject, f"subjects[{i}]")._inner


def _plans_of(plan: object, n: int) -> list[_core.Schedule]:
    if plan is None:
        return []
    plans = [plan] if isinstance(plan, Schedule) else plan
    if not isinstance(plans, Sequence) or not all(isinstance(one, Schedule) for one in plans):
        _checks.refuse(
            "plan must be a Schedule or a list of them",
            _checks.shown(plan),
            "make one with Schedule()",
            TypeError,
        )
    if not isinstance(plan, Schedule) and len(plans) != n:
        _checks.refuse(
            f"a list of plans must hold one for each of the {n} subjects",
            str(len(plans)),
            "give one plan for all, or as many as there are subjects",
        )
    return [one._inner for one in plans]


def _room_of(out: object, shape: tuple[int, int, int]) -> Array | None:
    """The caller's own array, if it can be written to as it lies."""
    if out is None:
        return None
    if (
        not isinstance(out, np.ndarray)
        or out.dtype != np.float64
        or out.shape != shape
        or not out.flags.c_contiguous
        or not out.flags.writeable
    ):
        shown = (
            f"{out.dtype} of shape {out.shape}"
            if isinstance(out, np.ndarray)
            else _checks.shown(out)
        )
        _checks.refuse(
            f"out must be a writeable float64 array of shape {shape} in C order",
            shown,
            f"make it with numpy.empty({shape})",
        )
    return out


@_checks.keywords("write columns= and the like before the names and numbers")
def simulate_many(
    subjects: _People,
    plan: Schedule | Sequence[Schedule] | None = None,
    *,
    columns: Iterable[str] | None = None,
    until_h: float | None = None,
    every_h: float = 0.5,
    times_h: Iterable[float] | None = None,
    relative_tolerance: float = 1e-9,
    absolute_tolerance_mmol: float = 1e-13,
    max_steps: int = 10_000_000,
    empty_gut_at_start: bool = False,
    out: Array | None = None,
    n_threads: int | None = None,
    progress: Progress = None,
) -> ManyRuns:
    """Simulates many persons and keeps some columns of their runs, on all cores and in lanes.

    Everybody starts at midnight from their own baseline, as in ``mgpk.simulate``, and has the same
    numbers within the tolerance. Who is refused or fails costs the others nothing; nobody's numbers
    depend on the others, their order or the number of threads. Whole tables are never kept: the
    memory needed is that of the result and some tens of megabytes.

    Parameters
    ----------
    subjects : list of Subject
        The people, shape (n subjects,); or anything with a length that makes them one by one.
    plan : Schedule or list of Schedule, optional
        What all of them take, or what each takes; without one, the baseline alone.
    columns : list of str, optional
        Names of columns of ``mgpk.Run``; plasma, the urine's rate and its amount unless given.
    until_h : float, optional
        End of the runs in h; give either this or ``times_h``.
    every_h : float
        Output interval in h.
    times_h : array of float, optional
        Output times in h, rising, shape (n times,).
    relative_tolerance : float
        Relative error allowed per step, a fraction, [1e-14, 0.1).
    absolute_tolerance_mmol : float
        Absolute error allowed per step in mmol.
    max_steps : int
        Budget of steps of one solve.
    empty_gut_at_start : bool
        As after a lavage.
    out : array of float, optional
        Where the numbers are written, each in the unit of its column, shape (n subjects, n times,
        n columns), float64 in C order; a new array unless given.
    n_threads : int, optional
        All cores unless given.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    ManyRuns
        ``values`` of shape (n subjects, n times, n columns), each column in the unit of its name;
        ``failures`` by index.

    Raises
    ------
    UnknownNameError
        A column that a plan's runs do not have.
    ValueError
        Bad input, or a result that will not fit into memory.
    KeyboardInterrupt
        Ctrl-C during the solve; what was solved by then stands in ``out``.

    See Also
    --------
    mgpk.population : people drawn from published distributions.
    mgpk.sweep : summaries instead of columns.
    """
    people = _counted(subjects)
    plans = _plans_of(plan, len(people))
    names = columns_of(USUAL_COLUMNS if columns is None else columns)
    options = SimulationOptions(
        until_h=until_h,
        every_h=every_h,
        times_h=times_h,
        relative_tolerance=relative_tolerance,
        absolute_tolerance_mmol=absolute_tolerance_mmol,
        max_steps=max_steps,
        with_baseline=False,
        empty_gut_at_start=empty_gut_at_start,
    )
    threads = threads_of(n_threads)
    room = _room_of(out, (len(people), _core.n_outputs(options._inner), len(names)))
    values, time_h, failures = watched(
        "simulate_many",
        progress,
        lambda callback: _core.simulate_many(
            n=len(people),
            subjects=_cores_of(people),
            plans=plans,
            columns=names,
            options=options._inner,
            n_threads=threads,
            out=room,
            progress=callback,
        ),
    )
    return ManyRuns(values, np.asarray(time_h), tuple(names), failures)
