"""tools/test_log.sh adds up what ctest and pytest print."""

import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools/test_log.sh"

CTEST = "100% tests passed, 0 tests failed out of 12\n"
CTEST_BAD = "92% tests passed, 1 tests failed out of 13\n"


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        ([CTEST], "12 passed, 0 failed"),
        ([CTEST, CTEST_BAD], "24 passed, 1 failed"),
        ([CTEST, "===== 40 passed, 2 skipped in 3.10s =====\n"], "52 passed, 0 failed"),
        (["2 failed, 40 passed, 1 error in 0:01:03\n", "x = 3 failed tests\n"], "0 passed, 0 failed"),
        (["= 2 failed, 40 passed, 1 error in 63.10s (0:01:03) =\n"], "40 passed, 3 failed"),
        (["\x1b[32m=== \x1b[1m3 passed\x1b[0m in 0.10s ===\x1b[0m\n"], "3 passed, 0 failed"),
        (["46 passed in 5.63s\n"], "46 passed, 0 failed"),
        (["nothing\n"], "0 passed, 0 failed"),
    ],
)
def test_counts(tmp_path, logs, expected):
    paths = [tmp_path / f"{number}.log" for number in range(len(logs))]
    for path, text in zip(paths, logs, strict=True):
        path.write_text(text)
    result = subprocess.run([TOOL, *paths], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == expected
