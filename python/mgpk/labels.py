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
    "c_plasma_total_fasting_mmol_per_L": "total plasma magnesium, fasting",
    "c_plasma_ionized_fasting_mmol_per_L": "ionized plasma magnesium, fasting",
    "urine_mmol_per_d": "urine of a usual day",
    "urine_collected_mmol_per_d": "urine as it is collected",
    "feces_mmol_per_d": "stool of a usual day",
    "f_absorbed_diet": "absorbed of the diet (one-way)",
    "age_y": "age",
    "height_cm": "height",
    "bmi_kg_per_m2": "body mass index",
    "weight_kg": "weight",
    "gfr_indexed_mL_per_min": "GFR per 1.73 m2",
    "gfr_mL_per_min": "GFR",
    "diet_mg_per_d": "magnesium of the diet",
    "albumin_g_per_L": "albumin",
    "salt": "salt",
    "f_dissolved": "dissolved",
    "f_absorbed": "absorbed (one-way)",
    "a_feces_dissolved_mmol": "soluble in stool",
    "a_feces_solid_mmol": "undissolved in stool",
    "a_in_gut_mmol": "still in the gut",
    "a_glycine_mmol": "glycine swallowed",
}
#: Units beside those of columns, by the end of the name; the longest first.
_ENDINGS = {
    "_mmol_per_kg": "mmol/kg",
    "_L_per_h_per_kg": "L/h/kg",
    "_g_per_mmol": "g/mmol",
    "_kg_per_m2": "kg/m2",
    "_mL_per_min": "mL/min",
    "_mmol_per_d": "mmol/d",
    "_L_per_kg": "L/kg",
    "_mg_per_d": "mg/d",
    "_g_per_L": "g/L",
    "_L_per_h": "L/h",
    "_per_h": "1/h",
    "_kg": "kg",
    "_cm": "cm",
    "_y": "y",
}


def unit_of(name: str) -> str:
    """The unit that a name ends in; "1" where there is none."""
    if not name.startswith("f_") and not name.endswith("_mmol_per_h"):
        for ending, unit in _ENDINGS.items():
            if name.endswith(ending):
                return unit
    return _core.unit_of(name)


def label_and_unit(name: str) -> tuple[str, str]:
    """The words and the unit for a field of a summary or a column."""
    return _WORDS.get(name) or describe(name) or name, unit_of(name)
