"""The equations of docs/equations.md, written a second time and on their own.

Nothing here looks at the C++ library: only the text of docs/equations.md and the numbers of
data/parameters.csv. It is slow and plain on purpose; tests/python/test_reference.py holds the
library against it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

ROOT = Path(__file__).resolve().parents[2]
SEGMENTS = ("stomach", "duodenum", "jejunum", "ileum", "colon")
MEAL_TIMES_H = (8.0, 13.0, 19.0)
SAME_TIME_H = 1e-9
DISSOLUTION_CLASSES = {
    "soluble": (
        "glycinate citrate sulfate chloride lactate aspartate gluconate taurate threonate acetate "
        "pidolate"
    ).split(),
    "sparing": "malate orotate".split(),
    "acid": ["oxide"],
    "hydroxide": "hydroxide carbonate".split(),
    "food": ["food"],
}
METHOD, RTOL, ATOL = "DOP853", 1e-13, 1e-16


def read_parameters(path: Path = ROOT / "data" / "parameters.csv") -> dict[str, float]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row["key"]: float(row["value"]) for row in csv.DictReader(file)}


def read_magnesium_mg_per_mmol(path: Path = ROOT / "data" / "atomic_masses.csv") -> float:
    with path.open(newline="", encoding="utf-8") as file:
        masses = {row["element"]: float(row["mass_g_per_mol"]) for row in csv.DictReader(file)}
    return masses["Mg"]


class Numbers(dict):
    """Parameter values that remember which of them were read."""

    def __init__(self, values: dict[str, float]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> float:
        self.read.add(key)
        return super().__getitem__(key)


class Layout:
    """Where each state stands; salts are the plan's swallowed salts, in order of appearance."""

    def __init__(self, salts: list[str]) -> None:
        self.sources = ["food", *salts]
        self.labels = [*self.sources, "endogenous"]
        names = ["a_acid_stomach_mmol", "n_meals_in_stomach"]
        names += [f"n_binders_{g}" for g in SEGMENTS]
        names += [f"a_solid_{g}_{s}_mmol" for s in self.sources for g in SEGMENTS]
        names += [f"a_dissolved_{g}_{s}_mmol" for s in self.labels for g in SEGMENTS]
        names += ["a_plasma_mmol", "a_interstitial_mmol", "a_cells_mmol", "a_red_cells_mmol"]
        names += ["a_slow_mmol", "f_tm_shift"]
        self.n_periodic = len(names)  # the states before this one have a fixed point
        names += ["a_im_depot_mmol", "a_glycine_gut_mmol", "a_glycine_plasma_mmol"]
        names += [f"a_absorbed_{s}_mmol" for s in self.labels]
        names += [f"a_feces_dissolved_{s}_mmol" for s in self.labels]
        names += [f"a_feces_solid_{s}_mmol" for s in self.sources]
        names += [f"a_absorbed_in_{g}_mmol" for g in SEGMENTS[1:]]
        names += ["a_urine_mmol", "a_sweat_mmol", "a_secreted_mmol"]
        names += ["auc_plasma_total_mmol_h_per_L"]
        self.names = names
        self.at = {name: i for i, name in enumerate(names)}
        n_sources, n_labels = len(self.sources), len(self.labels)
        self.binders = slice(2, 7)
        self.solid = slice(7, 7 + 5 * n_sources)
        self.dissolved = slice(self.solid.stop, self.solid.stop + 5 * n_labels)
        self.absorbed = self._run("a_absorbed_food_mmol", n_labels)
        self.feces_dissolved = self._run("a_feces_dissolved_food_mmol", n_labels)
        self.feces_solid = self._run("a_feces_solid_food_mmol", n_sources)
        self.absorbed_in = self._run("a_absorbed_in_duodenum_mmol", 4)

    def _run(self, first: str, n: int) -> slice:
        return slice(self.at[first], self.at[first] + n)


class Model:
    """One person's numbers and the right-hand side for the sources of one plan."""

    def __init__(self, subject: dict, salts: list[str], overrides: dict | None = None) -> None:
        p = Numbers(read_parameters())
        unknown = set(overrides or {}) - set(p)
        if unknown:
            raise KeyError(f"no such parameters: {sorted(unknown)}")
        p.update(overrides or {})
        self.p, self.subject, self.layout = p, subject, Layout(salts)
        self.mg_per_mmol = read_magnesium_mg_per_mmol()
        self._set_body()
        self._set_gut()

    def _set_body(self) -> None:
        p, person = self.p, self.subject
        weight, c_ref = person["weight_kg"], p["c_plasma_total_reference_mmol_per_L"]
        bound_to_free = (1 - p["f_uf_reference"]) / p["f_uf_reference"]
        albumin = person["albumin_g_per_L"] / p["albumin_reference_g_per_L"]
        self.f_uf = 1 / (1 + bound_to_free * albumin)
        self.gfr = person["gfr_mL_per_min"] * 60 / 1000
        self.v_plasma = p["v_plasma_L_per_kg"] * weight
        self.v_interstitial = p["v_interstitial_L_per_kg"] * weight
        self.q_exchange = p["q_interstitial_L_per_h_per_kg"] * weight
        self.j_cells = p["a_cells_mmol_per_kg"] * weight * p["k_cells_per_h"]
        content = p["c_red_cells_mmol_per_L"] * p["v_red_cells_L_per_kg"] * weight
        self.j_red_cells = content * p["k_red_cells_per_h"]
        self.cl_slow = p["a_slow_mmol_per_kg"] * weight * p["k_slow_per_h"] / c_ref
        self.cl_secretion = p["secretion_reference_mmol_per_d"] / 24 / c_ref
        self.cl_sweat = p["sweat_reference_mmol_per_d"] / 24 / c_ref
        self.c_ref = c_ref

    def _set_gut(self) -> None:
        p = self.p
        rates = {  # in the stomach, in the stomach per acid supply, later
            "soluble": (p["k_dissolution_soluble_per_h"], 0.0, p["k_dissolution_soluble_per_h"]),
            "sparing": (p["k_dissolution_sparing_per_h"], 0.0, p["k_dissolution_sparing_per_h"]),
            "acid": (0.0, p["k_dissolution_acid_per_h"], p["k_dissolution_neutral_per_h"]),
            "hydroxide": (
                *(0.0, p["k_dissolution_hydroxide_acid_per_h"]),
                p["k_dissolution_hydroxide_neutral_per_h"],
            ),
            "food": (p["k_release_food_per_h"], 0.0, p["k_release_food_per_h"]),
        }
        class_of = {salt: c for c, salts in DISSOLUTION_CLASSES.items() for salt in salts}
        table = np.array([rates[class_of[s]] for s in self.layout.sources])
        self.k_stomach, self.k_acid, self.k_later = table.T
        self.available = np.ones(len(self.layout.labels))
        self.available[0] = p["f_available_food"]
        self.ions = np.ones(len(self.layout.labels))
        for i, salt in enumerate(self.layout.sources[1:], start=1):
            bound = {"citrate": 0.65, "glycinate": 0.005}.get(salt, 0.0)
            self.available[i] = 1 - bound * (1 - p["f_labile_complex"])
            self.ions[i] = 2.0 if salt == "sulfate" else 1.0
        later = SEGMENTS[1:]
        left = max(0.0, 1 - self.subject["gfr_mL_per_min"] / p["gfr_reference_mL_per_min"])
        f_uptake = 1 - (1 - p["f_uptake_without_gfr"]) * left ** p["uptake_gfr_exponent"]
        self.vmax = f_uptake * np.array([p[f"vmax_{g}_mmol_per_h"] for g in later])
        small = p["k_uptake_linear_small_per_h"]
        linear = np.array([small, small, small, p["k_uptake_linear_colon_per_h"]])
        self.k_linear = f_uptake * linear
        self.k_transit = np.array([1 / p[f"t_{g}_h"] for g in later])

    def reabsorption_gap(self, uf, shift):
        """uf − R for the smaller root R.

        e = uf − R solves e² + (Tm + d − uf)·e − d·uf = 0, whose positive root is
        √(d·uf)·exp(−asinh((Tm + d − uf) / (2√(d·uf)))): no difference of near numbers anywhere.
        """
        splay, shares = self.p["splay_mmol_per_L"], ("f_tm_pt", "f_tm_tal", "f_tm_dct")
        tm = self.p["tm_mmol_per_L"] * sum(self.p[share] for share in shares) * (1 + shift)
        middle = np.sqrt(splay * uf)
        return middle * np.exp(-np.arcsinh((tm + splay - uf) / (2 * middle)))

    def influx(self, turnover, s, concentration):
        c = concentration / self.c_ref
        # (1 + q)·c / (1 + q·c) with q = (1 − s)/s, multiplied through by s: good at s = 0 too.
        return turnover * c / (s + (1 - s) * c)

    def rhs(self, y: np.ndarray, infusion: float) -> np.ndarray:
        """dy/dt for y of shape (n,) or (n, m): m bodies side by side."""
        flat = y.ndim == 1
        y = y[:, None] if flat else y
        dy = np.zeros_like(y)
        self._gut(y, dy)
        self._body(y, dy, infusion)
        return dy[:, 0] if flat else dy

    def _gut(self, y, dy) -> None:
        p, lay, m = self.p, self.layout, y.shape[1]
        acid, meals = y[0], y[1]
        solid = y[lay.solid].reshape(-1, 5, m)
        dissolved = y[lay.dissolved].reshape(-1, 5, m)
        fed = meals**2 / (meals**2 + p["meal_half_effect_meals"] ** 2)
        slow, fast = p["k_emptying_fed_per_h"], p["k_emptying_fasted_per_h"]
        k_out = np.empty((5, m))
        k_out[0] = fast + (slow - fast) * fed
        k_out[1:] = self.k_transit[:, None]
        ions = np.einsum("l,lm->m", self.ions, dissolved[:, 4])
        k_out[4] *= 1 + ions / p["osmotic_half_mmol"]
        binders = y[lay.binders]
        supply = acid / (acid + p["acid_half_mmol"])

        by_acid = self.k_acid[:, None] * supply * solid[:, 0]
        release = np.empty_like(solid)
        release[:, 0] = self.k_stomach[:, None] * solid[:, 0] + by_acid
        release[:, 1:] = self.k_later[:, None, None] * solid[:, 1:]
        open_to_uptake = self.available[:, None, None] * dissolved[:, 1:] / (1 + binders[1:])
        total = open_to_uptake.sum(axis=0)
        rate = self.vmax[:, None] / (p["km_uptake_mmol"] + total) + self.k_linear[:, None]
        uptake = rate * open_to_uptake

        d_solid = -release - k_out * solid
        d_solid[:, 1:] += k_out[:-1] * solid[:, :-1]
        d_dissolved = -k_out * dissolved
        d_dissolved[:, 1:] += k_out[:-1] * dissolved[:, :-1] - uptake
        d_dissolved[:-1] += release
        secreted = self.cl_secretion * y[lay.at["a_plasma_mmol"]] / self.v_plasma
        d_dissolved[-1, 1] += secreted

        secretion_of_acid = p["acid_basal_mmol_per_h"] + p["acid_meal_mmol_per_h"] * meals
        dy[0] = self.subject["f_acid_secreted"] * secretion_of_acid - k_out[0] * acid
        dy[0] -= p["n_acid_per_magnesium"] * by_acid.sum(axis=0)
        dy[1] = -k_out[0] * meals
        d_binders = -k_out * binders
        d_binders[1:] += k_out[:-1] * binders[:-1]
        dy[lay.binders] = d_binders
        dy[lay.absorbed_in] = uptake.sum(axis=0)
        dy[lay.solid] = d_solid.reshape(-1, m)
        dy[lay.dissolved] = d_dissolved.reshape(-1, m)
        dy[lay.absorbed] = uptake.sum(axis=1)
        dy[lay.feces_dissolved] = k_out[4] * dissolved[:, 4]
        dy[lay.feces_solid] = k_out[4] * solid[:, 4]
        dy[lay.at["a_secreted_mmol"]] = secreted

    def _body(self, y, dy, infusion: float) -> None:
        p, at = self.p, self.layout.at
        c = y[at["a_plasma_mmol"]] / self.v_plasma
        c_interstitial = y[at["a_interstitial_mmol"]] / self.v_interstitial
        exchange = self.q_exchange * (c - c_interstitial)
        influx = self.influx(self.j_cells, p["elasticity_cells"], c_interstitial)
        into_cells = influx - p["k_cells_per_h"] * y[at["a_cells_mmol"]]
        influx = self.influx(self.j_red_cells, p["elasticity_red_cells"], c)
        into_red_cells = influx - p["k_red_cells_per_h"] * y[at["a_red_cells_mmol"]]
        into_slow = self.cl_slow * c - p["k_slow_per_h"] * y[at["a_slow_mmol"]]
        shift = y[at["f_tm_shift"]]
        urine = self.gfr * self.reabsorption_gap(self.f_uf * c, shift)
        sweat = self.cl_sweat * c
        from_depot = p["ka_im_per_h"] * y[at["a_im_depot_mmol"]]
        absorbed = dy[self.layout.absorbed].sum(axis=0)
        secreted = dy[at["a_secreted_mmol"]]
        glycine_taken_up = p["ka_glycine_per_h"] * y[at["a_glycine_gut_mmol"]]

        gain, loss = absorbed + from_depot + infusion, urine + sweat + secreted
        dy[at["a_plasma_mmol"]] = gain - loss - exchange - into_slow - into_red_cells
        dy[at["a_red_cells_mmol"]] = into_red_cells
        lack = 1 - c / self.c_ref
        dy[at["f_tm_shift"]] = (p["adaptation_gain_relative"] * lack - shift) / p["tau_adaptation_h"]
        dy[at["a_interstitial_mmol"]] = exchange - into_cells
        dy[at["a_cells_mmol"]] = into_cells
        dy[at["a_slow_mmol"]] = into_slow
        dy[at["a_im_depot_mmol"]] = -from_depot
        dy[at["a_urine_mmol"]] = urine
        dy[at["a_sweat_mmol"]] = sweat
        dy[at["auc_plasma_total_mmol_h_per_L"]] = c
        dy[at["a_glycine_gut_mmol"]] = -glycine_taken_up
        lost = p["k_glycine_per_h"] * y[at["a_glycine_plasma_mmol"]]
        dy[at["a_glycine_plasma_mmol"]] = glycine_taken_up - lost


@dataclass
class Solver:
    method: str = METHOD
    rtol: float = RTOL
    atol: float = ATOL

    def advance(self, model: Model, y: np.ndarray, t0: float, t1: float, infusion: float):
        """The state at t1; always an end of a step, never an interpolated value."""
        shape = y.shape

        def rhs(_t, flat):
            return model.rhs(flat.reshape(shape), infusion).ravel()

        options = dict(method=self.method, rtol=self.rtol, atol=self.atol)
        out = solve_ivp(rhs, (t0, t1), y.ravel(), t_eval=[t1], **options)
        if not out.success:
            raise RuntimeError(f"{self.method} failed between {t0} and {t1} h: {out.message}")
        return out.y[:, -1].reshape(shape)


def expand(dose: dict) -> list[float]:
    return [dose["at_h"] + k * dose.get("every_h", 0.0) for k in range(dose.get("times", 1))]


def swallowed_salts(plan: list[dict]) -> list[str]:
    return list(dict.fromkeys(dose["salt"] for dose in plan if dose["route"] == "oral"))


def diet_times(horizon_h: float) -> list[float]:
    days = int(np.ceil(horizon_h / 24)) + 1
    return [24.0 * day + t for day in range(days) for t in MEAL_TIMES_H]


def binders_of(p: Numbers, phytate_mmol: float, oxalate_mmol: float) -> float:
    return phytate_mmol / p["phytate_half_mmol"] + oxalate_mmol / p["oxalate_half_mmol"]


def events_of(model: Model, plan: list[dict], horizon_h: float) -> list[tuple]:
    """All events up to the horizon as (time, kind, number or column, amount), unsorted."""
    at, p, person = model.layout.at, model.p, model.subject
    per_meal = person["diet_mg_per_d"] / model.mg_per_mmol / len(MEAL_TIMES_H)
    diet = diet_times(horizon_h)
    food, meals = at["a_solid_stomach_food_mmol"], at["n_meals_in_stomach"]
    binders = at["n_binders_stomach"]
    events = [e for t in diet for e in ((t, "add", food, per_meal), (t, "add", meals, 1.0))]
    phytate, oxalate = (person.get(f"diet_{b}_mmol_per_d", 0.0) for b in ("phytate", "oxalate"))
    daily = binders_of(p, phytate, oxalate) / len(MEAL_TIMES_H)
    events += [(t, "add", binders, daily) for t in diet]
    for dose in plan:
        amount = dose["mmol"] if "mmol" in dose else dose["elemental_mg"] / model.mg_per_mmol
        for t in expand(dose):
            if dose["route"] == "meal":
                events += [(t, "add", food, amount), (t, "add", meals, 1.0)]
                eaten = (dose.get("phytate_mmol", 0.0), dose.get("oxalate_mmol", 0.0))
                events.append((t, "add", binders, binders_of(p, *eaten)))
            elif dose["route"] == "im":
                events.append((t, "add", at["a_im_depot_mmol"], p["f_im"] * amount))
            elif dose["route"] == "iv" and dose.get("over_h", 0) == 0:
                events.append((t, "add", at["a_plasma_mmol"], amount))
            elif dose["route"] == "iv":
                rate = amount / dose["over_h"]
                events.append((t, "infuse", None, rate))
                events.append((t + dose["over_h"], "infuse", None, -rate))
            elif dose["route"] == "oral":
                events += oral_events(model, dose, t, amount, diet)
            else:
                raise ValueError(f"unknown route {dose['route']!r}")
    return [e for e in events if e[0] <= horizon_h]


def oral_events(model: Model, dose: dict, t: float, amount: float, diet: list[float]) -> list:
    at = model.layout.at
    events = [(t, "add", at[f"a_solid_stomach_{dose['salt']}_mmol"], amount)]
    if dose["salt"] == "glycinate":
        glycine = 2 * model.p["f_glycine"] * amount
        events.append((t, "add", at["a_glycine_gut_mmol"], glycine))
    already_a_meal = any(abs(t - meal) <= SAME_TIME_H for meal in diet)
    if dose.get("with_meal", False) and not already_a_meal:
        events.append((t, "add", at["n_meals_in_stomach"], 1.0))
    return events


def journey(model: Model, y: np.ndarray, plan: list[dict], times_h, solver: Solver) -> np.ndarray:
    """States at times_h (ascending, from 0); at an event's time: the state before the event."""
    events = sorted(events_of(model, plan, times_h[-1]), key=lambda e: e[0])
    stops = sorted({float(t) for t in times_h} | {e[0] for e in events})
    wanted, rows, infusions, t_now = {float(t) for t in times_h}, [], [], 0.0
    for t in stops:
        if t > t_now:
            y = solver.advance(model, y, t_now, t, sum(infusions))
            t_now = t
        if t in wanted:
            rows.append(y)
        y = y.copy()
        for _, kind, column, amount in (e for e in events if e[0] == t):
            if kind == "add":
                y[column] += amount
            elif -amount in infusions:
                infusions.remove(-amount)  # so that the sum is exactly 0 again afterwards
            else:
                infusions.append(amount)
    return np.array(rows)


def one_day(model: Model, x: np.ndarray, solver: Solver) -> np.ndarray:
    """The one-day map of the periodic states, for x of shape (k, m): m bodies side by side."""
    y = np.zeros((len(model.layout.names), x.shape[1]))
    y[: x.shape[0]] = x
    return journey(model, y, [], [24.0], solver)[-1][: x.shape[0]]


def baseline(subject: dict, overrides: dict | None = None, solver: Solver | None = None):
    """The fixed point of the one-day map without salts, and the last relative Newton step."""
    solver = solver or Solver()
    model = Model(subject, [], overrides)
    at, k = model.layout.at, model.layout.n_periodic
    x = np.zeros(k)
    x[at["a_plasma_mmol"]] = model.c_ref * model.v_plasma
    x[at["a_interstitial_mmol"]] = model.c_ref * model.v_interstitial
    x[at["a_cells_mmol"]] = model.p["a_cells_mmol_per_kg"] * subject["weight_kg"]
    x[at["a_red_cells_mmol"]] = model.j_red_cells / model.p["k_red_cells_per_h"]
    x[at["a_slow_mmol"]] = model.p["a_slow_mmol_per_kg"] * subject["weight_kg"]
    for _ in range(3):  # fills the gut, whose states would otherwise start at zero
        x = one_day(model, x[:, None], Solver(rtol=1e-6, atol=1e-9))[:, 0]
    return newton(model, x, solver)


def newton(model: Model, x: np.ndarray, solver: Solver, goal: float = 1e-12):
    k, inverse, history = len(x), None, []
    for _ in range(30):
        if inverse is None or history[-1] > 1e-4:
            bump = 1e-6 * np.maximum(np.abs(x), 1e-2)
            many = one_day(model, np.column_stack([x, x[:, None] + np.diag(bump)]), solver)
            image, jacobian = many[:, 0], (many[:, 1:] - many[:, :1]) / bump
            inverse = np.linalg.inv(np.eye(k) - jacobian)
        else:  # near the end the old Jacobian is good enough
            image = one_day(model, x[:, None], solver)[:, 0]
        step = inverse @ (image - x)
        x = shorten(x, step)
        history.append(float(np.max(np.abs(step) / np.maximum(np.abs(x), 1e-6))))
        if history[-1] <= goal:
            return x, history[-1]
    raise RuntimeError(f"the fixed point was not reached; relative steps {history}")


def shorten(x: np.ndarray, step: np.ndarray) -> np.ndarray:
    """x + step, but no large pool loses more than 80 % at once."""
    large = x > 1e-3
    share = 1.0
    while np.any((x + share * step)[large] < 0.2 * x[large]):
        share /= 2
    return x + share * step


def parameters_read() -> list[str]:
    """The keys of the parameters that act on the states at all."""
    everything = [salt for c, salts in DISSOLUTION_CLASSES.items() if c != "food" for salt in salts]
    person = dict(weight_kg=70, gfr_mL_per_min=120, albumin_g_per_L=40)
    model = Model(person | dict(diet_mg_per_d=320, f_acid_secreted=1), everything)
    glycinate = {"route": "oral", "salt": "glycinate", "elemental_mg": 1, "at_h": 1}
    events_of(model, [glycinate, {"route": "im", "mmol": 1, "at_h": 1}], 2.0)
    model.rhs(np.ones(len(model.layout.names)), 0.0)
    return sorted(model.p.read)


def start_state(model: Model, x: np.ndarray) -> np.ndarray:
    """The baseline of a body without salts, placed in the layout of one with salts."""
    names = Layout([]).names[: len(x)]
    y = np.zeros(len(model.layout.names))
    for name, value in zip(names, x, strict=True):
        y[model.layout.at[name]] = value
    return y


def simulate(case: dict, solver: Solver | None = None) -> tuple[list[str], np.ndarray, float]:
    """Column names, states at the case's times (rows), last relative Newton step."""
    solver = solver or Solver()
    overrides = case.get("parameters", {})
    x, step = baseline(case["subject"], overrides, solver)
    model = Model(case["subject"], swallowed_salts(case["plan"]), overrides)
    y = start_state(model, x)
    states = journey(model, y, case["plan"], case["times_h"], solver)
    return model.layout.names, states, step
