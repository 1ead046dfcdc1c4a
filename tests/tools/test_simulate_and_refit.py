"""Simulated studies with known truth: a few of them anew, and the page of all."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import refit_arms
import refit_log
import simulate_and_refit
from scipy.stats import norm

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "validation" / "simulated_fits.csv"


def arm_of(name):
    return next(arm for arm in refit_arms.ARMS if arm.name == name)


def test_the_page_is_that_of_the_table():
    assert simulate_and_refit.main(["--check"]) == 0


def test_bias_and_coverage_of_estimates_that_are_known():
    """Quantiles of a normal law: a summary of them must find what they were made from."""
    arm = refit_arms.Arm("toy", "", 400, {"a": 2.0}, lambda random: None)
    drawn = 2.5 + 0.5 * norm.ppf((np.arange(400) + 0.5) / 400)
    reach = 0.5 * norm.ppf(0.975)
    fits = [
        refit_arms.Estimates({"a": x}, {"a": 0.5}, {"a": (x - reach, x + reach)}) for x in drawn
    ]
    (row,) = simulate_and_refit.summary(arm, fits, 3)
    assert row["n_studies"] == 403 and row["n_failed"] == 3
    assert row["bias"] == pytest.approx(0.5)
    assert row["bias_in_mc_se"] == pytest.approx(row["bias"] / (row["sd"] / 20))
    # One deviation off, an interval of 1.96 covers its truth in 83 %.
    assert row["f_covered"] == pytest.approx(0.83, abs=0.005)
    lost = [refit_arms.Estimates({"a": 2.0}, {"a": math.nan}, {"a": (0.0, 9.0)}) for _ in range(2)]
    assert simulate_and_refit.summary(arm, lost + fits[:2], 0)[0]["n_without_interval"] == 2


def test_a_draw_depends_on_nothing_but_its_number():
    one = refit_arms.draw(arm_of("mixed"), 7).normal(size=3)
    assert (refit_arms.draw(arm_of("mixed"), 7).normal(size=3) == one).all()
    assert (refit_arms.draw(arm_of("pooled"), 7).normal(size=3) != one).all()


def test_a_run_that_was_stopped_goes_on(tmp_path):
    """Of what is kept nothing is drawn again, and what is read is what was fitted."""
    drawn = []

    def refit(random):
        drawn.append(float(random.normal()))
        if len(drawn) == 2:
            raise RuntimeError("no minimum")
        return refit_arms.Estimates({"a": drawn[-1]}, {"a": 0.5}, {"a": (-1.0, math.inf)})

    arm = refit_arms.Arm("mixed", "", 5, {"a": 0.0}, refit)
    refit_log.run(tmp_path, arm, 3, go_on=False)
    refit_log.run(tmp_path, arm, 5, go_on=True)
    fits, failures = refit_log.read(tmp_path, arm)
    assert len(set(drawn)) == 5 and failures == ["study 1: no minimum"]
    assert [fit.value["a"] for fit in fits] == pytest.approx([drawn[0], *drawn[2:]])
    assert fits[0].ends["a"] == (-1.0, math.inf)


@pytest.mark.parametrize(("name", "n"), [("mixed", 12), ("one_person", 8)])
def test_a_few_studies_anew(name, n):
    """No bias that a few studies can see, and hardly an interval that misses."""
    fits = [arm_of(name).refit(refit_arms.draw(arm_of(name), study)) for study in range(n)]
    rows = simulate_and_refit.summary(arm_of(name), fits, 0)
    for row in rows:
        # Of so few draws the deviation is itself uncertain; this is a t of about 1 in 1000.
        assert abs(row["bias_in_mc_se"]) < 5.5, row
    assert np.mean([row["f_covered"] for row in rows]) > 0.8


@pytest.mark.parametrize("name", ["one_person", "mixed", "errors_restricted", "pooled_restricted"])
def test_what_was_found_of_all_of_them(name):
    """The promise, of the arms that were run whole and are not there to show what falls short."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["arm"] == name]
    assert [row["parameter"] for row in rows] == list(arm_of(name).truth)
    for row in rows:
        assert int(row["n_studies"]) == 200 and int(row["n_failed"]) == 0
        assert abs(float(row["bias_in_mc_se"])) < simulate_and_refit.MOST_BIAS_MC_SE, row
        assert float(row["f_covered"]) >= simulate_and_refit.LEAST_COVERED, row
