"""The person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mgpk import _checks, _core

__all__ = ["Subject"]

_NUMBERS = {
    "age_y": "give the age in years",
    "weight_kg": "give the body weight in kilograms",
    "height_cm": "give the height in centimetres",
    "gfr_mL_per_min": "give the GFR in mL/min",
    "creatinine_mg_per_dL": "give serum creatinine in mg/dL",
    "diet_mg_per_d": "give elemental magnesium in mg per day",
    "albumin_g_per_L": "give albumin in g/L",
    "c_plasma_total_mmol_per_L": "give total plasma magnesium in mmol/L",
}


def _strengths(modifiers: object) -> dict[str, float]:
    """Names with their strengths; names alone have the size of the table."""
    if modifiers is None:
        return {}
    advice = "give names, or names and their strengths"
    if isinstance(modifiers, Mapping):
        given = _checks.mapping("modifiers", modifiers, advice)
        return {name: _checks.number(f"the strength of {name}", x) for name, x in given.items()}
    if isinstance(modifiers, str) or not isinstance(modifiers, Iterable):
        _checks.refuse("modifiers must be a list", _checks.shown(modifiers), advice, TypeError)
    names = [_checks.text("modifier", name, advice) for name in modifiers]
    for name in names:
        if names.count(name) > 1:
            _checks.refuse("a modifier is named once", f'"{name}" twice', "give it a strength")
    return dict.fromkeys(names, 1.0)


class Subject:
    """A person. What is not given is that of the reference adult, and listed as an assumption.

    Immutable; ``replace`` gives a changed copy.

    Parameters
    ----------
    sex : str, optional
        "female" or "male"; needed with creatinine.
    age_y : float, optional
        Age in years, (0, 120]; needed with creatinine.
    weight_kg : float, optional
        Body weight in kg, [1, 400].
    height_cm : float, optional
        Height in cm, [30, 260]; needed with creatinine.
    gfr_mL_per_min : float, optional
        Glomerular filtration rate of the person in mL/min, not indexed to surface, [1, 250].
    creatinine_mg_per_dL : float, optional
        Serum creatinine in mg/dL, [0.1, 20], instead of a GFR: CKD-EPI 2021, de-indexed by body
        surface; adults who are not pregnant only.
    diet_mg_per_d : float, optional
        Elemental magnesium of the diet in mg/d, [0, 3000].
    albumin_g_per_L : float, optional
        Plasma albumin in g/L, [5, 70].
    diet_phytate_mmol_per_d : float
        Phytic acid of the diet beyond that of usual food in mmol/d, [0, 50]; with the meals.
    diet_oxalate_mmol_per_d : float
        Oxalic acid of the diet beyond that of usual food in mmol/d, [0, 50]; with the meals.
    c_plasma_total_mmol_per_L : float, optional
        Measured fasting total plasma magnesium in mmol/L, [0.3, 3]; moves the person's Tm.
    meals_at_h : list of float, optional
        Clock times of the diet's meals in h, rising, [0, 24).
    f_acid_secreted : float
        Gastric acid relative to normal, a fraction, [0, 3]; less under an acid blocker.
    pregnant : bool
        Late pregnancy: the modifier "pregnancy"; refuses formulas that do not hold then. A GFR and
        an albumin that are given stay as given.
    parameters : mapping of str to float, optional
        Other values for rows of the evidence table (see ``mgpk.parameters()``), in their units.
    allow_outside_range : bool
        Lets such a value leave the range of the evidence.
    modifiers : list of str or mapping of str to float, optional
        Changes that last, such as ``["thiazide"]`` or ``{"thiazide": 0.5}``: name to strength,
        relative to the table of ``mgpk.modifiers()``: 1 as there, [0, 2].

    Raises
    ------
    ValueError
        A value out of range, or values that contradict each other.
    UnknownNameError
        A parameter or a modifier that the evidence tables do not hold.
    TypeError
        A value of the wrong kind, or a keyword that does not exist.

    See Also
    --------
    mgpk.parameters : the evidence table with ranges and sources.
    mgpk.modifiers : the named changes of a person.
    """

    __slots__ = ("_inner",)
    _inner: _core.Subject

    @_checks.keywords()
    def __init__(
        self,
        *,
        sex: str | None = None,
        age_y: float | None = None,
        weight_kg: float | None = None,
        height_cm: float | None = None,
        gfr_mL_per_min: float | None = None,
        creatinine_mg_per_dL: float | None = None,
        diet_mg_per_d: float | None = None,
        albumin_g_per_L: float | None = None,
        diet_phytate_mmol_per_d: float = 0.0,
        diet_oxalate_mmol_per_d: float = 0.0,
        c_plasma_total_mmol_per_L: float | None = None,
        meals_at_h: Iterable[float] | None = None,
        f_acid_secreted: float = 1.0,
        pregnant: bool = False,
        parameters: Mapping[str, float] | None = None,
        allow_outside_range: bool = False,
        modifiers: Iterable[str] | Mapping[str, float] | None = None,
    ) -> None:
        given = locals()
        checked = {
            name: _checks.optional_number(name, given[name], advice)
            for name, advice in _NUMBERS.items()
        }
        overrides = _checks.mapping(
            "parameters", {} if parameters is None else parameters, "give names and numbers"
        )
        core = _core.Subject(
            sex=None if sex is None else _checks.text("sex", sex, 'give "female" or "male"'),
            meals_at_h=None if meals_at_h is None else _checks.numbers("meals_at_h", meals_at_h),
            f_acid_secreted=_checks.number("f_acid_secreted", f_acid_secreted),
            diet_phytate_mmol_per_d=_checks.number(
                "diet_phytate_mmol_per_d", diet_phytate_mmol_per_d
            ),
            diet_oxalate_mmol_per_d=_checks.number(
                "diet_oxalate_mmol_per_d", diet_oxalate_mmol_per_d
            ),
            pregnant=_checks.flag("pregnant", pregnant),
            parameters={key: _checks.number(key, value) for key, value in overrides.items()},
            allow_outside_range=_checks.flag("allow_outside_range", allow_outside_range),
            modifiers=_strengths(modifiers),
            **checked,
        )
        object.__setattr__(self, "_inner", core)

    def __getattr__(self, name: str) -> Any:
        """The value that was given; None where it was not."""
        if not name.startswith("_"):
            given = self._inner.to_dict()
            if name in given:
                return given[name]
        raise AttributeError(f'Subject has no attribute "{name}"')

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a subject must stay as it was made, but {name} is set; use replace({name}=...)"
        )

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._inner.to_dict()]

    @property
    def resolved(self) -> dict[str, Any]:
        """What a run uses, defaults filled in: kg, mL/min, mg/d, g/L, h."""
        return self._inner.resolved()

    @property
    def assumptions(self) -> list[str]:
        """What was not said and is therefore assumed, one sentence each."""
        return self._inner.assumptions()

    def parameter(self, key: str) -> float:
        """The value of a row of the evidence table for this person.

        Parameters
        ----------
        key : str
            Key of the row, such as "tm_mmol_per_L"; its unit stands in ``mgpk.parameters()``.

        Returns
        -------
        float
            The person's own value, or that of the table.

        Raises
        ------
        UnknownNameError
            The table has no such row.
        """
        return self._inner.parameter(_checks.text("key", key, "give the key of a parameter"))

    def replace(self, **changes: Any) -> Subject:
        """A copy with other values.

        Parameters
        ----------
        **changes
            Keywords of ``Subject``, in their units.

        Returns
        -------
        Subject
            The changed copy.

        Raises
        ------
        ValueError
            As ``Subject`` does.
        """
        return Subject(**{**self._inner.to_dict(), **changes})

    def to_dict(self) -> dict[str, Any]:
        """All fields as a plain dictionary that JSON can hold.

        Returns
        -------
        dict
            Keyword to value; None where nothing was given.
        """
        return self._inner.to_dict()

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Subject:
        """A subject from what ``to_dict`` gave.

        Parameters
        ----------
        fields : mapping
            Keywords of ``Subject``, in their units; those left out keep their default.

        Returns
        -------
        Subject
            Equal to the one that gave the dictionary.

        Raises
        ------
        UnknownNameError
            A key that no field has.
        ValueError
            As ``Subject`` does.
        """
        given = _checks.mapping("subject", fields, "give what to_dict gave")
        _checks.known_keys("a subject", given, _core.Subject().to_dict())
        return cls(**given)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Subject):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        fields = self.to_dict()
        fields["meals_at_h"] = fields["meals_at_h"] and tuple(fields["meals_at_h"])
        fields["parameters"] = tuple(fields["parameters"].items())
        fields["modifiers"] = tuple(fields["modifiers"].items())
        return hash(tuple(fields.values()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Subject.from_dict, (self.to_dict(),))

    def __copy__(self) -> Subject:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Subject:
        return self

    def __repr__(self) -> str:
        blank = _core.Subject().to_dict()
        given = (f"{k}={v!r}" for k, v in self.to_dict().items() if v != blank[k])
        return f"Subject({', '.join(given)})"
