"""The Python face of the non-compartmental analysis; the numbers themselves are tested in C++."""

import csv
import math
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mgpk

DATA = Path(__file__).parents[2] / "data" / "nca"
TIMES = [0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24]
ORAL = [6 * (math.exp(-0.1 * t) - math.exp(-t)) for t in TIMES]
BOLUS = [5 * math.exp(-0.15 * t) for t in TIMES]


def theoph():
    frame = pd.read_csv(DATA / "theoph.csv")
    samples = pd.DataFrame(
        {
            "ID": frame["subject"],
            "TIME": frame["time_h"],
            "DV": frame["c_mg_per_L"],
            "AMT": 0.0,
            "EVID": 0,
        }
    )
    doses = pd.DataFrame(
        {"ID": samples["ID"].unique(), "TIME": 0.0, "DV": math.nan, "AMT": 320.0, "EVID": 1}
    )
    return pd.concat([doses, samples]).sort_values(["ID", "TIME", "EVID"], kind="stable")


def published(case):
    with (DATA / "winnonlin.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["case"] == case]
    return {(int(row["subject"]), row["code"]): float(row["value"]) for row in rows}


@pytest.mark.parametrize("rule", ["linear", "linear_up_log_down"])
def test_a_data_set_gives_what_winnonlin_printed_under_the_codes_of_cdisc(rule):
    results = mgpk.nca(theoph(), route="oral", rule=rule, amount_unit="mg")
    table = results.to_cdisc().set_index(["USUBJID", "PPTESTCD"])["PPSTRESN"]
    printed = published("theoph_linear" if rule == "linear" else "theoph_log")
    for (subject, code), value in printed.items():
        got = table[str(subject), code]
        assert got == pytest.approx(value, rel=1e-9, abs=1e-7), (subject, code)
    assert len(printed) == 12 * 30
    frame = results.to_pandas()
    assert list(frame["ID"]) == list(range(1, 13))
    assert (frame["failure"] == "").all()
    assert frame.attrs["amount_unit"] == "mg"


def test_rows_of_cdisc_carry_unit_method_interval_and_reason():
    result = mgpk.nca(
        TIMES[:3], ORAL[:3], dose_amount=100, route="oral", partial=[(0, 1.5)], amount_unit="mg"
    )
    rows = result.to_cdisc(subject="A-1").set_index("PPTESTCD")
    assert (rows["USUBJID"] == "A-1").all()
    assert rows.loc["CMAX", "PPTEST"] == "Cmax"
    assert rows.loc["CMAX", "PPORRESU"] == "ug/mL"
    assert rows.loc["AUCLST", "PPORRESU"] == "h*ug/mL"
    assert rows.loc["AUMCLST", "PPORRESU"] == "h2*ug/mL"
    assert rows.loc["AUCLST", "PPANMETH"] == "LINEAR UP LOG DOWN METHOD"
    assert rows.loc["AUCINT", ["PPSTINT", "PPENINT"]].tolist() == ["PT0H", "PT1H30M"]
    assert rows.loc["LAMZ", "PPSTAT"] == "NOT DONE"
    assert "lambda_z needs 3" in rows.loc["LAMZ", "PPREASND"]
    assert rows.loc["CLFO", "PPSTAT"] == "NOT DONE"
    assert "AUCTAU" not in rows.index  # was not asked for
    assert rows.loc["CMAX", "PPORRES"] == mgpk._core.text_of(result.c_max_amount_per_L)


def test_a_result_is_a_mapping_with_attributes_reasons_and_a_readable_table():
    result = mgpk.nca(TIMES, ORAL, dose_amount=100, route="oral", amount_unit="mg", tau_h=12)
    assert result["half_life_h"] == result.half_life_h == dict(result)["half_life_h"]
    # The tolerance of r squared lets a little of the absorption in.
    assert result.half_life_h == pytest.approx(math.log(2) / 0.1, rel=5e-3)
    assert result.lambda_z_times_h[-1] == 24
    assert "of the best adjusted r squared" in result.lambda_z_how
    text = repr(result)
    assert "dose 100 mg" in text and "mg*h/L" in text and "lambda_z from the samples at" in text
    assert "cl_observed_L_per_h" in text and "vss_observed_L" not in text
    assert result.not_asked["vss_observed_L"] == "only after an intravenous dose"
    assert result.reasons == {}
    assert "<table>" in result._repr_html_()
    assert result.units["auc_tau_amount_h_per_L"] == "mg*h/L"
    for name, value in result.items():
        assert math.isnan(value) == (name in result.not_asked)
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "half_life_h"'):
        result["halflife_h"]
    with pytest.raises(AttributeError, match="half_life_h"):
        result.half_lif_h  # noqa: B018
    assert set(mgpk._nca_tables.WORDS) >= set(result)


def test_everything_can_be_pickled():
    one = mgpk.nca(TIMES, ORAL, dose_amount=100, route="oral", partial=[(0, 8)])
    urine = mgpk.nca_urine([0, 4, 8], [4, 8, 24], [5, 4, 3], dose_amount=20)
    many = mgpk.nca(theoph(), route="oral")
    for thing in (one, urine):
        assert pickle.loads(pickle.dumps(thing)) == thing
    twin = pickle.loads(pickle.dumps(many))
    assert list(twin) == list(many) and all(twin[i] == many[i] for i in many)


def test_a_run_is_corrected_by_its_own_baseline(run):
    result = mgpk.nca(run)
    summary = run.summary()
    assert result.settings["amount_unit"] == "mmol"
    assert result.settings["route"] == "oral"
    assert result.settings["dose_at_h"] == 8
    assert result.settings["dose_amount"] == pytest.approx(summary.dose_mmol, rel=1e-12)
    assert result.c_max_amount_per_L == summary.c_max_above_baseline_mmol_per_L
    assert result.t_max_h + 8 == summary.t_max_h
    area = result.auc_all_amount_h_per_L
    assert area == pytest.approx(summary.auc_above_baseline_mmol_h_per_L, rel=2e-3)
    assert any("baseline of its own" in note for note in result.notes)
    raw = mgpk.nca(run, baseline=None)
    assert raw.auc_all_amount_h_per_L > 3 * area


def test_urine_of_a_run_with_its_renal_clearance(run):
    result = mgpk.nca_urine(run, edges_h=[8, 12, 24, 48], plasma=mgpk.nca(run))
    summary = run.summary()
    assert result.ae_amount == pytest.approx(summary.ae_mmol, rel=1e-9)
    assert result.f_excreted == pytest.approx(summary.f_excreted, rel=1e-9)
    assert [one["to_h"] for one in result.collections] == [4, 16, 40]
    whole = mgpk.nca_urine(run, baseline=None, plasma=mgpk.nca(run, baseline=None))
    from_dose = run.summary(from_h=8)
    assert whole.cl_renal_L_per_h == pytest.approx(from_dose.cl_renal_L_per_h, rel=1e-4)
    with pytest.raises(ValueError, match="must be an output time, but it is 9.3 h"):
        mgpk.nca_urine(run, edges_h=[8, 9.3])


def test_a_run_of_many_doses_must_say_which(person):
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=24, times=3)
    run = mgpk.simulate(person, plan, until_h=80, every_h=1)
    with pytest.raises(ValueError, match="needs one dose, but it is 3 in the plan"):
        mgpk.nca(run)
    days = ((0, 24), (48, 72))
    result = mgpk.nca(
        run, dose_amount=12.34, dose_at_h=8, route="oral", partial=days, accumulation=days
    )
    first, third = result.partial
    assert result.accumulation_auc_ratio == pytest.approx(
        third["auc_amount_h_per_L"] / first["auc_amount_h_per_L"]
    )


def data_set():
    """Two infusions, urine, a mark below the limit, and someone whose times run backwards."""
    rows = [
        # ID, TIME, DV, AMT, RATE, EVID, CENS, LLOQ, TIME_END, DVID
        ("a", 0, math.nan, 100, 50, 1, 0, math.nan, math.nan, "dose"),
        ("a", 3, 4.0, 0, 0, 0, 0, 0.3, math.nan, "plasma"),
        ("a", 5, 2.0, 0, 0, 0, 0, 0.3, math.nan, "plasma"),
        ("a", 7, 1.0, 0, 0, 0, 0, 0.3, math.nan, "plasma"),
        ("a", 9, 0.5, 0, 0, 0, 0, 0.3, math.nan, "plasma"),
        ("a", 24, 0.3, 0, 0, 0, 1, 0.3, math.nan, "plasma"),
        ("a", 0, 20, 0, 0, 0, 0, math.nan, 6, "urine"),
        ("a", 6, 5, 0, 0, 0, 0, math.nan, 24, "urine"),
        ("b", 0, math.nan, 100, 50, 1, 0, math.nan, math.nan, "dose"),
        ("b", 5, 4.0, 0, 0, 0, 0, 0.3, math.nan, "plasma"),
        ("b", 3, 2.0, 0, 0, 0, 0, 0.3, math.nan, "plasma"),
    ]
    names = ["ID", "TIME", "DV", "AMT", "RATE", "EVID", "CENS", "LLOQ", "TIME_END", "DVID"]
    return pd.DataFrame(rows, columns=names)


class OwnDataSet:
    """Whatever turns into a frame will do."""

    def to_pandas(self):
        return data_set()


def test_a_data_set_tells_route_limit_urine_and_who_was_refused():
    plasma = mgpk.nca(OwnDataSet(), amount_unit="mg")
    assert list(plasma) == ["a"]
    assert "sort them" in plasma.failures["b"]
    assert plasma.to_pandas()["failure"].tolist()[0] == ""
    with pytest.raises(KeyError, match="sort them"):
        plasma["b"]
    a = plasma["a"]
    assert a.settings["route"] == "iv_infusion" and a.settings["infusion_h"] == 2
    assert a.t_last_h == 9
    assert a.half_life_h == pytest.approx(2)
    assert any("after the last quantifiable one set to zero" in note for note in a.notes)
    urine = mgpk.nca_urine(OwnDataSet(), dvid="urine", plasma=plasma, amount_unit="mg")
    assert urine["a"].ae_amount == 25
    assert urine["a"].f_excreted == 0.25
    assert urine["a"].cl_renal_L_per_h == pytest.approx(25 / a.auc_all_amount_h_per_L)
    codes = urine.to_cdisc().set_index("PPTESTCD")["PPSTRESN"]
    assert codes["RCPCINT"] == 25
    assert "needs collections" in urine.failures["b"]
    without = mgpk.nca_urine(OwnDataSet(), dvid="urine", plasma=mgpk.NcaResults({}, {"a": "no"}))
    assert without["a"].reasons["cl_renal_L_per_h"] == "plasma was refused: no"


def test_one_interval_of_a_data_set_ends_at_the_next_dose():
    frame = pd.DataFrame(
        {
            "ID": 1,
            "TIME": [0, 2, 6, 12, 12, 14, 18, 24],
            "AMT": [100, 0, 0, 0, 100, 0, 0, 0],
            "EVID": [1, 0, 0, 0, 1, 0, 0, 0],
            "DV": [math.nan, 4, 2, 1, math.nan, 6, 3, 1.5],
        }
    )
    with pytest.raises(ValueError, match="needs one dose, but it is 2; give dose_at_h"):
        mgpk.nca(frame, route="oral")
    first = mgpk.nca(frame, route="oral", dose_at_h=0, tau_h=12)[1]
    later = mgpk.nca(frame, route="oral", dose_at_h=12, tau_h=12)[1]
    assert first.t_last_h == 12 and first.c_max_amount_per_L == 4
    assert later.t_max_h == 2 and later.c_max_amount_per_L == 6
    ratios = later.accumulation_over(first)
    assert ratios["accumulation_c_max_ratio"] == 1.5
    assert ratios["accumulation_auc_ratio"] == pytest.approx(
        later.auc_tau_amount_h_per_L / first.auc_tau_amount_h_per_L
    )
    with pytest.raises(ValueError, match="of one length"):
        later.accumulation_over(mgpk.nca(TIMES, ORAL, route="oral"))


def test_rules_of_the_face_reach_the_analysis():
    low = [*BOLUS[:-2], 0.01, 0.01]
    asked = {"route": "iv_bolus", "lloq_amount_per_L": 0.1}
    assert mgpk.nca(TIMES, low, **asked).t_last_h == 12
    assert mgpk.nca(TIMES, low, blq="keep", **asked).t_last_h == 24
    half = mgpk.nca(TIMES, low, blq={"after": "half"}, rule="linear", **asked)
    zero = mgpk.nca(TIMES, low, rule="linear", **asked)
    more = half.auc_all_amount_h_per_L - zero.auc_all_amount_h_per_L
    assert more == pytest.approx(0.05 * (2 + 8))
    given = mgpk.nca(TIMES, BOLUS, route="iv_bolus", lambda_z=[6, 12, 24])
    assert given.lambda_z_times_h == [6, 12, 24]
    window = mgpk.nca(TIMES, BOLUS, route="iv_bolus", lambda_z={"window_h": (5, 20)})
    assert window.lambda_z_times_h == [6, 8, 12, 16]
    fewer = {"n_points_least": 5, "with_peak": False}
    assert mgpk.nca(TIMES, BOLUS, route="iv_bolus", lambda_z=fewer).lambda_z_times_h == TIMES[1:]
    lifted = np.asarray(BOLUS) + 0.8
    for baseline in (0.8, np.full(10, 0.8)):
        result = mgpk.nca(TIMES, lifted, route="iv_bolus", dose_amount=100, baseline=baseline)
        assert result.cl_observed_L_per_h == pytest.approx(3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mgpk.nca(TIMES, ORAL), "route must be given"),
        (lambda: mgpk.nca(TIMES, ORAL, route="sc"), "route must be a known word"),
        (lambda: mgpk.nca(TIMES, route="oral"), "needs concentrations, but it is missing"),
        (lambda: mgpk.nca([0, 2, 1], [0, 1, 2], route="oral"), "1 h after 2 h; sort them"),
        (lambda: mgpk.nca([0, 1, 1], [0, 1, 2], route="oral"), "one sample per time"),
        (lambda: mgpk.nca([0, 1], [0, math.nan], route="oral"), "but it is NaN at 1 h"),
        (lambda: mgpk.nca([0, 1], [0, -1], route="oral"), "must not be negative"),
        (lambda: mgpk.nca(TIMES, ORAL, route="oral", blq="zero"), "neither lloq_amount_per_L"),
        (lambda: mgpk.nca(TIMES, ORAL, route="oral", negative="zero"), "only with a baseline"),
        (lambda: mgpk.nca(TIMES, ORAL, route="oral", column="DV"), "only for a run or a data set"),
        (lambda: mgpk.nca(TIMES, ORAL, route="oral", lambda_z={"n_points": 4}), "n_points_least"),
        (
            lambda: mgpk.nca(
                TIMES, ORAL, route="oral", lambda_z={"times_h": [4, 6, 8], "with_peak": True}
            ),
            "stands alone",
        ),
        (lambda: mgpk.nca(TIMES, ORAL, route="oral", partial=[(3, 2)]), "end after it starts"),
        (lambda: mgpk.nca(TIMES, ORAL, dose=100), "dose_amount"),
        (lambda: mgpk.nca_urine([0], [4], [5], edges_h=[1]), "only for a run"),
        (lambda: mgpk.nca_urine([0, 3], [4, 8], [5, 1]), "two cannot overlap"),
        (lambda: mgpk.nca_urine([0], [4], [5], plasma=3), "must be an analysis of plasma"),
        (lambda: mgpk.nca(pd.DataFrame({"ID": [1], "TIME": [0]}), route="oral"), "the column DV"),
    ],
)
def test_bad_calls_are_refused_in_the_grammar_of_the_house(call, message):
    with pytest.raises((ValueError, TypeError), match=message) as refused:
        call()
    assert ", but it is " in str(refused.value) and "; " in str(refused.value)


CSV = """ID,TIME (min),AMT (mg),DV (mg/L),EVID,CENS,LLOQ (mg/L)
1,0,100,.,1,0,.
1,60,.,4,0,0,0.3
1,180,.,2,0,0,0.3
1,300,.,1,0,0,0.3
1,420,.,0.5,0,0,0.3
1,600,.,0.3,0,1,0.3
"""


def test_a_data_set_of_our_own_brings_its_units():
    read = mgpk.read_dataset(CSV.encode())
    one = mgpk.nca(read, route="oral")["1"]
    assert one.settings["amount_unit"] == "mg"
    assert one.t_last_h == 7
    assert one.half_life_h == pytest.approx(2)
    assert one.cl_observed_L_per_h == pytest.approx(100 / one.auc_inf_observed_amount_h_per_L)
    assert any("set to zero" in note for note in one.notes)
    other = CSV.replace("DV (mg/L)", "DV (mmol/L)")
    with pytest.raises(ValueError, match="unit of AMT per L, mg/L, but it is mmol/L; convert"):
        mgpk.nca(mgpk.read_dataset(other.encode()), route="oral")
    rate = CSV.replace("EVID,", "RATE,EVID,").replace(",1,0,.\n", ",5,1,0,.\n")
    rate = rate.replace(",0,0,0.3", ",.,0,0,0.3").replace(",0,1,0.3", ",.,0,1,0.3")
    with pytest.raises(ValueError, match="RATE must count in hours"):
        mgpk.nca(mgpk.read_dataset(rate.encode()))
