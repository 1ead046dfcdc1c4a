"""The named changes of a person: drugs, states and inherited defects, with size and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mgpk import _core
from mgpk.display import table

if TYPE_CHECKING:
    import pandas

__all__ = ["Modifier", "Modifiers", "modifiers"]


@dataclass(frozen=True)
class Modifier:
    """One row of the table: what one modifier does to one number of the body."""

    name: str  #: several rows may share it
    target: str  #: the number that is changed
    how: str  #: "times" or "plus"
    value: float  #: a factor, or an amount in ``unit``
    low: float  #: lowest plausible value
    high: float  #: highest plausible value
    unit: str  #: "1" for a factor
    kind: str  #: measured, derived, calibrated or assumed
    applies: str  #: "chronic" (a property of a person), "acute" (a line of a plan) or "both"
    reference: str  #: key of the source
    citation: str  #: the source
    note: str  #: what it rests on, and what is not known

    def __repr__(self) -> str:
        unit = "" if self.unit == "1" else f" {self.unit}"
        return (
            f"<Modifier: {self.name}, {self.target} {self.how} {self.value:g}{unit} "
            f"({self.low:g} to {self.high:g}), {self.applies}, {self.kind}, {self.reference}>"
        )


class Modifiers:
    """All rows of the table, in its order; ``["thiazide"]`` gives those of one modifier."""

    __slots__ = ("_rows",)

    def __init__(self, rows: tuple[Modifier, ...]) -> None:
        self._rows = rows

    @property
    def names(self) -> list[str]:
        """The names that a subject or a plan takes."""
        return list(dict.fromkeys(row.name for row in self._rows))

    def __getitem__(self, name: str) -> Modifiers:
        """The rows of one modifier."""
        rows = tuple(row for row in self._rows if row.name == name)
        if not rows:
            raise KeyError(f'no modifier is called "{name}"; known are {", ".join(self.names)}')
        return Modifiers(rows)

    def __iter__(self) -> Iterator[Modifier]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, name: object) -> bool:
        return any(row.name == name for row in self._rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a frame.

        Returns
        -------
        pandas.DataFrame
            One line per row: name, target, how, value, low, high, unit, kind, applies, reference,
            citation, note.
        """
        import pandas

        return pandas.DataFrame([vars(row) for row in self._rows])

    def __repr__(self) -> str:
        return f"<Modifiers: {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        heads = ("modifier", "changes", "by", "range", "applies", "kind", "source")
        return table(
            heads,
            [
                (
                    row.name,
                    row.target,
                    f"{row.how} {row.value:g}" + ("" if row.unit == "1" else f" {row.unit}"),
                    f"{row.low:g} to {row.high:g}",
                    row.applies,
                    row.kind,
                    row.reference,
                )
                for row in self._rows
            ],
        )


def modifiers() -> Modifiers:
    """The named changes of a person that ``Subject`` and ``Schedule.modify`` take.

    Returns
    -------
    Modifiers
        One row for each number that a modifier changes, with size, range, kind and source; factors
        without a unit, amounts in the unit of the row.

    See Also
    --------
    mgpk.parameters : the numbers of the body that they act on.
    """
    return Modifiers(tuple(Modifier(**row) for row in _core.modifiers()))
