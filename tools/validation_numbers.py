"""The numbers of the validation report: fit, leave-one-cohort-out, identifiability, structures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas
from calibration_steps import (
    Array,
    Constants,
    constants,
    cost,
    posterior,
    refit,
    slopes_of_residuals,
    step,
    weighted,
)

import mgpk
from mgpk import _core

STALE = 0.05  #: how far predictions may have moved since the slopes were taken, in deviations
DETERMINED = 0.9  #: a constant is determined where the data shrink its prior deviation below this


def current(c: Constants) -> Array:
    """The logarithms of the values that mgpk runs on."""
    table = mgpk.parameters().set_index("key")
    return np.log(table.loc[c.names, "value"].to_numpy(float))


@dataclass(frozen=True)
class Fitted:
    """The model as it stands, beside the figures, with its slopes."""

    constants: Constants  #: the free ones
    x: Array
    validation: mgpk.Validation
    slopes: pandas.DataFrame  #: of predictions, by all constants that could be free

    @property
    def residual_slopes(self) -> Array:
        values = self.constants.values(self.x)
        return slopes_of_residuals(self.slopes, self.validation.endpoints, values)

    @property
    def covariance(self) -> Array:
        return posterior(self.constants, self.residual_slopes)

    def predicted_sd(self) -> pandas.Series:
        """Deviation of each prediction from the free constants alone, in the unit of the study."""
        values = self.constants.values(self.x)
        per_ln = np.column_stack([self.slopes[k].to_numpy(float) * v for k, v in values.items()])
        variance = np.einsum("ij,jk,ik->i", per_ln, self.covariance, per_ln)
        return pandas.Series(np.sqrt(variance), index=self.slopes.index)


def all_slopes() -> pandas.DataFrame:
    """Slopes by every constant of data/calibration.csv: some minutes."""
    return mgpk.studies(use="fit").sensitivities(of=constants(free_only=False).names)


def fitted(slopes: pandas.DataFrame) -> Fitted:
    """With slopes that were kept; they must be those of these studies and near these constants."""
    c, validation = constants(), mgpk.validate()
    endpoints = validation.endpoints
    if set(slopes.index) != set(endpoints.index):
        raise SystemExit("the stored slopes are of other studies; run tools/write_validation.py")
    slopes = slopes.loc[endpoints.index]
    apart = (slopes["predicted"] - endpoints["predicted"]).abs() / endpoints["deviation"]
    scale = endpoints["observed"].abs().where(endpoints["score"] == "fold", 1.0)
    if (apart / scale > STALE).any():
        raise SystemExit(
            f"the stored slopes are of other constants (see {(apart / scale).idxmax()}); "
            "run tools/write_validation.py"
        )
    return Fitted(c, current(c), validation, slopes)


def leave_one_cohort_out(f: Fitted) -> mgpk.Validation:
    """Each cohort predicted by constants that were fitted without it.

    The fit without a cohort is one Gauss-Newton step from the fit with it; the prediction of the
    cohort is a run with those constants.
    """
    endpoints, slopes = f.validation.endpoints, f.residual_slopes
    residuals = weighted(endpoints)
    predicted = pandas.Series(np.nan, index=endpoints.index)
    for cohort in f.validation.studies.cohorts:
        keep = (endpoints["cohort"] != cohort).to_numpy()
        x = step(f.constants, f.x, residuals[keep], slopes[keep], longest=np.inf)
        out = mgpk.validate(
            mgpk.studies(cohort=cohort, use="fit"),
            parameters=f.constants.values(x),
            allow_outside_range=True,
        ).endpoints
        predicted[out.index] = out["predicted"]
    report = _core.assess_predicted(
        list(predicted.index), predicted.tolist(), endpoints["null"].tolist()
    )
    return mgpk.Validation(f.validation.studies, report, {})


def full_refit_without(f: Fitted, cohort: str) -> Array:
    """The same by steps that are run, to see what the single step misses."""
    keep = (f.validation.endpoints["cohort"] != cohort).to_numpy()

    def assess(values: dict[str, float]) -> Array:
        return weighted(mgpk.validate(parameters=values, allow_outside_range=True).endpoints)

    return refit(f.constants, f.x, f.residual_slopes, assess, keep, n_steps=3)[0]


def identifiability(f: Fitted) -> pandas.DataFrame:
    """What the data say of each constant that could be free, all of them together."""
    c = constants(free_only=False)
    x = current(c)
    slopes = slopes_of_residuals(f.slopes, f.validation.endpoints, c.values(x))
    together = np.sqrt(np.diag(posterior(c, slopes)))
    alone = 1 / np.sqrt(np.sum(slopes**2, axis=0) + 1 / c.sd**2)
    frame = pandas.DataFrame(
        {
            "prior": np.exp(c.mean),
            "sd_ln": c.sd,
            "value": np.exp(x),
            "sd_ln_together": together,
            "sd_ln_alone": alone,
            "free": [name in f.constants.names for name in c.names],
        },
        index=pandas.Index(c.names, name="key"),
    )
    frame["f_of_prior"] = frame["sd_ln_together"] / frame["sd_ln"]
    return frame


@dataclass(frozen=True)
class Structure:
    """Another structure as other values of constants, and why the model does not have it."""

    name: str
    what: str
    overrides: dict[str, float]
    kept: str = ""  #: why the model stays as it is, where the data do not ask for it


STRUCTURES = [
    Structure("one segment takes up", "no saturable uptake but in the jejunum",
              {"vmax_duodenum_mmol_per_h": 0.0, "vmax_ileum_mmol_per_h": 0.0,
               "vmax_colon_mmol_per_h": 0.0},
              "segments are where transit, resections and slow dissolution act"),
    Structure("uptake in the ileum", "saturable uptake by the shares of a textbook, 11 : 22 : 56",
              {"vmax_duodenum_mmol_per_h": 0.07, "vmax_ileum_mmol_per_h": 0.35}),
    Structure("no colonic uptake", "neither saturable nor linear",
              {"vmax_colon_mmol_per_h": 0.0, "k_uptake_linear_colon_per_h": 0.0},
              "a textbook gives the colon 5 % of intake; the model has less"),
    Structure("no linear uptake", "saturable uptake alone",
              {"k_uptake_linear_small_per_h": 0.0, "k_uptake_linear_colon_per_h": 0.0},
              "Fine 1991 saw a share that never saturates"),
    Structure("meals do not slow the stomach", "a fed stomach empties like a fasted one",
              {"k_emptying_fed_per_h": 2.5},
              "that meals slow the stomach is measured; without it bread and rich diets fit better and "
              "nothing is left that raises the absorption of water with a meal"),
    Structure("complexes do not let go", "what citrate binds is not absorbed",
              {"f_labile_complex": 0.0}),
    Structure("no phytate, no oxalate", "nothing in a meal binds",
              {"phytate_half_mmol": 1e6, "oxalate_half_mmol": 1e6}),
    Structure("osmoles do not speed the colon", "transit as without a load",
              {"osmotic_half_mmol": 1e6},
              "loads do make stools frequent, and sulfate gives less urine"),
    Structure("hydroxide like oxide", "one rate after the stomach for both",
              {"k_dissolution_hydroxide_neutral_per_h": 0.025,
               "k_dissolution_hydroxide_acid_per_h": 1.2},
              "the crystals differ in their rate laws; only Dolberg 2017 speaks to it"),
    Structure("absorption blind to the kidney", "uptake does not fall with the GFR",
              {"f_uptake_without_gfr": 1.0}),
    Structure("slow adaptation, a tenth", "Tm rises by 10 % of the relative lack of plasma",
              {"adaptation_gain_relative": 0.1}),
    Structure("slow adaptation, a fifth", "the same by 20 %", {"adaptation_gain_relative": 0.2}),
    Structure("cells give", "influx into cells half in proportion to what is outside",
              {"elasticity_cells": 0.5}),
    Structure("the small slow pool", "175 mmol with 1.5e-3 per h",
              {"a_slow_mmol_per_kg": 2.5, "k_slow_per_h": 1.5e-3},
              "its half-life was estimated as 1000 h; data see the product alone"),
]  # fmt: skip


def structure_costs(f: Fitted, tell: Callable[[str], None]) -> pandas.DataFrame:
    """Cost of each other structure, the free constants fitted again by two steps."""
    residuals = weighted(f.validation.endpoints)
    rows = [("as it is", "", "", cost(f.constants, f.x, residuals), residuals)]
    for structure in STRUCTURES:
        tell(structure.name)
        names = [name for name in f.constants.names if name not in structure.overrides]
        c = f.constants.only(names)
        at = [f.constants.names.index(name) for name in names]

        def assess(values: dict[str, float], also: dict[str, float] = structure.overrides) -> Array:
            both = {**values, **also}
            return weighted(mgpk.validate(parameters=both, allow_outside_range=True).endpoints)

        x, least = refit(c, f.x[at], f.residual_slopes[:, at], assess)
        rows.append(
            (structure.name, structure.what, structure.kept, least, assess(c.values(x)))
        )
    domains = f.validation.endpoints["domain"]
    frame = pandas.DataFrame(
        {
            "structure": [row[0] for row in rows],
            "what": [row[1] for row in rows],
            "kept": [row[2] for row in rows],
            "cost": [row[3] for row in rows],
            **{
                name: [float(np.sum(row[4][(domains == name).to_numpy()] ** 2)) for row in rows]
                for name in dict.fromkeys(domains)
            },
        }
    )
    return frame.set_index("structure")


def refit_check(f: Fitted, n_cohorts: int = 3) -> pandas.DataFrame:
    """The cohorts that move the constants most, left out by one step and by full refits."""
    residuals, slopes = weighted(f.validation.endpoints), f.residual_slopes
    cohorts = f.validation.endpoints["cohort"]
    moves = {}
    for cohort in f.validation.studies.cohorts:
        keep = (cohorts != cohort).to_numpy()
        moves[cohort] = step(f.constants, f.x, residuals[keep], slopes[keep], longest=np.inf)
    sd = np.sqrt(np.diag(f.covariance))
    far = sorted(moves, key=lambda name: -float(np.sum(((moves[name] - f.x) / sd) ** 2)))
    rows = []
    for cohort in far[:n_cohorts]:
        full = full_refit_without(f, cohort)
        chosen = mgpk.studies(cohort=cohort, use="fit")
        both = [
            mgpk.validate(
                chosen, parameters=f.constants.values(x), allow_outside_range=True
            ).endpoints["predicted"]
            for x in (moves[cohort], full)
        ]
        for key in both[0].index:
            rows.append({"key": key, "cohort": cohort, "by_step": both[0][key], "by_refit": both[1][key]})
    return pandas.DataFrame(rows).set_index("key")
