"""What the columns of a run mean, in words."""

from __future__ import annotations

import re

__all__ = ["describe"]

_EXACT = {
    "time_h": "time after the midnight at which the run starts",
    "a_acid_stomach_mmol": "acid in the stomach",
    "n_meals_in_stomach": "meal in the stomach, 1 is a standard meal just eaten",
    "a_im_depot_mmol": "magnesium in the intramuscular depot",
    "a_plasma_mmol": "magnesium in plasma",
    "a_interstitial_mmol": "magnesium in the interstitium and fast soft tissue",
    "a_cells_mmol": "exchangeable magnesium in cells",
    "a_red_cells_mmol": "magnesium in red cells",
    "a_slow_mmol": "magnesium in bone surface and slow soft tissue",
    "f_tm_shift": "shift of the kidney's Tm by slow adaptation, relative to Tm",
    "a_glycine_gut_mmol": "glycine of the doses in the gut, that which will pass",
    "a_glycine_plasma_mmol": "glycine of the doses in the body, above its baseline",
    "a_urine_mmol": "magnesium in urine, cumulative",
    "a_sweat_mmol": "magnesium in sweat, cumulative",
    "a_secreted_mmol": "magnesium secreted into the gut, cumulative",
    "auc_plasma_total_mmol_h_per_L": "area under total plasma magnesium",
    "c_plasma_total_mmol_per_L": "total plasma magnesium",
    "c_plasma_ultrafilterable_mmol_per_L": "ultrafilterable plasma magnesium",
    "c_plasma_ionized_mmol_per_L": "ionized plasma magnesium",
    "c_interstitial_mmol_per_L": "interstitial magnesium",
    "c_glycine_mmol_per_L": "plasma glycine",
    "filtered_load_mmol_per_h": "magnesium filtered by the kidney",
    "urine_mmol_per_h": "magnesium excreted in urine, rate",
    "f_excreted_renal": "renal fractional excretion: excreted over filtered",
    "a_absorbed_mmol": "magnesium absorbed from all sources (one-way), cumulative",
    "a_feces_dissolved_mmol": "soluble magnesium in stool, cumulative",
    "a_feces_solid_mmol": "undissolved magnesium in stool, cumulative",
    "a_feces_mmol": "magnesium in stool, cumulative",
    "stool_water_g": "stool water drawn by soluble magnesium, cumulative",
    "a_given_mmol": "magnesium eaten and given, cumulative",
    "a_lost_im_mmol": "intramuscular magnesium that never arrives, cumulative",
    "a_unavailable_mmol": "magnesium given that F keeps from arriving, cumulative",
    "a_reset_mmol": "magnesium put in by resets and steady states less what they took out",
    "a_ledger_gap_mmol": "stores and losses less intake: rounding of the ledger",
    # of effects
    "c_plasma_total_rise_mmol_per_L": "total plasma magnesium above the baseline",
    "c_plasma_ionized_rise_mmol_per_L": "ionized plasma magnesium above the baseline",
    "n_toxicity_bands": "published bands of toxicity that the plasma level lies in",
    "c_csf_total_mmol_per_L": "total magnesium of the cerebrospinal fluid",
    "c_csf_ionized_mmol_per_L": "ionized magnesium of the cerebrospinal fluid",
    "f_nmda_open": "share of NMDA channels that magnesium leaves open",
    "nmda_open_relative": "open NMDA channels relative to the baseline",
    "nmj_release_relative": "release at the neuromuscular junction relative to the baseline",
    "f_ryr1_open": "share of RyR1 channels that magnesium leaves open; constant",
    "ryr1_release_relative": "release by RyR1 relative to the baseline; constant",
    "c_glycine_rise_mmol_per_L": "plasma glycine above the baseline",
    "urine_mmol_per_d": "magnesium in urine, last whole day",
    "urine_rise_mmol_per_d": "magnesium in urine above the baseline, last whole day",
    "stool_mass_g_per_d": "stool mass, last whole day",
    "f_loose_stool": "share of people above 200 g of stool, last whole day",
    "glycine_mg_per_d": "glycine swallowed with doses, last whole day",
}

_PATTERNS = (
    (
        r"n_binders_([a-z]+)",
        "phytate and oxalate in the {0}, 1 halves what can be absorbed there",
    ),
    (
        r"a_absorbed_in_(duodenum|jejunum|ileum|colon)_mmol",
        "magnesium absorbed in the {0} from all sources (one-way), cumulative",
    ),
    (r"a_solid_([a-z]+)_mmol", "undissolved magnesium in the {0}, all sources"),
    (r"a_dissolved_([a-z]+)_mmol", "dissolved magnesium in the {0}, all sources"),
    (r"a_solid_([a-z]+)_(\w+)_mmol", "undissolved magnesium of {1} in the {0}"),
    (r"a_dissolved_([a-z]+)_(\w+)_mmol", "dissolved magnesium of {1} in the {0}"),
    (r"a_absorbed_(\w+)_mmol", "magnesium of {0} absorbed (one-way), cumulative"),
    (r"a_feces_dissolved_(\w+)_mmol", "soluble magnesium of {0} in stool, cumulative"),
    (r"a_feces_solid_(\w+)_mmol", "undissolved magnesium of {0} in stool, cumulative"),
    (r"n_band_(\w+)", "1 where the plasma level lies in the band {0}"),
    (r"f_absorbed_(\w+)", "true (one-way) fraction of {0} absorbed so far"),
)


#: Columns that exist of a label alone; "f_plasma" stands for "f_plasma_of_x".
_OF_A_LABEL = {
    "f_plasma": "share of plasma magnesium",
    "a_absorbed_first_mmol": "magnesium absorbed for the first time, cumulative",
    "a_exchangeable_mmol": "magnesium in plasma, interstitium, cells and red cells",
}
_UNIT = re.compile(r"(_mmol_h_per_L|_mmol_per_h|_mmol|)$")


def _of_a_label(column: str) -> str:
    """What a column of a label means: that of the body, or one of its own."""
    unit = _UNIT.search(column)
    end = unit[1] if unit else ""
    stem = column.removesuffix(end)
    for match in re.finditer("_of_", stem):
        base, label = stem[: match.start()] + end, stem[match.end() :]
        words = _OF_A_LABEL.get(base) or _plain(base)
        if words and label:
            return f"{words}: of the label {label}"
    return ""


def describe(column: str) -> str:
    """What a column means, in words.

    Parameters
    ----------
    column : str
        Name of a column of a run.

    Returns
    -------
    str
        A short description without the unit; empty for a name that is no column.
    """
    return _plain(column) or _of_a_label(column)


def _plain(column: str) -> str:
    base = re.sub(r"_(mg_per_dL|mEq_per_L)$", "_mmol_per_L", column)
    if base in _EXACT:
        return _EXACT[base]
    for pattern, words in _PATTERNS:
        if match := re.fullmatch(pattern, column):
            return words.format(*match.groups())
    return ""
