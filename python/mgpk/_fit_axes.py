"""What the figures of fits share: axes of the user or new ones, and logarithmic scales."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mgpk.plotting import _figure, _finish, _styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

__all__: list[str] = []

GREY = "#777777"
WIDTH = 5.4
HEIGHT = 4.0


def on(
    axes: Axes | None,
    draw: Callable[[Axes], None],
    title: str | None = None,
    height: float = HEIGHT,
    width: float = WIDTH,
) -> Figure | SubFigure:
    """Draws on the given axes, or on new ones with the words that every figure carries."""
    if axes is not None:
        draw(axes)
        return axes.figure
    with _styled():
        figure, (place,) = _figure(1, 1, width, height)
        draw(place)
        return _finish(figure, title or "", width)


def logarithmic(axes: Axes, which: str) -> None:
    """Logarithmic axes with plain numbers, few enough that they stay apart."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    for one in which:
        axis = axes.xaxis if one == "x" else axes.yaxis
        (axes.set_xscale if one == "x" else axes.set_yscale)("log")
        low, high = axis.get_data_interval()
        subs = (1.0, 2.0, 5.0) if high < 300 * low else (1.0,)
        axis.set_major_locator(LogLocator(subs=subs, numticks=8))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
