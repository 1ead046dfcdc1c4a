"""Effects of runs: columns, ranks, flags, and that what has no law says so."""

import pickle
from pathlib import Path

import numpy as np
import pytest

import mgpk
from mgpk import columns, effect_plots


@pytest.fixture(scope="module")
def month():
    plan = mgpk.Schedule().oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=7)
    return mgpk.simulate(plan=plan, until_h=7 * 24)


@pytest.fixture(scope="module")
def effects(month):
    return month.effects()


def test_all_effects_with_rank_driver_and_source():
    table = mgpk.effects()
    assert {row.module for row in table} == {f"M{i}" for i in range(1, 17)}
    for row in table:
        assert row.computed == bool(row.columns) == (not row.why_not)
        assert row.rank in "ABC" and row.rank_driver in "ABC" and row.citation and row.says
    assert [row.name for row in table if row.rank == "C" and row.computed] == []
    assert "stool" in table and table["nmda_block"].rank_words == "rank A, driver B"
    assert set(table.to_pandas()["name"]) == set(table.names)
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "cramps"'):
        table["cramp"]


def test_columns_are_those_of_the_registry_and_are_described(effects, month):
    assert np.array_equal(effects.time_h, month.time_h)
    for row in mgpk.effects():
        for name in row.columns:
            assert effects[name].shape == month.time_h.shape
    for name in effects.names:
        assert columns.describe(name), name
    assert effects.units["stool_mass_g_per_d"] == "g/d"
    assert effects.units["f_nmda_open"] == "1"
    assert set(effects.of("stool")) == {"stool_mass_g_per_d", "f_loose_stool"}
    assert effects["c_csf_total_mg_per_dL"][0] == pytest.approx(1.25 * 2.4305, rel=1e-4)


@pytest.mark.parametrize("name", ["sleep", "cramps", "soreness", "stool_softening", "gaba_a"])
def test_an_effect_without_a_law_says_why_and_names_its_trials(effects, name):
    for ask in (effects.of, effects.__getitem__):
        with pytest.raises(mgpk.NotComputedError) as caught:
            ask(name)
    message, row = str(caught.value), mgpk.effects()[name]
    assert row.why_not in message and "rank" in message
    assert caught.value.trials == list(row.trials)
    assert all(trial in message for trial in row.trials)
    assert isinstance(caught.value, KeyError) and isinstance(caught.value, ValueError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.effect, again.trials) == (message, name, list(row.trials))


def test_names_that_are_not_known(effects):
    with pytest.raises(mgpk.UnknownNameError, match="its columns are stool_mass_g_per_d"):
        effects["stool"]
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "f_nmda_open"'):
        effects["f_nmda_opn"]
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "sleep"'):
        effects.of("sleeep")


def test_every_output_shows_rank_flags_and_the_words(effects):
    frame = effects.to_pandas()
    assert frame.attrs["ranks"]["csf"] == "rank B"
    assert "nmj_calcium_half_mmol_per_L" in frame.attrs["verify"]["neuromuscular_release"]
    assert frame.attrs["disclaimer"] == mgpk.disclaimer
    text, html = " ".join(repr(effects).split()), effects._repr_html_()
    for shown in (text, html):
        assert mgpk.disclaimer in shown
        for name, rank in effects.ranks.items():
            assert mgpk.effects()[name].title in shown and rank in shown
        for keys in effects.flags.values():
            assert all(key in shown for key in keys)
    for table in (mgpk.effects(), mgpk.trial_effects()):
        assert mgpk.disclaimer in repr(table) and mgpk.disclaimer in table._repr_html_()


def test_flags_follow_the_law_that_is_read(month, effects):
    assert not any("woodhull" in key for key in effects.flags["nmda_block"])
    woodhull = month.effects(nmda_law="woodhull")
    assert "f_nmda_woodhull_field" in woodhull.flags["nmda_block"]
    assert woodhull["f_nmda_open"][0] != effects["f_nmda_open"][0]
    assert month.effects(membrane_mV=0)["f_nmda_open"][0] == pytest.approx(0.8169, rel=1e-3)


def test_a_supplement_moves_little_but_stool(effects):
    assert np.all(np.abs(effects["nmda_open_relative"] - 1) < 0.01)
    assert np.all(np.abs(effects["nmj_release_relative"] - 1) < 0.05)
    assert np.all(effects["ryr1_release_relative"] == 1)
    assert effects["stool_mass_g_per_d"][-1] > 180
    assert effects["n_toxicity_bands"].max() == 0
    assert effects["glycine_mg_per_d"][-1] == pytest.approx(300 * 6.1771, rel=1e-4)


def test_days(effects):
    days = effects.days
    assert len(days) == 7 and days.time_h.tolist() == [24.0 * i for i in range(1, 8)]
    assert days["stool_mass_g_per_d"][-1] == effects["stool_mass_g_per_d"][-1]
    assert np.isnan(effects["f_loose_stool"][0])


def test_options_and_runs_that_are_refused(month):
    with pytest.raises(ValueError, match="membrane_mV must lie between -150 and 100"):
        month.effects(membrane_mV=-60000)
    with pytest.raises(ValueError, match="nmda_law must be a known word"):
        month.effects(nmda_law="jahr")
    with pytest.raises(TypeError, match="write membrane_mV="):
        month.effects(-60)
    alone = mgpk.simulate(until_h=24, with_baseline=False)
    with pytest.raises(ValueError, match="effects need the baseline run beside the run"):
        alone.effects()


def test_effects_pickle(effects):
    again = pickle.loads(pickle.dumps(effects))
    assert np.array_equal(again["f_nmda_open"], effects["f_nmda_open"])
    assert repr(again) == repr(effects)
    days = pickle.loads(pickle.dumps(effects.days))
    assert np.array_equal(days["time_h"], effects.days["time_h"])


def test_each_panel_names_its_rank(effects):
    figure = effects.plot()
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert len(titles) == 9 and all("rank " in title for title in titles)
    assert "verify" in titles[1] and "verify" not in titles[0]
    shown = " ".join(figure.get_supxlabel().replace("\n", " ").split())
    assert mgpk.disclaimer in shown
    assert effect_plots.plot_effects(effects, title="another").get_suptitle() == "another"


def test_an_infusion_reaches_the_ladder():
    plan = mgpk.Schedule().iv("sulfate", mmol=16, at_h=0, over_h=0.33)
    effects = mgpk.simulate(plan=plan, until_h=6, every_h=0.1).effects()
    assert effects["n_band_therapeutic"].max() == 1
    assert "bands reached: therapeutic" in repr(effects)
    assert len(effects.plot().axes) == 9  # no whole day yet


def test_the_page_names_every_effect_column_and_rank():
    page = (Path(__file__).parents[2] / "docs" / "effects.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| M")]
    assert mgpk.disclaimer in " ".join(page.replace("\n> ", " ").split())
    for effect in mgpk.effects():
        (row,) = [line for line in rows if f"`{effect.name}`" in line]
        ranks = list(dict.fromkeys((effect.rank, effect.rank_driver)))
        assert row.startswith(f"| {effect.module} |") and f"| {', '.join(ranks)} |" in row
        for column in effect.columns:
            assert f"`{column}`" in row or column.startswith("n_band_"), column
        if effect.computed:
            assert row.endswith("| yes |") == effect.verify
