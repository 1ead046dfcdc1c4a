""".ci/run fails when anything failed, and its last line counts the tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = "echo 100% tests passed, 0 tests failed out of 12"
BAD = "echo 92% tests passed, 1 tests failed out of 13; exit 8"


@pytest.fixture
def ci(tmp_path, monkeypatch):
    """Runs a copy of .ci/run, with make and cmake replaced by the given shell text."""

    def run(make: str, cmake: str) -> tuple[int, str]:
        for name in (".ci/run", "tools/test_log.sh"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
        for name, text in {"tools/setup_system.sh": "", "make": make, "cmake": cmake}.items():
            (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        result = subprocess.run(
            ["bash", ".ci/run"], cwd=tmp_path, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        return result.returncode, result.stdout.splitlines()[-1]

    return run


def test_counts_what_passed(ci):
    assert ci(f"{GOOD}; echo '=== 30 passed in 1.00s ==='", GOOD) == (0, "ci: 54 passed, 0 failed")


def test_fails_with_a_failed_test(ci):
    assert ci(GOOD, BAD) == (1, "ci: 24 passed, 1 failed")


def test_counts_a_broken_build_as_a_failure(ci):
    assert ci("exit 2", GOOD) == (1, "ci: 12 passed, 1 failed")


def test_fails_when_nothing_was_tested(ci):
    assert ci("true", "true") == (1, "ci: 0 passed, 1 failed")
