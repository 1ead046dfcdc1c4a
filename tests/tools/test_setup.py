"""tools/setup_system.sh installs what is missing, or says how; it is quiet when nothing is."""

import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def setup(tmp_path, monkeypatch):
    """Runs the script with programs replaced by shell scripts of the given text."""

    def run(*options: str, **programs: str) -> tuple[int, str]:
        for name, text in programs.items():
            program = tmp_path / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\n{text}\n")
            program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        result = subprocess.run(
            [TOOLS / "setup_system.sh", *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        return result.returncode, result.stdout

    return run


OLD_CMAKE = "echo cmake version 3.18.4"
CALLED = 'echo "apt-get $@" >> "$(dirname "$0")/called"'


def test_installs_as_root(setup, tmp_path):
    code, output = setup(cmake=OLD_CMAKE, id="echo 0", apt_get=CALLED)
    assert code == 0, output
    calls = (tmp_path / "called").read_text().splitlines()
    assert calls[0].endswith("update")
    assert "install" in calls[1]
    assert calls[1].split("recommends ")[1].split()[0] == "cmake"


def test_installs_with_sudo(setup, tmp_path):
    sudo = 'shift; "$@"'  # drops -n
    code, output = setup(cmake=OLD_CMAKE, id="echo 1000", apt_get=CALLED, sudo=sudo)
    assert code == 0, output
    assert "install" in (tmp_path / "called").read_text()


def test_prints_the_command_and_stops_without_root(setup, tmp_path):
    code, output = setup(cmake=OLD_CMAKE, id="echo 1000", apt_get=CALLED, sudo="exit 1")
    assert code == 1
    assert "  sudo apt-get update && sudo apt-get install -y --no-install-recommends cmake" in output
    assert not (tmp_path / "called").exists()


def test_says_nothing_when_nothing_is_missing(setup, tmp_path):
    code, output = setup(apt_get=CALLED)
    assert (code, output) == (0, "")
    assert not (tmp_path / "called").exists()


def test_finds_a_python_that_can_make_environments():
    result = subprocess.run([TOOLS / "find_python.sh"], capture_output=True, text=True, check=True)
    version = subprocess.run(
        [result.stdout.strip(), "-c", "import sys; print(sys.version_info >= (3, 11))"],
        capture_output=True, text=True, check=True,
    )
    assert version.stdout.strip() == "True"


def test_refuses_an_old_python(tmp_path, monkeypatch):
    for name in ("python3", *(f"python3.{minor}" for minor in range(11, 15))):
        program = tmp_path / name
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    result = subprocess.run([TOOLS / "find_python.sh"], capture_output=True, text=True)
    assert result.returncode == 1
    assert "3.11 or newer" in result.stderr
