#!/usr/bin/env bash
# Runs every benchmark program of a build folder, one after the other; JSON into out/bench/, and a
# table of medians. Repetitions are interleaved, so that a slow minute of the machine hits mgpk and
# its rivals alike.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${1:?give the build folder, such as build/bench}
repetitions=${MGPK_BENCH_REPETITIONS:-9}
out=out/bench
mkdir -p "$out"
shopt -s nullglob
reports=()
for program in "$build"/benchmarks/bench_*; do
  [ -x "$program" ] && [ -f "$program" ] || continue
  name=$(basename "$program")
  echo "== $name"
  "$program" --benchmark_repetitions="$repetitions" --benchmark_enable_random_interleaving=true \
    --benchmark_min_time=0.05 --benchmark_out="$out/$name.json" --benchmark_out_format=json \
    > "$out/$name.log" 2>&1 || { cat "$out/$name.log" >&2; exit 1; }
  reports+=("$out/$name.json")
done
[ ${#reports[@]} -gt 0 ] || { echo "no benchmark in $build/benchmarks" >&2; exit 1; }
python3 benchmarks/report.py "${reports[@]}" | tee "$out/table.md"
