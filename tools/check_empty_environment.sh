#!/usr/bin/env bash
# `pip install .` into an environment that has nothing, then `import mgpk` away from the tree.
# Its cost beyond NumPy's own import must stay within 0.05 s.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$(tools/find_python.sh)" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check .
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import statistics
import subprocess
import sys


def import_time_s(module):
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            for _ in range(9)]
    return statistics.median(float(run.stdout) for run in runs)


import_time_s("mgpk")  # writes the byte code
extra_s = import_time_s("numpy, mgpk") - import_time_s("numpy")
print(f"import mgpk costs {extra_s:.3f} s beyond NumPy")
sys.exit(0 if extra_s <= 0.05 else "import mgpk must cost at most 0.05 s beyond NumPy")
PYTHON
