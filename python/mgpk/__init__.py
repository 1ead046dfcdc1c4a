"""mgpk: what magnesium does between the mouth and the urine.

import mgpk

person = mgpk.Subject(sex="female", age_y=34, weight_kg=62, height_cm=168, gfr_mL_per_min=105)
plan = mgpk.Schedule().oral("glycinate", elemental_mg=300, at_h=22, every_h=24, times=28)
run = mgpk.simulate(person, plan, until_h=28 * 24)
run["c_plasma_total_mmol_per_L"], run.f_absorbed["glycinate"], run.summary()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mgpk import _core
from mgpk.errors import (
    DataSetError,
    DocumentError,
    NotComputedError,
    SolveError,
    UnknownNameError,
)
from mgpk.evidence import Parameter, cite, parameter, parameters, salts
from mgpk.history import History, after
from mgpk.options import SimulationOptions
from mgpk.results import Baseline, Run, Summary
from mgpk.schedule import Schedule
from mgpk.simulating import simulate
from mgpk.steady import SteadyState, steady_state
from mgpk.subject import Subject

if TYPE_CHECKING:
    from mgpk import classic, plotting
    from mgpk.bayes import LogPosterior, log_posterior, sample_posterior
    from mgpk.catalogue import Studies, Study, studies
    from mgpk.claiming import Claim, Claims, claims
    from mgpk.comparing import Comparison, compare
    from mgpk.dataset import Dataset, lint_dataset, read_dataset
    from mgpk.design_inputs import PlannedPeriod, PlannedPerson
    from mgpk.design_search import DesignSearch, search_design
    from mgpk.designing import Design, design
    from mgpk.effect_catalogue import Effect, EffectCatalogue, effects
    from mgpk.effect_results import EffectDays, RunEffects
    from mgpk.fitting import Fit, fit
    from mgpk.isotopes import Exponential, IsotopeMethods, MethodResult, Trace, trace
    from mgpk.loading import LoadingTest, loading_test
    from mgpk.many import ManyRuns, simulate_many
    from mgpk.mixed_fitting import Covariate, MixedFit, fit_mixed
    from mgpk.modifying import Modifier, Modifiers, modifiers
    from mgpk.nca_results import NcaResult, NcaResults, NcaUrineResult
    from mgpk.noncompartmental import nca, nca_urine
    from mgpk.people_fitting import Measured, ObservedPerson, fit_people
    from mgpk.populations import Population, population
    from mgpk.run_files import RunFile, read_run_file, run_file, run_file_schema, write_run_file
    from mgpk.side_by_side import HeadToHead, head_to_head
    from mgpk.sloping import SlopedRun, simulate_with_slopes
    from mgpk.sweeping import sweep
    from mgpk.trials import TrialEffect, TrialEffects, TrialPower, simulate_trial, trial_effects
    from mgpk.uncertainty import Bands
    from mgpk.validating import Validation, validate

__version__: str = _core.version
disclaimer: str = _core.disclaimer

#: Names that live in modules which are read only when they are used.
_LATER = {
    "LogPosterior": "bayes",
    "log_posterior": "bayes",
    "sample_posterior": "bayes",
    "Claim": "claiming",
    "Claims": "claiming",
    "claims": "claiming",
    "Comparison": "comparing",
    "compare": "comparing",
    "Dataset": "dataset",
    "lint_dataset": "dataset",
    "read_dataset": "dataset",
    "Design": "designing",
    "design": "designing",
    "DesignSearch": "design_search",
    "search_design": "design_search",
    "PlannedPeriod": "design_inputs",
    "PlannedPerson": "design_inputs",
    "Effect": "effect_catalogue",
    "EffectCatalogue": "effect_catalogue",
    "effects": "effect_catalogue",
    "EffectDays": "effect_results",
    "RunEffects": "effect_results",
    "Fit": "fitting",
    "fit": "fitting",
    "Exponential": "isotopes",
    "IsotopeMethods": "isotopes",
    "MethodResult": "isotopes",
    "Trace": "isotopes",
    "trace": "isotopes",
    "LoadingTest": "loading",
    "loading_test": "loading",
    "ManyRuns": "many",
    "simulate_many": "many",
    "Covariate": "mixed_fitting",
    "MixedFit": "mixed_fitting",
    "fit_mixed": "mixed_fitting",
    "Modifier": "modifying",
    "Modifiers": "modifying",
    "modifiers": "modifying",
    "HeadToHead": "side_by_side",
    "head_to_head": "side_by_side",
    "SlopedRun": "sloping",
    "simulate_with_slopes": "sloping",
    "sweep": "sweeping",
    "Bands": "uncertainty",
    "Population": "populations",
    "population": "populations",
    "Measured": "people_fitting",
    "ObservedPerson": "people_fitting",
    "fit_people": "people_fitting",
    "NcaResult": "nca_results",
    "NcaResults": "nca_results",
    "NcaUrineResult": "nca_results",
    "Interval": "fit_intervals",
    "Profile": "profiling",
    "nca": "noncompartmental",
    "nca_urine": "noncompartmental",
    "Studies": "catalogue",
    "Study": "catalogue",
    "studies": "catalogue",
    "Validation": "validating",
    "validate": "validating",
    "RunFile": "run_files",
    "read_run_file": "run_files",
    "run_file": "run_files",
    "run_file_schema": "run_files",
    "write_run_file": "run_files",
    "TrialEffect": "trials",
    "TrialEffects": "trials",
    "TrialPower": "trials",
    "simulate_trial": "trials",
    "trial_effects": "trials",
}

__all__ = [
    "Bands",
    "Baseline",
    "Claim",
    "Claims",
    "Comparison",
    "Covariate",
    "DataSetError",
    "Dataset",
    "Design",
    "DesignSearch",
    "DocumentError",
    "Effect",
    "EffectCatalogue",
    "EffectDays",
    "Exponential",
    "Fit",
    "HeadToHead",
    "History",
    "Interval",
    "IsotopeMethods",
    "LoadingTest",
    "LogPosterior",
    "ManyRuns",
    "Measured",
    "MethodResult",
    "MixedFit",
    "Modifier",
    "Modifiers",
    "NcaResult",
    "NcaResults",
    "NcaUrineResult",
    "NotComputedError",
    "ObservedPerson",
    "Parameter",
    "PlannedPeriod",
    "PlannedPerson",
    "Population",
    "Profile",
    "Run",
    "RunEffects",
    "RunFile",
    "Schedule",
    "SimulationOptions",
    "SlopedRun",
    "SolveError",
    "SteadyState",
    "Studies",
    "Study",
    "Subject",
    "Summary",
    "Trace",
    "TrialEffect",
    "TrialEffects",
    "TrialPower",
    "UnknownNameError",
    "Validation",
    "after",
    "cite",
    "claims",
    "classic",
    "compare",
    "design",
    "disclaimer",
    "effects",
    "fit",
    "fit_mixed",
    "fit_people",
    "head_to_head",
    "lint_dataset",
    "loading_test",
    "log_posterior",
    "modifiers",
    "nca",
    "nca_urine",
    "parameter",
    "parameters",
    "plotting",
    "population",
    "read_dataset",
    "read_run_file",
    "run_file",
    "run_file_schema",
    "salts",
    "sample_posterior",
    "search_design",
    "simulate",
    "simulate_many",
    "simulate_trial",
    "simulate_with_slopes",
    "steady_state",
    "studies",
    "sweep",
    "trace",
    "trial_effects",
    "validate",
    "write_run_file",
]


def __getattr__(name: str) -> Any:
    import importlib

    if name in ("classic", "plotting"):
        return importlib.import_module(f"mgpk.{name}")
    if name in _LATER:
        return getattr(importlib.import_module(f"mgpk.{_LATER[name]}"), name)
    raise AttributeError(f'module "mgpk" has no attribute "{name}"')


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
