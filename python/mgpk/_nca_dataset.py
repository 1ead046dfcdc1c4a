"""A data set as the frame that the analysis reads: known names, hours, one unit of amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks
from mgpk import _nca_tables as tables

if TYPE_CHECKING:
    import pandas

    from mgpk.dataset import Dataset

__all__: list[str] = []


def amount_unit_of(data: Dataset) -> str | None:
    """The unit of AMT, where the data set states one; DV must be in the same per L."""
    amount = data.unit("AMT") if "AMT" in data else ""
    observed = data.unit("DV") if "DV" in data else ""
    fitting = (amount, f"{amount}/L", tables.PER_LITRE.get(amount, ""))
    if amount and observed and observed not in fitting:
        _checks.refuse(
            f"DV must be in the unit of AMT per L, {amount}/L",
            observed,
            "convert one of the columns: the analysis divides one by the other",
        )
    return amount or None


def _doses(data: Dataset) -> dict[str, Any]:
    """AMT, RATE, ADDL and II; refused where RATE or II would count in something else than h."""
    found = {name: data[name] for name in ("AMT", "RATE", "ADDL", "II") if name in data}
    stated = {name: data.unit(name) for name in ("RATE", "II") if name in found}
    times_in_h = np.array_equal(data["TIME"], data.time_h)
    for name, unit in stated.items():
        used = np.any(np.nan_to_num(found[name]) != 0)
        own = unit == "h" or unit.endswith("/h") if unit else times_in_h
        if used and not own:
            _checks.refuse(
                f"{name} must count in hours for the analysis",
                f'"{unit}"' if unit else "another unit of time",
                "convert TIME, RATE and II to hours",
            )
    return found


def frame_of_dataset(data: Dataset) -> pandas.DataFrame:
    """The rows under known names, times in h, observations as the data set understands them."""
    import pandas

    n = len(data)
    ids = np.empty(n, dtype=object)
    for person in data.people:
        ids[person.rows] = person.id
    seen = data.observations()
    rows = np.asarray(seen.row, dtype=np.int64)
    rows_read = rows[seen.kind != "isotope_ratio"]
    columns: dict[str, Any] = {"ID": ids, "TIME": data.time_h, "EVID": data.event}
    columns.update(_doses(data))
    mdv = np.ones(n)
    mdv[rows_read] = 0
    columns["MDV"] = mdv
    for name, values in (
        ("DV", seen.value),
        ("CENS", seen.censored),
        ("LLOQ", seen.limit),
        ("TIME_END", seen.end_h),
    ):
        column = np.full(n, np.nan)
        column[rows] = values
        columns[name] = column
    label = np.full(n, None, dtype=object)
    label[rows] = seen.label
    columns["DVID"] = label
    for name in data.covariates:
        columns.setdefault(name, data[name])
    return pandas.DataFrame(columns)
