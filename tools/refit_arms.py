"""The simulated studies of tools/simulate_and_refit.py: what is drawn, and how it is fitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import mgpk
import numpy as np

PLASMA, URINE = "c_plasma_total_mmol_per_L", "a_urine_mmol"
START = "start_c_plasma_total_mmol_per_L"
TM, PLASMA_VOLUME = "tm_mmol_per_L", "v_plasma_L_per_kg"
INTERSTITIUM, FLOW = "v_interstitial_L_per_kg", "q_interstitial_L_per_h_per_kg"
#: All arms and all studies are drawn from this number, which was chosen before anything was run.
SEED = 20261126

PLASMA_H = np.array([0.5, 1, 2, 3, 4, 6, 8, 12.0])
URINE_H = np.array([4, 8, 12, 24.0])
SD = {PLASMA: 0.03, URINE: 0.3}
TYPICAL = {TM: 0.60, PLASMA_VOLUME: 0.12, INTERSTITIUM: 0.26, FLOW: 0.22}
_NORMAL_95 = 1.959963984540054
ERRORS = {f"error_additive_sd({column})": sd for column, sd in SD.items()}


def plan() -> mgpk.Schedule:
    """A short infusion of 20 mmol, as in the loading test."""
    return mgpk.Schedule().iv("sulfate", mmol=20, over_h=0.33)


@dataclass(frozen=True)
class Estimates:
    """What a fit said, by parameter: estimate, standard error and the interval of 95 %."""

    value: dict[str, float]
    error: dict[str, float]
    ends: dict[str, tuple[float, float]]


def _symmetric(fit: Any) -> Estimates:
    """Of ``mgpk.fit``, which has no intervals of its own: 1.96 standard errors either way."""
    ends = {
        name: (value - _NORMAL_95 * error, value + _NORMAL_95 * error)
        for (name, value), error in zip(
            fit.estimates.items(), fit.standard_errors.values(), strict=True
        )
    }
    return Estimates(fit.estimates, fit.standard_errors, ends)


def _by_fit(fit: Any) -> Estimates:
    """Of ``mgpk.fit_people`` and ``mgpk.fit_mixed``, as their ``interval`` has it."""
    known = [name for name, error in fit.standard_errors.items() if np.isfinite(error)]
    return Estimates(
        fit.estimates,
        fit.standard_errors,
        {
            name: tuple(fit.interval(name)[:2]) if name in known else (np.nan, np.nan)
            for name in fit.estimates
        },
    )


@dataclass(frozen=True)
class Arm:
    """One kind of study: the truth, and what makes a fit of a draw."""

    name: str
    words: str
    n_studies: int
    truth: Mapping[str, float]
    refit: Callable[[np.random.Generator], Estimates] = field(repr=False)


def measured(
    random: np.random.Generator,
    parameters: Mapping[str, float],
    start: float | None,
    plasma_h: Any = PLASMA_H,
    urine_h: Any = URINE_H,
) -> dict[str, tuple[Any, Any]]:
    """Plasma, and urine collected since the time before, with their errors."""
    person = mgpk.Subject(parameters=dict(parameters), allow_outside_range=True)
    times_h = np.unique(np.concatenate([plasma_h, urine_h]))
    given = {} if start is None else {START: start}
    run = mgpk.simulate(person, plan(), times_h=times_h, with_baseline=False, **given)
    at = {float(t_h): i for i, t_h in enumerate(run.time_h)}
    plasma = run[PLASMA][[at[float(t_h)] for t_h in plasma_h]]
    urine = np.diff(run[URINE][[at[float(t_h)] for t_h in urine_h]], prepend=0.0)
    return {
        PLASMA: (plasma_h, plasma + SD[PLASMA] * random.normal(size=len(plasma_h))),
        URINE: (urine_h, urine + SD[URINE] * random.normal(size=len(urine_h))),
    }


def observed_person(data: Mapping[str, tuple[Any, Any]], name: str = "", **more: Any) -> Any:
    urine_h, urine = data[URINE]
    since_h = np.concatenate([[0.0], urine_h[:-1]])
    observations = {PLASMA: data[PLASMA], URINE: mgpk.Measured(urine_h, urine, since_h=since_h)}
    return mgpk.ObservedPerson(observations, plan=plan(), id=name, **more)


def known() -> mgpk.Subject:
    """A person with the true flow, where it is not estimated."""
    return mgpk.Subject(parameters={FLOW: TYPICAL[FLOW]})


def one_person(random: np.random.Generator) -> Estimates:
    """Five parameters of one person by ``mgpk.fit``: 8 plasma levels, 4 cumulative urines."""
    person = mgpk.Subject(parameters=TYPICAL)
    times_h = np.unique(np.concatenate([PLASMA_H, URINE_H]))
    run = mgpk.simulate(person, plan(), times_h=times_h, with_baseline=False, **{START: 0.95})
    observations = {}
    for column, taken_h in ((PLASMA, PLASMA_H), (URINE, URINE_H)):
        clean = run[column][np.searchsorted(run.time_h, taken_h)]
        noisy = clean + SD[column] * random.normal(size=taken_h.size)
        observations[column] = (taken_h, noisy, np.full(taken_h.size, SD[column]))
    wide = {TM: (0.3, 0.9), PLASMA_VOLUME: (0.01, 0.6), INTERSTITIUM: (0.01, 1.5)}
    fit = mgpk.fit(
        [*TYPICAL, START],
        observations,
        plan=plan(),
        bounds={**wide, FLOW: (0.01, 2.0), START: (0.3, 2.0)},
    )
    return _symmetric(fit)


def one_person_errors_estimated(random: np.random.Generator, likelihood: str = "full") -> Estimates:
    """Three parameters and both errors of one person by ``mgpk.fit_people``."""
    fit = mgpk.fit_people(
        [observed_person(measured(random, TYPICAL, None), subject=known())],
        parameters=[TM, PLASMA_VOLUME, INTERSTITIUM],
        errors="additive",
        likelihood=likelihood,
        n_threads=1,
    )
    return _by_fit(fit)


def pooled(random: np.random.Generator, likelihood: str = "full") -> Estimates:
    """Three parameters and both errors of eight people who share them."""
    people = [
        observed_person(measured(random, TYPICAL, None), str(i), subject=known()) for i in range(8)
    ]
    fit = mgpk.fit_people(
        people,
        parameters=[TM, PLASMA_VOLUME, INTERSTITIUM],
        errors="additive",
        likelihood=likelihood,
        n_threads=1,
    )
    return _by_fit(fit)


#: People of the mixed fit of the body: maximum likelihood divides their spread by 16, not 15.
BODY_PEOPLE = 16
BODY_VARIANCE = 0.0064
BODY_PLASMA_H = np.array([0.5, 1, 2, 4, 8, 12.0])
BODY_URINE_H = np.array([6, 24.0])


def mixed_body(random: np.random.Generator) -> Estimates:
    """Three typical values of the body, the spread of Tm and both errors, by FOCE."""
    people = []
    for i in range(BODY_PEOPLE):
        own = {**TYPICAL, TM: TYPICAL[TM] * float(np.exp(np.sqrt(BODY_VARIANCE) * random.normal()))}
        data = measured(random, own, None, BODY_PLASMA_H, BODY_URINE_H)
        people.append(observed_person(data, str(i), subject=known()))
    fit = mgpk.fit_people(
        people,
        parameters=[TM, PLASMA_VOLUME, INTERSTITIUM],
        random=[TM],
        errors="additive",
        n_threads=1,
    )
    return _by_fit(fit)


MIXED_TYPICAL = {"cl_L_per_h": 5.0, "v_central_L": 24.0}
MIXED_VARIANCE = {"cl_L_per_h": 0.09, "v_central_L": 0.06}
MIXED_ERROR = 0.1
MIXED_H = np.array([0.5, 1, 2, 4, 8, 12.0])


def mixed(random: np.random.Generator) -> Estimates:
    """Two typical values, their spread and the error of 30 people, by FOCE.

    The rise of plasma magnesium after 16 mmol in half an hour, as one compartment would have it;
    drawn from the closed form, not from the code under test.
    """
    dose_mmol, over_h = 16.0, 0.5
    rows: dict[str, list[float]] = {
        name: [] for name in ("ID", "TIME", "AMT", "RATE", "EVID", "DV")
    }

    def add(*numbers: float) -> None:
        for column, number in zip(rows.values(), numbers, strict=True):
            column.append(number)

    for i in range(30):
        cl, v = (
            MIXED_TYPICAL[key] * np.exp(np.sqrt(MIXED_VARIANCE[key]) * random.normal())
            for key in MIXED_TYPICAL
        )
        end = dose_mmol / over_h / cl * (1 - np.exp(-cl / v * over_h))
        level = end * np.exp(-cl / v * (MIXED_H - over_h))
        add(i + 1, 0.0, dose_mmol, dose_mmol / over_h, 1, 0.0)
        for t_h, c in zip(MIXED_H, level, strict=True):
            add(i + 1, t_h, 0.0, 0.0, 0, c * (1 + MIXED_ERROR * random.normal()))
    model = mgpk.classic.one_compartment(cl_L_per_h=4.0, v_L=30.0)
    keys = list(MIXED_TYPICAL)
    fit = mgpk.fit_mixed(model, rows, parameters=keys, random=keys, error="proportional")
    return _by_fit(fit)


def _of(*keys: str) -> dict[str, float]:
    return {key: TYPICAL[key] for key in keys}


ARMS = (
    Arm(
        "one_person",
        "one person, 8 plasma levels and 4 urines, errors known; `mgpk.fit`",
        200,
        {**TYPICAL, START: 0.95},
        one_person,
    ),
    Arm(
        "pooled",
        "8 people who are alike, 12 observations each, errors estimated; `mgpk.fit_people`",
        200,
        {**_of(TM, PLASMA_VOLUME, INTERSTITIUM), **ERRORS},
        pooled,
    ),
    Arm(
        "errors_estimated",
        "one person, 12 observations, both errors estimated; `mgpk.fit_people`",
        100,
        {**_of(TM, PLASMA_VOLUME, INTERSTITIUM), **ERRORS},
        one_person_errors_estimated,
    ),
    Arm(
        "mixed",
        "30 people who differ, 6 levels each, two random effects; `mgpk.fit_mixed`, FOCE",
        200,
        {
            **MIXED_TYPICAL,
            "error_proportional": MIXED_ERROR,
            **{f"omega({key})": variance for key, variance in MIXED_VARIANCE.items()},
        },
        mixed,
    ),
    # Arms are drawn by their place in this list: new ones stand at its end.
    Arm(
        "errors_restricted",
        "one person, 12 observations, both errors estimated by restricted likelihood; "
        "`mgpk.fit_people`",
        200,
        {**_of(TM, PLASMA_VOLUME, INTERSTITIUM), **ERRORS},
        partial(one_person_errors_estimated, likelihood="restricted"),
    ),
    Arm(
        "mixed_body",
        "the whole body of 16 people who differ, 6 levels and 2 urines each, one random effect; "
        "`mgpk.fit_people`, FOCE",
        200,
        {**_of(TM, PLASMA_VOLUME, INTERSTITIUM), **ERRORS, f"omega({TM})": BODY_VARIANCE},
        mixed_body,
    ),
    Arm(
        "pooled_restricted",
        "8 people who are alike, 12 observations each, errors estimated by restricted likelihood; "
        "`mgpk.fit_people`",
        200,
        {**_of(TM, PLASMA_VOLUME, INTERSTITIUM), **ERRORS},
        partial(pooled, likelihood="restricted"),
    ),
)


def draw(arm: Arm, study: int) -> np.random.Generator:
    """The random numbers of one study; they depend on nothing but the seed, the arm and its number."""
    place = [one.name for one in ARMS].index(arm.name)
    return np.random.default_rng([SEED, place, study])
