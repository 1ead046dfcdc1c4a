"""The points of a head to head: who takes what, and the solves of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mgpk import _checks, _core
from mgpk._tablets import GLYCINE_MG_PER_MMOL, OTHER, TABLETS, Tablet
from mgpk.modifying import modifiers
from mgpk.options import SimulationOptions
from mgpk.schedule import Schedule
from mgpk.simulating import run_of
from mgpk.subject import Subject

__all__: list[str] = []

#: The modifier that blocks the acid.
BLOCKER = "proton_pump_inhibitor"
#: The numbers of a line that have a band, with the units that end their names.
BANDED = {"a_absorbed_above_baseline": "mmol", "ae": "mmol", "stool_water": "g"}
#: The ends of the bands, shares of the draws.
SHARES = (0.05, 0.95)

_LABEL = "dose"
_HOURS_BEFORE_BREAKFAST = 2.0
_BREAKFAST_H = 8.0  # where the diet has no meal
#: What says of a salt who it is; all else says what it does in the gut.
_NAMES = (
    *("salt", "hydrate", "formula", "molar_mass_g_per_mol", "n_magnesium", "f_magnesium", "kind"),
    *("glycine_per_magnesium", "is_default_hydrate", "reference", "note"),
)


class Point(NamedTuple):
    """One cell of the grid: who takes what, and what the line of the table says of it."""

    person: Subject
    plan: Schedule
    end_h: float
    line: dict[str, Any]
    acts_as: tuple[Any, ...]  # equal in all points that differ in names alone


def tablet_of(salt: str) -> Tablet:
    found = {tablet.salt: tablet for tablet in TABLETS}
    return found.get(salt, found[OTHER])


def times_h(person: Subject) -> tuple[float, float]:
    """When a fasted and a fed dose are taken."""
    meals = person.resolved["meals_at_h"]
    fed = float(meals[0]) if len(meals) else _BREAKFAST_H
    fasted = fed - _HOURS_BEFORE_BREAKFAST
    return (fasted if fasted >= 0 else fasted + 24.0), fed


def chosen_salts(salts: object) -> dict[str, dict[str, Any]]:
    """What is known of each salt, with its hydrate; all salts unless some are named."""
    if salts is None:
        return {row["salt"]: row for row in _core.salts() if row["is_default_hydrate"]}
    if isinstance(salts, str) or not isinstance(salts, Iterable):
        _checks.refuse(
            "salts must be a list",
            _checks.shown(salts),
            'give such as ["citrate", "oxide"], or salts with their hydrates',
            TypeError,
        )
    chosen: dict[str, dict[str, Any]] = {}
    for name in salts:
        row = _core.salt(_checks.text("salt", name, "give the name of a salt"))
        if isinstance(salts, Mapping) and salts[name] is not None:
            row = _form(row["salt"], _checks.text("hydrate", salts[name], "give its name"))
        if row["salt"] in chosen:
            _checks.refuse("each salt must come once", f'"{row["salt"]}" twice', "drop one")
        chosen[row["salt"]] = row
    if not chosen:
        _checks.refuse("salts must hold at least one salt", "empty", "name the salts to compare")
    return chosen


def _form(salt: str, hydrate: str) -> dict[str, Any]:
    forms = {row["hydrate"]: row for row in _core.salts() if row["salt"] == salt}
    if hydrate not in forms:
        Schedule().oral(salt, salt_mg=1.0, hydrate=hydrate)  # refuses it, and names the forms
    return forms[hydrate]


def person_with(acid: str, person: Subject) -> Subject:
    if acid == "normal":
        return person
    own = person.to_dict()["modifiers"]
    return person.replace(modifiers={**own, BLOCKER: 1.0})


def check_acid(person: Subject) -> None:
    blockers = {row.name for row in modifiers() if row.target == "acid_secreted"}
    for name in person.to_dict()["modifiers"]:
        if name in blockers:
            _checks.refuse(
                "the person of a head to head must come without an acid blocker",
                f'"{name}"',
                "leave it out: the acid is one of the conditions",
            )


def _amount_of(salt: Mapping[str, Any], basis: str, amount: float) -> tuple[dict[str, Any], str]:
    """The amount as keywords of a dose, and the form of the salt."""
    if basis == "elemental_dose":
        return {"elemental_mg": amount}, salt["hydrate"]
    if basis == "salt_mass":
        return {"salt_mg": amount, "hydrate": salt["hydrate"]}, salt["hydrate"]
    tablet = tablet_of(salt["salt"])
    hydrate = tablet.hydrate or salt["hydrate"]
    given = amount * tablet.strength_mg
    if tablet.of == "magnesium":
        return {"elemental_mg": given}, hydrate
    return {"salt_mg": given, "hydrate": hydrate}, hydrate


def point_of(
    salt: dict[str, Any],
    basis: str,
    amount: float,
    meal: str,
    acid: str,
    person: Subject,
    follow_h: float,
) -> Point:
    dose, hydrate = _amount_of(salt, basis, amount)
    form = _form(salt["salt"], hydrate)
    fed = meal == "fed"
    at_h = times_h(person)[fed]
    plan = Schedule().oral(salt["salt"], **dose, at_h=at_h, with_meal=fed, label=_LABEL)
    ((part,),) = (line["components"] for line in plan.to_dict()["doses"])
    mmol, f_magnesium = part["mmol"], form["f_magnesium"]
    elemental_mg = dose.get("elemental_mg") or dose["salt_mg"] * f_magnesium
    line = {
        "basis": basis,
        "meal": meal,
        "acid": acid,
        "salt": salt["salt"],
        "hydrate": hydrate,
        "amount_kind": tablet_of(salt["salt"]).kind if basis == "tablets" else "given",
        "elemental_mg": elemental_mg,
        "salt_mg": dose.get("salt_mg") or elemental_mg / f_magnesium,
        "glycine_mg": mmol * form["glycine_per_magnesium"] * GLYCINE_MG_PER_MMOL,
        "dose_mmol": mmol,
    }
    acts = tuple(value for key, value in sorted(form.items()) if key not in _NAMES)
    return Point(person, plan, at_h + follow_h, line, (meal, acid, mmol, *acts))


def _numbers(result: Mapping[str, Any], dose_mmol: float) -> dict[str, Any]:
    """What a solved point adds to its line."""
    absorbed = result["a_absorbed_above_baseline_mmol"]
    return {
        "a_absorbed_above_baseline_mmol": absorbed,
        "f_absorbed_above_baseline": absorbed / dose_mmol,
        "f_absorbed": result["f_absorbed"].get(_LABEL, float("nan")),
        "ae_mmol": result["ae_mmol"],
        "f_excreted": result["f_excreted"],
        "stool_water_g": result["stool_water_g"],
    }


def swept(points: list[Point], n_threads: int, callback: Any) -> list[dict[str, Any]]:
    """The lines of all points; those that end at one time are solved side by side."""
    lines: dict[int, dict[str, Any]] = {}
    for end_h in dict.fromkeys(point.end_h for point in points):
        mine = [i for i, point in enumerate(points) if point.end_h == end_h]
        options = SimulationOptions(until_h=end_h, every_h=24.0)
        cores = [(points[i].person._inner, points[i].plan._inner) for i in mine]
        results = _core.sweep(
            cores, options._inner, n_threads, part_of(callback, len(lines), len(mine), len(points))
        )
        for i, result in zip(mine, results, strict=True):
            line = points[i].line
            failure = {"failure": result["failure"]}
            lines[i] = {**line, **_numbers(result, line["dose_mmol"]), **failure}
    return [lines[i] for i in range(len(points))]


def part_of(callback: Any, n_before: float, n_mine: float, n_all: float) -> Any:
    """The callback of one piece of the work."""
    if callback is None:
        return None
    return lambda f_done: callback((n_before + f_done * n_mine) / n_all)


def bands_of(
    points: list[Point], n_draws: int, seed: int, n_threads: int | None, callback: Any
) -> dict[tuple[Any, ...], dict[str, float]]:
    """The ends of the bands, once for all points that differ in names alone."""
    first: dict[tuple[Any, ...], Point] = {}
    for point in points:
        first.setdefault(point.acts_as, point)
    found = {}
    for i, (key, point) in enumerate(first.items()):
        options = SimulationOptions(times_h=[0.0, point.end_h])
        run = run_of(point.person, point.plan, options, False)
        bands = run.bands(
            n=n_draws,
            seed=seed,
            n_threads=n_threads,
            progress=part_of(callback, i, 1, len(first)) or False,
        )
        inner = bands._inner.ensemble
        low, high = inner.number_bands(list(SHARES))
        found[key] = {
            f"{name}_{end}_{unit}": float(ends[inner.number_names.index(f"{name}_{unit}")])
            for name, unit in BANDED.items()
            for end, ends in (("low", low), ("high", high))
        }
        if callback is not None:
            callback((i + 1) / len(first))
    return found
