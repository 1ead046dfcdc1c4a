"""Figures of a validation: predicted against observed, and misses per study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib import pyplot

from mgpk import _checks
from mgpk.plotting import COLORS, _styled

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

__all__ = ["draw_agreement", "draw_misses"]

_MARKS = "osD^v<>P"
_GREY = "#777777"


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def _looks(endpoints: pandas.DataFrame) -> dict[str, tuple[str, str]]:
    """A mark and a colour per domain."""
    domains = dict.fromkeys(endpoints["domain"])
    return {name: (_MARKS[i % 8], COLORS[i % 8]) for i, name in enumerate(domains)}


def draw_agreement(endpoints: pandas.DataFrame, ax: Axes | None = None) -> Axes:
    """Draws predicted against observed for positive quantities, on logarithmic axes.

    Parameters
    ----------
    endpoints : pandas.DataFrame
        ``endpoints`` of a ``Validation``; each point is in the unit of its own line.
    ax : matplotlib axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib axes
        With the line of identity and the 1.25-fold and 2-fold bands.
    """
    with _styled():
        ax = _axes(ax, 5.2, 5.2)
        rows = endpoints[(endpoints["score"] == "fold") & (endpoints["predicted"] > 0)]
        rows = rows[rows["kind_of_spread"] != "upper_bound"]
        if rows.empty:
            _checks.refuse(
                "a plot of predicted against observed needs a positive quantity",
                "none among these studies",
                "choose other studies, or draw the misses",
            )
        low = 0.7 * min(rows["observed"].min(), rows["predicted"].min())
        high = 1.4 * max(rows["observed"].max(), rows["predicted"].max())
        ends = [low, high]
        ax.fill_between(ends, [x / 2 for x in ends], [x * 2 for x in ends], color="#eeeeee", lw=0)
        ax.fill_between(
            ends, [x / 1.25 for x in ends], [x * 1.25 for x in ends], color="#d5d5d5", lw=0
        )
        ax.plot(ends, ends, color=_GREY, lw=0.8)
        for domain, (mark, color) in _looks(rows).items():
            mine = rows[rows["domain"] == domain]
            error = 1.96 * mine["se"].fillna(0.0)
            below = error.where(error < 0.95 * mine["observed"], 0.95 * mine["observed"])
            ax.errorbar(
                mine["observed"], mine["predicted"], xerr=[below, error], fmt=mark, color=color,
                ms=4.5, lw=0.8, label=str(domain).replace("_", " "),
            )  # fmt: skip
        ax.set(xscale="log", yscale="log", xlim=ends, ylim=ends, aspect="equal")
        ax.set_xlabel("observed, with the 95 % interval of the mean (unit of each endpoint)")
        ax.set_ylabel("predicted (unit of each endpoint)")
        ax.set_title("Positive quantities; bands 1.25-fold and 2-fold")
        ax.legend(loc="upper left")
    return ax


def draw_misses(endpoints: pandas.DataFrame, ax: Axes | None = None) -> Axes:
    """Draws the miss of each endpoint in deviations, the null model's beside it.

    Parameters
    ----------
    endpoints : pandas.DataFrame
        ``endpoints`` of a ``Validation``.
    ax : matplotlib axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib axes
        One line per endpoint; misses beyond six deviations end at the frame.
    """
    with _styled():
        ax = _axes(ax, 7.0, 0.9 + 0.165 * len(endpoints))
        farthest = 6.0
        places = range(len(endpoints))
        looks = _looks(endpoints)
        ax.axvspan(-2, 2, color="#eeeeee", lw=0)
        ax.axvline(0, color=_GREY, lw=0.8)
        null = endpoints["null_z"].clip(-farthest, farthest)
        ax.plot(null, places, "|", color=_GREY, ms=7, label="null model")
        for domain, (mark, color) in looks.items():
            mine = [i for i, name in enumerate(endpoints["domain"]) if name == domain]
            ax.plot(
                endpoints["z"].clip(-farthest, farthest).iloc[mine], mine, mark, color=color, ms=4.5,
                label=str(domain).replace("_", " "),
            )  # fmt: skip
        ax.set(xlim=(-farthest - 0.2, farthest + 0.2), ylim=(len(endpoints), -1))
        ax.set_yticks(list(places), endpoints.index, fontsize=6.5)
        ax.set_xlabel("miss in deviations (error of the figure and stated error of the model)")
        ax.set_title("Predicted less observed; shaded: two deviations")
        ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.05), ncols=5, fontsize=7)
    return ax
