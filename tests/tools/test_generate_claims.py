"""tools/generate_claims.py refuses claims that cannot be tested as they stand."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = "include/mgpk/claim/claims_table.hpp"


@pytest.fixture
def generate(run_tool, copied_data):
    def run(*arguments: str) -> tuple[int, str]:
        return run_tool("generate_claims.py", "--root", copied_data, *arguments)

    return run


def test_the_header_in_the_tree_is_current(run_tool):
    assert run_tool("generate_claims.py", "--check") == (0, "")


def test_a_stale_header_is_told(generate, copied_data, edit):
    assert generate()[0] == 0
    edit("claims.csv", "glycinate achieves plasma levels", "glycinate attains plasma levels")
    status, text = generate("--check")
    assert status == 1 and "out of date" in text
    assert generate()[0] == 0
    assert "attains" in (copied_data / HEADER).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("claim_tests.csv", "A1-010,absorbed_glycinate_over_oxide", "A1-010,absorbed", "known"),
        ("claim_tests.csv", "A4-009,level_glycinate_over_oxide", "A4-009,", "needs a measure"),
        ("claim_tests.csv", "A1-002,", "A1-022,", "order of the claims"),
        ("claim_tests.csv", "mg of glycine come with each mg", "mg you should take with each mg", "advice"),
        ("claim_tests.csv", "{value} mg of glycine come with each", "Some glycine comes with each", "its number"),
        ("claim_tests.csv", "6.1,6.25", "6.25,6.1", "must not exceed"),
        ("claim_tests.csv", "A1-001,,,,,,,", "A1-001,,,1,,,,", "needs a measure"),
        ("claim_measures.csv", "f_absorbed_citrate,1,value", "f_absorbed_citrate,1,over", "two readings"),
        ("claim_measures.csv", "absorbed_gfr_60_over_120,1,over", "absorbed_gfr_60_over_120,1,times", "known"),
        ("claim_scenarios.csv", "\nadult,", "\ngrown_up,", "known"),
        ("claim_plans.csv", "alcohol_daily,modify", "alcohol_daily,change", "known"),
        ("claims.csv", "A4-009,A4,", "A4-008,A4,", "unique"),
    ],
)
def test_a_bad_row_stops_everything(generate, copied_data, table, old, new, told, edit):
    edit(table, old, new)
    status, text = generate()
    assert status == 1
    assert told in text and "data/claim" in text
    assert not (copied_data / HEADER).exists()


def test_nothing_may_stand_there_unused(generate, copied_data):
    with open(copied_data / "data/claim_measures.csv", "a", encoding="utf-8") as file:
        file.write("more,1,table,f_elemental_by_mass,oxide,,,0,0,,,,,,unused\n")
    status, text = generate()
    assert status == 1 and "must be used" in text
