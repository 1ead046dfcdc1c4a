"""Figures that a paper could print. Each small function draws on axes of yours."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
from matplotlib import pyplot
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from mgpk import _core
from mgpk.labels import label_and_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mgpk.comparing import Comparison
    from mgpk.fitting import Fit
    from mgpk.results import Run, Table

__all__ = [
    "draw_destinations",
    "draw_gut",
    "draw_plasma",
    "draw_rise",
    "draw_stool",
    "draw_urine",
    "draw_urine_above_baseline",
    "plot_comparison",
    "plot_fit",
    "plot_run",
]

#: Colours that colour-blind readers can tell apart (Okabe and Ito), in a fixed order.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#999999")
LINES = ("-", "--", "-.", ":")
_GREY = "#777777"
_LEGEND_CHARACTERS = 64  # in the width of one of two panels, a line's sample counted as eight
_STYLE: Any = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.6,
}


@contextmanager
def _styled(changes: Mapping[str, Any] | None = None) -> Iterator[None]:
    """The style of all figures, with changes, for a while."""
    # A backend sets options when it is first used. Were that within, they would be lost at the end,
    # and a notebook would show no later figure.
    load: Any = pyplot.draw_if_interactive
    load()
    style: Any = {**_STYLE, **(changes or {})}
    with matplotlib.rc_context(style):
        yield


def _color(i: int) -> str:
    return COLORS[i % len(COLORS)]


def _line(i: int) -> str:
    """Beyond the colours the dashes go on telling lines apart."""
    return LINES[i // len(COLORS) % len(LINES)]


def _time(table: Table) -> tuple[NDArray[np.float64], str]:
    """Times and the words for their axis; days where hours would be many."""
    if table.time_h[-1] > 120:
        return table.time_h / 24.0, "time, d"
    return table.time_h, "time, h"


def _axis(axes: Axes, time: str, title: str, quantity: str) -> None:
    axes.set_xlabel(time)
    axes.set_ylabel(quantity)
    axes.set_title(title)
    axes.margins(x=0)


def _legend(axes: Axes) -> None:
    """Below the axes, where it covers no line; in columns, as many as fit."""
    handles, labels = axes.get_legend_handles_labels()
    if handles:
        labels = [textwrap.fill(label, 48) for label in labels]
        longest = max(len(line) for label in labels for line in label.splitlines())
        n_columns = max(1, min(4, int(_LEGEND_CHARACTERS / (longest + 8))))
        below = ScaledTranslation(0, -34 / 72, axes.figure.dpi_scale_trans)
        axes.legend(
            handles,
            labels,
            loc="upper left",
            bbox_to_anchor=(0, 0),
            bbox_transform=axes.transAxes + below,
            ncols=n_columns,
            borderaxespad=0.0,
        )


def _figure(n_rows: int, n_columns: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    figure, grid = pyplot.subplots(
        n_rows, n_columns, figsize=(width, height), layout="constrained", squeeze=False
    )
    return figure, list(grid.flat)


def _finish(figure: Figure, title: str, width: float, points: int = 6) -> Figure:
    """Title above, the words that every output carries below, in letters of so many points."""
    if title:
        figure.suptitle(
            textwrap.fill(title, int(width * 12.5)), fontsize=10, x=0.01, horizontalalignment="left"
        )
    per_line = int(width * 123 / points)
    words = textwrap.fill(f"mgpk {_core.version}. {_core.disclaimer}", per_line)
    figure.supxlabel(words, fontsize=points, color=_GREY, x=0.01, horizontalalignment="left")
    if "inline" in matplotlib.get_backend().lower():
        pyplot.close(figure)  # a notebook shows what is returned, and would show it twice
    return figure


def draw_plasma(axes: Axes, run: Run) -> None:
    """Draws total plasma magnesium with the baseline.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    run : Run
        What to draw.
    """
    time, words = _time(run)
    axes.plot(time, run["c_plasma_total_mmol_per_L"], color=_color(0), label="total")
    axes.plot(time, run["c_plasma_ionized_mmol_per_L"], color=_color(4), label="ionized")
    if run.has_baseline and run.plan is not None:
        for name, label in (("total", "baseline"), ("ionized", None)):
            axes.plot(
                time,
                run.baseline[f"c_plasma_{name}_mmol_per_L"],
                color=_GREY,
                linestyle="--",
                linewidth=1.0,
                label=label,
            )
    _axis(axes, words, "Plasma", "magnesium, mmol/L")
    _legend(axes)


def draw_urine(axes: Axes, run: Run) -> None:
    """Draws cumulative urine with the baseline.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol over time in h, or d in long runs.
    run : Run
        What to draw.
    """
    time, words = _time(run)
    axes.plot(time, run["a_urine_mmol"], color=_color(0), label="urine")
    if run.has_baseline and run.plan is not None:
        baseline = run.baseline["a_urine_mmol"]
        axes.plot(time, baseline, color=_GREY, linestyle="--", linewidth=1.0, label="baseline")
        axes.fill_between(
            time, baseline, run["a_urine_mmol"], color=_color(0), alpha=0.15, linewidth=0
        )
    _axis(axes, words, "Urine, cumulative", "magnesium, mmol")
    _legend(axes)


def draw_gut(axes: Axes, run: Run) -> None:
    """Draws magnesium in the gut by place, food included; what is not dissolved is dashed.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol over time in h, or d in long runs.
    run : Run
        What to draw.
    """
    time, words = _time(run)
    places = {
        "stomach": ("stomach",),
        "small bowel": ("duodenum", "jejunum", "ileum"),
        "colon": ("colon",),
    }
    for i, (place, segments) in enumerate(places.items()):
        for kind, line, label in (
            ("dissolved", "-", place),
            ("solid", "--", f"{place}, undissolved"),
        ):
            amount = np.sum([run[f"a_{kind}_{segment}_mmol"] for segment in segments], axis=0)
            if amount.max() > 1e-2:
                width = 1.6 if run.time_h[-1] <= 120 else 0.8
                axes.plot(time, amount, line, color=_color(i), linewidth=width, label=label)
    _axis(axes, words, "Gut, all sources", "magnesium, mmol")
    _legend(axes)


def draw_stool(axes: Axes, run: Run) -> None:
    """Draws cumulative stool, soluble and undissolved, with the baseline.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol over time in h, or d in long runs.
    run : Run
        What to draw.
    """
    time, words = _time(run)
    axes.plot(time, run["a_feces_dissolved_mmol"], color=_color(0), label="soluble")
    axes.plot(time, run["a_feces_solid_mmol"], color=_color(1), label="undissolved")
    if run.has_baseline and run.plan is not None:
        baseline = run.baseline["a_feces_mmol"]
        axes.plot(
            time, baseline, color=_GREY, linestyle="--", linewidth=1.0, label="baseline, both"
        )
    _axis(axes, words, "Stool, cumulative", "magnesium, mmol")
    _legend(axes)


def draw_rise(axes: Axes, runs: Mapping[str, Run]) -> None:
    """Draws the rise of total plasma magnesium above the baseline.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    runs : mapping of str to Run
        The runs by the name for the legend, each with its baseline.
    """
    _draw_above(axes, runs, "c_plasma_total_mmol_per_L", "Plasma above baseline", "mmol/L")


def draw_urine_above_baseline(axes: Axes, runs: Mapping[str, Run]) -> None:
    """Draws cumulative urine above the baseline.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol over time in h, or d in long runs.
    runs : mapping of str to Run
        The runs by the name for the legend, each with its baseline.
    """
    _draw_above(axes, runs, "a_urine_mmol", "Urine above baseline, cumulative", "mmol")


def _draw_above(axes: Axes, runs: Mapping[str, Run], column: str, title: str, unit: str) -> None:
    curves = {name: run[column] - run.baseline[column] for name, run in runs.items()}
    for i, name in enumerate(runs):
        time, words = _time(runs[name])
        # Salts that behave alike lie on one another: they share a line and its label.
        alike = [other for other in runs if _is_alike(curves[name], curves[other])]
        if alike[0] == name:
            axes.plot(time, curves[name], _line(i), color=_color(i), label=", ".join(alike))
    axes.axhline(0.0, color=_GREY, linewidth=0.6)
    _axis(axes, words, title, f"magnesium, {unit}")
    _legend(axes)


def _is_alike(one: NDArray[np.float64], two: NDArray[np.float64]) -> bool:
    """Whether two curves could not be told apart in print."""
    if one.shape != two.shape:
        return False
    return bool(np.abs(one - two).max() <= 1e-4 * max(np.abs(one).max(), 1e-300))


def draw_destinations(axes: Axes, comparison: Comparison) -> None:
    """Draws where each dose went by the end of the runs, as bars of its magnesium.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; share of the dose in percent.
    comparison : Comparison
        What to draw.
    """
    parts = (
        ("a_absorbed_mmol", "absorbed", COLORS[0]),
        ("a_in_gut_mmol", "still in the gut", COLORS[5]),
        ("a_feces_dissolved_mmol", "stool, soluble", COLORS[4]),
        ("a_feces_solid_mmol", "stool, undissolved", "#BBBBBB"),
    )
    rows = comparison.rows
    names = [row["salt"] for row in rows]
    left = np.zeros(len(rows))
    for key, label, color in parts:
        width = np.array([100.0 * row[key] / row["dose_mmol"] for row in rows])
        axes.barh(names, width, left=left, color=color, label=label, height=0.7)
        left += width
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of the dose, %")
    axes.set_title("Where the dose went")
    _legend(axes)


def plot_run(run: Run, *, title: str | None = None) -> Figure:
    """Plots plasma with the baseline, cumulative urine, the gut and the stool.

    Parameters
    ----------
    run : Run
        What to plot.
    title : str, optional
        Above the figure; the plan in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    plan = run.plan
    words = "the baseline alone" if plan is None else "; ".join(plan.in_words())
    with _styled():
        figure, axes = _figure(2, 2, 8.0, 6.6)
        for draw, place in zip((draw_plasma, draw_urine, draw_gut, draw_stool), axes, strict=True):
            draw(place, run)
        return _finish(figure, words if title is None else title, 8.0)


def plot_comparison(comparison: Comparison, *, title: str | None = None) -> Figure:
    """Plots plasma and urine above the baseline, the share absorbed, and where each dose went.

    Parameters
    ----------
    comparison : Comparison
        What to plot.
    title : str, optional
        Above the figure; the doses in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    with _styled():
        height = 6.0 + 0.12 * max(0, len(comparison) - 4)
        figure, (rise, urine, water, went) = _figure(2, 2, 8.0, height)
        draw_rise(rise, comparison.runs)
        draw_urine_above_baseline(urine, comparison.runs)
        _draw_above(water, comparison.runs, "stool_water_g", "Stool water above baseline", "g")
        water.set_ylabel("water, g")
        draw_destinations(went, comparison)
        return _finish(figure, comparison.words if title is None else title, 8.0)


def plot_fit(fit: Fit, *, title: str | None = None) -> Figure:
    """Plots what was observed, with its sd, and the fitted curves.

    Parameters
    ----------
    fit : Fit
        What to plot.
    title : str, optional
        Above the figure; the estimates unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    n = len(fit.observed)
    n_columns = min(n, 2)
    n_rows = math.ceil(n / n_columns)
    width = 4.6 * n_columns
    with _styled():
        figure, axes = _figure(n_rows, n_columns, width, 3.6 * n_rows + 0.4)
        for place, (column, observed) in zip(axes, fit.observed.items(), strict=False):
            label, unit = label_and_unit(column)
            long = fit.run.time_h[-1] > 120
            per_unit = 24.0 if long else 1.0
            place.plot(fit.run.time_h / per_unit, fit.run[column], color=_color(0), label="fitted")
            place.errorbar(
                observed.times_h / per_unit,
                observed.values,
                yerr=observed.sd,
                fmt="o",
                color=_color(1),
                markersize=4,
                capsize=2,
                label="observed" if observed.sd is None else "observed, sd",
            )
            _axis(place, "time, d" if long else "time, h", label.capitalize(), unit)
            place.margins(x=0.03)
            _legend(place)
        for place in axes[n:]:
            place.remove()
        return _finish(figure, _estimates(fit) if title is None else title, width)


def _estimates(fit: Fit) -> str:
    words = []
    for row in fit.rows:
        unit = "" if row["unit"] == "1" else f" {row['unit']}"
        error = row["standard_error"]
        estimate = f"{row['estimate']:.4g}"
        words.append(
            f"{row['parameter']} = {estimate}"
            + (f" ± {error:.2g}" if math.isfinite(error) else "")
            + unit
            + (f" ({row['remark']})" if row["remark"] else "")
        )
    return "; ".join(words)
