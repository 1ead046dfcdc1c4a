"""Draws the 50 subjects and plans of cases.json, once, with a fixed seed.

    python tests/reference/make_cases.py

Ranges of the overridden parameters come from data/parameters.csv as it stands when this runs.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
from reference_model import DISSOLUTION_CLASSES, MEAL_TIMES_H, ROOT, expand, parameters_read

HERE = Path(__file__).resolve().parent
N_CASES, N_WITH_OVERRIDES, SEED = 50, 20, 20240229
AWAY_FROM_EVENTS_H = 2e-3
SALTS = [salt for c, salts in DISSOLUTION_CLASSES.items() if c != "food" for salt in salts]


def between(rng, low: float, high: float, digits: int = 1) -> float:
    return round(float(rng.uniform(low, high)), digits)


def draw_subject(rng) -> dict:
    return {
        "sex": str(rng.choice(["female", "male"])),
        "age_y": int(rng.integers(19, 86)),
        "weight_kg": between(rng, 45, 120),
        "gfr_mL_per_min": between(rng, 10, 140),
        "diet_mg_per_d": between(rng, 100, 600, 0),
        "albumin_g_per_L": between(rng, 25, 50),
        "f_acid_secreted": between(rng, 0.05, 1, 3),
    } | (
        {"diet_phytate_mmol_per_d": between(rng, 0, 3), "diet_oxalate_mmol_per_d": between(rng, 0, 9)}
        if rng.random() < 0.2
        else {}
    )


def quarter_hour(rng, horizon: float) -> float:
    return float(rng.integers(1, max(2, int(4 * min(horizon - 1, 72))))) / 4


def draw_oral(rng, salt: str, horizon: float) -> dict:
    dose = {"route": "oral", "salt": salt, "elemental_mg": between(rng, 50, 600, 0)}
    with_meal = bool(rng.random() < 0.5)
    at_h = quarter_hour(rng, horizon)
    if with_meal and rng.random() < 0.6:  # at a meal of the diet, which then is the meal
        day = int(rng.integers(0, max(1, int(min(horizon, 72) / 24))))
        at_h = 24.0 * day + float(rng.choice(MEAL_TIMES_H))
    dose["at_h"] = at_h
    if rng.random() < 0.6:
        dose["every_h"] = float(rng.choice([8, 12, 24, 24, 36]))
        dose["times"] = int(rng.integers(2, 7))
    dose["with_meal"] = with_meal
    return dose


def draw_injections(rng, horizon: float) -> list[dict]:
    at_h, kind = quarter_hour(rng, horizon), rng.choice(["bolus", "infusion", "im"])
    if kind == "im":
        return [{"route": "im", "salt": "sulfate", "mmol": between(rng, 2, 20), "at_h": at_h}]
    salt = str(rng.choice(["sulfate", "chloride"]))
    over_h = 0.0 if kind == "bolus" else float(rng.choice([0.25, 1, 2.5, 4, 8, 24]))
    mmol = between(rng, 1, 12) if kind == "bolus" else between(rng, 4, 40)
    dose = {"route": "iv", "salt": salt, "mmol": mmol, "at_h": at_h, "over_h": over_h}
    n_days = int(rng.integers(2, 4)) if rng.random() < 0.3 else 1
    return [dose | {"at_h": at_h + 24.0 * day} for day in range(n_days)]


def draw_plan(rng, deck: list[str], horizon: float) -> list[dict]:
    n_salts = int(rng.choice([0, 1, 2, 3], p=[0.12, 0.36, 0.32, 0.20]))
    salts: list[str] = []
    while len(salts) < n_salts:
        if not deck:
            deck.extend(rng.permutation(SALTS).tolist())
        salts.append(deck.pop())
        if len(set(salts)) < len(salts):
            deck.insert(0, salts.pop())
    plan = [draw_oral(rng, salt, horizon) for salt in salts]
    if salts and rng.random() < 0.25:  # a second order of the same salt
        plan.append(draw_oral(rng, salts[0], horizon))
    for _ in range(int(rng.choice([0, 1, 2], p=[0.5, 0.35, 0.15]))):
        plan += draw_injections(rng, horizon)
    if rng.random() < 0.3:
        at_h = quarter_hour(rng, horizon)
        meal = {"route": "meal", "elemental_mg": between(rng, 20, 200, 0), "at_h": at_h}
        if rng.random() < 0.6:
            meal |= {"phytate_mmol": between(rng, 0, 2), "oxalate_mmol": between(rng, 0, 8)}
        plan.append(meal)
    return plan if no_two_meals_of_the_plan_coincide(plan) else draw_plan(rng, deck, horizon)


def no_two_meals_of_the_plan_coincide(plan: list[dict]) -> bool:
    """Leaves out what the equations could be read in two ways for."""
    meals = [t for d in plan if d["route"] == "meal" or d.get("with_meal") for t in expand(d)]
    meals = [t for t in meals if t % 24.0 not in MEAL_TIMES_H]
    return len(set(meals)) == len(meals)


def event_times(plan: list[dict], horizon: float) -> np.ndarray:
    times = [24.0 * day + t for day in range(int(horizon / 24) + 2) for t in MEAL_TIMES_H]
    for dose in plan:
        times += [t + dt for t in expand(dose) for dt in {0.0, dose.get("over_h", 0.0)}]
    return np.array(times)


def draw_times(rng, plan: list[dict], horizon: float) -> list[float]:
    events, n = event_times(plan, horizon), int(rng.integers(12, 26))
    times = {0.0, horizon}
    soon_after = rng.choice(events[events < horizon - 1], 3) + rng.uniform(0.01, 0.8, 3)
    for t in [*soon_after, *rng.uniform(0.05, horizon, 4 * n)]:
        t = round(float(t), 2)
        if len(times) < n and t < horizon and np.min(np.abs(events - t)) > AWAY_FROM_EVENTS_H:
            times.add(t)
    return sorted(times)


def draw_horizon(rng) -> float:
    return round(float(np.exp(rng.uniform(np.log(12), np.log(240)))), 0) + 0.13


def draw_overrides(rng, ranges: dict[str, tuple[float, float]]) -> dict[str, float]:
    keys = rng.choice(sorted(ranges), int(rng.integers(2, 6)), replace=False)
    out = {}
    for key in keys:
        low, high = ranges[str(key)]
        share = rng.uniform(0.05, 0.95)
        logarithmic = low > 0 and high / low > 5
        value = low * (high / low) ** share if logarithmic else low + share * (high - low)
        out[str(key)] = float(f"{value:.5g}")
    # Shares of one whole cannot move alone.
    return {key: value for key, value in out.items() if not key.startswith("f_tm_")}


def read_ranges() -> dict[str, tuple[float, float]]:
    with (ROOT / "data" / "parameters.csv").open(newline="", encoding="utf-8") as file:
        rows = {r["key"]: (float(r["low"]), float(r["high"])) for r in csv.DictReader(file)}
    return {key: rows[key] for key in parameters_read() if rows[key][0] < rows[key][1]}


def main() -> None:
    rng, deck, ranges, cases = np.random.default_rng(SEED), [], read_ranges(), []
    with_overrides = set(rng.choice(N_CASES, N_WITH_OVERRIDES, replace=False).tolist())
    for i in range(N_CASES):
        horizon = min(draw_horizon(rng), 239.13)
        plan = draw_plan(rng, deck, horizon)
        case = {"name": f"case_{i:02d}", "subject": draw_subject(rng), "plan": plan}
        if i in with_overrides:
            case["parameters"] = draw_overrides(rng, ranges)
        case["times_h"] = draw_times(rng, plan, horizon)
        cases.append(case)
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / "cases.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(cases)} cases, {sum(c['times_h'][-1] for c in cases):.0f} h in all")


if __name__ == "__main__":
    main()
