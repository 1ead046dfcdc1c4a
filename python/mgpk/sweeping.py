"""Many persons and plans on all cores, one tidy line per point."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk.comparing import HOURS_UNTIL_EMPTY
from mgpk.errors import UnknownNameError
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.schedule import Schedule
from mgpk.simulating import subject_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas

__all__ = ["sweep"]

_REGIMEN_KEYS = ("at_h", "every_h", "times", "with_meal")
_BREAKFAST: Mapping[str, Any] = {"at_h": 8.0, "with_meal": True}
Pair = tuple[Subject, Schedule]


def _regimen_in_words(regimen: Mapping[str, Any]) -> str:
    words = f"at {regimen.get('at_h', 0.0):g} h"
    if (regimen.get("times") or 1) > 1:
        words += f", every {regimen.get('every_h') or 0.0:g} h, {regimen['times']} times"
    return words + (", with a meal" if regimen.get("with_meal") else "")


def _named_regimens(regimens: object) -> dict[str, Mapping[str, Any]]:
    if regimens is None:
        return {_regimen_in_words(_BREAKFAST): _BREAKFAST}
    if isinstance(regimens, Mapping):
        named = dict(_checks.mapping("regimens", regimens, "give names and keywords"))
    elif isinstance(regimens, Iterable) and not isinstance(regimens, str):
        lines = [_checks.mapping("a regimen", line, "give keywords of oral") for line in regimens]
        named = {_regimen_in_words(line): line for line in lines}
    else:
        _checks.refuse(
            "regimens must be a list", _checks.shown(regimens), "give keywords of oral", TypeError
        )
    for name, regimen in named.items():
        checked = _checks.mapping(f"regimen {name}", regimen, "give keywords of oral")
        _checks.known_keys("a regimen", checked, _REGIMEN_KEYS)
    return named


def _listed(name: str, values: object) -> list[float]:
    listed = _checks.numbers(name, values) if values is not None else []
    if not listed:
        _checks.refuse(f"{name} must hold at least one value", "empty", "give the values to sweep")
    return listed


def _grid(
    salts: object, elemental_mg: object, gfr_mL_per_min: object, regimens: object, subject: Subject
) -> tuple[list[dict[str, Any]], list[Pair | str]]:
    """Each point's own columns, and the point itself, or why there is none."""
    if salts is None or elemental_mg is None:
        _checks.refuse(
            "a sweep needs salts and elemental_mg, or points", "neither", "give one or the other"
        )
    if isinstance(salts, str) or not isinstance(salts, Iterable):
        _checks.refuse("salts must be a list", _checks.shown(salts), "name the salts", TypeError)
    names = [_core.salt(_checks.text("salt", salt, "give its name"))["salt"] for salt in salts]
    if not names:
        _checks.refuse("salts must hold at least one salt", "empty", "name the salts to sweep")
    own_gfr = subject.resolved["gfr_mL_per_min"]
    gfrs = [own_gfr] if gfr_mL_per_min is None else _listed("gfr_mL_per_min", gfr_mL_per_min)
    keys, points = [], list[Pair | str]()
    for salt, mg, gfr, (regimen, words) in itertools.product(
        names, _listed("elemental_mg", elemental_mg), gfrs, _named_regimens(regimens).items()
    ):
        keys.append({"salt": salt, "elemental_mg": mg, "gfr_mL_per_min": gfr, "regimen": regimen})
        try:
            person = subject.replace(gfr_mL_per_min=gfr, creatinine_mg_per_dL=None)
            points.append((person, Schedule().oral(salt, elemental_mg=mg, **words)))
        except UnknownNameError:
            raise
        except ValueError as error:
            points.append(str(error))
    return keys, points


def _given_pairs(points: object) -> tuple[list[dict[str, Any]], list[Pair | str]]:
    if not isinstance(points, Sequence) or isinstance(points, str):
        _checks.refuse(
            "points must be a list",
            _checks.shown(points),
            "give (Subject, Schedule) pairs",
            TypeError,
        )
    pairs = list[Pair | str]()
    for i, point in enumerate(points):
        if not (
            isinstance(point, tuple)
            and len(point) == 2
            and isinstance(point[0], Subject)
            and isinstance(point[1], Schedule)
        ):
            _checks.refuse(
                f"points[{i}] must be a pair of Subject and Schedule",
                _checks.shown(point),
                "give both",
                TypeError,
            )
        pairs.append(point)
    if not pairs:
        _checks.refuse("a sweep needs at least one point", "empty", "give points")
    keys = [
        {"point": i, "plan": "; ".join(plan.in_words())}
        for i, (_, plan) in enumerate(pair for pair in pairs if not isinstance(pair, str))
    ]
    return keys, pairs


def _last_dose_h(pairs: Iterable[Pair]) -> float:
    kinds = ("doses", "meals", "modifications")
    lines = [line for _, plan in pairs for kind in kinds for line in plan.to_dict()[kind]]
    return max(
        (
            line["at_h"]
            + (line["times"] - 1) * line["every_h"]
            + line.get("tlag_h", 0.0)
            + line["over_h"]
            for line in lines
        ),
        default=0.0,
    )


def end_of_plan_h(plan: Schedule) -> float:
    """When everything that a plan gives has left the gut."""
    return _last_dose_h([(Subject(), plan)]) + HOURS_UNTIL_EMPTY


def _row(key: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    fractions = {
        label: f for label, f in result["f_absorbed"].items() if label not in ("food", "endogenous")
    }
    if "salt" in key:
        shares = {"f_absorbed": fractions.get(key["salt"], math.nan)}
    else:
        shares = {f"f_absorbed_{label}": f for label, f in fractions.items()}
    numbers = {
        name: value for name, value in result.items() if name not in ("f_absorbed", "failure")
    }
    return {**key, **shares, **numbers, "failure": result["failure"]}


@_checks.keywords()
def sweep(
    *,
    salts: Iterable[str] | None = None,
    elemental_mg: Iterable[float] | None = None,
    gfr_mL_per_min: Iterable[float] | None = None,
    regimens: Iterable[Mapping[str, Any]] | Mapping[str, Mapping[str, Any]] | None = None,
    subject: Subject | None = None,
    points: Sequence[Pair] | None = None,
    until_h: float | None = None,
    every_h: float = 0.5,
    relative_tolerance: float = 1e-9,
    n_threads: int | None = None,
    progress: Progress = None,
) -> pandas.DataFrame:
    """Simulates a grid of salt, dose, GFR and regimen, or any list of points, on all cores.

    A point that is refused or fails is a line too, with the reason in ``failure``. No number
    depends on the number of threads.

    Parameters
    ----------
    salts : list of str, optional
        Names of salts.
    elemental_mg : list of float, optional
        Doses in mg of elemental magnesium.
    gfr_mL_per_min : list of float, optional
        GFR in mL/min; the subject's own unless given.
    regimens : list or mapping of mappings, optional
        How a dose is taken: ``at_h``, ``every_h`` (h), ``times``, ``with_meal``; a mapping gives
        each a name. One dose at 8 h with the breakfast unless given.
    subject : Subject, optional
        The person of the grid; the reference adult unless given.
    points : list of (Subject, Schedule), optional
        Any points, instead of a grid.
    until_h : float, optional
        End of all runs in h; 168 h after the last dose of any unless given.
    every_h : float
        Interval in h at which the highest plasma level is looked for.
    relative_tolerance : float
        Relative error allowed per step, a fraction, [1e-14, 0.1).
    n_threads : int, optional
        All cores unless given.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    pandas.DataFrame
        One line per point: what was varied, the numbers of ``Summary``, true fraction absorbed,
        plasma at the end (mmol/L), and ``failure``, empty where there was none.

    Raises
    ------
    UnknownNameError
        A salt that is not known.
    ValueError
        Nothing to sweep, or options that are refused.
    KeyboardInterrupt
        Ctrl-C during the sweep.
    """
    if points is not None:
        if not (
            salts is None and elemental_mg is None and gfr_mL_per_min is None and regimens is None
        ):
            _checks.refuse("a sweep takes either points or a grid", "both", "leave one of them out")
        if subject is not None:
            _checks.refuse("points bring their own subjects", "a subject besides", "leave it out")
        keys, made = _given_pairs(points)
    else:
        keys, made = _grid(salts, elemental_mg, gfr_mL_per_min, regimens, subject_of(subject))
    pairs = [point for point in made if not isinstance(point, str)]
    end_h = _last_dose_h(pairs) + HOURS_UNTIL_EMPTY if until_h is None else until_h
    options = SimulationOptions(
        until_h=end_h, every_h=every_h, relative_tolerance=relative_tolerance
    )
    threads = 0 if n_threads is None else _checks.count("n_threads", n_threads)
    if n_threads is not None and threads < 1:
        _checks.refuse("n_threads must be at least 1", str(threads), "leave it out for all cores")
    cores = [(person._inner, plan._inner) for person, plan in pairs]
    results: list[dict[str, Any]] = (
        watched(
            "sweep",
            progress,
            lambda callback: _core.sweep(cores, options._inner, threads, callback),
        )
        if cores
        else []
    )
    return _frame(keys, made, results)


def _frame(
    keys: list[dict[str, Any]], made: list[Pair | str], results: list[dict[str, Any]]
) -> pandas.DataFrame:
    """All lines in the order of the points, those that were refused among them."""
    import pandas

    solved = iter(results)
    rows = [
        {**key, "failure": point} if isinstance(point, str) else _row(key, next(solved))
        for key, point in zip(keys, made, strict=True)
    ]
    frame = pandas.DataFrame(rows)
    frame = frame[[name for name in frame.columns if name != "failure"] + ["failure"]]
    frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
    return frame
