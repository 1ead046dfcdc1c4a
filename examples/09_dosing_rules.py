"""What a dosing record means, in four pictures: F on infusions, equal times, steady state, covariates.

usage: 09_dosing_rules.py [folder]        (out/dosing unless given)
"""

import sys
from pathlib import Path

import matplotlib
import numpy as np

import mgpk

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402  (after the choice of a backend without a screen)

BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#777777"
STYLE = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "legend.fontsize": 8,
}
MODEL = {"cl_L_per_h": 4.0, "v_L": 20.0}


def records(doses, looks, **columns):
    """Doses (dicts) and looks (times) as columns of a data set, in order of time, doses first."""
    rows = [{"EVID": 1, **dose} for dose in doses] + [{"TIME": t, "EVID": 0} for t in looks]
    rows.sort(key=lambda row: row["TIME"])
    names = ["TIME", "EVID", "AMT", "RATE", "II", "ADDL", "SS", "CMT"]
    table = {name: [row.get(name, 0) for row in rows] for name in names}
    table["CMT"] = [max(1, cmt) for cmt in table["CMT"]]
    table["MDV"] = [1 for _ in rows]
    return table | {name: [f(row["TIME"]) for row in rows] for name, f in columns.items()}


def concentrations(model, doses, looks, **options):
    table = records(doses, looks, **options.pop("columns", {}))
    predicted = model.predict(table, **options)
    return np.array(table["TIME"]), predicted["c_central_amount_per_L"]


def f_on_infusions():
    """Half of F: a given rate runs for half the time, a given duration at half the rate."""
    cases = {
        "RATE = 25: F changes the duration": {"RATE": 25},
        "RATE = -1, R = 25: the duration, too": {"RATE": -1},
        "RATE = -2, D = 4 h: F changes the rate": {"RATE": -2},
    }
    looks = np.linspace(0, 12, 241)
    figure, axes = pyplot.subplots(1, 3, figsize=(10, 3.2), sharey=True, layout="constrained")
    for ax, (title, dose) in zip(axes, cases.items(), strict=True):
        for f, color in ((1.0, BLUE), (0.5, ORANGE)):
            model = mgpk.classic.one_compartment(
                **MODEL, f_bioavailable=f, duration_h=4.0, rate=25.0
            )
            ax.plot(
                *concentrations(model, [{"TIME": 0, "AMT": 100, **dose}], looks),
                color=color,
                label=f"F = {f:g}",
            )
        ax.set(title=title, xlabel="time, h")
        ax.axvline(4, color=GREY, lw=0.8, ls=":")
    axes[0].set_ylabel("concentration, amount/L")
    axes[0].legend(title="100 by infusion")
    return figure


def equal_times():
    """A dose every 6 h, observed at the very times of the doses."""
    model = mgpk.classic.one_compartment(**MODEL)
    fine = np.linspace(0, 20, 401)
    doses = [{"TIME": 0, "AMT": 100, "II": 6, "ADDL": 2}]
    figure, ax = pyplot.subplots(figsize=(7, 3.4), layout="constrained")
    ax.plot(*concentrations(model, doses, fine), color=GREY, lw=1)
    styles = {"before": (GREEN, "v"), "as_recorded": (BLUE, "o"), "after": (ORANGE, "^")}
    for i, (limit, (color, marker)) in enumerate(styles.items()):
        t, c = concentrations(model, doses, [6.0, 12.0], limit=limit)
        at = t > 0
        ax.plot(t[at] + 0.25 * (i - 1), c[at], marker, color=color, label=f'limit="{limit}"')
    ax.set(
        title="Repeats at 6 and 12 h come before an observation of the same time",
        xlabel="time, h (markers at 6 and 12 h, side by side)",
        ylabel="concentration, amount/L",
    )
    ax.set_xticks(range(0, 21, 3))
    ax.legend()
    return figure


def steady_state_on_a_baseline():
    """Left: a classic model on an endogenous level. Right: the body, diet and regimen together."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    model = mgpk.classic.one_compartment(cl_L_per_h=0.8, v_L=20, c_baseline_amount_per_L=0.85)
    looks = np.linspace(0, 60, 601)
    once = {"TIME": 0, "AMT": 4, "II": 12, "ADDL": 4}
    left.plot(*concentrations(model, [{**once, "SS": 1}], looks), color=BLUE, label="SS = 1")
    left.plot(*concentrations(model, [once], looks), color=ORANGE, ls="--", label="from no dose")
    left.axhline(0.85, color=GREY, lw=0.8, ls=":", label="endogenous level")
    left.set(title="Classic: steady state of the doses, on top of the level", xlabel="time, h")
    left.set(ylabel="concentration, amount/L", ylim=(0.8, 1.65), xticks=range(0, 61, 12))
    left.legend(loc="upper left", ncols=3)

    person = mgpk.Subject()
    plan = mgpk.Schedule().oral("citrate", elemental_mg=300, at_h=8, every_h=24, times=42)
    steady = mgpk.steady_state(person, plan)
    weeks = mgpk.simulate(person, plan, until_h=24, every_h=0.1)
    orbit = mgpk.simulate(person, plan, until_h=24, every_h=0.1, start=steady)
    name = "c_plasma_total_mmol_per_L"
    right.plot(orbit["time_h"], orbit[name], color=BLUE, label="steady state of diet and regimen")
    right.plot(weeks["time_h"], weeks[name], color=ORANGE, ls="--", label="first day of the regimen")
    right.plot(
        weeks.baseline["time_h"], weeks.baseline[name], color=GREY, lw=0.8, label="diet alone"
    )
    right.set(
        title="Body: the periodic orbit, 300 mg at 8 h every day",
        xlabel="hour of the day",
        ylabel="plasma, total, mmol/L",
        xticks=range(0, 25, 4),
    )
    right.legend()
    return figure


def covariates():
    """Clearance halves between the records at 6 and at 12 h: where, is the rule's choice."""
    doses = [{"TIME": 0, "AMT": 100, "RATE": 10}]
    looks = [0.0, 6.0, 12.0, 18.0]
    fine = np.linspace(0, 18, 361)
    clearance = {0.0: 4.0, 6.0: 4.0, 12.0: 2.0, 18.0: 2.0}
    figure, (top, bottom) = pyplot.subplots(
        2, 1, figsize=(7, 4.6), sharex=True, height_ratios=[2, 1], layout="constrained"
    )
    # The same stretch, resolved finely: what each rule makes of the records at 6 and 12 h.
    shapes = {
        "carried_backward": lambda t: 4.0 if t <= 6 else 2.0,
        "carried_forward": lambda t: 4.0 if t < 12 else 2.0,
        "linear": lambda t: float(np.interp(t, list(clearance), list(clearance.values()))),
    }
    model = mgpk.classic.one_compartment(cl_L_per_h="CL", v_L=20.0)
    for (rule, shape), color in zip(shapes.items(), (BLUE, ORANGE, GREEN), strict=True):
        coarse = concentrations(
            model, doses, looks, columns={"CL": lambda t: clearance[t]}, covariates={"CL": rule}
        )
        smooth = concentrations(
            model, doses, fine, columns={"CL": shape}, covariates={"CL": rule}
        )
        top.plot(*smooth, color=color, lw=1)
        top.plot(*coarse, "o", color=color, label=f'"{rule}"')
        bottom.plot(fine, [shape(t) for t in fine], color=color, lw=1)
    bottom.plot(list(clearance), list(clearance.values()), "o", color="black", ms=4)
    top.set(
        title="Three rules for a covariate that changes between two records",
        ylabel="concentration, amount/L",
    )
    top.legend()
    bottom.set(xlabel="time, h (points: the records)", ylabel="CL, L/h", ylim=(0, 5))
    bottom.set_xticks(range(0, 19, 3))
    return figure


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "out/dosing")
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "dosing-f-on-infusions": f_on_infusions,
        "dosing-equal-times": equal_times,
        "dosing-steady-state-on-a-baseline": steady_state_on_a_baseline,
        "dosing-covariates": covariates,
    }
    with matplotlib.rc_context(STYLE):
        for name, draw in pictures.items():
            path = folder / f"{name}.png"
            draw().savefig(path, dpi=110)
            print(path)


if __name__ == "__main__":
    main()
