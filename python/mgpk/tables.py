"""Tables with named, unit-bearing columns: what runs, baselines and traces are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.columns import describe

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Baseline", "Table", "carried"]


def carried() -> dict[str, Any]:
    """What every frame carries."""
    return {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}


class Table:
    """Named columns over time. ``table["name"]`` is a read-only NumPy view, without a copy.

    Concentrations in mmol/L can also be asked for in the units of the clinic:
    ``table["c_plasma_total_mg_per_dL"]``, ``table["c_plasma_total_mEq_per_L"]``.
    """

    __slots__ = ("_table",)
    _table: _core.Trajectory

    def __init__(self, table: _core.Trajectory) -> None:
        self._table = table

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        """A column, shape (n times,)."""
        return self._table[_checks.text("column", name, "give the name of a column")]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._table.has(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return self._table.n_rows

    @property
    def names(self) -> list[str]:
        """Names of all columns, ``time_h`` first."""
        return self._table.names

    def keys(self) -> list[str]:
        """Names of all columns, so that ``dict(table)`` works.

        Returns
        -------
        list of str
            ``time_h`` first.
        """
        return self.names

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column; "1" for a fraction or a number."""
        return {name: _core.unit_of(name) for name in self.names}

    @property
    def time_h(self) -> NDArray[np.float64]:
        """Output times in h, shape (n,)."""
        return self["time_h"]

    def to_pandas(self) -> pandas.DataFrame:
        """All columns as a data frame over ``time_h``.

        Returns
        -------
        pandas.DataFrame
            Index ``time_h`` in h; units, and the words that every output carries, in ``attrs``.
        """
        import pandas

        index = pandas.Index(self.time_h, name="time_h")
        # A copy: a frame may be written to, a run may not.
        values = self._table.matrix()[:, 1:].copy(order="F")
        frame = pandas.DataFrame(values, index=index, columns=self.names[1:])
        frame.attrs.update(units=self.units, **carried())
        return frame

    def to_xarray(self) -> xarray.Dataset:
        """All columns as a data set over ``time_h``.

        Returns
        -------
        xarray.Dataset
            Each variable with its unit and description in ``attrs``; the data set carries the
            version and the words that every output carries.
        """
        import xarray

        def attributes(name: str) -> dict[str, str]:
            return {"units": _core.unit_of(name), "description": describe(name)}

        return xarray.Dataset(
            {name: ("time_h", self[name], attributes(name)) for name in self.names[1:]},
            coords={"time_h": ("time_h", self.time_h, attributes("time_h"))},
            attrs=carried(),
        )


class Baseline(Table):
    """The same person without the plan, at the same times."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Baseline: {len(self)} times, {len(self.names)} columns>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Baseline, (self._table,))

    def __copy__(self) -> Baseline:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Baseline:
        return self
