#!/usr/bin/env bash
# Adds up what the test runners said in the given logs: prints "N passed, N failed".
# Counted are ctest's "X% tests passed, F tests failed out of N" and pytest's closing line.
set -euo pipefail

cat -- "$@" | sed 's/\x1b\[[0-9;]*m//g' | awk '
  /tests passed, [0-9]+ tests failed out of [0-9]+/ {
    match($0, /[0-9]+ tests failed/); bad = substr($0, RSTART) + 0
    match($0, /out of [0-9]+/); all = substr($0, RSTART + 7) + 0
    passed += all - bad; failed += bad
  }
  /^(=+ )?[0-9]+ (passed|failed|error|skipped|xfailed|deselected).* in [0-9.]+s/ {
    n = split($0, words, /[ ,=]+/)
    for (i = 1; i < n; ++i) {
      if (words[i + 1] == "passed") passed += words[i]
      if (words[i + 1] ~ /^(failed|errors?)$/) failed += words[i]
    }
  }
  END { printf "%d passed, %d failed\n", passed, failed }'
