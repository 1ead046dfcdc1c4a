"""Says in words what the data hold least."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from mgpk.mixed_inputs import Array

__all__: list[str] = []

#: Shares of a direction below this are left out of the words.
_SMALL = 0.1
#: A standard error beyond which a direction counts as not known.
_UNKNOWN = 10.0


def loosest_in_words(
    names: Sequence[str], is_log: Sequence[bool], size: Array, directions: Array
) -> str:
    """The combination of numbers that the data determine least.

    ``size`` and ``directions`` are those of half the second slopes on the scale of the search.
    """
    if not size.size:
        return ""
    direction = directions[:, 0]
    direction = direction / direction[int(np.abs(direction).argmax())]
    parts = []
    for k in np.argsort(-np.abs(direction)):
        share = float(direction[k])
        if abs(share) < _SMALL:
            break
        moves = "up" if share > 0 else "down"
        by = "" if abs(share) > 0.9 else f" by {abs(share):.2g} as much"
        parts.append(f"{_spelled(names[k])} {moves}{by}")
    scale = "logarithms" if all(is_log) else "the scale of the search"
    error = 1.0 / math.sqrt(size[0]) if size[0] > 0 else math.inf
    known = f"known to +/- {error:.2g} in {scale}" if error < _UNKNOWN else "hardly known at all"
    together = ", together" if len(parts) > 1 else ""
    return f"loosest: {', '.join(parts)}{together} ({known})"


def _spelled(name: str) -> str:
    """A variance is searched by its root: how far people spread."""
    alone = name.startswith("omega(") and "," not in name
    return f"the spread of {name[6:-1]}" if alone else name
