"""Fits of public data sets reach the published estimates and objectives.

data/fit/README.md says where both were read.
"""

from __future__ import annotations

import csv
from pathlib import Path

import mgpk
import pytest

#: Estimates of searches that their programs did not call finished, with the remark they gave: there
#: the published objective is above its minimum, and these estimates are held within an error.
UNFINISHED = {"warfarin": ("ka_per_h",)}

FOLDER = Path(__file__).parents[2] / "data" / "fit"


Published = dict[str, dict[str, float]]
Both = tuple[str, mgpk.MixedFit, Published]


def published(fit: str) -> Published:
    found: Published = {}
    with open(FOLDER / "published.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["fit"] == fit:
                found.setdefault(row["kind"], {})[row["name"]] = float(row["value"])
    return found


def fit_of(name: str, **start: float) -> mgpk.MixedFit:
    if name == "phenobarbital":
        frame = mgpk.read_dataset(FOLDER / "phenobarbital.csv").to_pandas()
        frame["LOW"] = (frame["APGR"] < 5).astype(int)
        return mgpk.fit_mixed(
            mgpk.classic.one_compartment(cl_L_per_h=0.006, v_L=1.2),
            frame,
            parameters=["cl_L_per_h", "v_L"],
            random=["cl_L_per_h", "v_L"],
            covariates=[
                mgpk.Covariate("cl_L_per_h", "WT", coefficient=1, fixed=True),
                mgpk.Covariate("v_L", "WT", coefficient=1, fixed=True),
                mgpk.Covariate("v_L", "LOW", kind="category", center=1),
            ],
            error="proportional",
        )
    if name == "warfarin_lag":
        return fit_with_lag()
    theophylline = name == "theophylline"
    usual = {"cl_L_per_h": 2.0, "v_L": 40.0} if theophylline else {"cl_L_per_h": 0.1, "v_L": 10.0}
    model = mgpk.classic.one_compartment(**{"ka_per_h": 1.0, **usual, **start})
    parameters = ["ka_per_h", "cl_L_per_h", "v_L"]
    return mgpk.fit_mixed(
        model,
        FOLDER / f"{name}.csv",
        parameters=parameters,
        random=parameters,
        error="additive" if theophylline else "proportional",
    )


def fit_with_lag() -> mgpk.MixedFit:
    frame = mgpk.read_dataset(FOLDER / "warfarin.csv").to_pandas()
    # Zeros before the lag have no error but the additive one: towards none at all the likelihood
    # grows without end. The search starts on the side where the published one ended.
    return mgpk.fit_mixed(
        mgpk.classic.one_compartment(cl_L_per_h=0.1, v_L=8.0, ka_per_h=1.0, tlag_h=0.9),
        frame[(frame["ID"].astype(int) != 13) | (frame["TIME"] != 3)],
        parameters=["ka_per_h", "cl_L_per_h", "v_L", "tlag_h"],
        random=[("cl_L_per_h", "v_L"), "ka_per_h"],
        covariates=[
            mgpk.Covariate("cl_L_per_h", "WT", center=70, coefficient=0.75, fixed=True),
            mgpk.Covariate("v_L", "WT", center=70, coefficient=1, fixed=True),
        ],
        error="combined_sd",
        start_error={"error_additive_sd": 0.3, "error_proportional": 0.1},
    )


@pytest.fixture(
    scope="module", params=["theophylline", "phenobarbital", "warfarin", "warfarin_lag"]
)
def both(request: pytest.FixtureRequest) -> tuple[str, mgpk.MixedFit, Published]:
    return request.param, fit_of(request.param), published(request.param)


def test_estimates_and_objective_are_the_published_ones(both: Both) -> None:
    name_of_fit, fit, other = both
    below = fit.objective - other["objective"]["objective"]
    assert (-0.5 if name_of_fit in UNFINISHED else -0.01) < below < 0.01
    for kind, tolerance in (("fixed", 0.02), ("error", 0.02), ("variance", 0.10)):
        for name, value in other[kind].items():
            if name in UNFINISHED.get(name_of_fit, ()):
                assert abs(fit.estimates[name] - value) < 0.5 * fit.standard_errors[name], name
            else:
                assert fit.estimates[name] == pytest.approx(value, rel=tolerance), name


def test_shrinkage_and_robust_errors_are_the_published_ones(both: Both) -> None:
    _, fit, other = both
    for name, value in other.get("shrinkage", {}).items():
        assert fit.shrinkage[name] == pytest.approx(value, abs=0.02), name
    for name, value in other.get("robust_error", {}).items():
        assert fit.robust_standard_errors[name] == pytest.approx(value, rel=0.05), name


def test_the_minimum_does_not_depend_on_the_start() -> None:
    near = fit_of("warfarin", cl_L_per_h=0.1356, v_L=8.168, ka_per_h=0.6483)
    far = fit_of("warfarin", cl_L_per_h=0.2, v_L=6.0, ka_per_h=0.3)
    assert near.objective == pytest.approx(far.objective, abs=1e-6)
    assert near.estimates["ka_per_h"] == pytest.approx(far.estimates["ka_per_h"], rel=1e-4)


def test_everything_is_identified_and_settled(both: Both) -> None:
    _, fit, _ = both
    assert fit.not_identified == []
    assert fit.at_bound == []
    assert fit.condition < 1e4
    residuals = fit.residuals
    assert abs(residuals["cwres"].mean()) < 0.2
    assert 0.8 < residuals["cwres"].std() < 1.2
