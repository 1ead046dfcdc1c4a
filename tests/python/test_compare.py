"""The main job: several salts in one person."""

import inspect

import pytest

import mgpk

SALTS = ["glycinate", "citrate", "oxide", "sulfate"]


@pytest.fixture(scope="module")
def comparison():
    return mgpk.compare(SALTS, elemental_mg=300)


def test_every_salt_has_a_run_and_a_line(comparison):
    assert list(comparison.runs) == SALTS
    assert comparison.table["salt"].tolist() == SALTS
    assert len(comparison) == 4


def test_all_get_the_same_magnesium_with_the_breakfast(comparison):
    assert comparison.table["dose_mmol"].tolist() == pytest.approx([300 / 24.305] * 4)
    assert comparison.words == (
        "300 mg elemental magnesium (12.34 mmol) by mouth at 8 h, with a meal"
    )
    for run in comparison.runs.values():
        assert run.time_h[-1] == 8 + 168


def test_the_dose_is_accounted_for(comparison):
    for row in comparison.rows:
        parts = ("a_absorbed", "a_in_gut", "a_feces_dissolved", "a_feces_solid")
        total = sum(row[f"{part}_mmol"] for part in parts)
        assert total == pytest.approx(row["dose_mmol"], rel=1e-8)
        assert row["f_absorbed"] == pytest.approx(row["a_absorbed_mmol"] / row["dose_mmol"])
        assert row["f_absorbed"] < row["f_dissolved"] <= 1


def test_soluble_salts_are_alike_and_oxide_is_less(comparison):
    rows = {row["salt"]: row for row in comparison.rows}
    assert rows["glycinate"]["f_absorbed"] == pytest.approx(rows["citrate"]["f_absorbed"], rel=1e-7)
    assert rows["oxide"]["f_absorbed"] < rows["citrate"]["f_absorbed"]
    assert rows["oxide"]["stool_water_g"] < rows["citrate"]["stool_water_g"]
    assert rows["glycinate"]["a_glycine_mmol"] == pytest.approx(2 * 300 / 24.305)
    assert rows["citrate"]["a_glycine_mmol"] == 0


def test_sulfate_is_absorbed_less_by_what_its_anion_does_in_the_colon(comparison):
    rows = {row["salt"]: row for row in comparison.rows}
    share = rows["sulfate"]["f_absorbed"] / rows["citrate"]["f_absorbed"]
    assert 0.98 < share < 0.9999
    # A colon that no ion speeds: the same to the last bit.
    deaf = mgpk.Subject(parameters={"osmotic_half_mmol": 1e30}, allow_outside_range=True)
    sulfate, citrate = mgpk.compare(["sulfate", "citrate"], elemental_mg=300, subject=deaf).rows
    assert sulfate["f_absorbed"] == citrate["f_absorbed"]
    assert citrate["f_absorbed"] > rows["citrate"]["f_absorbed"]


def test_a_repeated_dose_is_followed_until_the_gut_is_empty():
    comparison = mgpk.compare(["citrate"], mmol=4, at_h=22, every_h=24, times=3, with_meal=False)
    assert comparison.runs["citrate"].time_h[-1] == 22 + 48 + 168
    (row,) = comparison.rows
    assert row["dose_mmol"] == pytest.approx(12)
    assert row["a_in_gut_mmol"] < 0.01 * row["dose_mmol"]


def test_mixes_stand_under_their_label():
    comparison = mgpk.compare(
        {"plain": "oxide", "buffered": {"glycinate": 0.6, "oxide": 0.4}}, mmol=10, until_h=48
    )
    plain, buffered = comparison.rows
    assert (plain["salt"], buffered["salt"]) == ("plain", "buffered")
    assert plain["f_dissolved"] < buffered["f_dissolved"] < 1
    assert buffered["a_glycine_mmol"] == pytest.approx(12)


def at_gfr(gfr_mL_per_min, **more):
    person = mgpk.Subject(gfr_mL_per_min=gfr_mL_per_min, **more)
    comparison = mgpk.compare(["citrate"], mmol=10, subject=person)
    return comparison.rows[0], comparison.runs["citrate"]


def test_a_low_gfr_keeps_more_of_it():
    (healthy, run), (ill, ill_run) = at_gfr(120), at_gfr(25)
    assert ill["f_absorbed"] < healthy["f_absorbed"], "uptake falls with filtration"
    assert ill["ae_mmol"] < healthy["ae_mmol"]
    # Less comes, and yet plasma is raised more in all, and higher for what is absorbed.
    column = "auc_plasma_total_mmol_h_per_L"
    rise, ill_rise = ((each[column] - each.baseline[column])[-1] for each in (run, ill_run))
    assert ill_rise > rise
    peak = "c_max_above_baseline_mmol_per_L"
    assert ill[peak] / ill["f_absorbed"] > healthy[peak] / healthy["f_absorbed"]


def test_a_low_gfr_with_healthy_uptake_raises_the_peak():
    whole = {"parameters": {"f_uptake_without_gfr": 1.0}, "allow_outside_range": True}
    (healthy, _), (ill, _) = at_gfr(120, **whole), at_gfr(25, **whole)
    assert ill["ae_mmol"] < healthy["ae_mmol"]
    assert ill["c_max_above_baseline_mmol_per_L"] > healthy["c_max_above_baseline_mmol_per_L"]


def test_words_and_html_carry_the_numbers_and_the_disclaimer(comparison):
    assert repr(comparison).count("dissolved") == 4
    html = comparison._repr_html_()
    assert mgpk.disclaimer in html
    assert all(salt in html for salt in SALTS)
    assert comparison.table.attrs["disclaimer"] == mgpk.disclaimer


def test_progress_is_told_over_all_salts():
    told = []
    mgpk.compare(
        ["citrate", "oxide"],
        mmol=5,
        every_h=12,
        times=1400,
        output_every_h=24,
        progress=told.append,
    )
    assert told == sorted(told)
    assert told[0] < 0.5 < told[-1] <= 1


def test_defaults_are_stated():
    signature = inspect.signature(mgpk.compare).parameters
    assert signature["at_h"].default == 8.0
    assert signature["with_meal"].default is True
    assert "168 h after the last dose" in mgpk.compare.__doc__.replace("\n    ", " ")
