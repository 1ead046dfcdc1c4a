"""Sizes of errors by restricted likelihood: what the other numbers took of the data is not counted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mgpk import _checks
from mgpk.mixed_inputs import Array

if TYPE_CHECKING:
    from mgpk.mixed_fitting import Problem
    from mgpk.mixed_results import MixedFit

__all__: list[str] = []

LIKELIHOODS = ("full", "restricted")
#: Below this share of the data that is left to the errors a full likelihood is remarked on.
_FEW_LEFT = 0.9
#: Of the logarithm of an error's size: steps of the differences of ln det.
_STEP = 0.01
#: Newton's steps, the longest of them, and what the objective may still gain at the end.
_MOST_STEPS, _LONGEST, _SETTLED = 30, 0.7, 1e-9


class Restricted(NamedTuple):
    """What a restricted likelihood knows beyond the full one."""

    objective: float
    """-2 ln likelihood + ln det of the information on the fixed effects."""
    freedom: dict[str, float]
    """Degrees of freedom that the error of each number is known by."""


class _Determinant(NamedTuple):
    """The ln det with its slopes along the sizes of the errors, the others following."""

    value: float
    slope: Array
    curvature: Array
    information: Array
    """On the fixed effects."""
    information_slopes: list[Array]


def check_likelihood(problem: Problem, likelihood: object) -> bool:
    """Whether the likelihood is the restricted one; refuses it where it is not defined."""
    word = _checks.one_of("likelihood", likelihood, LIKELIHOODS)
    if word == "full":
        return False
    for there, rule, found in (
        (problem.random, "is of fits without random effects", "random effects"),
        (problem.priors, "is of fits without priors", "priors"),
        (not problem.error_names, "needs an error whose size is estimated", "errors known"),
    ):
        if there:
            _checks.refuse(f"a restricted likelihood {rule}", found, 'give likelihood="full"')
    return True


def note_of_few(problem: Problem, free: list[int]) -> list[str]:
    """What is to be said of a full likelihood where the numbers take much of the data."""
    if problem.random or problem.priors or not problem.error_names:
        return []
    data, p = problem.data, sum(k < problem.n_fixed for k in free)
    columns = getattr(data.observations, "column", None)
    own = ~np.asarray(data.is_mean, dtype=bool)
    if columns is not None:
        named = "".join(problem.error_names)
        own &= np.array([f"({column})" in named for column in columns])
    n = int(own.sum())
    if n <= p or (n - p) / n >= _FEW_LEFT:
        return []
    small = 100 * (1 - math.sqrt((n - p) / n))
    note = (
        f"the sizes of the errors are by full likelihood, which divides by the {n} observations and "
        f"not by the {n - p} that are left after the other numbers: they come out about {small:.0f} % "
        'too small, and intervals too short; likelihood="restricted" counts what is left'
    )
    return [note]


def restricted_fit(fit: MixedFit) -> MixedFit:
    """The fit anew, the sizes of its errors by restricted likelihood."""
    from mgpk.mixed_results import MixedFit

    problem = fit._problem
    model, names = problem.model, problem.names
    free = [names.index(name) for name in fit.free]
    fixed = [k for k in free if k < problem.n_fixed]
    sizes = [k for k in free if problem.n_fixed <= k < problem.omega_begin]
    lost = [name for name in fit.not_identified if names.index(name) in free]
    if lost or not fixed or len(sizes) < len(problem.error_names):
        _checks.refuse(
            "a restricted likelihood needs numbers that the data determine",
            ", ".join(lost or fit.at_bound),
            'fit with likelihood="full" and look at its notes',
            RuntimeError,
        )
    theta, nowhere = fit._theta.copy(), model.start()
    for n in range(1, _MOST_STEPS + 1):
        found = model.evaluate(theta, nowhere, True)
        hessian = model.hessian(theta, nowhere, 1e-3)
        if found["failure"] or not _bends(hessian[np.ix_(fixed, fixed)]):
            break
        determinant = _determinant(problem, theta, _followed(hessian, fixed, sizes), fixed)
        gradient = found["gradient"].copy()
        gradient[sizes] += determinant.slope
        hessian[np.ix_(sizes, sizes)] += determinant.curvature
        if not _bends(hessian[np.ix_(free, free)]):
            break
        step = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        if float(step @ gradient[free]) < _SETTLED:
            objective = float(found["objective"]) + determinant.value
            freedom = _freedom(names, hessian, determinant, fixed, sizes, free)
            restricted = Restricted(objective, freedom)
            end = MixedFit(
                problem, theta, found, hessian, free, fit.n_evaluations + n, restricted
            )
            end.starts = fit.starts
            end.notes += fit.notes[-1:] if fit.starts else []
            return end
        theta[free] -= step * min(1.0, _LONGEST / float(np.abs(step).max()))
    _checks.refuse(
        "the search for the sizes of the errors must settle",
        f"not after {n} steps",
        'estimate fewer numbers, or give likelihood="full"',
        RuntimeError,
    )


def _bends(block: Array) -> bool:
    return bool(np.isfinite(block).all() and np.linalg.eigvalsh(block)[0] > 0)


def _followed(hessian: Array, fixed: list[int], sizes: list[int]) -> Array:
    """How theta moves, a column per size, when that is moved and the fixed effects follow."""
    paths = np.zeros((len(hessian), len(sizes)))
    paths[sizes, range(len(sizes))] = 1.0
    paths[fixed] = -np.linalg.solve(hessian[np.ix_(fixed, fixed)], hessian[np.ix_(fixed, sizes)])
    return paths


def _determinant(problem: Problem, theta: Array, paths: Array, fixed: list[int]) -> _Determinant:
    """By central differences along the paths."""
    block, nowhere = np.ix_(fixed, fixed), problem.model.start()

    def information(move: Array) -> Array:
        found: Array = problem.model.information(theta + _STEP * move, nowhere)[block]
        return found

    def ln_det(move: Array) -> float:
        return float(np.linalg.slogdet(information(move))[1])

    n = paths.shape[1]
    here = information(np.zeros_like(theta))
    up, down = ([information(side * paths[:, j]) for j in range(n)] for side in (1.0, -1.0))
    value = float(np.linalg.slogdet(here)[1])
    over, under = (np.array([np.linalg.slogdet(one)[1] for one in side]) for side in (up, down))
    curvature = np.diag(over - 2 * value + under)
    for j in range(n):
        for k in range(j):
            both = paths[:, j] + paths[:, k]
            mixed = ln_det(both) + ln_det(-both) - over[j] - under[j] - over[k] - under[k]
            curvature[j, k] = curvature[k, j] = mixed / 2 + value
    slopes = [(one - other) / (2 * _STEP) for one, other in zip(up, down, strict=True)]
    return _Determinant(value, (over - under) / (2 * _STEP), curvature / _STEP**2, here, slopes)


def _freedom(
    names: list[str],
    hessian: Array,
    determinant: _Determinant,
    fixed: list[int],
    sizes: list[int],
    free: list[int],
) -> dict[str, float]:
    """Satterthwaite's: twice the square of a variance over the variance of its estimate."""
    inverse = np.linalg.inv(hessian[np.ix_(free, free)] / 2)
    at = [free.index(k) for k in sizes]
    spread = inverse[np.ix_(at, at)]
    # A size is searched by its logarithm; its square has twice that error.
    freedom = {names[k]: 1 / (2 * float(spread[i, i])) for i, k in enumerate(sizes)}
    covariance = np.linalg.inv(determinant.information)
    slopes = np.array(
        [np.diag(-covariance @ one @ covariance) for one in determinant.information_slopes]
    )
    for i, k in enumerate(fixed):
        of_variance = float(slopes[:, i] @ spread @ slopes[:, i])
        variance = float(covariance[i, i])
        freedom[names[k]] = 2 * variance**2 / of_variance if of_variance > 0 else math.inf
    return freedom
