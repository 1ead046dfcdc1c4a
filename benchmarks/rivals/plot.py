"""Draws out/bench/rivals/*.json as work against precision, a panel for each problem that was run:

out/bench/work_precision.png, or the file that is given. Each line is the front of one engine.
"""

import sys
from pathlib import Path

import matplotlib
from fronts import OUT, front, reports

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

PANELS = {
    "short": (1000, "short: 1,000 persons, 14 days,\nan output every half hour"),
    "long": (100, "long: 100 persons, a year,\nan output a day"),
    "small": (1, "small: one person, one day,\nan output every hour"),
    "stiff": (100, "stiff: 100 persons, one day,\nexchange with tissue in seconds"),
}
# Colour says the method, the line how outputs are reached, filled or open marks the variant.
BLUE, RED, GREEN = "#1f5fb4", "#c2401c", "#1c8a5a"
STYLES = {
    "mgpk order 5": (BLUE, "-", "o"),
    "mgpk order 5, landing on times": (BLUE, "--", "o"),
    "mgpk order 5, all states": (BLUE, "-", "s"),
    "mgpk order 5, all states, landing on times": (BLUE, "--", "s"),
    "mgpk order 8": (RED, "-", "o"),
    "mgpk order 8, landing on times": (RED, "--", "o"),
    "mgpk order 8, all states": (RED, "-", "s"),
    "mgpk order 8, all states, landing on times": (RED, "--", "s"),
    "mgpk rosenbrock5": (GREEN, "-", "o"),
    "mgpk rosenbrock5, landing on times": (GREEN, "--", "o"),
    "mgpk automatic": ("#8a5bb5", "-", "D"),
    "odeint dopri5": ("black", "-", "^"),
    "odeint cash_karp54": ("black", "--", "v"),
    "heyoka": ("#c98a00", "-", "P"),
    "diffrax": ("#6b6b6b", "-", "X"),
    "SUNDIALS ARKODE explicit": ("#6b6b6b", "--", "<"),
    "R deSolve, compiled": ("#6b6b6b", ":", ">"),
}


OTHERS = ("#9a9a9a", ":")


def style_of(name, marks="1234+x|_"):
    """The same engine looks the same in every panel and every run."""
    return STYLES.get(name) or (*OTHERS, marks[sum(name.encode()) % len(marks)])


def load():
    """Problem -> engine -> its points; those on several threads are left out."""
    found = {problem: {} for problem in PANELS}
    for engine in reports():
        if "threads" not in engine["name"]:
            found[engine["problem"]][engine["name"]] = engine["points"]
    return {problem: engines for problem, engines in found.items() if engines}


def in_order(names):
    """Those with a style first, as they stand there."""
    known = list(STYLES)
    return sorted(names, key=lambda name: (known.index(name) if name in STYLES else 99, name))


def draw(axes, problem, engines):
    n_subjects, title = PANELS[problem]
    for name in in_order(engines):
        best = front(engines[name], n_subjects)
        if not best:
            continue
        color, line, mark = style_of(name)
        errors, seconds = zip(*best, strict=True)
        axes.loglog(errors, seconds, color=color, linestyle=line, marker=mark, label=name,
                    markersize=3.2, linewidth=1.2,
                    markerfacecolor="white" if "all states" in name else color)
    axes.set_xlim(2e-2, 1e-9)
    axes.set_title(title, fontsize=10)
    axes.set_xlabel("largest relative error reached (tighter to the right)")
    axes.grid(which="major", alpha=0.35)


def main():
    found = load()
    if not found:
        sys.exit("nothing in out/bench/rivals; run benchmarks/rivals/run.py")
    figure, panels = plt.subplots(
        1, len(found), figsize=(4.3 * len(found), 7.2), layout="constrained", squeeze=False
    )
    for axes, (problem, engines) in zip(panels[0], found.items(), strict=True):
        draw(axes, problem, engines)
    panels[0][0].set_ylabel("processor time of the whole problem, one thread, s")
    lines = {}
    for axes in panels[0]:
        handles, names = axes.get_legend_handles_labels()
        lines.update(zip(names, handles, strict=True))
    names = in_order(lines)
    figure.legend([lines[name] for name in names], names, loc="outside lower center", ncols=3,
                  frameon=False, fontsize=9)
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT / "work_precision.png"
    figure.savefig(file, dpi=100, pil_kwargs={"optimize": True})


if __name__ == "__main__":
    main()
