"""Writes the table of `make rivals` from out/bench/rivals/*.json:

out/bench/rivals.md, out/bench/rivals.json (with `ratio_to_odeint`). plot.py draws the same.
"""

import json
import sys

from fronts import OUT, front, reports, seconds_at

RULER = "odeint dopri5"
N_SUBJECTS = {"short": 1000, "long": 100, "small": 1}
ERRORS = (1e-5, 1e-6)


def load():
    """Problem -> engine -> what it reported."""
    found = {problem: {} for problem in N_SUBJECTS}
    for engine in reports():
        if engine["problem"] in found:  # the stiff one is for the plot alone
            found[engine["problem"]][engine["name"]] = engine
    return found


def summary_of(engines, n_subjects):
    """Engine -> seconds for all subjects and ratio to the ruler, by error."""
    times = {
        name: [seconds_at(error, front(engine["points"], n_subjects)) for error in ERRORS]
        for name, engine in engines.items()
    }
    ruler = times.get(RULER, [None] * len(ERRORS))
    return {
        name: {
            f"{error:.0e}": {
                "seconds": own,
                "ratio_to_odeint": reference / own if own and reference else None,
            }
            for error, own, reference in zip(ERRORS, seconds, ruler, strict=True)
        }
        for name, seconds in times.items()
    }


def in_words(seconds):
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def cell(entry, is_scaled):
    if entry is None or entry["seconds"] is None:
        return "–"
    ratio = entry["ratio_to_odeint"]
    mark = "\\*" if is_scaled else ""
    return in_words(entry["seconds"]) + mark + (f" ({ratio:.2g}×)" if ratio else "")


def is_scaled(engine, problem):
    return bool(engine) and any(p["n_subjects"] < N_SUBJECTS[problem] for p in engine["points"])


def table_lines(found, summaries):
    heads = [f"{problem}, {error:.0e}" for problem in N_SUBJECTS for error in ERRORS]
    yield "| engine | version | " + " | ".join(heads) + " |"
    yield "|---|---|" + "---:|" * len(heads)

    def seconds(name):
        entry = summaries["short"].get(name, {}).get("1e-05", {})
        return entry.get("seconds") or float("inf")

    for name in sorted({name for engines in found.values() for name in engines}, key=seconds):
        engines = {problem: found[problem].get(name) for problem in N_SUBJECTS}
        version = next(engine["version"] for engine in engines.values() if engine)
        cells = [
            cell(summaries[problem].get(name, {}).get(f"{error:.0e}"),
                 is_scaled(engines[problem], problem))
            for problem in N_SUBJECTS
            for error in ERRORS
        ]
        yield f"| {name} | {version.replace('_', '.')} | " + " | ".join(cells) + " |"


def notes(found):
    engine = next(engine for engines in found.values() for engine in engines.values())
    machine = engine["machine"]
    yield ""
    yield (f"{machine['processor']}, {machine['cores']} cores; {machine['compiler']}, "
           f"{machine['compiler_flags']}; one thread; CPU seconds, medians of "
           f"{engine['rounds']} rounds, interpolated to the error. In brackets: how many times as "
           "fast as plain odeint.")
    yield "\\* timed on the first few subjects and scaled to all of them."
    file = OUT / "rivals/missing.json"
    if file.exists():
        for name, reason in json.loads(file.read_text(encoding="utf-8")).items():
            yield f"- without {name}: {reason}"


def main():
    found = load()
    if not any(found.values()):
        sys.exit("nothing in out/bench/rivals; run benchmarks/rivals/run.py")
    summaries = {problem: summary_of(found[problem], N_SUBJECTS[problem]) for problem in found}
    text = "\n".join([*table_lines(found, summaries), *notes(found)]) + "\n"
    (OUT / "rivals.md").write_text(text, encoding="utf-8")
    (OUT / "rivals.json").write_text(json.dumps(summaries, indent=1), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
