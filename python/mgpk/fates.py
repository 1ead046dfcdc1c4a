"""Where each dose went, part by part, and the two pictures that show it beside the plasma."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import pyplot

from mgpk.plotting import _GREY, COLORS, _finish, _is_alike, _legend, _styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from mgpk.comparing import Comparison
    from mgpk.results import Run

__all__ = ["PARTS", "draw_fates", "draw_plasma_of", "fates", "plot_fates"]

#: Each part of a dose: its words and its colour. The first four are what was absorbed.
PARTS = {
    "ae_mmol": ("absorbed: in urine", "#0072B2"),
    "a_kept_mmol": ("absorbed: still in the body", "#009E73"),
    "a_returned_mmol": ("absorbed: in sweat, or back in the gut", "#CC79A7"),
    "a_displaced_mmol": ("absorbed in place of food's magnesium", "#56B4E9"),
    "a_in_gut_mmol": ("still in the gut", "#F0E442"),
    "a_feces_dissolved_mmol": ("stool, soluble", "#E69F00"),
    "a_feces_solid_mmol": ("stool, undissolved", "#999999"),
}
_DASHES: Any = ("-", "-", (0, (3, 2.5)), (0, (5, 1.5)))
_STORES = (
    "a_plasma_mmol",
    "a_interstitial_mmol",
    "a_cells_mmol",
    "a_red_cells_mmol",
    "a_slow_mmol",
)


def fates(comparison: Comparison) -> list[dict[str, Any]]:
    """The rows of a comparison, with what became of the absorbed part.

    The parts named in ``PARTS`` add up to the dose. Urine, stores, sweat and secretion are above
    the same person's baseline; a dose also takes places of uptake that food would have had, so that
    more of it is absorbed than the body gains.

    Parameters
    ----------
    comparison : Comparison
        Runs with their baselines.

    Returns
    -------
    list of dict
        ``comparison.rows`` with ``a_kept_mmol``, ``a_returned_mmol`` and ``a_displaced_mmol``.
    """
    rows = []
    for row in comparison.rows:
        run = comparison.runs[row["salt"]]
        kept = sum(_above_baseline(run, store) for store in _STORES)
        returned = _above_baseline(run, "a_sweat_mmol") + _above_baseline(run, "a_secreted_mmol")
        others = ("a_absorbed_food_mmol", "a_absorbed_endogenous_mmol")
        displaced = -sum(_above_baseline(run, name) for name in others)
        parts = {"a_kept_mmol": kept, "a_returned_mmol": returned, "a_displaced_mmol": displaced}
        rows.append({**row, **parts})
    return rows


def _above_baseline(run: Run, column: str) -> float:
    return float(run[column][-1] - run.baseline[column][-1])


def draw_fates(axes: Axes, comparison: Comparison) -> None:
    """Draws what became of each dose by the end of the runs, as bars.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; share of the dose in percent.
    comparison : Comparison
        What to draw.
    """
    rows = fates(comparison)
    names = [row["salt"] for row in rows]
    left = np.zeros(len(rows))
    for key, (label, color) in PARTS.items():
        width = np.array([100.0 * row[key] / row["dose_mmol"] for row in rows])
        axes.barh(names, width, left=left, color=color, label=label, height=0.7)
        left += width
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of the dose, %")
    axes.set_title("Where the dose went")


def _moments(run: Run) -> tuple[NDArray[np.bool_], float, str]:
    """Which output times to draw, hours per unit of the axis, and words for it."""
    plan = run.plan
    lines = plan.to_dict()["doses"] if plan else []
    first = min((line["at_h"] for line in lines), default=0.0)
    last = max((d["at_h"] + (d["times"] - 1) * d["every_h"] for d in lines), default=first)
    if last - first < 96.0:
        return run.time_h <= last + 40.0, 1.0, "time, h"
    daily = np.isclose((run.time_h - first) % 24.0, 0.0)
    return daily, 24.0, f"time, d (each day at {first % 24:g} h)"


def _alike(runs: Mapping[str, Run], column: str) -> dict[str, NDArray[np.float64]]:
    """Each different curve once, under the names of all that follow it."""
    groups: list[tuple[list[str], NDArray[np.float64]]] = []
    for name, run in runs.items():
        above = run[column] - run.baseline[column]
        for names, first in groups:
            if _is_alike(above, first):
                names.append(name)
                break
        else:
            groups.append(([name], above))
    return {", ".join(names): runs[names[0]][column] for names, _ in groups}


def draw_plasma_of(axes: Axes, comparison: Comparison) -> None:
    """Draws total plasma magnesium under each salt, and the baseline; daily values in long runs.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    comparison : Comparison
        What to draw.
    """
    column = "c_plasma_total_mmol_per_L"
    run = next(iter(comparison.runs.values()))
    shown, per_unit, words = _moments(run)
    time = run.time_h[shown] / per_unit
    for i, (names, curve) in enumerate(_alike(comparison.runs, column).items()):
        color = (COLORS[1], COLORS[0], COLORS[2], COLORS[3])[i % 4]
        # Dashed from the third on: a curve that lies on another leaves it to be seen.
        dashes = _DASHES[i] if i < len(_DASHES) else ("-.", ":")[i // 4 % 2]
        axes.plot(time, curve[shown], linestyle=dashes, color=color, label=names)
    axes.plot(time, run.baseline[column][shown], "--", color=_GREY, linewidth=1.1, label="baseline")
    axes.margins(x=0)
    axes.set_xlabel(words)
    axes.set_ylabel("total magnesium, mmol/L")
    axes.set_title("Plasma")


def plot_fates(comparisons: Mapping[str, Comparison], *, title: str | None = None) -> Figure:
    """Plots several comparisons side by side: where each dose went, and the plasma below.

    Parameters
    ----------
    comparisons : mapping of str to Comparison
        By what to write above each.
    title : str, optional
        Above the figure; the doses of the first in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    columns = range(len(comparisons))
    width = 4.4 * len(comparisons)
    rows: list[Any] = [
        [f"went {i}" for i in columns],
        ["key" for _ in columns],
        [f"plasma {i}" for i in columns],
    ]
    with _styled():
        figure, axes = pyplot.subplot_mosaic(
            rows, figsize=(width, 6.2), layout="constrained", height_ratios=(2.0, 0.5, 2.0)
        )
        for i, (name, comparison) in enumerate(comparisons.items()):
            went, plasma = axes[f"went {i}"], axes[f"plasma {i}"]
            draw_fates(went, comparison)
            draw_plasma_of(plasma, comparison)
            went.set_title(f"{name}: where the dose went")
            plasma.set_title(f"{name}: plasma")
            plasma.sharey(axes["plasma 0"])
            _legend(plasma)
        axes["key"].axis("off")
        handles, labels = axes["went 0"].get_legend_handles_labels()
        axes["key"].legend(handles, labels, loc="upper left", ncols=3, borderaxespad=0.0)
        words = next(iter(comparisons.values())).words
        return _finish(figure, words if title is None else title, width)
