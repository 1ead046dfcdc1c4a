"""The tools are programs, and they are tested as programs."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run_tool() -> Callable[..., tuple[int, str]]:
    """Runs a program of tools/ and returns its exit status and what it printed."""

    def run(name: str, *arguments: object) -> tuple[int, str]:
        result = subprocess.run(
            [sys.executable, ROOT / "tools" / name, *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        return result.returncode, result.stdout

    return run
