"""Where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mgpk import _checks, _core

if TYPE_CHECKING:
    import pandas

    from mgpk.results import Run

__all__ = ["Parameter", "cite", "parameter", "parameters", "salts"]


@dataclass(frozen=True)
class Parameter:
    """One number of the model: a row of the evidence table."""

    key: str  #: its name, with the unit at the end
    value: float  #: in ``unit``
    unit: str  #: "1" for none
    low: float  #: lowest plausible value
    high: float  #: highest plausible value
    kind: str  #: measured, derived, calibrated or assumed
    organ: str  #: the part of the body it belongs to
    used_in: tuple[str, ...]  #: headers of the laws it goes into, under include/mgpk
    reference: str  #: key of the source
    citation: str  #: the source
    doi: str  #: of the source; empty where none was seen
    provenance: str  #: of the source: published, recalled, derived or choice
    note: str  #: what it rests on, and what is not known

    def __repr__(self) -> str:
        unit = "" if self.unit == "1" else f" {self.unit}"
        return (
            f"<Parameter: {self.key} = {self.value:g}{unit} ({self.low:g} to {self.high:g}), "
            f"{self.kind}, {self.citation}>"
        )


def parameter(key: str) -> Parameter:
    """One number of the model, with its range and source.

    Parameters
    ----------
    key : str
        Key of a row of the evidence table, such as "tm_mmol_per_L"; its unit ends the name.

    Returns
    -------
    Parameter
        Shows value, unit, range, kind and source; the rest by attribute.

    Raises
    ------
    UnknownNameError
        A key that the evidence table does not hold; the nearest is named.

    See Also
    --------
    mgpk.parameters : all of them as a frame.
    """
    row = _core.parameter(_checks.text("key", key, "give the key of a parameter"))
    return Parameter(**{**row, "used_in": tuple(row["used_in"].split(";"))})


def cite(what: Run | Iterable[str] | None = None) -> str:
    """The sources that numbers rest on.

    Parameters
    ----------
    what : Run or list of str, optional
        A run: what was given, what was assumed, and each source with the numbers, salts and changes
        of a person that the run used; keys of parameters; or nothing for all parameters.

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
        return _core.cite_run(what._inner)
    keys = [what] if isinstance(what, str) else list(what)
    return _core.cite([_checks.text("key", key, "give the key of a parameter") for key in keys])


def parameters() -> pandas.DataFrame:
    """The evidence table.

    Returns
    -------
    pandas.DataFrame
        One line per parameter: key, value, unit, low, high, kind (measured, derived, calibrated,
        assumed), organ, used_in (headers of its laws, parted by ;), reference, citation, doi,
        provenance (published, recalled, derived, choice), note.
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
