"""Run files: read, run, written, repeated; from Python, the command line and C++ alike."""

import copy
import json
import pickle
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import mgpk

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "07_run_file.json"
PAGE = ROOT / "docs" / "run-files.md"

#: Every key of every kind of line, and every key of the sections.
FULL = {
    "$schema": "urn:mgpk:run-file:1",
    "mgpk_run": 1,
    "note": "words",
    "seed": 7,
    "subject": {
        "sex": "female",
        "age_y": 34,
        "weight_kg": 62,
        "height_cm": 168,
        "creatinine_mg_per_dL": 0.8,
        "diet_mg_per_d": 310,
        "albumin_g_per_L": 41,
        "diet_phytate_mmol_per_d": 1.5,
        "diet_oxalate_mmol_per_d": 2,
        "c_plasma_total_mmol_per_L": 0.84,
        "meals_at_h": [7, 12.5, 18],
        "f_acid_secreted": 0.5,
        "pregnant": False,
        "allow_outside_range": True,
        "parameters": {"f_uf_reference": 0.72},
        "modifiers": {"thiazide": 0.5},
    },
    "plan": [
        {"kind": "oral", "salt": "sulfate", "hydrate": "heptahydrate", "salt_mg": 500, "at_h": 1},
        {"kind": "oral", "salt": "citrate", "mEq": 5, "label": "noon", "with_meal": True},
        {
            "kind": "oral_mix",
            "shares": [{"salt": "citrate", "f_of_magnesium": 1}],
            "mmol": 5,
            "label": "mix",
            "every_h": 24,
            "times": 2,
        },
        {
            "kind": "oral_mix",
            "components": [{"salt": "citrate", "mmol": 1}],
            "label": "mix",
        },
        {"kind": "iv", "salt": "sulfate", "mmol": 8, "at_h": 2, "over_h": 1},
        {"kind": "im", "salt": "sulfate", "mmol": 4, "every_h": 6, "times": 2},
        {"kind": "meal", "elemental_mg": 0, "at_h": 10, "every_h": 24, "times": 2},
        {"kind": "meal", "mmol": 2, "at_h": 11, "phytate_mmol": 0.75, "oxalate_mmol": 1},
        {"kind": "diet", "mg_per_d": 100, "at_h": 24, "over_h": 24},
        {"kind": "fast", "at_h": 60, "over_h": 5},
        {
            "kind": "oral",
            "salt": "citrate",
            "mmol": 4,
            "at_h": 20,
            "every_h": 24,
            "tlag_h": 0.5,
            "f_bioavailable": 0.9,
            "at_steady_state": True,
            "label": "noon",
        },
        {"kind": "reset", "at_h": 30, "to": "empty_gut"},
        {
            "kind": "covariate",
            "name": "gfr_mL_per_min",
            "values": [90, 45.5],
            "at_h": [0, 24],
            "rule": "linear",
        },
        {"kind": "occasion", "number": 2, "at_h": 24},
        {
            "kind": "modify",
            "name": "caffeine",
            "strength": 0.5,
            "at_h": 8,
            "over_h": 2,
            "every_h": 24,
            "times": 2,
        },
    ],
    "options": {
        "until_h": 48,
        "every_h": 6,
        "relative_tolerance": 1e-6,
        "absolute_tolerance_mmol": 1e-10,
        "max_steps": 1000000,
        "method": "automatic",
        "with_baseline": True,
        "raise_on_failure": False,
        "empty_gut_at_start": True,
        "start_c_plasma_total_mmol_per_L": 0.9,
        "jump_limit": "before",
    },
    "outputs": {
        "columns": ["c_plasma_total_mmol_per_L", "f_absorbed_noon"],
        "every_n_rows": 2,
        "table_csv": "table.csv",
        "baseline_csv": "base.csv",
        "result_json": "result.json",
    },
}

#: What a value is replaced by in the corpus of mutations.
STRANGERS = [None, True, -1, 1.5, "", "../x.csv", [], {}]


def places(value, at=()):
    """The path of every value of a document."""
    yield at
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*at, key))


def parent_of(document, at):
    for key in at[:-1]:
        document = document[key]
    return document


def mutations():
    """The full document with one value changed, left out or added, in every place."""
    yield FULL
    times = copy.deepcopy(FULL)
    times["options"] = {"times_h": [0, 1, 2.5]}
    yield times
    for at in places(FULL):
        for stranger in STRANGERS:
            changed = copy.deepcopy(FULL)
            if not at:
                yield stranger
                continue
            parent_of(changed, at)[at[-1]] = stranger
            yield changed
        if at:
            without = copy.deepcopy(FULL)
            del parent_of(without, at)[at[-1]]
            yield without
            for key in ("mmol", "elemental_mg", "shares", "times_h", "over_h", "colour"):
                parent = parent_of(FULL, at)
                if isinstance(parent, dict) and key not in parent:
                    added = copy.deepcopy(FULL)
                    parent_of(added, at)[key] = 1
                    yield added


def refusal_of(document):
    """The faults that the reader finds; none where it accepts."""
    try:
        mgpk._core.RunDocument.read_text(json.dumps(document), "the document")
    except mgpk.DocumentError as error:
        return {fault for _, _, fault in error.problems}
    return set()


def command(*words, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "mgpk", *map(str, words)], cwd=cwd, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def example_run():
    return mgpk.run_file(EXAMPLE)


@pytest.fixture(scope="module")
def schema():
    schema = mgpk.run_file_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_examples_meet_the_schema(schema):
    files = sorted((ROOT / "examples").glob("*.json"))
    assert files
    for file in files:
        schema.validate(json.loads(file.read_text(encoding="utf-8")))
        assert mgpk.read_run_file(file)


def test_reader_and_schema_agree_on_structure(schema):
    n_refused, n_accepted = 0, 0
    for document in mutations():
        faults, valid = refusal_of(document), schema.is_valid(document)
        where = json.dumps(document)
        assert not ("structure" in faults and valid), f"only the reader refuses {where}"
        assert not (not faults and not valid), f"only the schema refuses {where}"
        n_refused += bool(faults)
        n_accepted += not faults
    assert n_refused > 1000
    assert n_accepted > 30


def test_the_schema_knows_every_key_of_the_full_document(schema):
    schema.validate(FULL)
    definitions = schema.schema["$defs"]
    given = {line["kind"] for line in FULL["plan"]}
    assert given == set(definitions["line"]["properties"]["kind"]["enum"])
    assert set(definitions["subject"]["properties"]) - set(FULL["subject"]) == {"gfr_mL_per_min"}
    assert set(definitions["options"]["properties"]) - set(FULL["options"]) == {"times_h"}
    assert set(definitions["outputs"]["properties"]) == set(FULL["outputs"])
    assert set(mgpk.SimulationOptions(until_h=1).to_dict()) == set(
        definitions["options"]["properties"]
    )
    assert set(mgpk.Subject().to_dict()) == set(definitions["subject"]["properties"])


def test_a_file_runs_like_the_calls_that_it_says(example_run):
    plan = (
        mgpk.Schedule()
        .oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=7)
        .iv("sulfate", mEq=16, at_h=58, over_h=1)
        .fast(at_h=48, over_h=10)
    )
    person = mgpk.Subject(sex="female", age_y=34, weight_kg=62, height_cm=168, gfr_mL_per_min=105)
    run = mgpk.simulate(person, plan, until_h=192, every_h=1)
    assert example_run.plan == plan
    assert example_run.subject == person
    for name in run.names:
        np.testing.assert_array_equal(example_run[name], run[name])


def test_words_stay_and_come_back(tmp_path):
    document = mgpk.RunFile.from_dict(FULL)
    words = document.to_dict()
    assert words == FULL
    assert list(words) == list(FULL)
    document.write(tmp_path / "full.json")
    assert mgpk.read_run_file(tmp_path / "full.json") == document
    assert pickle.loads(pickle.dumps(document)) == document
    assert copy.deepcopy(document) == document
    assert document.seed == 7
    assert document.note == "words"
    assert document.outputs == FULL["outputs"]
    assert "citrate" in repr(document)


def test_a_result_repeats_its_run_bit_for_bit(tmp_path, example_run):
    mgpk.run_file(EXAMPLE, out=tmp_path)
    document = mgpk.read_run_file(tmp_path / "result.json")
    again = document.run()
    assert document.repeats(again).startswith("equal, bit for bit")
    assert document == example_run.document
    for name in example_run.names:
        np.testing.assert_array_equal(again[name], example_run[name])
    for name in example_run.baseline.names:
        np.testing.assert_array_equal(again.baseline[name], example_run.baseline[name])


def test_a_result_carries_what_it_takes(example_run):
    document = example_run.document
    result = json.loads(document.result_json(example_run))
    assert result["run"] == document.to_dict()
    assert result["versions"]["mgpk"] == mgpk.__version__
    assert set(result["versions"]) == {"mgpk", "boost", "eigen", "compiler", "instructions"}
    assert result["summary"] == example_run.summary().to_dict()
    assert result["disclaimer"] == mgpk.disclaimer
    assert result["f_absorbed"] == example_run.f_absorbed


def test_a_program_writes_a_file_that_repeats_it(tmp_path, run):
    document = run.to_run_file(tmp_path / "run.json")
    again = mgpk.run_file(tmp_path / "run.json")
    assert again.document == document
    assert again.subject == run.subject
    assert again.plan == run.plan
    for name in run.names:
        np.testing.assert_array_equal(again[name], run[name])
    with pytest.raises(ValueError, match="never overwritten"):
        run.to_run_file(tmp_path / "run.json")
    run.to_run_file(tmp_path / "run.json", overwrite=True)


def test_a_run_from_a_steady_state_has_no_file_of_its_own(tmp_path, person, citrate_plan):
    regimen = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=24, times=2)
    steady = mgpk.steady_state(person, regimen)
    run = mgpk.simulate(person, citrate_plan, until_h=12, start=steady)
    with pytest.raises(ValueError, match="at_steady_state=True"):
        run.to_run_file(tmp_path / "run.json")
    assert list(tmp_path.iterdir()) == []


def test_write_run_file_takes_all_parts(tmp_path, person, citrate_plan):
    pandas = pytest.importorskip("pandas")
    document = mgpk.write_run_file(
        tmp_path / "run.json",
        person,
        citrate_plan,
        options=mgpk.SimulationOptions(until_h=12, every_h=1, relative_tolerance=1e-6),
        columns=["urine_mmol_per_h"],
        every_n_rows=5,
        baseline_csv="base.csv",
        seed=3,
        note="a note",
    )
    assert mgpk.read_run_file(tmp_path / "run.json") == document
    run = mgpk.run_file(tmp_path / "run.json", out=tmp_path / "out")
    table = pandas.read_csv(tmp_path / "out" / "table.csv", comment="#")
    assert list(table) == ["time_h", "urine_mmol_per_h"]
    assert list(table.time_h) == [0, 5, 10, 12]
    np.testing.assert_array_equal(table.urine_mmol_per_h, run["urine_mmol_per_h"][[0, 5, 10, 12]])
    base = pandas.read_csv(tmp_path / "out" / "base.csv", comment="#")
    np.testing.assert_array_equal(
        base.urine_mmol_per_h, run.baseline["urine_mmol_per_h"][[0, 5, 10, 12]]
    )


def test_a_run_keeps_its_document_through_a_pickle(example_run):
    again = pickle.loads(pickle.dumps(example_run))
    assert again.document == example_run.document


def test_refusals_hold_all_problems_with_their_places(tmp_path):
    bad = copy.deepcopy(FULL)
    bad["plan"][0]["salt"] = "sulfat"
    bad["subject"]["weight_kg"] = -3
    bad["colour"] = 1
    with pytest.raises(mgpk.DocumentError) as caught:
        mgpk.RunFile.from_dict(bad)
    assert {at for at, _, _ in caught.value.problems} == {
        "/plan/0/salt",
        "/subject/weight_kg",
        "/colour",
    }
    assert isinstance(caught.value, ValueError)
    assert 'did you mean "sulfate"' in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_wrong_kinds_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="must exist"):
        mgpk.read_run_file(tmp_path / "none.json")
    with pytest.raises(TypeError, match="must be a path"):
        mgpk.read_run_file(3)
    with pytest.raises(TypeError, match='did you mean "out"'):
        mgpk.run_file(EXAMPLE, ou="a")
    options = mgpk.SimulationOptions(until_h=1)
    with pytest.raises(ValueError, match="seed"):
        mgpk.write_run_file(tmp_path / "a.json", options=options, seed=-1)
    with pytest.raises(TypeError, match="SimulationOptions"):
        mgpk.write_run_file(tmp_path / "a.json", options={"until_h": 1})
    with pytest.raises(mgpk.DocumentError, match="plain name of a file"):
        mgpk.write_run_file(tmp_path / "a.json", options=options, table_csv="../a.csv")
    with pytest.raises(ValueError, match="what JSON can hold"):
        mgpk.RunFile.from_dict({"mgpk_run": float("nan")})
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_runs_writes_and_repeats(tmp_path, example_run):
    first = command("run", EXAMPLE, "--out", "out", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert mgpk.disclaimer in first.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"table.csv", "result.json"}
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    second = command("run", "out/result.json", cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "equal, bit for bit" in second.stdout
    third = command("run", "out/result.json", "--out", "out", cwd=tmp_path)
    assert third.returncode == 1
    assert "never overwritten unasked" in third.stderr
    assert command("run", "out/result.json", "--out", "out", "--overwrite", cwd=tmp_path)
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert result["summary"] == example_run.summary().to_dict()


def test_the_command_line_checks_without_running(tmp_path):
    good = command("run", EXAMPLE, "--check", cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert "no problems" in good.stdout
    bad = tmp_path / "bad.json"
    bad.write_text('{"mgpk_run": 1, "subject": {}, "plan": [], "options": {"until": 3}}')
    refused = command("run", bad, "--check")
    assert refused.returncode == 1
    assert "/options/until" in refused.stderr
    assert 'did you mean "until_h"' in refused.stderr
    assert command("run", tmp_path / "none.json").returncode == 1
    assert command("walk", bad).returncode == 2
    assert json.loads(command("schema").stdout) == mgpk.run_file_schema()


def test_the_command_line_says_when_a_solve_fails(tmp_path):
    words = {
        "mgpk_run": 1,
        "subject": {},
        "plan": [],
        "options": {"until_h": 4800, "max_steps": 3000},
    }
    (tmp_path / "short.json").write_text(json.dumps(words))
    failed = command("run", tmp_path / "short.json")
    assert failed.returncode == 1
    assert "budget of steps" in failed.stderr


def test_the_page_shows_a_file_that_runs(schema):
    text = PAGE.read_text(encoding="utf-8")
    block = text.split("```json\n", 1)[1].split("```", 1)[0]
    words = json.loads(block)
    schema.validate(words)
    assert mgpk.RunFile.from_dict(words).run().status.ok


def test_cpp_gives_the_same_file_bit_for_bit(tmp_path, example_run):
    programs = sorted((ROOT / "build").glob("*/examples/example_07_run_file"))
    if not programs:
        pytest.skip("the C++ examples are not built here")
    subprocess.run([programs[0]], cwd=tmp_path, check=True, capture_output=True)
    document = mgpk.read_run_file(tmp_path / "run_file_out" / "result.json")
    assert document.repeats(example_run).startswith("equal, bit for bit")
