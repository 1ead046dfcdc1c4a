#!/usr/bin/env bash
# Installs mgpk into .venv, when any file it is made of has changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."

sources=(include src python cmake CMakeLists.txt pyproject.toml README.md LICENSE)
state=$(find "${sources[@]}" -name __pycache__ -prune -o -type f -print0 |
  sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
stamp=.venv/.mgpk-installed
[ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && exit 0

echo "installing mgpk into .venv (compiles the Python module)"
# In the folder and with the flags of the preset dev: the library is compiled once for its tests and
# for the Python module. The words after -C undo what pyproject.toml says to somebody's own pip.
cmake --preset dev >/dev/null
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
  --no-build-isolation --force-reinstall -C build-dir=build/dev \
  -C cmake.build-type=RelWithDebInfo \
  -C cmake.define.MGPK_BUILD_TESTS=ON -C cmake.define.MGPK_BUILD_EXAMPLES=ON .
echo "$state" >"$stamp"
