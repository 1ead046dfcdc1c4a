"""Fits of many people: known truth, pooled and with priors, bounds, means, and clear refusals."""

from __future__ import annotations

import math
import pickle
from typing import Any

import mgpk
import numpy as np
import pytest

MODEL = mgpk.classic.one_compartment(cl_L_per_h=2.0, v_L=20.0, ka_per_h=1.0)
TIMES_H = [0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0]


def rows_of(people: int, seed: int = 3, cv: float = 0.25, error: float = 0.1) -> dict[str, Any]:
    """One oral dose in each person, drawn around cl 3, v 25, ka 1.2."""
    rng = np.random.default_rng(seed)
    rows: dict[str, list[Any]] = {k: [] for k in ("ID", "TIME", "AMT", "EVID", "CMT", "DV", "WT")}
    for person in range(people):
        weight = float(rng.uniform(50, 90))
        cl = 3.0 * (weight / 70) ** 0.75 * math.exp(cv * rng.standard_normal())
        v = 25.0 * math.exp(cv * rng.standard_normal())
        ka, k = 1.2, cl / v
        for i, t in enumerate([0.0, *TIMES_H]):
            c = 100 / v * ka / (ka - k) * (math.exp(-k * t) - math.exp(-ka * t))
            values = (person, t, 100 if i == 0 else 0, int(i == 0), 1 if i == 0 else 2)
            value = None if i == 0 else c * math.exp(error * rng.standard_normal())
            for key, one in zip(rows, (*values, value, weight), strict=True):
                rows[key].append(one)
    return rows


def fitted(rows: dict[str, Any], **options: Any) -> mgpk.MixedFit:
    given: dict[str, Any] = {
        "parameters": ["cl_L_per_h", "v_L", "ka_per_h"],
        "random": ["cl_L_per_h", "v_L"],
    }
    return mgpk.fit_mixed(MODEL, rows, **{**given, **options})


@pytest.fixture(scope="module")
def fit() -> mgpk.MixedFit:
    return fitted(
        rows_of(40),
        random=[("cl_L_per_h", "v_L")],
        covariates=[mgpk.Covariate("cl_L_per_h", "WT", center=70)],
    )


def test_known_truth_lies_within_the_errors(fit: mgpk.MixedFit) -> None:
    truth = {
        "cl_L_per_h": 3.0,
        "v_central_L": 25.0,
        "ka_per_h": 1.2,
        "cl_L_per_h~WT": 0.75,
        "error_proportional": 0.1,
        "omega(cl_L_per_h)": 0.0625,
        "omega(v_central_L)": 0.0625,
        "omega(v_central_L, cl_L_per_h)": 0.0,
    }
    assert set(truth) == set(fit.estimates)
    for name, value in truth.items():
        assert abs(fit.estimates[name] - value) < 3.5 * fit.standard_errors[name], name
    assert fit.not_identified == fit.at_bound == []


def test_the_result_has_people_residuals_and_a_table(fit: mgpk.MixedFit) -> None:
    assert fit.etas.shape == (40, 2)
    assert np.allclose(fit.omega, fit.omega.T)
    assert fit.individual["ka_per_h"].std() == 0
    assert fit.individual["cl_L_per_h"].std() > 0
    assert list(fit.table["parameter"]) == list(fit.estimates)
    assert len(fit.residuals) == 40 * len(TIMES_H)
    assert fit.aic == pytest.approx(-2 * fit.log_likelihood + 2 * len(fit.free))
    assert "cl_L_per_h = " in repr(fit)


def test_draws_are_repeatable_and_the_check_covers_what_was_observed(fit: mgpk.MixedFit) -> None:
    drawn = fit.simulate(n=3, seed=9)
    assert drawn.shape == (280, 3)
    assert (drawn == fit.simulate(n=3, seed=9)).all()
    table = fit.vpc(n=200, seed=1, bins=6)
    inside = (table["observed"] >= table["low"]) & (table["observed"] <= table["high"])
    assert inside.mean() > 0.8


def test_pooled_data_are_plain_likelihood() -> None:
    pooled = fitted(rows_of(10, cv=0.0), random=[], error="log_normal")
    assert pooled.etas.shape == (10, 0)
    assert pooled.estimates["cl_L_per_h"] == pytest.approx(3.0, rel=0.2)
    assert pooled.objective == pytest.approx(pooled.laplace_objective)


def test_a_strong_prior_holds_its_parameter() -> None:
    held = fitted(rows_of(8), priors={"ka_per_h": ("log_normal", 2.0, 0.001)})
    assert held.estimates["ka_per_h"] == pytest.approx(2.0, rel=0.01)
    assert any("priors" in note for note in held.notes)


def test_bounds_of_quantification_take_part() -> None:
    rows = rows_of(30)
    limit = 0.4
    rows["CENS"] = [int(v is not None and v < limit) for v in rows["DV"]]
    rows["LLOQ"] = [limit] * len(rows["DV"])
    rows["DV"] = [limit if c else v for v, c in zip(rows["DV"], rows["CENS"], strict=True)]
    assert sum(rows["CENS"]) > 10
    with_bounds = fitted(rows)
    everything = fitted(rows_of(30))
    assert with_bounds.estimates["cl_L_per_h"] == pytest.approx(
        everything.estimates["cl_L_per_h"], rel=0.05
    )
    assert np.isnan(with_bounds.residuals["cwres"]).sum() == sum(rows["CENS"])


def test_means_with_their_errors_stand_beside_people() -> None:
    rows = rows_of(12)
    n = len(rows["ID"])
    rows["SE"] = [None] * n
    alone = fitted(rows)
    for t, value in ((1.0, 2.60), (4.0, 2.71), (12.0, 1.05)):
        for key, one in zip(rows, (99, t, 0, 0, 2, value, 70, 0.05), strict=True):
            rows[key].append(one)
    first = len(rows["ID"]) - 3
    for key, one in zip(rows, (99, 0.0, 100, 1, 1, None, 70, None), strict=True):
        rows[key].insert(first, one)
    both = fitted(rows)
    assert both.standard_errors["ka_per_h"] < alone.standard_errors["ka_per_h"]
    assert (both.etas[-1] == 0).all()
    assert any("means" in note for note in both.notes)


def test_a_spread_that_is_not_there_is_said_to_be_zero() -> None:
    none = fitted(rows_of(15, cv=0.0))
    assert set(none.without_spread) <= {"omega(cl_L_per_h)", "omega(v_central_L)"}
    for name in none.without_spread:
        assert math.isnan(none.standard_errors[name])
        assert f"{name} is zero as far as these data can tell" in none.notes
    assert none.without_spread


def test_what_the_data_do_not_determine_is_said_plainly() -> None:
    rows = rows_of(10)
    late = [i for i, t in enumerate(rows["TIME"]) if t == 0 or t >= 8]
    rows = {key: [column[i] for i in late] for key, column in rows.items()}
    # Late values show a slope and a height; three numbers of one compartment are too many.
    lost = fitted(rows, random=[], error="additive")
    for name in ("cl_L_per_h", "v_central_L", "ka_per_h"):
        assert name in lost.not_identified or name in lost.at_bound
        assert any(note.startswith(f"{name} ") for note in lost.notes)
        error = lost.standard_errors[name]
        assert math.isnan(error) or error > lost.estimates[name]


def test_a_fit_is_refused_where_the_data_can_tell_nothing() -> None:
    rows = rows_of(4)
    with pytest.raises(ValueError, match="a fit needs observations"):
        fitted({**rows, "EVID": [e or 2 for e in rows["EVID"]], "DV": [None] * len(rows["DV"])})
    with pytest.raises(ValueError, match="observations must differ"):
        fitted({**rows, "DV": [None if v is None else 1.5 for v in rows["DV"]]})
    with pytest.raises(ValueError, match="must be near the model's predictions"):
        fitted({**rows, "DV": [None if v is None else 1000 * v for v in rows["DV"]]})
    with pytest.raises(ValueError, match="observations must be in the unit of the doses per L"):
        mgpk.fit_mixed(
            MODEL,
            mgpk.Dataset.from_dict(rows, units={"AMT": "mg", "DV": "mmol/L"}),
            parameters=["cl_L_per_h"],
        )
    with pytest.raises(ValueError, match="as many observations as numbers"):
        few = {key: column[:3] for key, column in rows.items()}
        fitted(few, random=[])
    with pytest.raises(ValueError, match="a spread between people needs people"):
        fitted({key: column[:8] for key, column in rows.items()})
    early = {key: [column[0], *column] for key, column in rows.items()}
    early.update(TIME=[-1.0, *rows["TIME"]], AMT=[0, *rows["AMT"]], EVID=[0, *rows["EVID"]])
    early.update(DV=[1.7, *rows["DV"]], CMT=[2, *rows["CMT"]])
    with pytest.raises(ValueError, match="an observation before the first dose"):
        fitted(early)
    zeros = [v and (0.0 if t == 0.5 else v) for v, t in zip(rows["DV"], rows["TIME"], strict=True)]
    with pytest.raises(ValueError, match="log-normal error needs positive observations"):
        fitted({**rows, "DV": zeros}, error="log_normal")


def test_words_that_are_not_known_are_refused() -> None:
    rows = rows_of(4)
    with pytest.raises(mgpk.UnknownNameError, match="cl_L_per_h"):
        fitted(rows, parameters=["cl_L_per_hr"])
    with pytest.raises(ValueError, match="error must be a known word"):
        fitted(rows, error="aditive")
    with pytest.raises(mgpk.UnknownNameError, match="key of priors"):
        fitted(rows, priors={"v": ("normal", 1, 1)})
    with pytest.raises(ValueError, match="one value for each person"):
        fitted({**rows, "WT": list(range(50, 82))}, covariates=[("cl_L_per_h", "WT")])
    with pytest.raises(TypeError, match="classic model"):
        mgpk.fit_mixed("one", rows, parameters=["cl_L_per_h"])


def test_other_models_are_fitted_by_differences() -> None:
    model = mgpk.classic.two_compartment(
        cl_L_per_h=3.0, v_central_L=20.0, q_L_per_h=1.0, v_peripheral_L=10.0, ka_per_h=1.0
    )
    fit = mgpk.fit_mixed(
        model, rows_of(6), parameters=["cl_L_per_h", "v_central_L"], random=["cl_L_per_h"]
    )
    assert fit.estimates["cl_L_per_h"] == pytest.approx(3.0, rel=0.3)


def test_covariates_are_plain_tuples() -> None:
    one = mgpk.Covariate("v_L", "WT")
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_number_may_go_by_its_short_name_wherever_it_is_named() -> None:
    options: dict[str, Any] = {
        "start_sd": {"v_L": 0.2},
        "priors": {"v_L": ("log_normal", 25.0, 0.2)},
        "transforms": {"v_L": (1.0, 100.0)},
    }
    long = {what: {"v_central_L": given["v_L"]} for what, given in options.items()}
    rows = rows_of(10)
    assert fitted(rows, **options).estimates == fitted(rows, **long).estimates
    with pytest.raises(ValueError, match="priors must name each number once"):
        fitted(rows, priors={**options["priors"], **long["priors"]})
