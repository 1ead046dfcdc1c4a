"""The posterior of a fit as a plain function of a vector, and a bridge to a sampler."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from mgpk import _checks, _core
from mgpk.mixed_inputs import Array, value_of
from mgpk.mixed_results import MixedFit
from mgpk.progress import Progress, watched

__all__ = ["LogPosterior", "log_posterior", "sample_posterior"]

#: What a number has before the data: by its value, by its logarithm, or flat within its bounds.
_BY_VALUE, _BY_LOG, _FLAT = "normal", "log_normal", "flat"


class LogPosterior:
    """What ``log_posterior`` gives back: ln of the posterior density of a vector without bounds.

    A number stands in the vector as its logarithm, the logit between its bounds, or itself; the
    density is that of the vector, so that the terms of these changes of variable are in it.

    Attributes
    ----------
    names : list of str
        What each number of the vector is called, as in ``MixedFit.estimates``.
    start : array
        The vector at the estimates of the fit, shape (n,).
    transforms : dict of str to (str, float, float)
        "log", "identity" or "logit" with its low and high, in the unit of the parameter.
    priors : dict of str to str
        What each number has before the data, in words.

    See Also
    --------
    log_posterior : makes it.
    sample_posterior : draws from it.
    """

    def __init__(self, fit: MixedFit, error_priors: Mapping[str, tuple[str, float, float]]) -> None:
        problem = fit._problem
        self._fit, self._problem, self._no_effects = fit, problem, problem.model.start()
        self.names = problem.names
        self.start: Array = fit._theta.copy()
        plain = ("identity", 0.0, 1.0)
        kinds = [p.transform for p in problem.parameters] + [plain] * len(problem.coefficients)
        kinds += [("log", 0.0, 1.0)] * len(problem.error_names)
        self.transforms = dict(zip(self.names, kinds, strict=True))
        given = {place: by_log for place, by_log, _, _ in problem.priors}
        self._laws: list[str] = []
        self._error_terms: list[tuple[int, float, float]] = []
        for k, name in enumerate(self.names):
            if k >= problem.n_fixed:
                _, median, sd = error_priors[name]
                self._error_terms.append((k, math.log(median), sd))
                self._laws.append(_BY_LOG)
            elif k in given:
                self._laws.append(_BY_LOG if given[k] else _BY_VALUE)
            else:
                self._laws.append(_FLAT)
        self.priors = self._in_words()
        measured = int((problem.data.kind == 0).sum())
        self._constant = -0.5 * measured * math.log(2.0 * math.pi)

    def _in_words(self) -> dict[str, str]:
        terms = {place: (center, sd) for place, _, center, sd in self._problem.priors}
        terms.update({place: (center, sd) for place, center, sd in self._error_terms})
        words = {}
        for k, (name, law) in enumerate(zip(self.names, self._laws, strict=True)):
            if law == _FLAT:
                low, high = self.transforms[name][1:]
                words[name] = f"flat between {low:g} and {high:g}"
            else:
                center, sd = terms[k]
                words[name] = (
                    f"log-normal, median {math.exp(center):.4g}, sd of the logarithm {sd:g}"
                    if law == _BY_LOG
                    else f"normal, mean {center:g}, sd {sd:g}"
                )
        return words

    def _vector(self, x: object) -> Array:
        array = np.asarray(x, dtype=float)
        if array.shape != self.start.shape:
            _checks.refuse(
                f"a vector must have {self.start.size} numbers, as names has",
                _checks.shown(list(array.shape)),
                "start from .start",
            )
        return array

    def logp(self, x: Any) -> float:
        """Ln of the posterior density at a vector, up to a constant of the priors.

        Parameters
        ----------
        x : array
            On the scale of the search, shape (n,), in the order of ``names``.

        Returns
        -------
        float
            Minus infinity where the model cannot be solved or has no likelihood.
        """
        return self._value(self._vector(x), False)[0]

    def logp_and_gradient(self, x: Any) -> tuple[float, Array]:
        """The same with its exact slopes.

        Parameters
        ----------
        x : array
            On the scale of the search, shape (n,), in the order of ``names``.

        Returns
        -------
        tuple of float and array
            Value, and slopes of shape (n,); NaN where the value is minus infinity.
        """
        return self._value(self._vector(x), True)

    def _value(self, x: Array, slopes: bool) -> tuple[float, Array]:
        nowhere = -math.inf, np.full(x.size, math.nan)
        if not np.isfinite(x).all():
            return nowhere
        found = self._problem.model.evaluate(x, self._no_effects, slopes)
        if found["failure"] or not math.isfinite(found["objective"]):
            return nowhere
        value = -0.5 * float(found["objective"]) + self._constant
        gradient = -0.5 * found["gradient"] if slopes else np.zeros(x.size)
        for k, law in enumerate(self._laws[: self._problem.n_fixed]):
            term, slope = _change_of_variable(self.transforms[self.names[k]], law, float(x[k]))
            value += term
            gradient[k] += slope
        for k, center, sd in self._error_terms:
            z = (float(x[k]) - center) / sd
            value -= 0.5 * z * z
            gradient[k] -= z / sd
        return value, gradient

    def to_parameters(self, x: Any) -> dict[str, Any]:
        """The parameters of a vector, or of many.

        Parameters
        ----------
        x : array
            On the scale of the search, shape (n,) or (..., n).

        Returns
        -------
        dict of str to float or array
            In the unit of each parameter; of shape (...) where there are many.
        """
        array = np.asarray(x, dtype=float)
        if array.ndim == 0 or array.shape[-1] != self.start.size:
            _checks.refuse(
                f"the last axis must have {self.start.size} numbers, as names has",
                _checks.shown(list(array.shape)),
                "start from .start",
            )
        found: dict[str, Any] = {}
        for k, name in enumerate(self.names):
            flat = [value_of(self.transforms[name], float(one))[0] for one in array[..., k].flat]
            values = np.reshape(flat, array.shape[:-1])
            found[name] = float(values) if values.ndim == 0 else values
        return found

    def _root(self) -> Array:
        """A root of the covariance that the fit expects: along it a sampler's steps are alike."""
        covariance = self._fit._covariance
        if np.isfinite(covariance).all():
            try:
                return np.asarray(np.linalg.cholesky(covariance))
            except np.linalg.LinAlgError:
                pass
        return np.eye(self.start.size)

    def __repr__(self) -> str:
        lines = [f"<LogPosterior: {len(self.names)} numbers"]
        lines += [f"  {name}: {words}" for name, words in self.priors.items()]
        return "\n".join(lines) + ">"


def _change_of_variable(
    transform: tuple[str, float, float], law: str, x: float
) -> tuple[float, float]:
    """Ln of what a prior's density gains when it becomes one of x, and its slope."""
    kind, low, high = transform
    value, slope = value_of(transform, x)
    if kind == "logit":
        share = (value - low) / (high - low)
        if not 0.0 < share < 1.0:
            return -math.inf, math.nan
        term, change = math.log(slope), 1.0 - 2.0 * share
    else:
        term, change = (x, 1.0) if kind == "log" else (0.0, 0.0)
    if law == _BY_LOG:
        term, change = term - math.log(value), change - slope / value
    return term, change


@_checks.keywords("write error_priors= before the priors")
def log_posterior(
    fit: MixedFit, *, error_priors: Mapping[str, tuple[str, float, float]] | None = None
) -> LogPosterior:
    """Makes the posterior of a fit without random effects: of one person, or pooled.

    Parameters
    ----------
    fit : MixedFit
        From ``fit_people`` or ``fit_mixed`` without ``random``. A parameter has the prior that the
        fit was given; one without is flat between the bounds of its transform (low, high), and one
        with neither is refused.
    error_priors : mapping, optional
        Number of an error, such as "error_additive_sd(a_urine_mmol)", to ("log_normal", median, sd
        of the logarithm); each that is estimated needs one.

    Returns
    -------
    LogPosterior
        Names, start, ``logp``, ``logp_and_gradient``, ``to_parameters``.

    Raises
    ------
    ValueError
        A fit with random effects, or a number without a prior and without bounds: its posterior
        need not exist.
    UnknownNameError
        A prior of an error that the fit does not have.
    """
    if not isinstance(fit, MixedFit):
        _checks.refuse(
            "log_posterior needs a fit of fit_people or fit_mixed",
            _checks.shown(fit),
            "mgpk.fit has no priors; fit one person with mgpk.fit_people",
            TypeError,
        )
    problem = fit._problem
    if problem.random:
        _checks.refuse(
            "log_posterior needs a fit without random effects",
            f"random = {fit.random}",
            "leave random out: one person, or people who are pooled",
        )
    given = {} if error_priors is None else _checks.mapping("error_priors", error_priors, "give one")
    _checks.known_keys("error_priors", given, problem.error_names)
    checked = {}
    for name in problem.error_names:
        if name not in given:
            _checks.refuse(
                "each number of an error needs a prior",
                f"none for {name}",
                'give error_priors={name: ("log_normal", median, sd of the logarithm)}',
            )
        checked[name] = _error_prior(name, given[name])
    with_prior = {place for place, *_ in problem.priors}
    kinds = [p.transform[0] for p in problem.parameters] + ["identity"] * len(problem.coefficients)
    for k, kind in enumerate(kinds):
        if k not in with_prior and kind != "logit":
            _checks.refuse(
                "each parameter needs a prior, or bounds that it is flat between",
                f"neither for {problem.names[k]}",
                "give the fit priors={...}, or transforms={...: (low, high)}",
            )
    return LogPosterior(fit, checked)


def _error_prior(name: str, prior: object) -> tuple[str, float, float]:
    if not isinstance(prior, (tuple, list)) or len(prior) != 3:
        _checks.refuse(
            f"the prior of {name} must be (law, median, spread)",
            _checks.shown(prior),
            'give ("log_normal", median, sd of the logarithm)',
            TypeError,
        )
    law = _checks.one_of(f"the prior of {name}", prior[0], (_BY_LOG,))
    median = _checks.number(f"the median of the prior of {name}", prior[1])
    sd = _checks.number(f"the spread of the prior of {name}", prior[2])
    if not (median > 0 and sd > 0):
        _checks.refuse(
            f"the prior of {name} needs a positive median and spread",
            f"{_checks.shown(median)} with {_checks.shown(sd)}",
            "give both",
        )
    return law, median, sd


@_checks.keywords("write n_draws=, n_chains= and the like before the numbers")
def sample_posterior(
    posterior: LogPosterior,
    *,
    n_draws: int = 1000,
    n_tune: int = 500,
    n_chains: int = 4,
    seed: int = 1,
    n_cores: int = 1,
    progress: Progress = None,
) -> Any:
    """Draws from a posterior by the No-U-Turn sampler of nutpie (the extra ``bayes``).

    Parameters
    ----------
    posterior : LogPosterior
        From ``mgpk.log_posterior``.
    n_draws : int
        Draws of each chain that are kept.
    n_tune : int
        Draws of each chain before them, which tune it.
    n_chains : int
        Chains; two are the least that can be compared.
    seed : int
        Names the draws, 0 or more.
    n_cores : int
        Chains that are drawn at a time.
    progress : bool or callable, optional
        As in ``mgpk.simulate``; the fraction is that of the draws, a guess of it at most.

    Returns
    -------
    arviz.InferenceData
        ``posterior`` with one variable per parameter in its unit, and ``sample_stats``. R-hat and
        effective size come from ``arviz.summary``.

    Raises
    ------
    ModuleNotFoundError
        nutpie or ArviZ is not there.
    ValueError
        Numbers that are refused.

    Notes
    -----
    The sampler walks along the covariance that the fit expects, so that correlated parameters cost
    no more than others. Chains start around the estimates.

    See Also
    --------
    nutpie.sample : does the sampling.
    """
    if not isinstance(posterior, LogPosterior):
        _checks.refuse(
            "sample_posterior needs a LogPosterior",
            _checks.shown(posterior),
            "see mgpk.log_posterior",
            TypeError,
        )
    counts = {"n_draws": n_draws, "n_tune": n_tune, "n_chains": n_chains, "n_cores": n_cores}
    for name, value in counts.items():
        if _checks.count(name, value) < 1:
            _checks.refuse(f"{name} must be at least 1", str(value), "raise it")
    if _checks.count("seed", seed) < 0:
        _checks.refuse("seed must not be negative", str(seed), "give a whole number from 0 on")
    found = watched(
        "sample_posterior", progress, lambda callback: _sampled(posterior, counts, seed, callback)
    )
    found.attrs.update(
        mgpk_version=_core.version,
        disclaimer=_core.disclaimer,
        priors="; ".join(f"{name}: {words}" for name, words in posterior.priors.items()),
    )
    return found


def _sampled(posterior: LogPosterior, counts: dict[str, int], seed: int, callback: Any) -> Any:
    import nutpie
    from nutpie.compiled_pyfunc import from_pyfunc

    root, n = posterior._root(), posterior.start.size
    # A tree has some seven steps once the sampler is tuned.
    budget = 7 * counts["n_chains"] * (counts["n_draws"] + counts["n_tune"])
    done = [0]

    def along(z: Array) -> Array:
        return np.asarray(posterior.start + root @ z)

    def density(z: Array) -> tuple[float, Array]:
        done[0] += 1
        if callback is not None:
            callback(min(0.99, done[0] / budget))
        value, gradient = posterior.logp_and_gradient(along(z))
        if not math.isfinite(value):
            raise _Nowhere("the posterior has no density here")
        return value, root.T @ gradient

    def expand(z: Array) -> dict[str, Any]:
        return {k: np.array(v) for k, v in posterior.to_parameters(along(z)).items()}

    model = from_pyfunc(
        n,
        lambda: density,
        lambda *_: expand,
        [np.dtype("float64")] * n,
        [()] * n,
        list(posterior.names),
        make_initial_point_fn=lambda seed: np.random.default_rng(seed).normal(size=n),
    )
    return nutpie.sample(
        model,
        draws=counts["n_draws"],
        tune=counts["n_tune"],
        chains=counts["n_chains"],
        cores=counts["n_cores"],
        seed=seed,
        progress_bar=False,
    )


class _Nowhere(ArithmeticError):
    """Tells the sampler to turn back and go on."""

    is_recoverable = True
