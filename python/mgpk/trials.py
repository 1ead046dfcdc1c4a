"""What trials have published, and trials that are drawn from it."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas

__all__ = ["TrialEffect", "TrialEffects", "TrialPower", "simulate_trial", "trial_effects"]


@dataclass(frozen=True)
class TrialEffect:
    """A published difference between magnesium and placebo. NaN where a figure is not known."""

    name: str  #: such as "cramps_older"
    effect: str  #: name for ``mgpk.effects()``
    outcome: str  #: what was counted
    population: str  #: in whom
    unit: str  #: of the difference; "1" for a share or a ratio
    kind: str  #: normal, count, proportion or ratio
    difference: float  #: magnesium less placebo, in ``unit``; of a ratio over it
    low: float  #: lower end of the interval of 95 %
    high: float  #: upper end
    se: float  #: standard error of the difference
    p_value: float  #: as published
    se_from: str  #: interval, p_value, binomial or none: where ``se`` comes from
    n_people: float  #: in all groups
    placebo: float  #: mean or share of the placebo group
    dose_low_mg_per_d: float  #: lowest dose, mg/d
    dose_high_mg_per_d: float  #: highest dose, mg/d
    weeks: float  #: how long
    better: str  #: "lower" or "higher"
    certainty: str  #: as the source grades it, or what it is
    rank: str  #: A, B or C
    simulated: bool  #: whether ``mgpk.simulate_trial`` takes it
    why_not: str  #: why it cannot be simulated
    verify: bool  #: something in it is remembered and not yet verified
    reference: str  #: key of the source
    citation: str  #: the source
    note: str  #: what else was read

    @property
    def in_words(self) -> str:
        """The difference with its interval and unit."""
        if math.isnan(self.difference):
            return "no figure was read"
        unit = "" if self.unit == "1" else f" {self.unit}"
        words = f"{self.difference:g}{unit}"
        if not math.isnan(self.low):
            words += f" ({self.low:.4g} to {self.high:.4g})"
        return words

    def __repr__(self) -> str:
        flag = ", verify" if self.verify else ""
        return (
            f"<TrialEffect: {self.name}, {self.outcome}: {self.in_words}, rank {self.rank}{flag}, "
            f"{self.citation}>"
        )


class TrialEffects:
    """All rows of the table, in its order; ``["cramps_older"]`` gives one, ``of("cramps")`` some."""

    __slots__ = ("_rows",)

    def __init__(self, rows: tuple[TrialEffect, ...]) -> None:
        self._rows = rows

    @property
    def names(self) -> list[str]:
        """Names of all rows."""
        return [row.name for row in self._rows]

    def of(self, effect: str) -> TrialEffects:
        """The rows of one effect.

        Parameters
        ----------
        effect : str
            Name of an effect, such as "sleep".

        Returns
        -------
        TrialEffects
            Its rows; none where no trial of it is in the table.
        """
        from mgpk.effect_catalogue import effects

        known = effects()[effect].name
        return TrialEffects(tuple(row for row in self._rows if row.effect == known))

    def __getitem__(self, name: str) -> TrialEffect:
        """One row by its name."""
        word = _checks.text("trial effect", name, "give the name of a row")
        for row in self._rows:
            if row.name == word:
                return row
        raise UnknownNameError(
            f'a trial effect must be one of the table, but it is "{word}"; '
            + _checks.suggestion(word, self.names)
        )

    def __iter__(self) -> Iterator[TrialEffect]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, name: object) -> bool:
        return any(row.name == name for row in self._rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a frame.

        Returns
        -------
        pandas.DataFrame
            One line per row: the difference with its interval, standard error and unit, people,
            dose in mg/d, weeks, rank, certainty, and whether it can be simulated.
        """
        import pandas

        frame = pandas.DataFrame([vars(row) for row in self._rows])
        frame.attrs.update(disclaimer=_core.disclaimer, mgpk_version=_core.version)
        return frame

    def __repr__(self) -> str:
        lines = [
            f"  {row.name}: {row.outcome}, {row.in_words}; rank {row.rank}"
            + (", verify" if row.verify else "")
            + ("" if row.simulated else "; not simulated")
            for row in self._rows
        ]
        return "\n".join([f"<TrialEffects: {len(self)} rows>", *lines, _core.disclaimer])

    def _repr_html_(self) -> str:
        from mgpk.display import table, words_below

        heads = ("outcome", "magnesium less placebo", "people", "rank", "certainty", "source")
        rows = [
            (
                f"{row.outcome}; {row.population}" + (" (verify)" if row.verify else ""),
                row.in_words,
                "–" if math.isnan(row.n_people) else f"{row.n_people:g}",
                row.rank,
                row.certainty,
                row.reference,
            )
            for row in self._rows
        ]
        return table(heads, rows) + words_below()


class TrialPower:
    """How often trials that were drawn found a difference at their level.

    ``f_power`` takes the published mean difference as true; ``f_assurance`` goes over its
    uncertainty. Both are shares of trials, with their Monte Carlo standard errors.
    """

    __slots__ = ("_numbers", "effect")
    effect: TrialEffect

    def __init__(self, effect: TrialEffect, numbers: dict[str, Any]) -> None:
        self.effect = effect
        self._numbers = numbers

    @property
    def n_per_arm(self) -> int:
        """People in each arm."""
        return int(self._numbers["n_per_arm"])

    @property
    def n_trials(self) -> int:
        """Trials that were drawn."""
        return int(self._numbers["n_trials"])

    @property
    def seed(self) -> int:
        """The seed that names the draws."""
        return int(self._numbers["seed"])

    @property
    def alpha(self) -> float:
        """Level of the two-sided test."""
        return float(self._numbers["alpha"])

    @property
    def sd(self) -> float:
        """Deviation between people that the published spread implies; NaN for shares."""
        return float(self._numbers["sd"])

    @property
    def f_power(self) -> float:
        """Share of trials that found a difference, the published mean being true."""
        return float(self._numbers["f_power"])

    @property
    def f_power_se(self) -> float:
        """Monte Carlo standard error of ``f_power``."""
        return float(self._numbers["f_power_se"])

    @property
    def f_power_in_favour(self) -> float:
        """Share of trials that found one in favour of magnesium."""
        return float(self._numbers["f_power_in_favour"])

    @property
    def f_assurance(self) -> float:
        """Share of trials that found a difference, over the uncertainty of the published one."""
        return float(self._numbers["f_assurance"])

    @property
    def f_assurance_se(self) -> float:
        """Monte Carlo standard error of ``f_assurance``."""
        return float(self._numbers["f_assurance_se"])

    @property
    def f_assurance_in_favour(self) -> float:
        """Share of these that favour magnesium, of all trials."""
        return float(self._numbers["f_assurance_in_favour"])

    def to_dict(self) -> dict[str, Any]:
        """The numbers as a plain dictionary.

        Returns
        -------
        dict
            Shares of trials, their standard errors, and what was asked for; ``name`` is the row.
        """
        return {"name": self.effect.name, **self._numbers}

    def _lines(self) -> list[str]:
        flag = ", verify: partly remembered" if self.effect.verify else ""
        return [
            f"{self.effect.outcome}; {self.effect.population} (rank {self.effect.rank}{flag})",
            f"published: {self.effect.in_words}; {self.effect.citation}",
            f"{self.n_trials} trials of {self.n_per_arm} people per arm, level {self.alpha:g}",
            f"power at the published mean {self.f_power:.3f} +/- {self.f_power_se:.3f} "
            f"({self.f_power_in_favour:.3f} in favour of magnesium)",
            f"over its uncertainty {self.f_assurance:.3f} +/- {self.f_assurance_se:.3f} "
            f"({self.f_assurance_in_favour:.3f} in favour of magnesium)",
            "drawn from published means and spread; no plasma level is in it",
        ]

    def __repr__(self) -> str:
        lines = ["<TrialPower>", *self._lines()]
        return "\n".join([*lines, *textwrap.wrap(_core.disclaimer, 98)])

    def _repr_html_(self) -> str:
        from html import escape

        from mgpk.display import words_below

        listed = "".join(f"<li>{escape(line)}</li>" for line in self._lines())
        return f"<p><b>Simulated trial</b></p><ul>{listed}</ul>{words_below()}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (TrialPower, (self.effect, self._numbers))


def trial_effects() -> TrialEffects:
    """What trials of magnesium have published: differences, spread, dose and weeks.

    Returns
    -------
    TrialEffects
        One row for each outcome; each difference has its unit. They are means of groups of people
        and depend on no plasma level.

    See Also
    --------
    mgpk.simulate_trial : how often a trial of a given size would find such a difference.
    """
    return TrialEffects(tuple(TrialEffect(**row) for row in _core.trial_effects()))


@_checks.keywords("write n_per_arm= before the number of people")
def simulate_trial(
    effect: str, *, n_per_arm: int, n_trials: int = 1000, seed: int = 1, alpha: float = 0.05
) -> TrialPower:
    """Draws trials of magnesium against placebo from a published difference and its spread.

    Parameters
    ----------
    effect : str
        Name of a row of ``mgpk.trial_effects()``, such as "cramps_older".
    n_per_arm : int
        People in each of the two arms, [2, 1000000].
    n_trials : int
        How many trials are drawn, [1, 1000000]; times ``n_per_arm`` at most 20000000.
    seed : int
        Names the draws; a draw depends on nothing but seed, trial, person and purpose.
    alpha : float
        Level of the two-sided test, a fraction, [1e-6, 0.5].

    Returns
    -------
    TrialPower
        Share of the trials that find a difference: with the published mean taken as true, and over
        its uncertainty; each with its Monte Carlo standard error.

    Raises
    ------
    UnknownNameError
        A name that is not known.
    ValueError
        A row whose spread is not known, or a number that is refused.

    Notes
    -----
    People spread by the deviation that the published standard error implies; counts by a negative
    binomial law with that variance. Means are tested by Welch's t, shares by z.
    """
    numbers = _core.simulate_trial(
        _checks.text("effect", effect, "give the name of a row of mgpk.trial_effects()"),
        n_per_arm=_count("n_per_arm", n_per_arm),
        n_trials=_count("n_trials", n_trials),
        seed=_count("seed", seed),
        alpha=_checks.number("alpha", alpha, "give a level, such as 0.05"),
    )
    return TrialPower(TrialEffect(**numbers.pop("effect")), numbers)


def _count(name: str, value: object) -> int:
    """Not negative, for C++ counts without a sign."""
    whole = _checks.count(name, value)
    if whole < 0:
        _checks.refuse(f"{name} must not be negative", str(whole), "give a whole number from 0 on")
    return whole
