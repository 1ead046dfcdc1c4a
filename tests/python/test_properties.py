"""What must hold for any person and any plan, tried on random ones."""

import hypothesis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mgpk

few = hypothesis.settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(hypothesis.HealthCheck),
)

SOLUBLE = ["citrate", "sulfate", "chloride", "lactate", "gluconate", "taurate", "acetate"]
BASIC = ["oxide", "hydroxide", "carbonate"]

bodies = st.fixed_dictionaries(
    {
        "weight_kg": st.floats(45, 110),
        "diet_mg_per_d": st.floats(150, 450),
        "albumin_g_per_L": st.floats(30, 48),
    }
)
gfrs = st.floats(15, 150)
doses = st.floats(0.5, 25)
hours = st.floats(0, 20)


def taken(salt, mmol, at_h, with_meal=False):
    return mgpk.Schedule().oral(salt, mmol=mmol, at_h=at_h, with_meal=with_meal, label="dose")


def simulate(body, plan, until_h=30, **more):
    return mgpk.simulate(mgpk.Subject(**body), plan, until_h=until_h, every_h=2, **more)


@few
@given(body=bodies, gfr=gfrs, factor=st.floats(1.05, 3), mmol=doses, at_h=hours)
def test_more_gfr_never_raises_plasma(body, gfr, factor, mmol, at_h):
    plan = taken("citrate", mmol, at_h)
    low, high = (
        simulate({**body, "gfr_mL_per_min": value}, plan, with_baseline=False)
        for value in (gfr, min(gfr * factor, 250))
    )
    column = "c_plasma_total_mmol_per_L"
    assert (high[column] <= low[column] * (1 + 1e-7)).all()


@few
@given(
    body=bodies,
    mmol=doses,
    factor=st.floats(1.02, 4),
    salt=st.sampled_from(SOLUBLE + BASIC),
    at_h=hours,
    with_meal=st.booleans(),
)
def test_absorbed_amount_never_falls_with_dose(body, mmol, factor, salt, at_h, with_meal):
    small, large = (
        simulate(body, taken(salt, amount, at_h, with_meal), with_baseline=False)
        for amount in (mmol, mmol * factor)
    )
    assert large["a_absorbed_mmol"][-1] >= small["a_absorbed_mmol"][-1] - 1e-7


@few
@given(
    body=bodies,
    mmol=doses,
    salts=st.lists(st.sampled_from([*SOLUBLE, "glycinate"]), min_size=2, max_size=2, unique=True),
    at_h=hours,
)
def test_after_dissolution_a_name_changes_nothing(body, mmol, salts, at_h):
    if "sulfate" in salts:  # its anion speeds the colon: not one that no ion speeds
        body = {**body, "parameters": {"osmotic_half_mmol": 1e30}, "allow_outside_range": True}
    one, two = (simulate(body, taken(salt, mmol, at_h), with_baseline=False) for salt in salts)
    for name in one.names:
        if "glycine" in name or name == "a_ledger_gap_mmol":
            continue
        if "glycinate" not in salts:
            assert (one[name] == two[name]).all(), name
        else:  # glycine has its say in the length of steps: what differs is the solver's error
            assert one[name] == pytest.approx(two[name], rel=1e-7, abs=1e-9), name
    has_glycine = [run["c_glycine_mmol_per_L"].max() > 0.2500001 for run in (one, two)]
    assert has_glycine == [salt == "glycinate" for salt in salts]


@few
@given(
    body=bodies,
    mmol=doses,
    other=st.sampled_from([salt for salt in SOLUBLE if salt != "sulfate"]),
    at_h=hours,
)
def test_the_anion_of_sulfate_hastens_the_colon_and_little_else(body, mmol, other, at_h):
    sulfate, plain = (
        simulate(body, taken(salt, mmol, at_h), until_h=72, with_baseline=False)
        for salt in ("sulfate", other)
    )
    for part in ("in_colon", "dose"):
        column = f"a_absorbed_{part}_mmol"
        assert (sulfate[column] <= plain[column] * (1 + 1e-7) + 1e-9).all(), part
    assert sulfate["a_absorbed_dose_mmol"][-1] > 0.97 * plain["a_absorbed_dose_mmol"][-1]
    assert sulfate["a_absorbed_in_colon_mmol"][-1] < plain["a_absorbed_in_colon_mmol"][-1]
    for segment in ("duodenum", "jejunum", "ileum"):
        column = f"a_absorbed_in_{segment}_mmol"
        assert sulfate[column] == pytest.approx(plain[column], rel=1e-3, abs=1e-9), segment


@few
@given(
    body=bodies,
    mmol=doses,
    basic=st.sampled_from(BASIC),
    soluble=st.sampled_from(SOLUBLE),
    f_acid=st.floats(0, 0.3),
    at_h=hours,
    with_meal=st.booleans(),
)
def test_basic_salts_need_acid(body, mmol, basic, soluble, f_acid, at_h, with_meal):
    def absorbed(salt, f_acid_secreted):
        person = {**body, "f_acid_secreted": f_acid_secreted}
        run = simulate(person, taken(salt, mmol, at_h, with_meal), with_baseline=False)
        return run.f_absorbed["dose"]

    blocked = absorbed(basic, f_acid)
    assert -1e-12 <= blocked <= absorbed(basic, 1.0) + 1e-9
    assert blocked <= absorbed(soluble, f_acid) + 1e-9


@few
@given(
    body=bodies,
    gfr=gfrs,
    mmol=doses,
    salt=st.sampled_from(SOLUBLE + BASIC),
    at_h=hours,
    bolus=st.floats(1, 16),
    over_h=st.one_of(st.just(0.0), st.floats(0.1, 10)),
)
def test_nothing_is_lost_and_nothing_is_negative(body, gfr, mmol, salt, at_h, bolus, over_h):
    plan = taken(salt, mmol, at_h).iv("sulfate", mmol=bolus, at_h=3, over_h=over_h)
    plan.im("sulfate", mmol=4, at_h=5)
    run = simulate({**body, "gfr_mL_per_min": gfr}, plan)
    for table in (run, run.baseline):
        turnover = table["a_given_mmol"][-1]
        assert np.abs(table["a_ledger_gap_mmol"]).max() <= 1e-9 * turnover
        for name in table.names:
            if name != "a_ledger_gap_mmol":
                assert np.isfinite(table[name]).all(), name
                assert table[name].min() >= -1e-9, name


@few
@given(
    body=bodies,
    gfr=st.one_of(st.none(), gfrs),
    mmol=doses,
    at_h=hours,
    times=st.integers(1, 5),
    salt=st.sampled_from(SOLUBLE + BASIC),
)
def test_there_and_back_again(body, gfr, mmol, at_h, times, salt):
    person = mgpk.Subject(**body, gfr_mL_per_min=gfr)
    plan = mgpk.Schedule().oral(
        salt, mmol=mmol, at_h=at_h, times=times, every_h=6 if times > 1 else None
    )
    assert mgpk.Subject.from_dict(person.to_dict()) == person
    assert mgpk.Schedule.from_dict(plan.to_dict()) == plan
