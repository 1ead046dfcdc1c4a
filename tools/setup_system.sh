#!/usr/bin/env bash
# Installs the Debian packages that mgpk is built with, as far as they are missing.
# With --ci also those of the second compiler and its sanitizers, with --bench what counts
# instructions. Quick when nothing is missing.
set -euo pipefail

missing=()
need() {  # need PACKAGE CONDITION...: the package is missing unless the condition holds
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
has_cmake() { at_least 3.25 "$(cmake --version | sed -n 's/^cmake version //p')"; }
has_boost() {  # 1.74, Debian's default, is too old
  local found
  found=$(sed -n 's/^#define BOOST_VERSION //p' /usr/include/boost/version.hpp)
  [ "${found:-0}" -ge 108100 ]
}
has_file() { compgen -G "$1"; }
# The same choice of interpreter as setup_python.sh makes.
has_python() { "$(dirname "$0")/find_python.sh"; }

need cmake has_cmake
need ninja-build command -v ninja
need g++ command -v g++
need ccache command -v ccache
need pkg-config command -v pkg-config
need libeigen3-dev has_file /usr/include/eigen3/Eigen/Core
need libboost1.81-dev has_boost
need doctest-dev has_file /usr/include/doctest/doctest.h
need libbenchmark-dev has_file /usr/include/benchmark/benchmark.h
need python3-venv has_python
need python3-dev has_python
if [ "${1:-}" = --ci ]; then
  need clang command -v clang++
  need clang-tidy command -v clang-tidy
  need libclang-rt-14-dev has_file '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan*'
fi
if [ "${1:-}" = --bench ]; then
  need valgrind command -v valgrind
fi

[ ${#missing[@]} -eq 0 ] && exit 0

echo "mgpk needs these Debian packages: ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  as_root=(env DEBIAN_FRONTEND=noninteractive)
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
else
  echo "They can be installed neither as root nor with 'sudo -n'. Please run this, then try again:"
  echo
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  exit 1
fi
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
echo "installed."
