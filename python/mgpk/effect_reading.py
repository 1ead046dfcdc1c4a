"""Reads the effects out of a run: the method ``Run.effects``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mgpk import _checks, _core

if TYPE_CHECKING:
    from mgpk.effect_results import RunEffects
    from mgpk.results import Run

__all__: list[str] = []

NMDA_LAWS = ("jahr_stevens", "wang", "woodhull")


@_checks.keywords("write membrane_mV= before the millivolts")
def effects_of(
    self: Run,
    *,
    membrane_mV: float | None = None,
    nmda_law: str = "jahr_stevens",
    c_calcium_ionized_mmol_per_L: float | None = None,
) -> RunEffects:
    """What the run would do, by rank: the effects that have a law, against the baseline beside it.

    Parameters
    ----------
    membrane_mV : float, optional
        Membrane potential at which the block of NMDA channels is read, in mV, [-150, 100]; -60
        unless given.
    nmda_law : str
        "jahr_stevens", "wang" or "woodhull".
    c_calcium_ionized_mmol_per_L : float, optional
        Ionized calcium of plasma in mmol/L, [0.1, 5]; 1.2 unless given.

    Returns
    -------
    RunEffects
        Columns at the times of the run, each with the rank of its effect; what is not computed says
        why. No number in it is a probability for a person.

    Raises
    ------
    ValueError
        No baseline, or an option that is refused.

    See Also
    --------
    mgpk.effects : all effects with ranks and sources.
    mgpk.trial_effects : what trials have published.
    """
    from mgpk.effect_results import RunEffects

    law = _checks.one_of("nmda_law", nmda_law, NMDA_LAWS)
    table = _core.effects_of(
        self._inner,
        membrane_mV=_checks.optional_number("membrane_mV", membrane_mV, "give millivolts"),
        nmda_law=law,
        c_calcium_ionized_mmol_per_L=_checks.optional_number(
            "c_calcium_ionized_mmol_per_L", c_calcium_ionized_mmol_per_L, "give mmol/L"
        ),
    )
    return RunEffects(table, self, law)
