"""The run: columns, header, frames."""

import gc
import threading

import numpy as np
import pytest

import mgpk


def test_columns_are_views_without_a_copy(run):
    one, two = run["c_plasma_total_mmol_per_L"], run["c_plasma_total_mmol_per_L"]
    assert np.shares_memory(one, two)
    assert one.base is not None
    assert one.flags.c_contiguous


def test_columns_are_read_only(run):
    with pytest.raises(ValueError, match="read-only"):
        run["a_urine_mmol"][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        run["c_plasma_total_mg_per_dL"][0] = 1.0


def test_a_column_keeps_its_run_alive(person):
    column = mgpk.simulate(person, until_h=24)["a_urine_mmol"]
    baseline = mgpk.simulate(person, mgpk.Schedule().fast(over_h=5), until_h=24).baseline[
        "a_urine_mmol"
    ]
    expected = column.copy(), baseline.copy()
    for _ in range(20):
        mgpk.simulate(person, until_h=24)
    gc.collect()
    assert (column == expected[0]).all()
    assert (baseline == expected[1]).all()


def test_all_names_can_be_read_and_have_a_unit_and_a_description(run):
    from mgpk.columns import describe

    assert run.names[0] == "time_h"
    assert list(run) == run.keys() == run.names
    for name in run.names:
        assert run[name].shape == (len(run),)
        assert name in run
        assert describe(name), name
        assert "in_" not in describe(name), "no part of a name is left over in the words"
        unit = run.units[name]
        assert unit == "1" or name.endswith(
            {
                "mmol/L": "_mmol_per_L",
                "mmol": "_mmol",
                "h": "_h",
                "g": "_g",
                "mmol/h": "_mmol_per_h",
                "mmol*h/L": "_mmol_h_per_L",
            }[unit]
        )
    assert "nothing" not in run


def test_units_of_the_clinic(run):
    c = run["c_plasma_total_mmol_per_L"]
    assert run["c_plasma_total_mg_per_dL"] == pytest.approx(c * 2.4305, rel=1e-14)
    assert run["c_plasma_total_mEq_per_L"] == pytest.approx(c * 2, rel=1e-14)
    assert run.baseline["c_plasma_total_mg_per_dL"][0] == pytest.approx(2.4305 * c[0], rel=1e-14)
    assert "c_plasma_total_mg_per_dL" in run


def test_times(person):
    run = mgpk.simulate(person, until_h=5, every_h=2)
    assert run.time_h.tolist() == [0, 2, 4, 5]
    run = mgpk.simulate(person, times_h=np.array([1, 7, 30]))
    assert run.time_h.tolist() == [1, 7, 30]


def test_baseline_stands_beside_the_run(run):
    assert len(run.baseline) == len(run)
    assert run.baseline["c_plasma_total_mmol_per_L"][0] == run["c_plasma_total_mmol_per_L"][0]
    assert run["a_urine_mmol"][-1] > run.baseline["a_urine_mmol"][-1]
    assert "f_absorbed_citrate" not in run.baseline.names


def test_without_a_plan_the_run_is_the_baseline(person):
    run = mgpk.simulate(person, until_h=48)
    assert run.plan is None
    assert (run["c_plasma_total_mmol_per_L"] == run.baseline["c_plasma_total_mmol_per_L"]).all()


def test_without_baseline(person, citrate_plan):
    run = mgpk.simulate(person, citrate_plan, until_h=24, with_baseline=False)
    assert not run.has_baseline
    assert run["a_urine_mmol"][-1] > 0


def test_the_ledger_closes(run):
    turnover = run["a_given_mmol"][-1]
    assert np.abs(run["a_ledger_gap_mmol"]).max() <= 1e-9 * turnover


def test_f_absorbed_is_absorbed_over_swallowed(run):
    dose = 300 / 24.305
    assert run.f_absorbed["citrate"] == pytest.approx(run["a_absorbed_citrate_mmol"][-1] / dose)
    assert 0.1 < run.f_absorbed["citrate"] < 0.6


def test_summary(run):
    summary = run.summary()
    rise = run["c_plasma_total_mmol_per_L"] - run.baseline["c_plasma_total_mmol_per_L"]
    assert summary.c_max_above_baseline_mmol_per_L == pytest.approx(rise.max(), rel=1e-14)
    assert summary.t_max_h == run.time_h[rise.argmax()]
    assert summary.dose_mmol == pytest.approx(300 / 24.305, rel=1e-12)
    assert summary.f_excreted == pytest.approx(summary.ae_mmol / summary.dose_mmol)
    late = run.summary(from_h=24, to_h=48)
    assert (late.from_h, late.to_h, late.dose_mmol) == (24, 48, pytest.approx(0, abs=1e-9))
    assert np.isnan(late.f_excreted) or late.dose_mmol != 0
    assert late.ae_mmol + run.summary(to_h=24).ae_mmol == pytest.approx(summary.ae_mmol)


def test_start_status_and_statistics(run):
    assert run.start["residual"] < 1e-6
    assert 0 < run.start["contraction"] < 1
    assert run.status.ok and run.status.code == "ok"
    assert run.statistics["n_steps"] > 100


def test_header_says_what_was_chosen_and_assumed(run):
    text = run.header()
    for words in (
        f"mgpk {mgpk.__version__}",
        "elemental magnesium",
        "62 kg, GFR 105 mL/min",
        "diet: 300 mg/d in meals at 8, 13, 19 h",
        "300 mg elemental magnesium (12.34 mmol) as citrate by mouth at 8 h, with a meal",
        "relative tolerance 1e-09",
        "assumed: albumin_g_per_L = 40",
    ):
        assert words in text, words
    assert text.endswith(mgpk.disclaimer)


def test_disclaimer_is_the_one_of_the_library():
    assert mgpk.disclaimer.startswith("mgpk is research software.")
    assert mgpk.disclaimer.endswith("during intravenous treatment.")


def test_short_repr(run, person):
    assert repr(run) == (
        "<Run: 300 mg elemental magnesium (12.34 mmol) as citrate by mouth at 8 h, with a meal; "
        "97 times to 48 h>"
    )
    assert repr(mgpk.simulate(person, until_h=2)) == "<Run: the baseline alone; 5 times to 2 h>"
    assert repr(run.baseline) == f"<Baseline: 97 times, {len(run.baseline.names)} columns>"


def test_html_carries_the_disclaimer(run):
    for html in (run._repr_html_(), run.summary()._repr_html_()):
        assert mgpk.disclaimer in html
        assert html.count("<table>") == html.count("</table>") >= 1
    assert "citrate" in run._repr_html_()


def test_pandas(run):
    frame = run.to_pandas()
    assert frame.index.name == "time_h"
    assert list(frame.columns) == run.names[1:]
    assert (frame["a_urine_mmol"].to_numpy() == run["a_urine_mmol"]).all()
    assert frame.attrs["units"]["a_urine_mmol"] == "mmol"
    assert frame.attrs["disclaimer"] == mgpk.disclaimer
    assert frame.attrs["mgpk_version"] == mgpk.__version__


def test_xarray(run):
    data = run.to_xarray()
    assert data["c_plasma_total_mmol_per_L"].attrs == {
        "units": "mmol/L",
        "description": "total plasma magnesium",
    }
    assert (data["a_urine_mmol"].values == run["a_urine_mmol"]).all()
    assert data.coords["time_h"].attrs["units"] == "h"
    assert data.attrs["disclaimer"] == mgpk.disclaimer


def test_a_failure_can_be_kept_as_data(person, citrate_plan):
    run = mgpk.simulate(
        person,
        citrate_plan,
        until_h=24 * 60,
        relative_tolerance=1e-6,
        max_steps=4000,
        raise_on_failure=False,
        with_baseline=False,
    )
    assert run.status.code == "step_budget_exhausted"
    assert np.isnan(run["a_urine_mmol"][-1])
    assert np.isfinite(run["a_urine_mmol"][0])
    assert 0 < run.status.t_h < 24 * 60
    assert "failed: step_budget_exhausted" in repr(run)


def test_methods_agree(person, citrate_plan):
    ends = [
        mgpk.simulate(person, citrate_plan, until_h=24, method=method)["a_urine_mmol"][-1]
        for method in ("automatic", "dopri5", "rosenbrock4")
    ]
    assert ends == pytest.approx([ends[0]] * 3, rel=1e-6)


def test_loaded_start(person):
    run = mgpk.simulate(person, until_h=2, start_c_plasma_total_mmol_per_L=1.1)
    assert run["c_plasma_total_mmol_per_L"][0] == pytest.approx(1.1, rel=1e-12)


def test_empty_gut(person):
    run = mgpk.simulate(person, until_h=2, empty_gut_at_start=True)
    assert run["a_dissolved_colon_mmol"][0] == 0


def test_progress_is_told_the_fraction_done(person):
    plan = mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=1400)
    told = []
    mgpk.simulate(person, plan, until_h=700 * 24, every_h=24, progress=told.append)
    assert told, "a run of two years tells of its progress"
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


def test_other_threads_run_during_a_solve(person):
    """The GIL is released: a thread of Python counts on while C++ solves."""
    plan = mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=1400)
    counted, started, ended = [0], threading.Event(), threading.Event()

    def count():
        started.set()
        while not ended.is_set():
            counted[0] += 1

    thread = threading.Thread(target=count)
    thread.start()
    started.wait()
    before = counted[0]
    mgpk.simulate(person, plan, until_h=200 * 24, every_h=24)
    during = counted[0] - before
    ended.set()
    thread.join()
    # With the GIL held, the thread would get at most a few of its turns of 5 ms, before and after.
    assert during > 200_000, during


def test_an_error_of_the_callback_stops_the_run(person):
    def stop(f_done):
        raise LookupError("enough")

    plan = mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=1400)
    with pytest.raises(LookupError, match="enough"):
        mgpk.simulate(person, plan, until_h=700 * 24, every_h=24, progress=stop)


def test_progress_bar(person, capsys):
    plan = mgpk.Schedule().oral("citrate", mmol=5, every_h=12, times=1400)
    mgpk.simulate(person, plan, until_h=700 * 24, every_h=24, progress=True)
    assert "simulate" in capsys.readouterr().err
    mgpk.simulate(person, plan, until_h=24, progress=False)
    assert capsys.readouterr().err == ""


def test_cite(run):
    everything = mgpk.cite()
    assert "Rude" in everything and "tm_mmol_per_L = 0.596 mmol/L" in everything
    used = mgpk.cite(run)
    assert "tm_mmol_per_L = " in used and "salt citrate: dissolution soluble" in used
    for absent in ("f_im", "f_glycine", "acid_half_mmol", "body_weight_reference_kg"):
        assert f"  {absent} = " in everything and f"  {absent} = " not in used
    assert used.startswith("given by the user:\n  sex = female\n  age_y = 34\n")
    assert (
        mgpk.cite("stool_water_g_per_mmol").splitlines()[1].startswith("  stool_water_g_per_mmol")
    )
    own = mgpk.simulate(mgpk.Subject(parameters={"tm_mmol_per_L": 0.6}), until_h=1)
    assert "\n  tm_mmol_per_L = 0.6 mmol/L instead of tm_mmol_per_L = " in mgpk.cite(own)


@pytest.mark.parametrize("salt", ["citrate", "oxide", "glycinate"])
def test_no_number_of_a_run_is_cited_without_kind_and_source(person, salt):
    plan = mgpk.Schedule().oral(salt, elemental_mg=300, at_h=8)
    run = mgpk.simulate(person, plan, until_h=1)
    table = mgpk.parameters().set_index("key")
    source = None
    for line in mgpk.cite(run).splitlines():
        if not line.startswith("  "):
            source = line.partition(":")[0]
        elif source not in ("given by the user", "assumed for this run"):
            key = line.split()[0]
            if key not in ("salt", "modifier"):
                assert table.loc[key, "reference"] == source
                assert f"({table.loc[key, 'kind']}, range " in line


def test_one_parameter():
    tm = mgpk.parameter("tm_mmol_per_L")
    assert tm.low <= tm.value <= tm.high
    assert tm.used_in == ("kidney/reabsorption.hpp", "kidney/segments.hpp")
    assert repr(tm).startswith(f"<Parameter: tm_mmol_per_L = {tm.value:g} mmol/L ({tm.low:g} to ")
    assert tm.kind in repr(tm) and tm.citation in repr(tm)
    row = mgpk.parameters().set_index("key").loc["tm_mmol_per_L"]
    assert row["used_in"] == "kidney/reabsorption.hpp;kidney/segments.hpp"
    assert (row["doi"], row["provenance"]) == (tm.doi, tm.provenance)
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "tm_mmol_per_L"'):
        mgpk.parameter("tm_mol_per_L")


def test_parameters_and_salts():
    table = mgpk.parameters()
    assert {"key", "value", "unit", "low", "high", "kind", "reference", "citation", "note"} <= set(
        table
    )
    assert (table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all()
    assert table["citation"].str.len().min() > 0
    salts = mgpk.salts()
    assert {"glycinate", "citrate", "oxide", "sulfate"} <= set(salts["salt"])
    oxide = salts[salts["salt"] == "oxide"].iloc[0]
    assert oxide["f_magnesium"] == pytest.approx(0.603, abs=1e-3)


def test_where_rows_stand_among_the_doses():
    plan = mgpk.Schedule().iv("sulfate", mmol=4, at_h=6, every_h=12, times=2)
    after = mgpk.simulate(None, plan, times_h=[0, 6, 12, 18, 24])
    dosing = after.dosing()
    assert dosing["n_doses"].tolist() == [0, 1, 1, 2, 2]
    assert np.isnan(dosing["time_after_dose_h"][0])
    assert dosing["time_after_dose_h"][1:].tolist() == [0, 6, 0, 6]
    assert dosing["occasion"].tolist() == [0, 1, 1, 1, 1]
    frame = after.to_pandas(dosing=True)
    assert frame["n_doses"].tolist() == [0, 1, 1, 2, 2]
    assert frame.attrs["units"]["time_after_dose_h"] == "h"
    assert "n_doses" not in after.to_pandas()
    before = mgpk.simulate(None, plan, times_h=[0, 6, 12, 18, 24], jump_limit="before")
    assert before.dosing()["n_doses"].tolist() == [0, 0, 1, 1, 2]
    jump = after["a_plasma_mmol"][1] - before["a_plasma_mmol"][1]
    assert jump == pytest.approx(4, rel=1e-9)
    assert before.options.jump_limit == "before"


def test_a_jump_has_two_limits_only():
    with pytest.raises(ValueError, match="jump_limit must be a known word"):
        mgpk.simulate(None, until_h=1, jump_limit="both")


def test_the_ledger_closes_over_resets_and_shares():
    plan = (
        mgpk.Schedule()
        .oral("citrate", mmol=10, at_h=8, every_h=6, times=6, f_bioavailable=0.4, tlag_h=1)
        .iv("sulfate", mmol=6, at_h=3, over_h=30, f_bioavailable=0.5)
        .reset(at_h=20, to="empty_gut")
        .oral("citrate", mmol=5, at_h=30, every_h=24, at_steady_state=True)
        .reset(at_h=40)
        .covariate("gfr_mL_per_min", values=[100, 50], at_h=[0, 48], rule="linear")
    )
    run = mgpk.simulate(None, plan, until_h=60)
    assert np.abs(run["a_ledger_gap_mmol"]).max() < 1e-9
    assert run["a_unavailable_mmol"][-1] == pytest.approx(0.6 * 20 + 0.5 * 6 * 17 / 30)
    assert np.ptp(run["a_reset_mmol"]) > 1
