"""From what a mixed-effects search found to numbers in the units of the model, and their errors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mgpk.identifying import loosest_in_words
from mgpk.mixed_inputs import Array, value_of

if TYPE_CHECKING:
    from mgpk.mixed_fitting import Problem

#: A standard error of a logarithm beyond which a number is not known within a factor of fifty.
NOT_IDENTIFIED = 2.0


def estimates_of(problem: Problem, theta: Array, omega: Array) -> dict[str, float]:
    """The numbers of theta in the units of the model, and the entries of omega."""
    found: dict[str, float] = {}
    for k, name in enumerate(problem.names):
        if k < len(problem.parameters):
            found[name] = value_of(problem.parameters[k].transform, theta[k])[0]
        elif k < problem.n_fixed:
            found[name] = float(theta[k])
        elif k < problem.omega_begin:
            found[name] = math.exp(theta[k])
    for i, j in problem.model.omega_entries:
        found[problem.omega_name(i, j)] = float(omega[i, j])
    return found


@dataclass
class Errors:
    """Covariances of theta from the information, and from the sandwich around the scores.

    ``lost`` marks what the data do not determine, ``rank``, ``condition_ratio`` and ``loosest`` are those
    of ``MixedFit``, and ``of_theta`` are standard errors on the scale of the search.
    """

    covariance: Array
    robust: Array
    lost: Array
    rank: int
    condition_ratio: float
    loosest: str

    @property
    def of_theta(self) -> Array:
        errors: Array = np.sqrt(np.diag(self.covariance))
        return errors

    def correlation(self, free: list[int]) -> Array:
        """Of the errors of the numbers that no bound holds."""
        of_theta = self.of_theta
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Array = (self.covariance / np.outer(of_theta, of_theta))[np.ix_(free, free)]
        return found

    def not_identified(self, problem: Problem, free: list[int]) -> list[str]:
        """The names of the numbers that the data do not determine."""
        vague = self.of_theta > NOT_IDENTIFIED
        return [
            problem.names[k] for k in free if self.lost[k] or (_is_log(problem, k) and vague[k])
        ]

    def named(
        self, covariance: Array, names: list[str], slopes: Array, free: list[int]
    ) -> dict[str, float]:
        """Standard errors of the estimates, whose slopes along theta are given."""
        held = np.where(np.isnan(covariance), 0.0, covariance)
        variance = np.einsum("ij,jk,ik->i", slopes, held, slopes)
        errors = {}
        for k, name in enumerate(names):
            error = math.sqrt(max(float(variance[k]), 0.0)) if k in free else math.nan
            errors[name] = math.inf if self.lost[k] else error
        return errors


def errors_of(problem: Problem, hessian: Array, scores: Array, free: list[int]) -> Errors:
    """From the second slopes of the objective and the scores of each person, shape (n theta, n)."""
    n = hessian.shape[0]
    covariance, robust = np.full((n, n), np.nan), np.full((n, n), np.nan)
    lost = np.zeros(n, dtype=bool)
    block = np.ix_(free, free)
    errors = Errors(covariance, robust, lost, rank=0, condition_ratio=math.inf, loosest="")
    if not free:
        return errors
    if not np.isfinite(hessian[block]).all():
        lost[free] = True
        return errors
    size, directions = np.linalg.eigh(hessian[block] / 2)
    bad = size <= 1e-8 * max(size[-1], 1e-300)
    with np.errstate(divide="ignore", invalid="ignore"):
        loose = bad | (1.0 / np.sqrt(np.abs(size)) > NOT_IDENTIFIED)
        inverse = (directions * np.where(bad, 0.0, 1.0 / size)) @ directions.T
    errors.rank = int(size.size - loose.sum())
    errors.condition_ratio = float(size[-1] / size[0]) if size[0] > 0 else math.inf
    names, logs = [problem.names[k] for k in free], [_is_log(problem, k) for k in free]
    errors.loosest = loosest_in_words(names, logs, size, directions)
    inner = scores[free] / 2
    covariance[block] = inverse
    robust[block] = inverse @ (inner @ inner.T) @ inverse
    lost[free] = (directions[:, bad] ** 2).sum(axis=1) > 1e-6
    return errors


def slopes_of(problem: Problem, theta: Array, root: Array) -> Array:
    """Of the estimates along theta; ``root`` is the Cholesky factor of omega."""
    slopes = np.eye(theta.size)
    for k in range(theta.size):
        if k < len(problem.parameters):
            slopes[k, k] = value_of(problem.parameters[k].transform, theta[k])[1]
        elif problem.n_fixed <= k < problem.omega_begin:
            slopes[k, k] = math.exp(theta[k])
    entries, begin = problem.model.omega_entries, problem.omega_begin
    for b, (k, m) in enumerate(entries):
        moved = np.zeros_like(root)
        moved[k, m] = root[k, k] if k == m else 1.0
        change = moved @ root.T + root @ moved.T
        for a, (i, j) in enumerate(entries):
            slopes[begin + a, begin + b] = change[i, j]
    return slopes


def _is_log(problem: Problem, k: int) -> bool:
    """Whether a number of theta is a logarithm or a logit."""
    if k < len(problem.parameters):
        return problem.parameters[k].transform[0] != "identity"
    if k < problem.n_fixed:
        return False
    if k < problem.omega_begin:
        return True
    i, j = problem.model.omega_entries[k - problem.omega_begin]
    return bool(i == j)
