"""What users have in memory, as columns for the C++ reader, and the options of reading."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks, _core

if TYPE_CHECKING:
    from pandas import DataFrame

#: A column of numbers, or a list of texts.
Cells = np.ndarray[Any, Any] | list[str]

_EXACT = 2**53  # whole numbers up to here are exact as doubles


def _pairs(name: str, value: object) -> list[tuple[str, str]]:
    if value is None:
        return []
    given = _checks.mapping(name, value, "give a mapping of texts to texts")
    return [(key, _checks.text(f"{name}[{key}]", item, "give text")) for key, item in given.items()]


def _texts(name: str, value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        _checks.refuse(f"{name} must be a list of texts", _checks.shown(value), "give one", TypeError)
    return [_checks.text(f"{name}[{i}]", item, "give text") for i, item in enumerate(value)]


def _word(name: str, value: object) -> str:
    return "" if value is None else _checks.text(name, value, "give a text")


@_checks.keywords("give the options of reading by keyword")
def read_options(
    *,
    time_unit: str | None = None,
    units: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    covariates: Iterable[str] | None = None,
    missing: Iterable[str] = ("", ".", "NA"),
    compartments: Iterable[str] | None = None,
    kinds: Mapping[str, str] | None = None,
    date_order: str = "ymd",
    delimiter: str = ",",
    ignore: str | None = None,
) -> dict[str, Any]:
    """The options as the C++ reader takes them."""
    return {
        "time_unit": _word("time_unit", time_unit),
        "units": _pairs("units", units),
        "columns": _pairs("columns", columns),
        "covariates": _texts("covariates", covariates),
        "missing": _texts("missing", missing),
        "compartments": _texts("compartments", compartments),
        "kinds": _pairs("kinds", kinds),
        "date_order": _word("date_order", date_order),
        "delimiter": _word("delimiter", delimiter),
        "ignore": _word("ignore", ignore),
    }


def bytes_of(source: object) -> bytes:
    """The bytes of a path, of bytes, or of anything that can be read."""
    import os

    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            return file.read()
    if isinstance(source, (bytes, bytearray)):
        return bytes(source)
    read = getattr(source, "read", None)
    if read is None:
        _checks.refuse(
            "a data set is read from a path, from bytes or from an open file",
            _checks.shown(source),
            "give one of them, or use Dataset.from_pandas or Dataset.from_dict",
            TypeError,
        )
    text = read()
    # What is no UTF-8 is for the linter to say.
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)


def _cell(name: str, value: object) -> str:
    """A value of a column of mixed things, as a CSV has it."""
    if value is None or (isinstance(value, (float, np.floating)) and math.isnan(value)):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return str(int(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return _core.text_of(float(value))
    if isinstance(value, (datetime.datetime, np.datetime64)):
        return _moment(np.datetime64(value))
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if type(value).__name__ in ("NAType", "NaTType"):
        return ""
    _checks.refuse(
        f"column {name} must hold numbers, texts or dates",
        _checks.shown(value),
        "convert it first",
        TypeError,
    )


def _moment(value: np.datetime64) -> str:
    return "" if np.isnat(value) else str(value.astype("datetime64[us]")).replace("T", " ")


def cells(name: str, values: object) -> Cells:
    """A column of anything one-dimensional as numbers or as texts."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        _checks.refuse(f"column {name} must be a list", _checks.shown(values), "give one", TypeError)
    array = values if isinstance(values, np.ndarray) else np.asarray(list(values), dtype=object)
    if array.ndim != 1:
        _checks.refuse(f"column {name} must be flat", f"{array.ndim}-dimensional", "give a list")
    kind = array.dtype.kind
    if kind == "M":
        return [_moment(value) for value in array]
    if kind == "f" or kind == "b" or (kind in "iu" and not _is_large(array)):
        return array.astype(np.float64)
    if kind == "O" and all(isinstance(value, float) for value in array):
        return array.astype(np.float64)
    return [_cell(name, value) for value in array]


def _is_large(array: np.ndarray[Any, Any]) -> bool:
    return array.size > 0 and max(abs(int(array.min())), abs(int(array.max()))) > _EXACT


def columns_of_mapping(columns: object) -> list[tuple[str, Cells]]:
    given = _checks.mapping("columns", columns, "give names and lists")
    return [(name, cells(name, values)) for name, values in given.items()]


def columns_of_frame(frame: DataFrame) -> list[tuple[str, Cells]]:
    if any(name is not None for name in frame.index.names):
        _checks.refuse(
            "the index of a frame must have no name, since an index is not read",
            ", ".join(f'"{name}"' for name in frame.index.names),
            "call reset_index() first",
        )
    found = []
    for i, name in enumerate(frame.columns):
        series = frame.iloc[:, i]
        _checks.text("each name of a column", name, "rename it")
        found.append((name, cells(name, series.to_numpy(**_numpy_form(series)))))
    return found


def _numpy_form(series: Any) -> dict[str, Any]:
    """Nullable numbers of pandas come as doubles, what else is an extension as objects."""
    kind = getattr(series.dtype, "kind", "O")
    if isinstance(series.dtype, np.dtype):
        return {}
    if kind == "f" or (kind in "iub" and series.isna().any()):
        return {"dtype": np.float64, "na_value": np.nan}
    return {"dtype": object}
