"""Figures of fits: what is on the axes, units, bounds marked as such, the disclaimer, refusals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import mgpk
import numpy as np
import pytest
from matplotlib import pyplot
from mgpk import fit_plots
from mgpk.fit_checks import bins_of

Rows = Callable[..., dict[str, Any]]
Fitter = Callable[..., mgpk.MixedFit]
LIMIT = 0.4


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def fit(fitted: Fitter, oral_rows: Rows) -> mgpk.MixedFit:
    """30 people, those below a limit given as bounds, units stated."""
    rows = oral_rows(30)
    below = [int(v is not None and v < LIMIT) for v in rows["DV"]]
    rows["CENS"] = below
    rows["LLOQ"] = [LIMIT] * len(below)
    rows["DV"] = [LIMIT if b else v for v, b in zip(rows["DV"], below, strict=True)]
    return fitted(mgpk.Dataset.from_dict(rows, units={"AMT": "mmol", "DV": "mmol/L"}))


@pytest.fixture(scope="module")
def body() -> mgpk.MixedFit:
    """Plasma and urine of one infusion in the full body."""
    person = mgpk.ObservedPerson(
        {
            "c_plasma_total_mmol_per_L": mgpk.Measured([1, 6], [1.7, 1.3], se=[0.1, 0.1]),
            "a_urine_mmol": mgpk.Measured([6, 12], [10.0, 16.0], se=[1.0, 1.0]),
        },
        plan=mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.5),
        start_c_plasma_total_mmol_per_L=1.0,
    )
    return mgpk.fit_people(
        person, parameters=["gfr_mL_per_min"], errors="known", relative_tolerance=1e-6
    )


def labels(axes: Any) -> list[str]:
    return axes.get_legend_handles_labels()[1]


def line(axes: Any, label: str) -> Any:
    (found,) = [one for one in axes.lines if one.get_label() == label]
    return found


def test_observed_against_predicted_shows_each_value_once(fit: mgpk.MixedFit) -> None:
    frame = fit.residuals
    for prediction in ("population", "individual"):
        (axes,) = fit_plots.plot_observed(fit, prediction=prediction).axes
        measured, below = line(axes, "observed"), line(axes, "below the limit")
        there = frame["censored"] == 0
        np.testing.assert_array_equal(measured.get_xdata(), frame[prediction][there])
        np.testing.assert_array_equal(measured.get_ydata(), frame["observed"][there])
        assert (np.asarray(below.get_ydata()) == LIMIT).all()
        assert len(below.get_xdata()) == int((frame["censored"] == 1).sum()) > 10
        assert below.get_marker() == "v" and below.get_markerfacecolor() == "none"
        assert axes.get_xlabel() == f"{prediction} prediction, mmol/L"
        assert axes.get_ylabel() == "observed, mmol/L"


def test_residuals_leave_bounds_out_and_say_so(fit: mgpk.MixedFit) -> None:
    n = int((fit.residuals["censored"] != 0).sum())
    for draw in (
        lambda: fit_plots.plot_residuals(fit),
        lambda: fit_plots.plot_residuals(fit, residual="iwres", against="individual"),
        lambda: fit_plots.plot_qq(fit),
    ):
        (axes,) = draw().axes
        assert f"{n} beyond a limit: none" in labels(axes)
        drawn = max(len(one.get_xdata()) for one in axes.lines)
        assert drawn == len(fit.residuals) - n
        assert "residual, sd" in axes.get_ylabel()


def test_normal_quantiles_are_sorted_and_standard(fit: mgpk.MixedFit) -> None:
    (axes,) = fit_plots.plot_qq(fit, residual="iwres").axes
    (dots,) = [one for one in axes.lines if one.get_marker() == "o"]
    x, y = np.asarray(dots.get_xdata()), np.asarray(dots.get_ydata())
    assert (np.diff(x) > 0).all() and (np.diff(y) >= 0).all()
    assert x.mean() == pytest.approx(0.0, abs=1e-12)
    assert x.std() == pytest.approx(1.0, abs=0.02)


def test_the_diagnostics_are_six_panels_with_the_disclaimer(fit: mgpk.MixedFit) -> None:
    figure = fit.plot(log=True)
    assert len(figure.axes) == 6
    assert mgpk.disclaimer[:40] in figure._supxlabel.get_text().replace("\n", " ")
    assert figure.axes[0].get_xscale() == "log"
    assert "30 people, 210 observations" in figure._suptitle.get_text()
    for axes in figure.axes:
        assert axes.get_xlabel() and axes.get_ylabel() and axes.get_title(loc="left")


def test_the_check_draws_its_own_table(fit: mgpk.MixedFit) -> None:
    table = fit.vpc(50, 3, 8, (10, 50, 90))
    (axes,) = fit_plots.plot_vpc(fit, n=50, seed=3, percentiles=(10, 50, 90)).axes
    for percent in (10, 50, 90):
        rows = table[table["percentile"] == percent]
        drawn = line(axes, f"observed {percent} %")
        np.testing.assert_array_equal(drawn.get_ydata(), rows["observed"])
        np.testing.assert_array_equal(drawn.get_xdata(), rows["time_h"])
        assert f"simulated {percent} %" in labels(axes)
    assert axes.get_xlabel() == "time, h" and axes.get_ylabel() == "observation, mmol/L"
    assert "below the limit" in labels(axes)


def test_the_table_of_the_check_stops_at_the_limit(fit: mgpk.MixedFit) -> None:
    table = fit.vpc(100, 1)
    assert table[["observed", "low", "median", "high"]].min().min() == LIMIT
    assert set(table["time_h"]) == {0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0}
    inside = (table["observed"] >= table["low"]) & (table["observed"] <= table["high"])
    assert inside.mean() > 0.8


def test_bins_are_cut_where_nothing_was_measured() -> None:
    rng = np.random.default_rng(1)
    nominal = np.repeat([0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0], 10)
    place = bins_of(nominal + rng.uniform(0, 0.1, nominal.size), 7)
    assert (place == np.repeat(np.arange(7), 10)).all()
    spread = bins_of(rng.uniform(0, 24, 80), 8)
    assert np.bincount(spread).tolist() == [10] * 8
    assert bins_of(np.array([3.0, 1.0, 3.0]), 8).tolist() == [1, 0, 1]


def test_each_person_is_a_line_over_the_band(fit: mgpk.MixedFit) -> None:
    (axes,) = fit_plots.plot_people(fit, n=50).axes
    people = [one for one in axes.lines if one.get_marker() == "."]
    assert len(people) == 30
    assert len(axes.collections) == 1
    assert labels(axes).count("observed, one line for each person") == 1
    assert "below the limit" in labels(axes)


def test_a_profile_shows_its_ends_and_its_unit(fit: mgpk.MixedFit) -> None:
    figure = fit_plots.plot_profiles(fit, names=["cl_L_per_h", "v_central_L"])
    clearance, volume = figure.axes
    assert clearance.get_xlabel() == "cl_L_per_h, L/h"
    assert volume.get_xlabel() == "v_central_L, L"
    profile = fit.profile("cl_L_per_h")
    ends = [one.get_xdata()[0] for one in clearance.lines if one.get_linestyle() == "--"]
    assert ends == [profile.low, profile.high]
    assert profile.plot().axes[0].get_xlabel() == "cl_L_per_h, L/h"


def test_columns_of_the_body_are_chosen_and_have_units(body: mgpk.MixedFit) -> None:
    assert list(body.residuals["column"].unique()) == ["c_plasma_total_mmol_per_L", "a_urine_mmol"]
    figure = body.plot(column="a_urine_mmol")
    assert figure.axes[0].get_ylabel().endswith(", mmol")
    assert len(line(figure.axes[0], "observed").get_xdata()) == 2
    table = body.vpc(20, column="c_plasma_total_mmol_per_L")
    assert set(table["time_h"]) == {1.0, 6.0}
    for draw in (fit_plots.plot_diagnostics, fit_plots.plot_vpc, fit_plots.plot_people):
        with pytest.raises(ValueError, match="one column must be chosen"):
            draw(body)
    with pytest.raises(mgpk.UnknownNameError, match="a_urine_mmol"):
        fit_plots.plot_observed(body, column="a_urine_mmoll")


def test_axes_of_the_user_are_drawn_on(fit: mgpk.MixedFit) -> None:
    figure, places = pyplot.subplots(1, 6)
    profile = fit.profile("cl_L_per_h")
    rows = [("a", 1.0, 0.5, 2.0)]
    for axes, draw in zip(
        places,
        (
            lambda axes: fit_plots.plot_observed(fit, axes=axes),
            lambda axes: fit_plots.plot_residuals(fit, axes=axes),
            lambda axes: fit_plots.plot_vpc(fit, n=20, axes=axes),
            lambda axes: fit_plots.plot_people(fit, n=20, axes=axes),
            lambda axes: fit_plots.plot_profile(profile, axes=axes),
            lambda axes: fit_plots.plot_forest(rows, quantity="x", unit="h", axes=axes),
        ),
        strict=True,
    ):
        assert draw(axes) is figure
        assert axes.lines
    assert len(figure.axes) == 6


def test_a_forest_has_a_row_for_each_comparison() -> None:
    rows = [
        fit_plots.ForestRow("measured", 0.5, 0.2, 0.8, "measured"),
        ("open above", 0.3, -0.1, math.inf, "simulated"),
        ("open below", 0.1, -math.inf, 0.4, "simulated"),
        ("no interval", 0.2, math.nan, math.nan, "simulated"),
        ("nobody knows", math.nan, math.nan, math.nan, "measured"),
    ]
    figure = fit_plots.plot_forest(rows, quantity="urine, difference", unit="mmol", title="T")
    (axes,) = figure.axes
    assert [one.get_text() for one in axes.get_yticklabels()] == [row[0] for row in rows]
    words = [one.get_text() for one in axes.texts]
    assert words == [
        "0.5 (0.2 to 0.8)", "0.3 (-0.1 or more)", "0.1 (0.4 or less)", "0.2", "no figure",
    ]  # fmt: skip
    assert axes.get_xlabel() == "urine, difference, mmol, with 95 % intervals"
    assert labels(axes) == ["measured", "simulated"]
    assert [one.get_marker() for one in axes.lines].count(">") == 1
    plain = fit_plots.plot_forest(rows[:1], quantity="ratio", unit="1", level=None, none_at=1, log=True)
    assert plain.axes[0].get_xlabel() == "ratio"


def test_what_cannot_be_drawn_is_refused(fit: mgpk.MixedFit) -> None:
    with pytest.raises(ValueError, match="must enclose its estimate"):
        fit_plots.plot_forest([("a", 1.0, 2.0, 3.0)], quantity="x", unit="h")
    with pytest.raises(ValueError, match="a forest plot needs rows"):
        fit_plots.plot_forest([], quantity="x", unit="h")
    with pytest.raises(ValueError, match="needs positive numbers"):
        fit_plots.plot_forest([("a", 1.0, -2.0, 3.0)], quantity="x", unit="h", log=True)
    with pytest.raises(ValueError, match="needs none_at above zero"):
        fit_plots.plot_forest([("a", 1.0, 0.5, 3.0)], quantity="x", unit="1", log=True)
    with pytest.raises(ValueError, match="prediction"):
        fit_plots.plot_observed(fit, prediction="persons")
    with pytest.raises(TypeError, match="names must be a list"):
        fit_plots.plot_profiles(fit, names="cl_L_per_h")
    with pytest.raises(ValueError, match="bins must be at least 1"):
        fit.vpc(10, bins=0)
