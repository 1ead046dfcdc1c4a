"""The main job: 300 mg of magnesium as four salts, in two adults, once and for four weeks.

usage: demo.py [folder]        (out/demo unless given)

Prints a table and writes a CSV of the same numbers, the curves, two pictures and a page.
"""

import sys
import time
from pathlib import Path

import matplotlib
import pandas

import mgpk
from mgpk.fates import fates, plot_fates
from mgpk.page import LIMITS, write_page

matplotlib.use("Agg")

SALTS = ["glycinate", "citrate", "oxide", "sulfate"]
PERSONS = {
    "reference adult": mgpk.Subject(),
    "GFR 25 mL/min": mgpk.Subject(gfr_mL_per_min=25),
}
REGIMENS = {
    "single dose": {"until_h": 7 * 24},
    "four weeks": {"every_h": 24, "times": 28, "until_h": 28 * 24, "output_every_h": 0.5},
}


def compare_all():
    """One comparison of the salts for each regimen and person."""
    return {
        (regimen, person): mgpk.compare(
            SALTS, elemental_mg=300, subject=subject, at_h=8, with_meal=True, **words
        )
        for regimen, words in REGIMENS.items()
        for person, subject in PERSONS.items()
    }


def tidy_rows(comparisons):
    """One line per regimen, person and salt; every column is a variable, its unit in its name."""
    lines = []
    for (regimen, person), comparison in comparisons.items():
        who = comparison.subject.resolved
        for row in fates(comparison):
            key = {"regimen": regimen, "person": person, "gfr_mL_per_min": who["gfr_mL_per_min"]}
            lines.append({**key, "salt": row.pop("salt"), **row})
    return pandas.DataFrame(lines)


def tidy_curves(comparisons):
    """One line per regimen, person, salt and hour."""
    frames = []
    for (regimen, person), comparison in comparisons.items():
        for salt, run in comparison.runs.items():
            thinned = slice(None, None, round(1 / (run.time_h[1] - run.time_h[0])))
            columns = {"regimen": regimen, "person": person, "salt": salt, "time_h": run.time_h}
            for name in ("c_plasma_total_mmol_per_L", "a_urine_mmol", "stool_water_g"):
                columns[name] = run[name]
                columns[f"baseline_{name}"] = run.baseline[name]
            frames.append(pandas.DataFrame(columns)[thinned])
    return pandas.concat(frames)


def preamble(comparisons):
    """What has to stand above any table: the words, the version, what was assumed, the sources."""
    lines = [mgpk.disclaimer, f"mgpk {mgpk.__version__}; simulated", ""]
    for (regimen, person), comparison in comparisons.items():
        run = comparison.runs[SALTS[0]]
        lines.append(f"{regimen}, {person}: {comparison.words}; {run.time_h[-1]:g} h")
        lines += [f"  assumed: {words}" for words in run.assumptions]
    lines += ["", *LIMITS, "", "sources", *mgpk.cite().splitlines()]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def write_csv(path, comment, frame):
    """A CSV under a comment; pandas.read_csv(path, comment="#") reads it."""
    path.write_text(comment + frame.to_csv(index=False, float_format="%.6g"), encoding="utf-8")


def print_table(frame):
    columns = {
        "f_dissolved": ("dissolved", "%", 100, "11.1f"),
        "f_absorbed": ("absorbed", "%", 100, "11.1f"),
        "a_kept_mmol": ("stays", "mmol", 1, "11.2f"),
        "ae_mmol": ("urine", "mmol", 1, "11.2f"),
        "a_feces_dissolved_mmol": ("st.soluble", "mmol", 1, "11.1f"),
        "a_feces_solid_mmol": ("st.undiss.", "mmol", 1, "11.1f"),
        "stool_water_g": ("st.water", "g", 1, "11.0f"),
        "c_max_above_baseline_mmol_per_L": ("plasma", "mmol/L", 1, "+11.3f"),
    }
    for (regimen, person), rows in frame.groupby(["regimen", "person"], sort=False):
        print(f"\n{regimen}, {person}: {rows['dose_mmol'].iloc[0]:.1f} mmol given of each salt")
        print(f"{'':<10}" + "".join(f"{words:>11}" for words, *_ in columns.values()))
        print(f"{'':<10}" + "".join(f"{unit:>11}" for _, unit, *_ in columns.values()))
        for _, row in rows.iterrows():
            cells = (f"{factor * row[k]:>{form}}" for k, (*_, factor, form) in columns.items())
            print(f"{row['salt']:<10}" + "".join(cells))
    print(
        "\nabsorbed: crossed the gut wall, a part of it in place of food's magnesium. stays: in\n"
        "blood, tissue and bone at the end. st.: stool. plasma: its largest rise. stays, urine,\n"
        "stool water and plasma: above the same person's baseline on the same diet.\n"
    )


def main():
    started = time.monotonic()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "out/demo")
    folder.mkdir(parents=True, exist_ok=True)
    print("300 mg of magnesium a day at breakfast, as four salts, in two adults: simulating ...")
    comparisons = compare_all()
    frame = tidy_rows(comparisons)
    print_table(frame)

    comment = preamble(comparisons)
    write_csv(folder / "compare.csv", comment, frame)
    write_csv(folder / "curves.csv", comment, tidy_curves(comparisons))
    for regimen, file in (("single dose", "compare.png"), ("four weeks", "four_weeks.png")):
        persons = {person: c for (r, person), c in comparisons.items() if r == regimen}
        words = next(iter(persons.values())).words
        figure = plot_fates(persons, title=f"{words[0].upper()}{words[1:]}. Simulated.")
        figure.savefig(folder / file, dpi=130, metadata={"Description": comment})
    page = write_page(
        folder / "index.html",
        {f"{regimen.capitalize()}, {person}": c for (regimen, person), c in comparisons.items()},
        title="What becomes of 300 mg of magnesium: four salts, two adults",
    )
    for line in LIMITS:
        print("-", line)
    print(f"\n{mgpk.disclaimer}\n")
    print(f"{folder}/compare.csv, curves.csv: the numbers; compare.png, four_weeks.png: pictures")
    print(f"{page}: the page, to be opened in a browser")
    print(f"mgpk {mgpk.__version__}, {time.monotonic() - started:.0f} s")


main()
