"""Holds what was measured of people against the body where a fit starts: nearly always a unit."""

from __future__ import annotations

from typing import Any

import numpy as np

from mgpk import _checks
from mgpk.labels import unit_of
from mgpk.mixed_fitting import Problem
from mgpk.mixed_inputs import Array

__all__: list[str] = []

#: Observations so many times above or below the body are refused: half of the 24.3 mg in a mmol.
_FAR = 12.0
#: Levels this far above it are remarked on: one mmol/L is 2.43 mg/dL, and the start may be off.
_LIKE_MG_PER_DL = (1.8, 4.0)


def check_scales(problem: Problem, theta: Array) -> list[str]:
    """Refuses columns in a unit that cannot be theirs; gives back what only looks like one."""
    observations: Any = problem.data.observations
    predicted = problem.model.diagnose(theta, problem.model.start())["population_prediction"]
    columns = np.array(observations.column)
    limit, kind = problem.data.limit, problem.data.kind
    notes = []
    for column in dict.fromkeys(observations.column):
        rows = (columns == column) & (kind == 0) & (limit > 0) & (predicted > 0)
        if not rows.any():
            continue
        ratio = float(np.median(limit[rows] / predicted[rows]))
        unit = unit_of(column)
        if not 1 / _FAR < ratio < _FAR:
            _checks.refuse(
                f"observations of {column} must be in {unit}, near what the body has where the search "
                "starts",
                f"{ratio:.3g} times that",
                "convert them (1 mmol of magnesium is 24.3 mg or 2 mEq), start the search elsewhere, "
                "or give check_scale=False",
            )
        if unit == "mmol/L" and _LIKE_MG_PER_DL[0] < ratio < _LIKE_MG_PER_DL[1]:
            notes.append(
                f"observations of {column} are {ratio:.2f} times what the body has where the search "
                "starts, about as levels in mg/dL would be (2.43 to the mmol/L): look at their unit"
            )
    return notes
