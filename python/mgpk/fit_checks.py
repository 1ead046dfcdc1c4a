"""What a fit would draw, beside what was observed: the visual predictive check as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks
from mgpk.mixed_inputs import Array

if TYPE_CHECKING:
    import pandas

    from mgpk.mixed_results import MixedFit

__all__: list[str] = []

#: The share of the replicates between low and high, in percent of them.
_BAND = (5, 50, 95)


def columns_of(fit: MixedFit) -> list[str]:
    """The columns of a run that were observed; none in fits of classic models."""
    return list(getattr(fit._problem.data, "columns", []))


def rows_of(fit: MixedFit, column: str | None) -> Any:
    """Whether each observation is of the column."""
    columns = columns_of(fit)
    if column is None:
        if len(columns) > 1:
            _checks.refuse(
                "one column must be chosen where several were observed",
                ", ".join(columns),
                "write column=",
            )
        return np.ones(fit._problem.data.limit.size, dtype=bool)
    word = _checks.text("column", column, "give a column that was observed")
    _checks.known_keys("the observations", [word], columns)
    observations: Any = fit._problem.data.observations
    return np.array([one == word for one in observations.column])


def bins_of(time_h: Array, bins: object) -> Any:
    """The bin of each time: its own where times are few, else cut at the widest gaps.

    Where that leaves a bin with hardly a value, times are spread out: as many values in each then.
    """
    n = _checks.count("bins", bins)
    if n < 1:
        _checks.refuse("bins must be at least 1", str(n), "raise it")
    distinct, own = np.unique(time_h, return_inverse=True)
    if distinct.size <= n:
        return own
    # A gap of an hour is wide among the first samples and narrow on the next day.
    gaps = np.diff(np.log1p(distinct - distinct[0]))
    cuts = np.sort(np.argsort(gaps)[gaps.size - (n - 1) :])
    place = np.searchsorted((distinct[cuts] + distinct[cuts + 1]) / 2, time_h)
    if np.bincount(place, minlength=n).min() >= time_h.size / (4 * n):
        return place
    edges = np.unique(np.quantile(time_h, np.linspace(0, 1, n + 1)))
    return np.clip(np.searchsorted(edges, time_h, side="right") - 1, 0, max(edges.size - 2, 0))


def vpc_table(
    fit: MixedFit, n: int, seed: int, bins: int, percentiles: Any, column: str | None
) -> pandas.DataFrame:
    import pandas

    rows = np.flatnonzero(rows_of(fit, column))
    data = fit._problem.data
    time_h = np.asarray(data.observations.time_h, dtype=float)[rows]
    drawn, observed, kind = fit.simulate(n, seed)[rows], data.limit[rows], data.kind[rows]
    # Below the limit nothing is known but that; observed and drawn values stop there alike.
    if (kind > 0).any():
        floor = float(observed[kind > 0].max())
        drawn, observed = np.maximum(drawn, floor), np.maximum(observed, floor)
    if (kind < 0).any():
        ceiling = float(observed[kind < 0].min())
        drawn, observed = np.minimum(drawn, ceiling), np.minimum(observed, ceiling)
    place = bins_of(time_h, bins)
    lines = []
    for one in np.unique(place):
        inside = place == one
        for percent in _checks.numbers("percentiles", percentiles):
            low, middle, high = np.percentile(np.percentile(drawn[inside], percent, axis=0), _BAND)
            lines.append(
                {
                    "time_h": float(np.median(time_h[inside])),
                    "n": int(inside.sum()),
                    "percentile": percent,
                    "observed": float(np.percentile(observed[inside], percent)),
                    "low": low,
                    "median": middle,
                    "high": high,
                }
            )
    return pandas.DataFrame(lines)
