"""The isotope studies of docs/isotopes.md: plans, persons and the figures that were published."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mgpk

ROOT = Path(__file__).resolve().parents[1]
DOSE_AT_H = 8.0
LABEL = "mg26"
#: Far above the figures that are shown, and quick.
TOLERANCES: Any = {"relative_tolerance": 1e-7, "absolute_tolerance_mmol": 1e-12}


@dataclass(frozen=True)
class Double:
    """A double-label study and what is changed in it."""

    words: str
    iv_mg: float = 30.0
    iv_at_h: float = DOSE_AT_H
    iv_over_h: float = 0.0
    meal_mg: float | None = None
    fasting: bool = True
    subject: Mapping[str, Any] = field(default_factory=dict)

    def plan(self) -> mgpk.Schedule:
        plan = mgpk.Schedule()
        if self.fasting:
            plan = plan.fast(at_h=0, over_h=12.5)
        if self.meal_mg is not None:
            plan = plan.meal(elemental_mg=self.meal_mg, at_h=DOSE_AT_H)
        plan = plan.oral(
            "chloride",
            elemental_mg=70,
            at_h=DOSE_AT_H,
            with_meal=self.meal_mg is not None,
            label=LABEL,
        )
        return plan.iv("chloride", elemental_mg=self.iv_mg, at_h=self.iv_at_h, over_h=self.iv_over_h)

    def traced(self, days: float = 12.0, every_h: float = 0.5) -> mgpk.Trace:
        person = mgpk.Subject(sex="male", **self.subject)
        return mgpk.trace(
            person, self.plan(), until_h=DOSE_AT_H + 24 * days, every_h=every_h, **TOLERANCES
        )


def _number(key: str, value: float) -> dict[str, Any]:
    return {"parameters": {key: value}}


STANDARD = Double("as above")
VARIANTS = (
    STANDARD,
    Double("injected label a trace (0.01 mg)", iv_mg=0.01),
    Double("injected 60 mg", iv_mg=60),
    Double("injected over 30 min", iv_over_h=0.5),
    Double("injected 1 h before", iv_at_h=7),
    Double("injected 2 h after", iv_at_h=10),
    Double("injected 6 h after", iv_at_h=14),
    Double("with a meal of 20 mg", meal_mg=20),
    Double("with a meal of 100 mg", meal_mg=100),
    Double("usual meals, no fast", fasting=False),
    Double("colon 12 h", subject=_number("t_colon_h", 12)),
    Double("colon 40 h", subject=_number("t_colon_h", 40)),
    Double("secretion 0.8 mmol/d", subject=_number("secretion_reference_mmol_per_d", 0.8)),
    Double("secretion 2.5 mmol/d", subject=_number("secretion_reference_mmol_per_d", 2.5)),
    Double("cells exchange at 0.05 per h", subject=_number("k_cells_per_h", 0.05)),
    Double("cells exchange at 0.10 per h", subject=_number("k_cells_per_h", 0.10)),
    Double("cells hold 1.2 mmol/kg", subject=_number("a_cells_mmol_per_kg", 1.2)),
    Double("cells hold 1.8 mmol/kg", subject=_number("a_cells_mmol_per_kg", 1.8)),
    Double("slow pool at 1.5e-3 per h", subject=_number("k_slow_per_h", 1.5e-3)),
    Double("slow pool holds 2.5 mmol/kg", subject=_number("a_slow_mmol_per_kg", 2.5)),
    Double("plasma exchanges at 0.08 L/h/kg", subject=_number("q_interstitial_L_per_h_per_kg", 0.08)),
    Double("plasma exchanges at 0.40 L/h/kg", subject=_number("q_interstitial_L_per_h_per_kg", 0.40)),
    Double("diet 200 mg/d", subject={"diet_mg_per_d": 200}),
    Double("diet 450 mg/d", subject={"diet_mg_per_d": 450}),
)


def injected(mmol: float, days: float, every_h: float = 0.5, **subject: Any) -> mgpk.Trace:
    """A label that is given into a vein alone, and followed."""
    plan = mgpk.Schedule().iv("chloride", mmol=mmol, at_h=DOSE_AT_H)
    person = mgpk.Subject(**subject)
    return mgpk.trace(person, plan, until_h=DOSE_AT_H + 24 * days, every_h=every_h, **TOLERANCES)


def collections(first_h: float = 1.0, last_h: float = 96.0) -> list[float]:
    """Urine every hour up to 12 h after the injection, then every 6 h."""
    hourly = [first_h + i for i in range(int(12 - first_h))]
    return [*hourly, *(12.0 + 6.0 * i for i in range(int((last_h - 12) / 6) + 1))]


def published() -> dict[int, dict[str, str]]:
    """Rows of data/human_magnesium.csv by their line; the header is line 1."""
    with (ROOT / "data" / "human_magnesium.csv").open(encoding="utf-8", newline="") as file:
        return {line: row for line, row in enumerate(csv.DictReader(file), start=2)}
