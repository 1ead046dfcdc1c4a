"""The tools are programs, and they are tested as programs."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
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


@pytest.fixture
def copy_tables(tmp_path) -> Callable[..., Path]:
    """Copies the tables, to be spoilt, with the names of the headers that used_in may give."""

    def copy(without: Collection[str] = ()) -> Path:
        shutil.copytree(ROOT / "data", tmp_path / "data")
        headers = ROOT / "include/mgpk"
        for path in headers.rglob("*.hpp"):
            name = path.relative_to(headers)
            if name.as_posix() not in without:
                (tmp_path / "include/mgpk" / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / "include/mgpk" / name).touch()
        return tmp_path

    return copy


@pytest.fixture
def copied_data(tmp_path) -> Path:
    """A project of nothing but the tables, to be spoilt."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture
def edit(copied_data) -> Callable[[str, str, str], None]:
    """Replaces one text, that must be there once, in a table of the copied data."""

    def replace(table: str, old: str, new: str) -> None:
        path = copied_data / "data" / table
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {table}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
