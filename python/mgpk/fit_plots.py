"""Figures of fits. Each draws on axes of yours, or makes a figure where none are given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mgpk import _checks
from mgpk._fit_axes import GREY, logarithmic, on
from mgpk.fit_checks import bins_of, columns_of, rows_of
from mgpk.forest_plot import ForestRow, plot_forest
from mgpk.labels import label_and_unit
from mgpk.mixed_inputs import Array
from mgpk.plotting import COLORS, _axis, _figure, _finish, _legend, _styled
from mgpk.profile_plots import plot_profile, plot_profiles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from mgpk.mixed_results import MixedFit

__all__ = [
    "ForestRow",
    "plot_diagnostics",
    "plot_forest",
    "plot_observed",
    "plot_people",
    "plot_profile",
    "plot_profiles",
    "plot_qq",
    "plot_residuals",
    "plot_vpc",
]

_PREDICTIONS = {"population": "population prediction", "individual": "individual prediction"}
_RESIDUALS = {
    "cwres": "conditional weighted residual",
    "iwres": "individual weighted residual",
}
_LIMITS = ((1, "v", "below the limit"), (-1, "^", "above the limit"))


class _Seen(NamedTuple):
    """The observations of one column, ready to be drawn."""

    frame: Any
    time: Array
    time_words: str
    what: str
    unit: str

    @property
    def quantity(self) -> str:
        return f"{self.what}, {self.unit}"


def _seen(fit: MixedFit, column: str | None) -> _Seen:
    rows = rows_of(fit, column)
    frame = fit.residuals[rows]
    time_h = np.asarray(frame["time_h"], dtype=float)
    long = bool(time_h.size and np.ptp(time_h) > 120)
    columns = columns_of(fit)
    if columns:
        what, unit = label_and_unit(column or columns[0])
    else:
        what, unit = "observation", "unit of DV"
        data: Any = fit._problem.data.data
        unit = data.unit("DV") or unit
    return _Seen(frame, time_h / (24.0 if long else 1.0), f"time, {'d' if long else 'h'}", what, unit)


def _points(axes: Axes, x: Array, y: Array, censored: Array, color: str, label: str) -> None:
    """Measured values as dots, and bounds as open triangles that point where the value lies."""
    measured = censored == 0
    axes.plot(
        x[measured], y[measured], "o", color=color, markersize=3.5, alpha=0.65, label=label, mew=0
    )
    for kind, marker, words in _LIMITS:
        there = censored == kind
        if there.any():
            axes.plot(
                x[there], y[there], marker, mfc="none", mec=COLORS[1], markersize=5, label=words
            )


@_checks.keywords("write prediction= and the like before the values")
def plot_observed(
    fit: MixedFit,
    *,
    prediction: str = "individual",
    column: str | None = None,
    log: bool = False,
    axes: Axes | None = None,
) -> Figure | SubFigure:
    """Plots what was observed against what the fit predicts, with the line of equality.

    Parameters
    ----------
    fit : MixedFit
        What to plot.
    prediction : str
        "population" (the typical person with their covariates) or "individual".
    column : str, optional
        Which column of a run, where several were observed.
    log : bool
        Logarithmic axes; values that are not positive are left out.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.
    """
    kind = _checks.one_of("prediction", prediction, _PREDICTIONS)
    seen = _seen(fit, column)

    def draw(place: Axes) -> None:
        x, y = (np.asarray(seen.frame[name], dtype=float) for name in (kind, "observed"))
        keep = (x > 0) & (y > 0) if log else np.isfinite(x)
        censored = np.asarray(seen.frame["censored"])
        ends = [min(x[keep].min(), y[keep].min()), max(x[keep].max(), y[keep].max())]
        place.plot(ends, ends, color=GREY, linewidth=1.0, label="equal")
        _points(place, x[keep], y[keep], censored[keep], COLORS[0], "observed")
        _axis(place, f"{_PREDICTIONS[kind]}, {seen.unit}", f"Observed against {kind}", "")
        place.set_ylabel(f"observed, {seen.unit}" if not columns_of(fit) else seen.quantity)
        if log:
            logarithmic(place, "xy")
        place.margins(0.04)
        _legend(place)

    return on(axes, draw)


@_checks.keywords("write residual= and the like before the values")
def plot_residuals(
    fit: MixedFit,
    *,
    residual: str = "cwres",
    against: str = "time",
    column: str | None = None,
    axes: Axes | None = None,
) -> Figure | SubFigure:
    """Plots residuals against time or prediction, with zero, plus and minus 1.96, and their course.

    Parameters
    ----------
    fit : MixedFit
        What to plot. Values beyond a limit have no residual; how many is said in the legend.
    residual : str
        "cwres" (what the population leaves unexplained) or "iwres" (what the person does).
    against : str
        "time", "population" or "individual".
    column : str, optional
        Which column of a run, where several were observed.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.
    """
    kind = _checks.one_of("residual", residual, _RESIDUALS)
    over = _checks.one_of("against", against, ("time", *_PREDICTIONS))
    seen = _seen(fit, column)

    def draw(place: Axes) -> None:
        x = seen.time if over == "time" else np.asarray(seen.frame[over], dtype=float)
        y = np.asarray(seen.frame[kind], dtype=float)
        there = np.isfinite(y)
        words = seen.time_words if over == "time" else f"{_PREDICTIONS[over]}, {seen.unit}"
        place.axhline(0.0, color=GREY, linewidth=1.0)
        for edge in (-1.96, 1.96):
            label = "\N{PLUS-MINUS SIGN} 1.96 sd" if edge > 0 else None
            place.axhline(edge, color=GREY, linewidth=0.8, linestyle=":", label=label)
        place.plot(x[there], y[there], "o", color=COLORS[0], markersize=3.5, alpha=0.65, mew=0)
        course = _course(x[there], y[there])
        if course is not None:
            place.plot(*course, color=COLORS[1], label="mean in bins")
        _axis(place, words, f"{kind.upper()} against {over}", _RESIDUALS[kind] + ", sd")
        place.margins(x=0.03)
        _say_beyond(place, int((~there).sum()))
        _legend(place)

    return on(axes, draw)


def _course(x: Array, y: Array) -> tuple[Array, Array] | None:
    """The mean of y in bins of x with at least five values each."""
    if x.size < 15:
        return None
    place = bins_of(x, min(8, x.size // 5))
    bins = np.unique(place)
    return (
        np.array([np.median(x[place == one]) for one in bins]),
        np.array([y[place == one].mean() for one in bins]),
    )


def _say_beyond(axes: Axes, n: int) -> None:
    if n:
        axes.plot([], [], " ", label=f"{n} beyond a limit: none")


@_checks.keywords("write residual= and the like before the values")
def plot_qq(
    fit: MixedFit,
    *,
    residual: str = "cwres",
    column: str | None = None,
    axes: Axes | None = None,
) -> Figure | SubFigure:
    """Plots sorted residuals against those of a normal law.

    Parameters
    ----------
    fit : MixedFit
        What to plot. Values beyond a limit have no residual; how many is said in the legend.
    residual : str
        "cwres" or "iwres".
    column : str, optional
        Which column of a run, where several were observed.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.
    """
    from scipy.special import ndtri

    kind = _checks.one_of("residual", residual, _RESIDUALS)
    seen = _seen(fit, column)

    def draw(place: Axes) -> None:
        y = np.asarray(seen.frame[kind], dtype=float)
        sorted_y = np.sort(y[np.isfinite(y)])
        n = sorted_y.size
        x = ndtri((np.arange(1, n + 1) - 0.5) / max(n, 1))
        if n:
            place.plot(x[[0, -1]], x[[0, -1]], color=GREY, linewidth=1.0, label="standard normal")
        place.plot(x, sorted_y, "o", color=COLORS[0], markersize=3.5, alpha=0.65, mew=0)
        _axis(place, "normal quantile, sd", f"{kind.upper()}, normal quantiles", "")
        place.set_ylabel(_RESIDUALS[kind] + ", sd")
        place.margins(0.04)
        _say_beyond(place, y.size - n)
        _legend(place)

    return on(axes, draw)


@_checks.keywords("write column= and the like before the values")
def plot_diagnostics(
    fit: MixedFit, *, column: str | None = None, log: bool = False, title: str | None = None
) -> Figure:
    """Plots observed against both predictions, and residuals against time, prediction and normal.

    Parameters
    ----------
    fit : MixedFit
        What to plot.
    column : str, optional
        Which column of a run, where several were observed.
    log : bool
        Logarithmic axes of what was observed.
    title : str, optional
        Above the figure; people, observations and objective unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    people, n = len(fit.ids), int(rows_of(fit, column).sum())
    words = (
        f"{people} {'person' if people == 1 else 'people'}, {n} observations, "
        f"objective {fit.objective:.2f}"
    )
    with _styled():
        figure, places = _figure(2, 3, 10.6, 7.2)
        plot_observed(fit, prediction="population", column=column, log=log, axes=places[0])
        plot_observed(fit, prediction="individual", column=column, log=log, axes=places[1])
        plot_qq(fit, column=column, axes=places[2])
        plot_residuals(fit, column=column, axes=places[3])
        plot_residuals(fit, against="population", column=column, axes=places[4])
        plot_residuals(
            fit, residual="iwres", against="individual", column=column, axes=places[5]
        )
        for place in places[3:]:
            place.set_ylabel(place.get_ylabel().replace(" weighted residual", " residual"))
        return _finish(figure, words if title is None else title, 10.6)


@_checks.keywords("write n= and the like before the values")
def plot_vpc(
    fit: MixedFit,
    *,
    n: int = 200,
    seed: int = 1,
    bins: int = 8,
    percentiles: Iterable[float] = (5, 50, 95),
    column: str | None = None,
    axes: Axes | None = None,
) -> Figure | SubFigure:
    """Plots a visual predictive check: percentiles of what was observed in bands of what is drawn.

    Parameters
    ----------
    fit : MixedFit
        What to plot.
    n : int
        How many replicates.
    seed : int
        Names the draws.
    bins : int
        Parts of the time, cut at the widest gaps.
    percentiles : list of float
        What is compared: shares of the values that lie below, in percent.
    column : str, optional
        Which column of a run, where several were observed.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.
    """
    seen = _seen(fit, column)
    table = fit.vpc(n, seed, bins, tuple(percentiles), column)

    def draw(place: Axes) -> None:
        per_unit = 24.0 if seen.time_words.endswith("d") else 1.0
        shown = sorted(set(table["percentile"]))
        middle = min(shown, key=lambda percent: abs(percent - 50))
        for percent in shown:
            rows = table[table["percentile"] == percent]
            color = COLORS[1] if percent == middle else COLORS[4]
            time = rows["time_h"] / per_unit
            place.fill_between(
                time, rows["low"], rows["high"], color=color, alpha=0.35, linewidth=0,
                label=f"simulated {percent:g} %",
            )  # fmt: skip
            place.plot(
                time, rows["observed"], "-" if percent == middle else "--", color="#000000",
                linewidth=1.3, marker=".", label=f"observed {percent:g} %",
            )  # fmt: skip
        censored = np.asarray(seen.frame["censored"])
        observed = np.asarray(seen.frame["observed"], dtype=float)
        _points(place, seen.time, observed, censored, GREY, "observed")
        title = f"Visual predictive check, {n} replicates, bands of 90 %"
        _axis(place, seen.time_words, title, seen.quantity)
        place.margins(x=0.02)
        _legend(place)

    return on(axes, draw, height=4.6)


@_checks.keywords("write n= and the like before the values")
def plot_people(
    fit: MixedFit,
    *,
    n: int = 200,
    seed: int = 1,
    bins: int = 12,
    column: str | None = None,
    axes: Axes | None = None,
) -> Figure | SubFigure:
    """Plots every person's observations as a line, over the band that the fit would draw.

    Parameters
    ----------
    fit : MixedFit
        What to plot.
    n : int
        How many replicates the band is of.
    seed : int
        Names the draws.
    bins : int
        Parts of the time in which the band is taken.
    column : str, optional
        Which column of a run, where several were observed.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.
    """
    seen = _seen(fit, column)
    drawn = fit.simulate(n, seed)[rows_of(fit, column)]

    def draw(place: Axes) -> None:
        inside = bins_of(seen.time, bins)
        found = np.array(
            [
                (np.median(seen.time[inside == one]), *np.percentile(drawn[inside == one], (5, 50, 95)))
                for one in np.unique(inside)
            ]
        ).T
        place.fill_between(
            found[0], found[1], found[3], color=COLORS[4], alpha=0.4, linewidth=0,
            label="5 to 95 % of drawn values",
        )  # fmt: skip
        place.plot(found[0], found[2], color=COLORS[0], label="median of drawn values")
        ids = np.asarray(seen.frame["id"], dtype=str)
        observed = np.asarray(seen.frame["observed"], dtype=float)
        for i, one in enumerate(dict.fromkeys(ids)):
            rows = ids == one
            label = "observed, one line for each person" if i == 0 else None
            place.plot(
                seen.time[rows], observed[rows], color=GREY, linewidth=0.7, alpha=0.7, marker=".",
                markersize=3, label=label,
            )  # fmt: skip
        beyond = np.asarray(seen.frame["censored"])
        there = beyond != 0
        _points(place, seen.time[there], observed[there], beyond[there], GREY, "")
        people = len(dict.fromkeys(ids))
        _axis(place, seen.time_words, f"{people} people", seen.quantity)
        place.margins(x=0.02)
        _legend(place)

    return on(axes, draw, height=4.4)
