"""Problems of a data set, and how they print."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Problem", "Problems"]

_SHOWN = 60  # rows of the table


class Problem(NamedTuple):
    """One problem of a data set; the codes stand in docs/data-sets.md."""

    code: str
    """What kind of problem it is."""
    is_error: bool
    """An error stops a reading, a warning does not."""
    line: int
    """Line of the file, from 1 on; 0 where it is about the whole file."""
    column: str
    """The column; empty where it is about the whole row."""
    value: str
    """The cell as it stands in the file."""
    advice: str
    """The rule, and what to do."""

    @property
    def severity(self) -> str:
        """Either "error" or "warning"."""
        return "error" if self.is_error else "warning"


class Problems(list[Problem]):
    """All problems of a data set, in the order of the file; prints as a table."""

    @property
    def errors(self) -> Problems:
        """The errors alone."""
        return Problems(problem for problem in self if problem.is_error)

    @property
    def codes(self) -> list[str]:
        """The code of each problem."""
        return [problem.code for problem in self]

    def __repr__(self) -> str:
        if not self:
            return "no problems"
        head = ("line", "severity", "code", "column", "value", "advice")
        rows = [
            (str(p.line) if p.line else "", p.severity, p.code, p.column, _short(p.value), p.advice)
            for p in self[:_SHOWN]
        ]
        widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head) - 1)]
        lines = [
            "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[-1]])
            for row in [head, *rows]
        ]
        if len(self) > _SHOWN:
            lines.append(f"and {len(self) - _SHOWN} more")
        return "\n".join(lines)


def _short(value: str) -> str:
    shown = value.encode("unicode_escape").decode("ascii") if not value.isprintable() else value
    return shown if len(shown) <= 24 else shown[:21] + "..."
