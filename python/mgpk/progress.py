"""Progress on anything that takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from mgpk import _checks

__all__: list[str] = []

Progress = bool | Callable[[float], object] | None


class _Bar:
    """A bar that appears after a second; tqdm is imported only then."""

    def __init__(self, words: str, patience_s: float) -> None:
        self._words = words
        self._appears = time.monotonic() + patience_s
        self._bar: Any = None

    def __call__(self, f_done: float) -> None:
        if self._bar is None and time.monotonic() >= self._appears:
            from tqdm.auto import tqdm

            self._bar = tqdm(
                total=100.0, desc=self._words, bar_format="{l_bar}{bar}| {elapsed}<{remaining}"
            )
        if self._bar is not None:
            self._bar.update(100.0 * f_done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.update(100.0 - self._bar.n)
            self._bar.close()


def watched(words: str, progress: Progress, solve: Callable[[Any], Any]) -> Any:
    """Calls ``solve(callback)``; the callback takes the fraction done, or is None."""
    if callable(progress):
        return solve(progress)
    if progress not in (None, True, False):
        _checks.refuse(
            "progress must be True, False or a function of the fraction done",
            _checks.shown(progress),
            "give one of these",
            TypeError,
        )
    on_screen = sys.stderr is not None and sys.stderr.isatty()
    if progress is False or (progress is None and not (on_screen or "ipykernel" in sys.modules)):
        return solve(None)
    bar = _Bar(words, 0.0 if progress else 1.0)
    try:
        return solve(bar)
    finally:
        bar.close()
