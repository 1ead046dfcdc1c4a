"""How a run moves with the numbers that it rests on: exact slopes of every column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of, subject_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas

__all__ = ["SlopedRun", "simulate_with_slopes"]

Array = NDArray[np.float64]


class SlopedRun:
    """A run, and how each of its columns moves with some parameters.

    Attributes
    ----------
    run : Run
        The run itself, without the baseline beside it.
    values : dict of str to float
        The parameters and the values at which the slopes are taken, each in its unit.
    """

    def __init__(self, run: Run, slopes: list[Array], values: dict[str, float]) -> None:
        self.run = run
        self.values = values
        self._slopes = dict(zip(values, slopes, strict=True))

    def slope(self, column: str, parameter: str) -> Array:
        """How a column moves with a parameter.

        Parameters
        ----------
        column : str
            One of ``run.names``.
        parameter : str
            One of ``values``.

        Returns
        -------
        array
            At the times of the run, in the column's unit over that of the parameter, shape (n,).

        Raises
        ------
        UnknownNameError
            A column or a parameter that there is not.
        """
        _checks.known_keys("the parameters", [parameter], self.values)
        names = list(self.run.names)
        _checks.known_keys("the columns", [column], names)
        return self._slopes[parameter][:, names.index(column)]

    def elasticity(self, column: str, parameter: str) -> Array:
        """By how many per cent a column moves per per cent of a parameter.

        Parameters
        ----------
        column : str
            One of ``run.names``.
        parameter : str
            One of ``values``.

        Returns
        -------
        array
            At the times of the run, without a unit, shape (n,); NaN where the column is zero.

        Raises
        ------
        UnknownNameError
            A column or a parameter that there is not.
        """
        moved = self.slope(column, parameter) * self.values[parameter]
        level = self.run[column]
        return np.divide(moved, level, out=np.full_like(moved, np.nan), where=level != 0)

    def table(self, column: str) -> pandas.DataFrame:
        """The slopes of one column as a data frame, one line per time, a column per parameter.

        Parameters
        ----------
        column : str
            One of ``run.names``.

        Returns
        -------
        pandas.DataFrame
            Index time_h.

        Raises
        ------
        UnknownNameError
            A column that there is not.
        """
        import pandas

        frame = pandas.DataFrame({key: self.slope(column, key) for key in self.values})
        frame.index = pandas.Index(self.run["time_h"], name="time_h")
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    def __repr__(self) -> str:
        known = ", ".join(f"{key} = {value:.4g}" for key, value in self.values.items())
        return f"<SlopedRun: {len(self.run.names)} columns along {known}>"


@_checks.keywords("write parameters= and the like before the values")
def simulate_with_slopes(
    subject: Subject | None = None,
    plan: Schedule | None = None,
    *,
    parameters: Iterable[str],
    until_h: float | None = None,
    every_h: float = 0.5,
    times_h: Iterable[float] | None = None,
    relative_tolerance: float = 1e-9,
    absolute_tolerance_mmol: float = 1e-13,
    max_steps: int = 10_000_000,
    empty_gut_at_start: bool = False,
    start_c_plasma_total_mmol_per_L: float | None = None,
    progress: Progress = None,
) -> SlopedRun:
    """Simulates one person, and how every column moves with parameters of the body.

    The slopes are exact: those of the numbers that the solve gives, by dual numbers, through the
    baseline that the run starts from.

    Parameters
    ----------
    subject : Subject, optional
        The person; the reference adult unless given.
    plan : Schedule, optional
        What is taken and when; without one, the baseline alone. Resets and doses at steady state
        have no slopes.
    parameters : list of str
        Along what: keys of ``mgpk.parameters()``, or "weight_kg", "gfr_mL_per_min",
        "albumin_g_per_L", "f_acid_secreted", "diet_mg_per_d", "c_plasma_total_mmol_per_L" (where
        the person's was measured) or "start_c_plasma_total_mmol_per_L" (where it is given).
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
    empty_gut_at_start : bool
        As after a lavage.
    start_c_plasma_total_mmol_per_L : float, optional
        Total plasma magnesium at the start in mmol/L, [0.1, 10]: a loaded or depleted person.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    SlopedRun
        The run and the slopes of its columns.

    Raises
    ------
    UnknownNameError
        A parameter that is not known.
    ValueError
        Bad input, or a parameter along which this run has no slopes.
    SolveError
        There is no baseline.
    KeyboardInterrupt
        Ctrl-C during the solve.

    See Also
    --------
    mgpk.simulate : the same without slopes.
    """
    options = SimulationOptions(
        until_h=until_h,
        every_h=every_h,
        times_h=times_h,
        relative_tolerance=relative_tolerance,
        absolute_tolerance_mmol=absolute_tolerance_mmol,
        max_steps=max_steps,
        with_baseline=False,
        empty_gut_at_start=empty_gut_at_start,
        start_c_plasma_total_mmol_per_L=start_c_plasma_total_mmol_per_L,
    )
    person, given = subject_of(subject), plan_of(plan)
    keys = _keys(parameters)
    found: tuple[Any, list[Array], list[float]] = watched(
        "simulate_with_slopes",
        progress,
        lambda callback: _core.simulate_with_slopes(
            person._inner, None if given is None else given._inner, options._inner, keys, callback
        ),
    )
    core, slopes, values = found
    return SlopedRun(Run(core, given is not None), slopes, dict(zip(keys, values, strict=True)))


def _keys(parameters: object) -> list[str]:
    if isinstance(parameters, str) or not isinstance(parameters, Iterable):
        _checks.refuse(
            "parameters must be a list of keys",
            _checks.shown(parameters),
            "put it in [ ]",
            TypeError,
        )
    return [_checks.text("parameter", key, "give a key") for key in parameters]
