"""Figures of populations and bands. Each small function draws on axes of yours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks
from mgpk.labels import label_and_unit
from mgpk.plotting import COLORS, _axis, _figure, _finish, _legend, _styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mgpk.ensembles import Ensemble
    from mgpk.populations import Population
    from mgpk.uncertainty import Bands

__all__ = ["draw_band", "draw_day", "plot_bands", "plot_population"]


def _time(ensemble: Ensemble) -> tuple[NDArray[np.float64], str]:
    """Times and the words for their axis; days where hours would be many."""
    if ensemble.time_h[-1] > 120:
        return ensemble.time_h / 24.0, "time, d"
    return ensemble.time_h, "time, h"


def _share(low: float, high: float) -> str:
    return f"{100 * low:g} to {100 * high:g} %"


def draw_band(axes: Axes, ensemble: Ensemble, column: str, *, n_single: int = 0) -> None:
    """Draws a column of all members: nested bands between quantiles, the median, single curves.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; the unit of the column over time in h, or d in long runs.
    ensemble : Population or Bands
        What to draw.
    column : str
        A column that was kept.
    n_single : int
        How many members to draw as thin lines, the first so many.
    """
    time, words = _time(ensemble)
    shares = ensemble.quantiles
    band = ensemble.band(column)
    pairs = [(s, t) for s, t in zip(shares, shares[::-1], strict=True) if s < t]
    for i, (low, high) in enumerate(pairs):
        axes.fill_between(
            time,
            band[low],
            band[high],
            color=COLORS[4],
            alpha=0.3 + 0.5 * i / max(1, len(pairs) - 1),
            linewidth=0,
            label=_share(low, high),
        )
    for i, curve in enumerate(ensemble[column][: max(0, n_single)]):
        label = "single members" if i == 0 else None
        axes.plot(time, curve, color="#777777", linewidth=0.4, alpha=0.7, label=label)
    median = ensemble.band(column, quantiles=[0.5])[0.5]
    axes.plot(time, median, color=COLORS[0], label="median")
    label, unit = label_and_unit(column)
    _axis(axes, words, label[:1].upper() + label[1:], unit)


def draw_day(axes: Axes, population: Population, number: str, title: str) -> None:
    """Draws how a number of the usual day is spread, women and men apart.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; people over the number in its unit.
    population : Population
        What to draw.
    number : str
        One of ``population.numbers``.
    title : str
        Above the axes.
    """
    values = population.numbers[number]
    sexes = np.array([subject.sex for subject in population.subjects])
    there = np.isfinite(values)
    edges = np.histogram_bin_edges(values[there], bins=30)
    for sex, color, words in (("female", COLORS[1], "women"), ("male", COLORS[0], "men")):
        own = values[there & (sexes == sex)]
        if len(own):
            axes.hist(own, bins=edges.tolist(), color=color, alpha=0.55, label=words)
    _axis(axes, f"{label_and_unit(number)[0]}, {label_and_unit(number)[1]}", title, "people")
    _legend(axes)


def _columns(ensemble: Ensemble, columns: Iterable[str] | None) -> list[str]:
    if columns is None:
        return ensemble.columns
    if isinstance(columns, str):
        _checks.refuse("columns must be a list", _checks.shown(columns), "name them", TypeError)
    return list(columns)


def _plot_curves(
    ensemble: Ensemble, columns: list[str], n_single: int, title: str, bands: Bands | None = None
) -> Figure:
    if not columns:
        _checks.refuse("a plot needs a column", "an empty list", "name one, or leave columns out")
    n_columns = min(len(columns), 2)
    n_rows = -(-len(columns) // n_columns)
    width = 8.0 if n_columns == 2 else 5.4
    with _styled():
        figure, places = _figure(n_rows, n_columns, width, 3.3 * n_rows + 0.5)
        for place, column in zip(places, columns, strict=False):
            draw_band(place, ensemble, column, n_single=n_single)
            if bands is not None and column in bands.run:
                time = _time(ensemble)[0]
                place.plot(time, bands.run[column], "k--", linewidth=1.0, label="the run itself")
            _legend(place)
        for place in places[len(columns) :]:
            place.remove()
        return _finish(figure, title, width)


@_checks.keywords("write n_single= and the like before the values")
def plot_population(
    population: Population,
    *,
    columns: Iterable[str] | None = None,
    n_single: int = 0,
    title: str | None = None,
) -> Figure:
    """Plots the curves of a population; where nobody was run, plasma and urine of the usual day.

    Parameters
    ----------
    population : Population
        What to plot.
    columns : list of str, optional
        Columns that were kept; all of them unless given.
    n_single : int
        How many people to draw as thin lines as well.
    title : str, optional
        Above the figure; the plan in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    plan = population.plan
    taken = "on their usual diet" if plan is None else "; ".join(plan.in_words())
    words = f"{len(population)} virtual adults: {taken}" if title is None else title
    names = _columns(population, columns)
    if names:
        return _plot_curves(population, names, _checks.count("n_single", n_single), words)
    with _styled():
        figure, (plasma, urine) = _figure(1, 2, 8.0, 3.6)
        draw_day(plasma, population, "c_plasma_total_fasting_mmol_per_L", "Plasma, fasting")
        draw_day(urine, population, "urine_collected_mmol_per_d", "Urine, as collected")
        return _finish(figure, words, 8.0)


@_checks.keywords("write columns= and the like before the values")
def plot_bands(
    bands: Bands,
    *,
    columns: Iterable[str] | None = None,
    n_single: int = 0,
    title: str | None = None,
) -> Figure:
    """Plots each column as a band, with its median and the run itself.

    Parameters
    ----------
    bands : Bands
        What to plot.
    columns : list of str, optional
        Columns that were kept; all of them unless given.
    n_single : int
        How many draws to draw as thin lines as well.
    title : str, optional
        Above the figure; the plan in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    plan = bands.run.plan
    taken = "the baseline alone" if plan is None else "; ".join(plan.in_words())
    words = f"{len(bands)} draws of the constants: {taken}" if title is None else title
    names = _columns(bands, columns)
    return _plot_curves(bands, names, _checks.count("n_single", n_single), words, bands)
