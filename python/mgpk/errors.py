"""How mgpk says no. Every message reads "<rule>, but it is <value>; <what to do>"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mgpk._core import Status

__all__ = [
    "DataSetError",
    "DocumentError",
    "NotComputedError",
    "SolveError",
    "UnknownNameError",
]


class UnknownNameError(KeyError, ValueError):
    """A name that mgpk does not know: a salt, a column, a parameter.

    It is a KeyError, and a ValueError like every bad input; ``str()`` gives the plain message.
    """

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class NotComputedError(KeyError, ValueError):
    """An effect that is documented and not computed; the message says why there is none.

    ``effect`` is its name, and ``trials`` lists what trials have published, as names for
    ``mgpk.trial_effects()``. ``str()`` gives the plain message.
    """

    def __init__(self, message: str, effect: str, trials: list[str]) -> None:
        super().__init__(message)
        self.effect = effect
        self.trials = trials

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return (NotComputedError, (str(self), self.effect, self.trials))


class DocumentError(ValueError):
    """A run file that is refused; the message lists all problems.

    ``problems`` holds them one by one as tuples of text: the place as a JSON pointer, the message,
    and "structure" or "value".
    """

    def __init__(self, message: str, problems: list[tuple[str, str, str]]) -> None:
        super().__init__(message)
        self.problems = problems

    def __reduce__(self) -> tuple[Any, ...]:
        return (DocumentError, (str(self), self.problems))


class DataSetError(ValueError):
    """A data set that cannot be read as it stands.

    The message lists the first problems; ``problems`` holds all, warnings too, as a list of
    ``mgpk.dataset.Problem`` that prints as a table.
    """

    def __init__(self, message: str, problems: Iterable[tuple[Any, ...]]) -> None:
        from mgpk._dataset_problems import Problem, Problems

        super().__init__(message)
        self.problems = Problems(Problem(*parts) for parts in problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return (DataSetError, (str(self), [tuple(problem) for problem in self.problems]))


class SolveError(RuntimeError):
    """A solve that failed: what went wrong, when, in which state, and what to do about it.

    ``status`` holds the same in parts: ``code``, ``t_h`` (h), ``state_name``, ``value``, ``advice``;
    it is None where the solve was one of many and only the words are known.
    """

    def __init__(self, message: str, status: Status | None = None) -> None:
        super().__init__(message)
        self.status = status

    def __reduce__(self) -> tuple[Any, ...]:
        return (SolveError, (str(self), self.status))
