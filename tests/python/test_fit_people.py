"""Fits of the body: what can tell nothing ends in a clear statement, never in a pretty number."""

from __future__ import annotations

import math
from typing import Any

import mgpk
import pytest

PLAN = mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.5)
TIMES_H = [1.0, 3.0, 6.0, 12.0]
PLASMA = "c_plasma_total_mmol_per_L"
URINE = "a_urine_mmol"
QUICK: dict[str, Any] = {"relative_tolerance": 1e-6, "n_threads": 1}


@pytest.fixture(scope="module")
def true() -> dict[str, list[float]]:
    """What a GFR of 70 mL/min would give, without any error."""
    run = mgpk.simulate(mgpk.Subject(gfr_mL_per_min=70), PLAN, until_h=12)
    places = [int(abs(run.time_h - t).argmin()) for t in TIMES_H]
    return {column: [float(run[column][k]) for k in places] for column in (PLASMA, URINE)}


def person(observations: dict[str, Any], **more: Any) -> mgpk.ObservedPerson:
    return mgpk.ObservedPerson(observations, plan=PLAN, **more)


def fit(people: Any, **options: Any) -> mgpk.MixedFit:
    given = {"parameters": ["gfr_mL_per_min"], "errors": "proportional", **QUICK}
    return mgpk.fit_people(people, **{**given, **options})


def test_a_known_truth_is_found(true: dict[str, list[float]]) -> None:
    measured = {
        column: mgpk.Measured(TIMES_H, values, se=[0.02 * v for v in values])
        for column, values in true.items()
    }
    found = fit(person(measured), errors="known")
    assert found.estimates["gfr_mL_per_min"] == pytest.approx(70.0, rel=1e-3)
    assert found.notes == []


def test_empty_data_are_refused() -> None:
    with pytest.raises(ValueError, match="a fit needs people"):
        fit([])
    with pytest.raises(ValueError, match="each person needs observations"):
        fit(person({}))
    with pytest.raises(ValueError, match="must have values"):
        fit(person({PLASMA: ([], [])}))


def test_constant_data_are_refused() -> None:
    with pytest.raises(ValueError, match=r"observations must differ.*0\.9 everywhere"):
        fit(person({PLASMA: (TIMES_H, [0.9] * 4)}))


@pytest.mark.parametrize("value", [math.nan, math.inf, None, "0.9"])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="values of c_plasma_total_mmol_per_L of 1"):
        fit(person({PLASMA: (TIMES_H, [1.7, value, 1.3, 1.0])}))
    with pytest.raises((ValueError, TypeError), match="times_h of c_plasma_total_mmol_per_L of 1"):
        fit(person({PLASMA: ([1.0, value, 6.0, 12.0], [1.7, 1.5, 1.3, 1.0])}))


def test_bounds_alone_are_refused() -> None:
    with pytest.raises(ValueError, match="values that were measured"):
        fit(person({PLASMA: mgpk.Measured(TIMES_H, [1, 1.1, 1, 1], censored=[1, 1, 1, 1])}))


def test_contradictory_data_are_refused(true: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="must be as many as the times"):
        fit(person({PLASMA: (TIMES_H, [1.7, 1.5])}))
    with pytest.raises(ValueError, match="id of their own"):
        fit([person({PLASMA: (TIMES_H, true[PLASMA])}, id="a") for _ in range(2)])
    with pytest.raises(ValueError, match="must be -1, 0 or 1"):
        fit(person({PLASMA: mgpk.Measured(TIMES_H, true[PLASMA], censored=[0, 2, 0, 0])}))
    with pytest.raises(ValueError, match="need a standard error each"):
        fit(person({PLASMA: (TIMES_H, true[PLASMA])}, is_mean=True))
    with pytest.raises(ValueError, match="needs the se of each value"):
        fit(person({PLASMA: (TIMES_H, true[PLASMA])}), errors="known")


def test_two_values_that_exclude_each_other_are_seen_in_the_residuals() -> None:
    """Same person, same hour, two levels that are fifty errors apart: no estimate can hide it."""
    measured = mgpk.Measured([1.0, 1.0, 6.0], [1.2, 2.2, 1.3], se=[0.01, 0.01, 0.01])
    found = fit(person({PLASMA: measured}), errors="known")
    assert found.residuals["iwres"].abs().max() > 20
    assert found.objective > 500


def test_other_units_are_refused_or_remarked_on(true: dict[str, list[float]]) -> None:
    in_mg = [24.305 * value for value in true[URINE]]
    with pytest.raises(ValueError, match=r"observations of a_urine_mmol must be in mmol.*24\.3 mg"):
        fit(person({URINE: (TIMES_H, in_mg)}))
    in_mg_per_L = [24.305 * value for value in true[PLASMA]]
    with pytest.raises(ValueError, match="observations of c_plasma_total_mmol_per_L must be in mmol/L"):
        fit(person({PLASMA: (TIMES_H, in_mg_per_L)}))
    in_mg_per_dL = mgpk.Measured(TIMES_H, [2.4305 * v for v in true[PLASMA]], se=[0.2] * 4)
    # A person of the level that was read in the wrong unit would fit it: only the remark tells.
    found = fit(
        person({PLASMA: in_mg_per_dL}),
        parameters=["start_c_plasma_total_mmol_per_L"],
        start={"start_c_plasma_total_mmol_per_L": 0.9},
        errors="known",
    )
    assert any("mg/dL" in note for note in found.notes)


def test_more_numbers_than_data_are_refused(true: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="as many observations as numbers"):
        fit(
            person({PLASMA: (TIMES_H[:2], true[PLASMA][:2])}),
            parameters=["gfr_mL_per_min", "v_interstitial_L_per_kg"],
        )
    with pytest.raises(ValueError, match="a spread between people needs people"):
        fit(person({PLASMA: (TIMES_H, true[PLASMA])}), random=["gfr_mL_per_min"])


def test_what_no_data_can_determine_is_not_given_an_error(true: dict[str, list[float]]) -> None:
    """Nothing was swallowed: the dissolution of a tablet has no part in these data."""
    measured = {PLASMA: mgpk.Measured(TIMES_H, true[PLASMA], se=[0.02] * 4)}
    found = fit(
        person(measured),
        parameters=["gfr_mL_per_min", "k_dissolution_acid_per_h"],
        errors="known",
    )
    name = "k_dissolution_acid_per_h"
    assert name in found.not_identified or name in found.at_bound
    assert not math.isfinite(found.standard_errors[name])
    assert any(note.startswith(name) for note in found.notes)
    assert found.rank == 1
    profile = found.profile(name)
    assert not profile.has_low and not profile.has_high
    assert f"{name} is not identified by these data" in profile.notes
    assert math.isfinite(found.standard_errors["gfr_mL_per_min"])


def test_words_that_are_not_known_are_refused(true: dict[str, list[float]]) -> None:
    measured = person({PLASMA: (TIMES_H, true[PLASMA])})
    with pytest.raises(mgpk.UnknownNameError):
        fit(person({"c_plasma_mg": (TIMES_H, true[PLASMA])}), errors={"c_plasma_mg": "additive"})
    with pytest.raises(mgpk.UnknownNameError):
        fit(measured, parameters=["gfr"])
    with pytest.raises(ValueError, match="the error of c_plasma_total_mmol_per_L"):
        fit(measured, errors="aditive")
    with pytest.raises(TypeError, match="must be an ObservedPerson"):
        fit([{"observations": {}}])
