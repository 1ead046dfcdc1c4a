"""What populations and bands have in common: many members, their curves and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.labels import label_and_unit

if TYPE_CHECKING:
    import pandas

__all__ = ["Ensemble"]

Array = NDArray[np.float64]
USUAL_QUANTILES = (0.025, 0.25, 0.5, 0.75, 0.975)
USUAL_COLUMNS = ("c_plasma_total_mmol_per_L", "urine_mmol_per_h", "a_urine_mmol")


def quantiles_of(quantiles: Iterable[float] | None) -> list[float]:
    shares = list(USUAL_QUANTILES) if quantiles is None else _checks.numbers("quantiles", quantiles)
    _core.check_quantiles(shares)
    return shares


def columns_of(columns: Iterable[str] | None) -> list[str]:
    if columns is None:
        return list(USUAL_COLUMNS)
    if isinstance(columns, str) or not isinstance(columns, Iterable):
        _checks.refuse(
            "columns must be a list", _checks.shown(columns), "name the columns", TypeError
        )
    return [_checks.text("column", name, "give the name of a column") for name in columns]


def seed_of(seed: object) -> int:
    checked = _checks.count("seed", seed)
    if checked < 0:
        _checks.refuse("seed must not be negative", str(checked), "give 0 or more")
    return checked


def threads_of(n_threads: object) -> int:
    if n_threads is None:
        return 0
    threads = _checks.count("n_threads", n_threads)
    if threads < 1:
        _checks.refuse("n_threads must be at least 1", str(threads), "leave it out for all cores")
    return threads


def members_of(n: object) -> int:
    checked = _checks.count("n", n)
    if checked < 1:
        _checks.refuse("n must be at least 1", str(checked), "give how many are to be drawn")
    return checked


class Ensemble:
    """Curves and numbers of many members, and the quantiles that were asked for.

    A member that failed has NaN in its line; quantiles are of the others.
    """

    __slots__ = ("_ensemble", "_quantiles")
    _ensemble: _core.Ensemble
    _quantiles: list[float]

    def __len__(self) -> int:
        return len(self._ensemble.failures)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __getitem__(self, column: str) -> Array:
        """A column of all members as a read-only view, shape (n members, n times)."""
        return self._ensemble.curve(
            _checks.text("column", column, "give the name of a column that was kept")
        )

    def __contains__(self, column: object) -> bool:
        return column in self.columns

    @property
    def columns(self) -> list[str]:
        """Names of the columns that were kept."""
        return self._ensemble.curve_names

    @property
    def quantiles(self) -> list[float]:
        """The shares that bands and ``summary`` are of, each a fraction."""
        return list(self._quantiles)

    @property
    def time_h(self) -> Array:
        """Output times in h, shape (n times,); empty where nobody was run."""
        return self._ensemble.times_h

    @property
    def failures(self) -> dict[int, str]:
        """The reason of each member that failed, by its index."""
        return {i: why for i, why in enumerate(self._ensemble.failures) if why}

    def _shares(self, quantiles: Iterable[float] | None) -> list[float]:
        return self._quantiles if quantiles is None else quantiles_of(quantiles)

    @_checks.keywords("write quantiles= before the shares")
    def band(self, column: str, *, quantiles: Iterable[float] | None = None) -> dict[float, Array]:
        """Quantiles of a column over time.

        Parameters
        ----------
        column : str
            A column that was kept, in its unit.
        quantiles : list of float, optional
            Shares, each a fraction, rising; those of the draw unless given.

        Returns
        -------
        dict of float to array
            Each share with its curve, shape (n times,).

        Raises
        ------
        UnknownNameError
            A column that was not kept.
        ValueError
            Shares that are none.
        """
        shares = self._shares(quantiles)
        name = _checks.text("column", column, "give the name of a column that was kept")
        return dict(zip(shares, self._ensemble.curve_bands(name, shares), strict=True))

    @_checks.keywords("write quantiles= before the shares")
    def summary(self, *, quantiles: Iterable[float] | None = None) -> pandas.DataFrame:
        """Quantiles of every number of the members.

        Parameters
        ----------
        quantiles : list of float, optional
            Shares, each a fraction, rising; those of the draw unless given.

        Returns
        -------
        pandas.DataFrame
            One line per number, its unit in its name; one column per share.

        Raises
        ------
        ValueError
            Shares that are none.
        """
        import pandas

        shares = self._shares(quantiles)
        frame = pandas.DataFrame(
            self._ensemble.number_bands(shares).T,
            index=pandas.Index(self._ensemble.number_names, name="number"),
            columns=shares,
        )
        frame.attrs.update(_carried(self._ensemble.number_names))
        return frame

    @property
    def numbers(self) -> dict[str, Array]:
        """Each number of the members, shape (n members,), its unit in its name."""
        table = self._ensemble.numbers
        return {name: table[:, i] for i, name in enumerate(self._ensemble.number_names)}

    def _frame(self, drawn: dict[str, Any]) -> pandas.DataFrame:
        """One line per member: what was drawn, its numbers, why it failed."""
        import pandas

        columns = {**drawn, **self.numbers, "failure": self._ensemble.failures}
        frame = pandas.DataFrame({name: np.asarray(values) for name, values in columns.items()})
        frame.index.name = "member"
        frame.attrs.update(_carried([name for name in columns if name != "failure"]))
        return frame

    def _words(self) -> str:
        """How many members, over which times, how many failed."""
        runs = f"; {len(self.time_h)} times to {self.time_h[-1]:g} h" if len(self.time_h) else ""
        failed = len(self.failures)
        return runs + (f"; {failed} failed" if failed else "")


def _carried(names: list[str]) -> dict[str, Any]:
    """What every frame carries."""
    units = {name: label_and_unit(name)[1] for name in names}
    return {"units": units, "disclaimer": _core.disclaimer, "mgpk_version": _core.version}
