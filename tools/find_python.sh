#!/usr/bin/env bash
# Prints a Python of 3.11 or newer that can make an environment and compile a module; else fails.
set -euo pipefail

usable='
import sys, sysconfig, os, venv, ensurepip
assert sys.version_info >= (3, 11)
assert os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))
'
for name in python3.11 python3.12 python3.13 python3.14 python3; do
  if command -v "$name" >/dev/null && "$name" -c "$usable" 2>/dev/null; then
    command -v "$name"
    exit 0
  fi
done
echo "mgpk needs Python 3.11 or newer with venv and headers (Debian: python3-venv python3-dev)" >&2
exit 1
