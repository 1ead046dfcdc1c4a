"""People and what changes them, at Python's door."""

import copy
import json
import pickle

import pytest
import size_modifiers

import mgpk


@pytest.mark.parametrize(
    "aim", size_modifiers.AIMS, ids=lambda aim: f"{aim.modifier}, {aim.what}"
)
def test_the_size_of_the_table_gives_the_published_effect(aim):
    assert aim.low <= aim.effect(1.0) <= aim.high


def test_what_an_effect_is_measured_by_is_nothing_at_no_strength():
    changes = [aim for aim in size_modifiers.AIMS if "serum, mmol/L" in aim.what]
    assert changes
    for aim in size_modifiers.AIMS:
        if "ratio" in aim.what:
            assert aim.effect(0.0) == pytest.approx(1.0, abs=1e-6)


def test_the_table_has_size_range_kind_and_source():
    table = mgpk.modifiers()
    assert "thiazide" in table
    assert len(table["pregnancy"]) == 3
    assert {row.applies for row in table["thiazide"]} == {"acute", "chronic"}
    for row in table:
        assert row.low <= row.value <= row.high
        assert row.citation
        assert row.kind in ("measured", "derived", "calibrated", "assumed")
    frame = table.to_pandas()
    assert len(frame) == len(table)
    assert list(frame.columns)[:4] == ["name", "target", "how", "value"]
    assert "thiazide" in repr(table)
    assert "0.4 to 0.95" in table._repr_html_() or "Kieboom_2018" in table._repr_html_()
    with pytest.raises(KeyError, match="known are"):
        table["thiazid"]


def test_names_alone_have_the_strength_of_the_table():
    assert mgpk.Subject(modifiers=["thiazide"]) == mgpk.Subject(modifiers={"thiazide": 1.0})
    person = mgpk.Subject(modifiers={"thiazide": 0.5, "ileal_resection": 1})
    assert person.modifiers == {"thiazide": 0.5, "ileal_resection": 1.0}
    assert eval(repr(person), {"Subject": mgpk.Subject}) == person
    assert mgpk.Subject.from_dict(json.loads(json.dumps(person.to_dict()))) == person
    assert pickle.loads(pickle.dumps(person)) == person
    assert hash(person) == hash(person.replace(weight_kg=None))
    assert person != mgpk.Subject()


@pytest.mark.parametrize(
    ("modifiers", "error", "words"),
    [
        (["thiazid"], mgpk.UnknownNameError, 'did you mean "thiazide"'),
        (["caffeine"], ValueError, r"add it to the plan with modify\(\)"),
        ({"thiazide": 3}, ValueError, "between 0 and 2"),
        ({"thiazide": "a lot"}, TypeError, "the strength of thiazide"),
        ("thiazide", TypeError, "modifiers must be a list"),
        (["thiazide", "thiazide"], ValueError, "named once"),
    ],
)
def test_modifiers_that_are_not_meant_are_refused(modifiers, error, words):
    with pytest.raises(error, match=words):
        mgpk.Subject(modifiers=modifiers)


def test_what_changes_a_person_is_said():
    person = mgpk.Subject(modifiers={"thiazide": 0.5}, gfr_mL_per_min=40)
    run = mgpk.simulate(person, until_h=1)
    assert any("thiazide (strength 0.5): tm_dct times" in words for words in run.assumptions)
    assert any("at the reference GFR" in words for words in run.assumptions)
    assert "modifier: thiazide, strength 0.5" in run.header()
    assert "Kieboom_2018" in run.header()


def test_pregnancy_changes_what_was_not_given():
    pregnant = mgpk.Subject(pregnant=True)
    assert pregnant.resolved["gfr_mL_per_min"] == pytest.approx(180)
    assert pregnant.resolved["albumin_g_per_L"] < 40
    given = mgpk.Subject(pregnant=True, gfr_mL_per_min=140, albumin_g_per_L=33)
    assert given.resolved["gfr_mL_per_min"] == 140
    assert given.resolved["albumin_g_per_L"] == 33


def test_an_acute_modifier_is_a_line_of_a_plan():
    plan = mgpk.Schedule().modify("caffeine", at_h=8, over_h=2)
    run = mgpk.simulate(None, plan, until_h=24)
    rate, usual = run["urine_mmol_per_h"], run.baseline["urine_mmol_per_h"]
    at = list(run.time_h).index(8.0)
    assert rate[at] > 1.3 * usual[at]
    assert rate[at - 1] == pytest.approx(usual[at - 1])
    assert rate[at + 4] < usual[at + 4]
    assert plan.in_words() == ["caffeine at 8 h over 2 h"]
    assert "caffeine at 8 h over 2 h" in run.header()
    assert "caffeine at 8 h over 2 h" in repr(run)
    assert mgpk.Run.from_dict(run.to_dict())["a_urine_mmol"][-1] == run["a_urine_mmol"][-1]


@pytest.mark.parametrize(
    ("keywords", "error", "words"),
    [
        ({"name": "cafeine", "over_h": 2}, mgpk.UnknownNameError, 'did you mean "caffeine"'),
        ({"name": "gitelman", "over_h": 2}, ValueError, "give it to the subject"),
        ({"name": "caffeine", "over_h": 0}, ValueError, "over_h must be finite and positive"),
        ({"name": "caffeine", "over_h": 1, "strength": -1}, ValueError, "between 0 and 2"),
        ({"name": "caffeine", "over_h": 1, "times": 2}, ValueError, "needs every_h"),
    ],
)
def test_lines_that_are_not_meant_are_refused(keywords, error, words):
    name = keywords.pop("name")
    with pytest.raises(error, match=words):
        mgpk.Schedule().modify(name, **keywords)


def test_a_depleted_start_is_one_line():
    start = mgpk.after(weeks=3, diet_mg_per_d=12)
    run = mgpk.simulate(None, None, until_h=24, start=start)
    for column in ("a_plasma_mmol", "a_cells_mmol", "a_slow_mmol"):
        assert run[column][0] < run.baseline[column][0]
    assert run.history == start
    assert "after 21 d of a diet of 12 mg/d" in run.header()
    again = mgpk.Run.from_dict(json.loads(json.dumps(run.to_dict())))
    assert again["a_slow_mmol"][-1] == run["a_slow_mmol"][-1]
    assert pickle.loads(pickle.dumps(run)).history == start
    with pytest.raises(ValueError, match="a run after a history"):
        run.document  # noqa: B018


def test_a_history_is_a_value():
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=24, times=7)
    loaded = mgpk.after(days=7, plan=plan)
    assert loaded.over_h == 168
    assert len(plan) == 1
    assert mgpk.History.from_dict(loaded.to_dict()) == loaded
    assert pickle.loads(pickle.dumps(loaded)) == copy.copy(loaded) == copy.deepcopy(loaded)
    both = mgpk.after(days=7, diet_mg_per_d=100, plan=plan)
    assert len(both.plan) == 2
    assert len(plan) == 1
    assert both != loaded
    assert repr(both).startswith("<History: after 7 d of 300 mg")
    with pytest.raises(AttributeError, match="must stay as it was made"):
        loaded.over_h = 3


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"diet_mg_per_d": 12}, "either weeks or days"),
        ({"weeks": 1, "days": 1, "diet_mg_per_d": 12}, "either weeks or days"),
        ({"days": 1.5, "diet_mg_per_d": 12}, "whole days"),
        ({"days": 3}, "a diet or a plan"),
        ({"days": 1, "plan": mgpk.Schedule().oral("citrate", mmol=5, at_h=30)}, "come by its end"),
    ],
)
def test_histories_that_are_not_meant_are_refused(keywords, words):
    with pytest.raises(ValueError, match=words):
        mgpk.after(**keywords)


def test_start_must_be_a_start():
    with pytest.raises(TypeError, match=r"start must be a SteadyState or a History"):
        mgpk.simulate(None, None, until_h=1, start=3)


def test_the_loading_test_is_one_line():
    usual = mgpk.loading_test()
    assert usual.f_retained_low == -0.195
    assert usual.f_retained_high == 0.275
    assert usual.relative == "within the published range"
    assert usual.f_retained == pytest.approx(
        1 - (usual.a_urine_mmol - usual.a_urine_usual_mmol) / usual.a_given_mmol
    )
    depleted = mgpk.loading_test(start=mgpk.after(weeks=3, diet_mg_per_d=12))
    assert depleted.f_retained > usual.f_retained + 0.08
    assert "retained" in repr(depleted)
    assert depleted.to_dict()["relative"] == depleted.relative
    assert depleted.run.plan.in_words()[0].startswith("729.1 mg elemental magnesium (30 mmol)")
    assert mgpk.loading_test(mmol=20).relative.startswith("not comparable")


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"mmol": -1}, "positive"),
        ({"collect_h": 4}, "must not end before the infusion"),
        ({"at_h": 30}, "between 0 and 24"),
    ],
)
def test_a_loading_test_that_is_not_meant_is_refused(keywords, words):
    with pytest.raises(ValueError, match=words):
        mgpk.loading_test(**keywords)
