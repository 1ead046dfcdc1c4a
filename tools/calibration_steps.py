"""Gauss-Newton steps on the logarithms of constants, with priors and bounds; used by the calibration
and, with slopes that are kept, by the report."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

import mgpk

ROOT = Path(__file__).resolve().parents[1]
Array = NDArray[np.float64]
FAILED = 5.0  #: what a failed run counts as, in deviations
LONGEST_STEP = 1.0  #: of a logarithm


@dataclass(frozen=True)
class Constants:
    """Names, prior means and deviations of their logarithms, and bounds."""

    names: list[str]
    mean: Array
    sd: Array
    low: Array
    high: Array

    def values(self, x: Array) -> dict[str, float]:
        return {name: float(np.exp(v)) for name, v in zip(self.names, x, strict=True)}

    def only(self, names: list[str]) -> Constants:
        at = [self.names.index(name) for name in names]
        return Constants(names, self.mean[at], self.sd[at], self.low[at], self.high[at])


def read_rows(path: Path = ROOT / "data" / "calibration.csv") -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def constants(free_only: bool = True) -> Constants:
    rows = [row for row in read_rows() if row["free"] == "yes" or not free_only]
    columns = {
        name: np.array([float(row[name]) for row in rows])
        for name in ("prior", "sd_ln", "low", "high")
    }
    return Constants(
        [row["key"] for row in rows],
        np.log(columns["prior"]),
        columns["sd_ln"],
        np.log(columns["low"]),
        np.log(columns["high"]),
    )


def weighted(endpoints: pandas.DataFrame) -> Array:
    """Standardized residuals; one cohort counts once, however many endpoints it has."""
    z = endpoints["z"].to_numpy(float)
    return np.sqrt(endpoints["weight"].to_numpy(float)) * np.where(np.isfinite(z), z, FAILED)


def slopes_of_residuals(slopes: pandas.DataFrame, endpoints: pandas.DataFrame, at: dict) -> Array:
    """d weighted residual / d ln constant, from slopes of predictions in their own units."""
    predicted = slopes["predicted"].to_numpy(float)
    per_prediction = np.where(endpoints["score"] == "fold", 1 / predicted, 1.0)
    bound = (endpoints["kind_of_spread"] == "upper_bound") & (endpoints["residual"] <= 0)
    factor = np.sqrt(endpoints["weight"]) * per_prediction / endpoints["deviation"]
    factor = np.where(bound, 0.0, factor.to_numpy(float))
    columns = [slopes[name].to_numpy(float) * value for name, value in at.items()]
    return factor[:, None] * np.column_stack(columns)


def step(
    c: Constants,
    x: Array,
    residuals: Array,
    slopes: Array,
    damping: float = 0.0,
    longest: float = LONGEST_STEP,
) -> Array:
    """The next x, within its bounds and no further than `longest` in any logarithm."""
    n = len(x)
    matrix = np.vstack([slopes, np.diag(1 / c.sd), np.sqrt(damping) * np.eye(n)])
    target = -np.concatenate([residuals, (x - c.mean) / c.sd, np.zeros(n)])
    low = np.maximum(c.low - x, -longest) - 1e-9
    high = np.minimum(c.high - x, longest) + 1e-9
    return x + lsq_linear(matrix, target, bounds=(low, high)).x


def cost(c: Constants, x: Array, residuals: Array) -> float:
    return float(residuals @ residuals + np.sum(((x - c.mean) / c.sd) ** 2))


def posterior(c: Constants, slopes: Array) -> Array:
    """Covariance of the logarithms: Fisher information of the data and of the priors."""
    return np.linalg.inv(slopes.T @ slopes + np.diag(1 / c.sd**2))


def refit(
    c: Constants,
    x: Array,
    slopes: Array,
    assess: Callable[[dict[str, float]], Array],
    keep: NDArray[np.bool_] | None = None,
    n_steps: int = 2,
) -> tuple[Array, float]:
    """Some steps with slopes that are kept; the best point on the way, and its cost."""
    rows = slice(None) if keep is None else keep
    residuals = assess(c.values(x))[rows]
    best, least = x, cost(c, x, residuals)
    for _ in range(n_steps):
        x = step(c, x, residuals, slopes[rows])
        residuals = assess(c.values(x))[rows]
        if (now := cost(c, x, residuals)) >= least:
            break
        best, least = x, now
    return best, least


def assess(values: dict[str, float], outside: bool = True) -> pandas.DataFrame:
    return mgpk.validate(parameters=values, allow_outside_range=outside).endpoints
