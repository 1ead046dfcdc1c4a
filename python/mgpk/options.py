"""How a run is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np

from mgpk import _checks, _core

__all__ = ["SimulationOptions"]

Method = Literal["automatic", "dopri5", "rosenbrock4"]
JumpLimit = Literal["after", "before"]
_METHODS = ("automatic", "dopri5", "rosenbrock4")


def _times(value: object) -> list[float]:
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "fiu":
        checked: list[float] = value.astype(float).tolist()
    else:
        checked = _checks.numbers("times_h", value, "give output times in hours")
    if not checked:
        _checks.refuse("times_h must hold at least one time", "empty", "give hours")
    return checked


class SimulationOptions:
    """Until when, at which times, how exactly, and from which start. Immutable.

    Parameters
    ----------
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
        False gives NaN from a failure on, and a status that says why; without a baseline to start
        from there is no run, and it raises in any case.
    empty_gut_at_start : bool
        As after a lavage.
    start_c_plasma_total_mmol_per_L : float, optional
        Total plasma magnesium at the start in mmol/L, [0.1, 10]: a loaded or depleted person.
    jump_limit : str
        What a row at the very time of a jump shows: the state "after" it, or "before" it.

    Raises
    ------
    ValueError
        A value out of range, or both ``until_h`` and ``times_h``.
    TypeError
        A value of the wrong kind, or a keyword that does not exist.

    See Also
    --------
    mgpk.simulate : takes the same keywords.
    """

    __slots__ = ("_inner",)
    _inner: _core.Options

    @_checks.keywords()
    def __init__(
        self,
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
    ) -> None:
        if until_h is None and times_h is None:
            _checks.refuse(
                "a run needs until_h or times_h", "neither", "give the end of the run in hours"
            )
        if until_h is not None and times_h is not None:
            _checks.refuse("a run takes either until_h or times_h", "both", "leave one of them out")
        steps = _checks.count("max_steps", max_steps)
        if steps < 1:
            _checks.refuse("max_steps must be at least 1", str(steps), "give a budget of steps")
        core = _core.Options(
            until_h=0.0 if until_h is None else _checks.number("until_h", until_h, "give hours"),
            every_h=_checks.number("every_h", every_h, "give the output interval in hours"),
            times_h=[] if times_h is None else _times(times_h),
            relative_tolerance=_checks.number("relative_tolerance", relative_tolerance),
            absolute_tolerance_mmol=_checks.number(
                "absolute_tolerance_mmol", absolute_tolerance_mmol
            ),
            max_steps=steps,
            method=_checks.one_of("method", method, _METHODS),
            with_baseline=_checks.flag("with_baseline", with_baseline),
            raise_on_failure=_checks.flag("raise_on_failure", raise_on_failure),
            empty_gut_at_start=_checks.flag("empty_gut_at_start", empty_gut_at_start),
            start_c_plasma_total_mmol_per_L=_checks.optional_number(
                "start_c_plasma_total_mmol_per_L", start_c_plasma_total_mmol_per_L
            ),
            jump_limit=_checks.one_of("jump_limit", jump_limit, ("after", "before")),
        )
        object.__setattr__(self, "_inner", core)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            given = self._inner.to_dict()
            if name in given:
                return given[name]
        raise AttributeError(f'SimulationOptions has no attribute "{name}"')

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"options must stay as they were made, but {name} is set; make new ones"
        )

    def to_dict(self) -> dict[str, Any]:
        """All options as a plain dictionary that JSON can hold.

        Returns
        -------
        dict
            Keyword to value.
        """
        return self._inner.to_dict()

    @classmethod
    def from_dict(cls, options: Mapping[str, Any]) -> SimulationOptions:
        """Options from what ``to_dict`` gave.

        Parameters
        ----------
        options : mapping
            Keywords of ``SimulationOptions``, in their units; those left out keep their default.

        Returns
        -------
        SimulationOptions
            Equal to those that gave the dictionary.

        Raises
        ------
        UnknownNameError
            A key that is not an option.
        ValueError
            As ``SimulationOptions`` does.
        """
        given = _checks.mapping("options", options, "give what to_dict gave")
        _checks.known_keys("options", given, _core.Options(until_h=1.0).to_dict())
        return cls(**given)

    @classmethod
    def _of(cls, core: _core.Options) -> SimulationOptions:
        made = cls.__new__(cls)
        object.__setattr__(made, "_inner", core)
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SimulationOptions):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(repr(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return (SimulationOptions.from_dict, (self.to_dict(),))

    def __repr__(self) -> str:
        given = (f"{k}={v!r}" for k, v in self.to_dict().items() if v is not None)
        return f"SimulationOptions({', '.join(given)})"
