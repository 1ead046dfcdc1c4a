"""What the one parameter set says of the questions that a reader asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas
from calibration_steps import Array, Constants

import mgpk

FASTING_H = 7.5
TOTAL = "c_plasma_total_mmol_per_L"
Parameters = dict[str, float]


def _person(parameters: Parameters, **fields: object) -> mgpk.Subject:
    return mgpk.Subject(parameters=parameters, allow_outside_range=True, **fields)


def _three_meals(salt: str, elemental_mg: float, n_days: int) -> mgpk.Schedule:
    plan = mgpk.Schedule()
    for at_h in (8, 13, 19):
        plan.oral(salt, elemental_mg=elemental_mg, at_h=at_h, every_h=24, times=n_days, with_meal=True)
    return plan


def _chronic(salt: str) -> Callable[[Parameters], tuple[float, float]]:
    """Rise of 24-h urine and of fasting plasma in the last day of 24 weeks of 3 x 150 mg."""

    def both(parameters: Parameters) -> tuple[float, float]:
        n_days = 168
        day_h = 24.0 * (n_days - 1)
        run = mgpk.simulate(_person(parameters), _three_meals(salt, 150, n_days),
                            times_h=[0, day_h, day_h + FASTING_H, day_h + 24])  # fmt: skip
        urine = np.diff(run["a_urine_mmol"][[1, 3]] - run.baseline["a_urine_mmol"][[1, 3]])[0]
        return float(urine), float(run[TOTAL][2] - run.baseline[TOTAL][2])

    return both


def _absorbed(salt: str, mg: float, with_meal: bool) -> Callable[[Parameters], float]:
    def share(parameters: Parameters) -> float:
        plan = mgpk.Schedule()
        if not with_meal:
            plan.fast(at_h=0, over_h=12.5)
        plan.oral(salt, elemental_mg=mg, at_h=8, with_meal=with_meal)
        return mgpk.simulate(_person(parameters), plan, times_h=[0, 144]).f_absorbed[salt]

    return share


def _divided(salt: str) -> Callable[[Parameters], float]:
    def share(parameters: Parameters) -> float:
        plan = _three_meals(salt, 150, 7)
        return mgpk.simulate(_person(parameters), plan, times_h=[0, 312]).f_absorbed[salt]

    return share


def _label(diet_mg_per_d: float) -> Callable[[Parameters], float]:
    def share(parameters: Parameters) -> float:
        plan = mgpk.Schedule().oral("chloride", elemental_mg=0.5, at_h=8, with_meal=True)
        person = _person(parameters, diet_mg_per_d=diet_mg_per_d)
        return mgpk.simulate(person, plan, times_h=[0, 144]).f_absorbed["chloride"]

    return share


def _water(meal_mg: float | None) -> Callable[[Parameters], float]:
    def share(parameters: Parameters) -> float:
        plan = mgpk.Schedule().fast(at_h=0, over_h=12.5)
        if meal_mg is not None:
            plan.meal(elemental_mg=meal_mg, at_h=8)
        plan.oral("chloride", elemental_mg=55, at_h=8, with_meal=meal_mg is not None)
        return mgpk.simulate(_person(parameters), plan, times_h=[0, 144]).f_absorbed["chloride"]

    return share


def _bread(parameters: Parameters) -> float:
    return mgpk.studies()["bohn_2004_bread_1"].predict(parameters=parameters)


def _depletion(parameters: Parameters) -> tuple[float, float, float]:
    """Plasma left, urine of the last day, retention of a load after three weeks of 12 mg a day."""
    person = _person(parameters, c_plasma_total_mmol_per_L=0.80)
    diet = mgpk.Schedule().diet(mg_per_d=12, at_h=0, over_h=552)
    load = mgpk.Schedule().diet(mg_per_d=12, at_h=0, over_h=552).iv(
        "sulfate", mmol=7, at_h=512, over_h=4
    )
    times = [0.0, FASTING_H, 480, 504, 504 + FASTING_H, 512, 536]
    without = mgpk.simulate(person, diet, times_h=times)
    urine = without["a_urine_mmol"]
    with_load = mgpk.simulate(person, load, times_h=times)["a_urine_mmol"]
    kept = 1 - ((with_load[6] - with_load[5]) - (urine[6] - urine[5])) / 7
    return float(without[TOTAL][4] / without[TOTAL][1]), float(urine[3] - urine[2]), float(kept)


@dataclass(frozen=True)
class Question:
    """One row of the table: what is asked, the published answer and its band, the model's."""

    what: str
    unit: str
    published: str
    low: float
    high: float
    answer: Callable[[Parameters], float]


def _questions() -> list[Question]:
    graham = [(23, 0.76), (240, 0.44), (564, 0.24)]
    return [
        Question("450 mg/d of citrate, 24 weeks: rise of urine", "mmol/d", "3.1 (2.2 to 4.0)", 2.2, 4.0,
                 lambda p: _chronic("citrate")(p)[0]),
        Question("the same: rise of fasting plasma", "mmol/L", "0.04 (0.02 to 0.06)", 0.02, 0.06,
                 lambda p: _chronic("citrate")(p)[1]),
        Question("oxide: urine over that of citrate", "1", "a little lower", 0.6, 1.0,
                 lambda p: _chronic("oxide")(p)[0] / _chronic("citrate")(p)[0]),
        Question("sulfate: urine over that of citrate", "1", "lower", 0.6, 0.999,
                 lambda p: _chronic("sulfate")(p)[0] / _chronic("citrate")(p)[0]),
        Question("300 mg of citrate once, fasting: absorbed", "1", "0.19 by the law of Fine", 0.12, 0.28,
                 _absorbed("citrate", 300, False)),
        Question("300 mg of oxide once, fasting: absorbed", "1", "poor: 0.04 in urine", 0.0, 0.12,
                 _absorbed("oxide", 300, False)),
        Question("3 x 150 mg with meals: oxide over citrate, absorbed", "1", "near citrate", 0.7, 1.0,
                 lambda p: _divided("oxide")(p) / _divided("citrate")(p)),
        Question("three weeks of 12 mg/d: plasma left", "1", "0.76", 0.70, 0.82,
                 lambda p: _depletion(p)[0]),
        Question("the same: urine of the last day", "mmol/d", "below 1", 0.0, 1.0,
                 lambda p: _depletion(p)[1]),
        Question("the same: retention of a load", "1", "0.62, above 0.5", 0.5, 0.9,
                 lambda p: _depletion(p)[2]),
        *[
            Question(f"label in a diet of {mg} mg/d: absorbed", "1", f"{share:g} (recalled)",
                     share - 0.12, share + 0.12, _label(mg))
            for mg, share in graham
        ],
        Question("mineral water of 55 mg alone: absorbed", "1", "0.457", 0.40, 0.52, _water(None)),
        Question("with a meal of 20 mg (its magnesium was not seen)", "1", "0.523", 0.46, 0.59,
                 _water(20)),
        Question("with a breakfast of 107 mg instead: shown", "1", "0.523", -np.inf, np.inf,
                 _water(107)),
        Question("label in a bread meal of 88 mg: shown", "1", "0.325", -np.inf, np.inf, _bread),
    ]  # fmt: skip


def answers() -> pandas.DataFrame:
    """The questions with the model's answers."""
    rows = [
        {"what": q.what, "unit": q.unit, "published": q.published, "low": q.low, "high": q.high,
         "answer": q.answer({})}
        for q in _questions()
    ]  # fmt: skip
    frame = pandas.DataFrame(rows)
    frame["inside"] = (frame["answer"] >= frame["low"]) & (frame["answer"] <= frame["high"])
    return frame


GFRS_ML_PER_MIN = (120, 60, 30, 15, 10)
SUPPLEMENT_MMOL_PER_D = 15


def _kidney(gfr: float, supplement: bool, parameters: Parameters) -> float:
    person = _person(parameters, gfr_mL_per_min=gfr)
    if not supplement:
        run = mgpk.simulate(person, times_h=[0, FASTING_H])
        return float(run[TOTAL][1])
    plan = mgpk.Schedule().oral(
        "citrate", mmol=SUPPLEMENT_MMOL_PER_D, at_h=8, every_h=24, at_steady_state=True, with_meal=True
    )
    turn = mgpk.steady_state(person, plan).cycle
    return float(turn[TOTAL][list(turn.time_h).index(FASTING_H)])


def kidney_disease(c: Constants, x: Array, covariance: Array) -> pandas.DataFrame:
    """Fasting plasma by GFR, with and without a supplement, and 95 % ranges from the fit."""
    rows = []
    for gfr in GFRS_ML_PER_MIN:
        for supplement in (False, True):
            middle = _kidney(gfr, supplement, {})
            slopes = []
            for i, sd in enumerate(np.sqrt(np.diag(covariance))):
                ends = [
                    _kidney(gfr, supplement, {c.names[i]: float(np.exp(x[i] + sign * 0.5 * sd))})
                    for sign in (-1, 1)
                ]
                slopes.append((ends[1] - ends[0]) / sd)
            spread = 1.96 * float(np.sqrt(np.array(slopes) @ covariance @ np.array(slopes)))
            rows.append({"gfr_mL_per_min": gfr, "supplement": supplement, "plasma": middle,
                         "low": middle - spread, "high": middle + spread})  # fmt: skip
    return pandas.DataFrame(rows)
