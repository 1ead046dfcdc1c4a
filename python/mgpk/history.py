"""What a person did before a run: depleted and loaded starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mgpk import _checks, _core
from mgpk.schedule import Schedule

__all__ = ["History", "after"]

_HOURS_PER_DAY = 24.0


class History:
    """A plan that was followed for so many days before a run, from the person's baseline on.

    Give it to ``mgpk.simulate`` as ``start=``; made by ``mgpk.after``. Immutable.
    """

    __slots__ = ("_inner",)
    _inner: _core.History

    def __init__(self, core: _core.History) -> None:
        object.__setattr__(self, "_inner", core)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a history must stay as it was made, but {name} is set; make another")

    @property
    def plan(self) -> Schedule:
        """What was eaten and taken; its times count from the start of the history."""
        return Schedule.from_dict(self._inner.plan.to_dict())

    @property
    def over_h(self) -> float:
        """How long it lasted, in h."""
        return self._inner.over_h

    def to_dict(self) -> dict[str, Any]:
        """The history as a plain dictionary that JSON can hold.

        Returns
        -------
        dict
            ``plan``, its lines, and ``over_h`` in h.
        """
        return {"plan": self._inner.plan.to_dict(), "over_h": self._inner.over_h}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> History:
        """A history from what ``to_dict`` gave.

        Parameters
        ----------
        fields : mapping
            ``plan`` and ``over_h`` in h.

        Returns
        -------
        History
            Equal to the one that gave the dictionary.

        Raises
        ------
        ValueError
            A plan or a length that is refused.
        """
        given = _checks.mapping("history", fields, "give what to_dict gave")
        _checks.known_keys("a history", given, ("plan", "over_h"))
        _checks.all_keys("a history", given, ("plan", "over_h"))
        over_h = _checks.number("over_h", given["over_h"], "give hours")
        return cls(_core.History(plan=Schedule.from_dict(given["plan"])._inner, over_h=over_h))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, History):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]  # as of its plan

    def __reduce__(self) -> tuple[Any, ...]:
        return (History.from_dict, (self.to_dict(),))

    def __copy__(self) -> History:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> History:
        return self

    def in_words(self) -> str:
        """The history in plain words.

        Returns
        -------
        str
            How many days of what.
        """
        days = f"{self.over_h / _HOURS_PER_DAY:g} d"
        return f"after {days} of {'; '.join(self.plan.in_words())}"

    def __repr__(self) -> str:
        return f"<History: {self.in_words()}>"


@_checks.keywords("write weeks= or days= before the number")
def after(
    *,
    weeks: float | None = None,
    days: float | None = None,
    diet_mg_per_d: float | None = None,
    plan: Schedule | None = None,
) -> History:
    """A start after so many days of another diet, of a plan, or of both.

    From the person's own baseline the model lives through those days; the run then starts at
    midnight with all that they left behind, cells and slow pool included.

    Parameters
    ----------
    weeks : float, optional
        How long in weeks; whole days.
    days : float, optional
        How long in days, instead; whole days.
    diet_mg_per_d : float, optional
        Elemental magnesium of the diet meanwhile in mg/d, [0, 3000].
    plan : Schedule, optional
        What was taken meanwhile; times in h from the start of those days. All of it must have come
        by their end.

    Returns
    -------
    History
        For ``start=`` of ``mgpk.simulate`` and ``mgpk.loading_test``.

    Raises
    ------
    ValueError
        No length or two, no whole days, nothing eaten or taken, or something still to come.

    See Also
    --------
    mgpk.steady_state : a start after a regimen that went on for ever.
    """
    if (weeks is None) == (days is None):
        _checks.refuse(
            "after takes either weeks or days",
            "neither" if weeks is None else "both",
            "say once how long it lasted",
        )
    if weeks is not None:
        length_d = 7.0 * _checks.number("weeks", weeks, "give how many")
    else:
        length_d = _checks.number("days", days, "give how many")
    over_h = _HOURS_PER_DAY * length_d
    lines = Schedule()
    if plan is not None:
        if not isinstance(plan, Schedule):
            _checks.refuse(
                "plan must be a Schedule", _checks.shown(plan), "make one with Schedule()", TypeError
            )
        lines = plan.copy()
    if diet_mg_per_d is not None:
        lines.diet(mg_per_d=diet_mg_per_d, over_h=over_h)
    return History(_core.History(plan=lines._inner, over_h=over_h))
