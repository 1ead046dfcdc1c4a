"""The report of docs/validation: its promises hold, its numbers are current, its pieces are right."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest
import write_validation as writer

import mgpk


@pytest.fixture(scope="module")
def report():
    return writer.report()


@pytest.fixture(scope="module")
def validation():
    return mgpk.validate()


def test_the_promises_hold(report):
    broken = writer.page.broken_promises(report)
    assert not broken, "\n".join(broken)


def test_the_page_is_current(report):
    stored = writer.PAGE.read_text(encoding="utf-8")
    found = writer.drift(stored, writer.page.text(report))
    assert not found, "run python tools/write_validation.py\n" + "\n".join(found)


def test_a_worse_model_breaks_promises_and_says_which(report):
    worse = mgpk.validate(parameters={"km_uptake_mmol": 30.0}, allow_outside_range=True)
    from dataclasses import replace

    spoilt = replace(report, fitted=replace(report.fitted, validation=worse))
    broken = writer.page.broken_promises(spoilt)
    assert any("absorption: GMFE fit is" in line for line in broken)


def test_a_single_step_is_near_a_full_refit(report):
    both = report.refits[["by_step", "by_refit"]].to_numpy(float)
    assert np.all(np.abs(both[:, 0] - both[:, 1]) <= 0.1 * np.abs(both[:, 1]) + 0.02)


def test_scores_follow_from_the_endpoints(validation):
    rows = validation.endpoints
    folds = rows[(rows["domain"] == "urine") & (rows["score"] == "fold")]
    by_cohort = folds["residual"].abs().groupby(folds["cohort"]).mean()
    assert validation.domains.loc["urine", "gmfe"] == pytest.approx(math.exp(by_cohort.mean()))
    z = rows["residual"] / rows["deviation"]
    assert np.allclose(z, rows["z"])
    assert validation.log_likelihood == pytest.approx((rows["weight"] * rows["log_likelihood"]).sum())
    assert "endpoints within two deviations" in repr(validation)
    assert validation.endpoints.attrs["disclaimer"] == mgpk.disclaimer


def test_a_subset_can_be_validated_with_other_parameters():
    iv = mgpk.validate(mgpk.studies(domain="iv", use="fit"), parameters={"tm_mmol_per_L": 0.64})
    assert list(iv.domains.index) == ["iv"]
    assert iv.parameters == {"tm_mmol_per_L": 0.64}
    assert pickle.loads(pickle.dumps(iv)).endpoints.equals(iv.endpoints)
    with pytest.raises(mgpk.UnknownNameError, match="tm_mmol_per_L"):
        mgpk.validate(parameters={"tm_mmol": 0.6}).endpoints
    with pytest.raises(ValueError, match="needs a study"):
        mgpk.validate(mgpk.studies()[:0])
    with pytest.raises(TypeError, match="studies of the catalogue"):
        mgpk.validate("iv")


def test_slopes_agree_with_the_gradient_of_the_likelihood():
    few = mgpk.studies(cohort="vandenBergh_2003")
    slopes = few.sensitivities(of=["tm_mmol_per_L"])
    rows = mgpk.validate(few).endpoints
    gradient = float((rows["weight"] * rows["slope"] * slopes["tm_mmol_per_L"]).sum())
    at, h = mgpk.studies()["vandenbergh_2003_16"].subject().parameter("tm_mmol_per_L"), 1e-3
    ends = [mgpk.validate(few, parameters={"tm_mmol_per_L": at + s * h}).log_likelihood for s in (-1, 1)]
    assert gradient == pytest.approx((ends[1] - ends[0]) / (2 * h), rel=1e-3)
    errors = slopes.attrs["errors"]["tm_mmol_per_L"]
    assert (errors < 1e-3 * slopes["tm_mmol_per_L"].abs()).all()
    with pytest.raises(ValueError, match="n_threads must not be negative"):
        few.sensitivities(of=["tm_mmol_per_L"], n_threads=-1)


def test_what_is_excused_says_why():
    excused = mgpk.studies(use="excused")
    assert 0 < len(excused) <= 8
    assert all(len(study.note) > 40 for study in excused)


def test_the_pictures_have_names_units_and_a_legend(validation):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    from mgpk.validation_plots import draw_misses

    ax = validation.plot()
    assert "observed" in ax.get_xlabel() and "predicted" in ax.get_ylabel()
    assert ax.get_legend() is not None
    assert ax.get_xscale() == ax.get_yscale() == "log"
    misses = draw_misses(validation.endpoints)
    assert len(misses.get_yticklabels()) == len(validation.endpoints)
    pyplot.close("all")
