"""The model behind the functions of mgpk.classic: what it is made of, and its predictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mgpk import _checks, _core
from mgpk._classic_predictions import Predictions, data_set_of

#: A number, or the name of a column.
Quantity = float | str
#: One for the compartment that doses go into by default, or one for each compartment by name.
ByCompartment = Quantity | Mapping[str, Quantity]

_COLUMN_ADVICE = "give a number, or the name of a column of the data set"


def _quantity(name: str, value: object) -> Quantity:
    if isinstance(value, str):
        if not value:
            _checks.refuse(f"{name} must be a number or a column", '""', _COLUMN_ADVICE)
        return value
    number = _checks.number(name, value, _COLUMN_ADVICE)
    if not np.isfinite(number):
        _checks.refuse(f"{name} must be finite", _checks.shown(number), _COLUMN_ADVICE)
    return number


def _doses(default: str, given: Mapping[str, object]) -> dict[str, dict[str, Quantity]]:
    """What the model says of doses, by attribute and compartment."""
    doses = {}
    for attribute, value in given.items():
        if value is None:
            continue
        by_name = value if isinstance(value, Mapping) else {default: value}
        doses[attribute] = {
            _checks.text(f"each key of {attribute}", key, "name a compartment"): _quantity(
                f"{attribute} of {key}", item
            )
            for key, item in by_name.items()
        }
    return doses


def _absorption(ka: object, zero_order: object, k_transit: object, n_transit: object) -> str:
    """Which absorption the numbers belong to."""
    if zero_order is not None:
        for name, value in (("ka_per_h", ka), ("k_transit_per_h", k_transit)):
            if value is not None:
                _checks.refuse(
                    "t_zero_order_h stands alone", f"{name} besides", "give one kind of absorption"
                )
        return "zero_order"
    if k_transit is not None or n_transit is not None:
        return "transit"
    return "none" if ka is None else "first_order"


def model_of(
    n_compartments: int,
    disposition: Mapping[str, object],
    elimination: Mapping[str, object],
    absorption: Mapping[str, Any],
    doses: Mapping[str, object],
    read_out: Mapping[str, object],
    name: str | None,
) -> Model:
    kind = _absorption(
        absorption["ka_per_h"],
        absorption["t_zero_order_h"],
        absorption["k_transit_per_h"],
        absorption["n_transit"],
    )
    n_transit = absorption["n_transit"]
    if kind == "transit" and n_transit is None:
        _checks.refuse("a transit chain needs n_transit", "missing", "give 1 to 12")
    n_transit_count = 0 if n_transit is None else _checks.count("n_transit", n_transit)
    if n_transit_count < 0:
        _checks.refuse("n_transit must lie between 1 and 12", str(n_transit), "give a count")
    flows = {key: value for key, value in absorption.items() if key != "n_transit"}
    numbers = {**elimination, **disposition, **flows, **read_out}
    words = {1: "one", 2: "two", 3: "three"}[n_compartments]
    recipe = {
        "name": f"{words}_compartment" if name is None else _checks.text("name", name, "give text"),
        "n_compartments": n_compartments,
        "absorption": kind,
        "n_transit": n_transit_count,
        "parameters": {k: _quantity(k, v) for k, v in numbers.items() if v is not None},
        "doses": _doses("central" if kind == "none" else "depot", doses),
    }
    return Model._of(recipe)


class Model:
    """Compartments and numbers of a classic model; ``predict`` runs it over a data set.

    Made by ``one_compartment``, ``two_compartment``, ``three_compartment``, or by the name of a
    published model. It never changes.
    """

    __slots__ = ("_compartments", "_recipe")
    _recipe: dict[str, Any]
    _compartments: list[str]

    def __init__(self) -> None:
        _checks.refuse(
            "a classic model is made from its numbers",
            "empty",
            "use mgpk.classic.one_compartment, or another function of mgpk.classic",
            TypeError,
        )

    @classmethod
    def _of(cls, recipe: dict[str, Any]) -> Model:
        model = cls.__new__(cls)
        model._recipe = recipe
        model._compartments = _core.classic_compartments(recipe)
        return model

    @property
    def name(self) -> str:
        """What the model is called."""
        return str(self._recipe["name"])

    @property
    def compartments(self) -> list[str]:
        """The compartments that CMT of a record names: the first is 1."""
        return list(self._compartments)

    @property
    def absorption(self) -> str:
        """Either "none", "first_order", "zero_order" or "transit"."""
        return str(self._recipe["absorption"])

    @property
    def parameters(self) -> dict[str, float | str]:
        """The numbers, or the columns they come from, by name."""
        return dict(self._recipe["parameters"])

    @property
    def doses(self) -> dict[str, dict[str, float | str]]:
        """What the model says of doses: attribute to compartment to number or column."""
        return {attribute: dict(by) for attribute, by in self._recipe["doses"].items()}

    @property
    def citation(self) -> str:
        """Where a published model stands; empty for a model of your own."""
        return str(self._recipe.get("citation", ""))

    @property
    def cohort(self) -> str:
        """Whom a published model was fitted to."""
        return str(self._recipe.get("cohort", ""))

    @property
    def variability(self) -> list[str]:
        """Variation between people and residual error of a published model, in words."""
        return list(self._recipe.get("variability", []))

    @property
    def notes(self) -> list[str]:
        """What a user of a published model must know."""
        return list(self._recipe.get("notes", []))

    @_checks.keywords("write the options by keyword")
    def predict(
        self,
        dataset: Any,
        *,
        engine: str = "automatic",
        covariates: Mapping[str, str] | None = None,
        limit: str = "as_recorded",
        relative_tolerance: float = 1e-9,
        absolute_tolerance_amount: float | None = None,
        raise_on_failure: bool = True,
    ) -> Predictions:
        """Predicts every row of a data set, in its order; at the row of a dose after the dose.

        Parameters
        ----------
        dataset : Dataset, path, pandas.DataFrame or mapping
            Records with NONMEM's names: TIME, AMT, RATE, II, ADDL, SS, EVID, CMT, ID, and the
            columns that the model reads.
        engine : str
            "closed_form", "ode", or "automatic": the closed form where there is one.
        covariates : mapping, optional
            Column to "carried_backward" (the record ahead supplies the value, as in NONMEM; the
            default), "carried_forward" (the record behind) or "linear".
        limit : str
            What an observation at the time of a dose shows: "as_recorded", "before" or "after".
        relative_tolerance : float
            Of the solver, a fraction; the closed form is exact.
        absolute_tolerance_amount : float, optional
            Of the solver, in the unit of the doses; follows the largest dose unless given.
        raise_on_failure : bool
            False gives NaN from a failure on, and the reason in ``status``.

        Returns
        -------
        Predictions
            Arrays by name, one value per row.

        Raises
        ------
        SolveError
            There is no steady state, or the solver failed.
        DataSetError
            The data set breaks a rule.
        UnknownNameError
            A column that is missing, or a word that is not known.
        ValueError
            A record or an option that is refused.
        """
        data = data_set_of(dataset)
        rules = {} if covariates is None else _checks.mapping("covariates", covariates, "give one")
        absolute = 0.0
        if absolute_tolerance_amount is not None:
            absolute = _checks.number("absolute_tolerance_amount", absolute_tolerance_amount)
            if not absolute > 0:
                _checks.refuse(
                    "absolute_tolerance_amount must be positive",
                    _checks.shown(absolute),
                    "leave it out for one that suits the doses",
                )
        options = {
            "engine": _checks.text("engine", engine, "give a word"),
            "limit": _checks.text("limit", limit, "give a word"),
            "covariates": {
                key: _checks.text(f"the rule of {key}", rule, "give a word")
                for key, rule in rules.items()
            },
            "relative_tolerance": _checks.number("relative_tolerance", relative_tolerance),
            "absolute_tolerance_amount": absolute,
            "raise_on_failure": _checks.flag("raise_on_failure", raise_on_failure),
        }
        result = _core.classic_predict(self._recipe, data._inner, options)
        return Predictions(self.name, data, result)

    def read_outs(self) -> dict[str, Any]:
        """The textbook numbers of a linear model.

        Returns
        -------
        dict
            ``lambda_per_h`` (alpha, beta, gamma) and ``half_lives_h``, the fastest first;
            ``coefficients_per_L`` (A, B, C of a unit bolus); ``auc_unit_dose_amount_h_per_L``,
            ``v_steady_state_L``, ``t_mean_residence_h``, ``t_mean_absorption_h``.

        Raises
        ------
        ValueError
            Saturable elimination, or numbers that come from columns.
        """
        return _core.classic_read_outs(self._recipe)

    def __eq__(self, other: object) -> bool:
        return self._recipe == other._recipe if isinstance(other, Model) else NotImplemented

    def __hash__(self) -> int:
        return hash(repr(self._recipe))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Model._of, (self._recipe,))

    def __repr__(self) -> str:
        numbers = [f"{k}={_checks.shown(v)}" for k, v in self._recipe["parameters"].items()]
        numbers += [f"{k}={dict(v)}" for k, v in self._recipe["doses"].items()]
        notes = "".join(f"\n  {line}" for line in (self.citation, self.cohort, *self.notes) if line)
        return f"<{self.name}: {', '.join(self._compartments)}; {', '.join(numbers)}{notes}>"
