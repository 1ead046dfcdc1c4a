#!/usr/bin/env bash
# Runs every benchmark program of a build folder, one after the other.
set -euo pipefail

build=${1:?give the build folder, such as build/bench}
shopt -s nullglob
programs=("$build"/benchmarks/bench_*)
[ ${#programs[@]} -gt 0 ] || { echo "no benchmark in $build/benchmarks" >&2; exit 1; }
for program in "${programs[@]}"; do
  [ -x "$program" ] && [ -f "$program" ] || continue
  echo "== $(basename "$program")"
  "$program" --benchmark_counters_tabular=true
done
