"""What trials have published, and trials drawn from it."""

import pickle

import pytest

import mgpk


def test_rows_say_what_they_are():
    table = mgpk.trial_effects()
    assert len(table) > 25
    for row in table:
        assert row.effect in mgpk.effects() and row.citation
        assert row.simulated == (not row.why_not)
        assert repr(row).startswith(f"<TrialEffect: {row.name}, ")
    assert {row.effect for row in table} == {
        name for name in mgpk.effects().names if mgpk.effects()[name].trials
    }
    cramps = table["cramps_older"]
    assert cramps.in_words == "-0.18 1/week (-0.84 to 0.49)"
    assert (cramps.placebo, cramps.n_people, cramps.kind) == (4.68, 307, "count")
    assert table["exam_anxiety"].in_words == "no figure was read"


def test_rows_of_one_effect():
    assert table_names("sleep") >= {"sleep_onset", "insomnia_bisglycinate"}
    assert table_names("stool") == set()
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "sleep"'):
        mgpk.trial_effects().of("sleeep")
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "sleep_onset"'):
        mgpk.trial_effects()["sleep_onst"]


def table_names(effect):
    return set(mgpk.trial_effects().of(effect).names)


def test_a_simulated_trial():
    trial = mgpk.simulate_trial("sleep_onset", n_per_arm=60, n_trials=500, seed=4)
    assert 0 < trial.f_power <= 1 and trial.f_power_in_favour <= trial.f_power
    assert trial.f_power_se == pytest.approx((trial.f_power * (1 - trial.f_power) / 500) ** 0.5)
    assert (trial.n_per_arm, trial.n_trials, trial.seed, trial.alpha) == (60, 500, 4, 0.05)
    again = mgpk.simulate_trial("sleep_onset", n_per_arm=60, n_trials=500, seed=4)
    assert again.to_dict() == trial.to_dict()
    assert trial.to_dict()["name"] == "sleep_onset"
    copy = pickle.loads(pickle.dumps(trial))
    assert repr(copy) == repr(trial)


def test_more_people_find_more():
    few, many = (
        mgpk.simulate_trial("sleep_onset", n_per_arm=n, n_trials=400).f_power for n in (15, 150)
    )
    assert few < 0.5 < many


def test_what_is_shown_of_a_trial():
    trial = mgpk.simulate_trial("cramps_older", n_per_arm=50, n_trials=100)
    for shown in (" ".join(repr(trial).split()), trial._repr_html_()):
        assert "rank B" in shown and "no plasma level is in it" in shown
        assert mgpk.disclaimer in shown


def test_what_cannot_be_simulated_says_why():
    with pytest.raises(ValueError, match="its spread is not known"):
        mgpk.simulate_trial("insomnia_bisglycinate", n_per_arm=50)
    with pytest.raises(mgpk.UnknownNameError, match="cramps_older"):
        mgpk.simulate_trial("cramps_oldr", n_per_arm=50)
    for wrong in ({"n_per_arm": 1}, {"n_per_arm": 50, "alpha": 2}, {"n_per_arm": -5}):
        with pytest.raises(ValueError, match="n_per_arm|alpha"):
            mgpk.simulate_trial("sleep_onset", **wrong)
    with pytest.raises(TypeError, match="write n_per_arm="):
        mgpk.simulate_trial("sleep_onset", 50)
