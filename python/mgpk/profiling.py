"""How far a number can be moved before the data object: the profile of the likelihood."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mgpk import _checks
from mgpk.mixed_inputs import Array, value_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure

    from mgpk import _core
    from mgpk.mixed_results import MixedFit

__all__ = ["Profile"]

#: Points on each side of the estimate within the interval, and the most that are ever tried.
_STEPS = 4
_MOST_POINTS = 24
#: How often a step that ends where there is no likelihood is shortened.
_MOST_WALLS = 1
#: How far a number is moved: a factor of a thousand, or as much on other scales.
_REACH = math.log(1000.0)
#: The root of the rise is met this closely at the ends of the interval.
_CLOSE = 0.01
#: The farthest that one unit of the inner search goes where the data say nothing.
_LONGEST = 2.0


class Profile(NamedTuple):
    """What ``MixedFit.profile`` gives back: an interval that assumes no symmetry."""

    name: str
    """The number that was moved."""
    estimate: float
    """Where the fit has it."""
    level: float
    """Of the interval, a fraction."""
    low: float
    """Lower end. Where the data set none: zero for a positive number, the bound of one between
    bounds, else minus infinity."""
    high: float
    """Upper end. Where the data set none: infinity, or the bound."""
    has_low: bool
    """Whether the data set the lower end."""
    has_high: bool
    """Whether the data set the upper end."""
    values: Array
    """The number at each point, rising, shape (n,)."""
    rises: Array
    """How far the objective stands above its minimum when all other numbers were estimated anew,
    shape (n,)."""
    threshold: float
    """The rise at the ends of the interval: the quantile of chi-square with one degree of freedom."""
    others: dict[str, Array]
    """The other numbers of the model and its error at each point, shape (n,)."""
    notes: list[str]
    """What is to be said of it, in plain sentences."""

    @property
    def in_words(self) -> str:
        """The estimate with its interval, and which end the data leave open."""
        ends = f"{self.low:.4g} to {self.high:.4g}"
        if not self.has_low and not self.has_high:
            ends = "open at both ends"
        elif not self.has_high:
            ends = f"{self.low:.4g} or more"
        elif not self.has_low:
            ends = f"{self.high:.4g} or less"
        return f"{self.name} = {self.estimate:.4g}, {100 * self.level:g} %: {ends}"

    def plot(self, **options: Any) -> Figure | SubFigure:
        """The rise of the objective over the number.

        Parameters
        ----------
        **options
            As in ``mgpk.fit_plots.plot_profile``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk.profile_plots import plot_profile

        return plot_profile(self, **options)

    def __repr__(self) -> str:
        return "\n".join([f"<Profile: {self.in_words}", *(f"  {n}" for n in self.notes)]) + ">"


class _Point(NamedTuple):
    x: float
    theta: Array
    here: _core.RandomEffects
    rise: float

    @property
    def root(self) -> float:
        return math.sqrt(max(self.rise, 0.0))


class _Inner:
    """The other numbers, estimated anew with one held."""

    def __init__(self, fit: MixedFit, k: int) -> None:
        self.model, self.k = fit._problem.model, k
        self.rest = [i for i in range(fit._theta.size) if i != k and fit._problem.names[i] in fit.free]
        self.objective = fit.objective
        half = fit._hessian[np.ix_(self.rest, self.rest)] / 2
        if not np.isfinite(half).all():
            half = np.eye(len(self.rest))
        size, directions = np.linalg.eigh(half) if self.rest else (np.zeros(0), np.zeros((0, 0)))
        # In these directions the objective is round, whatever the units and the correlations.
        self.spread = directions / np.sqrt(np.maximum(size, 1.0 / _LONGEST**2))
        along = fit._hessian[self.rest, k] / 2
        with np.errstate(invalid="ignore"):
            follow = -self.spread @ (self.spread.T @ along)
        #: How the others move, to first order, when the one is moved by 1.
        self.follow = np.where(np.isfinite(follow), follow, 0.0)

    def at(self, x: float, near: _Point) -> _Point | None:
        """The lowest objective with the number at x; None where there is no likelihood."""
        from scipy.optimize import minimize

        first = near.theta.copy()
        first[self.k] = x
        moved = first.copy()
        moved[self.rest] += self.follow * (x - near.x)
        begin: Array | None = None
        best: dict[str, Any] = {"f": math.inf, "here": near.here, "theta": first}
        for theta in (moved, first):
            found = self.model.evaluate(theta, near.here, False)
            if not found["failure"] and found["objective"] < best["f"]:
                begin = theta
                best = {"f": found["objective"], "here": found["here"], "theta": theta}
        if begin is None:
            return None
        origin, held = begin, begin[self.rest]

        def objective(y: Array) -> tuple[float, Array]:
            theta = origin.copy()
            theta[self.rest] = held + self.spread @ y
            found = self.model.evaluate(theta, best["here"], True)
            if found["failure"]:
                return best["f"] + 1e3, np.zeros(y.size)
            if found["objective"] < best["f"]:
                best.update(f=found["objective"], here=found["here"], theta=theta)
            return found["objective"], self.spread.T @ found["gradient"][self.rest]

        if self.rest:
            # In round directions a slope of g is worth at most g^2 / 4 of the objective.
            minimize(
                objective,
                np.zeros(len(self.rest)),
                jac=True,
                method="L-BFGS-B",
                options={"maxfun": 80, "gtol": 2e-2, "ftol": 1e-10},
            )
        return _Point(x, best["theta"], best["here"], best["f"] - self.objective)


def profile_of(fit: MixedFit, name: str, level: float) -> Profile:
    if fit.likelihood != "full":
        _checks.refuse(
            "a profile is of the full likelihood",
            f"a fit by the {fit.likelihood} one",
            'take its interval(name), or fit with likelihood="full"',
        )
    k = _place(fit, name)
    share = _checks.number("level", level, "give a share such as 0.95")
    if not 0 < share < 1:
        _checks.refuse("level must lie between 0 and 1", _checks.shown(share), "such as 0.95")
    z = NormalDist().inv_cdf(0.5 + share / 2)
    inner = _Inner(fit, k)
    start = _Point(float(fit._theta[k]), fit._theta, fit._here, 0.0)
    first = _first_step(fit, k, z)
    below, low = _side(inner, start, -first, z, _limit(fit, k, -1))
    above, high = _side(inner, start, first, z, _limit(fit, k, 1))
    points = sorted([*below, start, *above], key=lambda point: point.x)
    to_value = _scale(fit, k)
    open_low, open_high = _open_ends(fit, k)
    shown = [i for i in range(fit._problem.omega_begin) if i != k]
    return Profile(
        name=name,
        estimate=fit.estimates[name],
        level=share,
        low=open_low if low is None else to_value(low),
        high=open_high if high is None else to_value(high),
        has_low=low is not None,
        has_high=high is not None,
        values=np.array([to_value(point.x) for point in points]),
        rises=np.array([point.rise for point in points]),
        threshold=z * z,
        others={
            fit._problem.names[i]: np.array([_scale(fit, i)(p.theta[i]) for p in points])
            for i in shown
        },
        notes=_notes(fit, name, points, low, high),
    )


def _place(fit: MixedFit, name: object) -> int:
    problem = fit._problem
    word = _checks.text("name", name, "give a number of the fit")
    _checks.known_keys("a profile", [word], problem.names)
    k = problem.names.index(word)
    if k >= problem.omega_begin:
        i, j = problem.model.omega_entries[k - problem.omega_begin]
        mixed = i != j or any(a == i and b != i for a, b in problem.model.omega_entries)
        if mixed:
            _checks.refuse(
                "a profile is of a number that the search moves by itself",
                f"{word}, which comes out of several",
                "put the parameter first in its tuple of random, or outside of it",
            )
    return k


def _scale(fit: MixedFit, k: int) -> Callable[[float], float]:
    """From the scale of the search to the value of number k."""
    problem = fit._problem
    if k < len(problem.parameters):
        transform = problem.parameters[k].transform
        return lambda x: value_of(transform, x)[0]
    if k < problem.n_fixed:
        return lambda x: float(x)
    power = 1.0 if k < problem.omega_begin else 2.0
    return lambda x: math.exp(power * x)


def _kind(fit: MixedFit, k: int) -> tuple[str, float, float]:
    problem = fit._problem
    if k < len(problem.parameters):
        return problem.parameters[k].transform
    return ("identity", 0.0, 1.0) if k < problem.n_fixed else ("log", 0.0, 1.0)


def _open_ends(fit: MixedFit, k: int) -> tuple[float, float]:
    kind, low, high = _kind(fit, k)
    if kind == "logit":
        return low, high
    return (0.0 if kind == "log" else -math.inf), math.inf


def _first_step(fit: MixedFit, k: int, z: float) -> float:
    """Towards a quarter of the interval, as far as the curvature tells."""
    error = fit._theta_errors[k]
    usual = error if math.isfinite(error) and error > 0 else 1.0
    longest = math.inf if _kind(fit, k)[0] == "identity" else 1.0
    return z * min(usual, longest) / _STEPS


def _limit(fit: MixedFit, k: int, sign: int) -> float:
    """How far the search may go on a side."""
    reach = _REACH
    if _kind(fit, k)[0] == "identity":
        error = fit._theta_errors[k]
        reach = 1000 * error if math.isfinite(error) and error > 0 else 1000.0
    return float(fit._theta[k]) + sign * reach


def _side(
    inner: _Inner, start: _Point, step: float, z: float, limit: float
) -> tuple[list[_Point], float | None]:
    """Points on one side, and where the objective has risen enough; None where it never does."""
    points: list[_Point] = []
    last, walls = start, 0
    sign = math.copysign(1.0, step)
    while len(points) < _MOST_POINTS and sign * (limit - last.x) > 1e-9:
        x = last.x + step
        point = inner.at(x if sign * (limit - x) > 0 else limit, last)
        if point is None:
            # A wall: nearer, as long as that is worth a look.
            step, walls = step / 4, walls + 1
            if walls > _MOST_WALLS:
                break
            continue
        points.append(point)
        if point.root >= z:
            points, end = _ended(inner, last, point, points, z)
            return _filled(inner, start, points, z), end
        slope = (point.root - last.root) / abs(point.x - last.x)
        wanted = z / _STEPS / max(slope, 1e-9)
        longest = abs(step) if walls else 3 * abs(step)
        step = sign * min(max(wanted, abs(step) / 3), longest)
        last = point
    return _filled(inner, start, points, z), None


def _filled(inner: _Inner, start: _Point, points: list[_Point], z: float) -> list[_Point]:
    """More points where the root rises much from one to the next: a first step may be too long."""
    for _ in range(2):
        row = sorted([start, *points], key=lambda point: abs(point.x - start.x))
        for one, other in zip(row, row[1:], strict=False):
            if one.root < z and other.root - one.root > 0.4 * z:
                point = inner.at((one.x + other.x) / 2, one)
                points += [] if point is None else [point]
    return points


def _ended(
    inner: _Inner, inside: _Point, outside: _Point, points: list[_Point], z: float
) -> tuple[list[_Point], float | None]:
    """Where between two points the root of the rise is z."""
    for _ in range(6):
        gap = outside.root - inside.root
        x = inside.x + (z - inside.root) / gap * (outside.x - inside.x)
        if abs(outside.x - inside.x) < 1e-6 or min(abs(outside.root - z), abs(inside.root - z)) < _CLOSE:
            return points, x
        point = inner.at(x, inside)
        if point is None:
            return points, x
        points.append(point)
        inside, outside = (point, outside) if point.root < z else (inside, point)
    return points, x


def _notes(
    fit: MixedFit, name: str, points: list[_Point], low: float | None, high: float | None
) -> list[str]:
    notes = []
    for end, words in ((low, "lower"), (high, "upper")):
        if end is None:
            side = points[0] if words == "lower" else points[-1]
            k = fit._problem.names.index(name)
            notes.append(
                f"the data set no {words} end for {name}: at {_scale(fit, k)(side.x):.3g} the "
                f"objective has risen by {max(side.rise, 0.0):.2g}"
            )
            if abs(side.x - _limit(fit, k, -1 if words == "lower" else 1)) > 1e-6:
                notes[-1] += ", and further out the model cannot be solved or was not asked"
    if low is None and high is None:
        notes.append(f"{name} is not identified by these data")
    lowest = min(point.rise for point in points)
    if lowest < -0.01:
        notes.append(
            f"the fit did not stand at the lowest place: along {name} the objective is {-lowest:.3g} "
            "lower elsewhere; fit again with starts="
        )
    if name in fit.at_bound:
        notes.append(f"{name} stands at a bound of the search, so that one side is cut off")
    if fit._problem.has_priors:
        notes.append("the objective includes the priors")
    return notes
