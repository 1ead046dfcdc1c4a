"""Sizes of errors by restricted likelihood, and intervals: against closed forms and a plain search."""

from __future__ import annotations

import math
from typing import Any

import mgpk
import numpy as np
import pytest
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import chi2, norm, t

DOSE, CL, V = 100.0, 2.0, 20.0
MODEL = mgpk.classic.one_compartment(cl_L_per_h=CL, v_L=V)
VALUES = [4.1, 4.9, 5.2, 3.8, 4.4]


def rows_of(people: list[list[tuple[float, float]]], **columns: list[float]) -> dict[str, Any]:
    """A bolus in each person, and levels as pairs of time and value."""
    rows: dict[str, list[Any]] = {k: [] for k in ("ID", "TIME", "AMT", "EVID", "DV", *columns)}
    for i, levels in enumerate(people):
        for t_h, value in [(0.0, None), *levels]:
            dose = value is None
            own = (columns[name][i] for name in columns)
            row = (i + 1, t_h, DOSE if dose else 0.0, int(dose), value, *own)
            for key, one in zip(rows, row, strict=True):
                rows[key].append(one)
    return rows


def mean_fit(**options: Any) -> mgpk.MixedFit:
    """A level in each of five people, who share a share of the dose: the fit of a mean."""
    given: dict[str, Any] = {"error": "additive", "likelihood": "restricted", **options}
    return mgpk.fit_mixed(
        MODEL,
        rows_of([[(1.0, value)] for value in VALUES]),
        parameters=["f_bioavailable"],
        transforms={"f_bioavailable": "identity"},
        **given,
    )


def test_a_mean_has_the_deviation_of_n_less_one() -> None:
    fit, n = mean_fit(), len(VALUES)
    level = DOSE / V * math.exp(-CL / V)
    mean, sd = np.mean(VALUES) / level, float(np.std(VALUES, ddof=1))
    assert fit.likelihood == "restricted"
    assert fit.estimates["f_bioavailable"] == pytest.approx(mean, rel=1e-7)
    assert fit.estimates["error_additive_sd"] == pytest.approx(sd, rel=1e-4)
    # The errors and intervals of any textbook.
    error = sd / math.sqrt(n) / level
    assert fit.standard_errors["f_bioavailable"] == pytest.approx(error, rel=1e-4)
    low, high, freedom = fit.interval("f_bioavailable")
    assert freedom == pytest.approx(n - 1, rel=1e-3)
    reach = t.ppf(0.975, n - 1) * error
    assert (low, high) == pytest.approx((mean - reach, mean + reach), rel=1e-3)
    low, high, _ = fit.interval("error_additive_sd", level=0.9)
    ends = [sd * math.sqrt((n - 1) / chi2.ppf(share, n - 1)) for share in (0.95, 0.05)]
    assert (low, high) == pytest.approx(ends, rel=1e-3)


def test_a_line_has_the_deviation_of_n_less_two() -> None:
    x = [1.0, 2.0, 4.0, 5.0, 8.0]
    fit = mgpk.fit_mixed(
        MODEL,
        rows_of([[(1.0, value)] for value in VALUES], X=x),
        parameters=["f_bioavailable"],
        transforms={"f_bioavailable": "identity"},
        covariates=[mgpk.Covariate("f_bioavailable", "X", kind="linear", center=4.0)],
        error="additive",
        likelihood="restricted",
    )
    residual = np.polyfit(x, VALUES, 1, full=True)[1][0]
    assert fit.estimates["error_additive_sd"] == pytest.approx(math.sqrt(residual / 3), rel=1e-4)
    assert fit.degrees_of_freedom["f_bioavailable~X"] == pytest.approx(3, rel=1e-3)


def test_a_proportional_error_is_where_a_plain_search_finds_it() -> None:
    """Not linear, and the error depends on the prediction: the definition, coded anew."""
    times_h = np.array([0.5, 2.0, 5.0, 9.0, 14.0, 20.0])
    noise = np.array([1.1, 0.85, 1.12, 0.9, 1.2, 0.8])
    levels = DOSE / V * np.exp(-CL / V * times_h) * noise

    def prediction(x: Any) -> tuple[Any, Any]:
        rate = math.exp(x[0] - x[1])
        f = DOSE / math.exp(x[1]) * np.exp(-rate * times_h)
        return f, np.column_stack([-rate * times_h * f, (rate * times_h - 1) * f])

    def full(x: Any, s: float) -> float:
        variance = (math.exp(s) * prediction(x)[0]) ** 2
        return float(np.sum(np.log(variance) + (levels - prediction(x)[0]) ** 2 / variance))

    def restricted(s: float) -> float:
        best = minimize(
            full,
            np.log([CL, V]),
            (s,),
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-12},
        )
        f, slopes = prediction(best.x)
        # Of a deviation that is a share of f the width tells of f as well.
        weight = 1 / (math.exp(s) * f) ** 2 + 2 / f**2
        return float(best.fun + np.linalg.slogdet(slopes.T @ (weight[:, None] * slopes))[1])

    fit = mgpk.fit_mixed(
        MODEL,
        rows_of([list(zip(times_h, levels, strict=True))]),
        parameters=["cl_L_per_h", "v_L"],
        likelihood="restricted",
    )
    wanted = minimize_scalar(
        restricted, bounds=(-3.0, -1.0), method="bounded", options={"xatol": 1e-7}
    )
    assert math.log(fit.estimates["error_proportional"]) == pytest.approx(wanted.x, abs=2e-4)
    assert fit.restricted_objective == pytest.approx(wanted.fun, abs=1e-5)


def test_a_full_likelihood_says_what_it_divides_by_and_has_normal_intervals() -> None:
    fit, n = mean_fit(likelihood="full"), len(VALUES)
    assert fit.estimates["error_additive_sd"] == pytest.approx(float(np.std(VALUES)), rel=1e-5)
    assert any(f"divides by the {n} observations" in note and "11 %" in note for note in fit.notes)
    assert math.isnan(fit.restricted_objective)
    value, error = fit.estimates["error_additive_sd"], fit.standard_errors["error_additive_sd"]
    factor = math.exp(norm.ppf(0.975) * error / value)
    assert fit.interval("error_additive_sd")[:2] == pytest.approx((value / factor, value * factor))
    assert fit.interval("error_additive_sd").degrees_of_freedom == math.inf


def test_what_has_no_restricted_likelihood_is_refused() -> None:
    with pytest.raises(ValueError, match="without random effects"):
        mean_fit(random=["f_bioavailable"])
    with pytest.raises(ValueError, match="without priors"):
        mean_fit(priors={"f_bioavailable": ("normal", 1.0, 0.1)})
    with pytest.raises(ValueError, match="likelihood"):
        mean_fit(likelihood="REML")
    fit = mean_fit()
    with pytest.raises(ValueError, match="a profile is of the full likelihood"):
        fit.profile("f_bioavailable")
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        fit.interval("f_bioavailable", level=95)
