#!/usr/bin/env bash
# Gets the engines that benchmarks/rivals compares with: Debian packages, and build/rivals-venv.
# What cannot be had is left out; the run says so. Quick when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
[ -e /usr/include/cvode/cvode.h ] || missing+=(libsundials-dev)
command -v Rscript >/dev/null || missing+=(r-base-core)
[ -d /usr/lib/R/site-library/deSolve ] || missing+=(r-cran-desolve)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends "${missing[@]}"; } \
      >/dev/null || echo "without the Debian packages ${missing[*]}"
  else
    echo "without the Debian packages ${missing[*]}; as root: apt-get install ${missing[*]}"
  fi
fi

venv=build/rivals-venv
pins=$(sha256sum requirements/rivals.txt | cut -d ' ' -f 1)
[ "$(cat "$venv/.mgpk-pins" 2>/dev/null)" = "$pins" ] && exit 0
rm -rf "$venv"
"$(tools/find_python.sh)" -m venv "$venv"
while read -r requirement; do
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: \
    "$requirement" || echo "without $requirement"
done < <(grep -v '^#' requirements/rivals.txt)
echo "$pins" >"$venv/.mgpk-pins"
