"""Figures of isotope studies. Each small function draws on axes of yours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mgpk.plotting import COLORS, _axis, _figure, _finish, _legend, _styled, _time

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mgpk.isotopes import IsotopeMethods, Trace

__all__ = ["draw_enrichment", "draw_lost", "draw_methods", "draw_pools", "plot_trace"]

_POOLS = (
    ("plasma and interstitium", ("plasma", "interstitial")),
    ("cells", ("cells", "red_cells")),
    ("slow pool", ("slow",)),
)


def draw_enrichment(axes: Axes, traced: Trace) -> None:
    """Draws the share that each label has of plasma magnesium.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; percent, on a logarithmic scale, over time in h, or d in long runs.
    traced : Trace
        What to draw.
    """
    time, words = _time(traced)
    for i, name in enumerate(traced.tracers):
        share = 100.0 * traced[f"f_plasma_of_{name}"]
        axes.semilogy(time, np.where(share > 0, share, np.nan), color=COLORS[i], label=name)
    highest = max(float(np.max(traced[f"f_plasma_of_{name}"])) for name in traced.tracers)
    if highest > 0:
        axes.set_ylim(bottom=100.0 * highest * 1e-4)
    _axis(axes, words, "Share of plasma magnesium", "%")
    _legend(axes)


def draw_lost(axes: Axes, traced: Trace) -> None:
    """Draws what of each label is in urine and stool.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; percent of the label given over time in h, or d in long runs.
    traced : Trace
        What to draw.
    """
    time, words = _time(traced)
    for i, name in enumerate(traced.tracers):
        given = float(traced[f"a_given_of_{name}_mmol"][-1])
        for way, line in (("urine", "-"), ("feces", "--")):
            share = 100.0 * traced[f"a_{way}_of_{name}_mmol"] / given if given > 0 else time * 0.0
            word = "stool" if way == "feces" else way
            axes.plot(time, share, line, color=COLORS[i], label=f"{name}, {word}")
    _axis(axes, words, "Lost, cumulative", "% of the label given")
    _legend(axes)


def draw_pools(axes: Axes, traced: Trace, tracer: str) -> None:
    """Draws where in the body one label is.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; percent of the label given over time in h, or d in long runs.
    traced : Trace
        What to draw.
    tracer : str
        Which label.
    """
    time, words = _time(traced)
    given = float(traced[f"a_given_of_{tracer}_mmol"][-1])
    for i, (word, pools) in enumerate(_POOLS):
        held = np.sum([traced[f"a_{pool}_of_{tracer}_mmol"] for pool in pools], axis=0)
        axes.plot(time, 100.0 * held / given, color=COLORS[i + 2], label=word)
    _axis(axes, words, f"Where {tracer} is", "% of the label given")
    _legend(axes)


def draw_methods(axes: Axes, methods: IsotopeMethods) -> None:
    """Draws the fraction absorbed that each method finds, and the truth as a line.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; percent, one line per method and sample.
    methods : IsotopeMethods
        What to draw; pools are left out.
    """
    rows = [row for row in methods if row.unit == "1"]
    words = [
        f"{row.method} {row.to_h:g} h"
        if row.from_h in (0.0, row.to_h) and row.method != "urine"
        else f"{row.method} {row.from_h:g} to {row.to_h:g} h"
        for row in rows
    ]
    places = np.arange(len(rows))[::-1]
    axes.axvline(100.0 * rows[0].truth, color="#777777", linewidth=1.0, label="truth")
    axes.plot([100.0 * row.estimate for row in rows], places, "o", color=COLORS[0], label="found")
    axes.set_yticks(places, words, fontsize=7)
    axes.set_xlabel("absorbed, % of the label by mouth")
    axes.set_title("What each method finds (line: the truth)")
    axes.margins(x=0.1)
    axes.grid(axis="y", linewidth=0.3)


def plot_trace(traced: Trace) -> Figure:
    """Draws where the labels are: plasma, losses, pools and, with two labels, the methods.

    Parameters
    ----------
    traced : Trace
        What to draw.

    Returns
    -------
    matplotlib.figure.Figure
        Three or four panels.
    """
    both = "iv" in traced.tracers and any(n not in ("iv", "food") for n in traced.tracers)
    with _styled():
        figure, axes = _figure(2, 2, 9.0, 7.6)
        draw_enrichment(axes[0], traced)
        draw_lost(axes[1], traced)
        draw_pools(axes[2], traced, traced.tracers[-1])
        if both:
            draw_methods(axes[3], traced.methods(pool_h=[]))
        else:
            axes[3].set_axis_off()
        return _finish(figure, "Labels followed: " + ", ".join(traced.tracers), 9.0)
