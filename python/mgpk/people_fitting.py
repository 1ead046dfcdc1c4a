"""Fits the body to what was measured of people: one, pooled, or a population."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from mgpk import _checks, _core
from mgpk._mixed_parts import check_enough, designs_of, start_of
from mgpk.mixed_fitting import Problem, check_start
from mgpk.mixed_inputs import (
    Array,
    Covariate,
    Parameter,
    check_spread,
    covariates_of,
    priors_of,
    random_of,
    transform_of,
)
from mgpk.mixed_results import MixedFit
from mgpk.mixed_starts import search_from
from mgpk.options import SimulationOptions
from mgpk.people_checks import check_scales
from mgpk.people_inputs import (
    KNOWN,
    Measured,
    ObservedPerson,
    PeopleData,
    check_parameters,
    error_names_of,
    errors_of,
    own_values,
    people_data_of,
)
from mgpk.progress import Progress, watched
from mgpk.restricted import check_likelihood, restricted_fit

__all__ = ["Measured", "ObservedPerson", "fit_people"]

_POSITIVE_START = "give a positive start, or the transform (low, high)"
#: Baselines are sought to some 1e-8 of a state whatever the tolerance, and predictions follow them.
_BASELINE_ERROR_RELATIVE = 1e-8
_ENCLOSING = "give (low, high), or another start"


@_checks.keywords("write parameters=, random= and the like before the values")
def fit_people(
    people: Iterable[ObservedPerson] | ObservedPerson,
    *,
    parameters: Iterable[str],
    errors: Mapping[str, str] | str,
    random: Iterable[str | tuple[str, ...]] = (),
    covariates: Iterable[Covariate | tuple[Any, ...]] | None = None,
    of_own: Iterable[str] = (),
    transforms: Mapping[str, Any] | None = None,
    priors: Mapping[str, tuple[str, float, float]] | None = None,
    likelihood: str = "full",
    start: Mapping[str, float] | None = None,
    start_sd: Mapping[str, float] | None = None,
    start_error: Mapping[str, float] | None = None,
    check_scale: bool = True,
    relative_tolerance: float = 1e-8,
    n_threads: int = 0,
    max_evaluations: int = 500,
    starts: int = 1,
    starts_seed: int = 1,
    progress: Progress = None,
) -> MixedFit:
    """Fits the body to what was measured of people, each from the baseline of their own numbers.

    Without ``random`` the data are pooled, and of one person it is their own fit; with priors the
    estimates are the most probable ones. With ``random`` it is a mixed-effects fit by FOCE with
    interaction. Levels, collections, means of groups and values below a limit go together.

    Parameters
    ----------
    people : list of ObservedPerson
        Who was measured, under which plan, and what.
    parameters : list of str
        What is estimated: keys of ``mgpk.parameters()``, or "weight_kg", "gfr_mL_per_min",
        "albumin_g_per_L", "f_acid_secreted", "diet_mg_per_d", "c_plasma_total_mmol_per_L" (a
        measured level that Tm is moved to meet) or "start_c_plasma_total_mmol_per_L".
    errors : mapping of str to str, or str
        Residual error by column: "additive", "proportional", "combined" (the variances add up),
        "combined_sd" (the standard deviations do), "log_normal", or "known" where each value has its
        own se.
    random : list of str or tuple
        The parameters that differ between people; those in a tuple are correlated.
    covariates : list of Covariate, optional
        How numbers of people (``ObservedPerson.covariates``) move parameters.
    of_own : list of str
        Parameters of which a factor is estimated on the number that each person has by themselves:
        "gfr_mL_per_min" where everybody's was measured. It is called "f_of_own(...)".
    transforms : mapping, optional
        Parameter to "log" (the default: positive), "identity", or (low, high) in its unit.
    priors : mapping, optional
        Parameter to ("normal", mean, sd) or ("log_normal", median, sd of the logarithm).
    likelihood : str
        What chooses the sizes of the errors: "full", or "restricted", which counts what the other
        numbers leave of the data and gives intervals by Student's t. Without ``random`` and priors.
    start : mapping, optional
        Where the search starts, in the unit of the parameter; the median of what people have by
        themselves unless given.
    start_sd : mapping, optional
        Parameter to the standard deviation between people where the search starts, on its scale;
        0.3 unless given.
    start_error : mapping, optional
        Number of an error, such as "error_additive_sd(a_urine_mmol)", to where the search starts.
    check_scale : bool
        Refuses columns that lie 12 times above or below the body where the search starts: nearly
        always a slip of units.
    relative_tolerance : float
        Of the solver, a fraction, [1e-14, 0.1).
    n_threads : int
        Threads that people are solved on; 0 for all cores.
    max_evaluations : int
        Budget of evaluations of the objective, of each start.
    starts : int
        How many searches: the first from the given start, others from places drawn between the
        bounds of a parameter, or within a factor of five. ``MixedFit.starts`` says where each ended.
    starts_seed : int
        Names the draws.
    progress : bool or callable, optional
        As in ``mgpk.simulate``; the fraction is that of the budget.

    Returns
    -------
    MixedFit
        Estimates, standard errors, people, residuals, plain notes.

    Raises
    ------
    UnknownNameError
        A parameter, a column or a word that is not known.
    ValueError
        People, observations or numbers that are refused; data that can tell nothing of these
        parameters.
    RuntimeError
        The search did not end within its budget.

    See Also
    --------
    mgpk.fit_mixed : the same of a classic model and a data set.
    scipy.optimize.minimize : takes over, by L-BFGS-B, where the search does not settle.
    """
    data = people_data_of(people)
    check_spread(data)  # type: ignore[arg-type]
    kinds = errors_of(errors, data.columns)
    _check_known(data, kinds)
    names = check_parameters(parameters)
    own = own_values(data.core, names)
    relative = check_parameters(of_own)
    _checks.known_keys("of_own", relative, names)
    found = _parameters(names, relative, own, start, transforms)
    places, blocks = random_of(list(_display(random, relative)), found)
    effects = covariates_of(covariates, found, data)  # type: ignore[arg-type]
    options = SimulationOptions(
        until_h=1.0,
        relative_tolerance=relative_tolerance,
        absolute_tolerance_mmol=1e-3 * relative_tolerance,
    )
    predictor = _core.BodyPredictor(
        people=data.core,
        parameters=names,
        options=options._inner,
        n_threads=_checks.count("n_threads", n_threads),
    )
    problem = _problem(
        data, found, names, relative, own, predictor, places, blocks, effects, kinds, priors,
        max(relative_tolerance, _BASELINE_ERROR_RELATIVE),
    )  # fmt: skip
    restricted = check_likelihood(problem, likelihood)
    theta = start_of(problem, _usual_errors(problem), start_sd, start_error)
    scaled = _checks.flag("check_scale", check_scale)
    check_start(problem, theta, False)
    remarks = check_scales(problem, theta) if scaled else []
    budget = _checks.count("max_evaluations", max_evaluations)
    if budget < 1:
        _checks.refuse("max_evaluations must be at least 1", str(budget), "give a budget")
    fitted: MixedFit = watched(
        "fit_people",
        progress,
        lambda callback: search_from(problem, theta, budget, starts, starts_seed, callback),
    )
    fitted = restricted_fit(fitted) if restricted else fitted
    fitted.notes += [*remarks, *_beyond_evidence(fitted, names)]
    return fitted


def _check_known(data: PeopleData, kinds: dict[str, str]) -> None:
    for column, value, mean, se in zip(
        data.observations.column, data.limit, data.is_mean, data.se, strict=True
    ):
        if kinds[column] == KNOWN and not mean and not se > 0:
            _checks.refuse(
                f'an error of {column} that is "known" needs the se of each value',
                f"{se} for {value}",
                "give se, or another error",
            )
        if kinds[column] == "log_normal" and not value > 0:
            _checks.refuse(
                f"a log-normal error needs positive values of {column}",
                _checks.shown(float(value)),
                "choose another error",
            )


def _display(random: Any, relative: list[str]) -> Iterable[Any]:
    """Random effects under the names that parameters are shown by."""
    if isinstance(random, str) or not isinstance(random, Iterable):
        _checks.refuse(
            "random must be a list of parameters",
            _checks.shown(random),
            "put it in [ ]; those in a tuple are correlated",
            TypeError,
        )
    for entry in random:
        if isinstance(entry, (tuple, list)):
            yield tuple(_shown_as(name, relative) for name in entry)
        else:
            yield _shown_as(entry, relative)


def _shown_as(name: Any, relative: list[str]) -> Any:
    return f"f_of_own({name})" if name in relative else name


def _parameters(
    names: list[str], relative: list[str], own: Array, start: object, transforms: object
) -> list[Parameter]:
    starts = {} if start is None else _checks.mapping("start", start, "give {parameter: value}")
    scales = {} if transforms is None else _checks.mapping("transforms", transforms, "give one")
    _checks.known_keys("start", starts, names)
    _checks.known_keys("transforms", scales, names)
    if not names:
        _checks.refuse("a fit needs at least one parameter", "none", "name what to estimate")
    found = []
    for k, name in enumerate(names):
        if name in relative:
            usual = 1.0
            if name in scales or not (own[:, k] > 0).all():
                _checks.refuse(
                    f"a factor of people's own {name} has the transform log, and they a positive one",
                    _checks.shown(own[:, k].tolist()),
                    "leave it out of transforms, and give each person the number",
                )
        else:
            usual = float(np.median(own[:, k])) if np.isfinite(own[:, k]).all() else math.nan
        value = _checks.number(
            f"the start of {name}", starts.get(name, usual), "give start={name: value}"
        )
        shown = _shown_as(name, relative)
        scale = transform_of(name, scales.get(name), value, _POSITIVE_START, _ENCLOSING)
        found.append(Parameter(shown, value, scale))
    return found


def _problem(
    data: PeopleData,
    parameters: list[Parameter],
    names: list[str],
    relative: list[str],
    own: Array,
    predictor: _core.BodyPredictor,
    random: list[int],
    blocks: list[int],
    covariates: list[Covariate],
    kinds: dict[str, str],
    priors: object,
    prediction_error_relative: float,
) -> Problem:
    coefficients = [one.name for one in covariates if not one.fixed]
    offset = [
        np.array([math.log(own[i, k]) if name in relative else 0.0 for k, name in enumerate(names)])
        for i in range(len(data.people))
    ]
    design = designs_of(data, parameters, covariates, offset)
    names_of_errors = error_names_of(kinds)
    means = np.split(data.is_mean, np.cumsum(data.counts)[:-1])
    n_means = sum(bool(rows.all()) for rows in means)
    n_numbers = len(parameters) + len(coefficients) + len(names_of_errors) + len(random)
    check_enough(data.limit.size, n_numbers, random, len(means) - n_means)
    terms = priors_of(priors, parameters, coefficients)
    columns = list(kinds)
    error = np.array([columns.index(column) for column in data.observations.column], dtype=float)
    population = {
        "observed": data.limit,
        "kind": data.kind,
        "se": data.se,
        "n": np.ones(data.limit.size),
        "error": np.where(data.is_mean, len(columns), error),
        "f_random": np.array([0.0 if rows.all() else 1.0 for rows in means]),
        "design": design,
        "offset": offset,
        "transforms": [p.transform for p in parameters],
        "fixed_transforms": [p.transform for p in parameters]
        + [("identity", 0.0, 1.0)] * len(coefficients),
        "random": random,
        "blocks": blocks,
        "errors": [*kinds.values(), KNOWN],
        "priors": terms,
    }
    mixed = _core.MixedModel(predictor, population, 1e-3, prediction_error_relative)
    return Problem(
        mixed,
        data,  # type: ignore[arg-type]
        parameters,
        coefficients,
        covariates,
        random,
        names_of_errors,
        predictor,
        n_means,
        terms,
        prediction_error_relative,
    )


def _usual_errors(problem: Problem) -> dict[str, float]:
    """A tenth of what is measured, by the number of each error."""
    columns = np.array(problem.data.observations.column)  # type: ignore[attr-defined]
    usual = {}
    for name in problem.error_names:
        column = name[name.index("(") + 1 : -1]
        measured = problem.data.limit[(columns == column) & (problem.data.kind == 0)]
        size = float(np.median(np.abs(measured))) if measured.size else 1.0
        usual[name] = 0.1 * (size or 1.0) if name.startswith("error_additive_sd") else 0.1
    return usual


def _beyond_evidence(fitted: MixedFit, names: list[str]) -> list[str]:
    notes = []
    known = {row["key"]: row for row in _core.parameters()}
    for name in names:
        row, value = known.get(name), fitted.estimates.get(name)
        if row is None or value is None or row["low"] <= value <= row["high"]:
            continue
        notes.append(
            f"{name} = {value:.4g} lies outside the range of the evidence, {row['low']:g} to "
            f"{row['high']:g} {row['unit']}"
        )
    return notes
