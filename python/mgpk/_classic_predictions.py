"""What a classic model predicts: one value per row of the data set."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.dataset import Dataset, read_dataset
from mgpk.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["Predictions"]


def data_set_of(source: object) -> Dataset:
    """A data set from whatever the user has."""
    if isinstance(source, Dataset):
        return source
    if isinstance(source, (str, os.PathLike)):
        return read_dataset(source)
    if isinstance(source, Mapping):
        return Dataset.from_dict(source)
    if hasattr(source, "iloc"):
        return Dataset.from_pandas(source)  # type: ignore[arg-type]
    _checks.refuse(
        "dataset must be an mgpk.Dataset, the path of a CSV, a frame or a mapping of columns",
        _checks.shown(source),
        "read it with mgpk.read_dataset",
        TypeError,
    )


class Predictions:
    """One value per row of the data set, in its order; ``predictions["name"]`` is an array.

    Columns: ``c_central_amount_per_L``, ``a_..._amount`` of every compartment,
    ``time_after_dose_h``, ``n_doses`` and ``occasion``.
    """

    __slots__ = ("_data", "_model", "_result")
    _model: str
    _data: Dataset
    _result: dict[str, Any]

    def __init__(self, model: str, data: Dataset, result: dict[str, Any]) -> None:
        self._model = model
        self._data = data
        self._result = result
        for array in result["columns"].values():
            array.setflags(write=False)

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        """A column, shape (n rows,)."""
        columns: dict[str, NDArray[np.float64]] = self._result["columns"]
        if name not in columns:
            raise UnknownNameError(
                f'a column of predictions must be one that they have, but it is "{name}"; '
                + _checks.suggestion(_checks.text("column", name, "give a name"), columns)
            )
        return columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self._result["columns"]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.c_central)

    @property
    def names(self) -> list[str]:
        """Names of all columns."""
        return list(self._result["columns"])

    @property
    def c_central(self) -> NDArray[np.float64]:
        """Concentration in the central compartment, amount per L (or per what ``scale`` says)."""
        return self["c_central_amount_per_L"]

    @property
    def dataset(self) -> Dataset:
        """The data set that was predicted."""
        return self._data

    @property
    def engine(self) -> dict[str, str]:
        """ID to the engine that was used: "closed_form" or "ode"."""
        return {person["id"]: str(person["engine"]) for person in self._result["people"]}

    @property
    def status(self) -> dict[str, _core.Status]:
        """ID to how it went: ``ok``, ``message``, ``t_h`` (h)."""
        return {person["id"]: person["status"] for person in self._result["people"]}

    @property
    def unused_columns(self) -> list[str]:
        """Columns named like attributes of doses (ALAG1, F2, D1, R1 ...) that nothing reads."""
        return list(self._result["unused_columns"])

    def to_pandas(self) -> pandas.DataFrame:
        """The data set's columns with the predictions beside them.

        Returns
        -------
        pandas.DataFrame
            One row per record, in the order of the data set.
        """
        frame = self._data.to_pandas()
        for name in self.names:
            if name in frame.columns:
                _checks.refuse(
                    "a column of the data set must not have the name of a prediction",
                    f'"{name}"',
                    "rename it",
                )
            frame[name] = self[name].copy()
        frame.attrs.update(disclaimer=_core.disclaimer, mgpk_version=_core.version)
        return frame

    def plot(self) -> Figure:
        """Plots the central concentration of every person over time.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk.plotting import _figure, _finish, _styled

        with _styled():
            figure, (axes,) = _figure(1, 1, 7.0, 4.2)
            for person in self._data.people:
                axes.plot(self._data.time_h[person.rows], self.c_central[person.rows])
            axes.set_xlabel("time (h)")
            axes.set_ylabel("central concentration (amount/L)")
            return _finish(figure, self._model, 7.0)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Predictions, (self._model, self._data, self._result))

    def __repr__(self) -> str:
        people = self._result["people"]
        failed = [person["id"] for person in people if not person["status"].ok]
        engines = ", ".join(sorted(set(self.engine.values())))
        persons = "1 person" if len(people) == 1 else f"{len(people)} people"
        text = f"<Predictions of {self._model}: {len(self)} rows, {persons}, {engines}"
        if failed:
            text += f"; failed: ID {', '.join(failed)}, see status"
        if self.unused_columns:
            text += f"; not read: {', '.join(self.unused_columns)}"
        return text + ">"
