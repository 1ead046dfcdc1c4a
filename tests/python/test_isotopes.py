"""Isotope studies: labels through every pool, the methods beside the truth, the page."""

import copy
import pickle

import numpy as np
import pytest
import write_isotope_page as writer
from matplotlib import pyplot

import mgpk


@pytest.fixture(scope="module")
def plan():
    plan = mgpk.Schedule().fast(at_h=0, over_h=12.5)
    plan = plan.oral("chloride", elemental_mg=70, at_h=8, label="mg26")
    return plan.iv("chloride", elemental_mg=30, at_h=8)


@pytest.fixture(scope="module")
def study(plan):
    person = mgpk.Subject(sex="male")
    return mgpk.trace(person, plan, until_h=8 + 12 * 24, relative_tolerance=1e-7)


def test_a_trace_is_a_run_with_labels(study, plan):
    run = mgpk.simulate(
        mgpk.Subject(sex="male"), plan, times_h=study.time_h, relative_tolerance=1e-7
    )
    assert study.tracers == ["mg26", "iv"]
    assert set(run.names) <= set(study.names)
    for name in ("a_plasma_mmol", "a_urine_mmol", "a_absorbed_mg26_mmol"):
        np.testing.assert_allclose(study[name], run[name], rtol=1e-5, atol=1e-6)
    assert study.plan == plan and study.subject.sex == "male"
    assert study.units["f_plasma_of_iv"] == "1"
    assert study.units["urine_of_iv_mmol_per_h"] == "mmol/h"
    assert study.units["auc_plasma_total_of_iv_mmol_h_per_L"] == "mmol*h/L"
    assert study.to_pandas().attrs["disclaimer"] == mgpk.disclaimer


@pytest.mark.parametrize("name", ["mg26", "iv"])
def test_each_label_is_in_the_body_or_lost(study, name):
    assert study[f"a_given_of_{name}_mmol"][-1] == pytest.approx(
        (70 if name == "mg26" else 30) / 24.305
    )
    assert np.abs(study[f"a_ledger_gap_of_{name}_mmol"]).max() < 1e-9
    share = study[f"f_plasma_of_{name}"]
    assert share[0] == 0 and share.max() < 0.2 and share[-1] > 0


def test_the_methods_stand_beside_the_truth(study):
    methods = study.methods()
    frame = methods.to_pandas()
    assert list(frame.columns) == list(mgpk.MethodResult._fields)
    assert len(frame) == len(methods) and frame.attrs["disclaimer"] == mgpk.disclaimer
    np.testing.assert_allclose(frame["bias"], frame["estimate"] - frame["truth"])
    truth = study["a_absorbed_first_of_mg26_mmol"][-1] / study["a_given_of_mg26_mmol"][-1]
    assert (frame[frame["unit"] == "1"]["truth"] == truth).all()
    words = repr(methods)
    assert "deconvolution" in words and "mmol/kg" in words
    found = frame.set_index(["method", "to_h"])["bias"]
    assert found["feces", 288] < found["feces", 120] < 0 < found["urine", 144]


def test_samples_can_be_chosen(study):
    methods = study.methods(
        feces_h=[], urine_h=[(12, 36)], plasma_h=(), plasma_area_h=(), deconvolution_h=[], pool_h=[]
    )
    assert [(m.method, m.from_h, m.to_h) for m in methods] == [("urine", 12, 36)]
    assert methods == study.methods(
        feces_h=[], urine_h=[(12, 36)], plasma_h=[], plasma_area_h=[], deconvolution_h=[], pool_h=[]
    )


def test_deconvolution_and_exponentials(study):
    times, rates = study.deconvolved([0, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 24])
    assert times.shape == (11,) and rates.shape == (10,)
    amount = (rates * np.diff(times)).sum()
    assert amount == pytest.approx(study["a_absorbed_first_of_mg26_mmol"][-1], rel=0.05)
    collected = [*range(1, 12), *range(12, 97, 6)]
    first, second = study.urine_exponentials(collected, 2)
    assert 1 < first.t_half_h < 3 and second.t_half_h > 100
    assert study.t_half_body_h(144, 288) > study.t_half_body_h(24, 72)


def test_what_is_not_meant_is_refused(study, plan):
    with pytest.raises(ValueError, match="needs a plan"):
        mgpk.trace(until_h=24)
    with pytest.raises(TypeError, match="must be a list"):
        mgpk.trace(plan=plan, tracers="iv", until_h=24)
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "mg26"'):
        mgpk.trace(plan=plan, tracers=["mg25"], until_h=24)
    with pytest.raises(ValueError, match="output time"):
        study.methods(plasma_h=[24.3])
    with pytest.raises(ValueError, match='did you mean "rate"'):
        study.urine_exponentials([1, 2, 3, 4, 5], 1, of="rates")
    with pytest.raises(ValueError, match="1 to 5 exponentials"):
        study.urine_exponentials([1, 2, 3, 4, 5], 0)


def test_trace_and_methods_can_be_pickled(plan):
    study = mgpk.trace(plan=plan, until_h=32, every_h=4, relative_tolerance=1e-6)
    twin = pickle.loads(pickle.dumps(study))
    assert twin.names == study.names
    for name in study.names:
        assert (twin[name] == study[name]).all()
    assert (copy.deepcopy(study)["f_plasma_of_iv"] == study["f_plasma_of_iv"]).all()
    methods = study.methods(urine_h=[(0, 24)], plasma_h=[24], deconvolution_h=[])
    assert pickle.loads(pickle.dumps(methods)) == methods


def test_figure(study, tmp_path):
    figure = study.plot(tmp_path / "study.png")
    assert (tmp_path / "study.png").stat().st_size > 10_000
    assert len(figure.axes) == 4
    assert figure.axes[3].get_xlabel() == "absorbed, % of the label by mouth"
    pyplot.close("all")


def test_a_figure_of_one_label_has_no_methods(plan):
    study = mgpk.trace(plan=plan, tracers=["iv"], until_h=32, relative_tolerance=1e-6)
    assert len([axes for axes in study.plot().axes if axes.axison]) == 3
    pyplot.close("all")


def test_the_page_is_current():
    drift = writer.drift(writer.PAGE.read_text(encoding="utf-8"), writer.page())
    assert not drift, "run python tools/write_isotope_page.py\n" + "\n".join(drift)
