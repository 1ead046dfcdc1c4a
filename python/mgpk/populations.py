"""Virtual adults from published distributions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk.ensembles import (
    Array,
    Ensemble,
    columns_of,
    members_of,
    quantiles_of,
    seed_of,
    threads_of,
)
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["Population", "population"]


class Population(Ensemble):
    """Virtual adults, each with their usual day and, where asked for, their run.

    Person ``i`` of a seed is the same whatever ``n`` is.
    """

    __slots__ = ("_inner",)
    _inner: _core.Population

    def __init__(self, core: _core.Population, quantiles: list[float]) -> None:
        self._inner = core
        self._ensemble = core.ensemble
        self._quantiles = quantiles

    @property
    def seed(self) -> int:
        """The seed that the people were drawn with."""
        return self._inner.seed

    @property
    def plan(self) -> Schedule | None:
        """What everybody takes; None for nothing."""
        plan = self._inner.plan
        return None if plan is None else Schedule.from_dict(plan.to_dict())

    @property
    def subjects(self) -> list[Subject]:
        """The people, to be simulated by themselves."""
        return [Subject.from_dict(core.to_dict()) for core in self._inner.subjects]

    @property
    def drawn(self) -> dict[str, Array]:
        """Each number that was drawn, shape (n people,), its unit in its name."""
        table = self._inner.drawn
        return {name: table[:, i] for i, name in enumerate(self._inner.drawn_names)}

    def to_pandas(self) -> pandas.DataFrame:
        """The people with everything that was drawn, and their numbers.

        Returns
        -------
        pandas.DataFrame
            One line per person: ``sex``, what was drawn, the usual day (fasting plasma in mmol/L,
            urine and stool in mmol/d), the numbers of the run, and ``failure``, empty where there
            was none.
        """
        sex = [core.to_dict()["sex"] for core in self._inner.subjects]
        return self._frame({"sex": sex, **self.drawn})

    def plot(self, **options: Any) -> Figure:
        """Plots the curves as a band with its median, or the usual day where nobody was run.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.ensemble_plots.plot_population``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import ensemble_plots

        return ensemble_plots.plot_population(self, **options)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Population, (self._inner, self._quantiles))

    def __repr__(self) -> str:
        plan = self.plan
        words = "" if plan is None else f"; {'; '.join(plan.in_words())}"
        return f"<Population: {len(self)} people, seed {self.seed}{words}{self._words()}>"


def _age_range(age_y: object) -> tuple[float | None, float | None]:
    if age_y is None:
        return None, None
    ages = _checks.numbers("age_y", age_y, "give the youngest and the oldest age")
    if len(ages) != 2:
        _checks.refuse(
            "age_y must hold two ages", f"{len(ages)} of them", "give the youngest and the oldest"
        )
    return ages[0], ages[1]


@_checks.keywords("write seed= and the like before the numbers")
def population(
    n: int,
    *,
    seed: int = 1,
    plan: Schedule | None = None,
    until_h: float | None = None,
    every_h: float = 0.5,
    columns: Iterable[str] | None = None,
    quantiles: Iterable[float] | None = None,
    sex: str | None = None,
    age_y: Iterable[float] | None = None,
    relative_tolerance: float = 1e-6,
    n_threads: int | None = None,
    progress: Progress = None,
) -> Population:
    """Draws virtual adults and finds the usual day of each and, when asked, a run.

    Sex, age, height, weight, GFR, diet, albumin and the model's own constants differ between them
    as ``data/population.csv`` says, with the source of each spread. No number depends on the number
    of threads, and no person on how many are drawn.

    Parameters
    ----------
    n : int
        How many.
    seed : int
        Another seed draws other people.
    plan : Schedule, optional
        What everybody takes and when.
    until_h : float, optional
        End of all runs in h; 168 h after the last dose of the plan unless given. Without a plan
        and without it nobody is run.
    every_h : float
        Output interval in h.
    columns : list of str, optional
        Columns of the runs to be kept; plasma and urine unless given.
    quantiles : list of float, optional
        Shares of bands and summary, each a fraction; 0.025, 0.25, 0.5, 0.75, 0.975 unless given.
    sex : str, optional
        "female" or "male" alone.
    age_y : pair of float, optional
        Youngest and oldest age in years, within [18, 80].
    relative_tolerance : float
        Relative error allowed per step, a fraction, [1e-14, 0.1).
    n_threads : int, optional
        All cores unless given.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    Population
        The people, their usual day, their curves and numbers; failures are listed.

    Raises
    ------
    ValueError
        Nobody to draw, an age range of nobody, or options that are refused.
    UnknownNameError
        A column that runs do not have.
    KeyboardInterrupt
        Ctrl-C during the solves.

    Notes
    -----
    A population shows spread, not truth: see docs/populations.md for what is published, what was
    calibrated, and what is assumed.

    See Also
    --------
    mgpk.Run.bands : one person whose constants are not known exactly.
    """
    taken = plan_of(plan)
    given = columns_of(columns) if columns is not None else []
    options = None
    if taken is not None or until_h is not None:
        options = SimulationOptions(
            until_h=_end_h(taken) if until_h is None else until_h,
            every_h=every_h,
            relative_tolerance=relative_tolerance,
            absolute_tolerance_mmol=1e-10,
        )
        given = columns_of(columns)
    elif given:
        _checks.refuse(
            "columns are kept of runs, which need a plan or until_h",
            "neither",
            "give the end of the runs in hours, or leave columns out",
        )
    youngest, oldest = _age_range(age_y)
    shares = quantiles_of(quantiles)
    arguments: dict[str, Any] = {
        "n": members_of(n),
        "seed": seed_of(seed),
        "sex": None if sex is None else _checks.one_of("sex", sex, ("female", "male")),
        "from_y": youngest,
        "until_y": oldest,
        "plan": None if taken is None else taken._inner,
        "run": None if options is None else options._inner,
        "relative_tolerance": _checks.number("relative_tolerance", relative_tolerance),
        "columns": given,
        "n_threads": threads_of(n_threads),
    }
    core: _core.Population = watched(
        "population", progress, lambda callback: _core.population(**arguments, progress=callback)
    )
    return Population(core, shares)


def _end_h(plan: Schedule | None) -> float:
    from mgpk.sweeping import end_of_plan_h

    return 0.0 if plan is None else end_of_plan_h(plan)
