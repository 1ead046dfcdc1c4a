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
# No isolation and a build folder that stays: only what changed is compiled again. Warnings are
# errors here, for this is where the first compiler sees the bindings.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
  --no-build-isolation --force-reinstall -C build-dir=build/python \
  -C cmake.define.MGPK_STRICT=ON .
echo "$state" >"$stamp"
