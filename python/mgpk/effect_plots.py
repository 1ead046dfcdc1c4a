"""Figures of effects, the rank in the title of each panel. Each small function draws on your axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mgpk import _core
from mgpk.plotting import COLORS, _axis, _figure, _finish, _legend, _styled, _time

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mgpk.effect_results import RunEffects

__all__ = [
    "draw_csf",
    "draw_glycine",
    "draw_ladder",
    "draw_loose_stool",
    "draw_plasma_rise",
    "draw_relative",
    "draw_stool_mass",
    "plot_effects",
]

_GREY = "#777777"
#: A change of less than this is shown as the small thing that it is, in percent.
_LEAST_RANGE = 5.0
#: Where the ladder of toxicity ends where no level is higher, mmol/L.
_LEAST_LADDER = 4.2


def _title(effects: RunEffects, effect: str, words: str) -> str:
    """What the panel shows, its rank, and whether something is only remembered."""
    row = effects.catalogue[effect]
    flag = ", verify" if row.to_verify else ""
    return f"{words}\n{row.rank_words}{flag}"


def _by_day(axes: Axes, effects: RunEffects, column: str, factor: float) -> None:
    """One step for each whole day; days that are not known are left out."""
    days = effects.days
    values = factor * days[column]
    edges = np.append(0.0, days.time_h) / 24.0
    axes.stairs(values, edges, baseline=None, color=COLORS[0], linewidth=1.6)
    if not len(values) or np.isnan(values).all():
        axes.text(0.5, 0.5, "no whole day", transform=axes.transAxes, ha="center", color=_GREY)


def draw_plasma_rise(axes: Axes, effects: RunEffects) -> None:
    """Draws total and ionized plasma magnesium above the baseline.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    effects : RunEffects
        What to draw.
    """
    time, words = _time(effects)
    axes.plot(time, effects["c_plasma_total_rise_mmol_per_L"], color=COLORS[0], label="total")
    axes.plot(time, effects["c_plasma_ionized_rise_mmol_per_L"], color=COLORS[4], label="ionized")
    title = _title(effects, "plasma_and_urine", "Plasma above baseline")
    _axis(axes, words, title, "magnesium, mmol/L")
    _legend(axes)


def draw_stool_mass(axes: Axes, effects: RunEffects) -> None:
    """Draws stool mass by whole day, of the mean person.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; g/d over days.
    effects : RunEffects
        What to draw.
    """
    _by_day(axes, effects, "stool_mass_g_per_d", 1.0)
    limit = _core.parameter("stool_mass_loose_g_per_d")["value"]
    axes.axhline(limit, color=_GREY, linestyle="--", linewidth=1.0)
    highest = float(np.nanmax(np.append(effects.days["stool_mass_g_per_d"], limit)))
    axes.set_ylim(0.0, 1.2 * highest)
    below = highest > limit  # the words stand where the line is not
    axes.text(
        0.99,
        limit + (-0.02 if below else 0.02) * highest,
        f"counts as loose above {limit:g}",
        color=_GREY,
        fontsize=7,
        va="top" if below else "bottom",
        ha="right",
        transform=axes.get_yaxis_transform(),
    )
    _axis(axes, "time, d", _title(effects, "stool", "Stool mass, mean person"), "g/d")


def draw_loose_stool(axes: Axes, effects: RunEffects) -> None:
    """Draws the share of people above the limit of loose stool by whole day.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; percent of people over days.
    effects : RunEffects
        What to draw.
    """
    _by_day(axes, effects, "f_loose_stool", 100.0)
    axes.set_ylim(0.0, 100.0)
    title = _title(effects, "stool", "Share of people above 200 g/d")
    _axis(axes, "time, d", title, "% of people, not of complaints")


def draw_ladder(axes: Axes, effects: RunEffects) -> None:
    """Draws total plasma magnesium among the bands of toxicity, which overlap.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    effects : RunEffects
        What to draw.
    """
    time, words = _time(effects)
    level = effects.run["c_plasma_total_mmol_per_L"]
    top = max(_LEAST_LADDER, 1.15 * float(np.nanmax(np.append(level, 0.0))))
    for band, low, high in _bands():
        if low < top:
            axes.axhspan(low, min(high, top), color=COLORS[1], alpha=0.12, linewidth=0)
            axes.text(
                0.99,
                low,
                band.replace("_", " "),
                fontsize=7,
                color="#444444",
                va="bottom",
                ha="right",
                transform=axes.get_yaxis_transform(),
            )
    axes.plot(time, level, color=COLORS[0])
    axes.set_ylim(0.0, top)
    title = _title(effects, "toxicity", "Ladder of toxicity: bands overlap")
    _axis(axes, words, title, "total plasma magnesium, mmol/L")


def _bands() -> list[tuple[str, float, float]]:
    """Name, low and high of each band, from the evidence; open ones have no end."""
    found = []
    for name in ("therapeutic", "reflexes_depressed", "reflex_lost", "respiratory"):
        low, high = (
            _core.parameter(f"c_{name}_{end}_mmol_per_L")["value"] for end in ("low", "high")
        )
        found.append((name, low, high))
    for name in ("conduction", "arrest"):
        found.append((name, _core.parameter(f"c_{name}_low_mmol_per_L")["value"], np.inf))
    return found


def draw_csf(axes: Axes, effects: RunEffects) -> None:
    """Draws total and ionized magnesium of the cerebrospinal fluid, from zero.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    effects : RunEffects
        What to draw.
    """
    time, words = _time(effects)
    axes.plot(time, effects["c_csf_total_mmol_per_L"], color=COLORS[0], label="total")
    axes.plot(time, effects["c_csf_ionized_mmol_per_L"], color=COLORS[4], label="ionized")
    axes.set_ylim(bottom=0.0)
    title = _title(effects, "csf", "Cerebrospinal fluid: misses 1 of 4 studies")
    _axis(axes, words, title, "magnesium, mmol/L")
    _legend(axes)


def draw_relative(axes: Axes, effects: RunEffects, column: str, effect: str, words: str) -> None:
    """Draws a quantity relative to the baseline, as a change in percent.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; percent over time in h, or d in long runs.
    effects : RunEffects
        What to draw.
    column : str
        A column that ends in ``_relative``.
    effect : str
        The effect that it belongs to, for the rank.
    words : str
        Above the panel.
    """
    time, axis = _time(effects)
    change: NDArray[np.float64] = 100.0 * (effects[column] - 1.0)
    axes.axhline(0.0, color=_GREY, linewidth=0.6)
    axes.plot(time, change, color=COLORS[0])
    reach = 1.1 * float(np.nanmax(np.append(np.abs(change), 0.0)))
    if reach < _LEAST_RANGE:
        axes.set_ylim(-_LEAST_RANGE, _LEAST_RANGE)
    _axis(axes, axis, _title(effects, effect, words), "change from baseline, %")


def draw_glycine(axes: Axes, effects: RunEffects) -> None:
    """Draws plasma glycine.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; mmol/L over time in h, or d in long runs.
    effects : RunEffects
        What to draw.
    """
    time, words = _time(effects)
    axes.plot(time, effects["c_glycine_mmol_per_L"], color=COLORS[2], linewidth=1.0)
    axes.set_ylim(0.0, 1.1 * float(np.nanmax(np.append(effects["c_glycine_mmol_per_L"], 0.1))))
    _axis(axes, words, _title(effects, "glycine", "Plasma glycine"), "glycine, mmol/L")


def plot_effects(effects: RunEffects, *, title: str | None = None) -> Figure:
    """Plots all computed effects of a run, the rank of each in its title.

    Parameters
    ----------
    effects : RunEffects
        What to plot.
    title : str, optional
        Above the figure; the plan in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    plan = effects.run.plan
    words = "the baseline alone" if plan is None else "; ".join(plan.in_words())
    with _styled():
        figure, axes = _figure(3, 3, 11.0, 9.8)
        draw_plasma_rise(axes[0], effects)
        draw_stool_mass(axes[1], effects)
        draw_loose_stool(axes[2], effects)
        draw_ladder(axes[3], effects)
        draw_csf(axes[4], effects)
        draw_glycine(axes[5], effects)
        draw_relative(axes[6], effects, "nmda_open_relative", "nmda_block", "Open NMDA channels")
        draw_relative(
            axes[7],
            effects,
            "nmj_release_relative",
            "neuromuscular_release",
            "Release at the neuromuscular junction",
        )
        draw_relative(
            axes[8],
            effects,
            "ryr1_release_relative",
            "ryr1_release",
            "RyR1 of muscle: nothing in a run moves it",
        )
        return _finish(figure, words if title is None else title, 11.0)
