"""What a mixed-effects fit gives back: estimates and their errors, people, residuals, notes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks, _core
from mgpk.mixed_errors import Errors, errors_of, estimates_of, slopes_of
from mgpk.mixed_inputs import Array, value_of, values
from mgpk.mixed_notes import notes_of
from mgpk.restricted import note_of_few

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from mgpk.fit_intervals import Interval
    from mgpk.mixed_fitting import Problem
    from mgpk.profiling import Profile
    from mgpk.restricted import Restricted

__all__ = ["MixedFit"]

class MixedFit:
    """What ``fit_mixed`` gives back.

    Attributes
    ----------
    estimates : dict of str to float
        Typical values in the units of the model, coefficients of covariates, the residual error,
        and variances and covariances between people ("omega(...)") on the scale of the search.
    standard_errors : dict of str to float
        From the second slopes of the objective; NaN at a bound, infinite where not identified.
    robust_standard_errors : dict of str to float
        The sandwich, which does not trust the model; NONMEM's default.
    correlation : array
        Of the errors of the numbers that no bound holds, on the scale of the search, in the order
        of ``free``.
    free : list of str
        The names of the numbers that no bound holds.
    omega : array
        Covariance of the random effects, shape (n random, n random).
    random : list of str
        The parameters with a random effect, in the order of ``omega``.
    ids : list of str
        The people, in the order of the data set.
    etas : array
        The most probable random effects, shape (n people, n random).
    individual : dict of str to array
        Each person's parameters at these, shape (n people,).
    shrinkage : dict of str to float
        How far the spread of the etas falls short of that of the population, a fraction.
    objective : float
        -2 ln likelihood without n ln(2 pi), as NONMEM counts it; priors added.
    likelihood : str
        "full", or "restricted": which one chose the sizes of the errors.
    restricted_objective : float
        With the ln det of the information on the fixed effects, which a restricted likelihood
        adds; NaN of a full one. It compares fits of the same fixed effects alone.
    degrees_of_freedom : dict of str to float
        What the standard error of each number in ``free`` is known by; infinite of a full
        likelihood, which takes it as known.
    laplace_objective : float
        The same as ``objective`` by Laplace's rule; far from ``objective`` it says not to trust either.
    log_likelihood, aic, bic : float
        With the constant; of everything that was estimated.
    at_bound, not_identified, without_spread : list of str
        Numbers that a bound holds, that the data do not determine, and spreads that are zero as far
        as the data can tell.
    rank, condition : int, float
        How many independent combinations of the numbers in ``free`` the data determine to better
        than 2 on the scale of the search (of a logarithm a factor of seven), and the ratio between
        the best and the worst of them, as second slopes of the objective.
    loosest : str
        The combination that the data determine least, in words.
    starts : list of dict
        Where ``starts=`` was given: each start, the objective it led to, and where it ended.
    n_evaluations : int
        Of the objective.
    notes : list of str
        The same and more in plain sentences.

    See Also
    --------
    fit_mixed : makes it.
    """

    def __init__(
        self,
        problem: Problem,
        theta: Array,
        found: dict[str, Any],
        hessian: Array,
        free: list[int],
        n: int,
        restricted: Restricted | None = None,
    ) -> None:
        self._problem, self._theta, self.n_evaluations = problem, theta, n
        self._hessian, self.starts = hessian, list[dict[str, Any]]()
        self._here = found["here"]
        self.ids = [name for name, _ in problem.data.people]
        self.random = [problem.parameters[k].name for k in problem.random]
        self.etas = found["eta"].T
        self.objective = float(found["objective"])
        self.laplace_objective = float(found["laplace_objective"])
        self.root = problem.model.omega_root(theta[problem.omega_begin :])
        self.omega = self.root @ self.root.T
        self.estimates = estimates_of(problem, theta, self.omega)
        self.at_bound = [name for k, name in enumerate(problem.names) if k not in free]
        self.without_spread = [name for name in self.at_bound if name.startswith("omega(")]
        self.free = [problem.names[k] for k in free]
        self.likelihood = "full" if restricted is None else "restricted"
        self.restricted_objective = math.nan if restricted is None else restricted.objective
        known = dict.fromkeys(self.free, math.inf)
        self.degrees_of_freedom = known if restricted is None else restricted.freedom
        self._take(errors_of(problem, hessian, found["gradient_by_person"], free), free)
        n_data = int(problem.data.limit.size)
        measured = int((problem.data.kind == 0).sum())
        self.log_likelihood = -0.5 * (self.objective + measured * math.log(2 * math.pi))
        self.aic = -2 * self.log_likelihood + 2 * len(free)
        self.bic = -2 * self.log_likelihood + len(free) * math.log(n_data)
        self.individual = self._individual()
        self.shrinkage = self._shrinkage()
        self.notes = notes_of(self, found["n_unsettled"])
        if restricted is None and not self.not_identified:
            self.notes += note_of_few(problem, free)
        elif restricted is not None:
            self.notes.append(
                "the sizes of the errors are by restricted likelihood; objective, AIC and BIC are "
                'those of the full one at these numbers: compare models by likelihood="full"'
            )

    def _take(self, errors: Errors, free: list[int]) -> None:
        problem = self._problem
        self.rank, self.condition, self.loosest = errors.rank, errors.condition_ratio, errors.loosest
        slopes = slopes_of(problem, self._theta, self.root)
        self.standard_errors = errors.named(errors.covariance, problem.names, slopes, free)
        self.robust_standard_errors = errors.named(errors.robust, problem.names, slopes, free)
        self.correlation = errors.correlation(free)
        self.not_identified = errors.not_identified(problem, free)
        #: On the scale of the search; what a sampler steps along.
        self._covariance, self._theta_errors = errors.covariance, errors.of_theta

    def _individual(self) -> dict[str, Array]:
        problem = self._problem
        found = {}
        for k, p in enumerate(problem.parameters):
            x = np.full(len(self.ids), self._theta[k])
            for one in problem.covariates:
                if one.parameter != p.name:
                    continue
                weight = one.coefficient if one.fixed else self.estimates[one.name]
                x = x + weight * values(one, problem.data)
            if k in problem.random:
                x = x + self.etas[:, problem.random.index(k)]
            found[p.name] = np.array([value_of(p.transform, float(one))[0] for one in x])
        return found

    def _shrinkage(self) -> dict[str, float]:
        """Of the standard deviation; arms that gave means have no etas."""
        people = [i for i in range(len(self.ids)) if np.any(self.etas[i] != 0)]
        found = {}
        for k, name in enumerate(self.random):
            sd = math.sqrt(self.omega[k, k])
            seen = float(np.std(self.etas[people, k], ddof=1)) if len(people) > 1 else math.nan
            found[name] = 1.0 - seen / sd
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per number: estimate, standard_error, robust_standard_error, remark."""
        return [
            {
                "parameter": name,
                "estimate": value,
                "standard_error": self.standard_errors[name],
                "robust_standard_error": self.robust_standard_errors[name],
                "remark": "zero"
                if name in self.without_spread
                else "at a bound"
                if name in self.at_bound
                else "not identified"
                if name in self.not_identified
                else "",
            }
            for name, value in self.estimates.items()
        ]

    @property
    def table(self) -> pandas.DataFrame:
        """The estimates as a data frame, one line per number."""
        import pandas

        frame = pandas.DataFrame(self.rows)
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    @property
    def residuals(self) -> pandas.DataFrame:
        """Per observation: id, time_h, observed, population, individual, iwres, cwres.

        ``censored`` is 1 where the observed value is a limit that the true one lies below, -1 where
        above; there residuals are NaN. Fits of the body have the ``column`` as well.
        """
        import pandas

        found = self._problem.model.diagnose(self._theta, self._here)
        data = self._problem.data
        column = getattr(data.observations, "column", None)
        return pandas.DataFrame(
            {
                "id": data.observations.id,
                **({} if column is None else {"column": column}),
                "time_h": data.observations.time_h,
                "observed": data.limit,
                "censored": data.kind.astype(int),
                "population": found["population_prediction"],
                "individual": found["individual_prediction"],
                "iwres": found["individual_residual"],
                "cwres": found["conditional_residual"],
            }
        )

    def simulate(self, n: int = 200, seed: int = 1) -> Array:
        """Draws of everybody's observations from the fitted population.

        Parameters
        ----------
        n : int
            How many replicates.
        seed : int
            Names the draws, 0 or more; the same seed gives the same draws.

        Returns
        -------
        array
            Shape (n observations, n), in the order of ``residuals``; values around the same
            prediction where the observation was a bound.

        Raises
        ------
        ValueError
            A drawn person cannot be predicted.
        """
        replicates, name = _checks.count("n", n), _checks.count("seed", seed)
        if replicates < 1 or name < 0:
            _checks.refuse("n must be at least 1 and seed 0", f"{n} and {seed}", "raise them")
        drawn: Array = self._problem.model.simulate(self._theta, name, replicates)
        return drawn

    def vpc(
        self,
        n: int = 200,
        seed: int = 1,
        bins: int = 8,
        percentiles: Any = (5, 50, 95),
        column: str | None = None,
    ) -> pandas.DataFrame:
        """A visual predictive check as a table: what was observed beside what the fit would draw.

        Parameters
        ----------
        n : int
            How many replicates.
        seed : int
            Names the draws.
        bins : int
            Parts of the time, cut at the widest gaps; each time by itself where there are no more.
        percentiles : list of float
            What is compared in each bin: shares of the values that lie below, in percent.
        column : str, optional
            Which column of a run, where several were observed.

        Returns
        -------
        pandas.DataFrame
            A line per bin and percentile: time_h (median), n, percentile, observed, and low,
            median and high of the simulated ones (90 % of the replicates). Where values lie below a
            limit, observed and simulated ones stop there alike.

        Raises
        ------
        UnknownNameError
            A column that was not observed.
        ValueError
            A drawn person cannot be predicted, or several columns and none chosen.
        """
        from mgpk.fit_checks import vpc_table

        return vpc_table(self, n, seed, bins, percentiles, column)

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """The interval of a number from its standard error, on the scale of the search.

        Parameters
        ----------
        name : str
            A number of ``estimates``.
        level : float
            Of the interval, a fraction.

        Returns
        -------
        Interval
            Its ends, and the degrees of freedom of the error.

        Raises
        ------
        UnknownNameError
            A number that is not of this fit.
        ValueError
            A number that a bound holds, or a level that is refused.

        Notes
        -----
        With the normal law where the likelihood is the full one. Where it is the restricted one,
        with Student's t and Satterthwaite's degrees of freedom; that of the size of an error
        with chi-square. ``profile`` assumes neither.
        """
        from mgpk.fit_intervals import interval_of

        return interval_of(self, name, level)

    def profile(self, name: str, *, level: float = 0.95) -> Profile:
        """The interval of a number from the likelihood itself, all others estimated anew.

        Parameters
        ----------
        name : str
            A number of ``estimates``.
        level : float
            Of the interval, a fraction.

        Returns
        -------
        Profile
            The ends, the curve, and whether the data set an end at all.

        Raises
        ------
        UnknownNameError
            A number that is not of this fit.
        ValueError
            A number that the search does not move by itself, or a level that is refused.

        Notes
        -----
        The number is moved until the objective has risen by the quantile of chi-square with one
        degree of freedom, 3.84 at 95 %, at most by a factor of a thousand.
        """
        from mgpk.profiling import profile_of

        return profile_of(self, name, level)

    def plot(self, **options: Any) -> Figure:
        """Observed against predicted, and residuals: six panels.

        Parameters
        ----------
        **options
            As in ``mgpk.fit_plots.plot_diagnostics``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.

        See Also
        --------
        mgpk.fit_plots : each panel alone, people, profiles, the visual predictive check, forests.
        """
        from mgpk.fit_plots import plot_diagnostics

        return plot_diagnostics(self, **options)

    def __repr__(self) -> str:
        people, data = len(self.ids), self._problem.data.limit.size
        lines = [
            f"<MixedFit: {people} people, {data} observations, objective {self.objective:.3f}, "
            f"{self.n_evaluations} evaluations"
        ]
        for row in self.rows:
            remark = f" ({row['remark']})" if row["remark"] else ""
            lines.append(
                f"  {row['parameter']} = {row['estimate']:.4g} +/- {row['standard_error']:.2g}"
                + remark
            )
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)]) + ">"
