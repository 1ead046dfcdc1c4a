#!/usr/bin/env python3
"""Counts the instructions of a small fixed ensemble and holds them against what is stored.

Usage: count.py PROGRAM --compiler "GNU 12.2.0" [--update]

Wall time tells little on a busy machine; callgrind counts the same instructions every time. The
program runs with the kernels for AVX2. More than 5 % off in either direction fails: more is a
regression, fewer is to be stored, so that it cannot be lost again. Ends with 77, which ctest takes
for a skipped test, where there is no valgrind or counts are stored for other compilers only.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

STORED = Path(__file__).with_name("counts.json")
PARTS = ("counted_baselines", "counted_runs")
TOLERANCE = 0.05
SKIPPED = 77


def counted(program: str, part: str) -> int:
    """Instructions inside one function of the program."""
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            [
                *("valgrind", "--tool=callgrind", f"--toggle-collect={part}"),
                *(f"--callgrind-out-file={folder}/out", program),
            ],
            env={**os.environ, "MGPK_INSTRUCTION_SET": "avx2"},
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode != 0 or result.stdout.strip() != "avx2":
        sys.exit(f"{program} did not run with AVX2:\n{result.stdout}{result.stderr}")
    found = re.search(r"Collected : (\d+)", result.stderr)
    if found is None or int(found[1]) == 0:
        sys.exit(f"valgrind counted nothing in {part}:\n{result.stderr}")
    return int(found[1])


def verdict(part: str, count: int, stored: int) -> tuple[bool, str]:
    """Whether a count is as stored, and a line that says so."""
    change = count / stored - 1.0
    words = f"{part}: {count / 1e6:.1f} million, {100 * change:+.1f} % of the stored count"
    if change > TOLERANCE:
        return False, f"{words}: a regression"
    if change < -TOLERANCE:
        return False, f"{words}: better; store it with --update"
    return True, words


def main() -> int:
    parser = argparse.ArgumentParser(description="Counts instructions.")
    parser.add_argument("program")
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--update", action="store_true", help="store the counts")
    asked = parser.parse_args()
    compiler = ".".join(asked.compiler.split(".")[:2])  # a patch release counts the same
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    if shutil.which("valgrind") is None:
        print("there is no valgrind here; on Debian install the package valgrind")
        return SKIPPED
    if compiler not in stored and not asked.update:
        print(f"no counts are stored for {compiler}, only for {', '.join(stored)}")
        return SKIPPED
    counts = {part: counted(asked.program, part) for part in PARTS}
    if asked.update:
        stored[compiler] = counts
        STORED.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    verdicts = [verdict(part, counts[part], stored[compiler][part]) for part in PARTS]
    print("\n".join(line for _, line in verdicts))
    return 0 if all(good for good, _ in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
