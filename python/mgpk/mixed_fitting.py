"""Estimates a population: typical values, their spread between people, and the residual error."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from mgpk import _checks, _core
from mgpk._classic_model import Model
from mgpk._mixed_parts import check_enough, designs_of, start_of
from mgpk.mixed_inputs import (
    ERROR_NUMBERS,
    ERRORS,
    Array,
    Covariate,
    Data,
    Parameter,
    check_scale,
    check_spread,
    check_units,
    covariates_of,
    data_of,
    parameters_of,
    priors_of,
    random_of,
)
from mgpk.mixed_results import MixedFit
from mgpk.progress import Progress, watched
from mgpk.restricted import check_likelihood, restricted_fit

__all__ = ["Covariate", "MixedFit", "fit_mixed"]


class Problem(NamedTuple):
    """A mixed model with what its numbers are called."""

    model: _core.MixedModel
    data: Data
    parameters: list[Parameter]
    coefficients: list[str]
    covariates: list[Covariate]
    random: list[int]
    error_names: tuple[str, ...]
    predictor: _core.FitPredictor
    n_means: int
    priors: list[tuple[int, bool, float, float]]
    """Of fixed effects: place, whether by its logarithm, center, sd."""
    prediction_error_relative: float = 0.0
    """Of the predictions, a fraction: that of a solver."""

    @property
    def has_priors(self) -> bool:
        return bool(self.priors)

    def noise(self, objective: float) -> float:
        """What an objective may differ by without meaning it."""
        return max(1e-12, self.prediction_error_relative) * (1 + abs(objective))

    @property
    def n_fixed(self) -> int:
        return len(self.parameters) + len(self.coefficients)

    @property
    def omega_begin(self) -> int:
        return self.n_fixed + len(self.error_names)

    @property
    def names(self) -> list[str]:
        """What each number of theta is called."""
        omega = [self.omega_name(i, j) for i, j in self.model.omega_entries]
        return [p.name for p in self.parameters] + self.coefficients + [*self.error_names, *omega]

    def omega_name(self, i: int, j: int) -> str:
        one, other = (self.parameters[self.random[k]].name for k in (i, j))
        return f"omega({one})" if i == j else f"omega({one}, {other})"


@_checks.keywords("write parameters=, random= and the like before the values")
def fit_mixed(
    model: Model,
    dataset: Any,
    *,
    parameters: Iterable[str],
    random: Iterable[str | tuple[str, ...]] = (),
    covariates: Iterable[Covariate | tuple[Any, ...]] | None = None,
    error: str = "proportional",
    transforms: Mapping[str, Any] | None = None,
    priors: Mapping[str, tuple[str, float, float]] | None = None,
    likelihood: str = "full",
    start_sd: Mapping[str, float] | None = None,
    start_error: Mapping[str, float] | None = None,
    dvid: str | None = None,
    check_scale: bool = True,
    max_evaluations: int = 500,
    starts: int = 1,
    starts_seed: int = 1,
    progress: Progress = None,
) -> MixedFit:
    """Fits a classic model to many people at once, by FOCE with interaction.

    Parameters
    ----------
    model : classic.Model
        The numbers that are not among the parameters are the same for everybody; those that are
        start the search, in their own units.
    dataset : Dataset, path, pandas.DataFrame or mapping
        Doses and observations, with NONMEM's names. CENS and LLOQ give values below (1) or above
        (-1) a limit; SE, or SD with N, makes an observation a mean.
    parameters : list of str
        What each person has of their own: numbers of the model, or "tlag_h" and "f_bioavailable"
        of the default compartment.
    random : list of str or tuple
        The parameters that differ between people; those in a tuple are correlated. Without any the
        data are pooled.
    covariates : list of Covariate, optional
        How columns of the data set move parameters.
    error : str
        Residual error: "additive", "proportional", "combined" (the variances add up),
        "combined_sd" (the standard deviations add up) or "log_normal".
    transforms : mapping, optional
        Parameter to "log" (the default: positive), "identity", or (low, high) in its unit.
    priors : mapping, optional
        Parameter to ("normal", mean, sd) or ("log_normal", median, sd of the logarithm).
    likelihood : str
        What chooses the sizes of the errors: "full", or "restricted", which counts what the other
        numbers leave of the data and gives intervals by Student's t. Without ``random`` and priors.
    start_sd : mapping, optional
        Parameter to the standard deviation between people where the search starts, on its scale;
        0.3 unless given.
    start_error : mapping, optional
        "error_additive_sd", "error_proportional" or "error_log_sd" to where the search starts.
    dvid : str, optional
        The label of DVID that is fitted, where there are several.
    check_scale : bool
        Refuses observations that lie 50 times above or below where the model starts: nearly always
        a slip of units.
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
    DataSetError
        The data set breaks a rule.
    ValueError
        Data that can tell nothing of these parameters: empty, constant, not finite, in other units
        than the model's, or fewer than the parameters.
    RuntimeError
        The search did not end within its budget.

    See Also
    --------
    scipy.optimize.minimize : takes over, by L-BFGS-B, where the search does not settle.
    """
    if not isinstance(model, Model):
        _checks.refuse(
            "fit_mixed needs a classic model", _checks.shown(model), "see mgpk.classic", TypeError
        )
    chosen = _checks.one_of("error", error, ERRORS)
    data = data_of(dataset, None if dvid is None else _checks.text("dvid", dvid, "give a label"))
    found, recipe = parameters_of(model, parameters, transforms)
    check_units(data, model)
    check_spread(data)
    places, blocks = random_of(random, found)
    effects = covariates_of(covariates, found, data)
    problem = _problem(data, found, recipe, places, blocks, effects, chosen, priors)
    by_restricted = check_likelihood(problem, likelihood)
    theta = start_of(problem, _usual_errors(problem), start_sd, start_error)
    check_start(problem, theta, _checks.flag("check_scale", check_scale))
    budget = _checks.count("max_evaluations", max_evaluations)
    if budget < 1:
        _checks.refuse("max_evaluations must be at least 1", str(budget), "give a budget")
    from mgpk.mixed_starts import search_from

    fitted: MixedFit = watched(
        "fit_mixed",
        progress,
        lambda callback: search_from(problem, theta, budget, starts, starts_seed, callback),
    )
    return restricted_fit(fitted) if by_restricted else fitted


def _problem(
    data: Data,
    parameters: list[Parameter],
    recipe: dict[str, Any],
    random: list[int],
    blocks: list[int],
    covariates: list[Covariate],
    error: str,
    priors: object,
) -> Problem:
    coefficients = [one.name for one in covariates if not one.fixed]
    people_of_means = _means(data)
    names = [p.name for p in parameters]
    offset = [np.zeros(len(parameters)) for _ in data.people]
    design = designs_of(data, parameters, covariates, offset)
    n_numbers = len(parameters) + len(coefficients) + len(ERROR_NUMBERS[error]) + len(random)
    n_people = sum(not mean for mean in people_of_means)
    check_enough(data.limit.size, n_numbers, random, n_people)
    predictor = _core.ClassicFitPredictor(
        recipe, names, data.data._inner, [int(row) for row in data.observations.row], _OPTIONS
    )
    terms = priors_of(priors, parameters, coefficients)
    plain = [("identity", 0.0, 1.0) for _ in coefficients]
    population = {
        "observed": data.limit,
        "kind": data.kind,
        "se": data.se,
        "n": np.ones(data.limit.size),
        "error": data.is_mean.astype(float),
        "f_random": np.array([0.0 if mean else 1.0 for mean in people_of_means]),
        "design": design,
        "offset": offset,
        "transforms": [p.transform for p in parameters],
        "fixed_transforms": [p.transform for p in parameters] + plain,
        "random": random,
        "blocks": blocks,
        "errors": [error, "known"] if data.is_mean.any() else [error],
        "priors": terms,
    }
    # Slopes of one compartment are exact, those of other models are differences themselves.
    step = 1e-4 if predictor.has_exact_slopes else 2e-3
    mixed = _core.MixedModel(predictor, population, step)
    return Problem(
        mixed, data, parameters, coefficients, covariates, random, ERROR_NUMBERS[error], predictor,
        sum(people_of_means), terms,
    )  # fmt: skip


_OPTIONS = {
    "engine": "automatic",
    "limit": "as_recorded",
    "covariates": {},
    "relative_tolerance": 1e-11,
    "absolute_tolerance_amount": 0.0,
    "raise_on_failure": False,
}


def _means(data: Data) -> list[bool]:
    """Whether each person is an arm that gave means."""
    ends = np.cumsum(data.counts)
    found = []
    for (name, _), rows in zip(data.people, np.split(data.is_mean, ends[:-1]), strict=True):
        if rows.any() and not rows.all():
            _checks.refuse(
                "an ID must have means or single values",
                f"both for ID {name}",
                "give the means an ID of their own",
            )
        found.append(bool(rows.all()))
    return found


def _usual_errors(problem: Problem) -> dict[str, float]:
    """A fifth of what is measured, by the number of each error."""
    measured = problem.data.limit[problem.data.kind == 0]
    additive = 0.2 * float(np.median(np.abs(measured))) or 1.0
    return {
        name: additive if name == "error_additive_sd" else 0.2 for name in problem.error_names
    }


def check_start(problem: Problem, theta: Array, scale: bool) -> None:
    model = problem.model
    first = model.diagnose(theta, model.start())
    if scale:
        check_scale(problem.data, first["population_prediction"])
    found = model.evaluate(theta, model.start(), False)
    if found["failure"]:
        _checks.refuse(
            "the model must have a likelihood where the search starts",
            f'"{found["failure"]}"',
            "start it elsewhere, or choose another error; an observation before the first dose "
            "cannot have a proportional one",
        )
