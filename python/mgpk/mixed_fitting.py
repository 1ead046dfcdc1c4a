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

__all__ = ["Covariate", "MixedFit", "fit_mixed"]

#: How far the search may go from its start: a factor of a thousand, or as much on other scales.
_REACH = math.log(1000.0)
#: Where a standard deviation between people counts as zero, on the scale of the search.
_NO_SPREAD = math.log(1e-3)
_MOST_SPREAD = math.log(10.0)
#: Below this the relative tolerance of the search is coarse for the objective itself.
_SMALL_SCALE = 1e-5


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

    @property
    def has_priors(self) -> bool:
        return bool(self.priors)

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
        Residual error: "additive", "proportional", "combined" (the variances add up) or
        "log_normal".
    transforms : mapping, optional
        Parameter to "log" (the default: positive), "identity", or (low, high) in its unit.
    priors : mapping, optional
        Parameter to ("normal", mean, sd) or ("log_normal", median, sd of the logarithm).
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
    scipy.optimize.minimize : does the search, by L-BFGS-B.
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
    return fitted


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


def _bounds(problem: Problem, theta: Array) -> list[tuple[float | None, float | None]]:
    bounds: list[tuple[float | None, float | None]] = []
    for k, parameter in enumerate(problem.parameters):
        kind = parameter.transform[0]
        reach = _REACH if kind == "log" else 12.0
        bounds.append((None, None) if kind == "identity" else (theta[k] - reach, theta[k] + reach))
    bounds += [(None, None)] * len(problem.coefficients)
    for k in range(problem.n_fixed, problem.omega_begin):
        bounds.append((theta[k] - 3 * _REACH, theta[k] + _REACH))
    for at, (i, j) in enumerate(problem.model.omega_entries, problem.omega_begin):
        # On other scales than the logarithm a spread has the unit of its parameter.
        identity = problem.parameters[problem.random[i]].transform[0] == "identity"
        unit = theta[at] if identity else 0.0
        bounds.append((unit + _NO_SPREAD, unit + _MOST_SPREAD) if i == j else (None, None))
    return bounds


def search(problem: Problem, theta: Array, budget: int, callback: Any) -> MixedFit:
    from scipy.optimize import minimize

    model = problem.model
    best: dict[str, Any] = {"u": model.start(), "objective": math.inf, "n": 0}
    scale = 1.0

    def objective(x: Array) -> tuple[float, Array]:
        best["n"] += 1
        if callback is not None:
            callback(min(1.0, best["n"] / budget))
        found = model.evaluate(x, best["u"], True)
        if found["failure"]:
            # A wall: the search turns back and looks nearer.
            return scale * (best["objective"] + 1e3), np.zeros(x.size)
        if found["objective"] < best["objective"]:
            best.update(objective=found["objective"], u=found["u"])
        return scale * found["objective"], scale * found["gradient"]

    bounds = _bounds(problem, theta)
    place = theta
    while True:
        # The first step of the search goes as far as the slope is large: no further than a third.
        first = model.evaluate(place, best["u"], True)["gradient"]
        scale = 1.0 / max(3.0 * float(np.abs(first).max()), 1e-3)
        left = max(1, budget - best["n"])
        solution = minimize(
            objective,
            place,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={
                "maxfun": left,
                "maxiter": left,
                "ftol": 1e-13,
                "gtol": 1e-5 * scale,
                "maxls": 40,
            },
        )
        # From a wall the scale is so small that the search ends early: again, from where it came to.
        if solution.status == 1 or scale > _SMALL_SCALE or np.array_equal(solution.x, place):
            break
        place = solution.x
    if solution.status == 1:
        _checks.refuse(
            "the search must end within max_evaluations",
            f"not settled after {best['n']}",
            "raise max_evaluations, or estimate fewer numbers",
            RuntimeError,
        )
    x, u = _without_spread(problem, solution.x, best["u"])
    free = _free(problem, x, bounds)
    x, u, hessian = _polished(model, x, u, free)
    _check_end(problem, x, u, hessian, free)
    return MixedFit(problem, x, u, hessian, free, best["n"])


def _check_end(problem: Problem, x: Array, u: Array, hessian: Array, free: list[int]) -> None:
    """Refuses to report a place that is no minimum."""
    slopes = problem.model.evaluate(x, u, True)["gradient"][free]
    curvature = np.abs(np.diag(hessian))[free]
    # What one number alone could still gain; where nothing bends the data do not determine it.
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = np.where(curvature > 1e-6, slopes**2 / (2 * curvature), 0.0)
    if gains.size and not gains.max() < 0.1:
        _checks.refuse(
            "the search must end at a minimum of the objective",
            f"still falling along {problem.names[free[int(gains.argmax())]]}",
            "start the model nearer, or estimate fewer numbers",
            RuntimeError,
        )


def _without_spread(problem: Problem, x: Array, u: Array) -> tuple[Array, Array]:
    """A spread that the data do not show ends at zero, not at a number that happens to be small."""
    entries = problem.model.omega_entries
    now = problem.model.evaluate(x, u, False)["objective"]
    for k, (i, j) in enumerate(entries):
        alone = sum(i in entry for entry in entries) == 1
        at = problem.omega_begin + k
        if i != j or not alone or x[at] > math.log(0.05):
            continue
        none = x.copy()
        none[at] = _NO_SPREAD
        found = problem.model.evaluate(none, u, False)
        if not found["failure"] and found["objective"] <= now + 0.01:
            x, u, now = none, found["u"], found["objective"]
    return x, u


def _free(problem: Problem, x: Array, bounds: list[tuple[float | None, float | None]]) -> list[int]:
    """The numbers of theta that no bound holds."""
    return [
        k
        for k, (low, high) in enumerate(bounds)
        if (low is None or x[k] > low + 1e-6) and (high is None or x[k] < high - 1e-6)
    ]


def _polished(
    model: _core.MixedModel, x: Array, u: Array, free: list[int]
) -> tuple[Array, Array, Array]:
    """Newton's steps from where the search ended, and the second slopes there."""
    hessian = model.hessian(x, u, 1e-3)
    for _ in range(3):
        found = model.evaluate(x, u, True)
        u = found["u"]
        inner = hessian[np.ix_(free, free)]
        if not free or not np.isfinite(inner).all() or np.linalg.eigvalsh(inner)[0] <= 0:
            break
        step = np.linalg.solve(inner, found["gradient"][free])
        moved = x.copy()
        moved[free] -= step
        after = model.evaluate(moved, u, False)
        if after["failure"] or not after["objective"] < found["objective"]:
            break
        x, u = moved, after["u"]
        if np.abs(step).max() > 0.02:
            hessian = model.hessian(x, u, 1e-3)
        if np.abs(step).max() < 1e-6:
            break
    return x, u, hessian
