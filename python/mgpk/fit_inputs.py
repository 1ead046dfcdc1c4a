"""What a fit is given: observations, bounds and starts, checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.subject import Subject

__all__: list[str] = []

Array = NDArray[np.float64]

START = "start_c_plasma_total_mmol_per_L"
_START_BOUNDS = (0.1, 10.0)


class Observed(NamedTuple):
    """What was measured in one column."""

    times_h: Array
    """Times in h, shape (n,)."""
    values: Array
    """Measured values in the unit of the column, shape (n,)."""
    sd: Array | None
    """Standard deviation of each value in the unit of the column, shape (n,), or None."""


def _column_numbers(column: str, what: str, values: object) -> Array:
    array = np.array(_checks.numbers(f"{what} of {column}", values), dtype=float)
    if array.size == 0:
        _checks.refuse(f"{what} of {column} must not be empty", "empty", "leave the column out")
    for i, value in enumerate(array):
        if not math.isfinite(value):
            _checks.refuse(
                f"{what} of {column} must be finite",
                f"{_checks.shown(value)} at position {i}",
                "leave out what was not measured",
            )
    return array


def _observed(column: str, triple: object) -> Observed:
    if not isinstance(triple, (tuple, list)) or len(triple) != 3:
        _checks.refuse(
            f"observations of {column} must be (times_h, values, sd)",
            _checks.shown(triple),
            "give None for an sd that is not known",
            TypeError,
        )
    times_h = _column_numbers(column, "times_h", triple[0])
    values = _column_numbers(column, "values", triple[1])
    sd = None if triple[2] is None else _column_numbers(column, "sd", triple[2])
    for what, array in (("values", values), ("sd", sd)):
        if array is not None and array.size != times_h.size:
            _checks.refuse(
                f"{what} of {column} must be as many as its times_h",
                f"{array.size} for {times_h.size} times",
                "give one for each time",
            )
    if sd is not None and not (sd > 0).all():
        _checks.refuse(
            f"sd of {column} must be positive", _checks.shown(float(sd.min())), "or give None"
        )
    return Observed(times_h, values, sd)


def observed_of(observations: object) -> dict[str, Observed]:
    given = _checks.mapping("observations", observations, "give {column: (times_h, values, sd)}")
    observed = {column: _observed(column, triple) for column, triple in given.items()}
    if not observed:
        _checks.refuse("a fit needs observations", "none", "give {column: (times_h, values, sd)}")
    without = [column for column, o in observed.items() if o.sd is None]
    if without and len(observed) > 1:
        _checks.refuse(
            "observations of several columns need an sd, or their units would set the weights",
            f"None for {without[0]}",
            "give the sd of each value",
        )
    return observed


def bounds_of(
    keys: list[str], bounds: object, table: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[float, float]]:
    given = {} if bounds is None else _checks.mapping("bounds", bounds, "give {key: (low, high)}")
    _checks.known_keys("bounds", given, keys)
    found = {}
    for key in keys:
        default = _START_BOUNDS if key == START else (table[key]["low"], table[key]["high"])
        pair = _checks.numbers(f"bounds of {key}", given.get(key, default), "give (low, high)")
        if len(pair) != 2 or not all(map(math.isfinite, pair)) or not pair[0] < pair[1]:
            _checks.refuse(
                f"bounds of {key} must be finite and rise",
                " to ".join(_checks.shown(value) for value in pair),
                "give (low, high)",
            )
        found[key] = (pair[0], pair[1])
    return found


def start_of(
    bounds: dict[str, tuple[float, float]],
    start: object,
    subject: Subject,
    own_start_mmol_per_L: float,
) -> dict[str, float]:
    given = {} if start is None else _checks.mapping("start", start, "give {key: value}")
    _checks.known_keys("start", given, bounds)
    found = {}
    for key, (low, high) in bounds.items():
        value = own_start_mmol_per_L if key == START else subject.parameter(key)
        if key in given:
            value = _checks.number(f"start of {key}", given[key])
            if not low <= value <= high:
                _checks.refuse(
                    f"start of {key} must lie within its bounds, {_checks.shown(low)} to "
                    f"{_checks.shown(high)}",
                    _checks.shown(value),
                    "move it or widen the bounds",
                )
        found[key] = value if low < value < high else 0.5 * (low + high)
    return found


def keys_of(parameters: object, table: Mapping[str, Any]) -> list[str]:
    if isinstance(parameters, str) or not isinstance(parameters, Iterable):
        _checks.refuse(
            "parameters must be a list of keys",
            _checks.shown(parameters),
            "put it in [ ]",
            TypeError,
        )
    keys = [_checks.text("parameter", key, "give a key") for key in parameters]
    if not keys:
        _checks.refuse("a fit needs at least one parameter", "none", "name what to estimate")
    for i, key in enumerate(keys):
        if key != START and key not in table:
            _core.cite([key])  # refuses it, with the nearest names
        if key in keys[:i]:
            _checks.refuse("each parameter must come once", f'"{key}" twice', "drop one")
    return keys
