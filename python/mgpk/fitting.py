"""Estimates parameters from one person or one mean curve, by bounded least squares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks, _core
from mgpk.errors import SolveError
from mgpk.fit_inputs import START, Array, Observed, bounds_of, keys_of, observed_of, start_of
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of, run_of, subject_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["Fit", "Observed", "fit"]

#: Two estimates whose errors are correlated beyond this cannot be told apart.
_TOO_CORRELATED = 0.95


class Fit:
    """What ``fit`` gives back.

    Attributes
    ----------
    estimates : dict of str to float
        The estimate of each parameter, in its unit.
    standard_errors : dict of str to float
        From the Jacobian at the estimates; NaN at a bound, infinite where not identified.
    correlation : array
        Of the estimates' errors, shape (n parameters, n parameters), in the order of ``estimates``.
    residuals : dict of str to array
        (simulated - observed), divided by sd where one was given, by column.
    cost : float
        Half the sum of the squared residuals.
    degrees_of_freedom : int
        Observations less parameters.
    at_bound, not_identified : list of str
        Parameters whose estimate stands at a bound, or that the data do not determine.
    notes : list of str
        The same and more in plain sentences.
    run : Run
        The fitted person and plan at the observed times and between them.
    """

    def __init__(
        self,
        problem: _Problem,
        solution: Array,
        jacobian: Array,
        residual: Array,
        words: str,
    ) -> None:
        self.words = words
        self.bounds = {key: problem.bounds[key] for key in problem.keys}
        self.units = {key: problem.units[key] for key in problem.keys}
        self.observed = problem.observed
        self.estimates = problem.named(solution)
        self.cost = 0.5 * float(residual @ residual)
        self.degrees_of_freedom = residual.size - len(problem.keys)
        self.residuals = problem.split(residual)
        self.at_bound = [
            key
            for key, v in zip(problem.keys, solution, strict=True)
            if not 1e-6 < v - 1 < 1 - 1e-6
        ]
        self._estimate_errors(problem, jacobian)
        self.notes = self._notes(problem)
        self.run = problem.run_between(solution)

    def _estimate_errors(self, problem: _Problem, jacobian: Array) -> None:
        """Standard errors from the Jacobian, of the parameters that are not held by a bound."""
        n = len(problem.keys)
        free = [i for i, key in enumerate(problem.keys) if key not in self.at_bound]
        scaled = np.full(n, np.nan)
        self.correlation = np.full((n, n), np.nan)
        if free:
            _, size, directions = np.linalg.svd(jacobian[:, free], full_matrices=False)
            lost = size <= 1e-9 * max(size[0], 1e-300)
            with np.errstate(divide="ignore", invalid="ignore"):
                spread = np.where(lost, 0.0, 1.0 / size**2)
            covariance = (directions.T * spread) @ directions * problem.variance(self)
            scaled[free] = np.sqrt(np.diag(covariance))
            with np.errstate(divide="ignore", invalid="ignore"):
                matrix = covariance / np.outer(scaled[free], scaled[free])
            self.correlation[np.ix_(free, free)] = matrix
            share = (directions[lost] ** 2).sum(axis=0) if lost.any() else np.zeros(len(free))
            for position, i in enumerate(free):
                if share[position] > 1e-6:
                    scaled[i] = np.inf
        #: An error as wide as the bounds says no more than the bounds did.
        self.not_identified = [
            key for key, error in zip(problem.keys, scaled, strict=True) if error > 1.0
        ]
        self.standard_errors = {
            key: float(error * (problem.bounds[key][1] - problem.bounds[key][0]))
            for key, error in zip(problem.keys, scaled, strict=True)
        }

    def _notes(self, problem: _Problem) -> list[str]:
        notes = []
        for key in self.at_bound:
            notes.append(
                f"{key} stands at a bound of its range: the data would have it further out, and it "
                "has no standard error"
            )
        for key in self.not_identified:
            notes.append(
                f"{key} is not identified by these data: its standard error is wider than its bounds"
            )
        for i, one in enumerate(problem.keys):
            for j in range(i):
                if abs(self.correlation[i, j]) > _TOO_CORRELATED:
                    notes.append(
                        f"{problem.keys[j]} and {one} can hardly be told apart: the correlation of "
                        f"their errors is {self.correlation[i, j]:.2f}"
                    )
        if not problem.has_sd:
            notes.append(
                "no sd was given: all values weigh alike, and the residuals set their error"
            )
        elif self.degrees_of_freedom > 0:
            ratio = 2.0 * self.cost / self.degrees_of_freedom
            notes.append(
                f"the sum of squares per degree of freedom is {ratio:.3g}; about 1 is wanted"
            )
        return notes

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per parameter: estimate, standard_error, unit, low, high, remark."""
        return [
            {
                "parameter": key,
                "estimate": self.estimates[key],
                "standard_error": self.standard_errors[key],
                "unit": self.units[key],
                "low": self.bounds[key][0],
                "high": self.bounds[key][1],
                "remark": "at a bound"
                if key in self.at_bound
                else "not identified"
                if key in self.not_identified
                else "",
            }
            for key in self.estimates
        ]

    @property
    def table(self) -> pandas.DataFrame:
        """The estimates as a data frame, one line per parameter."""
        import pandas

        frame = pandas.DataFrame(self.rows)
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    def plot(self, **options: Any) -> Figure:
        """Plots what was observed with the fitted curves.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.plotting.plot_fit``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import plotting

        return plotting.plot_fit(self, **options)

    def __repr__(self) -> str:
        lines = [f"<Fit: {self.words}"]
        for row in self.rows:
            unit = "" if row["unit"] == "1" else f" {row['unit']}"
            lines.append(
                f"  {row['parameter']} = {row['estimate']:.4g} +/- {row['standard_error']:.2g}{unit}"
                + (f" ({row['remark']})" if row["remark"] else "")
            )
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)]) + ">"

    def _repr_html_(self) -> str:
        from mgpk import display

        return display.fit(self)


class _Problem:
    """The residuals as a function of scaled parameters: 1 is the lower bound, 2 the upper."""

    def __init__(
        self,
        subject: Subject,
        plan: Schedule | None,
        bounds: dict[str, tuple[float, float]],
        units: dict[str, str],
        observed: dict[str, Observed],
        options: dict[str, Any],
    ) -> None:
        self.subject, self.plan, self.observed, self.options = subject, plan, observed, options
        self.keys, self.bounds, self.units = list(bounds), bounds, units
        self.has_sd = next(iter(observed.values())).sd is not None
        self.times_h = np.unique(np.concatenate([o.times_h for o in observed.values()]))
        self.n_calls = 0
        self._last: tuple[bytes, Array, Array] | None = None
        self._predictor = self._predictor_of(subject, plan)

    def _predictor_of(self, subject: Subject, plan: Schedule | None) -> _core.BodyPredictor:
        start = self.options.get(START, 1.0 if START in self.keys else None)
        observables = [
            (column, float(t_h), None) for column, o in self.observed.items() for t_h in o.times_h
        ]
        core_plan = None if plan is None else plan._inner
        person = (
            subject._inner,
            core_plan,
            self.options["empty_gut_at_start"],
            start,
            observables,
        )
        tolerances = SimulationOptions(
            until_h=1.0, relative_tolerance=self.options["relative_tolerance"]
        )
        return _core.BodyPredictor(
            people=[person], parameters=self.keys, options=tolerances._inner, n_threads=1
        )

    def named(self, scaled: Array) -> dict[str, float]:
        named = {}
        for key, v in zip(self.keys, scaled, strict=True):
            low, high = self.bounds[key]
            named[key] = float(min(max(low + (v - 1.0) * (high - low), low), high))
        return named

    def scaled(self, start: Mapping[str, float]) -> Array:
        pairs = ((start[key], *self.bounds[key]) for key in self.keys)
        return np.array([1.0 + (value - low) / (high - low) for value, low, high in pairs])

    def run(self, scaled: Array, times_h: Array) -> Run:
        values = self.named(scaled)
        options = dict(self.options)
        if START in values:
            options[START] = values.pop(START)
        overrides = {**self.subject.to_dict()["parameters"], **values}
        # Bounds beyond the evidence were asked for by the user, if there are any.
        subject = self.subject.replace(parameters=overrides, allow_outside_range=True)
        return run_of(
            subject, self.plan, SimulationOptions(times_h=times_h, **options), progress=False
        )

    def run_between(self, scaled: Array) -> Run:
        """The fitted run at the observed times and at 200 times between, for the eye."""
        between = np.linspace(0.0, self.times_h[-1], 201)
        return self.run(scaled, np.unique(np.concatenate([self.times_h, between])))

    def residual(self, scaled: Array) -> Array:
        return self._solved(scaled)[0]

    def jacobian(self, scaled: Array) -> Array:
        return self._solved(scaled)[1]

    def _solved(self, scaled: Array) -> tuple[Array, Array]:
        """Residuals and their slopes by the scaled parameters; one solve gives both."""
        key = scaled.tobytes()
        if self._last is None or self._last[0] != key:
            self.n_calls += 1
            values = np.array([list(self.named(scaled).values())])
            predicted, slopes, failure = self._predictor.predict([0], values, True)[0]
            if failure:
                raise SolveError(failure)
            sd = np.concatenate(
                [np.ones(o.times_h.size) if o.sd is None else o.sd for o in self.observed.values()]
            )
            measured = np.concatenate([o.values for o in self.observed.values()])
            widths = np.array([high - low for low, high in self.bounds.values()])
            residual = (predicted - measured) / sd
            self._last = (key, residual, slopes * widths / sd[:, None])
        return self._last[1], self._last[2]

    def split(self, residual: Array) -> dict[str, Array]:
        ends = np.cumsum([o.times_h.size for o in self.observed.values()])
        return dict(zip(self.observed, np.split(residual, ends[:-1]), strict=True))

    def variance(self, fit: Fit) -> float:
        """Of one residual: 1 where sd were given, otherwise what the residuals show."""
        if self.has_sd:
            return 1.0
        return 2.0 * fit.cost / fit.degrees_of_freedom if fit.degrees_of_freedom > 0 else math.nan


@_checks.keywords("write subject=, plan= and the like before the values")
def fit(
    parameters: Iterable[str],
    observations: Mapping[str, tuple[Any, Any, Any]],
    *,
    subject: Subject | None = None,
    plan: Schedule | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    start: Mapping[str, float] | None = None,
    relative_tolerance: float = 1e-9,
    empty_gut_at_start: bool = False,
    start_c_plasma_total_mmol_per_L: float | None = None,
    max_evaluations: int = 100,
    progress: Progress = None,
) -> Fit:
    """Estimates parameters from one person or one mean curve, by bounded least squares.

    Parameters
    ----------
    parameters : list of str
        What to estimate: keys of ``mgpk.parameters()``, or "start_c_plasma_total_mmol_per_L".
    observations : mapping of str to (times_h, values, sd)
        By column of a run, cumulative ones included: times in h, values and their sd in the unit of
        the column, each of shape (n,). sd may be None when there is one column only: then the
        residuals set the error.
    subject : Subject, optional
        The person; the reference adult unless given.
    plan : Schedule, optional
        What was taken and when; without one, the baseline alone.
    bounds : mapping of str to (low, high), optional
        In the unit of the parameter; the range of the evidence unless given.
    start : mapping of str to float, optional
        Where the search starts, in the unit of the parameter; the person's own value unless given,
        or the middle of the bounds where that lies outside.
    relative_tolerance : float
        Of the solver, a fraction, [1e-14, 0.1).
    empty_gut_at_start : bool
        As in ``mgpk.simulate``.
    start_c_plasma_total_mmol_per_L : float, optional
        As in ``mgpk.simulate``, in mmol/L, where it is not estimated.
    max_evaluations : int
        Budget of steps of the search.
    progress : bool or callable, optional
        As in ``mgpk.simulate``; the fraction is that of the budget.

    Returns
    -------
    Fit
        Estimates with standard errors, correlation, residuals, plain notes, the fitted run.

    Raises
    ------
    UnknownNameError
        A parameter or a column that is not known.
    ValueError
        Observations, bounds or a start that are refused; fewer observations than parameters.
    SolveError
        A solve failed within the bounds.

    See Also
    --------
    scipy.optimize.least_squares : does the search.
    """
    table = {row["key"]: row for row in _core.parameters()}
    keys = keys_of(parameters, table)
    observed = observed_of(observations)
    n_observed = sum(o.times_h.size for o in observed.values())
    if n_observed < len(keys):
        _checks.refuse(
            "a fit needs at least as many observations as parameters",
            f"{n_observed} for {len(keys)}",
            "estimate fewer parameters",
        )
    options: dict[str, Any] = {
        "relative_tolerance": relative_tolerance,
        "empty_gut_at_start": empty_gut_at_start,
        "with_baseline": False,
    }
    if start_c_plasma_total_mmol_per_L is not None:
        if START in keys:
            _checks.refuse(f"{START} is given or estimated", "both", "leave one of them out")
        options[START] = start_c_plasma_total_mmol_per_L
    person = subject_of(subject)
    units = {key: "mmol/L" if key == START else table[key]["unit"] for key in keys}
    limits = bounds_of(keys, bounds, table)
    problem = _Problem(person, plan_of(plan), limits, units, observed, options)
    plasma = observed.get("c_plasma_total_mmol_per_L")
    own_start = (
        person.parameter("c_plasma_total_reference_mmol_per_L")
        if plasma is None
        else float(plasma.values[np.argmin(plasma.times_h)])
    )
    first = problem.scaled(start_of(limits, start, person, own_start))
    budget = _checks.count("max_evaluations", max_evaluations)
    if budget < 1:
        _checks.refuse("max_evaluations must be at least 1", str(budget), "give a budget of steps")
    found: Fit = watched(
        "fit", progress, lambda callback: _search(problem, first, budget, callback)
    )
    return found


def _search(problem: _Problem, first: Array, budget: int, callback: Any) -> Fit:
    from scipy.optimize import least_squares

    def residual(scaled: Array) -> Array:
        if callback is not None:
            callback(min(1.0, problem.n_calls / budget))
        return problem.residual(scaled)

    n = len(problem.keys)
    solution = least_squares(
        residual,
        first,
        jac=problem.jacobian,
        bounds=(np.ones(n), np.full(n, 2.0)),
        xtol=1e-10,
        ftol=1e-10,
        gtol=1e-10,
        max_nfev=budget,
    )
    if solution.status <= 0:
        _checks.refuse(
            "the search must end within max_evaluations",
            f"not settled after {solution.nfev}",
            "raise max_evaluations, or estimate fewer parameters",
            RuntimeError,
        )
    n_observed = solution.fun.size
    words = (
        f"{n} parameters from {n_observed} observations of {', '.join(problem.observed)}; "
        f"{problem.n_calls} simulations with their slopes"
    )
    return Fit(problem, solution.x, solution.jac, solution.fun, words)
