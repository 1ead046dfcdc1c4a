"""Figures of likelihood profiles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from mgpk import _checks
from mgpk._fit_axes import GREY, WIDTH, logarithmic, on
from mgpk.labels import unit_of
from mgpk.mixed_inputs import Array
from mgpk.plotting import COLORS, _axis, _figure, _finish, _legend, _styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from mgpk.mixed_results import MixedFit
    from mgpk.profiling import Profile

__all__ = ["plot_profile", "plot_profiles"]


def plot_profile(profile: Profile, *, axes: Axes | None = None) -> Figure | SubFigure:
    """Plots how the objective rises as a number is moved, with the ends of the interval.

    Parameters
    ----------
    profile : Profile
        What to plot.
    axes : matplotlib.axes.Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    matplotlib.figure.Figure
        That of the axes; not yet shown or saved.
    """

    def draw(place: Axes) -> None:
        values, rises = profile.values, profile.rises
        x, y = _smooth(values, rises)
        seen = y <= 1.7 * profile.threshold
        place.plot(x[seen], y[seen], color=COLORS[0])
        low = rises <= 1.7 * profile.threshold
        place.plot(
            values[low], rises[low], "o", color=COLORS[0], markersize=3.5, label="others re-estimated"
        )
        words = f"{100 * profile.level:g} %: {profile.threshold:.2f}"
        place.axhline(profile.threshold, color=GREY, linestyle=":", linewidth=1.0, label=words)
        place.axvline(profile.estimate, color=GREY, linewidth=0.8)
        ends = [x for x, has in zip(profile[3:5], profile[5:7], strict=True) if has]
        for i, end in enumerate(ends):
            label = "ends" if i == 0 else None
            place.axvline(end, color=COLORS[1], linestyle="--", linewidth=1.0, label=label)
        if x[seen][0] > 0 and x[seen][-1] > 10 * x[seen][0]:
            logarithmic(place, "x")
        else:
            place.locator_params(axis="x", nbins=6)
        place.set_ylim(min(0.0, float(rises.min())), 1.6 * profile.threshold)
        unit = _unit(profile.name)
        title = profile.name if len(ends) == 2 else f"{profile.name}: {_open(profile)}"
        _axis(place, f"{profile.name}{unit}", title, "rise of the objective")
        place.margins(x=0.03)
        _legend(place)

    return on(axes, draw)


def _open(profile: Profile) -> str:
    if profile.has_low:
        return "no upper end"
    return "no lower end" if profile.has_high else "not identified"


def _unit(name: str) -> str:
    """The unit that a number of a fit is named with; none of variances and shares of an error."""
    if "(" in name or "~" in name or name.startswith("error_"):
        return ""
    volume = name.endswith("_L") and not name.endswith("_per_L")
    unit = "L" if volume else unit_of(name)
    return "" if unit == "1" else f", {unit}"


def _smooth(values: Array, rises: Array) -> tuple[Array, Array]:
    """Through the points without overshooting, in the signed root, in which a profile is straight."""
    from scipy.interpolate import PchipInterpolator

    apart = np.concatenate([[True], np.diff(values) > 1e-12 * np.abs(values[1:])])
    x, y = values[apart], np.maximum(rises[apart], 0.0)
    if x.size < 3:
        return x, y
    lowest = int(y.argmin())
    root = np.where(np.arange(x.size) < lowest, -1.0, 1.0) * np.sqrt(y)
    at = np.log(x) if x[0] > 0 else x
    fine = np.unique(np.concatenate([np.linspace(at[0], at[-1], 200), at]))
    there = PchipInterpolator(at, root)(fine) ** 2
    return (np.exp(fine) if x[0] > 0 else fine), there


@_checks.keywords("write names= and the like before the values")
def plot_profiles(
    fit: MixedFit,
    *,
    names: Iterable[str] | None = None,
    level: float = 0.95,
    title: str | None = None,
) -> Figure:
    """Plots the profiles of several numbers beside each other.

    Parameters
    ----------
    fit : MixedFit
        What to plot.
    names : list of str, optional
        Numbers of the fit; its parameters unless given.
    level : float
        Of the intervals, a fraction.
    title : str, optional
        Above the figure; the intervals in words unless given.

    Returns
    -------
    matplotlib.figure.Figure
        Not yet shown or saved.
    """
    if isinstance(names, str):
        _checks.refuse("names must be a list", _checks.shown(names), "put it in [ ]", TypeError)
    chosen = [p.name for p in fit._problem.parameters] if names is None else list(names)
    if not chosen:
        _checks.refuse("a plot needs a number", "an empty list", "name one, or leave names out")
    profiles = [fit.profile(name, level=level) for name in chosen]
    n_columns = min(3, len(chosen))
    n_rows = math.ceil(len(chosen) / n_columns)
    width = max(3.6 * n_columns, WIDTH)
    with _styled():
        figure, places = _figure(n_rows, n_columns, width, 3.6 * n_rows + 0.5)
        for place, profile in zip(places, profiles, strict=False):
            plot_profile(profile, axes=place)
        for place in places[len(profiles) :]:
            place.remove()
        words = "; ".join(profile.in_words for profile in profiles)
        return _finish(figure, words if title is None else title, width)
