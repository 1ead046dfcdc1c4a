"""The Python programs of the README run as they stand; its C++ programs are ctest's business."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def python_blocks() -> list[str]:
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("program", python_blocks(), ids=lambda text: text.splitlines()[0])
def test_runs(program, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")  # a plot must not wait for a screen
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
