"""What a simulation gives back: the run, its summary, and what both are read for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from mgpk import _checks, _core
from mgpk.effect_reading import effects_of
from mgpk.options import SimulationOptions
from mgpk.schedule import Schedule
from mgpk.subject import Subject
from mgpk.tables import Baseline, Table
from mgpk.uncertainty import bands

if TYPE_CHECKING:
    import os

    import pandas
    from matplotlib.figure import Figure

    from mgpk.history import History
    from mgpk.run_files import RunFile

__all__ = ["Baseline", "Run", "Summary", "Table"]


class Summary(NamedTuple):
    """What a plan did between two output times. NaN where a share has no dose to refer to.

    Unless said otherwise, amounts are above the baseline run over the same hours.
    """

    from_h: float
    """Start of the interval, h."""
    to_h: float
    """End of the interval, h."""
    dose_mmol: float
    """Magnesium of the plan given in the interval, mmol."""
    c_max_mmol_per_L: float
    """Highest total plasma magnesium at an output time, mmol/L; of the run itself."""
    t_max_h: float
    """Time of the largest rise above the baseline, h."""
    c_max_above_baseline_mmol_per_L: float
    """Largest rise of total plasma magnesium above the baseline, mmol/L."""
    auc_above_baseline_mmol_h_per_L: float
    """Area under total plasma magnesium above the baseline, mmol*h/L."""
    a_absorbed_above_baseline_mmol: float
    """Absorbed (one-way) from all sources, food included, mmol."""
    ae_mmol: float
    """Excreted in urine, mmol."""
    f_excreted: float
    """Excreted in urine over dose, a fraction."""
    cl_renal_L_per_h: float
    """Urine over area under total plasma magnesium, L/h; both of the run itself."""
    a_feces_mmol: float
    """In stool, mmol."""
    stool_water_g: float
    """Stool water drawn by soluble magnesium, g."""

    def to_dict(self) -> dict[str, float]:
        """The numbers as a plain dictionary.

        Returns
        -------
        dict
            Name, which ends in the unit, to value.
        """
        return self._asdict()

    def _repr_html_(self) -> str:
        from mgpk import display

        return display.summary(self)


class Run(Table):
    """One simulated person under one plan, and the same person without it.

    ``run["name"]`` is a column as a read-only NumPy view without a copy; ``run.names`` and
    ``run.units`` list them. See ``Table`` for the units of the clinic.
    """

    __slots__ = ("_document", "_has_plan", "_inner")
    _inner: _core.Run
    _has_plan: bool
    _document: RunFile | None

    def __init__(self, core: _core.Run, has_plan: bool, document: RunFile | None = None) -> None:
        super().__init__(core.trajectory)
        self._inner = core
        self._has_plan = has_plan
        self._document = document

    @property
    def subject(self) -> Subject:
        """The person."""
        return Subject.from_dict(self._inner.subject.to_dict())

    @property
    def plan(self) -> Schedule | None:
        """The plan; None for the baseline alone."""
        if not self._has_plan:
            return None
        return Schedule.from_dict(self._inner.plan.to_dict())

    @property
    def taken_before(self) -> Schedule | None:
        """The regimen at whose steady state the run started; None for the person's baseline."""
        before = self._inner.taken_before
        return None if before.empty() else Schedule.from_dict(before.to_dict())

    @property
    def history(self) -> History | None:
        """What the person did before the run, where it did not start at the baseline."""
        from mgpk.history import History

        before = self._inner.history
        return None if before is None else History(before)

    @property
    def options(self) -> SimulationOptions:
        """How the run was done."""
        return SimulationOptions._of(self._inner.options)

    @property
    def document(self) -> RunFile:
        """The run file that the run came from, or the one that would repeat it."""
        from mgpk.run_files import document_of

        return document_of(self) if self._document is None else self._document

    @property
    def has_baseline(self) -> bool:
        """Whether the baseline was run beside it."""
        return self._inner.has_baseline

    @property
    def baseline(self) -> Baseline:
        """The same person without the plan, at the same times."""
        if not self.has_baseline:
            _checks.refuse(
                "a baseline must have been asked for",
                "missing",
                "simulate with with_baseline=True",
            )
        return Baseline(self._inner.baseline)

    @property
    def f_absorbed(self) -> dict[str, float]:
        """True (one-way) fraction of each source absorbed by the end, as a label would show it."""
        return self._inner.f_absorbed()

    @property
    def start(self) -> dict[str, float]:
        """How well the periodic state is known that the run starts from.

        ``residual``, the largest relative change over one day; ``contraction``, the factor by which
        the slowest deviation shrinks per day; ``n_iterations``; and ``tm_mmol_per_L`` in mmol/L.
        """
        return self._inner.start

    @property
    def status(self) -> _core.Status:
        """How the solve ended: ``ok``, ``code``, ``t_h`` (h), ``state_name``, ``advice``."""
        return self._inner.status

    @property
    def statistics(self) -> dict[str, Any]:
        """Counts of steps, derivatives and Jacobians, and the method at the end."""
        return self._inner.statistics

    @property
    def assumptions(self) -> list[str]:
        """What was not said and is therefore assumed, one sentence each."""
        return self._inner.assumptions

    @property
    def sources(self) -> list[dict[str, str]]:
        """Each thing swallowed: its name in the columns, its label and its salt."""
        return self._inner.sources

    @_checks.keywords("write from_h= and to_h= before the hours")
    def summary(self, *, from_h: float | None = None, to_h: float | None = None) -> Summary:
        """The run in a few numbers, each against the baseline over the same hours.

        Parameters
        ----------
        from_h : float, optional
            Start in h, an output time; the first unless given.
        to_h : float, optional
            End in h, an output time; the last unless given.

        Returns
        -------
        Summary
            Named numbers, their units in their names.

        Raises
        ------
        ValueError
            No baseline, or a time that is not an output time.
        """
        start = math.nan if from_h is None else _checks.number("from_h", from_h, "give hours")
        end = math.nan if to_h is None else _checks.number("to_h", to_h, "give hours")
        return Summary(**self._inner.summary(start, end))

    def dosing(self) -> Table:
        """Where each row stands among the doses of the plan.

        Returns
        -------
        Table
            Columns ``time_h``, ``time_after_dose_h`` (NaN before the first dose), ``n_doses`` and
            ``occasion``, on the same side of each jump as the run's rows. Doses count when they
            are taken, not when they arrive; meals are none.
        """
        return Table(self._inner.dosing())

    @_checks.keywords("write dosing= before the word")
    def to_pandas(self, *, dosing: bool = False) -> pandas.DataFrame:
        """All columns as a data frame over ``time_h``.

        Parameters
        ----------
        dosing : bool
            Also the columns of ``dosing()``.

        Returns
        -------
        pandas.DataFrame
            Index ``time_h`` in h; units, and the words that every output carries, in ``attrs``.
        """
        frame = super().to_pandas()
        if _checks.flag("dosing", dosing):
            table = self.dosing()
            for name in table.names[1:]:
                frame[name] = table[name]
                frame.attrs["units"][name] = table.units[name]
        return frame

    def header(self) -> str:
        """What the run is, in words: version, person, plan, tolerances, assumptions.

        Returns
        -------
        str
            Several lines, the last the words that every output carries.
        """
        from mgpk import display

        return display.header(self)

    bands = bands
    effects = effects_of

    def plot(self, **options: Any) -> Figure:
        """Plots plasma with the baseline, urine, gut and stool.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.plotting.plot_run``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import plotting

        return plotting.plot_run(self, **options)

    def to_dict(self) -> dict[str, Any]:
        """What the run was made of, as a plain dictionary that JSON can hold.

        Returns
        -------
        dict
            ``mgpk_version``, ``subject``, ``plan`` (None for the baseline alone), ``options``, and
            ``taken_before``, the regimen at whose steady state it started, or ``history``, what the
            person did before, where there is one.
        """
        plan, before, history = self.plan, self.taken_before, self.history
        return {
            "mgpk_version": _core.version,
            "subject": self._inner.subject.to_dict(),
            "plan": None if plan is None else plan.to_dict(),
            "options": self._inner.options.to_dict(),
            **({} if before is None else {"taken_before": before.to_dict()}),
            **({} if history is None else {"history": history.to_dict()}),
        }

    def to_run_file(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> RunFile:
        """Writes the run file that repeats this run; see ``mgpk.write_run_file`` for its outputs.

        Parameters
        ----------
        path : path
            The file.
        overwrite : bool
            Lets a file that is there be replaced.

        Returns
        -------
        RunFile
            The document that was written: ``document``.

        Raises
        ------
        ValueError
            A file that is there already, or a run that did not start at the baseline.
        """
        document = self.document
        document.write(path, overwrite=overwrite)
        return document

    @classmethod
    def from_dict(cls, recipe: Mapping[str, Any]) -> Run:
        """Simulates again what ``to_dict`` describes.

        Parameters
        ----------
        recipe : mapping
            What ``to_dict`` gave. Another version of mgpk may give other numbers.

        Returns
        -------
        Run
            The run, made anew.

        Raises
        ------
        UnknownNameError
            A key that is not known.
        ValueError
            As ``mgpk.simulate`` does.
        """
        given = _checks.mapping("run", recipe, "give what to_dict gave")
        needed = ("mgpk_version", "subject", "plan", "options")
        _checks.known_keys("a run", given, (*needed, "taken_before", "history"))
        _checks.all_keys("a run", given, needed[1:])
        plan = None if given["plan"] is None else Schedule.from_dict(given["plan"])
        options = SimulationOptions.from_dict(given["options"])
        subject = Subject.from_dict(given["subject"])
        core_plan = None if plan is None else plan._inner
        start: _core.SteadyState | _core.History | None = None
        if "history" in given and "taken_before" in given:
            _checks.refuse(
                "a run starts from either taken_before or history", "both", "leave one out"
            )
        if "history" in given:
            from mgpk.history import History

            start = History.from_dict(given["history"])._inner
        if "taken_before" in given:
            from mgpk.steady import steady_state

            before = Schedule.from_dict(given["taken_before"])
            start = steady_state(
                subject,
                before,
                relative_tolerance=options.relative_tolerance,
                absolute_tolerance_mmol=options.absolute_tolerance_mmol,
                progress=False,
            )._inner
        core = _core.simulate(subject._inner, core_plan, options._inner, None, start)
        return cls(core, plan is not None)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Run, (self._inner, self._has_plan, self._document))

    def __copy__(self) -> Run:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Run:
        return self

    def __repr__(self) -> str:
        words = "; ".join(self.plan.in_words()) if self.plan else "the baseline alone"
        state = "" if self.status.ok else f", failed: {self.status.code}"
        return f"<Run: {words}; {len(self)} times to {self.time_h[-1]:g} h{state}>"

    def _repr_html_(self) -> str:
        from mgpk import display

        return display.run(self)
