"""Data sets in Python: files, frames, dictionaries, problems, round trips, speed."""

import datetime
import io
import pickle
import re
import subprocess
import sys
import time
from pathlib import Path

import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mgpk
from mgpk import _core
from mgpk.dataset import Problems

PAGE = Path(__file__).parents[2] / "docs" / "data-sets.md"
TEXT = (
    "ID,TIME (h),AMT [mg],EVID,DV_mg_per_L,WT (kg),SEX\n"
    "1,0,100,1,.,70.50,F\n1,1.5,.,0,4.2,70.50,F\n2,0,50,1,.,80,M\n2,2,.,0,NA,80,M\n"
)


@pytest.fixture
def data():
    return mgpk.read_dataset(TEXT.encode())


def test_what_a_file_says(data):
    assert data.columns == ["ID", "TIME", "AMT", "EVID", "DV", "WT", "SEX"]
    assert data.covariates == ["WT", "SEX"]
    assert len(data) == 4 and "DV" in data and "dv" not in data
    assert [tuple(person) for person in data.people] == [("1", 0, 2), ("2", 2, 2)]
    assert data["WT"][data.people[1].rows].tolist() == [80, 80]
    assert data["SEX"].tolist() == ["F", "F", "M", "M"]
    assert np.isnan(data["DV"]).tolist() == [True, False, True, True]
    assert not data["DV"].flags.writeable
    assert data.unit("DV") == "mg/L" and data.unit("WT") == "kg"
    assert data.event.tolist() == [1, 0, 1, 0]
    assert data.time_h.tolist() == [0, 1.5, 0, 2]
    assert "no column MDV" in data.assumptions[0]
    assert repr(data) == (
        "<Dataset: 4 rows, 2 people, 2 doses, 1 observation; columns ID TIME AMT EVID DV WT SEX>"
    )


def test_paths_files_and_bytes_are_the_same(tmp_path, data):
    path = tmp_path / "data.csv"
    assert data.to_csv(path) == TEXT
    assert path.read_bytes() == TEXT.encode()
    with path.open("rb") as file:
        for source in (path, str(path), file, io.StringIO(TEXT), io.BytesIO(TEXT.encode())):
            assert mgpk.read_dataset(source) == data


def test_an_unknown_column_is_refused_with_the_nearest(data):
    with pytest.raises(mgpk.UnknownNameError, match='did you mean "WT"?'):
        data["WTT"]
    with pytest.raises(mgpk.UnknownNameError):
        data.unit("WTT")


def test_all_problems_at_once():
    text = b"ID,TIME,AMT,EVID,SS\n1,0,.,1,1\n1,-1,5,0\n1,-2,x,7,3\n"
    with pytest.raises(mgpk.DataSetError) as caught:
        mgpk.read_dataset(text)
    problems = caught.value.problems
    assert problems == mgpk.lint_dataset(text)
    assert isinstance(caught.value, ValueError)
    assert problems.codes == [
        "dose_without_amount",
        "interval_missing",
        "ragged_row",
        "not_a_number",
        "time_backwards",
        "bad_evid",
        "bad_ss",
    ]
    first = problems[0]
    assert (first.line, first.column, first.value, first.severity) == (2, "AMT", ".", "error")
    lines = repr(problems).splitlines()
    assert lines[0].split() == ["line", "severity", "code", "column", "value", "advice"]
    assert len(lines) == 8 and "dose_without_amount" in lines[1]
    assert problems.errors == problems
    assert str(caught.value).count("\n") == 7


def test_many_problems_are_counted():
    text = "TIME,DV\n" + "".join(f"{i},x\n" for i in range(100))
    with pytest.raises(mgpk.DataSetError, match="and 90 more") as caught:
        mgpk.read_dataset(text.encode())
    assert len(caught.value.problems.errors) == 100
    assert repr(caught.value.problems).endswith("and 41 more")
    assert repr(Problems()) == "no problems"


def test_warnings_stay_with_the_data():
    data = mgpk.read_dataset(b"TIME,AMT,II,EVDI\n0,5,12,1\n")
    assert data.lint().codes == ["unknown_column", "interval_unused"]
    assert not data.lint().errors


def test_options():
    text = b"subject;Time;level;given\n# made by hand\n1;0;-99;100\n1;90;4;-99\n"
    data = mgpk.read_dataset(
        text,
        columns={"DV": "level", "AMT": "given"},
        units={"AMT": "mg"},
        time_unit="min",
        missing=["-99"],
        delimiter=";",
        ignore="#",
    )
    assert data.columns == ["ID", "TIME", "DV", "AMT"]
    assert data.time_h.tolist() == [0, 1.5]
    assert data.unit("AMT") == "mg" and data.unit("TIME") == "min"
    assert np.isnan(data["DV"][0])
    assert data.to_csv().encode() == text
    assert pickle.loads(pickle.dumps(data)) == data


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"time_unit": "weeks"}, "time_unit must be h, min, d or s, but it is"),
        ({"date_order": "y"}, "date_order must be ymd"),
        ({"delimiter": ", "}, "delimiter must be one sign"),
        ({"delimiter": ""}, "delimiter must be a comma"),
        ({"columns": {"dv": "DV"}}, "a known column must be stated"),
        ({"kinds": {"1": "ratio"}}, "a kind must be value, urine_amount or isotope_ratio"),
    ],
)
def test_options_that_cannot_be_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        mgpk.read_dataset(b"TIME,DV\n0,1\n", **options)
    with pytest.raises(ValueError, match=message):
        mgpk.lint_dataset({"TIME": [0]}, **options)


@pytest.mark.parametrize(
    "call",
    [
        lambda: mgpk.read_dataset(b"TIME\n0\n", delimeter=";"),
        lambda: mgpk.lint_dataset(b"TIME\n0\n", delimeter=";"),
        lambda: mgpk.Dataset.from_dict({"TIME": [0]}, delimeter=";"),
    ],
)
def test_unknown_options_are_refused_with_the_nearest(call):
    with pytest.raises(TypeError, match='did you mean "delimiter"?'):
        call()


def test_wrong_kinds_of_things_are_refused():
    with pytest.raises(TypeError, match="made from a file or from columns"):
        mgpk.Dataset()
    with pytest.raises(TypeError, match="from a path, from bytes"):
        mgpk.read_dataset(5)
    with pytest.raises(TypeError, match="column X must hold numbers, texts or dates"):
        mgpk.Dataset.from_dict({"TIME": [0], "X": [object()]})
    with pytest.raises(ValueError, match="must be flat"):
        mgpk.Dataset.from_dict({"TIME": np.zeros((2, 2))})
    with pytest.raises(ValueError, match="all columns must be equally long"):
        mgpk.Dataset.from_dict({"TIME": [0, 1], "DV": [1]})
    with pytest.raises(TypeError, match="missing must be a list"):
        mgpk.read_dataset(b"TIME\n0\n", missing=".")
    with pytest.raises(OSError):
        mgpk.read_dataset("no such file")


def test_frames_go_in_and_out(data):
    frame = data.to_pandas()
    assert list(frame.columns) == TEXT.splitlines()[0].split(",")
    assert frame["ID"].dtype == np.int64 and frame["SEX"].tolist() == ["F", "F", "M", "M"]
    again = mgpk.Dataset.from_pandas(frame)
    assert again.columns == data.columns and again.unit("AMT") == "mg"
    pd.testing.assert_frame_equal(again.to_pandas(), frame)


def test_frames_of_many_kinds_of_columns():
    frame = pd.DataFrame(
        {
            "ID": pd.Categorical(["a", "a", "b"]),
            "TIME": pd.to_datetime(["2024-05-01 06:00", "2024-05-02 06:30", "2024-05-01 01:00"]),
            "AMT": pd.array([100, None, 50], dtype="Int64"),
            "DV": pd.array([None, 1.5, None], dtype="Float64"),
            "GIVEN": [True, False, True],
            "NOTE": pd.array(["x", None, 'say "y", twice'], dtype="string"),
            "MIXED": [1, None, 2.5],
            "BIG": [2**60, 2**60 + 1, 5],
        }
    )
    data = mgpk.Dataset.from_pandas(frame)
    assert data.time_h.tolist() == [6, 30.5, 1]
    assert data["TIME"].tolist() == [6, 30.5, 1]
    assert data["AMT"].tolist()[::2] == [100, 50] and np.isnan(data["AMT"][1])
    assert data["GIVEN"].tolist() == [1, 0, 1]
    assert data["NOTE"].tolist() == ["x", "", 'say "y", twice']
    assert str(2**60 + 1) in data.to_csv()
    assert data.to_pandas()["TIME"][1].startswith("2024-05-02 06:30")


def test_dates_of_python():
    data = mgpk.Dataset.from_dict(
        {
            "DATE": [datetime.date(2024, 2, 28), datetime.date(2024, 3, 1)],
            "TIME": [datetime.time(8, 30), datetime.time(0, 15)],
            "DV": [1, None],
        }
    )
    assert data.time_h.tolist() == [8.5, 48.25]


def test_the_index_of_a_frame_is_not_lost_silently():
    frame = pd.DataFrame({"TIME": [0.0], "DV": [1.0]}, index=pd.Index([7], name="ID"))
    with pytest.raises(ValueError, match="reset_index"):
        mgpk.Dataset.from_pandas(frame)
    assert mgpk.Dataset.from_pandas(frame.reset_index()).people[0].id == "7"


def test_linting_frames_and_dictionaries():
    bad = {"TIME": [0, -1], "AMT": [-5.0, float("inf")]}
    for source in (bad, pd.DataFrame(bad)):
        problems = mgpk.lint_dataset(source)
        assert {(p.line, p.code) for p in problems.errors} == {
            (2, "negative_amount"),
            (3, "not_a_number"),
            (3, "time_backwards"),
        }


def test_urine_ratios_and_means_are_observations():
    text = (
        b"TIME,TIME_END,UVOL (L),DV,DVID,SD,N,CI_LOW,CI_HIGH,CENS,LLOQ\n"
        b"0,6,0.4,1.2,urine,.,.,.,.,0,.\n1,.,.,0.13,ratio,.,.,.,.,0,.\n"
        b"2,.,.,0.8,plasma,0.1,12,.,.,0,.\n3,.,.,0.8,plasma,.,.,0.7,0.9,0,.\n"
        b"4,.,.,.,plasma,.,.,.,.,1,0.05\n"
    )
    seen = mgpk.read_dataset(
        text, kinds={"ratio": "isotope_ratio", "urine": "urine_amount"}
    ).observations()
    assert seen.kind.tolist() == ["urine_amount", "isotope_ratio", "value", "value", "value"]
    assert seen.end_h[0] == 6 and np.isnan(seen.end_h[1:]).all()
    assert seen.urine_volume[0] == 0.4
    assert seen.is_mean.tolist() == [False, False, True, True, False]
    assert seen.n_persons[2] == 12 and seen.ci_low[3] == 0.7
    assert seen.censored.tolist() == [0, 0, 0, 0, 1] and seen.limit[4] == 0.05
    assert list(seen.to_pandas()["label"]) == ["urine", "ratio", "plasma", "plasma", "plasma"]


def test_pickles(data):
    assert pickle.loads(pickle.dumps(data)) == data
    made = mgpk.Dataset.from_dict({"TIME": [1e-20, 0.1], "DV": [np.nan, 1 / 3], "N": [1, 2]})
    twin = pickle.loads(pickle.dumps(made))
    assert twin == made and (twin["DV"][1] == made["DV"][1])
    with pytest.raises(mgpk.DataSetError) as caught:
        mgpk.read_dataset(b"")
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems and str(again) == str(caught.value)


NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**18), 10**18).map(str),
    st.from_regex(r"[+-]?[0-9]{1,3}\.?[0-9]{0,3}", fullmatch=True),
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8
).map(lambda text: '"' + text.replace('"', '""') + '"')
CELLS = st.one_of(NUMBERS, WORDS, st.sampled_from(["", ".", "NA", " ", "x y", "inf", "1e999"]))


@hypothesis.settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_any_cells_come_back_as_they_were(rows, line_end):
    lines = ["TIME,X,Y", *(f"{i},{x},{y}" for i, (x, y) in enumerate(rows))]
    text = (line_end.join(lines) + line_end).encode()
    data = mgpk.read_dataset(text)
    assert data.to_csv().encode() == text
    assert len(data) == len(rows)


@hypothesis.settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.floats(allow_infinity=False),
            st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=6)),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_columns_come_back_from_their_text(rows):
    made = mgpk.Dataset.from_dict(
        {
            "TIME": range(len(rows)),
            "X": [number for number, _ in rows],
            "Y": [text for _, text in rows],
        }
    )
    again = mgpk.read_dataset(made.to_csv().encode())
    np.testing.assert_array_equal(again["X"], [number for number, _ in rows])
    np.testing.assert_array_equal(again["Y"], made["Y"])
    assert again == made


def test_the_page_lists_each_code_and_each_column():
    page = PAGE.read_text(encoding="utf-8")
    for code, severity, meaning in _core.problem_codes():
        assert f"| `{code}` | {severity} | {meaning} |" in page
    listed = re.findall(r"^\| `([a-z_0-9]+)` \| (?:error|warning|either) \|", page, re.MULTILINE)
    assert listed == [code for code, _, _ in _core.problem_codes()]
    for name, aliases, meaning in _core.known_columns():
        names = " ".join(f"`{alias}`" for alias in aliases.split())
        assert f"| `{name}` | {names} | {meaning} |".replace("  ", " ") in page


def test_the_examples_of_the_page_run():
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 3
    names: dict = {}
    for block in blocks:
        exec(block, names)


def big_table(n_rows):
    """Twenty rows a person, twelve columns."""
    dose = "{0},0,100,.,12,5,0,1,1,.,1,{1}\n"
    seen = "{0},{2},.,.,.,.,.,0,2,{3:.6g},0,{1}\n"
    rows = ["ID,TIME,AMT,RATE,II,ADDL,SS,EVID,CMT,DV,MDV,WT\n"]
    for person in range(n_rows // 20):
        weight = 50 + person % 500 / 10
        rows.append(dose.format(person, weight))
        for i in range(1, 20):
            rows.append(seen.format(person, weight, 1.25 * i, 9 / (i + person % 7 + 0.37)))
    return "".join(rows).encode()


def test_two_hundred_thousand_rows_read_quickly():
    text = big_table(200_000)
    start = time.process_time()
    data = mgpk.read_dataset(text)
    assert time.process_time() - start < 2  # a million takes less, on a machine of its own
    assert len(data) == 200_000 and len(data.people) == 10_000
    assert data.to_csv().encode() == text


@pytest.mark.slow
def test_a_million_rows_need_less_than_a_gigabyte(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(big_table(1_000_000))
    program = (
        "import resource, sys, time, mgpk; start = time.process_time();"
        "data = mgpk.read_dataset(sys.argv[1]); taken = time.process_time() - start;"
        "print(len(data), taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(found[0]) == 1_000_000
    assert float(found[1]) < 10  # seconds of processor; 2 where the machine is not shared
    assert int(found[2]) < 1_000_000  # kB
