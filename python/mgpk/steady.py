"""Where a plan leads that goes on for ever: the periodic steady state of diet and regimen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.progress import Progress, watched
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.subject import Subject

__all__ = ["SteadyState", "steady_state"]


class SteadyState:
    """The periodic state of a person who has always taken a plan and always will.

    Give it to ``mgpk.simulate`` as ``start=`` to go on from here.
    """

    __slots__ = ("_inner",)
    _inner: _core.SteadyState

    def __init__(self, core: _core.SteadyState) -> None:
        self._inner = core

    @property
    def subject(self) -> Subject:
        """The person."""
        return Subject.from_dict(self._inner.subject.to_dict())

    @property
    def plan(self) -> Schedule:
        """The regimen; each line goes on for ever."""
        return Schedule.from_dict(self._inner.plan.to_dict())

    @property
    def cycle_h(self) -> float:
        """Length of one turn in h: a common multiple of the day and of every interval."""
        return self._inner.cycle_h

    @property
    def cycle(self) -> Run:
        """One turn as a run, the baseline beside it, with rows at all jumps.

        What happens at its very end belongs to the next turn.
        """
        return Run(self._inner.cycle, True)

    @property
    def state(self) -> NDArray[np.float64]:
        """All states at the midnight at which a turn starts, in the order of ``cycle.names``."""
        return self._inner.state

    @property
    def residual(self) -> float:
        """Largest relative change of a state over one turn."""
        return self._inner.residual

    @property
    def contraction(self) -> float:
        """Factor by which the slowest deviation shrinks per turn."""
        return self._inner.contraction

    @property
    def n_iterations(self) -> int:
        """Newton steps of the search."""
        return self._inner.n_iterations

    @property
    def n_maps(self) -> int:
        """Turns that the search took, the rough ones of its Jacobian included."""
        return self._inner.n_maps

    @property
    def levels(self) -> dict[str, float]:
        """One turn in a few numbers, their units in their names.

        Mean, highest and lowest total plasma magnesium (over time; at the rows and on both sides of
        each jump), the time of the highest, and urine and stool per day.
        """
        return self._inner.levels

    @property
    def baseline_levels(self) -> dict[str, float]:
        """The same numbers of the person without the plan."""
        return self._inner.baseline_levels

    def __reduce__(self) -> tuple[Any, ...]:
        return (SteadyState, (self._inner,))

    def __copy__(self) -> SteadyState:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> SteadyState:
        return self

    def __repr__(self) -> str:
        words = "; ".join(self.plan.in_words())
        mean = self.levels["c_plasma_total_mean_mmol_per_L"]
        before = self.baseline_levels["c_plasma_total_mean_mmol_per_L"]
        return (
            f"<SteadyState: {words}; turns of {self.cycle_h:g} h; mean plasma {mean:.4g} mmol/L "
            f"(baseline {before:.4g})>"
        )


@_checks.keywords("write cycle_h= and the like before the numbers")
def steady_state(
    subject: Subject | None,
    plan: Schedule,
    *,
    cycle_h: float | None = None,
    every_h: float = 0.5,
    relative_tolerance: float = 1e-9,
    absolute_tolerance_mmol: float = 1e-13,
    max_steps: int = 10_000_000,
    progress: Progress = None,
) -> SteadyState:
    """Finds the periodic steady state of the person's diet and a plan, by Newton on one turn.

    Every line of the plan needs ``every_h`` and is taken as going on for ever, whatever its
    ``times``. This is not the steady state from an empty system of the classic models: a body
    without magnesium is no body.

    Parameters
    ----------
    subject : Subject, optional
        The person; None is the reference adult.
    plan : Schedule
        Doses and meals that repeat.
    cycle_h : float, optional
        Length of one turn in h, a multiple of 24 h and of every interval; the smallest up to four
        weeks unless given.
    every_h : float
        Interval of the rows of the turn in h.
    relative_tolerance : float
        Relative error per step of the runs that it is for, a fraction; the search is sharper.
    absolute_tolerance_mmol : float
        Absolute error per step of the same in mmol.
    max_steps : int
        Budget of steps of one solve.
    progress : bool or callable, optional
        As in ``mgpk.simulate``; nobody knows how long a search takes, so it stays at 0.

    Returns
    -------
    SteadyState
        The state, how well it is known, and one turn from it.

    Raises
    ------
    ValueError
        A line that does not repeat, no common period, or losses that balance the input only at a
        plasma level where no body is.
    SolveError
        There is no periodic state, or a solve failed.

    See Also
    --------
    mgpk.simulate : ``start=`` goes on from a steady state.
    """
    from mgpk.simulating import plan_of, subject_of

    given = plan_of(plan)
    if given is None:
        _checks.refuse("a steady state needs a plan", "None", "give a Schedule", TypeError)
    person = subject_of(subject)
    period_h = 0.0
    if cycle_h is not None:
        period_h = _checks.number("cycle_h", cycle_h, "give hours")
        if not period_h > 0:
            _checks.refuse("cycle_h must be positive", _checks.shown(period_h), "give hours")
    core: _core.SteadyState = watched(
        "steady state",
        progress,
        lambda callback: _core.steady_state(
            subject=person._inner,
            plan=given._inner,
            cycle_h=period_h,
            every_h=_checks.number("every_h", every_h, "give hours"),
            relative_tolerance=_checks.number("relative_tolerance", relative_tolerance),
            absolute_tolerance_mmol=_checks.number(
                "absolute_tolerance_mmol", absolute_tolerance_mmol
            ),
            max_steps=_checks.count("max_steps", max_steps),
            progress=callback,
        ),
    )
    return SteadyState(core)
