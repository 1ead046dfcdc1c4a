"""The reference problem for the rivals that are called from Python; the C++ twin of the same name
says what it is. A program is called as `program.py short|long|small ROOT OUT.json`."""

import csv
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DOSE_MMOL = 12.3  # into the first state
FLOOR_MMOL = 1e-3
START = np.array([0.0, 0.0, 0.0, 0.0, 12.75, 150.0, 250.0, 0.0])
TYPICAL = {
    "kd": 3.0, "kge": 2.0, "Vmax": 0.35, "Km": 3.0, "kp": 0.05, "kt": 0.3, "kc": 0.01, "kf": 0.04,
    "k56": 0.3, "k65": 0.0255, "k57": 0.02, "k75": 0.00102, "GFR": 7.2, "fu": 0.7,
    "Tm": 5.501317348460637, "Kr": 0.2, "s": 0.02, "V": 15.0, "kin": 1 / 6,
}
NAMES = tuple(TYPICAL)


@dataclass(frozen=True)
class Setting:
    """Doses at 0, dose_every_h, ... before until_h; outputs at 0, output_every_h, ... until_h."""

    name: str
    n_subjects: int
    dose_every_h: float
    output_every_h: float
    until_h: float

    @property
    def n_outputs(self):
        return round(self.until_h / self.output_every_h) + 1

    @property
    def n_doses(self):
        return round(self.until_h / self.dose_every_h)

    @property
    def per_dose(self):
        return round(self.dose_every_h / self.output_every_h)

    @property
    def since_dose_h(self):
        """Output times of one interval from its dose to the next, both of them included."""
        return np.arange(self.per_dose + 1) * self.output_every_h


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("short", 1000, 12.0, 0.5, 14 * 24.0),
        Setting("long", 100, 24.0, 24.0, 365 * 24.0),
        Setting("small", 1, 24.0, 1.0, 24.0),
    )
}


def right_hand_side(x, p, exp=math.exp, log=math.log):
    """The eight derivatives as a tuple; `p` in the order of NAMES. Any scalar with its exp and log."""
    kd, kge, Vmax, Km, kp, kt, kc, kf, k56, k65, k57, k75, GFR, fu, Tm, Kr, s, V, kin = p
    x1, x2, x3, x4, x5, x6, x7, _ = x
    taken_up = Vmax * x3 / (Km + x3) + kp * x3
    to_fast, to_slow = k56 * x5 - k65 * x6, k57 * x5 - k75 * x7
    c_free = fu * (x5 / V)
    surplus = GFR * c_free - Tm * c_free / (Kr + c_free)
    excreted = s * log(1.0 + exp(surplus / s))
    return (
        -kd * x1 - kge * x1,
        kd * x1 - kge * x2,
        kge * x2 - taken_up - kt * x3,
        kge * x1 + kt * x3 - kc * x4 - kf * x4,
        taken_up + kc * x4 + kin - to_fast - to_slow - excreted,
        to_fast,
        to_slow,
        excreted,
    )


def load_subjects(root, n_subjects):
    """[subject][parameter], in the order of NAMES."""
    with open(root / "data/reference_problem_subjects.csv", encoding="utf-8") as file:
        rows = [row for row, _ in zip(csv.DictReader(file), range(n_subjects), strict=False)]
    return np.array([[float(row.get(name, TYPICAL[name])) for name in NAMES] for row in rows])


def max_error(setting, values, reference):
    """As in reference_solution.hpp; infinite where a value is not a number."""
    error = np.abs(values - reference) / np.maximum(np.abs(reference), FLOOR_MMOL)
    error[:, : -1 : setting.per_dose, 0] = 0  # the dosed state at dose times
    return float(error.max()) if np.isfinite(error).all() else math.inf


def by_intervals(setting, rows, advance):
    """Fills rows [output][state] of one subject; `advance(x)` gives the states at since_dose_h."""
    x, per_dose = START.copy(), setting.per_dose
    for dose in range(setting.n_doses):
        x[0] += DOSE_MMOL
        states = advance(x)
        rows[dose * per_dose : (dose + 1) * per_dose + 1] = states
        # The row of a dose stands for the state after it.
        rows[dose * per_dose] = x
        x = np.array(states[-1])


def ladder(loosest, tightest, per_decade, absolute_shares=(1e-3,)):
    """(relative, absolute) tolerances from loose to tight."""
    n_steps = round(math.log10(loosest / tightest) * per_decade)
    relative = [loosest * 10 ** (-step / per_decade) for step in range(n_steps + 1)]
    return [(rtol, rtol * share) for rtol in relative for share in absolute_shares]


def text_of(rtol, atol):
    return f"rtol {rtol:.2g}, atol {atol:.2g} mmol"


class Stand:
    """Where a rival stands: its setting, the subjects, the reference, and the points it has made."""

    def __init__(self, name, version):
        if len(sys.argv) != 4:
            sys.exit(f"usage: {sys.argv[0]} short|long|small ROOT OUT.json")
        self.name, self.version = name, version
        self.setting = SETTINGS[sys.argv[1]]
        root, self.out = Path(sys.argv[2]), Path(sys.argv[3])
        self.subjects = load_subjects(root, self.setting.n_subjects)
        shape = (self.setting.n_subjects, self.setting.n_outputs, 8)
        file = root / f"out/bench/reference_{self.setting.name}.bin"
        self.reference = np.fromfile(file).reshape(shape)
        self.points = []

    def some(self, **n_subjects):
        """How many subjects to take in this setting; slow rivals take a few, and time is scaled."""
        return min(n_subjects.get(self.setting.name, 1), self.setting.n_subjects)

    def time_all(self, setting_text, n_subjects, solve):
        """`solve(subjects, values)` fills values [subject][output][state] for all at once."""
        values = np.full((n_subjects, *self.reference.shape[1:]), np.nan)
        subjects = self.subjects[:n_subjects]
        wall, cpu = _seconds_of(lambda: solve(subjects, values))
        repeats = 1
        if wall < 0.01:
            repeats = int(0.05 / wall) + 1
            wall, cpu = _seconds_of(lambda: [solve(subjects, values) for _ in range(repeats)])
        error = max_error(self.setting, values, self.reference[:n_subjects])
        self.points.append({
            "setting": setting_text, "seconds": wall / repeats, "cpu_seconds": cpu / repeats,
            "n_subjects": n_subjects, "max_error": error if math.isfinite(error) else None,
        })

    def time_each(self, setting_text, n_subjects, solve):
        """`solve(subject, rows)` fills rows [output][state] of one subject."""

        def solve_all(subjects, values):
            for subject, rows in zip(subjects, values, strict=True):
                solve(subject, rows)

        self.time_all(setting_text, n_subjects, solve_all)

    def write(self):
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.out.write_text(json.dumps({
            "name": self.name, "version": self.version, "problem": self.setting.name,
            "points": self.points,
        }, indent=1))


def _seconds_of(work):
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu
