"""The search of a mixed model for its minimum, and the second slopes there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks
from mgpk._quasi_newton import Seen, descend
from mgpk.mixed_inputs import Array, value_of
from mgpk.mixed_results import MixedFit

if TYPE_CHECKING:
    from mgpk.mixed_fitting import Problem

__all__: list[str] = []

#: How far the search may go from its start: a factor of a thousand, or as much on other scales.
_REACH = math.log(1000.0)
#: Where a standard deviation between people counts as zero, on the scale of the search.
_NO_SPREAD = math.log(1e-3)
_MOST_SPREAD = math.log(10.0)
#: Below this the relative tolerance of the search is coarse for the objective itself.
_SMALL_SCALE = 1e-5
#: What a step of the search must promise to gain of the objective, unless predictions are less exact.
_CLOSE = 1e-8


def _bounds(problem: Problem, theta: Array) -> list[tuple[float | None, float | None]]:
    bounds: list[tuple[float | None, float | None]] = []
    for k, parameter in enumerate(problem.parameters):
        kind = parameter.transform[0]
        reach = _REACH if kind == "log" else 12.0
        bounds.append((None, None) if kind == "identity" else (theta[k] - reach, theta[k] + reach))
    bounds += [(None, None)] * len(problem.coefficients)
    for k in range(problem.n_fixed, problem.omega_begin):
        bounds.append((theta[k] - 3 * _REACH, theta[k] + _REACH))
    for at, (i, j) in enumerate(problem.model.omega_entries, problem.omega_begin):
        # On other scales than the logarithm a spread has the unit of its parameter.
        identity = problem.parameters[problem.random[i]].transform[0] == "identity"
        unit = theta[at] if identity else 0.0
        bounds.append((unit + _NO_SPREAD, unit + _MOST_SPREAD) if i == j else (None, None))
    return bounds


class _Views:
    """The evaluations of a search; each starts from the random effects of the best one so far.

    Where predictions are those of a solver they cost most, and slopes are taken from half of them,
    with an error below what the search looks at. At its end they are exact.
    """

    def __init__(self, problem: Problem, budget: int, callback: Any) -> None:
        self.problem, self.budget, self.callback = problem, budget, callback
        self.start: Any = problem.model.start()
        self.is_exact = problem.prediction_error_relative == 0.0
        self.n = 0
        self.best: dict[str, Any] = {"objective": math.inf}
        self._best_place = np.zeros(0)

    def at(self, x: Array) -> dict[str, Any]:
        """With slopes; of the best place what is known already."""
        if np.array_equal(x, self._best_place):
            return self.best
        self.n += 1
        if self.callback is not None:
            self.callback(min(1.0, self.n / self.budget))
        found: dict[str, Any] = self.problem.model.evaluate(x, self.start, True, self.is_exact)
        if not found["failure"] and found["objective"] < self.best["objective"]:
            self.best, self._best_place, self.start = found, x.copy(), found["here"]
        return found

    def see(self, x: Array) -> Seen | None:
        found = self.at(x)
        if found["failure"]:
            return None
        return Seen(
            found["objective"],
            found["gradient"],
            lambda: _guess(self.problem, x, found),
        )


def _guess(problem: Problem, x: Array, found: dict[str, Any]) -> Array:
    """Of the second slopes, from first ones: the scatter of people's own around their mean (Berndt,
    Hall, Hall and Hausman, but for the mean, which is no scatter), or of pooled data the expected
    information. What neither knows of bends a little."""
    slopes = found["gradient_by_person"]
    slopes = slopes - slopes.mean(axis=1, keepdims=True)
    if problem.random:
        bent = 0.5 * slopes @ slopes.T
    else:
        bent = 2.0 * problem.model.information(x, found["here"])
    for k, by_log, _, sd in problem.priors:
        value, slope = float(x[k]), 1.0
        if k < len(problem.parameters):
            value, slope = value_of(problem.parameters[k].transform, value)
        bent[k, k] += 2.0 * (slope / (value * sd if by_log else sd)) ** 2
    size = np.diag(bent)
    guess: Array = bent + np.diag(0.01 * size + 1e-4 * max(float(size.max()), 1e-6))
    return guess


def search(problem: Problem, theta: Array, budget: int, callback: Any) -> MixedFit:
    views = _Views(problem, budget, callback)
    bounds = _bounds(problem, theta)
    place, settled = descend(
        views.see,
        theta,
        np.array([-math.inf if low is None else low for low, _ in bounds]),
        np.array([math.inf if high is None else high for _, high in bounds]),
        least_gain=max(_CLOSE, 10 * problem.prediction_error_relative),
        noise=problem.noise,
        budget=budget,
    )
    if not settled:
        place = _slowly(problem, views, place, bounds)
    x = _without_spread(problem, views, place)
    free = _free(problem, x, bounds)
    x, found, hessian = _polished(views, x, free)
    _check_end(problem, found, hessian, free)
    return MixedFit(problem, x, found, hessian, free, views.n)


def _slowly(
    problem: Problem,
    views: _Views,
    place: Array,
    bounds: list[tuple[float | None, float | None]],
) -> Array:
    """By L-BFGS-B of SciPy, which asks less of slopes and second slopes, and takes longer."""
    from scipy.optimize import minimize

    scale = 1.0

    def objective(x: Array) -> tuple[float, Array]:
        found = views.at(x)
        if found["failure"]:
            # A wall: the search turns back and looks nearer.
            return scale * (views.best["objective"] + 1e3), np.zeros(x.size)
        return scale * found["objective"], scale * found["gradient"]

    while True:
        # The first step of the search goes as far as the slope is large: no further than a third.
        first = views.at(place)["gradient"]
        scale = 1.0 / max(3.0 * float(np.abs(first).max()), 1e-3)
        left = max(1, views.budget - views.n)
        solution = minimize(
            objective,
            place,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={
                "maxfun": left,
                "maxiter": left,
                "ftol": max(1e-13, 0.1 * problem.prediction_error_relative),
                "gtol": 1e-5 * scale,
                "maxls": 40,
            },
        )
        # From a wall the scale is so small that the search ends early: again, from where it came to.
        if solution.status == 1 or scale > _SMALL_SCALE or np.array_equal(solution.x, place):
            break
        place = solution.x
    if solution.status == 1:
        _checks.refuse(
            "the search must end within max_evaluations",
            f"not settled after {views.n}",
            "raise max_evaluations, or estimate fewer numbers",
            RuntimeError,
        )
    end: Array = solution.x
    return end


def _check_end(problem: Problem, found: dict[str, Any], hessian: Array, free: list[int]) -> None:
    """Refuses to report a place that is no minimum."""
    slopes = found["gradient"][free]
    curvature = np.abs(np.diag(hessian))[free]
    # What one number alone could still gain; where nothing bends the data do not determine it.
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = np.where(curvature > 1e-6, slopes**2 / (2 * curvature), 0.0)
    if gains.size and not gains.max() < 0.1:
        _checks.refuse(
            "the search must end at a minimum of the objective",
            f"still falling along {problem.names[free[int(gains.argmax())]]}",
            "start the model nearer, or estimate fewer numbers",
            RuntimeError,
        )


def _without_spread(problem: Problem, views: _Views, x: Array) -> Array:
    """A spread that the data do not show ends at zero, not at a number that happens to be small."""
    entries = problem.model.omega_entries
    now = views.at(x)["objective"]
    for k, (i, j) in enumerate(entries):
        alone = sum(i in entry for entry in entries) == 1
        at = problem.omega_begin + k
        if i != j or not alone or x[at] > math.log(0.05):
            continue
        none = x.copy()
        none[at] = _NO_SPREAD
        found = problem.model.evaluate(none, views.start, False)
        if not found["failure"] and found["objective"] <= now + 0.01:
            x, now, views.start = none, found["objective"], found["here"]
    return x


def _free(problem: Problem, x: Array, bounds: list[tuple[float | None, float | None]]) -> list[int]:
    """The numbers of theta that no bound holds."""
    return [
        k
        for k, (low, high) in enumerate(bounds)
        if (low is None or x[k] > low + 1e-6) and (high is None or x[k] < high - 1e-6)
    ]


def _polished(views: _Views, x: Array, free: list[int]) -> tuple[Array, dict[str, Any], Array]:
    """Newton's steps from where the search ended; what is seen there, and the second slopes."""
    model, noise = views.problem.model, views.problem.noise
    found = views.at(x)
    if not views.is_exact:
        found = model.evaluate(x, found["here"], True)
    hessian = model.hessian(x, found["here"], 1e-3)
    for _ in range(3):
        inner = hessian[np.ix_(free, free)]
        if not free or not np.isfinite(inner).all() or np.linalg.eigvalsh(inner)[0] <= 0:
            break
        step = np.linalg.solve(inner, found["gradient"][free])
        if np.abs(step).max() < 1e-6:
            break
        moved = x.copy()
        moved[free] -= step
        after = model.evaluate(moved, found["here"], True)
        if after["failure"] or not after["objective"] < found["objective"] + noise(
            found["objective"]
        ):
            break
        x, found = moved, after
        if np.abs(step).max() > 0.02:
            hessian = model.hessian(x, found["here"], 1e-3)
    return x, found, hessian
