"""The magnesium loading test."""

from __future__ import annotations

from typing import Any

from mgpk import _checks, _core
from mgpk.history import History
from mgpk.results import Run
from mgpk.subject import Subject

__all__ = ["LoadingTest", "loading_test"]


class LoadingTest:
    """How much of an intravenous load stayed, and how that compares with healthy adults.

    A comparison with a published range, never a diagnosis.
    """

    __slots__ = ("_inner",)
    _inner: _core.LoadingTest

    def __init__(self, core: _core.LoadingTest) -> None:
        self._inner = core

    @property
    def f_retained(self) -> float:
        """Share of the load that stayed: 1 - (urine - usual urine of the same hours) / load."""
        return self._inner.f_retained

    @property
    def a_given_mmol(self) -> float:
        """The load in mmol."""
        return self._inner.a_given_mmol

    @property
    def a_urine_mmol(self) -> float:
        """Urine collected, in mmol."""
        return self._inner.a_urine_mmol

    @property
    def a_urine_usual_mmol(self) -> float:
        """Urine of the same hours and the same start without the load, in mmol."""
        return self._inner.a_urine_usual_mmol

    @property
    def f_retained_low(self) -> float:
        """Retention that 2.5 % of 88 healthy adults were below (Gullestad 1994)."""
        return self._inner.f_retained_low

    @property
    def f_retained_high(self) -> float:
        """Retention that 97.5 % of them were below."""
        return self._inner.f_retained_high

    @property
    def relative(self) -> str:
        """Where the result stands relative to that range, in words."""
        return self._inner.relative

    @property
    def run(self) -> Run:
        """The test itself as a run: its start, the start of the infusion, the end."""
        return Run(self._inner.run, True)

    def to_dict(self) -> dict[str, Any]:
        """The numbers as a plain dictionary.

        Returns
        -------
        dict
            Shares of the load, amounts in mmol, and the word on the range.
        """
        names = ("f_retained", "a_given_mmol", "a_urine_mmol", "a_urine_usual_mmol")
        more = ("f_retained_low", "f_retained_high", "relative")
        return {name: getattr(self, name) for name in (*names, *more)}

    def __repr__(self) -> str:
        return (
            f"<LoadingTest: {self.f_retained:.1%} of {self.a_given_mmol:g} mmol retained, "
            f"{self.relative} ({self.f_retained_low:.1%} to {self.f_retained_high:.1%})>"
        )


@_checks.keywords("write mmol= before the load")
def loading_test(
    subject: Subject | None = None,
    *,
    mmol: float = 30.0,
    over_h: float = 8.0,
    collect_h: float = 24.0,
    at_h: float = 8.0,
    start: History | None = None,
) -> LoadingTest:
    """Simulates the magnesium loading test: an infusion, urine collected from its start.

    Parameters
    ----------
    subject : Subject, optional
        The person; the reference adult unless given.
    mmol : float
        The load in mmol of magnesium, (0, 250].
    over_h : float
        Length of the infusion in h.
    collect_h : float
        Length of the collection from the start of the infusion in h, at least ``over_h``.
    at_h : float
        Clock time of the start in h, [0, 24].
    start : History, optional
        What the person did before, made by ``mgpk.after``; the baseline unless given. A diet that it
        ended with goes on during the test.

    Returns
    -------
    LoadingTest
        The share retained, less the usual urine, and the published range of 30 mmol over 8 h.

    Raises
    ------
    ValueError
        A number that is refused.
    SolveError
        A solve failed.

    See Also
    --------
    mgpk.after : depleted and loaded starts.
    """
    from mgpk.simulating import subject_of

    if start is not None and not isinstance(start, History):
        _checks.refuse(
            "start must be a History", _checks.shown(start), "make one with mgpk.after", TypeError
        )
    core = _core.loading_test(
        subject=subject_of(subject)._inner,
        mmol=_checks.number("mmol", mmol, "give mmol of magnesium"),
        over_h=_checks.number("over_h", over_h, "give hours"),
        collect_h=_checks.number("collect_h", collect_h, "give hours"),
        at_h=_checks.number("at_h", at_h, "give a clock time in hours"),
        before=None if start is None else start._inner,
    )
    return LoadingTest(core)
