"""benchmarks/counted/count.py holds counts against those that are stored, in both directions."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks/counted/count.py"


@pytest.fixture(scope="module")
def count():
    spec = importlib.util.spec_from_file_location("count_instructions", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("now", "good", "words"),
    [
        (1_000_000, True, "+0.0 %"),
        (1_049_000, True, "+4.9 %"),
        (1_051_000, False, "+5.1 % of the stored count: a regression"),
        (951_000, True, "-4.9 %"),
        (949_000, False, "-5.1 % of the stored count: better; store it with --update"),
    ],
)
def test_more_than_five_percent_off_fails(count, now, good, words):
    verdict, line = count.verdict("counted_runs", now, 1_000_000)
    assert verdict is good
    assert line.startswith("counted_runs: ")
    assert line.endswith(words) or words in line


def test_counts_are_stored_for_each_part(count):
    for stored in json.loads(count.STORED.read_text(encoding="utf-8")).values():
        assert set(stored) == set(count.PARTS)
        assert all(number > 1_000_000 for number in stored.values())


def test_another_compiler_is_skipped():
    asked = [sys.executable, str(SCRIPT), "no_such_program", "--compiler", "Other 1.2.3"]
    result = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert result.returncode == 77, "ctest reads 77 as skipped"
    assert "Other 1.2" in result.stdout or "valgrind" in result.stdout
