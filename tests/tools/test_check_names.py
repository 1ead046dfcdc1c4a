"""tools/check_names.py reads docs/naming.md and finds what the page refuses."""

import shutil
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/naming.md"


@pytest.fixture
def check(run_tool, tmp_path):
    """Checks one file with the given text; `place` is its path in the tree."""
    (tmp_path / "docs").mkdir()
    shutil.copy(PAGE, tmp_path / "docs")

    def run(text: str, place: str = "include/mgpk/gut/x.hpp") -> tuple[int, str]:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return run_tool("check_names.py", tmp_path)

    return run


@pytest.mark.parametrize(
    "text",
    [
        "struct P { double v_plasma_L; Real k_per_h; std::optional<double> gfr_mL_per_min; };",
        "struct P { double q_L_per_h_per_kg = 1.0; double auc_plasma_total_mmol_h_per_L{0.0}; };",
        "double f(double f_uf, const Real& c_plasma_total_mmol_per_L, double elasticity);",
        "struct Parameter { double value; double low; double high; };",
        "inline double f(double x) { const double anything = x; return anything; }",
        "class C { double hidden_; };",
        "namespace detail { struct P { double anything; }; }",
        "// an hr of mM is prose\nstruct P {};",
    ],
)
def test_allows(check, text):
    code, output = check(f"namespace mgpk {{\n{text}\n}}\n")
    assert code == 0, output


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("struct P { double volume; };", "volume: a number ends in its unit"),
        ("template <class Real> struct P { Real pace; };", "pace: a number ends in its unit"),
        ("struct P { std::optional<double> weight; };", "weight: a number ends in its unit"),
        ("double f(double dose, double t_h);", "dose: a number ends in its unit"),
        ("struct P { double k_mmol; };", "kind 'k' needs a unit"),
        ("struct P { double c_urine_mmol; };", "kind 'c' needs a unit"),
        ("struct P { double a_bone_mmol_per_L; };", "kind 'a' needs a unit"),
        ("struct P { double t_max_mmol; };", "kind 't' needs a unit"),
        ("struct P { double c_urine_mM; };", "'mM' is never part of a name; write mmol_per_L"),
        ("void f() { int t_hr = 0; }", "'hr' is never part of a name; write h"),
        ("int absorbed_pct;", "'pct' is never part of a name"),
        ("double f(double c_plasma_mmol_per_L);", "c_plasma must say which: c_plasma_total"),
        ('auto column = "c_plasma_mmol_per_L";', "c_plasma must say which"),
        ("auto c_plasma = 1;", "c_plasma must say which"),
    ],
)
def test_refuses_in_headers(check, text, word):
    code, output = check(f"namespace mgpk {{\n{text}\n}}\n")
    assert code == 1
    assert word in output
    assert "include/mgpk/gut/x.hpp:2:" in output


def test_the_solver_core_knows_no_units_but_the_spellings(check):
    assert check("struct P { double t; };", "include/mgpk/ode/x.hpp")[0] == 0
    assert check("struct P { double t_hr; };", "include/mgpk/ode/x.hpp")[0] == 1


def test_reads_python(check):
    place = "python/mgpk/x.py"
    assert check("def f(at_h: float, value: float, *, salt_mg: float | None = None): ...", place)[0] == 0
    assert check("def _f(dose: float): ...", place)[0] == 0
    for text in (
        "def f(*, dose: float): ...",
        "class C:\n    dose: float | None = None",
        "columns = ['c_plasma_mmol_per_L']",
        "t_hr = 1",
    ):
        assert check(text, place)[0] == 1, text


def test_reads_the_keys_of_data(check):
    assert check("key,value\nv_plasma_L_per_kg,1\n", "data/p.csv")[0] == 0
    code, output = check("key,value\nc_plasma_mmol_per_L,1\n", "data/p.csv")
    assert code == 1
    assert "data/p.csv: c_plasma_mmol_per_L" in output
    assert check("t_hr,value\n1,2\n", "data/p.csv")[0] == 1


def test_a_row_on_the_page_allows_a_name(check, tmp_path):
    assert check("struct P { double shape; };")[0] == 1
    page = tmp_path / "docs/naming.md"
    page.write_text(page.read_text().replace("| `hours_per_day` |", "| `shape` |"))
    assert check("struct P { double shape; };")[0] == 0
