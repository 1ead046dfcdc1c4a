"""From the records of a data set to the lines of a plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from mgpk import _checks, _core

__all__: list[str] = []

#: Column of the data set to what C++ calls it, with what a missing one means.
_COLUMNS: dict[str, tuple[str, float]] = {
    "TIME": ("time_h", math.nan),
    "AMT": ("amount", 0.0),
    "RATE": ("rate", 0.0),
    "II": ("interval_h", 0.0),
    "OCC": ("occasion", math.nan),
}
_COUNTS = {"ADDL": "n_additional", "SS": "at_steady_state"}
#: Columns that would change doses: reading past them would give silent wrong numbers.
_NOT_READ = ("F", "F1", "BIO", "ALAG", "ALAG1", "LAG", "TLAG", "DUR", "D1", "R1", "DATE", "DAT1")


def _frame(records: Any) -> Any:
    """A pandas frame with column names in capitals."""
    frame = records.to_pandas() if hasattr(records, "to_pandas") else records
    if not hasattr(frame, "columns") or not hasattr(frame, "loc"):
        _checks.refuse(
            "records must be a pandas frame or a data set",
            type(frame).__name__,
            "read the file with pandas or with mgpk.read_dataset",
            TypeError,
        )
    names = [str(name).strip().upper() for name in frame.columns]
    for name in names:
        if name in _NOT_READ:
            _checks.refuse(
                "records for a body must hold no column of F, lag, duration, rate or date",
                name,
                "build the plan with tlag_h and f_bioavailable, and give TIME in hours",
            )
    for needed in ("TIME", "AMT"):
        if needed not in names:
            _checks.refuse(f"records need the column {needed}", "missing", "give it")
    return frame.set_axis(names, axis=1)


def _of_person(frame: Any, person: int | str | None) -> Any:
    if "ID" not in frame.columns:
        if person is not None:
            _checks.refuse("a person needs a column ID", "missing", "leave person out")
        return frame
    ids = list(dict.fromkeys(frame["ID"].astype(str)))
    if person is None:
        if len(ids) > 1:
            _checks.refuse(
                "records of one person make a plan", f"{len(ids)} persons", "name one with person="
            )
        return frame
    if str(person) not in ids:
        _checks.refuse("person must be an ID of the records", f'"{person}"', "give one of them")
    return frame[frame["ID"].astype(str) == str(person)]


def _number(value: Any, name: str, usual: float) -> float:
    """A cell; a dot, an empty one and NaN mean that nothing is said."""
    if value is None or (isinstance(value, str) and value.strip() in ("", ".")):
        return usual
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            _checks.refuse(f"{name} must be a number", _checks.shown(value), "give a number")
    number = _checks.number(name, value)
    return usual if math.isnan(number) else number


def _event(line: Mapping[str, Any], row: str) -> int:
    """EVID; without the column a record with an amount is a dose."""
    if "EVID" in line:
        event = _checks.count(f"EVID ({row})", _number(line["EVID"], f"EVID ({row})", 0.0))
        if not 0 <= event <= 4:
            _checks.refuse(f"EVID must be 0 to 4 ({row})", str(event), "give what the record is")
        return event
    return 1 if _number(line["AMT"], f"AMT ({row})", 0.0) > 0 else 0


def _compartment(line: Mapping[str, Any], row: str, numbers: Mapping[str, int]) -> int:
    """Its number among the keys of `compartments`; 0 where nothing is said."""
    value = line.get("CMT", ".")
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return 0
    if isinstance(value, (int, float, np.integer, np.floating)):
        value = _checks.count(f"CMT ({row})", value)
    name = str(value).strip()
    if name in ("", ".", "0"):
        return 0
    return numbers.get(name, -1)


def core_plan(
    records: Any,
    compartments: Mapping[int | str, str],
    unit: object,
    person: int | str | None,
    clock_at_zero_h: object,
    reset_to: object,
) -> _core.Schedule:
    if not isinstance(compartments, Mapping) or not compartments:
        _checks.refuse(
            "compartments must map CMT to a route and a salt",
            _checks.shown(compartments),
            'give such as {1: "oral:citrate"}',
            TypeError,
        )
    frame = _of_person(_frame(records), person)
    numbers = {str(key): i + 1 for i, key in enumerate(compartments)}
    given: dict[Any, str] = {
        i + 1: _checks.text(f"compartments[{key!r}]", value, 'give such as "oral:citrate"')
        for i, (key, value) in enumerate(compartments.items())
    }
    rows = []
    for i, line in enumerate(frame.to_dict("records")):
        row = f"row {i + 1}"
        event = _event(line, row)
        record: dict[str, Any] = {"row": i, "event": event}
        for column, (name, usual) in _COLUMNS.items():
            record[name] = _number(line.get(column), f"{column} ({row})", usual)
        for column, name in _COUNTS.items():
            record[name] = _checks.count(
                f"{column} ({row})", _number(line.get(column), f"{column} ({row})", 0.0)
            )
        record["compartment"] = _compartment(line, row, numbers)
        if record["compartment"] < 0 and event in (1, 4):
            _checks.refuse(
                f"CMT of a dose must be one of compartments ({row})",
                _checks.shown(line["CMT"]),
                "name its route and salt in compartments",
            )
        rows.append(record)
    return _core.Schedule.from_records(
        rows,
        given,
        _checks.text("unit", unit, "say in which unit AMT is"),
        _checks.number("clock_at_zero_h", clock_at_zero_h, "give an hour of the day"),
        _checks.text("reset_to", reset_to, 'give "baseline" or "empty_gut"'),
    )
