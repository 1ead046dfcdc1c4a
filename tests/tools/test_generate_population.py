"""tools/generate_population.py refuses bad rows, and the header in the tree is what it writes."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = "include/mgpk/people/population_table.hpp"


@pytest.fixture
def project(copy_tables):
    """A copy of the tables, to be spoilt; the header that is generated is not there."""
    return copy_tables(without=[HEADER.removeprefix("include/mgpk/")])


@pytest.fixture
def generate(run_tool, project):
    def run(*arguments: str) -> tuple[int, str]:
        return run_tool("generate_population.py", "--root", project, *arguments)

    return run


def test_the_header_of_the_tree_is_up_to_date(run_tool):
    assert run_tool("generate_population.py", "--check") == (0, "")


def test_writes_the_header_of_the_tree_byte_for_byte(generate, project):
    assert generate() == (0, f"wrote {HEADER}\n")
    assert (project / HEADER).read_bytes() == (ROOT / HEADER).read_bytes()


def test_check_sees_a_stale_header(generate, project):
    status, printed = generate("--check")
    assert status == 1
    assert printed.startswith(f"{HEADER} is out of date")
    assert not (project / HEADER).exists()


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        (
            "population.csv",
            "height_cm,male,normal,175.5,7.24,150",
            "height_cm,male,normal,175.5,7.24,180",
            "center of height_cm must lie between 180 and 202",
        ),
        (
            "population.csv",
            "height_cm,male,normal,175.5,7.24",
            "height_cm,male,normal,175.5,0",
            "spread must be positive for a normal or lognormal law",
        ),
        (
            "population.csv",
            "height_cm,female,normal",
            "height_cm,female,lognormal",
            "the law of height_cm must be the same for both sexes",
        ),
        (
            "population.csv",
            "height_cm,female,normal",
            "height_m,female,normal",
            "height_cm needs a row for both sexes, or one for each",
        ),
        (
            "population.csv",
            ",1,v_plasma_L_per_kg,",
            ",1,v_plasma_L,",
            "applies_to must name rows of data/parameters.csv",
        ),
        (
            "population.csv",
            "measured,Kuczmarski_1997,NCHS_1965,median of adults in NHANES III; spread 2.85",
            "measured,Kuczmarski_1997,NCHS_1966,median of adults in NHANES III; spread 2.85",
            "reference must stand in data/references.csv",
        ),
        (
            "population_correlations.csv",
            "height_cm,diet_mg_per_d,0.2",
            "height_cm,diet_mg_per_d,1.2",
            "a correlation must lie between -1 and 1",
        ),
        (
            "population_correlations.csv",
            "height_cm,diet_mg_per_d,0.2",
            "diet_mg_per_d,height_cm,0.2",
            "first must stand above second",
        ),
        (
            "parameter_ridges.csv",
            "a_slow_mmol_per_kg,product,k_slow_per_h",
            "a_slow_mmol_per_kg,product,",
            "a row needs a leader, unless the law is fixed",
        ),
        (
            "parameter_ridges.csv",
            "a_slow_mmol_per_kg,product,k_slow_per_h",
            "a_slow_mmol_per_kg,product,tm_mmol_per_L",
            "a parameter that follows cannot lead",
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
    assert message in printed
    assert f"data/{table} line" in printed
    assert not (project / HEADER).exists()


def test_correlations_that_cannot_be_together_are_refused(generate, project):
    path = project / "data/population_correlations.csv"
    with open(path, "a", encoding="utf-8") as file:
        file.write("v_plasma_factor,q_interstitial_factor,0.95,assumed,model_choice,a test\n")
        file.write("v_interstitial_factor,q_interstitial_factor,-0.95,assumed,model_choice,a test\n")
    status, printed = generate()
    assert status == 1
    assert "the correlations must be possible together" in printed
