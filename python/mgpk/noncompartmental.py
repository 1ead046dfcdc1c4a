"""Non-compartmental analysis of arrays, runs and data sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk import _nca_sources as sources
from mgpk._nca_dataset import amount_unit_of
from mgpk.nca_results import NcaResult, NcaResults, NcaUrineResult
from mgpk.results import Run

if TYPE_CHECKING:
    import numpy as np
    import pandas
    from numpy.typing import NDArray

    Numbers = Sequence[float] | NDArray[np.float64]

__all__ = ["nca", "nca_urine"]

ROUTES = ("oral", "extravascular", "iv_bolus", "iv_infusion")
RULES = ("linear", "linear_up_log_down", "linear_log", "log")
_BLQ_RULES = ("keep", "zero", "drop", "half")
_BLQ_DEFAULT = {"before": "zero", "between": "drop", "after": "zero"}
_LAMBDA_Z_DEFAULT = {
    "n_points_least": 3,
    "r_squared_tolerance": 1e-4,
    "least_r_squared_adjusted": -1.0,
    "with_peak": None,
}


def _blq(blq: object, has_limit: bool) -> dict[str, str]:
    if blq is None:
        return dict(_BLQ_DEFAULT)
    if not has_limit:
        _checks.refuse(
            "blq is read only where a limit is known",
            "neither lloq_amount_per_L nor is_blq",
            "give one of them, or leave blq out",
        )
    if isinstance(blq, str):
        rule = _checks.one_of("blq", blq, _BLQ_RULES)
        return dict.fromkeys(_BLQ_DEFAULT, rule)
    given = _checks.mapping("blq", blq, "give before, between and after, or one word")
    _checks.known_keys("blq", given, _BLQ_DEFAULT)
    rules = {
        place: _checks.one_of(f"blq {place}", word, _BLQ_RULES) for place, word in given.items()
    }
    return {**_BLQ_DEFAULT, **rules}


def _lambda_z(lambda_z: object) -> dict[str, Any]:
    if lambda_z is None:
        return dict(_LAMBDA_Z_DEFAULT)
    if not isinstance(lambda_z, Mapping):
        return {"times_h": _checks.numbers("lambda_z", lambda_z, "give times, or a mapping")}
    given = _checks.mapping("lambda_z", lambda_z, "give its keys")
    _checks.known_keys("lambda_z", given, (*_LAMBDA_Z_DEFAULT, "times_h", "window_h"))
    for alone in ("times_h", "window_h"):
        if alone in given and len(given) > 1:
            other = next(key for key in given if key != alone)
            _checks.refuse(
                f"{alone} of lambda_z stands alone", f'"{other}" besides', "leave one out"
            )
        if alone in given:
            numbers = _checks.numbers(f"lambda_z {alone}", given[alone])
            if alone == "window_h" and len(numbers) != 2:
                _checks.refuse("window_h must be a start and an end", str(numbers), "give both")
            return {alone: numbers}
    found = {**_LAMBDA_Z_DEFAULT, **given}
    least = _checks.count("n_points_least", found["n_points_least"])
    found["n_points_least"] = max(least, 0)
    for key in ("r_squared_tolerance", "least_r_squared_adjusted"):
        found[key] = _checks.number(key, found[key])
    if found["with_peak"] is not None:
        found["with_peak"] = _checks.flag("with_peak", found["with_peak"])
    return found


def _intervals(name: str, intervals: object) -> list[tuple[float, float]]:
    if isinstance(intervals, (str, Mapping)) or not isinstance(intervals, Iterable):
        _checks.refuse(
            f"{name} must be a list of intervals",
            _checks.shown(intervals),
            "give (from, to) pairs in h after the dose",
            TypeError,
        )
    found = []
    for i, interval in enumerate(intervals):
        ends = _checks.numbers(f"{name}[{i}]", interval, "give a (from, to) pair")
        if len(ends) != 2:
            _checks.refuse(f"{name}[{i}] must be a pair", f"{len(ends)} numbers", "give both ends")
        found.append((ends[0], ends[1]))
    return found


def _baseline(baseline: object, negative: str) -> dict[str, Any]:
    rule = _checks.one_of("negative", negative, ("keep", "zero"))
    if baseline is None or _is_auto(baseline):
        if rule != "keep":
            _checks.refuse(
                "negative is read only with a baseline", f'"{rule}" without one', "give a baseline"
            )
        return {"kind": "none", "negative": rule}
    if isinstance(baseline, str):
        word = _checks.one_of("baseline", baseline, ("auto", "predose"))
        return {"kind": word, "negative": rule}
    if isinstance(baseline, Iterable):
        values = _checks.numbers("baseline", baseline, "give a number, or one per sample")
        return {"kind": "profile", "value": values, "negative": rule}
    value = _checks.number("baseline", baseline, "give a number, or one per sample")
    return {"kind": "constant", "value": value, "negative": rule}


def _flags(is_blq: object, n: int) -> list[bool]:
    if is_blq is None:
        return [False] * n
    if isinstance(is_blq, (str, Mapping)) or not isinstance(is_blq, Iterable):
        _checks.refuse(
            "is_blq must be a list of True and False",
            _checks.shown(is_blq),
            "give one per sample",
            TypeError,
        )
    return [_checks.flag(f"is_blq[{i}]", flag) for i, flag in enumerate(is_blq)]


def _dose(given: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a dose wherever it comes from."""
    if given["route"] is None:
        _checks.refuse(
            "route must be given: clearance and residence time depend on it",
            "missing",
            "give one of " + ", ".join(ROUTES),
        )
    return {
        "dose": _checks.optional_number("dose_amount", given["dose_amount"]),
        "dose_at_h": _checks.number("dose_at_h", given["dose_at_h"] or 0.0),
        "route": _checks.one_of("route", given["route"], ROUTES),
        "infusion_h": _checks.number("infusion_h", given["infusion_h"] or 0.0),
    }


def _common(rule: str, missing: str, lambda_z: object) -> dict[str, Any]:
    return {
        "rule": _checks.one_of("rule", rule, RULES),
        "missing": _checks.one_of("missing", missing, ("refuse", "drop")),
        "lambda_z": _lambda_z(lambda_z),
    }


def _settings(given: dict[str, Any], amount_unit: str) -> dict[str, Any]:
    renamed = {"dose": "dose_amount", "lloq": "lloq_amount_per_L"}
    kept = {renamed.get(key, key): value for key, value in given.items()}
    return {**kept, "amount_unit": amount_unit}


def _each_person(
    frame: pandas.DataFrame,
    column: str,
    dvid: object,
    analyse: Callable[[Any, sources.Person], Any],
) -> NcaResults:
    """One analysis per person; refused only where no person can be analysed."""
    results, failures, first = {}, {}, None
    for person, rows in sources.people(frame, column, dvid):
        try:
            if isinstance(rows, ValueError):
                raise rows
            results[person] = analyse(person, rows)
        except ValueError as error:
            failures[person] = str(error)
            first = first or error
    if first is not None and not results:
        raise first
    return NcaResults(results, failures)


def _curve_of(plasma: object) -> dict[str, Any] | None:
    """What the analysis of plasma was given, to take areas of the same curve by the same rules."""
    if plasma is None:
        return None
    if not isinstance(plasma, NcaResult):
        _checks.refuse(
            "plasma must be an analysis of plasma",
            _checks.shown(plasma),
            "give what mgpk.nca gave",
            TypeError,
        )
    renamed = {"dose_amount": "dose", "lloq_amount_per_L": "lloq"}
    return {renamed.get(key, key): value for key, value in plasma._settings.items()}


class _Plasma:
    """What was asked about plasma, for one curve or for many."""

    def __init__(
        self,
        options: dict[str, Any],
        dose: dict[str, Any],
        lloq_amount_per_L: object,
        blq: object,
        baseline: object,
        negative: str,
    ) -> None:
        self._options = options
        self._dose = dose
        self._lloq = _checks.optional_number("lloq_amount_per_L", lloq_amount_per_L)
        self._blq = blq
        self._baseline = baseline
        self._negative = negative

    def _analyse(
        self, samples: dict[str, Any], dose: dict[str, Any], amount_unit: str
    ) -> NcaResult:
        has_limit = samples["lloq"] is not None or any(samples["is_blq"])
        given = {
            **{key: samples[key] for key in ("times_h", "c", "is_blq", "lloq")},
            **_dose(dose),
            **self._options,
            "blq": _blq(self._blq, has_limit),
            "baseline": _baseline(samples.get("baseline", self._baseline), self._negative),
        }
        return NcaResult(_core.nca_plasma(given), _settings(given, amount_unit))

    def of_arrays(
        self, times_h: object, c_amount_per_L: object, is_blq: object, amount_unit: str
    ) -> NcaResult:
        if c_amount_per_L is None:
            _checks.refuse("an analysis needs concentrations", "missing", "give c_amount_per_L")
        times = _checks.numbers("times_h", times_h, "give a list of times, a Run or a data set")
        samples = {
            "times_h": times,
            "c": _checks.numbers("c_amount_per_L", c_amount_per_L),
            "is_blq": _flags(is_blq, len(times)),
            "lloq": self._lloq,
        }
        return self._analyse(samples, self._dose, amount_unit)

    def of_run(self, run: Run, column: str | None, amount_unit: str) -> NcaResult:
        name = "c_plasma_total_mmol_per_L" if column is None else column
        samples = {
            "times_h": run.time_h.tolist(),
            "c": run[name].tolist(),
            "is_blq": [False] * len(run),
            "lloq": self._lloq,
        }
        if _is_auto(self._baseline):
            samples["baseline"] = sources.baseline_of_run(run, name).tolist()
        return self._analyse(samples, sources.dose_of_run(run, self._dose), amount_unit)

    def of_frame(
        self, frame: pandas.DataFrame, column: str | None, dvid: object, amount_unit: str
    ) -> NcaResults:
        def of_person(_: Any, rows: sources.Person) -> NcaResult:
            dose = rows.dose(self._dose)
            samples = rows.samples(dose["until_h"], self._lloq, self._baseline)
            return self._analyse(samples, dose, amount_unit)

        return _each_person(frame, column or "DV", dvid, of_person)


class _Urine:
    """What was asked about urine, for one person or for many."""

    def __init__(
        self, options: dict[str, Any], dose: dict[str, Any], baseline: object, negative: str
    ) -> None:
        self._options = options
        self._dose = {**dose, "route": "oral", "infusion_h": None}  # these are not read
        self._baseline = baseline
        self._negative = negative

    def _analyse(
        self,
        collections: dict[str, Any],
        dose: dict[str, Any],
        plasma: object,
        amount_unit: str,
    ) -> NcaUrineResult:
        given = {
            **{key: collections[key] for key in ("starts_h", "ends_h", "amounts")},
            **self._options,
            "dose": _checks.optional_number("dose_amount", dose["dose_amount"]),
            "dose_at_h": _checks.number("dose_at_h", dose["dose_at_h"] or 0.0),
            "baseline": _baseline(collections.get("baseline", self._baseline), self._negative),
            "plasma": _curve_of(plasma),
        }
        settings = {**_settings(given, amount_unit), "route": "urine"}
        return NcaUrineResult(_core.nca_urine(given), settings)

    def of_arrays(
        self, starts_h: object, ends_h: object, amounts: object, plasma: object, amount_unit: str
    ) -> NcaUrineResult:
        collections = {
            "starts_h": _checks.numbers("starts_h", starts_h, "give a list of times, or a Run"),
            "ends_h": _checks.numbers("ends_h", ends_h),
            "amounts": _checks.numbers("amounts", amounts),
        }
        return self._analyse(collections, self._dose, plasma, amount_unit)

    def of_run(
        self, run: Run, edges_h: object, plasma: object, amount_unit: str
    ) -> NcaUrineResult:
        dose = sources.dose_of_run(run, self._dose)
        collections = sources.collections_of_run(
            run, edges_h, dose["dose_at_h"], _is_auto(self._baseline)
        )
        return self._analyse(collections, dose, plasma, amount_unit)

    def of_frame(
        self,
        frame: pandas.DataFrame,
        column: str | None,
        dvid: object,
        plasma: object,
        amount_unit: str,
    ) -> NcaResults:
        def of_person(person: Any, rows: sources.Person) -> NcaUrineResult:
            dose = rows.dose(self._dose)
            collections = rows.collections(dose["until_h"], self._baseline)
            curve, refused = plasma, None
            if isinstance(plasma, NcaResults):
                curve, refused = plasma.get(person), plasma.failures.get(person)
            result = self._analyse(collections, dose, curve, amount_unit)
            return result if refused is None else result._without_plasma(refused)

        return _each_person(frame, column or "DV", dvid, of_person)


def _is_auto(baseline: object) -> bool:
    return isinstance(baseline, str) and baseline == "auto"


def _unit(amount_unit: object, data: object) -> str:
    own = sources.dataset_of(data)
    stated = None if own is None else amount_unit_of(own)
    if amount_unit is None:
        return "mmol" if isinstance(data, Run) else stated or "amount"
    return _checks.text("amount_unit", amount_unit, 'give a unit such as "mg"')


def _not_for(what: str, **given: object) -> None:
    """Refuses options that nothing would read."""
    for name, value in given.items():
        if value is not None:
            _checks.refuse(f"{name} is read only for {what}", _checks.shown(value), "leave it out")


@_checks.keywords("write dose_amount=, route= and so on before the values")
def nca(
    times_h: Any,
    c_amount_per_L: Any = None,
    *,
    dose_amount: float | None = None,
    dose_at_h: float | None = None,
    route: str | None = None,
    infusion_h: float | None = None,
    rule: str = "linear_up_log_down",
    lloq_amount_per_L: float | None = None,
    is_blq: Iterable[bool] | None = None,
    blq: str | Mapping[str, str] | None = None,
    missing: str = "refuse",
    baseline: Any = "auto",
    negative: str = "keep",
    lambda_z: Any = None,
    partial: Iterable[tuple[float, float]] = (),
    tau_h: float | None = None,
    at_steady_state: bool = False,
    accumulation: tuple[tuple[float, float], tuple[float, float]] | None = None,
    column: str | None = None,
    dvid: Any = None,
    amount_unit: str | None = None,
) -> Any:
    """Non-compartmental analysis of a curve of concentrations, of a run, or of a data set.

    Samples and ``dose_at_h`` are on the clock of the data; all other times, in and out, are hours
    after the dose. What cannot be determined is NaN with a reason, never a plausible number.

    Parameters
    ----------
    times_h : list of float, Run or data set
        Times of the samples in h, increasing. Or a run. Or a data set: a pandas frame, or anything
        with ``to_pandas()``, with the columns ID, TIME (h) and DV, and where they exist AMT, EVID,
        MDV, RATE, ADDL, II, CENS, LLOQ, DVID, TIME_END.
    c_amount_per_L : list of float, optional
        Concentrations, one per time, in the unit of the dose per L.
    dose_amount : float, optional
        The dose, in any unit of amount; of the plan (mmol) or of AMT unless given. Without it there
        is no clearance and no volume.
    dose_at_h : float, optional
        When it was given, in h on the clock of the data; 0, or the only dose there is.
    route : str, optional
        "oral", "extravascular", "iv_bolus" or "iv_infusion"; of the plan, or of RATE, unless given.
    infusion_h : float, optional
        How long the infusion ran, in h.
    rule : str
        The law of areas: "linear", "linear_up_log_down", "linear_log" (linear to the peak,
        logarithmic after it) or "log".
    lloq_amount_per_L : float, optional
        Lower limit of quantification, in the unit of the concentrations; below it a sample is BLQ.
    is_blq : list of bool, optional
        Samples that are BLQ whatever their value, which may be NaN.
    blq : str or mapping, optional
        What stands for BLQ samples: "zero", "drop", "half" (of the limit) or "keep"; one word, or
        ``before`` the first quantifiable sample ("zero" unless given), ``between`` ("drop") and
        ``after`` the last ("zero").
    missing : str
        Samples that are NaN: "refuse" or "drop".
    baseline : float, list of float, str or None
        Taken off each sample, in their unit: a number, or one per sample (the same person without
        the dose), or "predose" for the mean of the samples up to the dose, or the column of a data
        set. "auto" is the run's own baseline, and none for everything else.
    negative : str
        Values below the baseline: "keep", so that sums stay true, or "zero".
    lambda_z : list of float or mapping, optional
        Times of the points to use, h after the dose; or a mapping with ``times_h``, or with
        ``window_h`` (from, to), or with ``n_points_least`` (3), ``r_squared_tolerance`` (0.0001),
        ``least_r_squared_adjusted`` (any) and ``with_peak`` (after a bolus only) of the best fit.
    partial : list of (float, float)
        Intervals whose area is wanted, h after the dose.
    tau_h : float, optional
        Dosing interval in h.
    at_steady_state : bool
        Whether the interval repeats; then clearance is the dose over its area.
    accumulation : pair of (float, float), optional
        The first interval and a later one, h after the dose, to be compared.
    column : str, optional
        Concentration of a run (total plasma unless given) or of a data set (DV unless given).
    dvid : optional
        Value of DVID that marks the concentrations of a data set.
    amount_unit : str, optional
        Unit of the dose for tables and CDISC, such as "mg"; mmol for a run, that of AMT where a
        data set states it.

    Returns
    -------
    NcaResult or NcaResults
        The numbers of one curve; for a data set one result per ID.

    Raises
    ------
    ValueError
        Data that break a rule, or an option that nothing would read.
    """
    options = {
        **_common(rule, missing, lambda_z),
        "partial": _intervals("partial", partial),
        "tau_h": _checks.optional_number("tau_h", tau_h),
        "at_steady_state": _checks.flag("at_steady_state", at_steady_state),
        "accumulation": _intervals("accumulation", accumulation or ()),
    }
    dose = {
        "dose_amount": dose_amount,
        "dose_at_h": dose_at_h,
        "route": route,
        "infusion_h": infusion_h,
    }
    asked = _Plasma(options, dose, lloq_amount_per_L, blq, baseline, negative)
    unit = _unit(amount_unit, times_h)
    if isinstance(times_h, Run):
        _not_for("arrays", c_amount_per_L=c_amount_per_L, is_blq=is_blq)
        _not_for("a data set", dvid=dvid)
        return asked.of_run(times_h, column, unit)
    frame = sources.frame_of(times_h)
    if frame is not None:
        _not_for("arrays", c_amount_per_L=c_amount_per_L, is_blq=is_blq)
        return asked.of_frame(frame, column, dvid, unit)
    _not_for("a run or a data set", column=column)
    _not_for("a data set", dvid=dvid)
    return asked.of_arrays(times_h, c_amount_per_L, is_blq, unit)


@_checks.keywords("write dose_amount= and so on before the values")
def nca_urine(
    starts_h: Any,
    ends_h: Any = None,
    amounts: Any = None,
    *,
    dose_amount: float | None = None,
    dose_at_h: float | None = None,
    rule: str = "linear",
    missing: str = "refuse",
    baseline: Any = "auto",
    negative: str = "keep",
    lambda_z: Any = None,
    plasma: NcaResult | NcaResults | None = None,
    edges_h: Iterable[float] | None = None,
    column: str | None = None,
    dvid: Any = None,
    amount_unit: str | None = None,
) -> Any:
    """Non-compartmental analysis of collections of urine, of a run, or of a data set.

    Parameters
    ----------
    starts_h : list of float, Run or data set
        Starts of the collections in h, increasing. Or a run. Or a data set as for ``mgpk.nca``; its
        collections begin at TIME and end at TIME_END.
    ends_h : list of float, optional
        Ends of the collections in h.
    amounts : list of float, optional
        What was in them, in the unit of the dose.
    dose_amount : float, optional
        The dose, in the same unit; of the plan (mmol) or of AMT unless given.
    dose_at_h : float, optional
        When it was given, in h on the clock of the data; 0, or the only dose there is.
    rule : str
        The law of the area under the rates, as in ``mgpk.nca``.
    missing : str
        Collections that are NaN: "refuse" or "drop".
    baseline : float, list of float, str or None
        Taken off each collection: a rate (unit of the dose per h), or an amount per collection, or
        the column of a data set. "auto" is the run's own baseline, and none for everything else.
    negative : str
        Amounts below the baseline: "keep" or "zero".
    lambda_z : list of float or mapping, optional
        As in ``mgpk.nca``; times are midpoints of collections, h after the dose.
    plasma : NcaResult or NcaResults, optional
        The analysis of the same person's plasma. Renal clearance is the amount over its area,
        over the hours that were collected.
    edges_h : list of float, optional
        Of a run: the ends between which urine is collected, output times in h; all of them from the
        dose on unless given.
    column : str, optional
        Amounts of a data set; DV unless given.
    dvid : optional
        Value of DVID that marks the collections of a data set.
    amount_unit : str, optional
        Unit of the amounts for tables and CDISC, such as "mg"; mmol for a run.

    Returns
    -------
    NcaUrineResult or NcaResults
        The numbers of one person; for a data set one result per ID.

    Raises
    ------
    ValueError
        Data that break a rule, or an option that nothing would read.
    """
    dose = {"dose_amount": dose_amount, "dose_at_h": dose_at_h}
    asked = _Urine(_common(rule, missing, lambda_z), dose, baseline, negative)
    unit = _unit(amount_unit, starts_h)
    if isinstance(starts_h, Run):
        _not_for("arrays", ends_h=ends_h, amounts=amounts)
        _not_for("a data set", column=column, dvid=dvid)
        return asked.of_run(starts_h, edges_h, plasma, unit)
    _not_for("a run", edges_h=edges_h)
    frame = sources.frame_of(starts_h)
    if frame is not None:
        _not_for("arrays", ends_h=ends_h, amounts=amounts)
        return asked.of_frame(frame, column, dvid, plasma, unit)
    _not_for("a data set", column=column, dvid=dvid)
    return asked.of_arrays(starts_h, ends_h, amounts, plasma, unit)
