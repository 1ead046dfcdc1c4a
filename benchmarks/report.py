"""Prints the medians of `make bench` as a table: python3 benchmarks/report.py out/bench/*.json"""

import json
import re
import sys

SCALE = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
COUNTERS = ["steps", "rhs_calls", "max_error", "tolerance", "days"]


def medians(path):
    """Name of a benchmark -> its counters and times, by aggregate."""
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)["benchmarks"]
    found = {}
    for row in rows:
        if row.get("run_type") == "aggregate":
            found.setdefault(row["run_name"], {})[row["aggregate_name"]] = row
    return found


def in_words(seconds):
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def natural(name):
    """Sorts numbers in names by their size."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def rival_of(name, results):
    """The row of mgpk that a row stands beside: the same name with mgpk in the twin's place."""
    parts = name.split("/")
    for position, part in enumerate(parts):
        if part.startswith("plain"):
            own = "/".join([*parts[:position], "mgpk", *parts[position + 1 :]])
            return results.get(own)
    return None


def seconds_of(row):
    return row["median"]["cpu_time"] * SCALE[row["median"]["time_unit"]]


def lines(results):
    yield "| benchmark | CPU time | spread | time / mgpk | " + " | ".join(COUNTERS) + " |"
    yield "|---|" + "---:|" * (3 + len(COUNTERS))
    for name, row in sorted(results.items(), key=lambda item: natural(item[0])):
        rival = rival_of(name, results)
        ratio = f"{seconds_of(row) / seconds_of(rival):.2f}" if rival else ""
        spread = f"{100 * row['cv']['cpu_time']:.0f} %" if "cv" in row else ""
        numbers = [row["median"].get(counter) for counter in COUNTERS]
        texts = ["" if number is None else f"{number:.3g}" if 0 < number < 1 else f"{number:.0f}"
                 for number in numbers]
        cells = [name, in_words(seconds_of(row)), spread, ratio, *texts]
        yield "| " + " | ".join(cells) + " |"


def main(paths):
    results = {}
    for path in paths:
        results.update(medians(path))
    if not results:
        sys.exit("no medians in these files; run the benchmarks with --benchmark_repetitions")
    print("\n".join(lines(results)))


if __name__ == "__main__":
    main(sys.argv[1:])
