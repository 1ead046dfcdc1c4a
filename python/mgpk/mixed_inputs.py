"""What a mixed-effects fit is given: observations, parameters, random effects, covariates, checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks
from mgpk._classic_model import Model
from mgpk._classic_predictions import data_set_of
from mgpk.dataset import Dataset, Observations

__all__: list[str] = []

Array = NDArray[np.float64]

#: The numbers of each error, as its estimates are called.
ERROR_NUMBERS = {
    "additive": ("error_additive_sd",),
    "proportional": ("error_proportional",),
    "combined": ("error_additive_sd", "error_proportional"),
    "combined_sd": ("error_additive_sd", "error_proportional"),
    "log_normal": ("error_log_sd",),
}
ERRORS = tuple(ERROR_NUMBERS)
#: What is said of doses into the default compartment, and what it is where nothing is said.
_DOSE_NAMES = {"tlag_h": 0.0, "f_bioavailable": 1.0}
_ALIASES = {"v_L": "v_central_L", "q_L_per_h": "q_1_L_per_h", "v_peripheral_L": "v_peripheral_1_L"}
_NORMAL_95 = 1.959963984540054
_POSITIVE_MODEL = "give the model a positive number, or the transform (low, high)"


class Covariate(NamedTuple):
    """How a column of the data set moves a parameter from person to person."""

    parameter: str
    """The parameter that it moves."""
    column: str
    """The column; one value for each person."""
    kind: str = "power"
    """Either "power": times (column / center) to the coefficient; "linear": the coefficient times
    (column - center), added on the scale of the search; or "category": the coefficient is added
    where the column equals the center."""
    center: float = 1.0
    """What the column is compared with."""
    coefficient: float = 0.0
    """Where the search starts, or the coefficient itself where it is fixed."""
    fixed: bool = False
    """Whether the coefficient is known and not estimated."""

    @property
    def name(self) -> str:
        """What its coefficient is called among the estimates."""
        return f"{self.parameter}~{self.column}"


class Parameter(NamedTuple):
    """A number that each person has of their own."""

    name: str
    start: float
    transform: tuple[str, float, float]


class Data(NamedTuple):
    """The observations of the people that have any, flat, in the order of the data set."""

    data: Dataset
    observations: Observations
    people: list[tuple[str, int]]
    """ID and first row of the data set of each person."""
    counts: list[int]
    se: Array
    kind: Array
    limit: Array
    is_mean: NDArray[np.bool_]


def parameters_of(
    model: Model, names: object, transforms: object
) -> tuple[list[Parameter], dict[str, Any]]:
    """The parameters, and the recipe of the model with their starting values."""
    if isinstance(names, str) or not isinstance(names, Iterable):
        _checks.refuse(
            "parameters must be a list of names", _checks.shown(names), "put it in [ ]", TypeError
        )
    scales = {} if transforms is None else _checks.mapping("transforms", transforms, "give one")
    recipe = dict(model._recipe)
    numbers: dict[str, Any] = dict(recipe["parameters"])
    default = model.compartments[0]
    for name, plain in _DOSE_NAMES.items():
        numbers[name] = recipe["doses"].get(name, {}).get(default, plain)
    scales = own_names("transforms", scales, numbers)
    found: list[Parameter] = []
    for given in names:
        name = _named(given, numbers)
        if any(p.name == name for p in found):
            _checks.refuse("each parameter must come once", f'"{name}" twice', "drop one")
        start = _checks.number(
            f"the model's {name}", numbers[name], "give the model a number where the search starts"
        )
        scale = transform_of(name, scales.get(name), start, _POSITIVE_MODEL, "give (low, high)")
        found.append(Parameter(name, start, scale))
    if not found:
        _checks.refuse("a fit needs at least one parameter", "none", "name what to estimate")
    _checks.known_keys("transforms", scales, [p.name for p in found])
    return found, recipe


def own_names(what: str, given: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """What is given by name, under the model's own names."""
    names = list(known)
    found: dict[str, Any] = {}
    for key, value in given.items():
        name = _own_name(key, names)
        if name in found:
            _checks.refuse(f"{what} must name each number once", f'"{key}" again', "drop one")
        found[name] = value
    return found


def _named(given: object, known: Iterable[str]) -> str:
    word = _checks.text("a parameter", given, "give the name of a number of the model")
    names = list(known)
    word = _own_name(word, names)
    _checks.known_keys("parameters", [word], names)
    return word


def _own_name(word: str, names: list[str]) -> str:
    own = _ALIASES.get(word)
    return own if own in names and word not in names else word


def transform_of(
    name: str, given: object, start: float, positive: str, enclosing: str
) -> tuple[str, float, float]:
    """The scale on which a parameter is searched; the last two are what to do about a start."""
    if given is None:
        given = "log"
    if isinstance(given, str):
        kind = _checks.one_of(f"the transform of {name}", given, ("log", "identity"))
        if kind == "log" and not start > 0:
            _checks.refuse(
                f"{name} is searched by its logarithm and must start above zero",
                _checks.shown(start),
                positive,
            )
        return (kind, 0.0, 1.0)
    pair = _checks.numbers(f"the transform of {name}", given, "give (low, high)")
    if len(pair) != 2 or not pair[0] < start < pair[1]:
        _checks.refuse(
            f"the bounds of {name} must enclose its start",
            " to ".join(_checks.shown(x) for x in pair) + f" for {_checks.shown(start)}",
            enclosing,
        )
    return ("logit", pair[0], pair[1])


def place(transform: tuple[str, float, float], value: float) -> float:
    """Where a parameter stands on the scale of the search."""
    kind, low, high = transform
    if kind == "log":
        return math.log(value)
    return math.log((value - low) / (high - value)) if kind == "logit" else value


def value_of(transform: tuple[str, float, float], x: float) -> tuple[float, float]:
    """A parameter at a place of the search, and its slope there."""
    kind, low, high = transform
    if kind == "log":
        return math.exp(x), math.exp(x)
    if kind == "logit":
        share = 1.0 / (1.0 + math.exp(-x))
        return low + (high - low) * share, (high - low) * share * (1.0 - share)
    return x, 1.0


def random_of(random: object, parameters: list[Parameter]) -> tuple[list[int], list[int]]:
    """The parameter of each random effect, and its block."""
    if isinstance(random, str) or not isinstance(random, Iterable):
        _checks.refuse(
            "random must be a list of parameters",
            _checks.shown(random),
            "put it in [ ]; those in a tuple are correlated",
            TypeError,
        )
    names = [p.name for p in parameters]
    places: list[int] = []
    blocks: list[int] = []
    for block, entry in enumerate(random):
        for given in entry if isinstance(entry, (tuple, list)) else (entry,):
            name = _named(given, names)
            if names.index(name) in places:
                _checks.refuse("each random effect must come once", f'"{name}" twice', "drop one")
            places.append(names.index(name))
            blocks.append(block)
    return places, blocks


def covariates_of(covariates: object, parameters: list[Parameter], data: Data) -> list[Covariate]:
    names = [p.name for p in parameters]
    found = []
    for given in () if covariates is None else covariates:  # type: ignore[attr-defined]
        one = Covariate(*given)
        one = one._replace(parameter=_named(one.parameter, names))
        _checks.one_of("the kind of a covariate", one.kind, ("power", "linear", "category"))
        values(one, data)
        found.append(one)
    named = [one.name for one in found]
    for name in named:
        if named.count(name) > 1:
            _checks.refuse("each covariate must act once on a parameter", name, "drop one")
    return found


def values(one: Covariate, data: Data) -> Array:
    """What the coefficient of a covariate is multiplied with in each person."""
    column = np.asarray(data.data[one.column], dtype=float)
    of_person = {person.id: person.rows for person in data.data.people}
    found = []
    for name, first in data.people:
        rows = column[of_person[name]]
        if not np.isfinite(rows).all() or np.ptp(rows) > 0:
            _checks.refuse(
                f"the covariate {one.column} must have one value for each person",
                f"{_checks.shown(rows.tolist())} for ID {name}",
                "fill what is missing; what changes in time belongs into the model",
            )
        found.append(float(column[first]))
    array = np.array(found)
    if one.kind == "power":
        if not (array > 0).all() or not one.center > 0:
            _checks.refuse(
                f"a power of {one.column} needs positive numbers",
                _checks.shown(float(array.min())),
                'choose kind="linear" or "category"',
            )
        return np.log(array / one.center)
    return array - one.center if one.kind == "linear" else (array == one.center).astype(float)


def data_of(dataset: Any, dvid: str | None) -> Data:
    data = data_set_of(dataset)
    observations = data.observations()
    labels = sorted({str(label) for label in observations.label})
    if dvid is not None:
        keep = np.array([str(label) == dvid for label in observations.label], dtype=bool)
        if not keep.any():
            _checks.refuse("dvid must be one of the data set", f'"{dvid}"', f"it has {labels}")
        observations = Observations(*(column[keep] for column in observations))
    elif len(labels) > 1:
        _checks.refuse(
            "a fit is of one quantity", f"DVID {', '.join(labels)}", "choose one with dvid="
        )
    if len(observations.row) == 0:
        _checks.refuse(
            "a fit needs observations", "none", "give rows with EVID 0 and a value in DV"
        )
    return _cut(data, observations)


def _cut(data: Dataset, observations: Observations) -> Data:
    people: list[tuple[str, int]] = []
    counts: list[int] = []
    for person in data.people:
        rows = observations.row[
            (observations.row >= person.rows.start) & (observations.row < person.rows.stop)
        ]
        if len(rows):
            people.append((person.id, int(rows[0])))
            counts.append(len(rows))
    kind = observations.censored.astype(float)
    limit = np.where((kind > 0) & np.isfinite(observations.limit), observations.limit, np.nan)
    observed = np.where(np.isnan(limit), observations.value, limit)
    for row, value in zip(observations.row, observed, strict=True):
        if not math.isfinite(value):
            _checks.refuse(
                "an observation must be finite",
                f"{_checks.shown(float(value))} in row {row + 1}",
                "set MDV to 1 where nothing was measured, or give the limit in LLOQ",
            )
    is_mean = np.asarray(observations.is_mean, dtype=bool)
    return Data(data, observations, people, counts, _errors(observations), kind, observed, is_mean)


def _errors(o: Observations) -> Array:
    """Standard error of each mean: as given, from sd and n, or from its interval."""
    with np.errstate(invalid="ignore", divide="ignore"):
        from_sd = o.sd / np.sqrt(o.n_persons)
        from_interval = (o.ci_high - o.ci_low) / (2 * _NORMAL_95)
    se = np.where(np.isfinite(o.se), o.se, np.where(np.isfinite(from_sd), from_sd, from_interval))
    for row, one, mean in zip(o.row, se, o.is_mean, strict=True):
        if mean and not one > 0:
            _checks.refuse(
                "a mean needs a standard error, or a standard deviation and N, or an interval",
                f"{_checks.shown(float(one))} in row {row + 1}",
                "give SE, or SD with N, or CI_LOW with CI_HIGH",
            )
    return np.asarray(np.where(o.is_mean, se, 0.0), dtype=float)


def check_units(data: Data, model: Model) -> None:
    """Refuses units that are stated and cannot be those of the model: amount per L."""
    names = {unit: data.data.unit(unit) for unit in ("AMT", "DV") if unit in data.data}
    amount, observed = names.get("AMT", ""), names.get("DV", "")
    if not amount or not observed or observed == f"{amount}/L":
        return
    _checks.refuse(
        f"observations must be in the unit of the doses per L, here {amount}/L",
        f'"{observed}"',
        "convert DV or AMT, or correct the units of the data set",
    )


def check_spread(data: Data) -> None:
    """Refuses observations that say nothing of a curve."""
    measured = data.limit[data.kind == 0]
    if measured.size == 0:
        _checks.refuse(
            "a fit needs values that were measured", "bounds only", "give at least a few values"
        )
    if measured.size > 1 and np.ptp(measured) == 0:
        _checks.refuse(
            "observations must differ",
            f"{_checks.shown(float(measured[0]))} everywhere",
            "constant values say nothing of how a dose passes; look at the column DV",
        )


def check_scale(data: Data, predicted: Array) -> None:
    """Refuses data that lie far from the model where it starts: nearly always a unit."""
    measured = (data.kind == 0) & (data.limit > 0) & (predicted > 0)
    if not measured.any():
        return
    ratio = float(np.median(data.limit[measured] / predicted[measured]))
    if not 1 / 50 < ratio < 50:
        _checks.refuse(
            "observations must be near the model's predictions where the search starts",
            f"{ratio:.3g} times them",
            "look at the units of DV and AMT, start the model elsewhere, or give check_scale=False",
        )


def priors_of(
    priors: object, parameters: list[Parameter], coefficients: list[str]
) -> list[tuple[int, bool, float, float]]:
    given = {} if priors is None else _checks.mapping("priors", priors, "give {name: prior}")
    names = [p.name for p in parameters] + coefficients
    given = own_names("priors", given, names)
    _checks.known_keys("priors", given, names)
    found = []
    for name, prior in given.items():
        if not isinstance(prior, (tuple, list)) or len(prior) != 3:
            _checks.refuse(
                f"the prior of {name} must be (law, center, spread)",
                _checks.shown(prior),
                'give ("normal", mean, sd) or ("log_normal", median, sd of the logarithm)',
                TypeError,
            )
        law = _checks.one_of(f"the prior of {name}", prior[0], ("normal", "log_normal"))
        center = _checks.number(f"the center of the prior of {name}", prior[1])
        sd = _checks.number(f"the spread of the prior of {name}", prior[2])
        by_log = law == "log_normal"
        if not sd > 0 or (by_log and not center > 0):
            _checks.refuse(
                f"the prior of {name} needs a positive spread, and a log-normal one a median",
                f"{_checks.shown(center)} with {_checks.shown(sd)}",
                "or leave it out",
            )
        found.append((names.index(name), by_log, math.log(center) if by_log else center, sd))
    return found
