"""Names of columns and summary fields as a reader wants them: words and a unit."""

from __future__ import annotations

from mgpk import _core
from mgpk.columns import describe

__all__: list[str] = []

_WORDS = {
    "from_h": "from",
    "to_h": "to",
    "dose_mmol": "given",
    "c_max_mmol_per_L": "highest plasma level",
    "t_max_h": "time of the largest rise",
    "c_max_above_baseline_mmol_per_L": "largest rise of plasma",
    "auc_above_baseline_mmol_h_per_L": "AUC above baseline",
    "a_absorbed_above_baseline_mmol": "absorbed above baseline, food included",
    "a_absorbed_mmol": "absorbed (one-way)",
    "ae_mmol": "urine above baseline",
    "f_excreted": "urine above baseline / dose",
    "cl_renal_L_per_h": "renal clearance",
    "a_feces_mmol": "stool above baseline",
    "stool_water_g": "stool water above baseline",
    "salt": "salt",
    "f_dissolved": "dissolved",
    "f_absorbed": "absorbed (one-way)",
    "a_feces_dissolved_mmol": "soluble in stool",
    "a_feces_solid_mmol": "undissolved in stool",
    "a_in_gut_mmol": "still in the gut",
    "a_glycine_mmol": "glycine swallowed",
}
_UNITS = {"cl_renal_L_per_h": "L/h"}


def label_and_unit(name: str) -> tuple[str, str]:
    """The words and the unit for a field of a summary or a column."""
    return _WORDS.get(name) or describe(name) or name, _UNITS.get(name) or _core.unit_of(name)
