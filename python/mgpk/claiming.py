"""What popular articles say of magnesium glycinate, each claim held against a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from mgpk import _checks, _core
from mgpk.catalogue import overrides_of
from mgpk.progress import Progress, watched

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import pandas
    from matplotlib.figure import Figure

__all__ = ["Claim", "Claims", "Measured", "claims"]

#: The verdicts that the model can give.
VERDICTS = ("supported", "mixed", "unsupported", "contradicted", "not_testable")
#: The verdicts of the literature.
LITERATURE = (*VERDICTS[:4], "not_checked", "citation_not_found")


class Measured:
    """A number of the model with its uncertainty."""

    __slots__ = ("_row",)
    _row: Mapping[str, Any]

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._row = row

    @property
    def measure(self) -> str:
        """Its name in ``data/claim_measures.csv``."""
        return str(self._row["measure"])

    @property
    def meaning(self) -> str:
        """What it is, in words."""
        return str(self._row["meaning"])

    @property
    def unit(self) -> str:
        """Unit of the number; "1" for a share or a ratio."""
        return str(self._row["unit"])

    @property
    def how(self) -> str:
        """"value", "over" or "minus" (of simulated runs), "table" (of a salt or a law, without a
        run), "published" (a trial's effect, not simulated) or "people" (a virtual population)."""
        return str(self._row["how"])

    @property
    def value(self) -> float:
        """With the model's own constants, in ``unit``; NaN where it could not be computed."""
        return float(self._row["value"])

    @property
    def interval(self) -> tuple[float, float]:
        """Where 90 of 100 draws of the uncertain constants lie, in ``unit``. Of a published effect
        its 95 % interval; of a share of people what the number of people leaves open."""
        return float(self._row["low"]), float(self._row["high"])

    @property
    def failure(self) -> str:
        """Why the number is NaN; empty otherwise."""
        return str(self._row["failure"])

    @property
    def n_failed_draws(self) -> int:
        """Draws that could not be solved and are not in the interval."""
        return int(self._row["n_failed_draws"])

    def __repr__(self) -> str:
        unit = "" if self.unit == "1" else f" {self.unit}"
        low, high = self.interval
        return f"<{self.measure}: {self.value:.4g}{unit} ({low:.4g} to {high:.4g})>"


class Claim:
    """One claim with the number that tests it and two verdicts: the model's and the literature's.

    Comes out of ``mgpk.claims()``. The model's verdict follows from the number by one rule:
    supported, if all of the interval lies where the claim would hold; mixed, if some of it does;
    contradicted, if all of it lies where the opposite would hold; unsupported otherwise.

    See Also
    --------
    mgpk.claims : all of them.
    """

    __slots__ = ("_row",)
    _row: dict[str, Any]

    def __init__(self, row: dict[str, Any]) -> None:
        self._row = row

    @property
    def id(self) -> str:
        """Article and number, such as "A4-009"."""
        return str(self._row["id"])

    @property
    def article(self) -> str:
        """The article, "A1" to "A4"."""
        return str(self._row["article"])

    @property
    def claim(self) -> str:
        """What it says, shortened."""
        return str(self._row["claim"])

    @property
    def quantity(self) -> str:
        """The figure that the article gives; "-" for none."""
        return str(self._row["quantity"])

    @property
    def domain(self) -> str:
        """What it is about, such as "absorption" or "sleep"."""
        return str(self._row["domain"])

    @property
    def testable(self) -> str:
        """Whether a simulation could say something: "yes", "partly" or "no"."""
        return str(self._row["testable"])

    @property
    def by(self) -> Measured | None:
        """The number that decides; None where no number can."""
        return None if self._row["measure"] is None else Measured(self._row)

    @property
    def also(self) -> list[Measured]:
        """More numbers that say something beside it."""
        return [Measured(row) for row in self._row["also"]]

    @property
    def holds(self) -> tuple[float, float]:
        """Where the number would have to lie, in its unit; NaN for no limit."""
        low, high = self._row["holds"]
        return float(low), float(high)

    @property
    def opposite(self) -> tuple[float, float]:
        """Where the opposite of the claim would hold, in the unit of the number; NaN for no limit."""
        low, high = self._row["opposite"]
        return float(low), float(high)

    @property
    def limits(self) -> str:
        """Where these limits come from: the claim's own figure, a publication, or a choice."""
        return str(self._row["limits"])

    @property
    def verdict(self) -> str:
        """Of the model: "supported", "mixed", "unsupported", "contradicted" or "not_testable"."""
        return str(self._row["verdict"])

    @property
    def reason(self) -> str:
        """One sentence with the number in it, or why no number can say anything."""
        return str(self._row["reason"])

    @property
    def literature(self) -> str:
        """Verdict of the literature: one of the first four, "not_checked" or "citation_not_found"."""
        return str(self._row["literature"])

    @property
    def evidence(self) -> str:
        """What the literature says."""
        return str(self._row["evidence"])

    @property
    def reference(self) -> str:
        """Where that was read, or that it is recalled."""
        return str(self._row["reference"])

    @property
    def disagrees(self) -> bool:
        """Whether the model and the literature both say something, and not the same."""
        return self.distance > 0

    @property
    def distance(self) -> int:
        """How far apart both verdicts are: 0 for agreement or where one is silent, 3 for opposites."""
        return int(self._row["distance"])

    def to_dict(self) -> dict[str, Any]:
        """All of the above as a plain dictionary.

        Returns
        -------
        dict
            Name to value; ``low`` and ``high`` are the interval.
        """
        return {name: value for name, value in self._row.items() if name != "also"}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Claim):
            return NotImplemented
        return repr(self._row) == repr(other._row)

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Claim, (self._row,))

    def __repr__(self) -> str:
        return f"<Claim {self.id}: {self.verdict} by the model, {self.literature} by the literature>"


class Claims(Sequence[Claim]):
    """Claims with their answers. Where model and literature disagree comes first, the widest first.

    See Also
    --------
    mgpk.claims : makes them.
    """

    __slots__ = ("_claims",)
    _claims: tuple[Claim, ...]

    def __init__(self, chosen: Sequence[Claim]) -> None:
        self._claims = tuple(sorted(chosen, key=lambda claim: -claim.distance))

    @overload
    def __getitem__(self, which: int) -> Claim: ...
    @overload
    def __getitem__(self, which: slice) -> Claims: ...
    @overload
    def __getitem__(self, which: str) -> Claim: ...
    def __getitem__(self, which: int | slice | str) -> Claim | Claims:
        """A claim by its place or its id, or a slice of them."""
        if isinstance(which, slice):
            return Claims(self._claims[which])
        if isinstance(which, str):
            key = _checks.one_of("claim", which, [claim.id for claim in self._claims])
            return next(claim for claim in self._claims if claim.id == key)
        return self._claims[which]

    def __len__(self) -> int:
        return len(self._claims)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self._claims)

    @property
    def disagreements(self) -> Claims:
        """Those on which the model and the literature differ."""
        return Claims([claim for claim in self if claim.disagrees])

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many claims have which pair of verdicts: the model's, then the literature's."""
        return {
            model: {
                word: sum(c.verdict == model and c.literature == word for c in self)
                for word in LITERATURE
            }
            for model in VERDICTS
        }

    def to_pandas(self) -> pandas.DataFrame:
        """The claims as a table.

        Returns
        -------
        pandas.DataFrame
            One line per claim: text, number with interval in the ``unit`` of the line, limits, both
            verdicts, reason, evidence, reference. ``attrs`` carries the words of every output.
        """
        import pandas

        frame = pandas.DataFrame([claim.to_dict() for claim in self])
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    def plot(self) -> Figure:
        """Draws verdicts, and each claim's number against where the claim would hold.

        Returns
        -------
        matplotlib.figure.Figure
            Five panels, fewer where a kind of number is missing, with the words of every output.
        """
        from mgpk.claims_page import plot_claims

        return plot_claims(self)

    def to_page(self, path: str | os.PathLike[str]) -> Path:
        """Writes the claims as one self-contained HTML page.

        Parameters
        ----------
        path : str or path
            The file; its folder is made.

        Returns
        -------
        pathlib.Path
            The file that was written.
        """
        from mgpk.claims_page import write_claims_page

        return write_claims_page(path, self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Claims):
            return NotImplemented
        return self._claims == other._claims

    def __hash__(self) -> int:
        return hash(self._claims)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Claims, (self._claims,))

    def __repr__(self) -> str:
        tested = sum(claim.by is not None for claim in self)
        return (
            f"<Claims: {len(self)}, {tested} with a number, "
            f"{len(self.disagreements)} on which model and literature differ>"
        )

    def _repr_html_(self) -> str:
        from mgpk import display

        heads = ("claim", "says", "model", "because", "literature")
        rows = [(c.id, c.claim, c.verdict, c.reason, c.literature) for c in self]
        return f"<p>{len(self)} claims</p>{display.words_table(heads, rows)}{display.words_below()}"


def _chosen(article: str | None, domain: str | None, testable: str | None) -> list[str]:
    rows = _core.claims()
    wanted = {"article": article, "domain": domain, "testable": testable}
    for name, word in wanted.items():
        if word is not None:
            _checks.one_of(name, word, sorted({row[name] for row in rows}))
    return [
        row["id"]
        for row in rows
        if all(word is None or row[name] == word for name, word in wanted.items())
    ]


@_checks.keywords("write article= and the like before the words")
def claims(
    *,
    article: str | None = None,
    domain: str | None = None,
    testable: str | None = None,
    verdict: str | None = None,
    literature: str | None = None,
    draws: int = 9,
    seed: int = 1,
    n_threads: int = 0,
    parameters: Mapping[str, float] | None = None,
    allow_outside_range: bool = False,
    progress: Progress = None,
) -> Claims:
    """What popular articles claim, answered with numbers.

    Each claim that a number can test is simulated (``data/claim_scenarios.csv``), its number read
    (``data/claim_measures.csv``) and held against stated limits (``data/claim_tests.csv``). Nothing
    here says what anybody does well to take.

    Parameters
    ----------
    article : str, optional
        "A1" to "A4".
    domain : str, optional
        Such as "absorption", "muscle", "neuro", "regimen", "safety", "sleep".
    testable : str, optional
        "yes", "partly" or "no".
    verdict : str, optional
        Of the model: "supported", "mixed", "unsupported", "contradicted" or "not_testable".
    literature : str, optional
        Of the literature: one of the first four, "not_checked" or "citation_not_found".
    draws : int
        Draws of the uncertain constants for the intervals, 0 to 10 000; with 0 each interval is its
        value alone. Time grows with it: about half a second each on one core.
    seed : int
        Another seed draws other constants.
    n_threads : int
        Threads, at least 0; 0 takes all cores. The numbers do not depend on it.
    parameters : mapping of str to float, optional
        Other values for rows of the evidence table, in their units, for everybody; not drawn.
    allow_outside_range : bool
        Lets these leave the range of the evidence.
    progress : bool or callable, optional
        True shows a bar, a function gets the fraction done; by default a bar on a terminal.

    Returns
    -------
    Claims
        The answers; where model and literature disagree comes first.

    Raises
    ------
    ValueError
        A word that no claim has, or a value outside its range.
    UnknownNameError
        A parameter that the evidence table does not hold.

    See Also
    --------
    mgpk.effects : the laws of effect behind some of the numbers.
    mgpk.studies : the published figures that the model is held against.
    """
    ids = _chosen(article, domain, testable)
    n_draws = _checks.count("draws", draws)
    if not 0 <= n_draws <= 10_000:
        _checks.refuse("draws must lie between 0 and 10 000", str(n_draws), "give 9 or 200")
    threads = _checks.count("n_threads", n_threads)
    if threads < 0:
        _checks.refuse("n_threads must not be negative", str(threads), "give 0 for all cores")
    if _checks.count("seed", seed) < 0:
        _checks.refuse("seed must not be negative", str(seed), "give 0 or more")
    for name, word, known in (("verdict", verdict, VERDICTS), ("literature", literature, LITERATURE)):
        if word is not None:
            _checks.one_of(name, word, known)
    arguments: dict[str, Any] = {
        "ids": ids,
        "n_draws": n_draws,
        "seed": seed,
        "n_threads": threads,
        "parameters": overrides_of(parameters),
        "allow_outside_range": _checks.flag("allow_outside_range", allow_outside_range),
    }
    rows = (
        watched(
            "claims", progress, lambda back: _core.answer_claims(**arguments, progress=back)
        )
        if ids
        else []
    )
    answered = [Claim(row) for row in rows]
    return Claims(
        [
            claim
            for claim in answered
            if verdict in (None, claim.verdict) and literature in (None, claim.literature)
        ]
    )
