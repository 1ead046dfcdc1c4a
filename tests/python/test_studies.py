"""The study catalogue, and what the model says of all of it."""

import math
import pickle

import pytest
import write_study_page as writer

import mgpk


@pytest.fixture(scope="module")
def predicted():
    """The whole catalogue, predicted once."""
    return mgpk.studies().predict().set_index("key")


def test_every_study_is_solved(predicted):
    assert len(predicted) == len(mgpk.studies()) >= 45
    assert (predicted["failure"] == "").all(), predicted.loc[predicted["failure"] != "", "failure"]
    assert predicted["predicted"].notna().all()


def test_ratio_and_z_are_those_of_the_figures(predicted):
    row = predicted.loc["schutten_2022_urine"]
    assert row["ratio"] == pytest.approx(row["predicted"] / 3.12)
    assert row["z"] == pytest.approx((row["predicted"] - 3.12) / ((4.01 - 2.23) / 3.919928))
    assert math.isnan(predicted.loc["nowfoods_citrate_4h", "ratio"])  # observed is no change
    assert math.isnan(predicted.loc["iom_1997_depletion_urine", "ratio"])  # observed is a bound
    assert math.isnan(predicted.loc["shils_1964_plasma", "z"])  # a range of two men


def test_one_study_by_hand(predicted):
    study = mgpk.studies()["gullestad_1994"]
    assert (study.observed, study.n, study.kind_of_spread) == (pytest.approx(0.063), 88, "sd")
    run = mgpk.simulate(study.subject(), study.plan(), times_h=[0, 8, 32])
    by_hand = 1 - run.summary().f_excreted
    assert study.predict() == pytest.approx(by_hand, rel=1e-5)
    assert predicted.loc[study.key, "predicted"] == pytest.approx(by_hand, rel=1e-5)
    assert study.run()["a_urine_mmol"][-1] == pytest.approx(run["a_urine_mmol"][-1], rel=1e-5)


def test_a_study_of_the_baseline_has_no_plan():
    study = mgpk.studies()["prevend_2013_men"]
    assert study.plan() is None
    assert study.n is None and math.isnan(study.se)
    day = mgpk.simulate(study.subject(), until_h=24, every_h=24)["a_urine_mmol"][-1]
    assert study.predict() == pytest.approx(day, rel=1e-5)


def test_other_parameters_reach_the_prediction():
    study = mgpk.studies()["vandenbergh_2003_64"]
    assert study.predict(parameters={"tm_mmol_per_L": 0.64}) > study.predict() + 0.02


def test_studies_are_chosen_by_words():
    absorption = mgpk.studies(domain="absorption", use="fit")
    assert len(absorption) > 5
    assert {(study.domain, study.use) for study in absorption} == {("absorption", "fit")}
    assert mgpk.studies(cohort="Fatemi_1991").cohorts == ["Fatemi_1991"]
    with pytest.raises(ValueError, match='did you mean "Fatemi_1991"'):
        mgpk.studies(cohort="Fatemi_1992")
    with pytest.raises(TypeError, match='did you mean "domain"'):
        mgpk.studies(domains="iv")


def test_one_cohort_counts_once():
    for cohort in mgpk.studies(use="fit").cohorts:
        total = sum(study.weight for study in mgpk.studies(cohort=cohort, use="fit"))
        assert total == pytest.approx(0.5 if cohort == "Zhang2016meta" else 1.0)


def test_what_is_left_out_says_why():
    excluded = mgpk.studies().excluded
    assert {"line", "study", "endpoint", "reason", "why"} == set(excluded[0])
    assert all(row["why"] for row in excluded)
    assert len(excluded) + len(mgpk.studies()) < 300  # the rest set levels of people


def test_studies_read_and_pickle():
    study = mgpk.studies()["fatemi_1991_plasma"]
    assert "0.61 mmol/L" in repr(study)
    assert "Fatemi" in study.citation and "10.1210" in study.citation
    assert study.assumed == [
        "usual diet before",
        "total magnesium of red cells falls like the free that was measured",
    ]
    assert study.observable in mgpk.studies().observables
    assert pickle.loads(pickle.dumps(study)) == study
    iv = mgpk.studies(domain="iv")
    assert pickle.loads(pickle.dumps(iv)) == iv
    assert iv.to_pandas().attrs["disclaimer"] == mgpk.disclaimer


def test_the_page_is_current(predicted):
    drift = writer.drift(writer.PAGE.read_text(encoding="utf-8"), writer.page(predicted.reset_index()))
    assert not drift, "run python tools/write_study_page.py\n" + "\n".join(drift)
    assert writer.drift("a 1.00 b", "a 1.05 b") and not writer.drift("a 1.00 b", "a 1.01 b")
