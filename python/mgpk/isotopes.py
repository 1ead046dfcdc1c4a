"""Isotope studies: labels followed through every pool, and what each method makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.options import Method, SimulationOptions
from mgpk.results import Table
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of, subject_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import os

    import pandas
    from matplotlib.figure import Figure

__all__ = ["Exponential", "IsotopeMethods", "MethodResult", "Trace", "trace"]


class MethodResult(NamedTuple):
    """What one method finds, and the truth that it is after."""

    method: str
    """"feces", "feces, corrected", "urine", "plasma", "plasma area", "deconvolution" or
    "exchangeable pool"."""
    from_h: float
    """Start of the sample, h after the dose by mouth; of a pool after the injected one."""
    to_h: float
    """End of the sample, h."""
    estimate: float
    """What the method finds, in ``unit``."""
    truth: float
    """What it is after: the share of the label by mouth that crossed the gut wall for the first
    time, or the magnesium of plasma, interstitium, cells and red cells."""
    bias: float
    """Estimate less truth, in ``unit``."""
    unit: str
    """"1" of a fraction absorbed, "mmol/kg" of a pool."""


class Exponential(NamedTuple):
    """One term of a curve of the injected label in urine."""

    height_mmol_per_h: float
    """Value at the time of the injection, mmol/h."""
    t_half_h: float
    """Half-time, h."""
    f_of_dose: float
    """Whole area under the term over the injected dose, a fraction."""


class IsotopeMethods(Sequence[MethodResult]):
    """The methods of a study as a table; comes out of ``Trace.methods``."""

    __slots__ = ("_rows",)
    _rows: tuple[MethodResult, ...]

    def __init__(self, rows: Iterable[MethodResult]) -> None:
        self._rows = tuple(rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IsotopeMethods) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def to_pandas(self) -> pandas.DataFrame:
        """One row per method and sample.

        Returns
        -------
        pandas.DataFrame
            Columns as in ``MethodResult``; the words that every output carries in ``attrs``.
        """
        import pandas

        frame = pandas.DataFrame(self._rows, columns=MethodResult._fields)
        frame.attrs["disclaimer"] = _core.disclaimer
        return frame

    def __repr__(self) -> str:
        lines = [f"{'method':18} {'from':>5} {'to':>5} h {'estimate':>9} {'truth':>7} {'bias':>8}"]
        for r in self._rows:
            unit = "" if r.unit == "1" else f" {r.unit}"
            lines.append(
                f"{r.method:18} {r.from_h:5g} {r.to_h:5g}   {r.estimate:9.3f} {r.truth:7.3f} "
                f"{r.bias:+8.3f}{unit}"
            )
        return "\n".join(lines)


class Trace(Table):
    """One person whose labelled magnesium was followed; comes out of ``mgpk.trace``.

    The columns of a run, and for each tracer ``x`` every amount of magnesium as
    ``a_..._of_x_mmol``; ``f_plasma_of_x`` is its share of plasma (the enrichment),
    ``urine_of_x_mmol_per_h`` its rate in urine, ``a_absorbed_first_of_x_mmol`` what crossed the gut
    wall for the first time, ``a_absorbed_of_x_mmol`` that and what was secreted and taken up again.
    """

    __slots__ = ("_inner",)
    _inner: _core.Trace

    def __init__(self, core: _core.Trace) -> None:
        super().__init__(core.trajectory)
        self._inner = core

    @property
    def tracers(self) -> list[str]:
        """Labels of doses by mouth, "food", or "iv": all that was given into blood or muscle."""
        return self._inner.tracers

    @property
    def subject(self) -> Subject:
        """The person."""
        return Subject.from_dict(self._inner.subject.to_dict())

    @property
    def plan(self) -> Schedule:
        """What was given."""
        return Schedule.from_dict(self._inner.plan.to_dict())

    @property
    def assumptions(self) -> list[str]:
        """What was not said and therefore assumed."""
        return self._inner.assumptions

    def methods(
        self,
        *,
        feces_h: Iterable[float] | None = None,
        urine_h: Iterable[tuple[float, float]] | None = None,
        plasma_h: Iterable[float] | None = None,
        plasma_area_h: Iterable[float] | None = None,
        deconvolution_h: Iterable[float] | None = None,
        smoothing: float = 0.0,
        pool_h: Iterable[float] | None = None,
    ) -> IsotopeMethods:
        """What a study with these samples would find, beside the truth.

        Parameters
        ----------
        feces_h : array of float, optional
            How long stool is collected, h; 5, 7 and 12 days unless given. Apparent absorption, and
            the same corrected with the injected label that came out.
        urine_h : list of pairs, optional
            Collections of urine, from and to in h; by default 0 to 24, 24 to 48, 48 to 72, 72 to 144.
        plasma_h : array of float, optional
            Times of plasma samples, h; 24 and 72 unless given.
        plasma_area_h : array of float, optional
            Ends of areas under plasma from the dose on, h; 24 and 72 unless given.
        deconvolution_h : array of float, optional
            Times of plasma samples for deconvolution, h, the first 0; 16 samples in 72 h by default.
        smoothing : float
            Weight of the differences of neighbouring rates in the deconvolution, relative; 0 is none.
        pool_h : array of float, optional
            Times after the injection at which the exchangeable pool is read, h.

        Returns
        -------
        IsotopeMethods
            One row per method and sample; samples beyond the end of the table are left out.

        Raises
        ------
        ValueError
            A label by mouth or the label "iv" is missing, or a sample falls between the rows.

        Notes
        -----
        Faecal monitoring, double label in urine and plasma, and deconvolution are those that
        Sabatier et al. compared (Am J Clin Nutr 77:1206-1212, 2003).
        """
        usual = _core.isotope_sampling()

        def times(name: str, given: Iterable[float] | None) -> list[float]:
            chosen: list[float] = usual[name] if given is None else _checks.numbers(name, given)
            return chosen

        pairs = usual["urine_h"] if urine_h is None else [
            (
                _checks.number("urine_h", pair[0], "give pairs of hours"),
                _checks.number("urine_h", pair[1], "give pairs of hours"),
            )
            for pair in urine_h
        ]
        rows = self._inner.methods(
            feces_h=times("feces_h", feces_h),
            urine_h=pairs,
            plasma_h=times("plasma_h", plasma_h),
            plasma_area_h=times("plasma_area_h", plasma_area_h),
            deconvolution_h=times("deconvolution_h", deconvolution_h),
            smoothing=_checks.number("smoothing", smoothing),
            pool_h=times("pool_h", pool_h),
        )
        return IsotopeMethods(MethodResult(*row) for row in rows)

    def deconvolved(
        self, sample_at_h: Iterable[float], *, smoothing: float = 0.0
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The label by mouth coming into the blood, as deconvolution of plasma shows it.

        Parameters
        ----------
        sample_at_h : array of float
            Times of plasma samples after each label's dose, h, the first 0, shape (n,).
        smoothing : float
            Weight of the differences of neighbouring rates, relative; 0 is none.

        Returns
        -------
        tuple of numpy.ndarray
            The times in h, shape (n,), and the rate from each to the next in mmol/h, shape (n - 1,).
        """
        times, rates, _ = self._inner.input(
            sample_at_h=_checks.numbers("sample_at_h", sample_at_h),
            smoothing=_checks.number("smoothing", smoothing),
        )
        return np.asarray(times), np.asarray(rates)

    def urine_exponentials(
        self, collected_h: Iterable[float], n_terms: int, *, of: str = "share"
    ) -> list[Exponential]:
        """Exponentials through the injected label in urine, the fastest first.

        Parameters
        ----------
        collected_h : array of float
            Ends of collections after the injection, h, rising, shape (n,); each lasts from one to
            the next.
        n_terms : int
            How many terms, 1 to 5.
        of : str
            "share": the label's share of the magnesium of each collection, times the mean rate of
            all, so that meals do not show; "rate": the label as it is collected.

        Returns
        -------
        list of Exponential
            Heights in mmol/h, half-times in h, shares of the dose.

        Raises
        ------
        ValueError
            A time between the rows of the table, an empty collection, or too few of them.

        Notes
        -----
        Silver, Robertson and Dahl read such curves of 28Mg (J Clin Invest 39:420, 1960).
        """
        terms, _ = self._inner.exponentials(
            collected_h=_checks.numbers("collected_h", collected_h),
            n_terms=_checks.count("n_terms", n_terms),
            of=_checks.one_of("of", of, ("share", "rate")),
        )
        dose_mmol = float(self["a_given_of_iv_mmol"][-1])
        return [Exponential(height, t_half, area / dose_mmol) for height, t_half, area in terms]

    def t_half_body_h(self, from_h: float, to_h: float) -> float:
        """Half-time of the injected label in the whole body between two times.

        Parameters
        ----------
        from_h : float
            Start after the injection, h.
        to_h : float
            End after the injection, h.

        Returns
        -------
        float
            Half-time in h.
        """
        return self._inner.t_half_body_h(
            from_h=_checks.number("from_h", from_h, "give hours"),
            to_h=_checks.number("to_h", to_h, "give hours"),
        )

    def plot(self, path: str | os.PathLike[str] | None = None) -> Figure:
        """Where the labels are: plasma, urine and stool, pools, and the methods.

        Parameters
        ----------
        path : str or path, optional
            Where to save the figure as well.

        Returns
        -------
        matplotlib.figure.Figure
            Four panels; the words that every output carries stand below.
        """
        from mgpk.isotope_plots import plot_trace

        figure = plot_trace(self)
        if path is not None:
            figure.savefig(path, dpi=150)
        return figure

    def __repr__(self) -> str:
        labels = ", ".join(self.tracers)
        return f"<Trace: {len(self)} times to {self.time_h[-1]:g} h, tracers {labels}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Trace, (self._inner,))


@_checks.keywords("write until_h= and the like before the numbers")
def trace(
    subject: Subject | None = None,
    plan: Schedule | None = None,
    *,
    tracers: Iterable[str] | None = None,
    until_h: float | None = None,
    every_h: float = 0.5,
    times_h: Iterable[float] | None = None,
    relative_tolerance: float = 1e-9,
    absolute_tolerance_mmol: float = 1e-13,
    max_steps: int = 10_000_000,
    method: Method = "automatic",
    raise_on_failure: bool = True,
) -> Trace:
    """Simulates an isotope study: labels followed through every pool of one person.

    Each flow of magnesium is computed once, on totals, and each label moves with its share of the
    pool that the flow leaves. The label counts in the total: 70 mg are 2.9 mmol, and no trace.

    Parameters
    ----------
    subject : Subject, optional
        The person; the reference adult unless given.
    plan : Schedule
        Doses; the ``label`` of a dose by mouth names its tracer. No resets and no doses at steady
        state, and at most two salts by mouth.
    tracers : list of str, optional
        One or two of the plan's labels, "iv" for all that is given into blood or muscle, "food" for
        all that is eaten. All labels of the plan unless given.
    until_h : float, optional
        End of the run in h; give either this or ``times_h``.
    every_h : float
        Output interval in h.
    times_h : array of float, optional
        Output times in h, rising, shape (n,).
    relative_tolerance : float
        Relative error allowed per step, a fraction, [1e-14, 0.1).
    absolute_tolerance_mmol : float
        Absolute error allowed per step in mmol.
    max_steps : int
        Budget of steps of one solve.
    method : str
        "automatic", "dopri5" or "rosenbrock4".
    raise_on_failure : bool
        False gives NaN from a failure on.

    Returns
    -------
    Trace
        A table of all states, totals and labels (mmol, h), with the methods of isotope studies.

    Raises
    ------
    ValueError
        Bad input: the rule, the value and what to do.
    SolveError
        The solve failed and ``raise_on_failure`` is set.

    See Also
    --------
    mgpk.simulate : the same person without labels.
    """
    given = plan_of(plan)
    if given is None:
        _checks.refuse("an isotope study needs a plan", "None", "label a dose by mouth, or use iv")
    options = SimulationOptions(
        until_h=until_h,
        every_h=every_h,
        times_h=times_h,
        relative_tolerance=relative_tolerance,
        absolute_tolerance_mmol=absolute_tolerance_mmol,
        max_steps=max_steps,
        method=method,
        with_baseline=False,
        raise_on_failure=raise_on_failure,
    )
    if isinstance(tracers, str):
        _checks.refuse("tracers must be a list", _checks.shown(tracers), "write [...]", TypeError)
    names = [_checks.text("tracers", name, "give labels") for name in tracers or ()]
    return Trace(
        _core.trace(
            subject=subject_of(subject)._inner,
            plan=given._inner,
            options=options._inner,
            tracers=names,
        )
    )
