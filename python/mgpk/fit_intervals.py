"""Intervals of the numbers of a fit, from their standard errors and how well those are known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from mgpk import _checks
from mgpk.mixed_inputs import value_of

if TYPE_CHECKING:
    from mgpk.mixed_results import MixedFit

__all__ = ["Interval"]

#: A logarithm that lies so far out stands for no end at all.
_FAR = 500.0


class Interval(NamedTuple):
    """What ``MixedFit.interval`` gives back."""

    low: float
    """Lower end, in the unit of the number."""
    high: float
    """Upper end."""
    degrees_of_freedom: float
    """What the error of the number is known by; infinite where it is taken as known."""


def interval_of(fit: MixedFit, name: str, level: float) -> Interval:
    problem = fit._problem
    word = _checks.text("name", name, "give a number of the fit")
    _checks.known_keys("an interval", [word], problem.names)
    share = _checks.number("level", level, "give a share such as 0.95")
    if not 0 < share < 1:
        _checks.refuse("level must lie between 0 and 1", _checks.shown(share), "such as 0.95")
    if word not in fit.free:
        _checks.refuse(
            "an interval needs a standard error",
            f"{word} stands at a bound of the search",
            "profile it, or widen what holds it",
        )
    k, freedom = problem.names.index(word), fit.degrees_of_freedom[word]
    if k >= problem.omega_begin:
        return _of_spread(fit, k, share)
    if problem.n_fixed <= k and math.isfinite(freedom):
        return _of_error_size(fit.estimates[word], freedom, share)
    transform = ("identity", 0.0, 1.0) if k < problem.n_fixed else ("log", 0.0, 1.0)
    if k < len(problem.parameters):
        transform = problem.parameters[k].transform
    reach = _student(freedom, share) * float(fit._theta_errors[k])
    if math.isinf(fit.standard_errors[word]) or (transform[0] != "identity" and reach > _FAR):
        reach = math.inf
    place = float(fit._theta[k])
    low, high = (value_of(transform, place + side * reach)[0] for side in (-1.0, 1.0))
    return Interval(low, high, freedom)


def _student(freedom: float, share: float) -> float:
    """The quantile of Student's t; of the normal law where the errors are known."""
    from scipy.special import ndtri, stdtrit

    upper = 0.5 + share / 2
    return float(ndtri(upper) if math.isinf(freedom) else stdtrit(freedom, upper))


def _of_error_size(size: float, freedom: float, share: float) -> Interval:
    """That of a standard deviation of which freedom * square / truth is chi-square."""
    from scipy.special import chdtri

    # chdtri inverts the share that lies above.
    low, high = (
        size * math.sqrt(freedom / float(chdtri(freedom, 0.5 - side * share / 2)))
        for side in (1, -1)
    )
    return Interval(low, high, freedom)


def _of_spread(fit: MixedFit, k: int, share: float) -> Interval:
    """A variance by its logarithm, a covariance as it is."""
    name = fit._problem.names[k]
    i, j = fit._problem.model.omega_entries[k - fit._problem.omega_begin]
    value, error = fit.estimates[name], _student(math.inf, share) * fit.standard_errors[name]
    if i != j:
        return Interval(value - error, value + error, math.inf)
    factor = math.exp(error / value) if error / value < _FAR else math.inf
    return Interval(value / factor, value * factor, math.inf)
