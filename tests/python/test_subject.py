"""The person at Python's door."""

import copy

import numpy as np
import pytest

import mgpk


def test_a_field_that_was_not_given_is_none_and_listed_as_assumed():
    person = mgpk.Subject(weight_kg=62)
    assert person.weight_kg == 62
    assert person.gfr_mL_per_min is None
    assert person.resolved["gfr_mL_per_min"] == 120
    assert any("gfr_mL_per_min = 120" in sentence for sentence in person.assumptions)
    assert not any("weight_kg" in sentence for sentence in person.assumptions)


def test_gfr_follows_from_creatinine_by_ckd_epi_2021_and_body_surface():
    person = mgpk.Subject(
        sex="female", age_y=50, weight_kg=60, height_cm=160, creatinine_mg_per_dL=1.2
    )
    indexed = 142 * (1.2 / 0.7) ** -1.2 * 0.9938**50 * 1.012
    surface = np.sqrt(160 * 60 / 3600)
    assert person.resolved["gfr_mL_per_min"] == pytest.approx(indexed * surface / 1.73, rel=1e-12)


@pytest.mark.parametrize(
    "number", [np.float64(62), np.int64(62), np.float32(62), np.array(62.0), 62]
)
def test_numpy_numbers_are_numbers(number):
    assert mgpk.Subject(weight_kg=number) == mgpk.Subject(weight_kg=62.0)


def test_meals_may_be_an_array():
    assert mgpk.Subject(meals_at_h=np.array([7, 12, 18])).meals_at_h == [7.0, 12.0, 18.0]


def test_a_subject_cannot_be_changed(person):
    with pytest.raises(AttributeError, match=r"a subject must stay as it was made"):
        person.weight_kg = 3


def test_replace_changes_a_copy(person):
    other = person.replace(gfr_mL_per_min=25)
    assert other.gfr_mL_per_min == 25
    assert person.gfr_mL_per_min == 105
    assert other.replace(gfr_mL_per_min=105) == person


def test_equal_subjects_are_equal_and_hash_alike(person):
    twin = mgpk.Subject.from_dict(person.to_dict())
    assert twin == person
    assert hash(twin) == hash(person)
    assert person != mgpk.Subject()
    assert person != "person"


def test_copies_are_equal(person):
    assert copy.copy(person) == copy.deepcopy(person) == person


def test_repr_builds_the_same_subject(person):
    assert eval(repr(person), {"Subject": mgpk.Subject}) == person


def test_own_parameter_replaces_the_row_of_the_table():
    person = mgpk.Subject(parameters={"tm_mmol_per_L": 0.6})
    assert person.parameter("tm_mmol_per_L") == 0.6
    assert mgpk.Subject().parameter("tm_mmol_per_L") == 0.596


def test_a_measured_plasma_level_is_met_at_half_past_seven():
    person = mgpk.Subject(c_plasma_total_mmol_per_L=0.78)
    run = mgpk.simulate(person, times_h=[0.0, 7.5])
    assert run["c_plasma_total_mmol_per_L"][1] == pytest.approx(0.78, rel=1e-6)
    assert run.start["tm_mmol_per_L"] < 0.596
