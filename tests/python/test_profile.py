"""Profiles of the likelihood against intervals that are known, open ends, several starts."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mgpk
import numpy as np
import pytest

Rows = Callable[..., dict[str, Any]]
Fitter = Callable[..., mgpk.MixedFit]
#: 3.84: chi-square with one degree of freedom, 95 %.
CHI_SQUARE = 3.841458820694124


@pytest.fixture(scope="module")
def pooled(fitted: Fitter, oral_rows: Rows) -> mgpk.MixedFit:
    return fitted(oral_rows(20, cv=0.0), random=[])


@pytest.fixture(scope="module")
def late(fitted: Fitter, oral_rows: Rows) -> mgpk.MixedFit:
    """Late values alone: a slope and a height for three numbers."""
    rows = oral_rows(10)
    keep = [i for i, t in enumerate(rows["TIME"]) if t == 0 or t >= 8]
    return fitted(
        {key: [column[i] for i in keep] for key, column in rows.items()},
        random=[],
        error="additive",
        starts=4,
        starts_seed=2,
    )


def test_profiles_of_many_data_agree_with_standard_errors(pooled: mgpk.MixedFit) -> None:
    for name in ("cl_L_per_h", "v_central_L", "ka_per_h", "error_proportional"):
        profile = pooled.profile(name)
        assert profile.has_low and profile.has_high
        assert profile.threshold == pytest.approx(CHI_SQUARE)
        half = 1.96 * pooled.standard_errors[name]
        assert (profile.high - profile.low) / 2 == pytest.approx(half, rel=0.05)
        assert profile.low < profile.estimate == pooled.estimates[name] < profile.high


def test_the_objective_at_the_ends_is_that_of_a_fit_with_the_number_held(
    pooled: mgpk.MixedFit, oral_rows: Rows
) -> None:
    profile = pooled.profile("ka_per_h")
    for end in (profile.low, profile.high):
        model = mgpk.classic.one_compartment(cl_L_per_h=3.0, v_L=25.0, ka_per_h=end)
        held = mgpk.fit_mixed(
            model, oral_rows(20, cv=0.0), parameters=["cl_L_per_h", "v_L"], check_scale=False
        )
        assert held.objective - pooled.objective == pytest.approx(CHI_SQUARE, abs=0.05)


def test_the_curve_is_ordered_and_has_the_other_numbers(pooled: mgpk.MixedFit) -> None:
    profile = pooled.profile("v_central_L", level=0.9)
    assert (np.diff(profile.values) > 0).all()
    assert profile.rises.min() == 0.0
    assert profile.threshold == pytest.approx(1.6448536269514722**2)
    assert set(profile.others) == {"cl_L_per_h", "ka_per_h", "error_proportional"}
    assert all(len(column) == len(profile.values) for column in profile.others.values())
    assert profile.in_words.startswith("v_central_L = ")
    narrow, wide = profile, pooled.profile("v_central_L")
    assert wide.low < narrow.low < narrow.high < wide.high


def test_a_spread_between_people_has_a_profile_that_is_not_symmetric(fitted: Fitter, oral_rows: Rows) -> None:
    fit = fitted(oral_rows(12))
    profile = fit.profile("omega(cl_L_per_h)")
    assert profile.has_low and profile.has_high
    assert profile.high - profile.estimate > 1.5 * (profile.estimate - profile.low) > 0


def test_an_open_end_is_said_plainly(late: mgpk.MixedFit) -> None:
    profile = late.profile("ka_per_h")
    assert not profile.has_high and math.isinf(profile.high)
    assert any("no upper end for ka_per_h" in note for note in profile.notes)
    assert "or more" in profile.in_words
    # The curvature calls the clearance lost; the likelihood itself holds it.
    assert "cl_L_per_h" in late.not_identified
    clearance = late.profile("cl_L_per_h")
    assert clearance.has_low and clearance.has_high


def test_the_loosest_combination_is_named(late: mgpk.MixedFit, pooled: mgpk.MixedFit) -> None:
    assert late.rank == len(late.free) - 1
    assert "ka_per_h" in late.loosest
    assert any(f"determine {late.rank} of {len(late.free)}" in note for note in late.notes)
    assert pooled.rank == len(pooled.free)
    assert pooled.condition < 1e4


def test_several_starts_say_where_they_ended(late: mgpk.MixedFit) -> None:
    assert len(late.starts) == 4
    assert late.starts[0]["cl_L_per_h"] == pytest.approx(2.0)
    assert any("4 starts ended" in note for note in late.notes)
    ends = {"the same place", "as good, elsewhere", "a higher place", "did not settle"}
    assert {row["end"] for row in late.starts} <= ends | {"no likelihood there"}
    assert min(row["objective"] for row in late.starts) == pytest.approx(late.objective)


def test_starts_are_drawn_by_their_seed_and_within_bounds(fitted: Fitter, oral_rows: Rows) -> None:
    options: dict[str, Any] = {
        "random": [], "starts": 3, "transforms": {"ka_per_h": (0.5, 4.0)},
    }  # fmt: skip
    one = fitted(oral_rows(8, cv=0.0), **options)
    same = fitted(oral_rows(8, cv=0.0), **options)
    other = fitted(oral_rows(8, cv=0.0), **options, starts_seed=5)
    assert one.starts == same.starts
    assert one.starts[0]["ka_per_h"] == other.starts[0]["ka_per_h"]
    assert one.starts[1]["ka_per_h"] != other.starts[1]["ka_per_h"]
    assert all(0.5 < row["ka_per_h"] < 4.0 for row in one.starts + other.starts)
    assert {row["end"] for row in one.starts} == {"the same place"}


def test_what_cannot_be_profiled_is_refused(
    pooled: mgpk.MixedFit, fitted: Fitter, oral_rows: Rows
) -> None:
    with pytest.raises(mgpk.UnknownNameError, match="cl_L_per_h"):
        pooled.profile("cl_L_per_hr")
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        pooled.profile("cl_L_per_h", level=95)
    with pytest.raises(ValueError, match="starts must be at least 1"):
        fitted(oral_rows(4), random=[], starts=0)
    correlated = fitted(oral_rows(15), random=[("cl_L_per_h", "v_L")])
    assert correlated.profile("omega(cl_L_per_h)").has_high
    with pytest.raises(ValueError, match="that the search moves by itself"):
        correlated.profile("omega(v_central_L)")
