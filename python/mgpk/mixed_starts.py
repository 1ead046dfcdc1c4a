"""Searches from several places, and says how many of them end at the same one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mgpk import _checks
from mgpk._mixed_search import search
from mgpk.mixed_fitting import Problem
from mgpk.mixed_inputs import Array, value_of
from mgpk.mixed_results import MixedFit

__all__: list[str] = []

#: How far from the given start others are drawn: a factor of five either way.
_FACTOR = math.log(5.0)
#: Two searches end at the same place when the objective and the numbers agree this far.
_SAME_OBJECTIVE = 0.05
_SAME_ERRORS = 0.2


def search_from(
    problem: Problem, theta: Array, budget: int, starts: object, seed: object, callback: Any
) -> MixedFit:
    """The best of so many searches; the first starts where the user says."""
    n, named = _checks.count("starts", starts), _checks.count("starts_seed", seed)
    if n < 1 or named < 0:
        _checks.refuse(
            "starts must be at least 1 and starts_seed 0", f"{n} and {named}", "raise them"
        )
    if n == 1:
        return search(problem, theta, budget, callback)
    places = [theta, *_drawn(problem, theta, n - 1, named)]
    found: list[MixedFit | str] = []
    failures: list[Exception] = []
    for i, place in enumerate(places):
        if problem.model.evaluate(place, problem.model.start(), False)["failure"]:
            found.append("no likelihood there")
            continue
        try:
            found.append(search(problem, place, budget, _part(callback, i, n)))
        except RuntimeError as error:
            found.append("did not settle")
            failures.append(error)
    fits = [one for one in found if isinstance(one, MixedFit)]
    if not fits:
        raise failures[0]
    best = min(fits, key=lambda one: one.objective)
    best.starts = [_row(problem, best, place, one) for place, one in zip(places, found, strict=True)]
    best.notes.append(_in_words(best.starts, n))
    return best


def _part(callback: Any, i: int, n: int) -> Any:
    return None if callback is None else lambda share: callback((i + share) / n)


def _drawn(problem: Problem, theta: Array, n: int, seed: int) -> list[Array]:
    """Starts between the bounds of parameters that have any, else a factor around the given one."""
    rng = np.random.default_rng(seed)
    places = []
    for _ in range(n):
        place = theta.copy()
        for k in range(problem.n_fixed):
            draw = float(rng.uniform(-1.0, 1.0))
            kind = problem.parameters[k].transform[0] if k < len(problem.parameters) else "identity"
            if kind == "logit":
                share = 0.5 + 0.45 * draw
                place[k] = math.log(share / (1.0 - share))
            elif kind == "log":
                place[k] += _FACTOR * draw
            else:
                place[k] += max(abs(theta[k]), 0.5) * draw
        # Far from the data a small error would make a wall of the likelihood.
        place[problem.n_fixed : problem.omega_begin] += _FACTOR
        places.append(place)
    return places


def _row(problem: Problem, best: MixedFit, place: Array, one: MixedFit | str) -> dict[str, Any]:
    row: dict[str, Any] = {
        p.name: value_of(p.transform, float(place[k]))[0] for k, p in enumerate(problem.parameters)
    }
    if isinstance(one, str):
        return {**row, "objective": math.nan, "end": one}
    if one.objective > best.objective + _SAME_OBJECTIVE:
        return {**row, "objective": one.objective, "end": "a higher place"}
    errors = best._theta_errors
    known = np.isfinite(errors) & (errors > 0)
    apart = np.abs(one._theta - best._theta)[known] / errors[known]
    lost = [problem.names.index(name) for name in best.not_identified]
    moved = np.abs(one._theta - best._theta)[lost]
    same = (not apart.size or apart.max() < _SAME_ERRORS) and (not moved.size or moved.max() < 0.2)
    return {
        **row,
        "objective": one.objective,
        "end": "the same place" if same else "as good, elsewhere",
    }


def _in_words(starts: list[dict[str, Any]], n: int) -> str:
    ends = [row["end"] for row in starts]
    same = ends.count("the same place")
    words = f"{same} of {n} starts ended at the same place"
    others = [
        f"{ends.count(end)} {words_for}"
        for end, words_for in (
            ("as good, elsewhere", "elsewhere with the same objective: the data do not choose"),
            ("a higher place", "at a higher one"),
            ("did not settle", "did not settle"),
            ("no likelihood there", "had no likelihood where they started"),
        )
        if end in ends
    ]
    return "; ".join([words, *others])
