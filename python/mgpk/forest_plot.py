"""A forest plot: rows with an estimate and its interval, beside a line of no difference."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from mgpk import _checks
from mgpk._fit_axes import GREY, on
from mgpk.plotting import COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

__all__ = ["ForestRow", "plot_forest"]

_WIDTH = 7.2


class ForestRow(NamedTuple):
    """A line of a forest plot."""

    label: str
    """What is compared, and where it comes from."""
    estimate: float
    """The difference or ratio, in the unit of the plot; NaN where no figure is known."""
    low: float
    """Lower end of its interval; minus infinity where it is open."""
    high: float
    """Upper end of its interval; infinity where it is open."""
    kind: str = "estimate"
    """What sort of row it is; each sort has a colour of its own and a place in the legend."""


@_checks.keywords("write quantity= and the like before the values")
def plot_forest(
    rows: Iterable[ForestRow | tuple[Any, ...]],
    *,
    quantity: str,
    unit: str,
    none_at: float | None = 0.0,
    log: bool = False,
    level: float | None = 0.95,
    title: str | None = None,
    axes: Axes | None = None,
) -> Figure | SubFigure:
    """Plots a comparison: a line for each row, its interval, the numbers at the right.

    Parameters
    ----------
    rows : list of ForestRow
        From top to bottom; plain tuples (label, estimate, low, high) do as well.
    quantity : str
        What the numbers are, in words.
    unit : str
        Their unit; "1" for a ratio or share.
    none_at : float, optional
        Where there is no difference, in the unit given: 0, or 1 for ratios; None draws no line.
    log : bool
        A logarithmic axis, for ratios.
    level : float, optional
        Of the intervals, a fraction, which is only written on the axis; None where they are no
        intervals of confidence.
    title : str, optional
        Above the figure.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.

    Raises
    ------
    ValueError
        No rows, or an interval that does not enclose its estimate.
    """
    checked = [_checked(ForestRow(*row), log) for row in rows]
    if not checked:
        _checks.refuse("a forest plot needs rows", "none", "give (label, estimate, low, high)")
    if log and none_at is not None and not none_at > 0:
        _checks.refuse(
            "a logarithmic axis needs none_at above zero", _checks.shown(none_at), "1 for ratios, or None"
        )
    words = quantity if unit == "1" else f"{quantity}, {unit}"
    words += "" if level is None else f", with {100 * level:g} % intervals"

    def draw(place: Axes) -> None:
        _draw(place, checked, none_at, log)
        place.set_xlabel(words)

    return on(axes, draw, title, 1.5 + 0.32 * len(checked), _WIDTH)


def _checked(row: ForestRow, log: bool) -> ForestRow:
    numbers = [
        _checks.number(f"{what} of {row.label}", value)
        for what, value in zip(("estimate", "low", "high"), row[1:4], strict=True)
        if not isinstance(value, float) or math.isfinite(value)
    ]
    inside = math.isnan(row.estimate) or (
        (math.isnan(row.low) or row.low <= row.estimate)
        and (math.isnan(row.high) or row.estimate <= row.high)
    )
    if not inside:
        _checks.refuse(
            f"the interval of {row.label} must enclose its estimate",
            f"{row.low:g} to {row.high:g} for {row.estimate:g}",
            "order them: estimate, low, high",
        )
    if log and any(not value > 0 for value in numbers):
        _checks.refuse(
            f"a logarithmic axis needs positive numbers of {row.label}", str(min(numbers)), "log=False"
        )
    return row


def _draw(axes: Axes, rows: list[ForestRow], none_at: float | None, log: bool) -> None:
    if log:
        axes.set_xscale("log")
    finite = [x for row in rows for x in row[1:4] if math.isfinite(x)]
    finite += [] if none_at is None else [none_at]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    reach = (high / low) ** 0.06 if log else 0.06 * (high - low or 1.0)
    left, right = (low / reach, high * reach) if log else (low - reach, high + reach)
    axes.set_xlim(left, right)
    if none_at is not None:
        axes.axvline(none_at, color=GREY, linewidth=1.0)
    kinds = list(dict.fromkeys(row.kind for row in rows))
    for y, row in enumerate(rows):
        color = COLORS[kinds.index(row.kind) % len(COLORS)]
        if math.isfinite(row.estimate):
            ends = [
                edge if math.isinf(x) else x
                for x, edge in ((row.low, left), (row.high, right))
                if not math.isnan(x)
            ]
            if ends:
                axes.plot(ends, [y] * len(ends), color=color, linewidth=1.4, solid_capstyle="butt")
            for x, edge, marker in ((row.low, left, "<"), (row.high, right, ">")):
                if math.isinf(x):
                    axes.plot(edge, y, marker, color=color, markersize=6, clip_on=False)
            axes.plot(row.estimate, y, "s", color=color, markersize=5)
        axes.text(
            1.02, y, _numbers(row), transform=axes.get_yaxis_transform(), fontsize=8, va="center"
        )
    axes.set_yticks(range(len(rows)), [row.label for row in rows])
    axes.tick_params(axis="y", length=0, pad=9)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    if len(kinds) > 1:
        for i, kind in enumerate(kinds):
            axes.plot([], [], "s-", color=COLORS[i % len(COLORS)], markersize=5, label=kind)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(kinds), borderaxespad=0.2)


def _numbers(row: ForestRow) -> str:
    if not math.isfinite(row.estimate):
        return "no figure"
    if math.isnan(row.low) or math.isnan(row.high):
        return f"{row.estimate:.3g}"
    ends = f"{row.low:.3g} to {row.high:.3g}"
    if math.isinf(row.high):
        ends = f"{row.low:.3g} or more"
    if math.isinf(row.low):
        ends = "open" if math.isinf(row.high) else f"{row.high:.3g} or less"
    return f"{row.estimate:.3g} ({ends})"
