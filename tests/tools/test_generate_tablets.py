"""tools/generate_tablets.py refuses bad rows, and the module in the tree is what it writes."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULE = "python/mgpk/_tablets.py"


@pytest.fixture
def project(copy_tables):
    """A copy of the tables, to be spoilt."""
    return copy_tables()


@pytest.fixture
def generate(run_tool, project):
    def run(*arguments: str) -> tuple[int, str]:
        return run_tool("generate_tablets.py", "--root", project, *arguments)

    return run


def test_the_module_of_the_tree_is_up_to_date(run_tool):
    assert run_tool("generate_tablets.py", "--check") == (0, "")


def test_writes_the_module_of_the_tree_byte_for_byte(generate, project):
    assert generate() == (0, f"wrote {MODULE}\n")
    assert (project / MODULE).read_bytes() == (ROOT / MODULE).read_bytes()


def test_check_sees_a_stale_module(generate, project):
    status, printed = generate("--check")
    assert status == 1
    assert printed.startswith(f"{MODULE} is out of date")
    assert not (project / MODULE).exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("hydroxide,anhydrous,", "hydroxyde,anhydrous,", "salt must be known"),
        ("malate,dimagnesium,", "malate,heptahydrate,", "hydrate must be known"),
        (",tablet,360,salt,360,", ",powder,360,salt,360,", "form must be known"),
        (",tablet,360,salt,360,", ",tablet,360,ion,360,", "of must be known"),
        (",tablet,360,salt,360,", ",tablet,0,salt,0,", "strength_mg must be positive"),
        (",tablet,360,salt,360,", ",tablet,360,salt,400,", "lie between 400 and 360"),
        (",measured,Dolberg2017,", ",guessed,Dolberg2017,", "kind must be known"),
        (",measured,Dolberg2017,", ",measured,Nobody1999,", "reference must be a study"),
        ("three tablets of 360 mg of Mg(OH)2 each", "", "note must say what was read"),
        ("sulfate,heptahydrate,capsule", "citrate,anhydrous,capsule", "salt must be unique"),
        ("other,,tablet", "taurate,anhydrous,tablet", 'the last row must be that of "other"'),
    ],
)
def test_a_bad_row_is_refused_with_its_line(generate, project, old, new, message):
    table = project / "data" / "tablets.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count(old) == 1
    table.write_text(text.replace(old, new), encoding="utf-8")
    status, printed = generate()
    assert status == 1
    assert message in printed and printed.startswith("data/tablets.csv line ")
    assert not (project / MODULE).exists()
