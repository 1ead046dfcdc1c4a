"""The checked-in stub of the compiled module says what the module says."""

import difflib
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "python" / "mgpk"


def generated(folder):
    """The stub as the generator writes it now."""
    subprocess.run(
        [sys.executable, "-m", "pybind11_stubgen", "mgpk._core", "-o", folder],
        check=True,
        capture_output=True,
        text=True,
    )
    return (folder / "mgpk" / "_core.pyi").read_text(encoding="utf-8")


def plain(stub):
    """Without what differs between versions of Python and pybind11 but means the same."""
    return re.sub(r"version: str = .*", "version: str", stub).splitlines()


def test_stub_is_current(tmp_path):
    pytest.importorskip("pybind11_stubgen")
    stored = (PACKAGE / "_core.pyi").read_text(encoding="utf-8")
    difference = "\n".join(
        difflib.unified_diff(plain(stored), plain(generated(tmp_path)), lineterm="")
    )
    assert not difference, (
        f"python/mgpk/_core.pyi is out of date; run python -m pybind11_stubgen mgpk._core "
        f"-o python\n{difference}"
    )


def test_the_package_is_strictly_typed():
    pytest.importorskip("mypy")
    result = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(PACKAGE)],
        cwd=PACKAGE.parents[1],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").exists()
