"""Where the samples of a non-compartmental analysis come from: runs and data sets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk._nca_dataset import frame_of_dataset
from mgpk.results import Run

if TYPE_CHECKING:
    import pandas

    from mgpk.dataset import Dataset

__all__: list[str] = []

_SAME_H = 1e-9
Array = NDArray[np.float64]


def dataset_of(data: object) -> Dataset | None:
    """A data set of mgpk's own, which knows its units; None for what is none."""
    if not hasattr(data, "observations"):
        return None
    from mgpk.dataset import Dataset

    return data if isinstance(data, Dataset) else None


def frame_of(data: object) -> pandas.DataFrame | None:
    """The frame behind a data set; None for what is none."""
    own = dataset_of(data)
    if own is not None:
        return frame_of_dataset(own)
    frame: Any = data.to_pandas() if hasattr(data, "to_pandas") else data
    is_frame = hasattr(frame, "groupby") and hasattr(frame, "columns")
    return frame if is_frame else None


def dose_of_run(run: Run, given: dict[str, Any]) -> dict[str, Any]:
    """Dose, its time and its route: of the plan where it holds one dose, else as given."""
    found = {key: given[key] for key in ("dose_amount", "dose_at_h", "route", "infusion_h")}
    plan = run.plan
    lines = [] if plan is None else plan.to_dict()["doses"]
    single = len(lines) == 1 and lines[0]["times"] == 1
    if not single or lines[0].get("at_steady_state"):
        if any(found[key] is None for key in ("dose_amount", "dose_at_h", "route")):
            n = sum(line["times"] for line in lines)
            _checks.refuse(
                "the analysis of a run needs one dose",
                f"{n} in the plan",
                "say which: give dose_amount (mmol), dose_at_h and route",
            )
        return found
    line = lines[0]
    over_h = line["over_h"]
    routes = {"oral": "oral", "im": "extravascular", "iv": "iv_infusion" if over_h else "iv_bolus"}
    own = {
        "dose_amount": math.fsum(part["mmol"] for part in line["components"]),
        "dose_at_h": line["at_h"],
        "route": routes[line["route"]],
    }
    for key, value in own.items():
        found[key] = value if found[key] is None else found[key]
    if found["route"] == "iv_infusion" and found["infusion_h"] is None:
        found["infusion_h"] = over_h
    return found


def baseline_of_run(run: Run, column: str) -> Array:
    """The column of the same person without the plan."""
    if not run.has_baseline:
        _checks.refuse(
            "the analysis of a run takes off its baseline",
            "a run without one",
            "simulate with with_baseline=True, or give baseline=None",
        )
    return run.baseline[column]


def collections_of_run(
    run: Run, edges_h: object, dose_at_h: float, use_baseline: bool
) -> dict[str, Any]:
    """Collections between output times, from the cumulative amount in urine."""
    times = run.time_h
    if edges_h is None:
        rows = [int(i) for i in np.flatnonzero(times >= dose_at_h - _SAME_H)]
    else:
        rows = [_row_of(times, edge) for edge in _checks.numbers("edges_h", edges_h)]
    if len(rows) < 2:
        _checks.refuse(
            "collections need at least two edges", str(len(rows)), "give more edges_h"
        )

    def amounts(table: Any) -> list[float]:
        return _core.nca_amounts_between([float(table["a_urine_mmol"][row]) for row in rows])

    edges = [float(times[row]) for row in rows]
    found = {"starts_h": edges[:-1], "ends_h": edges[1:], "amounts": amounts(run)}
    if use_baseline:
        baseline_of_run(run, "a_urine_mmol")
        found["baseline"] = amounts(run.baseline)
    return found


def _row_of(times: Array, edge: float) -> int:
    row = int(np.argmin(np.abs(times - edge)))
    if abs(times[row] - edge) > _SAME_H * max(1.0, abs(edge)):
        _checks.refuse(
            "each edge of a collection must be an output time",
            f"{edge:g} h",
            "choose one of the run's times_h",
        )
    return row


def _numbers(frame: pandas.DataFrame, column: str) -> Array:
    try:
        return np.asarray(frame[column].to_numpy(), dtype=float)
    except (TypeError, ValueError):
        _checks.refuse(
            f"the column {column} must hold numbers", "text", "turn it into numbers, NaN for none"
        )


class Person:
    """The rows of one person."""

    def __init__(self, frame: pandas.DataFrame, column: str, dvid: object) -> None:
        self._frame = frame
        self._column = column
        self.time_h = _numbers(frame, "TIME")
        amount = self._or("AMT", 0.0)
        event = self._or("EVID", math.nan)
        self._is_dose = np.where(np.isnan(event), amount > 0, np.isin(event, (1, 4)))
        observed = np.where(np.isnan(event), ~self._is_dose, event == 0)
        observed &= self._or("MDV", 0.0) != 1
        if dvid is not None:
            observed &= np.asarray(frame["DVID"] == dvid)
        self._collected = ~np.isnan(self._or("TIME_END", math.nan))
        self._observed = observed

    def _or(self, column: str, instead: float) -> Array:
        if column not in self._frame.columns:
            return np.full(len(self._frame), instead)
        values = _numbers(self._frame, column)
        return np.where(np.isnan(values), instead, values)

    def _doses(self) -> Iterator[tuple[float, float, float]]:
        """Time, amount and rate of each dose, the additional ones among them."""
        amounts, rates = self._or("AMT", 0.0), self._or("RATE", 0.0)
        additional, intervals = self._or("ADDL", 0.0), self._or("II", 0.0)
        for i in np.flatnonzero(self._is_dose):
            for n in range(int(additional[i]) + 1):
                yield float(self.time_h[i] + n * intervals[i]), float(amounts[i]), float(rates[i])

    def dose(self, given: dict[str, Any]) -> dict[str, Any]:
        """The dose that is analysed, what was given about it, and when the next one comes."""
        found = {key: given[key] for key in ("dose_amount", "dose_at_h", "route", "infusion_h")}
        doses = sorted(self._doses())
        at_h = found["dose_at_h"]
        if at_h is None:
            if len(doses) > 1:
                _checks.refuse(
                    "the analysis of a person needs one dose", f"{len(doses)}", "give dose_at_h"
                )
            at_h = doses[0][0] if doses else 0.0
        found["dose_at_h"] = at_h
        here = [dose for dose in doses if abs(dose[0] - at_h) <= _SAME_H * max(1.0, abs(at_h))]
        later = [dose[0] for dose in doses if dose[0] > at_h + _SAME_H * max(1.0, abs(at_h))]
        found["until_h"] = min(later, default=math.inf)
        if len(here) == 1:
            _, amount, rate = here[0]
            if found["dose_amount"] is None and amount > 0:
                found["dose_amount"] = amount
            if rate > 0 and found["route"] in (None, "iv_infusion"):
                found["route"] = "iv_infusion"
                if found["infusion_h"] is None:
                    found["infusion_h"] = amount / rate
        return found

    def samples(
        self, until_h: float, lloq_amount_per_L: float | None, baseline: object
    ) -> dict[str, Any]:
        """Times, values and marks of the samples up to the next dose."""
        take = self._observed & ~self._collected & (self.time_h <= until_h)
        if not take.any():
            _checks.refuse("a person needs samples", "none", "check EVID, MDV and dvid")
        lloq = lloq_amount_per_L
        if lloq is None and "LLOQ" in self._frame.columns:
            limits = {value for value in self._or("LLOQ", math.nan)[take] if value == value}
            if len(limits) > 1:
                _checks.refuse(
                    "the limit of quantification must be one per person",
                    f"{len(limits)} values",
                    "give lloq_amount_per_L",
                )
            lloq = float(limits.pop()) if limits else None
        found = {
            "times_h": self.time_h[take].tolist(),
            "c": _numbers(self._frame, self._column)[take].tolist(),
            "is_blq": (self._or("CENS", 0.0)[take] == 1).tolist(),
            "lloq": lloq,
        }
        if isinstance(baseline, str) and baseline in self._frame.columns:
            found["baseline"] = _numbers(self._frame, baseline)[take].tolist()
        return found

    def collections(self, until_h: float, baseline: object) -> dict[str, Any]:
        """Collections of urine up to the next dose."""
        take = self._observed & self._collected & (self.time_h < until_h)
        found = {
            "starts_h": self.time_h[take].tolist(),
            "ends_h": self._or("TIME_END", math.nan)[take].tolist(),
            "amounts": _numbers(self._frame, self._column)[take].tolist(),
        }
        if isinstance(baseline, str) and baseline in self._frame.columns:
            found["baseline"] = _numbers(self._frame, baseline)[take].tolist()
        return found


def people(
    frame: pandas.DataFrame, column: str, dvid: object
) -> Iterator[tuple[Any, Person | ValueError]]:
    """ID and rows of each person, in the order of the data; or why the rows were refused."""
    for needed in ("ID", "TIME", column):
        if needed not in frame.columns:
            _checks.refuse(
                f"a data set for the analysis needs the column {needed}",
                "missing; there are " + ", ".join(map(str, frame.columns)),
                "rename the column",
            )
    if dvid is not None and "DVID" not in frame.columns:
        _checks.refuse("dvid chooses by the column DVID", "missing", "leave dvid out")
    for person, rows in frame.groupby("ID", sort=False):
        try:
            yield person, Person(rows, column, dvid)
        except ValueError as error:
            yield person, error
