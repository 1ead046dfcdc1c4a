"""Words, units and CDISC codes of the numbers of a non-compartmental analysis."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__: list[str] = []


class Code(NamedTuple):
    """A parameter of CDISC's SDTM terminology (codelists PKPARMCD and PKPARM)."""

    code: str
    test: str
    factor: float = 1.0
    """What a fraction of mgpk is multiplied by: CDISC wants percent."""


WORDS = {
    "c_max_amount_per_L": "highest concentration",
    "t_max_h": "time of it",
    "tlag_h": "last time before the first positive one",
    "c_last_amount_per_L": "last positive concentration",
    "c_last_predicted_amount_per_L": "the same on the line of lambda_z",
    "t_last_h": "time of it",
    "c_start_amount_per_L": "concentration at the bolus, C0",
    "lambda_z_per_h": "terminal rate, lambda_z",
    "half_life_h": "half-life of it",
    "lambda_z_intercept": "intercept of its line, ln",
    "lambda_z_r_squared": "r squared",
    "lambda_z_r_squared_adjusted": "adjusted r squared",
    "n_lambda_z": "points",
    "lambda_z_span_ratio": "span in half-lives",
    "lambda_z_from_h": "first point",
    "lambda_z_to_h": "last point",
    "auc_last_amount_h_per_L": "AUC to the last positive sample",
    "auc_all_amount_h_per_L": "AUC to the last sample",
    "auc_inf_observed_amount_h_per_L": "AUC to infinity, observed",
    "auc_inf_predicted_amount_h_per_L": "AUC to infinity, predicted",
    "f_auc_extrapolated_observed": "share extrapolated, observed",
    "f_auc_extrapolated_predicted": "share extrapolated, predicted",
    "f_auc_back_extrapolated_observed": "share extrapolated back, observed",
    "f_auc_back_extrapolated_predicted": "share extrapolated back, predicted",
    "aumc_last_amount_h_h_per_L": "AUMC to the last positive sample",
    "aumc_inf_observed_amount_h_h_per_L": "AUMC to infinity, observed",
    "aumc_inf_predicted_amount_h_h_per_L": "AUMC to infinity, predicted",
    "f_aumc_extrapolated_observed": "share extrapolated, observed",
    "f_aumc_extrapolated_predicted": "share extrapolated, predicted",
    "mrt_last_h": "mean residence time to the last positive sample",
    "mrt_inf_observed_h": "mean residence time, observed",
    "mrt_inf_predicted_h": "mean residence time, predicted",
    "cl_observed_L_per_h": "clearance, observed",
    "cl_predicted_L_per_h": "clearance, predicted",
    "vz_observed_L": "terminal volume, observed",
    "vz_predicted_L": "terminal volume, predicted",
    "vss_observed_L": "volume at steady state, observed",
    "vss_predicted_L": "volume at steady state, predicted",
    "auc_tau_amount_h_per_L": "AUC over the dosing interval",
    "c_average_tau_amount_per_L": "average over it",
    "c_max_tau_amount_per_L": "highest in it",
    "t_max_tau_h": "time of it",
    "c_min_tau_amount_per_L": "lowest in it",
    "c_end_tau_amount_per_L": "at its end",
    "fluctuation_ratio": "fluctuation, (max - min) / average",
    "swing_ratio": "swing, (max - min) / min",
    "accumulation_lambda_z_ratio": "accumulation foreseen by lambda_z",
    "cl_tau_L_per_h": "clearance, dose over AUC of the interval",
    "vz_tau_L": "terminal volume from it",
    "mrt_tau_h": "mean residence time at steady state",
    "vss_tau_L": "volume at steady state",
    "accumulation_auc_ratio": "accumulation of AUC",
    "accumulation_c_max_ratio": "accumulation of the highest",
    "accumulation_c_min_ratio": "accumulation of the lowest",
    "ae_amount": "excreted in urine",
    "f_excreted": "excreted over dose",
    "rate_max_amount_per_h": "highest rate of excretion",
    "t_rate_max_h": "midpoint of it",
    "rate_last_amount_per_h": "last positive rate",
    "t_rate_last_h": "midpoint of it",
    "aurc_last_amount": "area under the rates to the last positive one",
    "aurc_inf_observed_amount": "area under the rates to infinity, observed",
    "aurc_inf_predicted_amount": "area under the rates to infinity, predicted",
    "f_aurc_extrapolated_observed": "share extrapolated, observed",
    "auc_amount_h_per_L": "AUC of plasma over the collected hours",
    "cl_renal_L_per_h": "renal clearance",
}

#: For every route.
_CODES = {
    "c_max_amount_per_L": Code("CMAX", "Cmax"),
    "t_max_h": Code("TMAX", "Time of CMAX"),
    "tlag_h": Code("TLAG", "Time Until First Nonzero Conc"),
    "c_last_amount_per_L": Code("CLST", "Last Nonzero Conc"),
    "t_last_h": Code("TLST", "Time of Last Nonzero Conc"),
    "c_start_amount_per_L": Code("C0", "Initial Conc"),
    "lambda_z_per_h": Code("LAMZ", "Lambda z"),
    "half_life_h": Code("LAMZHL", "Half-Life Lambda z"),
    "lambda_z_r_squared": Code("R2", "R Squared"),
    "lambda_z_r_squared_adjusted": Code("R2ADJ", "R Squared Adjusted"),
    "n_lambda_z": Code("LAMZNPT", "Number of Points for Lambda z"),
    "lambda_z_span_ratio": Code("LAMZSPN", "Lambda z Span"),
    "lambda_z_from_h": Code("LAMZLL", "Lambda z Lower Limit"),
    "lambda_z_to_h": Code("LAMZUL", "Lambda z Upper Limit"),
    "auc_last_amount_h_per_L": Code("AUCLST", "AUC to Last Nonzero Conc"),
    "auc_all_amount_h_per_L": Code("AUCALL", "AUC All"),
    "auc_inf_observed_amount_h_per_L": Code("AUCIFO", "AUC Infinity Obs"),
    "auc_inf_predicted_amount_h_per_L": Code("AUCIFP", "AUC Infinity Pred"),
    "f_auc_extrapolated_observed": Code("AUCPEO", "AUC %Extrapolation Obs", 100),
    "f_auc_extrapolated_predicted": Code("AUCPEP", "AUC %Extrapolation Pred", 100),
    "f_auc_back_extrapolated_observed": Code("AUCPBEO", "AUC %Back Extrapolation Obs", 100),
    "f_auc_back_extrapolated_predicted": Code("AUCPBEP", "AUC %Back Extrapolation Pred", 100),
    "aumc_last_amount_h_h_per_L": Code("AUMCLST", "AUMC to Last Nonzero Conc"),
    "aumc_inf_observed_amount_h_h_per_L": Code("AUMCIFO", "AUMC Infinity Obs"),
    "aumc_inf_predicted_amount_h_h_per_L": Code("AUMCIFP", "AUMC Infinity Pred"),
    "f_aumc_extrapolated_observed": Code("AUMCPEO", "AUMC % Extrapolation Obs", 100),
    "f_aumc_extrapolated_predicted": Code("AUMCPEP", "AUMC % Extrapolation Pred", 100),
    "vss_observed_L": Code("VSSO", "Vol Dist Steady State Obs"),
    "vss_predicted_L": Code("VSSP", "Vol Dist Steady State Pred"),
    "auc_tau_amount_h_per_L": Code("AUCTAU", "AUC Over Dosing Interval"),
    "c_average_tau_amount_per_L": Code("CAVG", "Average Concentration"),
    "c_min_tau_amount_per_L": Code("CMIN", "Cmin"),
    "c_end_tau_amount_per_L": Code("CTROUGH", "Conc Trough"),
    "fluctuation_ratio": Code("FLUCP", "Fluctuation%", 100),
    "swing_ratio": Code("SWING", "Swing"),
    "accumulation_lambda_z_ratio": Code("AILAMZ", "Accumulation Index using Lambda z"),
    "accumulation_auc_ratio": Code("ARAUC", "Accumulation Ratio AUCTAU"),
    "accumulation_c_max_ratio": Code("ARCMAX", "Accumulation Ratio Cmax"),
    "accumulation_c_min_ratio": Code("ARCMIN", "Accumulation Ratio Cmin"),
}
_EXTRAVASCULAR = {
    "mrt_last_h": Code("MRTEVLST", "MRT Extravasc to Last Nonzero Conc"),
    "mrt_inf_observed_h": Code("MRTEVIFO", "MRT Extravasc Infinity Obs"),
    "mrt_inf_predicted_h": Code("MRTEVIFP", "MRT Extravasc Infinity Pred"),
    "cl_observed_L_per_h": Code("CLFO", "Total CL Obs by F"),
    "cl_predicted_L_per_h": Code("CLFP", "Total CL Pred by F"),
    "vz_observed_L": Code("VZFO", "Vz Obs by F"),
    "vz_predicted_L": Code("VZFP", "Vz Pred by F"),
    "cl_tau_L_per_h": Code("CLFTAU", "Total CL by F for Dose Int"),
}
_INTRAVENOUS = {
    "cl_observed_L_per_h": Code("CLO", "Total CL Obs"),
    "cl_predicted_L_per_h": Code("CLP", "Total CL Pred"),
    "vz_observed_L": Code("VZO", "Vz Obs"),
    "vz_predicted_L": Code("VZP", "Vz Pred"),
    "cl_tau_L_per_h": Code("CLTAU", "Total CL for Dose Int"),
}
_BOLUS = _INTRAVENOUS | {
    "mrt_last_h": Code("MRTIBLST", "MRT IV Bolus to Last Nonzero Conc"),
    "mrt_inf_observed_h": Code("MRTIBIFO", "MRT IV Bolus Infinity Obs"),
    "mrt_inf_predicted_h": Code("MRTIBIFP", "MRT IV Bolus Infinity Pred"),
}
_INFUSION = _INTRAVENOUS | {
    "mrt_last_h": Code("MRTICLST", "MRT IV Cont Inf to Last Nonzero Conc"),
    "mrt_inf_observed_h": Code("MRTICIFO", "MRT IV Cont Inf Infinity Obs"),
    "mrt_inf_predicted_h": Code("MRTICIFP", "MRT IV Cont Inf Infinity Pred"),
}
_BY_ROUTE = {
    "oral": _EXTRAVASCULAR,
    "extravascular": _EXTRAVASCULAR,
    "iv_bolus": _BOLUS,
    "iv_infusion": _INFUSION,
}
_URINE = {
    name: _CODES[name]
    for name in (
        "lambda_z_per_h",
        "half_life_h",
        "lambda_z_r_squared",
        "lambda_z_r_squared_adjusted",
        "n_lambda_z",
        "lambda_z_span_ratio",
        "lambda_z_from_h",
        "lambda_z_to_h",
    )
} | {
    "ae_amount": Code("RCAMINT", "Amt Rec from T1 to T2"),
    "f_excreted": Code("RCPCINT", "Pct Rec from T1 to T2", 100),
    "rate_max_amount_per_h": Code("ERMAX", "Max Excretion Rate"),
    "t_rate_max_h": Code("ERTMAX", "Midpoint of Interval of Maximum ER"),
    "rate_last_amount_per_h": Code("ERLST", "Last Meas Excretion Rate"),
    "t_rate_last_h": Code("ERTLST", "Midpoint of Interval of Last Nonzero ER"),
    "aurc_last_amount": Code("AURCLST", "AURC to Last Nonzero Rate"),
    "aurc_inf_observed_amount": Code("AURCIFO", "AURC Infinity Obs"),
    "aurc_inf_predicted_amount": Code("AURCIFP", "AURC Infinity Pred"),
    "cl_renal_L_per_h": Code("RENALCL", "Renal CL"),
}
PARTIAL = Code("AUCINT", "AUC from T1 to T2")
RATE = Code("ERINT", "Excret Rate from T1 to T2")

METHODS = {
    "linear": "LINEAR TRAPEZOIDAL METHOD",
    "linear_up_log_down": "LINEAR UP LOG DOWN METHOD",
    "linear_log": "LIN-LOG TRAPEZOIDAL METHOD",
    "log": "LOGARITHMIC TRAPEZOIDAL METHOD",  # not in CDISC's list, which may be extended
}

#: The end of a name, the unit that is shown, and the unit in CDISC's words; {u} is the amount, {c}
#: CDISC's spelling of amount per litre.
_UNITS = (
    ("_amount_h_h_per_L", "{u}*h2/L", "h2*{c}"),
    ("_amount_h_per_L", "{u}*h/L", "h*{c}"),
    ("_amount_per_L", "{u}/L", "{c}"),
    ("_amount_per_h", "{u}/h", "{u}/h"),
    ("_amount", "{u}", "{u}"),
    ("_L_per_h", "L/h", "L/h"),
    ("_per_h", "/h", "/h"),
    ("_L", "L", "L"),
    ("_h", "h", "h"),
)
#: Equal to the unit of amount per litre, in the spelling that CDISC prefers.
PER_LITRE = {"g": "mg/mL", "mg": "ug/mL", "ug": "ng/mL", "ng": "pg/mL"}


def codes(route: str) -> dict[str, Code]:
    """The CDISC codes of plasma after a route; "urine" gives those of urine."""
    return _URINE if route == "urine" else _CODES | _BY_ROUTE[route]


def unit_of(name: str, amount_unit: str) -> str:
    """The unit of a number, as a reader wants it; empty where there is none."""
    for end, unit, _ in _UNITS:
        if name.endswith(end):
            return unit.format(u=amount_unit)
    return ""


def cdisc_unit_of(name: str, amount_unit: str, code: Code) -> str:
    """The unit of a number in CDISC's words."""
    if code.factor == 100:
        return "%"
    if name.endswith("_ratio"):
        return "RATIO"
    per_litre = PER_LITRE.get(amount_unit, f"{amount_unit}/L")
    for end, _, unit in _UNITS:
        if name.endswith(end):
            return unit.format(u=amount_unit, c=per_litre)
    return ""


def duration(length_h: float) -> str:
    """Hours as ISO 8601 writes a duration, such as PT24H and PT1H30M."""
    minutes = round(length_h * 60, 6)
    whole, rest = divmod(minutes, 60)
    text = f"PT{whole:.0f}H"
    if rest:
        minute, second = divmod(rest, 1)
        text += f"{minute:.0f}M" if minute else ""
        text += f"{second * 60:g}S" if second * 60 >= 1e-3 else ""
    return text


def shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.6g}"
