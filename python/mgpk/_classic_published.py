"""Published models of intravenous magnesium, ready to use."""

from __future__ import annotations

from mgpk import _checks, _core
from mgpk._classic_model import Model


@_checks.keywords()
def salinger_2013(*, weight_kg: float, creatinine_mg_per_dL: float) -> Model:
    """Salinger 2013: one compartment and an intramuscular depot, 258 women with pre-eclampsia.

    Doses in mmol of magnesium; intravenous ones into ``central``, intramuscular into ``depot``.

    Parameters
    ----------
    weight_kg : float
        Body weight in kg, 20 to 300.
    creatinine_mg_per_dL : float
        Serum creatinine in mg/dL, 0.1 to 20.

    Returns
    -------
    Model
        With ``citation``, ``cohort``, ``variability`` and ``notes``.

    Raises
    ------
    ValueError
        A number outside its range.
    """
    return Model._of(
        _core.classic_salinger_2013(
            _checks.number("weight_kg", weight_kg),
            _checks.number("creatinine_mg_per_dL", creatinine_mg_per_dL),
        )
    )


@_checks.keywords()
def clin_pharmacokinet_2002(*, c_baseline_mmol_per_L: float | None = None) -> Model:
    """The model of Clin Pharmacokinet 41:1105 (2002): two compartments, 51 women, pre-eclampsia.

    Doses in mmol of magnesium into ``central``.

    Parameters
    ----------
    c_baseline_mmol_per_L : float, optional
        Plasma magnesium before treatment in mmol/L; none was read, and without one the prediction
        is the rise above it.

    Returns
    -------
    Model
        With ``citation``, ``cohort``, ``variability`` and ``notes``.

    Raises
    ------
    ValueError
        A number outside its range.
    """
    return Model._of(
        _core.classic_clin_pharmacokinet_2002(
            _checks.optional_number("c_baseline_mmol_per_L", c_baseline_mmol_per_L)
        )
    )


@_checks.keywords()
def easterling_2018(*, weight_kg: float, creatinine_mg_per_dL: float) -> Model:
    """Easterling 2018: one compartment, 200 women with severe pre-eclampsia.

    Its clearance rises with creatinine, as printed and against physiology; see ``notes``. Doses in
    mmol of magnesium into ``central``.

    Parameters
    ----------
    weight_kg : float
        Body weight in kg, 20 to 300.
    creatinine_mg_per_dL : float
        Serum creatinine in mg/dL, 0.1 to 20.

    Returns
    -------
    Model
        With ``citation``, ``cohort``, ``variability`` and ``notes``.

    Raises
    ------
    ValueError
        A number outside its range.
    """
    return Model._of(
        _core.classic_easterling_2018(
            _checks.number("weight_kg", weight_kg),
            _checks.number("creatinine_mg_per_dL", creatinine_mg_per_dL),
        )
    )


def chuan_2001() -> Model:
    """Chuan 2001: one compartment, 51 women; its figures are RECALLED, not read again.

    Doses in mmol of magnesium into ``central``.

    Returns
    -------
    Model
        With ``citation``, ``cohort``, ``variability`` and ``notes``.
    """
    return Model._of(_core.classic_chuan_2001())
