"""The picture of a head to head: small multiples, one block per basis, one panel per condition."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib import pyplot
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from mgpk.plotting import _finish, _styled
from mgpk.side_by_side import ACID, MEALS
from mgpk.side_by_side_grid import BANDED, SHARES
from mgpk.side_by_side_tables import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mgpk.side_by_side import HeadToHead

    Row = Mapping[str, Any]

__all__ = [
    "condition_in_words",
    "draw_amounts",
    "draw_doses",
    "draw_water",
    "legend_of",
    "limits_of",
    "plot_head_to_head",
]

#: Absorbed, the part of it in urine, and stool water: apart for colour-blind readers and in grey.
ABSORBED, URINE, WATER = "#56B4E9", "#0072B2", "#D55E00"
_INCHES_PER_SALT = 0.2


def condition_in_words(meal: str, acid: str) -> str:
    """A condition as a heading.

    Parameters
    ----------
    meal : str
        "fasted" or "fed".
    acid : str
        "normal" or "blocked".

    Returns
    -------
    str
        Such as "Fasted, normal acid".
    """
    words = f"{MEALS[meal]}, {ACID[acid]}"
    return words[0].upper() + words[1:]


def limits_of(result: HeadToHead) -> dict[str, float]:
    """The ends of the axes that all panels of a result share.

    Parameters
    ----------
    result : HeadToHead
        What will be drawn.

    Returns
    -------
    dict of str to float
        "mmol" and "g", each a little beyond the largest number or band.
    """
    ends = {"mmol": 0.0, "g": 0.0}
    for row in result.rows:
        for name, unit in BANDED.items():
            for key in (f"{name}_{unit}", f"{name}_high_{unit}"):
                ends[unit] = max(ends[unit], row.get(key, 0.0))
    return {unit: 1.06 * end for unit, end in ends.items()}


def _whiskers(axes: Axes, rows: Sequence[Row], name: str, offset: float) -> None:
    unit = BANDED[name]
    ink = matplotlib.rcParams["text.color"]
    for i, row in enumerate(rows):
        if f"{name}_low_{unit}" in row:
            ends = [row[f"{name}_{end}_{unit}"] for end in ("low", "high")]
            axes.plot(ends, [i + offset] * 2, color=ink, linewidth=0.9, solid_capstyle="butt")


def _settle(axes: Axes, n_rows: int, end: float, quantity: str) -> None:
    axes.set_ylim(n_rows - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xlim(0.0, end)
    axes.set_xlabel(quantity)
    axes.spines["left"].set_visible(True)
    axes.grid(axis="x", color="#999999", alpha=0.35, linewidth=0.6)
    axes.set_axisbelow(True)


def draw_amounts(axes: Axes, rows: Sequence[Row], end_mmol: float) -> None:
    """Draws what was absorbed above the baseline as bars, and what urine had of it as thin ones.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol, with the share of the dose in percent beside the bars.
    rows : list of dict
        Lines of a head to head, from above.
    end_mmol : float
        The end of the axis in mmol; the shares stand beyond it.
    """
    places = range(len(rows))
    absorbed = [row["a_absorbed_above_baseline_mmol"] for row in rows]
    axes.barh(places, absorbed, height=0.78, color=ABSORBED, edgecolor=URINE, linewidth=0.5)
    lower = [place + 0.19 for place in places]
    axes.barh(lower, [row["ae_mmol"] for row in rows], height=0.36, color=URINE)
    _whiskers(axes, rows, "a_absorbed_above_baseline", -0.18)
    _settle(axes, len(rows), 1.26 * end_mmol, "magnesium, mmol")
    for i, row in enumerate(rows):
        share = f"{100 * row['f_absorbed_above_baseline']:.0f} %"
        axes.text(1.26 * end_mmol, i, share, ha="right", va="center", fontsize="small")
    axes.text(1.26 * end_mmol, -0.6, "of dose", ha="right", va="bottom", fontsize="small")


def draw_water(axes: Axes, rows: Sequence[Row], end_g: float) -> None:
    """Draws the stool water above the baseline as points.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; g.
    rows : list of dict
        Lines of a head to head, from above.
    end_g : float
        The end of the axis in g.
    """
    _whiskers(axes, rows, "stool_water", 0.0)
    water = [row["stool_water_g"] for row in rows]
    axes.plot(water, range(len(rows)), "D", color=WATER, markersize=4, clip_on=False)
    _settle(axes, len(rows), end_g, "water, g")


def draw_doses(axes: Axes, rows: Sequence[Row], *, with_numbers: bool = True) -> None:
    """Writes the names of the salts, and what was given of magnesium and glycine.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to write; its frame is taken away.
    rows : list of dict
        Lines of a head to head, from above.
    with_numbers : bool
        Magnesium and glycine in mg, besides the names.
    """
    axes.axis("off")
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    columns = [(0.0, "left", [name_of(row) for row in rows], "")]
    if with_numbers:
        columns.append(
            (0.70, "right", [f"{row['elemental_mg']:.0f}" for row in rows], "magne-\nsium, mg")
        )
        glycine = [f"{row['glycine_mg']:.0f}" if row["glycine_mg"] else "–" for row in rows]
        columns.append((1.0, "right", glycine, "glycine,\nmg"))
    for x, side, cells, head in columns:
        for i, cell in enumerate(cells):
            axes.text(x, i, cell, ha=side, va="center")
        axes.text(x, -0.6, head, ha=side, va="bottom", fontsize="small")


def legend_of(result: HeadToHead) -> list[Any]:
    """The samples of a legend, in the order of the picture.

    Parameters
    ----------
    result : HeadToHead
        What is drawn.

    Returns
    -------
    list of matplotlib artists
        Each with its label.
    """
    days = result.follow_h / 24.0
    ink = matplotlib.rcParams["text.color"]
    handles: list[Any] = [
        Patch(
            facecolor=ABSORBED, edgecolor=URINE, label="absorbed above baseline, mmol; % of dose"
        ),
        Patch(facecolor=URINE, label=f"of it in urine within {days:g} d, mmol"),
        Line2D(
            [], [], color=WATER, marker="D", linestyle="", label="stool water above baseline, g"
        ),
    ]
    if result.n_draws:
        middle = 100 * (SHARES[1] - SHARES[0])
        words = f"middle {middle:.0f} % of {result.n_draws} draws of the constants"
        handles.append(Line2D([], [], color=ink, linewidth=0.9, label=words))
    return handles


def _block(
    figure: Any, result: HeadToHead, basis: str, heading: str, limits: Mapping[str, float]
) -> None:
    """One basis: names and doses, then bars and points for each condition."""
    n = len(result.conditions)
    grid = figure.subplots(
        1, 1 + 2 * n, squeeze=False, gridspec_kw={"width_ratios": [2.5, *(2.3, 1.05) * n]}
    )[0]
    figure.suptitle(heading, x=0.006, horizontalalignment="left", fontweight="bold")
    for i, (meal, acid) in enumerate(result.conditions):
        rows = result.cell(basis, meal, acid)
        if i == 0:
            draw_doses(grid[0], rows)
        draw_amounts(grid[1 + 2 * i], rows, limits["mmol"])
        draw_water(grid[2 + 2 * i], rows, limits["g"])
        grid[1 + 2 * i].set_title(condition_in_words(meal, acid), pad=16)


def plot_head_to_head(result: HeadToHead, *, title: str | None = None) -> Figure:
    """Plots every salt, basis and condition in one picture with common axes.

    Parameters
    ----------
    result : HeadToHead
        What to plot.
    title : str, optional
        Above the figure; how the doses were taken unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    n_salts = len(result) // (len(result.amounts) * len(result.conditions))
    width = max(6.2, 2.2 + 2.25 * len(result.conditions))
    salts = f"{n_salts} magnesium salts" if n_salts > 1 else "One magnesium salt"
    usual = (
        f"{salts} head to head, simulated: {result.words}. "
        "Sorted by what is absorbed in the first column."
    )
    words = usual if title is None else title
    headings = [textwrap.fill(result.basis_in_words(b), int(9 * width)) for b in result.amounts]
    n_samples = 4 if result.n_draws else 3
    n_columns = min(n_samples, int(width / 2.7))
    heights = [0.15 + 0.2 * math.ceil(n_samples / n_columns)]
    heights += [
        1.0 + 0.19 * (heading.count("\n") + 1) + _INCHES_PER_SALT * n_salts for heading in headings
    ]
    n_lines_around = math.ceil(len(words) / (12.5 * width)) + math.ceil(24 / width)
    with _styled():
        figure = pyplot.figure(
            figsize=(width, sum(heights) + 0.19 * n_lines_around), layout="constrained"
        )
        parts = figure.subfigures(1 + len(headings), 1, height_ratios=heights, squeeze=False)[:, 0]
        parts[0].legend(
            handles=legend_of(result), loc="center left", ncols=n_columns, borderaxespad=0.2
        )
        limits = limits_of(result)
        for part, basis, heading in zip(parts[1:], result.amounts, headings, strict=True):
            _block(part, result, basis, heading, limits)
        return _finish(figure, words, width, 8)
