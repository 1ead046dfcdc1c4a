"""A search for a minimum between bounds that starts from a good guess of the second slopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from mgpk.mixed_inputs import Array

__all__: list[str] = []

#: How far one step may go, on a scale where 1 is much for any number.
_LONGEST = 1.0
_SHORTEST = 1e-5
#: As long as a step promises more, what earlier steps showed is no better than a new guess.
_FAR = 30.0
#: Below this share of the curvature that was known, what a step shows of it is not believed alone.
_LEAST_BENT = 0.2


class Seen(NamedTuple):
    """What is known at a place."""

    value: float
    slopes: Array
    curvature: Callable[[], Array]
    """Guesses the second slopes, positive definite; asked as long as there is far to go."""


def descend(
    see: Callable[[Array], Seen | None],
    start: Array,
    low: Array,
    high: Array,
    least_gain: float,
    noise: Callable[[float], float],
    budget: int,
) -> tuple[Array, bool]:
    """The lowest place that steps of Newton lead to, and whether nothing more is to be gained there.

    ``see`` says what is known at a place, or None where it cannot be entered. The search ends where a
    step would gain less than ``least_gain``; values that differ by less than ``noise`` of one of them
    are the same.
    """
    here = see(start)
    if here is None:
        return start, False
    x, bent, reach, n = start, here.curvature(), _LONGEST, 1
    while n < budget:
        step, gain = _newton(x, here.slopes, bent, low, high)
        if gain < least_gain:
            return x, True
        step *= min(1.0, reach / float(np.abs(step).max()))
        for share, trial, there in _shares(see, x, here, step, low, high):
            n += 1
            fall = float(here.slopes @ (trial - x))
            if there is not None and there.value <= here.value + 1e-4 * fall + noise(here.value):
                break
            if n >= budget:
                return x, False
        else:
            return x, False
        moved = trial - x
        # Where a step had to be shortened, so would the next.
        reach = min(_LONGEST, (2.0 if share == 1.0 else 1.0) * float(np.abs(moved).max()))
        change = there.slopes - here.slopes
        bent = there.curvature() if gain > _FAR else _learned(bent, moved, change)
        x, here = trial, there
    return x, False


def _shares(
    see: Callable[[Array], Seen | None], x: Array, here: Seen, step: Array, low: Array, high: Array
) -> Iterator[tuple[float, Array, Seen | None]]:
    """Ever shorter shares of a step, and what is seen there."""
    share = 1.0
    while share > _SHORTEST:
        trial = np.clip(x + share * step, low, high)
        there = see(trial)
        yield share, trial, there
        fall = float(here.slopes @ (trial - x))
        share *= 0.25 if there is None else _shorter(here.value, there.value, fall)


def _newton(x: Array, slopes: Array, bent: Array, low: Array, high: Array) -> tuple[Array, float]:
    """The step, and what it promises to gain. Numbers that press against a bound stay there."""
    held = ((x <= low) & (slopes > 0)) | ((x >= high) & (slopes < 0))
    free = np.flatnonzero(~held)
    step = np.zeros(x.size)
    step[free] = -np.linalg.solve(bent[np.ix_(free, free)], slopes[free])
    return step, -0.5 * float(slopes @ step)


def _shorter(value: float, tried: float, fall: float) -> float:
    """The share of a step at which a parabola through what was seen is lowest."""
    bend = tried - value - fall
    return float(np.clip(-fall / (2 * bend), 0.1, 0.5)) if bend > 0 else 0.5


def _learned(bent: Array, step: Array, change: Array) -> Array:
    """The update of Broyden, Fletcher, Goldfarb and Shanno, damped by Powell's rule."""
    seen = bent @ step
    known, told = float(step @ seen), float(step @ change)
    if not known > 0:
        return bent
    if told < _LEAST_BENT * known:
        share = (1 - _LEAST_BENT) * known / (known - told)
        change = share * change + (1 - share) * seen
    return bent - np.outer(seen, seen) / known + np.outer(change, change) / float(step @ change)
