"""The model held against published figures, and against a model that knows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk.catalogue import Studies, overrides_of, studies

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

__all__ = ["Validation", "validate"]


class Validation:
    """Predictions beside figures: per study and per domain.

    Comes out of ``mgpk.validate()``. The error that the model is granted stands in
    ``data/study_observables.csv`` and was stated before any fit.

    See Also
    --------
    mgpk.validate : makes it.
    """

    __slots__ = ("_domains", "_log_likelihood", "_parameters", "_rows", "_studies")
    _domains: list[dict[str, Any]]
    _log_likelihood: float
    _parameters: dict[str, float]
    _rows: list[dict[str, Any]]
    _studies: Studies

    def __init__(
        self, chosen: Studies, report: Mapping[str, Any], parameters: Mapping[str, float]
    ) -> None:
        self._studies = chosen
        self._rows = list(report["endpoints"])
        self._domains = list(report["domains"])
        self._log_likelihood = float(report["log_likelihood"])
        self._parameters = dict(parameters)

    @property
    def studies(self) -> Studies:
        """The studies that were predicted."""
        return self._studies

    @property
    def parameters(self) -> dict[str, float]:
        """Other values of parameters that the predictions were made with, in their units."""
        return dict(self._parameters)

    @property
    def log_likelihood(self) -> float:
        """Sum over endpoints, each with the weight that lets its cohort count once."""
        return self._log_likelihood

    @property
    def endpoints(self) -> pandas.DataFrame:
        """One line per endpoint, by its key.

        ``predicted``, ``null`` (no effect, constant plasma) and ``observed`` are in ``unit``;
        ``ratio`` is predicted over observed; ``residual`` is its logarithm, or for a ``score`` of
        "difference" predicted less observed; ``deviation`` is its standard deviation, of figure and
        stated model error together; ``z`` and ``null_z`` are residuals over deviations; ``slope`` is
        that of the log-likelihood per unit of the prediction; ``failure`` says why a value is NaN.
        """
        import pandas

        frame = self._studies.to_pandas().set_index("key")
        frame = frame.join(pandas.DataFrame(self._rows).set_index("key"))
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    @property
    def domains(self) -> pandas.DataFrame:
        """One line per domain; each cohort counts once.

        ``gmfe`` is the geometric mean fold error of positive quantities; ``mean_ratio`` their
        geometric mean of predicted over observed with its 90 % interval ``low_ratio`` to
        ``high_ratio``; ``mean_square`` the mean squared z of all endpoints beside that of the null
        model; the rest are shares.
        """
        import pandas

        frame = pandas.DataFrame(self._domains).set_index("domain")
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draws predicted against observed for the positive quantities.

        Parameters
        ----------
        ax : matplotlib axes, optional
            Where to draw; a new figure unless given.

        Returns
        -------
        matplotlib axes
            With the line of identity and 1.25-fold and 2-fold bands, a mark per domain.
        """
        from mgpk.validation_plots import draw_agreement

        return draw_agreement(self.endpoints, ax)

    def __reduce__(self) -> tuple[Any, ...]:
        report = {
            "endpoints": self._rows,
            "domains": self._domains,
            "log_likelihood": self._log_likelihood,
        }
        return (Validation, (self._studies, report, self._parameters))

    def __repr__(self) -> str:
        beaten = sum(bool(row["beats_null"]) for row in self._domains)
        within = sum(abs(row["z"]) <= 2 for row in self._rows)
        return (
            f"<Validation: {within} of {len(self._rows)} endpoints within two deviations; the null "
            f"model beaten in {beaten} of {len(self._domains)} domains>"
        )


@_checks.keywords("write parameters= before the mapping")
def validate(
    which: Studies | None = None,
    *,
    parameters: Mapping[str, float] | None = None,
    allow_outside_range: bool = False,
) -> Validation:
    """Holds the model against published figures and beside a null model.

    Parameters
    ----------
    which : Studies, optional
        Some of ``mgpk.studies()``; those for fitting unless given.
    parameters : mapping of str to float, optional
        Other values for rows of the evidence table, in their units.
    allow_outside_range : bool
        Lets such a value leave the range of the evidence.

    Returns
    -------
    Validation
        Scores per endpoint and per domain.

    Raises
    ------
    ValueError
        No study at all.
    UnknownNameError
        A parameter that the evidence table does not hold.

    See Also
    --------
    mgpk.studies : the figures.
    """
    chosen = studies(use="fit") if which is None else which
    if not isinstance(chosen, Studies):
        raise TypeError(
            f"which must be studies of the catalogue, but it is {type(chosen).__name__}; "
            "give mgpk.studies(...) or a slice of it"
        )
    if len(chosen) == 0:
        raise ValueError("a validation needs a study, but there is none; choose other studies")
    given = overrides_of(parameters)
    outside = _checks.flag("allow_outside_range", allow_outside_range)
    report = _core.assess_studies([study.key for study in chosen], given, outside)
    return Validation(chosen, report, given)
