"""The front door: a person and a plan in, a run out."""

from __future__ import annotations

from collections.abc import Iterable

from mgpk import _checks, _core
from mgpk.history import History
from mgpk.options import JumpLimit, Method, SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.steady import SteadyState
from mgpk.subject import Subject

__all__ = ["simulate"]


def subject_of(subject: object) -> Subject:
    if subject is None:
        return Subject()
    if not isinstance(subject, Subject):
        _checks.refuse(
            "subject must be a Subject",
            _checks.shown(subject),
            "make one with Subject()",
            TypeError,
        )
    return subject


def plan_of(plan: object) -> Schedule | None:
    if plan is not None and not isinstance(plan, Schedule):
        _checks.refuse(
            "plan must be a Schedule", _checks.shown(plan), "make one with Schedule()", TypeError
        )
    return plan


def start_of(start: object) -> SteadyState | History | None:
    if start is not None and not isinstance(start, (SteadyState, History)):
        _checks.refuse(
            "start must be a SteadyState or a History",
            _checks.shown(start),
            "find one with mgpk.steady_state, or make one with mgpk.after",
            TypeError,
        )
    return start


def run_of(
    subject: Subject,
    plan: Schedule | None,
    options: SimulationOptions,
    progress: Progress = None,
    start: SteadyState | History | None = None,
) -> Run:
    core_plan = None if plan is None else plan._inner
    core_start = None if start is None else start._inner
    core: _core.Run = watched(
        "simulate",
        progress,
        lambda callback: _core.simulate(
            subject._inner, core_plan, options._inner, callback, core_start
        ),
    )
    return Run(core, plan is not None)


@_checks.keywords("write until_h= and the like before the numbers")
def simulate(
    subject: Subject | None = None,
    plan: Schedule | None = None,
    *,
    until_h: float | None = None,
    every_h: float = 0.5,
    times_h: Iterable[float] | None = None,
    relative_tolerance: float = 1e-9,
    absolute_tolerance_mmol: float = 1e-13,
    max_steps: int = 10_000_000,
    method: Method = "automatic",
    with_baseline: bool = True,
    raise_on_failure: bool = True,
    empty_gut_at_start: bool = False,
    start_c_plasma_total_mmol_per_L: float | None = None,
    jump_limit: JumpLimit = "after",
    start: SteadyState | History | None = None,
    progress: Progress = None,
) -> Run:
    """Simulates one person under a plan, starting at midnight from the person's own baseline.

    Parameters
    ----------
    subject : Subject, optional
        The person; the reference adult unless given.
    plan : Schedule, optional
        What is taken and when; without one, the baseline alone.
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
    with_baseline : bool
        Also run the same person without the plan.
    raise_on_failure : bool
        False gives NaN from a failure on, and ``run.status`` says why; without a baseline to start
        from there is no run, and it raises in any case.
    empty_gut_at_start : bool
        As after a lavage.
    start_c_plasma_total_mmol_per_L : float, optional
        Total plasma magnesium at the start in mmol/L, [0.1, 10]: a loaded or depleted person.
    jump_limit : str
        What a row at the very time of a jump shows: the state "after" it, or "before" it.
    start : SteadyState or History, optional
        Starts from a regimen's steady state instead, at the midnight at which its turns start; the
        plan is what is taken from then on, and what of the regimen is under way arrives. Or starts
        after what the person did before: ``mgpk.after(weeks=3, diet_mg_per_d=12)``.
    progress : bool or callable, optional
        A callable takes the fraction done; True and False show and hide a bar; unless given, a bar
        appears on a screen after one second.

    Returns
    -------
    Run
        A table of all states and read-outs (mmol, L, h), the baseline beside it.

    Raises
    ------
    ValueError
        Bad input: the rule, the value and what to do.
    SolveError
        The solve failed and ``raise_on_failure`` is set.
    KeyboardInterrupt
        Ctrl-C during the solve.

    See Also
    --------
    mgpk.compare : several salts, one person.
    """
    options = SimulationOptions(
        until_h=until_h,
        every_h=every_h,
        times_h=times_h,
        relative_tolerance=relative_tolerance,
        absolute_tolerance_mmol=absolute_tolerance_mmol,
        max_steps=max_steps,
        method=method,
        with_baseline=with_baseline,
        raise_on_failure=raise_on_failure,
        empty_gut_at_start=empty_gut_at_start,
        start_c_plasma_total_mmol_per_L=start_c_plasma_total_mmol_per_L,
        jump_limit=jump_limit,
    )
    return run_of(subject_of(subject), plan_of(plan), options, progress, start_of(start))
