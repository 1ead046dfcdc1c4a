"""The lines of a plan as plain dictionaries: checked, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mgpk import _checks, _core

__all__: list[str] = []

_TIMING_KEYS = ("at_h", "every_h", "times", "over_h")
LINE_KEYS = {
    "doses": (
        *("route", "label", "components", *_TIMING_KEYS, "with_meal"),
        *("tlag_h", "f_bioavailable", "at_steady_state"),
    ),
    "meals": ("mmol", *_TIMING_KEYS, "phytate_mmol", "oxalate_mmol"),
    "diet_changes": ("mg_per_d", "at_h", "over_h"),
    "resets": ("at_h", "to"),
    "covariates": ("name", "values", "at_h", "rule"),
    "occasions": ("number", "at_h"),
    "modifications": ("name", "strength", *_TIMING_KEYS),
}
#: Keys of a line that may be left out: dictionaries of earlier versions have none of them.
_USUAL = {
    "doses": {"tlag_h": 0.0, "f_bioavailable": 1.0, "at_steady_state": False},
    "meals": {"phytate_mmol": 0.0, "oxalate_mmol": 0.0},
}


def lines_in_words(lines: Mapping[str, Any]) -> list[str]:
    """All lines of a plan in plain words."""
    words = [_dose_in_words(dose) for dose in lines["doses"]]
    for meal in lines["meals"]:
        words.append(f"a meal with {_both(meal['mmol'])}{_binders(meal)}{_when(meal)}")
    for change in lines["diet_changes"]:
        what = (
            "a fast"
            if change["mg_per_d"] is None
            else f"a diet of {_checks.shown(change['mg_per_d'])} mg/d"
        )
        start, length = _checks.shown(change["at_h"]), _checks.shown(change["over_h"])
        words.append(f"{what} from {start} h for {length} h")
    words += [_reset_in_words(reset) for reset in lines["resets"]]
    words += [_covariate_in_words(covariate) for covariate in lines["covariates"]]
    for occasion in lines["occasions"]:
        words.append(f"occasion {occasion['number']} from {_checks.shown(occasion['at_h'])} h on")
    for change in lines["modifications"]:
        strength = "" if change["strength"] == 1 else f" (strength {change['strength']:.4g})"
        words.append(f"{change['name']}{strength}{_when(change)}")
    return words


def _reset_in_words(reset: Mapping[str, Any]) -> str:
    what = "the baseline" if reset["to"] == "baseline" else "an empty gut"
    return f"a reset to {what} at {_checks.shown(reset['at_h'])} h"


def _covariate_in_words(covariate: Mapping[str, Any]) -> str:
    pairs = zip(covariate["values"], covariate["at_h"], strict=True)
    known = ", ".join(f"{_checks.shown(value)} at {_checks.shown(at)} h" for value, at in pairs)
    return f"{covariate['name']} {known} ({covariate['rule'].replace('_', ' ')})"


def _binders(meal: Mapping[str, Any]) -> str:
    names = [name for name in ("phytate", "oxalate") if meal[f"{name}_mmol"]]
    return "".join(f", {_checks.shown(meal[f'{name}_mmol'])} mmol {name}" for name in names)


def _both(mmol: float) -> str:
    return f"{_core.elemental_mg(mmol):.4g} mg elemental magnesium ({mmol:.4g} mmol)"


def _when(line: Mapping[str, Any]) -> str:
    words = f" at {_checks.shown(line['at_h'])} h"
    if line["over_h"] > 0:
        words += f" over {_checks.shown(line['over_h'])} h"
    if line["times"] > 1:
        words += f", every {_checks.shown(line['every_h'])} h, {line['times']} times"
    return words


def _dose_in_words(dose: Mapping[str, Any]) -> str:
    parts = dose["components"]
    total = sum(part["mmol"] for part in parts)
    what = " and ".join(
        part["salt"] if len(parts) == 1 else f"{part['mmol'] / total:.0%} {part['salt']}"
        for part in parts
    )
    route = {"oral": "by mouth", "im": "into the muscle"}.get(dose["route"], "into the vein")
    words = f"{_both(total)} as {what} {route}{_when(dose)}"
    if dose["route"] == "oral":
        words += ", with a meal" if dose["with_meal"] else ", without a meal of its own"
    if dose["label"] not in (part["salt"] for part in parts):
        words += f" (label {dose['label']})"
    return words + _arrival_in_words(dose)


def _arrival_in_words(dose: Mapping[str, Any]) -> str:
    words = ""
    if dose["tlag_h"] > 0:
        words += f", arriving {_checks.shown(dose['tlag_h'])} h later"
    if dose["f_bioavailable"] != 1:
        words += f", {dose['f_bioavailable']:.4g} of it given on"
    if dose["at_steady_state"]:
        every = "" if dose["times"] > 1 else f" every {_checks.shown(dose['every_h'])} h"
        words += f", at steady state{every}"
    return words


def checked_lines(kind: str, lines: object) -> list[dict[str, Any]]:
    """Lines of a plain dictionary with their keys and kinds checked."""
    if not isinstance(lines, (list, tuple)):
        _checks.refuse(f"{kind} must be a list", _checks.shown(lines), "give lines", TypeError)
    return [_checked_line(kind, f"{kind}[{i}]", line) for i, line in enumerate(lines)]


def _checked_line(kind: str, name: str, line: object) -> dict[str, Any]:
    given = _checks.mapping(name, line, "give what to_dict gave")
    _checks.known_keys(name, given, LINE_KEYS[kind])
    given = {**_USUAL.get(kind, {}), **given}
    _checks.all_keys(name, given, LINE_KEYS[kind])
    checked: dict[str, Any] = dict(given)
    if kind == "covariates":
        return _checked_covariate(name, given)
    numbers = {"at_h", "every_h", "over_h", "mmol", "tlag_h", "f_bioavailable", "strength"}
    for key in set(given) & (numbers | {"phytate_mmol", "oxalate_mmol"}):
        checked[key] = _checks.number(f"{name} {key}", given[key])
    if kind == "resets":
        checked["to"] = _checks.text(f"{name} to", given["to"], "give what to_dict gave")
    if kind == "occasions":
        checked["number"] = _checks.count(f"{name} number", given["number"])
    if kind == "modifications":
        checked["name"] = _checks.text(f"{name} name", given["name"], "give a modifier")
    if "times" in given:
        checked["times"] = _checks.count(f"{name} times", given["times"])
    if "mg_per_d" in given:
        checked["mg_per_d"] = _checks.optional_number(f"{name} mg_per_d", given["mg_per_d"])
    if kind == "doses":
        checked["route"] = _checks.text(f"{name} route", given["route"], "give a route")
        checked["label"] = _checks.text(f"{name} label", given["label"], "give a label")
        for key in ("with_meal", "at_steady_state"):
            checked[key] = _checks.flag(f"{name} {key}", given[key])
        checked["components"] = _checked_components(name, given["components"])
    return checked


def _checked_covariate(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": _checks.text(f"{name} name", given["name"], "give the name of a covariate"),
        "values": _checks.numbers(f"{name} values", given["values"]),
        "at_h": _checks.numbers(f"{name} at_h", given["at_h"], "give hours"),
        "rule": _checks.text(f"{name} rule", given["rule"], "give a rule"),
    }


def _checked_components(name: str, components: object) -> list[dict[str, Any]]:
    if not isinstance(components, (list, tuple)):
        _checks.refuse(
            f"{name} components must be a list",
            _checks.shown(components),
            "give salts and their mmol",
            TypeError,
        )
    checked = []
    for part in components:
        given = _checks.mapping(f"{name} component", part, "give salt and mmol")
        _checks.known_keys(f"{name} component", given, ("salt", "mmol"))
        _checks.all_keys(f"{name} component", given, ("salt", "mmol"))
        salt = _checks.text(f"{name} salt", given["salt"], "give its name")
        checked.append({"salt": salt, "mmol": _checks.number(f"{name} mmol", given["mmol"])})
    return checked
