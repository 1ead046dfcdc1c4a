"""The study catalogue: published figures, each with the people, the plan and the observable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from mgpk import _checks, _core
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas

__all__ = ["Studies", "Study", "studies"]

_DOMAINS = (
    "absorption",
    "urine",
    "iv",
    "loading",
    "depletion",
    "chronic",
    "kidney_disease",
    "baseline",
)
_USES = ("fit", "excused", "show")


def overrides_of(parameters: Mapping[str, float] | None) -> dict[str, float]:
    """Other values of parameters, checked to be names and numbers."""
    given = _checks.mapping(
        "parameters", {} if parameters is None else parameters, "give names and numbers"
    )
    return {key: _checks.number(key, value) for key, value in given.items()}


def _study_of(key: str) -> Study:
    """For pickles: the study of that key."""
    return next(study for study in studies() if study.key == key)


class Study:
    """One endpoint of a published study: who, what was taken, what was measured, what was found.

    Comes out of ``mgpk.studies()``. The figure itself is a row of ``data/human_magnesium.csv``, in
    the unit of the observable.

    See Also
    --------
    mgpk.studies : all of them.
    """

    __slots__ = ("_row",)
    _row: dict[str, Any]

    def __init__(self, row: dict[str, Any]) -> None:
        self._row = row

    @property
    def key(self) -> str:
        """Name of the endpoint in the catalogue."""
        return str(self._row["key"])

    @property
    def line(self) -> int:
        """Line of ``data/human_magnesium.csv`` that holds the figure; its header is line 1."""
        return int(self._row["line"])

    @property
    def cohort(self) -> str:
        """The people: endpoints of one cohort come from the same ones."""
        return str(self._row["cohort"])

    @property
    def citation(self) -> str:
        """Where the figure was published, with the doi where one was seen."""
        doi = self._row["doi"]
        return f"{self._row['citation']}{f' doi:{doi}' if doi else ''}"

    @property
    def population(self) -> str:
        """The people in the words of the source."""
        return str(self._row["population"])

    @property
    def endpoint(self) -> str:
        """What was measured in the words of the source."""
        return str(self._row["endpoint"])

    @property
    def domain(self) -> str:
        """What the study is about, such as "absorption" or "kidney_disease"."""
        return str(self._row["domain"])

    @property
    def observable(self) -> str:
        """Name of the quantity that a run is read for; see ``Studies.observables``."""
        return str(self._row["observable"])

    @property
    def unit(self) -> str:
        """Unit of the figure and its spread; "1" for a fraction."""
        return str(self._row["unit"])

    @property
    def observed(self) -> float:
        """The published mean or median, in ``unit``."""
        return float(self._row["observed"])

    @property
    def kind_of_spread(self) -> str:
        """What the spread is: "sd", "se", "cv" (given here as a deviation), "ci95", "iqr", "range",
        "reference95", "upper_bound" or "none"."""
        return str(self._row["kind_of_spread"])

    @property
    def spread(self) -> float:
        """Standard deviation or error in ``unit``; NaN where an interval was given, or nothing."""
        return float(self._row["spread"])

    @property
    def interval(self) -> tuple[float, float]:
        """The interval that was given, in ``unit``; NaN where none was."""
        return float(self._row["low"]), float(self._row["high"])

    @property
    def n(self) -> int | None:
        """People behind the figure; None where that was not seen."""
        return self._row["n"] or None

    @property
    def se(self) -> float:
        """Standard error of the mean in ``unit``, derived from the spread; NaN where it cannot be.

        From a deviation, a reference range or an interquartile range it takes people to be spread
        normally.
        """
        return float(self._row["se"])

    @property
    def use(self) -> str:
        """"fit"; "excused" for what cannot be met, or "show" for what is not for fitting: ``note``
        says why."""
        return str(self._row["use"])

    @property
    def weight(self) -> float:
        """How much the endpoint counts, so that one cohort counts once; a share."""
        return float(self._row["weight"])

    @property
    def provenance(self) -> str:
        """Where it comes from: "published" (read there), "recalled" (remembered, not read again) or "derived"."""
        return str(self._row["provenance"])

    @property
    def confidence(self) -> str:
        """How sure the figure is: "high", "medium" or "low"."""
        return str(self._row["confidence"])

    @property
    def note(self) -> str:
        """What else is to be known."""
        return str(self._row["note"])

    @property
    def assumed(self) -> list[str]:
        """What the source did not say and the scenario takes to be so."""
        return str(self._row["assumed"]).split("; ")

    def subject(self) -> Subject:
        """The people as one person.

        Returns
        -------
        Subject
            What the source did not say is that of the reference adult.
        """
        core = _core.study_subject(self._row["scenario"])
        return Subject.from_dict(core.to_dict())

    def plan(self) -> Schedule | None:
        """What was taken.

        Returns
        -------
        Schedule
            None where nothing was taken: the observable is read off the baseline.
        """
        plan = Schedule.from_dict(_core.study_plan(self._row["scenario"]).to_dict())
        return plan if plan.in_words() else None

    @_checks.keywords("write parameters= before the mapping")
    def run(self, *, parameters: Mapping[str, float] | None = None) -> Run:
        """Simulates the study at the times that its observable needs.

        Parameters
        ----------
        parameters : mapping of str to float, optional
            Other values for rows of the evidence table, in their units.

        Returns
        -------
        Run
            With the start that the study had.

        Raises
        ------
        UnknownNameError
            A parameter that the evidence table does not hold.
        ValueError
            A parameter outside its range.
        """
        scenario = self._row["scenario"]
        core = _core.run_study(self.key, scenario, overrides_of(parameters))
        return Run(core, self.plan() is not None)

    @_checks.keywords("write parameters= before the mapping")
    def predict(self, *, parameters: Mapping[str, float] | None = None) -> float:
        """What the model says, in ``unit``.

        Parameters
        ----------
        parameters : mapping of str to float, optional
            Other values for rows of the evidence table, in their units.

        Returns
        -------
        float
            The predicted observable; NaN where the study could not be solved.
        """
        (row,) = _core.predict_studies([self.key], overrides_of(parameters))
        return float(row["predicted"])

    def to_dict(self) -> dict[str, Any]:
        """All of the above as a plain dictionary.

        Returns
        -------
        dict
            Name to value.
        """
        return dict(self._row)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Study):
            return NotImplemented
        return self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_study_of, (self.key,))

    def __repr__(self) -> str:
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"<Study {self.key}: {self.observable} = {self.observed:.4g}{unit}>"


class Studies(Sequence[Study]):
    """Studies of the catalogue, in its order.

    See Also
    --------
    mgpk.studies : makes them.
    """

    __slots__ = ("_studies",)
    _studies: tuple[Study, ...]

    def __init__(self, chosen: Sequence[Study]) -> None:
        self._studies = tuple(chosen)

    @overload
    def __getitem__(self, which: int) -> Study: ...
    @overload
    def __getitem__(self, which: slice) -> Studies: ...
    @overload
    def __getitem__(self, which: str) -> Study: ...
    def __getitem__(self, which: int | slice | str) -> Study | Studies:
        """A study by its place or its key, or a slice of them."""
        if isinstance(which, slice):
            return Studies(self._studies[which])
        if isinstance(which, str):
            key = _checks.one_of("study", which, [study.key for study in self._studies])
            return next(study for study in self._studies if study.key == key)
        return self._studies[which]

    def __len__(self) -> int:
        return len(self._studies)

    def __iter__(self) -> Iterator[Study]:
        return iter(self._studies)

    @property
    def cohorts(self) -> list[str]:
        """The cohorts of these studies, each once."""
        return list(dict.fromkeys(study.cohort for study in self))

    @property
    def observables(self) -> dict[str, str]:
        """What each observable means, with its unit; all that the catalogue knows."""
        return {row["name"]: f"{row['meaning']} ({row['unit']})" for row in _core.observables()}

    @property
    def excluded(self) -> list[dict[str, Any]]:
        """The figures that no run can be held against: line, study, endpoint, reason, why."""
        return _core.excluded_figures()

    def to_pandas(self) -> pandas.DataFrame:
        """The studies as a table.

        Returns
        -------
        pandas.DataFrame
            One line per endpoint; figures in the ``unit`` of the line.
        """
        import pandas

        frame = pandas.DataFrame([study.to_dict() for study in self])
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    @_checks.keywords("write parameters= before the mapping")
    def predict(self, *, parameters: Mapping[str, float] | None = None) -> pandas.DataFrame:
        """What the model says of all these studies; each scenario is simulated once.

        Parameters
        ----------
        parameters : mapping of str to float, optional
            Other values for rows of the evidence table, in their units.

        Returns
        -------
        pandas.DataFrame
            As ``to_pandas``, with ``predicted`` (in ``unit``), ``ratio`` (predicted over observed),
            ``z`` (the miss in standard errors of the observed mean) and ``failure``.

        Raises
        ------
        UnknownNameError
            A parameter that the evidence table does not hold.
        """
        import pandas

        rows = _core.predict_studies([study.key for study in self], overrides_of(parameters))
        frame = self.to_pandas()
        for name in ("predicted", "ratio", "z", "failure"):
            frame[name] = pandas.Series([row[name] for row in rows])
        return frame

    @_checks.keywords("write of= before the parameters")
    def sensitivities(
        self,
        *,
        of: Sequence[str],
        parameters: Mapping[str, float] | None = None,
        n_threads: int = 0,
    ) -> pandas.DataFrame:
        """How each prediction answers to each parameter.

        Parameters
        ----------
        of : list of str
            Rows of the evidence table that have a range.
        parameters : mapping of str to float, optional
            Other values for rows of the evidence table, in their units.
        n_threads : int
            Threads, at least 0; 0 takes all cores. The numbers do not depend on it.

        Returns
        -------
        pandas.DataFrame
            One line per study: ``predicted``, then for each parameter the slope in the unit of the
            study per unit of the parameter. ``attrs["errors"]`` holds, in the same shape, how far
            each slope may be off.

        Raises
        ------
        UnknownNameError
            A parameter that the evidence table does not hold.
        ValueError
            A parameter whose range is a single value.
        """
        import pandas

        names = [_checks.text("of", key, "give keys of parameters") for key in of]
        keys = [study.key for study in self]
        threads = _checks.count("n_threads", n_threads)
        if threads < 0:
            _checks.refuse("n_threads must not be negative", str(threads), "give 0 for all cores")
        predicted, slopes, errors = _core.study_sensitivities(
            keys, names, overrides_of(parameters), threads
        )
        frame = pandas.DataFrame(slopes, index=pandas.Index(keys, name="key"), columns=names)
        frame.insert(0, "predicted", predicted)
        frame.attrs = {
            "disclaimer": _core.disclaimer,
            "errors": pandas.DataFrame(errors, index=frame.index, columns=names),
        }
        return frame

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Studies):
            return NotImplemented
        return self._studies == other._studies

    def __hash__(self) -> int:
        return hash(self._studies)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Studies, (self._studies,))

    def __repr__(self) -> str:
        return f"<Studies: {len(self)} endpoints of {len(self.cohorts)} cohorts>"


@_checks.keywords("write domain= and the like before the words")
def studies(
    *, domain: str | None = None, cohort: str | None = None, use: str | None = None
) -> Studies:
    """The published figures that a run can be held against.

    Parameters
    ----------
    domain : str, optional
        "absorption", "urine", "iv", "loading", "depletion", "chronic", "kidney_disease" or
        "baseline".
    cohort : str, optional
        The endpoints of one group of people.
    use : str, optional
        "fit"; "excused" or "show" for figures that are not for fitting.

    Returns
    -------
    Studies
        A list of ``Study``; its ``excluded`` says what was left out, and why.

    Raises
    ------
    ValueError
        A domain, a cohort or a use that the catalogue does not have.

    See Also
    --------
    mgpk.parameters : the numbers that the model runs on.
    """
    everything = Studies([Study(row) for row in _core.studies()])
    wanted = {
        "domain": None if domain is None else _checks.one_of("domain", domain, _DOMAINS),
        "cohort": None if cohort is None else _checks.one_of("cohort", cohort, everything.cohorts),
        "use": None if use is None else _checks.one_of("use", use, _USES),
    }
    return Studies(
        [
            study
            for study in everything
            if all(word is None or getattr(study, name) == word for name, word in wanted.items())
        ]
    )
