"""What every mixed model is built of, whatever it predicts: designs, checks, where to start."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks
from mgpk.mixed_inputs import Array, Covariate, Parameter, own_names, place, values

if TYPE_CHECKING:
    from mgpk.mixed_fitting import Problem

__all__: list[str] = []


def designs_of(
    data: Any, parameters: list[Parameter], covariates: list[Covariate], offset: list[Array]
) -> list[Array]:
    """The design of each person; effects with a known coefficient are added to the offsets."""
    coefficients = [one.name for one in covariates if not one.fixed]
    n, names = len(parameters), [p.name for p in parameters]
    design = [np.hstack([np.eye(n), np.zeros((n, len(coefficients)))]) for _ in data.people]
    for one in covariates:
        row = names.index(one.parameter)
        for i, x in enumerate(values(one, data)):
            if one.fixed:
                offset[i][row] += one.coefficient * x
            else:
                design[i][row, n + coefficients.index(one.name)] = x
    return design


def check_enough(n_observed: int, n_numbers: int, random: list[int], n_people: int) -> None:
    if n_observed < n_numbers:
        _checks.refuse(
            "a fit needs at least as many observations as numbers to estimate",
            f"{n_observed} for {n_numbers}",
            "estimate fewer",
        )
    if random and n_people < 2:
        _checks.refuse(
            "a spread between people needs people",
            str(n_people),
            "leave random out, or give more people",
        )


def start_of(
    problem: Problem, usual: Mapping[str, float], start_sd: object, start_error: object
) -> Array:
    """Where the search starts; `usual` has the number of each error where nothing was said."""
    first = [place(p.transform, p.start) for p in problem.parameters]
    free = [one.coefficient for one in problem.covariates if not one.fixed]
    errors = {} if start_error is None else _checks.mapping("start_error", start_error, "give one")
    _checks.known_keys("start_error", errors, problem.error_names)
    for name in problem.error_names:
        value = _checks.number(f"the start of {name}", errors.get(name, usual[name]))
        if not value > 0:
            _checks.refuse(f"the start of {name} must be positive", str(value), "or leave it out")
        free.append(math.log(value))
    spreads = {} if start_sd is None else _checks.mapping("start_sd", start_sd, "give one")
    names = [problem.parameters[k].name for k in problem.random]
    spreads = own_names("start_sd", spreads, names)
    _checks.known_keys("start_sd", spreads, names)
    sd = [_checks.number(f"start_sd of {name}", spreads.get(name, 0.3)) for name in names]
    if any(not one > 0 for one in sd):
        _checks.refuse("start_sd must be positive", _checks.shown(min(sd)), "or leave it out")
    omega = problem.model.omega_place(np.diag(np.square(sd))) if sd else np.zeros(0)
    return np.concatenate([first, free, omega])
