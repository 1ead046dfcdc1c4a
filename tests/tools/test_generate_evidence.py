"""tools/generate_evidence.py refuses bad rows, and the headers in the tree are what it writes."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADERS = [
    "evidence/values.hpp",
    "evidence/references_table.hpp",
    "dose/salts_table.hpp",
    "evidence/classic_models_table.hpp",
    "evidence/modifiers_table.hpp",
]


@pytest.fixture
def project(copy_tables):
    """A copy of the tables, to be spoilt; the headers that are generated are not there."""
    return copy_tables(without=HEADERS)


@pytest.fixture
def generate(run_tool, project):
    def run(*arguments: str) -> tuple[int, str]:
        return run_tool("generate_evidence.py", "--root", project, *arguments)

    return run


def edit(project: Path, table: str, old: str, new: str) -> int:
    """Replaces one text that must be there once, and returns the number of its line."""
    path = project / "data" / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {table}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def append(project: Path, table: str, row: str) -> int:
    path = project / "data" / table
    text = path.read_text(encoding="utf-8") + row + "\n"
    path.write_text(text, encoding="utf-8")
    return text.count("\n")


def test_the_headers_of_the_tree_are_up_to_date(run_tool):
    assert run_tool("generate_evidence.py", "--check") == (0, "")


def test_writes_the_headers_of_the_tree_byte_for_byte(generate, project):
    status, printed = generate()
    assert status == 0
    assert printed.splitlines() == [f"wrote include/mgpk/{name}" for name in HEADERS]
    for name in HEADERS:
        written = (project / "include/mgpk" / name).read_bytes()
        assert written == (ROOT / "include/mgpk" / name).read_bytes()


def test_writes_nothing_that_is_already_right(generate):
    generate()
    assert generate() == (0, "")


def test_check_writes_nothing_and_names_what_is_stale(generate, project):
    status, printed = generate("--check")
    assert status == 1
    assert printed.splitlines() == [
        f"include/mgpk/{name} is out of date; run python3 tools/generate_evidence.py"
        for name in HEADERS
    ]
    assert not any((project / "include/mgpk" / name).exists() for name in HEADERS)


def test_a_changed_value_makes_only_its_header_stale(generate, project):
    generate()
    edit(project, "parameters.csv", "c_red_cells_mmol_per_L,1.92,", "c_red_cells_mmol_per_L,1.90,")
    status, printed = generate("--check")
    assert (status, printed.count("\n")) == (1, 1)
    assert printed.startswith("include/mgpk/evidence/values.hpp is out of date")


def test_text_is_quoted_for_cpp(generate, project):
    edit(project, "references.csv", "no page was read", '"a ""quote"" and a \\ backslash"')
    assert generate()[0] == 0
    header = (project / "include/mgpk/evidence/references_table.hpp").read_text()
    assert '"a \\"quote\\" and a \\\\ backslash"' in header


# table, what stands there, what is written instead, what the error says after file and line
SPOILT = [
    (
        "parameters.csv",
        "1.92,mmol/L",
        "1.92,mM",
        'unit must be known, but it is "mM"; known are: 1, mmol/L, mL/min, kg, mg/d, g/L, L/kg, '
        "L/h/kg, mmol/kg, 1/h, mmol/d, mmol, mmol/h, h, g/mmol, mg/dL, m2, cm*kg/m4, "
        "g/d, g/mol, mV, 1/mV, L/mmol",
    ),
    (
        "parameters.csv",
        "1.92,mmol/L",
        "1.92,mmol/h",
        'a key with unit mmol/h must end in "_mmol_per_h", but it is "c_red_cells_mmol_per_L"; '
        "let key and unit agree",
    ),
    (
        "parameters.csv",
        "f_im,0.862,",
        "f_im_per_h,0.862,",
        'a key with unit 1 must end in "", but it is "f_im_per_h"; let key and unit agree',
    ),
    (
        "parameters.csv",
        "c_red_cells_mmol_per_L,1.92,",
        "c_red_cells_mmol_per_L,2.92,",
        'value of c_red_cells_mmol_per_L must lie between 1.26 and 2.58, but it is "2.92"; '
        "correct the value or its range",
    ),
    (
        "parameters.csv",
        "c_red_cells_mmol_per_L,1.92,",
        "c_red_cells_mmol_per_L,much,",
        'value must be a finite number, but it is "much"; give a number',
    ),
    (
        "parameters.csv",
        "c_red_cells_mmol_per_L,1.92,",
        "c_red_cells_mmol_per_L,nan,",
        'value must be a finite number, but it is "nan"; give a number',
    ),
    (
        "parameters.csv",
        "calibrated,Lindberg1990",
        "fitted,Lindberg1990",
        'kind must be known, but it is "fitted"; known are: measured, derived, calibrated, assumed',
    ),
    (
        "parameters.csv",
        "calibrated,Lindberg1990",
        "calibrated,Lindberg1991",
        'reference must stand in data/references.csv, but it is "Lindberg1991"; add it there',
    ),
    (
        "parameters.csv",
        "calibrated,Lindberg1990",
        "calibrated,",
        'reference must not be empty, but it is ""; fill it in',
    ),
    (
        "parameters.csv",
        "kidney/reabsorption.hpp;kidney/segments.hpp",
        "kidney/reabsorption.hpp; kidney/segments.hpp",
        "used_in of tm_mmol_per_L must name headers under include/mgpk, parted by ;, "
        'but it is " kidney/segments.hpp"; name the law that reads the number, such as '
        '"kidney/reabsorption.hpp"',
    ),
    (
        "parameters.csv",
        "kidney/reabsorption.hpp;kidney/segments.hpp",
        "kidney",
        "used_in of tm_mmol_per_L must name headers under include/mgpk, parted by ;, "
        'but it is "kidney"; name the law that reads the number, such as '
        '"kidney/reabsorption.hpp"',
    ),
    (
        "parameters.csv",
        "kidney/reabsorption.hpp;kidney/segments.hpp,",
        "",
        "a row must have 10 cells (key,value,unit,low,high,kind,reference,organ,used_in,note), "
        'but it is "9"; quote a cell that holds a comma',
    ),
    (
        "parameters.csv",
        "c_red_cells_mmol_per_L,1.92",
        "C_red_cells_mmol_per_L,1.92",
        "key must be a C++ name that starts with a small letter, "
        'but it is "C_red_cells_mmol_per_L"; use letters, digits and underscores',
    ),
    (
        "parameters.csv",
        "c_red_cells_mmol_per_L,1.92",
        "c_red_cells_mmol_per_L, 1.92",
        'value must have no space around it, but it is " 1.92"; trim it',
    ),
    (
        "parameters.csv",
        "c_red_cells_mmol_per_L,1.92",
        "c_red_cells_mmol_per_L,1,92",
        "a row must have 10 cells (key,value,unit,low,high,kind,reference,organ,used_in,note), "
        'but it is "11"; quote a cell that holds a comma',
    ),
    (
        "modifiers.csv",
        "sglt2_inhibitor,tm,",
        "sglt2_inhibitor,tm_loop,",
        'target must be known, but it is "tm_loop"; known are: gfr, albumin, tm, tm_pt, tm_tal, '
        "tm_dct, uptake_saturable, uptake_linear, acid_secreted, ileum_length, sweat",
    ),
    (
        "modifiers.csv",
        "heat_work,sweat,plus,",
        "heat_work,sweat,times,",
        'sweat changes plus, but it is "times"; say plus',
    ),
    (
        "modifiers.csv",
        "0.31,mmol/h,",
        "0.31,mmol/d,",
        'unit of sweat must be mmol/h, but it is "mmol/d"; give mmol/h',
    ),
    (
        "modifiers.csv",
        "Tang_2016,chronic,",
        "Tang_2016,always,",
        'applies must be known, but it is "always"; known are: chronic, acute, both',
    ),
    (
        "modifiers.csv",
        "pregnancy,gfr,times,",
        "pregnancy,gfr,times,-",
        'value must lie between 1.4 and 1.8, which are not negative, but it is "-1.5"; '
        "correct the value or its range",
    ),
    (
        "modifiers.csv",
        "h2_blocker,",
        "H2,",
        "a modifier must be named in small letters, digits and underscores, "
        'but it is "H2"; rename it',
    ),
    (
        "modifiers.csv",
        "h2_blocker,",
        "thiazide,",
        'the rows of a modifier must stand together, but it is "thiazide"; '
        "move the row to the others",
    ),
    (
        "references.csv",
        '(1991)",10.1210/jcem-73-5-1067,published',
        '(1991)",10.1210/jcem-73-5-1067,read',
        'provenance must be known, but it is "read"; known are: '
        "published, recalled, derived, choice",
    ),
    (
        "references.csv",
        '(1991)",10.1210/jcem-73-5-1067,published',
        '(1991)",doi:10.1210/jcem-73-5-1067,published',
        'doi must start with 10. and have no space, but it is "doi:10.1210/jcem-73-5-1067"; '
        "give the bare doi",
    ),
    (
        "references.csv",
        '(1991)",10.1210/jcem-73-5-1067,published',
        '(1991)",10.1210/jcem-73-5-1068,published',
        "doi of Fatemi_1991 must be that of data/human_magnesium.csv, "
        'but it is "10.1210/jcem-73-5-1068"; there it is 10.1210/jcem-73-5-1067',
    ),
    (
        "salts.csv",
        "MgO,40.30,1",
        "MgO,40.40,1",
        'molar_mass_g_per_mol of MgO must be 40.30, but it is "40.40"; '
        "correct the mass or the formula",
    ),
    (
        "salts.csv",
        "MgO,40.30,1",
        "MgO,40.30,2",
        'n_magnesium of MgO must be 1 and positive, but it is "2"; '
        "correct the count or the formula",
    ),
    (
        "salts.csv",
        "MgO,40.30,1",
        "XxO,40.30,1",
        'every element needs a mass, but Xx of "XxO" has none; '
        "correct the formula or data/atomic_masses.csv",
    ),
    (
        "salts.csv",
        "Mg(OH)2,58.32",
        "Mg(OH2,58.32",
        'brackets must pair, but the formula is "Mg(OH2"; '
        "correct the formula or data/atomic_masses.csv",
    ),
    (
        "salts.csv",
        "MgSO4.7H2O",
        "MgSO4*7H2O",
        'a formula is made of elements, numbers and brackets, but it is "MgSO4*7H2O"; '
        "correct the formula or data/atomic_masses.csv",
    ),
    (
        "salts.csv",
        "MgSO4.7H2O",
        "MgSO4..7H2O",
        'a formula must not have an empty part, but it is "MgSO4..7H2O"; '
        "correct the formula or data/atomic_masses.csv",
    ),
    (
        "salts.csv",
        "Mg(OH)2,58.32",
        "Mg(OH))2,58.32",
        'brackets must pair, but the formula is "Mg(OH))2"; '
        "correct the formula or data/atomic_masses.csv",
    ),
    (
        "salts.csv",
        "246.47,1,soluble",
        "246.47,1,sparing",
        "dissolution of sulfate must be the same for every hydrate (soluble), "
        'but it is "sparing"; it does not depend on the water',
    ),
    (
        "salts.csv",
        "246.47,1,soluble,derived,0,0,2,yes",
        "246.47,1,soluble,derived,0,0,2,no",
        'sulfate must have exactly one default hydrate, but it is "0"; say yes in one row',
    ),
    (
        "salts.csv",
        "oxide,anhydrous,MgO,40.30,1,acid",
        "oxide,anhydrous,MgO,40.30,1,slow",
        'dissolution must be known, but it is "slow"; known are: soluble, sparing, acid, hydroxide, food',
    ),
    (
        "salt_aliases.csv",
        "epsom salt,sulfate,heptahydrate",
        "epsom salt,sulfate,hexahydrate",
        'hydrate must be one of sulfate, but it is "hexahydrate"; see data/salts.csv',
    ),
    (
        "salt_aliases.csv",
        "epsom salt,sulfate,",
        "chloride,sulfate,",
        'an alias must not be a salt\'s own name, but it is "chloride"; remove it',
    ),
]


@pytest.mark.parametrize(("table", "old", "new", "message"), SPOILT)
def test_a_bad_row_is_refused_with_its_place(generate, project, table, old, new, message):
    line = edit(project, table, old, new)
    assert generate() == (1, f"data/{table} line {line}: {message}\n")
    assert not any((project / "include/mgpk" / name).exists() for name in HEADERS)


def test_an_unknown_column_is_refused(generate, project):
    edit(project, "salt_aliases.csv", "alias,name,hydrate", "alias,name,hydrate,colour")
    assert generate() == (
        1,
        "data/salt_aliases.csv line 1: the columns must be alias,name,hydrate, but they are "
        "alias,name,hydrate,colour; add, remove or rename columns\n",
    )


def test_a_reference_that_nothing_uses_is_refused(generate, project):
    line = append(project, "references.csv", "Nobody2000,Nobody (2000),,published,")
    assert generate() == (
        1,
        f"data/references.csv line {line}: every reference must be used by a number, "
        'but it is "Nobody2000"; remove the row\n',
    )


def test_a_modifier_changes_a_number_once_at_a_time(generate, project):
    line = append(
        project,
        "modifiers.csv",
        "trpm6,tm_dct,times,0.4,0,1,1,assumed,ClaverieMartin_2021,both,once more",
    )
    status, printed = generate()
    assert status == 1
    assert printed.startswith(
        f"data/modifiers.csv line {line}: modifier and target must be unique, "
        'but it is "trpm6 tm_dct"'
    )


def test_a_key_that_comes_twice_is_refused(generate, project):
    line = append(
        project, "parameters.csv", "t_colon_h,24,h,12,40,measured,SmartPill,gut,gut/transit.hpp,once more"
    )
    status, printed = generate()
    assert status == 1
    assert printed.startswith(
        f"data/parameters.csv line {line}: key must be unique, but it is "
        '"t_colon_h"; it stands already at data/parameters.csv line '
    )


def test_the_forms_of_a_salt_must_stand_together(generate, project):
    line = append(
        project, "salts.csv", "oxide,hydrated,MgO.H2O,58.32,1,acid,derived,0,0,1,no,Lindberg1990,x"
    )
    assert generate() == (
        1,
        f"data/salts.csv line {line}: the forms of a salt must stand together, "
        'but it is "oxide"; move the row to the others\n',
    )
