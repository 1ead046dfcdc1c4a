"""tools/generate_studies.py accounts for every published figure, and refuses tables that do not."""

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = "include/mgpk/study/catalogue_table.hpp"


@pytest.fixture
def generate(run_tool, copied_data):
    def run(*arguments: str) -> tuple[int, str]:
        return run_tool("generate_studies.py", "--root", copied_data, *arguments)

    return run


def rows(table):
    with open(ROOT / "data" / table, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_header_in_the_tree_is_current(run_tool):
    assert run_tool("generate_studies.py", "--check") == (0, "")


def test_a_stale_header_is_told(generate, copied_data, edit):
    assert generate()[0] == 0
    edit("studies.csv", "creatinine cancels", "creatinine falls out")
    status, text = generate("--check")
    assert status == 1 and "out of date" in text
    assert generate()[0] == 0
    assert "creatinine falls out" in (copied_data / HEADER).read_text(encoding="utf-8")


def test_every_figure_is_an_endpoint_an_input_or_excluded():
    """Counted here once more, without the generator."""
    n_figures = len(rows("human_magnesium.csv"))
    endpoints = {int(row["line"]) for row in rows("studies.csv")}
    inputs = {int(row["relative_to"]) for row in rows("studies.csv") if row["relative_to"]}
    for row in rows("study_scenarios.csv"):
        inputs |= {int(cell[1:]) for cell in row.values() if cell.startswith("@")}
    excluded = {int(row["line"]) for row in rows("study_excluded.csv")}
    assert endpoints | inputs | excluded == set(range(2, n_figures + 2))
    assert not excluded & (endpoints | inputs)


@pytest.mark.parametrize(
    "table, old, new, complaint",
    [
        ("study_excluded.csv", "176,Rude_1980", "177,Rude_1980", "unique"),
        ("study_excluded.csv", "175,Hunt_Johnson_2006", "155,Fatemi_1991", "both"),
        ("study_excluded.csv", "17,Verhas2002,dose_unknown", "17,Verhas2002,lost", "known"),
        ("studies.csv", "sabatier_2003,13,", "sabatier_2003,9,", "unique"),
        ("studies.csv", "gullestad_1994,151,", "gullestad_1994,153,", "neither"),
        ("studies.csv", "gullestad_1994,,f_retained", "gullestad_1994,,f_kept", "known"),
        ("studies.csv", "prevend_2013_men,193,PREVEND", "prevend_2013_men,193,PREVENT", "line"),
        ("study_plans.csv", "vandenbergh_2003_30,iv", "vandenbergh_2003_30,snuffed", "known"),
        ("study_scenarios.csv", "men,male", "menn,male", "known"),
    ],
)
def test_a_spoilt_table_writes_nothing(generate, copied_data, table, old, new, complaint, edit):
    edit(table, old, new)
    status, said = generate()
    assert status == 1
    assert complaint in said, said
    assert not (copied_data / HEADER).exists()


def test_a_figure_that_is_both_is_refused(generate, copied_data):
    path = copied_data / "data" / "study_excluded.csv"
    extra = "155,Fatemi_1991,repeat,it stands as an endpoint\n"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    status, said = generate()
    assert status == 1 and "line 155 is both" in said
