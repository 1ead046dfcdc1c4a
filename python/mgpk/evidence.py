"""Where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mgpk import _checks, _core

if TYPE_CHECKING:
    import pandas

    from mgpk.results import Run

__all__ = ["cite", "parameters", "salts"]


def cite(what: Run | Iterable[str] | None = None) -> str:
    """The sources that numbers rest on.

    Parameters
    ----------
    what : Run or list of str, optional
        A run, whose own parameter values are named besides; keys of parameters; or nothing for all.

    Returns
    -------
    str
        Each source, followed by the parameters that rest on it with value, unit, kind and range.

    Raises
    ------
    UnknownNameError
        A key that the evidence table does not hold.
    """
    from mgpk.results import Run

    if what is None:
        return _core.cite_all()
    if isinstance(what, Run):
        own = what.subject.to_dict()["parameters"]
        lines = [
            f"  {key} = {_checks.shown(value)} (given by the user)" for key, value in own.items()
        ]
        note = "values of this run that replace those below:\n" + "\n".join(lines) + "\n"
        return (note if own else "") + _core.cite_all()
    keys = [what] if isinstance(what, str) else list(what)
    return _core.cite([_checks.text("key", key, "give the key of a parameter") for key in keys])


def parameters() -> pandas.DataFrame:
    """The evidence table.

    Returns
    -------
    pandas.DataFrame
        One line per parameter: key, value, unit, low, high, kind (measured, derived, calibrated,
        assumed),
        organ, reference, citation, note.
    """
    import pandas

    return pandas.DataFrame(_core.parameters())


def salts() -> pandas.DataFrame:
    """The salts that are known, one line per form.

    Returns
    -------
    pandas.DataFrame
        salt, hydrate, formula, molar_mass_g_per_mol, n_magnesium, f_magnesium (mass fraction),
        dissolution and how it is known, glycine_per_magnesium (mol per mol), f_complexed
        (share that the ligand binds in the small bowel), n_unabsorbed_ions (ions that stay in the
        lumen, per magnesium ion and itself included), reference, note.
    """
    import pandas

    return pandas.DataFrame(_core.salts())
