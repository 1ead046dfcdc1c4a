"""Phytate and oxalate in meals and diets, from the plan to the results."""

from __future__ import annotations

import pytest

import mgpk


def test_a_meal_says_what_it_brings():
    plan = mgpk.Schedule().meal(elemental_mg=60, at_h=8, phytate_mmol=0.75, oxalate_mmol=1)
    assert "0.75 mmol phytate, 1 mmol oxalate" in plan.in_words()[0]
    assert mgpk.Schedule.from_dict(plan.to_dict()) == plan
    bare = mgpk.Schedule().meal(elemental_mg=60, at_h=8)
    assert bare != plan and "phytate" not in bare.in_words()[0]


def test_a_dictionary_of_before_has_none():
    old = mgpk.Schedule().meal(elemental_mg=60, at_h=8).to_dict()
    for key in ("phytate_mmol", "oxalate_mmol"):
        del old["meals"][0][key]
    assert mgpk.Schedule.from_dict(old) == mgpk.Schedule().meal(elemental_mg=60, at_h=8)


@pytest.mark.parametrize("amount", [-0.1, 51.0, float("nan")])
def test_amounts_that_cannot_be_are_refused(amount):
    with pytest.raises(ValueError, match="phytate_mmol must"):
        mgpk.Schedule().meal(elemental_mg=60, phytate_mmol=amount)
    with pytest.raises(ValueError, match="diet_oxalate_mmol_per_d must"):
        mgpk.Subject(diet_oxalate_mmol_per_d=amount)


def test_binders_act_where_they_are_and_leave_with_the_stool():
    plan = mgpk.Schedule().meal(elemental_mg=60, at_h=10, phytate_mmol=1)
    run = mgpk.simulate(mgpk.Subject(), plan, until_h=240, every_h=1)
    held = sum(run[f"n_binders_{g}"] for g in ("stomach", "duodenum", "jejunum", "ileum", "colon"))
    expected = 1 / mgpk.Subject().parameter("phytate_half_mmol")
    assert held[9] == 0 and held[10] == pytest.approx(expected)
    assert held[-1] < 0.01 * expected
    assert run.f_absorbed["food"] < mgpk.simulate(until_h=240).f_absorbed["food"]


def test_a_diet_rich_in_phytate_lowers_urine_in_the_end():
    rich = mgpk.Subject(diet_phytate_mmol_per_d=3)
    day = [mgpk.simulate(who, until_h=24)["a_urine_mmol"][-1] for who in (mgpk.Subject(), rich)]
    assert day[1] < 0.9 * day[0]
    assert rich.replace(diet_phytate_mmol_per_d=0) == mgpk.Subject()


def test_segments_share_out_what_is_absorbed():
    run = mgpk.simulate(until_h=24)
    parts = [run[f"a_absorbed_in_{g}_mmol"][-1] for g in ("duodenum", "jejunum", "ileum", "colon")]
    assert sum(parts) == pytest.approx(run["a_absorbed_mmol"][-1])
    assert all(part > 0 for part in parts)
