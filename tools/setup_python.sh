#!/usr/bin/env bash
# Makes .venv with the packages pinned in requirements/dev.txt; rebuilt only when the pins change.
set -euo pipefail
cd "$(dirname "$0")/.."

pins=$(sha256sum requirements/dev.txt | cut -d ' ' -f 1)
stamp=.venv/.mgpk-pins
[ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$pins" ] && exit 0

python=$(tools/find_python.sh)
echo "making .venv with $("$python" --version) and the packages of requirements/dev.txt"
rm -rf .venv
"$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
echo "$pins" >"$stamp"
