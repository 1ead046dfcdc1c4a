"""tools/generate_effects.py refuses bad rows, and the headers in the tree are what it writes."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADERS = (
    "include/mgpk/effect/effects_table.hpp",
    "include/mgpk/trial/trial_effects_table.hpp",
)


@pytest.fixture
def project(copy_tables):
    """A copy of the tables, to be spoilt; the headers that are generated are not there."""
    return copy_tables(without=[header.removeprefix("include/mgpk/") for header in HEADERS])


@pytest.fixture
def generate(run_tool, project):
    def run(*arguments: str) -> tuple[int, str]:
        return run_tool("generate_effects.py", "--root", project, *arguments)

    return run


def test_the_headers_of_the_tree_are_up_to_date(run_tool):
    assert run_tool("generate_effects.py", "--check") == (0, "")


def test_writes_the_headers_of_the_tree_byte_for_byte(generate, project):
    assert generate() == (0, "".join(f"wrote {header}\n" for header in HEADERS))
    for header in HEADERS:
        assert (project / header).read_bytes() == (ROOT / header).read_bytes()


def test_check_sees_a_stale_header(generate, project):
    status, printed = generate("--check")
    assert status == 1
    assert all(f"{header} is out of date" in printed for header in HEADERS)
    assert not any((project / header).exists() for header in HEADERS)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("effects.csv", "\nsleep,M11,", "\nSleep,M11,", "key must be in small letters"),
        ("effects.csv", "\nsleep,M11,", "\ncramps,M11,", "key must be unique"),
        ("effects.csv", "\nsleep,M11,", "\nsleep,11,", "module must be M and a number"),
        ("effects.csv", ",B,C,yes,free magn", ",B,A,yes,free magn", "no better rank than its law"),
        ("effects.csv", "sleep,C,C,no,", "sleep,C,C,yes,", "columns must be given where computed"),
        (
            "effects.csv",
            ",B,C,yes,free magnesium",
            ",C,C,yes,free magnesium",
            "what has rank C is not computed",
        ),
        (
            "effects.csv",
            "c_muscle_free_mmol_per_L ",
            "c_muscle_mmol_per_L ",
            "parameters must name rows of data/parameters.csv",
        ),
        (
            "effects.csv",
            "Dodge_Rahamimoff_1967,yes",
            "Dodge_Rahamimoff_1967,no",
            "verify must be yes where a parameter is recalled",
        ),
        ("effects.csv", ",Mah_2021,", ",Mah_2012,", "reference must stand in"),
        ("trial_effects.csv", "cramps_older,cramps", "cramps_older,cramp", "effect must be known"),
        ("trial_effects.csv", "-0.18,-0.84,", "-0.18,-0.14,", "difference must lie between"),
        ("trial_effects.csv", "307,4.68,", "307,9.68,", "counts must spread more than Poisson's"),
        ("trial_effects.csv", "binomial,69,0.294", "binomial,69,0.001", "shares must lie between"),
        ("trial_effects.csv", "binomial,69,", "binomial,,", "n must be a finite number"),
        (
            "trial_effects.csv",
            "not significant; the interval was not noted",
            "",
            "why_not must be given where a trial is not simulated",
        ),
        (
            "trial_effects.csv",
            "-27.27,-7.44,,interval",
            "-27.27,-7.44,,none",
            "a trial that is simulated needs a kind with a law",
        ),
    ],
)
def test_a_bad_row_stops_everything(generate, project, table, old, new, message):
    path = project / "data" / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    status, printed = generate()
    assert status == 1
    assert message in printed, printed
    assert f"data/{table} line" in printed
    assert not any((project / header).exists() for header in HEADERS)
