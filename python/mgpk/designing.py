"""What a planned study can tell: expected information, errors, power."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks, _core
from mgpk.design_inputs import (
    Group,
    Numbers,
    PlannedPeriod,
    PlannedPerson,
    groups_of,
    numbers_of,
)
from mgpk.mixed_inputs import ERROR_NUMBERS, Array, Covariate

if TYPE_CHECKING:
    import pandas

__all__ = ["Design", "PlannedPeriod", "PlannedPerson", "design"]


class Design:
    """What ``design`` gives back: what a study of these people would tell.

    Attributes
    ----------
    names : list of str
        Parameters, coefficients of covariates, numbers of errors, and variances between people.
    values : dict of str to float
        What is taken as true of each.
    information : array
        Expected information of Fisher, of parameters and errors by their logarithm and of the rest
        by themselves, shape (n, n).
    n_people : int
        In the whole study.
    standard_errors : dict of str to float
        That a fit of the study may expect, in the unit of each number; infinite where the study
        does not determine it.
    relative_standard_errors : dict of str to float
        The same of the logarithm, a fraction; of coefficients NaN.
    not_identified : list of str
        What the study would not determine.

    See Also
    --------
    design : makes it.
    """

    def __init__(self, numbers: Numbers, information: Array, n_people: int) -> None:
        self.values = _values(numbers)
        self.names = list(self.values)
        self.information, self.n_people = information, n_people
        self._by_log = [name in _by_log(numbers) for name in self.names]
        self.covariance, lost = _inverse(information)
        error = np.sqrt(np.diag(self.covariance))
        self.not_identified = [name for name, gone in zip(self.names, lost, strict=True) if gone]
        self.standard_errors, self.relative_standard_errors = {}, {}
        for k, (name, value) in enumerate(self.values.items()):
            one = math.inf if lost[k] else float(error[k])
            relative = one if self._by_log[k] else one / abs(value) if value else math.nan
            coefficient = "~" in name
            self.standard_errors[name] = one * value if self._by_log[k] else one
            self.relative_standard_errors[name] = math.nan if coefficient else relative

    def _place(self, name: object) -> int:
        word = _checks.text("name", name, "give a name of the design")
        _checks.known_keys("name", [word], self.names)
        return self.names.index(word)

    def _error(self, name: object) -> float:
        """On the scale of the information: of the logarithm, but for coefficients and variances."""
        k = self._place(name)
        gone = self.names[k] in self.not_identified
        return math.inf if gone else math.sqrt(self.covariance[k, k])

    @property
    def d_criterion(self) -> float:
        """The determinant of the information to the power 1/n: larger is better; 0 if singular."""
        sign, log = np.linalg.slogdet(self.information)
        return math.exp(log / len(self.names)) if sign > 0 and not self.not_identified else 0.0

    def power(self, name: str, difference: float, alpha: float = 0.05) -> float:
        """How often such a study finds a difference that is there.

        Parameters
        ----------
        name : str
            A coefficient, such as "uptake~glycinate", or a parameter.
        difference : float
            Of the coefficient, or of the logarithm of the parameter: ln(1.2) for 20 % more, a
            relative number.
        alpha : float
            Level of the two-sided test, a fraction.

        Returns
        -------
        float
            A share of studies, by the normal approximation.
        """
        error = self._error(name)
        ratio = abs(_checks.number("difference", difference)) / error
        z = _quantile(alpha)
        law = NormalDist()
        return law.cdf(ratio - z) + law.cdf(-ratio - z)

    def detectable(self, name: str, f_power: float = 0.8, alpha: float = 0.05) -> float:
        """The smallest difference that such a study finds often enough.

        Parameters
        ----------
        name : str
            A coefficient or a parameter.
        f_power : float
            Share of studies that find it, a fraction.
        alpha : float
            Level of the two-sided test, a fraction.

        Returns
        -------
        float
            Of the coefficient, or of the logarithm of the parameter; exp of it is a ratio.
        """
        return (_quantile(alpha) + _power_quantile(f_power)) * self._error(name)

    def n_people_needed(
        self, name: str, difference: float, f_power: float = 0.8, alpha: float = 0.05
    ) -> float:
        """How many people of this kind find a difference often enough.

        Parameters
        ----------
        name : str
            A coefficient or a parameter.
        difference : float
            Of the coefficient, or of the logarithm of the parameter, a relative number.
        f_power : float
            Share of studies that find it, a fraction.
        alpha : float
            Level of the two-sided test, a fraction.

        Returns
        -------
        float
            A whole number, rounded up; infinite where no number of them would do. The mix of people
            stays that of the design.
        """
        wanted = abs(_checks.number("difference", difference)) / self.detectable(name, f_power, alpha)
        if wanted == 0.0:
            return math.inf
        return float(math.ceil(self.n_people / wanted**2))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per number: value, expected standard error, relative one, remark."""
        return [
            {
                "parameter": name,
                "value": value,
                "standard_error": self.standard_errors[name],
                "relative_standard_error": self.relative_standard_errors[name],
                "remark": "not identified" if name in self.not_identified else "",
            }
            for name, value in self.values.items()
        ]

    @property
    def table(self) -> pandas.DataFrame:
        """The numbers as a data frame, one line each."""
        import pandas

        frame = pandas.DataFrame(self.rows)
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    def __repr__(self) -> str:
        lines = [f"<Design: {self.n_people} people, {len(self.names)} numbers"]
        for row in self.rows:
            remark = f" ({row['remark']})" if row["remark"] else ""
            lines.append(
                f"  {row['parameter']} = {row['value']:.4g} +/- {row['standard_error']:.2g}{remark}"
            )
        return "\n".join(lines) + ">"


def _quantile(alpha: object) -> float:
    level = _checks.number("alpha", alpha)
    if not 0 < level < 1:
        _checks.refuse("alpha must lie between 0 and 1", str(level), "such as 0.05")
    return NormalDist().inv_cdf(1 - level / 2)


def _power_quantile(f_power: object) -> float:
    share = _checks.number("f_power", f_power)
    if not 0.5 <= share < 1:
        _checks.refuse("f_power must lie between 0.5 and 1", str(share), "such as 0.8")
    return NormalDist().inv_cdf(share)


def _error_names(numbers: Numbers) -> list[tuple[str, str, int]]:
    """Name, column and place of each number of an error."""
    return [
        (f"{word}({column})", column, place)
        for column, (kind, _) in numbers.errors.items()
        for place, word in enumerate(ERROR_NUMBERS[kind])
    ]


def _by_log(numbers: Numbers) -> set[str]:
    return set(numbers.parameters) | {name for name, _, _ in _error_names(numbers)}


def _values(numbers: Numbers) -> dict[str, float]:
    values = {name: numbers.values.get(name, math.nan) for name in numbers.parameters}
    values.update({one.name: one.coefficient for one in numbers.covariates})
    for name, column, place in _error_names(numbers):
        values[name] = numbers.errors[column][1][place]
    values.update({f"omega({name})": sd * sd for name, sd in numbers.random.items()})
    values.update(
        {f"omega_of_period({name})": sd * sd for name, sd in numbers.random_of_period.items()}
    )
    return values


def _inverse(information: Array) -> tuple[Array, list[bool]]:
    """The covariance, and which numbers lie in a direction without information."""
    size = np.sqrt(np.maximum(np.diag(information), 0.0))
    scale = np.where(size > 0, 1.0 / np.where(size > 0, size, 1.0), 1.0)
    value, direction = np.linalg.eigh(information * np.outer(scale, scale))
    bad = value <= 1e-10 * max(value[-1], 1e-300)
    inverse = (direction * np.where(bad, 0.0, 1.0 / np.where(bad, 1.0, value))) @ direction.T
    share = (direction[:, bad] ** 2).sum(axis=1)
    return inverse * np.outer(scale, scale), [bool(one > 1e-6) for one in share]


def information_of(
    groups: list[Group], numbers: Numbers, keep: Any = None, priors: Mapping[str, float] | None = None
) -> Array:
    """Expected information of all people; of the rows alone that ``keep`` takes, where it is given."""
    total = None
    for group in groups:
        rows = np.array([keep is None or keep(row) for row in group.rows])
        one = group.n * _of_person(group, numbers, rows)
        total = one if total is None else total + one
    assert total is not None
    for k, name in enumerate(_values(numbers)):
        if priors and name in priors:
            total[k, k] += 1.0 / priors[name] ** 2
    return np.asarray(total)


def _of_person(group: Group, numbers: Numbers, keep: Any) -> Array:
    """First-order information of one person: of the mean, and of the variance around it."""
    rows = [row for row, kept in zip(group.rows, keep, strict=True) if kept]
    f, slopes = group.f[keep], group.slopes[keep]
    period = np.array([row.period for row in rows], dtype=int)
    columns = np.array([row.column for row in rows])
    names = list(numbers.parameters)
    variance, by_value, by_number, stretch = _residual(f, columns, numbers)
    slopes = slopes * stretch[:, None]
    fixed = np.zeros((f.size, len(names) + len(numbers.covariates)))
    for p, effect in enumerate(group.effects):
        fixed[period == p] = slopes[period == p] @ effect
    whole = np.diag(variance)
    spread = []
    for name, sd in numbers.random.items():
        z = slopes[:, names.index(name)]
        spread.append(np.outer(z, z))
        whole += sd * sd * spread[-1]
    for name, sd in numbers.random_of_period.items():
        z = slopes[:, names.index(name)]
        spread.append(np.outer(z, z) * (period[:, None] == period[None, :]))
        whole += sd * sd * spread[-1]
    moved = [np.diag(one) for one in by_number] + spread
    if not numbers.random and not numbers.random_of_period:
        # Without random effects the variance tells of the mean as well, where it depends on it.
        moved = [np.diag(by_value * one) for one in fixed.T] + moved
    else:
        moved = [np.zeros_like(whole)] * fixed.shape[1] + moved
    n = len(moved)
    total = np.zeros((n, n))
    if f.size == 0:
        return total
    inverse = np.linalg.inv(whole)
    k = fixed.shape[1]
    total[:k, :k] = fixed.T @ inverse @ fixed
    turned = [inverse @ one if one.any() else None for one in moved]
    for i, one in enumerate(turned):
        for j in range(i + 1):
            other = turned[j]
            if one is not None and other is not None:
                share = 0.5 * float((one * other.T).sum())
                total[i, j] += share
                if i != j:
                    total[j, i] += share
    return total


def _residual(f: Array, columns: Any, numbers: Numbers) -> tuple[Array, Array, list[Array], Array]:
    """Variance of each row, its slopes along the value and along ln of each number of an error, and
    the slope of the scale it is seen on."""
    variance, by_value, stretch = np.zeros(f.size), np.zeros(f.size), np.ones(f.size)
    by_number = []
    for column, (kind, given) in numbers.errors.items():
        here = columns == column
        if kind == "log_normal":
            stretch[here] = 1.0 / f[here]
        known_sd = 0.0 if kind == "proportional" else given[0]
        share = 0.0 if kind in ("additive", "log_normal") else given[-1]
        if kind == "combined_sd":
            sd = known_sd + share * f
            whole, slope, parts = sd**2, 2.0 * share * sd, [known_sd * sd, share * f * sd]
        else:
            additive, proportional = np.full(f.size, known_sd**2), (share * f) ** 2
            whole, slope = additive + proportional, 2.0 * share * share * f
            parts = {"combined": [additive, proportional], "proportional": [proportional]}.get(
                kind, [additive]
            )
        variance += np.where(here, whole, 0.0)
        by_value += np.where(here, slope, 0.0)
        by_number += [np.where(here, 2.0 * part, 0.0) for part in parts]
    return variance, by_value, by_number, stretch


@_checks.keywords("write parameters=, errors= and the like before the values")
def design(
    people: Iterable[PlannedPerson] | PlannedPerson,
    *,
    parameters: Iterable[str] = (),
    factors: Mapping[str, Iterable[str]] | None = None,
    errors: Mapping[str, tuple[Any, ...]],
    values: Mapping[str, float] | None = None,
    covariates: Iterable[Covariate | tuple[Any, ...]] | None = None,
    random: Mapping[str, float] | None = None,
    random_of_period: Mapping[str, float] | None = None,
    priors: Mapping[str, float] | None = None,
    relative_tolerance: float = 1e-8,
) -> Design:
    """Says what a planned study would tell: expected information, standard errors, power.

    Parameters
    ----------
    people : list of PlannedPerson
        Who would take what, and when what would be measured.
    parameters : list of str
        What would be estimated, as in ``fit_people``; by its logarithm.
    factors : mapping, optional
        Name to keys that one factor moves together: {"uptake": ["vmax_jejunum_mmol_per_h", ...]}.
    errors : mapping
        Column to ("additive", sd), ("proportional", share), ("combined", sd, share) (or
        "combined_sd", whose standard deviations add up) or ("log_normal", sd of the logarithm), sd
        in the unit of the column.
    values : mapping, optional
        Parameter to what is taken as true, in its unit; the person's own, or 1 of a factor, unless
        given.
    covariates : list of Covariate, optional
        How numbers of a period (``PlannedPeriod.covariates``) move parameters; the coefficients
        would be estimated.
    random : mapping, optional
        Parameter to the standard deviation of its logarithm between people, a relative number.
    random_of_period : mapping, optional
        The same between the periods of a person.
    priors : mapping, optional
        Parameter, coefficient or error to the standard deviation that is known of it (of the
        logarithm, but for coefficients), a relative number.
    relative_tolerance : float
        Of the solver, a fraction, [1e-14, 0.1).

    Returns
    -------
    Design
        Expected errors of everything, criteria, power, people needed.

    Raises
    ------
    UnknownNameError
        A parameter, a column or a word that is not known.
    ValueError
        Numbers that are refused.
    SolveError
        A period that cannot be solved.

    Notes
    -----
    Random effects act to first order, and mean and variance inform apart: the usual approximation
    of population designs. Without random effects the information is exact for normal errors.

    See Also
    --------
    mgpk.search_design : looks for times and doses that tell most.
    """
    numbers = numbers_of(
        parameters, factors, values, covariates, errors, random, random_of_period
    )
    groups = groups_of(people, numbers, relative_tolerance)
    known = {} if priors is None else _checks.mapping("priors", priors, "give {name: sd}")
    _checks.known_keys("priors", known, list(_values(numbers)))
    return design_of(groups, with_values(numbers, people), None, known)


def with_values(numbers: Numbers, people: Any) -> Numbers:
    """The numbers with what is taken as true of each parameter, of the first of the people."""
    from mgpk.simulating import subject_of

    first = people if isinstance(people, PlannedPerson) else next(iter(people))
    own = subject_of(first.subject)._inner
    periods = first.periods
    period = periods if isinstance(periods, PlannedPeriod) else periods[0]
    values = dict(numbers.values)
    for name, keys in numbers.parameters.items():
        start = period.start_c_plasma_total_mmol_per_L
        value = _core.values_along(own, start, list(keys))[0] if keys == (name,) else 1.0
        values.setdefault(name, float(value))
    return numbers._replace(values=values)


def design_of(
    groups: list[Group], numbers: Numbers, keep: Any, priors: Mapping[str, float]
) -> Design:
    information = information_of(groups, numbers, keep, priors)
    return Design(numbers, information, sum(group.n for group in groups))
