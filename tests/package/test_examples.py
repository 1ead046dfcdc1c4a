"""Every Python example and notebook runs, in a folder of its own; the C++ ones are ctest's."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def no_screen(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_example_runs(path, tmp_path):
    result = subprocess.run(
        [sys.executable, path], cwd=tmp_path, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip(), "an example shows something"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebook_runs(path, tmp_path):
    # In a process of its own: the notebook machinery warns about its own event loop.
    program = (
        "import sys, nbformat; from nbclient import NotebookClient\n"
        "NotebookClient(nbformat.read(sys.argv[1], as_version=4), timeout=300, "
        "resources={'metadata': {'path': sys.argv[2]}}).execute()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, path, tmp_path], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
