"""The search of mixed fits: it finds known minima, keeps to bounds, and says when it is not there."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from mgpk._quasi_newton import Seen, descend

FREE = np.array([-math.inf, -math.inf]), np.array([math.inf, math.inf])


def valley(x: Any) -> Seen:
    """Rosenbrock's, which bends."""
    a, b = x[1] - x[0] ** 2, 1.0 - x[0]
    slopes = np.array([-4.0 * x[0] * a - 2.0 * b, 2.0 * a])
    return Seen(float(a**2 + b**2), slopes, lambda: 2.0 * np.eye(2))


def search(see: Any, start: Any, bounds: Any = FREE, budget: int = 100) -> tuple[Any, bool]:
    return descend(see, np.array(start), bounds[0], bounds[1], 1e-14, lambda value: 1e-15, budget)


def test_it_follows_a_valley_to_its_end() -> None:
    x, settled = search(valley, [-1.5, 2.0])
    assert settled
    assert x == pytest.approx([1.0, 1.0], abs=1e-6)


def test_a_bound_holds_what_presses_against_it() -> None:
    x, settled = search(valley, [0.2, 0.2], (np.array([-1.0, -1.0]), np.array([0.5, 2.0])))
    assert settled
    assert x == pytest.approx([0.5, 0.25], abs=1e-6)


def test_it_turns_back_from_walls() -> None:
    met = []

    def walled(x: Any) -> Seen | None:
        if x[0] > 1.05 or x[1] < 0.0:
            met.append(x)
            return None
        return valley(x)

    x, settled = search(walled, [-1.0, 0.5])
    assert settled
    assert x == pytest.approx([1.0, 1.0], abs=1e-6)
    assert met
    assert search(walled, [3.0, 3.0])[1] is False


def test_what_is_no_minimum_is_not_called_settled() -> None:
    assert search(valley, [-1.5, 2.0], budget=5)[1] is False
    x, settled = search(lambda x: Seen(float(x @ x), -x, lambda: np.eye(2)), [1.0, 1.0])
    assert not settled
    assert x == pytest.approx([1.0, 1.0])
