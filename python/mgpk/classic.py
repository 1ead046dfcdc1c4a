"""Classic models: one to three compartments, exact where they are linear, on any data set.

model = mgpk.classic.one_compartment(cl_L_per_h=1.1, v_L=20, ka_per_h=1.5, tlag_h="ALAG")
model.predict("doses.csv").to_pandas()

A number of a model may be the name of a column of the data set. ``amount`` in names and units is
the unit of the data set's doses.
"""

from __future__ import annotations

from mgpk import _checks
from mgpk._classic_model import ByCompartment, Model, Quantity, model_of
from mgpk._classic_predictions import Predictions
from mgpk._classic_published import (
    chuan_2001,
    clin_pharmacokinet_2002,
    easterling_2018,
    salinger_2013,
)

__all__ = [
    "Model",
    "Predictions",
    "chuan_2001",
    "clin_pharmacokinet_2002",
    "easterling_2018",
    "one_compartment",
    "salinger_2013",
    "three_compartment",
    "two_compartment",
]


@_checks.keywords()
def one_compartment(
    *,
    v_L: Quantity,
    cl_L_per_h: Quantity | None = None,
    vmax_amount_per_h: Quantity | None = None,
    km_amount_per_L: Quantity | None = None,
    ka_per_h: Quantity | None = None,
    t_zero_order_h: Quantity | None = None,
    n_transit: int | None = None,
    k_transit_per_h: Quantity | None = None,
    tlag_h: ByCompartment | None = None,
    f_bioavailable: ByCompartment | None = None,
    duration_h: ByCompartment | None = None,
    rate: ByCompartment | None = None,
    scale: Quantity | None = None,
    c_baseline_amount_per_L: Quantity | None = None,
    name: str | None = None,
) -> Model:
    """One compartment, with or without absorption. A text is the name of a column.

    Without ``ka_per_h``, ``t_zero_order_h`` and ``k_transit_per_h`` doses go into ``central``
    (CMT 1). With one of them CMT 1 is the ``depot`` and CMT 2 ``central``, as in NONMEM's ADVAN2.

    Parameters
    ----------
    v_L : float or str
        Volume in L.
    cl_L_per_h : float or str, optional
        Linear clearance in L/h.
    vmax_amount_per_h : float or str, optional
        Capacity of saturable elimination in units of amount per h; beside the clearance, or alone.
    km_amount_per_L : float or str, optional
        Concentration at half of the capacity in units of amount per L.
    ka_per_h : float or str, optional
        First-order absorption per h; in a transit chain out of its last compartment.
    t_zero_order_h : float or str, optional
        Time in h over which a dose into the depot runs into the central compartment.
    n_transit : int, optional
        Number of transit compartments between depot and central, 1 to 12.
    k_transit_per_h : float or str, optional
        Rate per h along the chain; also out of its end unless ``ka_per_h`` is given.
    tlag_h : float, str or mapping, optional
        Lag in h (ALAG); of the default compartment, or by name: ``{"central": "ALAG"}``.
    f_bioavailable : float, str or mapping, optional
        The fraction that arrives (F).
    duration_h : float, str or mapping, optional
        Duration in h of infusions with RATE = -2 (D).
    rate : float, str or mapping, optional
        Rate in units of amount per h of infusions with RATE = -1 (R).
    scale : float or str, optional
        What the central amount is divided by (S2), in L; the volume unless given.
    c_baseline_amount_per_L : float or str, optional
        Endogenous concentration in units of amount per L, added to what doses give.
    name : str, optional
        What to call it.

    Returns
    -------
    Model
        Ready to ``predict``.

    Raises
    ------
    UnknownNameError
        A compartment that the model does not have.
    ValueError
        A number that is missing, impossible, or read by nothing.
    """
    return model_of(
        1,
        {"v_central_L": v_L},
        {
            "cl_L_per_h": cl_L_per_h,
            "vmax_amount_per_h": vmax_amount_per_h,
            "km_amount_per_L": km_amount_per_L,
        },
        {
            "ka_per_h": ka_per_h,
            "t_zero_order_h": t_zero_order_h,
            "n_transit": n_transit,
            "k_transit_per_h": k_transit_per_h,
        },
        {
            "tlag_h": tlag_h,
            "f_bioavailable": f_bioavailable,
            "duration_h": duration_h,
            "rate": rate,
        },
        {"scale": scale, "c_baseline_amount_per_L": c_baseline_amount_per_L},
        name,
    )


@_checks.keywords()
def two_compartment(
    *,
    v_central_L: Quantity,
    q_L_per_h: Quantity,
    v_peripheral_L: Quantity,
    cl_L_per_h: Quantity | None = None,
    vmax_amount_per_h: Quantity | None = None,
    km_amount_per_L: Quantity | None = None,
    ka_per_h: Quantity | None = None,
    t_zero_order_h: Quantity | None = None,
    n_transit: int | None = None,
    k_transit_per_h: Quantity | None = None,
    tlag_h: ByCompartment | None = None,
    f_bioavailable: ByCompartment | None = None,
    duration_h: ByCompartment | None = None,
    rate: ByCompartment | None = None,
    scale: Quantity | None = None,
    c_baseline_amount_per_L: Quantity | None = None,
    name: str | None = None,
) -> Model:
    """Two compartments, with or without absorption. A text is the name of a column.

    CMT 1 is ``central`` and 2 ``peripheral``; with absorption the ``depot`` comes first (ADVAN3,
    ADVAN4).

    Parameters
    ----------
    v_central_L : float or str
        Central volume in L.
    q_L_per_h : float or str
        Exchange between the two in L/h.
    v_peripheral_L : float or str
        Peripheral volume in L.
    cl_L_per_h : float or str, optional
        Linear clearance in L/h.
    vmax_amount_per_h : float or str, optional
        Capacity of saturable elimination in units of amount per h; beside the clearance, or alone.
    km_amount_per_L : float or str, optional
        Concentration at half of the capacity in units of amount per L.
    ka_per_h : float or str, optional
        First-order absorption per h; in a transit chain out of its last compartment.
    t_zero_order_h : float or str, optional
        Time in h over which a dose into the depot runs into the central compartment.
    n_transit : int, optional
        Number of transit compartments between depot and central, 1 to 12.
    k_transit_per_h : float or str, optional
        Rate per h along the chain; also out of its end unless ``ka_per_h`` is given.
    tlag_h : float, str or mapping, optional
        Lag in h (ALAG); of the default compartment, or by name: ``{"central": "ALAG"}``.
    f_bioavailable : float, str or mapping, optional
        The fraction that arrives (F).
    duration_h : float, str or mapping, optional
        Duration in h of infusions with RATE = -2 (D).
    rate : float, str or mapping, optional
        Rate in units of amount per h of infusions with RATE = -1 (R).
    scale : float or str, optional
        What the central amount is divided by (S2), in L; the central volume unless given.
    c_baseline_amount_per_L : float or str, optional
        Endogenous concentration in units of amount per L, added to what doses give.
    name : str, optional
        What to call it.

    Returns
    -------
    Model
        Ready to ``predict``.

    Raises
    ------
    UnknownNameError
        A compartment that the model does not have.
    ValueError
        A number that is missing, impossible, or read by nothing.
    """
    return model_of(
        2,
        {
            "v_central_L": v_central_L,
            "q_1_L_per_h": q_L_per_h,
            "v_peripheral_1_L": v_peripheral_L,
        },
        {
            "cl_L_per_h": cl_L_per_h,
            "vmax_amount_per_h": vmax_amount_per_h,
            "km_amount_per_L": km_amount_per_L,
        },
        {
            "ka_per_h": ka_per_h,
            "t_zero_order_h": t_zero_order_h,
            "n_transit": n_transit,
            "k_transit_per_h": k_transit_per_h,
        },
        {
            "tlag_h": tlag_h,
            "f_bioavailable": f_bioavailable,
            "duration_h": duration_h,
            "rate": rate,
        },
        {"scale": scale, "c_baseline_amount_per_L": c_baseline_amount_per_L},
        name,
    )


@_checks.keywords()
def three_compartment(
    *,
    v_central_L: Quantity,
    q_1_L_per_h: Quantity,
    v_peripheral_1_L: Quantity,
    q_2_L_per_h: Quantity,
    v_peripheral_2_L: Quantity,
    cl_L_per_h: Quantity | None = None,
    vmax_amount_per_h: Quantity | None = None,
    km_amount_per_L: Quantity | None = None,
    ka_per_h: Quantity | None = None,
    t_zero_order_h: Quantity | None = None,
    n_transit: int | None = None,
    k_transit_per_h: Quantity | None = None,
    tlag_h: ByCompartment | None = None,
    f_bioavailable: ByCompartment | None = None,
    duration_h: ByCompartment | None = None,
    rate: ByCompartment | None = None,
    scale: Quantity | None = None,
    c_baseline_amount_per_L: Quantity | None = None,
    name: str | None = None,
) -> Model:
    """Three compartments, with or without absorption. A text is the name of a column.

    CMT 1 is ``central``, 2 and 3 ``peripheral_1`` and ``peripheral_2``; with absorption the
    ``depot`` comes first (ADVAN11, ADVAN12).

    Parameters
    ----------
    v_central_L : float or str
        Central volume in L.
    q_1_L_per_h : float or str
        Exchange with the first peripheral compartment in L/h.
    v_peripheral_1_L : float or str
        Its volume in L.
    q_2_L_per_h : float or str
        Exchange with the second peripheral compartment in L/h.
    v_peripheral_2_L : float or str
        Its volume in L.
    cl_L_per_h : float or str, optional
        Linear clearance in L/h.
    vmax_amount_per_h : float or str, optional
        Capacity of saturable elimination in units of amount per h; beside the clearance, or alone.
    km_amount_per_L : float or str, optional
        Concentration at half of the capacity in units of amount per L.
    ka_per_h : float or str, optional
        First-order absorption per h; in a transit chain out of its last compartment.
    t_zero_order_h : float or str, optional
        Time in h over which a dose into the depot runs into the central compartment.
    n_transit : int, optional
        Number of transit compartments between depot and central, 1 to 12.
    k_transit_per_h : float or str, optional
        Rate per h along the chain; also out of its end unless ``ka_per_h`` is given.
    tlag_h : float, str or mapping, optional
        Lag in h (ALAG); of the default compartment, or by name: ``{"central": "ALAG"}``.
    f_bioavailable : float, str or mapping, optional
        The fraction that arrives (F).
    duration_h : float, str or mapping, optional
        Duration in h of infusions with RATE = -2 (D).
    rate : float, str or mapping, optional
        Rate in units of amount per h of infusions with RATE = -1 (R).
    scale : float or str, optional
        What the central amount is divided by (S2), in L; the central volume unless given.
    c_baseline_amount_per_L : float or str, optional
        Endogenous concentration in units of amount per L, added to what doses give.
    name : str, optional
        What to call it.

    Returns
    -------
    Model
        Ready to ``predict``.

    Raises
    ------
    UnknownNameError
        A compartment that the model does not have.
    ValueError
        A number that is missing, impossible, or read by nothing.
    """
    return model_of(
        3,
        {
            "v_central_L": v_central_L,
            "q_1_L_per_h": q_1_L_per_h,
            "v_peripheral_1_L": v_peripheral_1_L,
            "q_2_L_per_h": q_2_L_per_h,
            "v_peripheral_2_L": v_peripheral_2_L,
        },
        {
            "cl_L_per_h": cl_L_per_h,
            "vmax_amount_per_h": vmax_amount_per_h,
            "km_amount_per_L": km_amount_per_L,
        },
        {
            "ka_per_h": ka_per_h,
            "t_zero_order_h": t_zero_order_h,
            "n_transit": n_transit,
            "k_transit_per_h": k_transit_per_h,
        },
        {
            "tlag_h": tlag_h,
            "f_bioavailable": f_bioavailable,
            "duration_h": duration_h,
            "rate": rate,
        },
        {"scale": scale, "c_baseline_amount_per_L": c_baseline_amount_per_L},
        name,
    )
