"""All salts head to head: equal magnesium, equal salt, equal tablets, in several conditions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk._tablets import Tablet
from mgpk.ensembles import members_of, seed_of, threads_of
from mgpk.modifying import modifiers
from mgpk.progress import Progress, watched
from mgpk.side_by_side_grid import (
    BLOCKER,
    bands_of,
    check_acid,
    chosen_salts,
    part_of,
    person_with,
    point_of,
    swept,
    tablet_of,
    times_h,
)
from mgpk.side_by_side_tables import span_in_words
from mgpk.simulating import subject_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["HeadToHead", "head_to_head"]

#: What is equal among the salts.
BASES = {
    "elemental_dose": "Equal magnesium",
    "salt_mass": "Equal mass of the salt",
    "tablets": "Equal number of tablets or capsules",
}
#: How a dose is taken, and what the stomach secretes.
MEALS = {"fasted": "fasted", "fed": "with a meal"}
ACID = {"normal": "normal acid", "blocked": "acid blocked"}
_TARGETS = {"acid_secreted": "secretion of acid", "uptake_linear": "linear uptake in the gut"}
Condition = tuple[str, str]


class HeadToHead:
    """What ``head_to_head`` gives back: one line per basis, condition and salt.

    ``subject`` is the person with an own stomach, ``amounts`` what is equal by basis, ``follow_h``
    how long each dose is followed, ``n_draws`` and ``seed`` those of the bands.
    """

    def __init__(
        self,
        rows: list[dict[str, Any]],
        subject: Subject,
        amounts: dict[str, float],
        follow_h: float,
        n_draws: int,
        seed: int,
    ) -> None:
        self._rows = rows
        self.subject = subject
        self.amounts = amounts
        self.follow_h = follow_h
        self.n_draws = n_draws
        self.seed = seed

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines as plain dictionaries; units stand in the names."""
        return [dict(row) for row in self._rows]

    @property
    def conditions(self) -> list[Condition]:
        """Meal and acid of each condition, in the order of the table."""
        return list(dict.fromkeys((row["meal"], row["acid"]) for row in self._rows))

    @property
    def tablets(self) -> dict[str, Tablet]:
        """What one tablet of each salt holds in mg, and how that is known; empty without the basis."""
        salts = dict.fromkeys(row["salt"] for row in self._rows if row["basis"] == "tablets")
        return {salt: tablet_of(_core.salt(salt)["salt"]) for salt in salts}

    def cell(self, basis: str, meal: str, acid: str) -> list[dict[str, Any]]:
        """The lines of one basis and one condition, the largest absorption first.

        The order is that of the first condition, so that all conditions of a basis stand alike.

        Parameters
        ----------
        basis : str
            "elemental_dose", "salt_mass" or "tablets".
        meal : str
            "fasted" or "fed".
        acid : str
            "normal" or "blocked".

        Returns
        -------
        list of dict
            One line per salt; units stand in the names.

        Raises
        ------
        ValueError
            A basis or a condition that was not run.
        """
        _checks.one_of("basis", basis, self.amounts)
        if (meal, acid) not in self.conditions:
            known = " or ".join(f"{m} with {a} acid" for m, a in self.conditions)
            _checks.refuse("a condition must have been run", f"{meal}, {acid}", f"known: {known}")
        first = {
            row["salt"]: row for row in self._rows if self._is(row, basis, *self.conditions[0])
        }
        order = sorted(first, key=lambda salt: (-_absorbed(first[salt]), salt))
        lines = {row["salt"]: row for row in self._rows if self._is(row, basis, meal, acid)}
        return [dict(lines[salt]) for salt in order]

    @staticmethod
    def _is(row: Mapping[str, Any], basis: str, meal: str, acid: str) -> bool:
        return (row["basis"], row["meal"], row["acid"]) == (basis, meal, acid)

    @property
    def failures(self) -> list[str]:
        """What failed, one sentence for each line whose numbers are NaN."""
        return [
            f"{row['salt']}, {row['basis']}, {row['meal']}, {row['acid']}: {row['failure']}"
            for row in self._rows
            if row["failure"]
        ]

    def basis_in_words(self, basis: str) -> str:
        """What is equal among the salts, with its amount.

        Parameters
        ----------
        basis : str
            "elemental_dose", "salt_mass" or "tablets".

        Returns
        -------
        str
            Such as "Equal magnesium: 300 mg of magnesium as each salt".
        """
        amount = f"{self.amounts[basis]:g}"
        what = {
            "elemental_dose": f"{amount} mg of magnesium as each salt",
            "salt_mass": f"{amount} mg of each salt, water of crystals included",
            "tablets": f"{amount} of each salt"
            + (" (*: what one holds is assumed)" if self._has_assumed else ""),
        }
        return f"{BASES[basis]}: {what[basis]}"

    @property
    def _has_assumed(self) -> bool:
        return any(row["amount_kind"] == "assumed" for row in self._rows)

    @property
    def words(self) -> str:
        """How every dose was taken and followed."""
        fasted, fed = times_h(self.subject)
        meals = self.subject.resolved["meals_at_h"]
        since = "" if len(meals) == 0 else f", {(fasted - meals[-1]) % 24:g} h after the last meal"
        how = {
            "fasted": f"fasted: at {fasted:g} h{since} and 2 h before the next",
            "fed": f"with a meal: at {fed:g} h",
        }
        taken = "; ".join(how[meal] for meal in dict.fromkeys(meal for meal, _ in self.conditions))
        return f"one dose by mouth, followed for {self.follow_h:g} h ({taken})"

    @property
    def blocker(self) -> list[str]:
        """What the blocked acid changes in the person, each with size, range, kind and source."""
        if not any(acid == "blocked" for _, acid in self.conditions):
            return []
        return [
            f"{_TARGETS.get(row.target, row.target)} {row.how} {row.value:g} "
            f"({row.low:g} to {row.high:g}; {row.kind}, {row.citation})"
            for row in modifiers()[BLOCKER]
            if row.applies != "acute"
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """The lines as a frame.

        Returns
        -------
        pandas.DataFrame
            One line per basis, meal, acid and salt: hydrate, how the amount is known, magnesium and
            salt given (mg), glycine given (mg), dose (mmol), absorbed above the baseline (mmol, and
            as a fraction of the dose), one-way absorption of the dose (fraction), urine above the
            baseline (mmol, fraction), stool water above the baseline (g), ``failure``; ``_low_`` and
            ``_high_`` are the ends of the bands, where there are any.
        """
        import pandas

        frame = pandas.DataFrame(self._rows)
        frame.attrs = {
            "disclaimer": _core.disclaimer,
            "mgpk_version": _core.version,
            "doses": self.words,
        }
        return frame

    def plot(self, **options: Any) -> Figure:
        """Plots every salt in every condition: absorbed, urine, stool water, glycine given.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.side_by_side_plots.plot_head_to_head``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import side_by_side_plots

        return side_by_side_plots.plot_head_to_head(self, **options)

    def to_page(self, path: str | os.PathLike[str], **options: Any) -> Path:
        """Writes one HTML page that loads nothing: pictures, tables, limits, sources.

        Parameters
        ----------
        path : str or path
            The file; its folder is made.
        **options
            Keywords of ``mgpk.side_by_side_page.write_head_to_head``.

        Returns
        -------
        pathlib.Path
            The file that was written.
        """
        from mgpk import side_by_side_page

        return side_by_side_page.write_head_to_head(path, self, **options)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        lines = [f"<HeadToHead: {self.words}; above the same person's baseline"]
        for basis in self.amounts:
            lines.append(f"  {self.basis_in_words(basis)}")
            for meal, acid in self.conditions:
                rows = self.cell(basis, meal, acid)
                span = span_in_words(rows, "a_absorbed_above_baseline_mmol", "{:.2f}")
                lines.append(f"    {MEALS[meal]}, {ACID[acid]}: absorbed, mmol: {span}")
        return "\n".join([*lines, f"  {_core.disclaimer}>"])

    def _repr_html_(self) -> str:
        from mgpk import display

        return display.head_to_head(self)


def _absorbed(row: Mapping[str, Any]) -> float:
    """For sorting: rounded, so that salts that differ in the last bits are alike."""
    return round(float(row["a_absorbed_above_baseline_mmol"]), 6)


def _chosen(name: str, given: object, known: Mapping[str, str]) -> list[str]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        _checks.refuse(
            f"{name} must be a list",
            _checks.shown(given),
            f"give some of {', '.join(known)}",
            TypeError,
        )
    words = list(dict.fromkeys(_checks.one_of(name, word, known) for word in given))
    if not words:
        _checks.refuse(
            f"{name} must hold one at least", "empty", f"give some of {', '.join(known)}"
        )
    return words


@_checks.keywords("write elemental_mg=, salt_mg= and the like before the numbers")
def head_to_head(
    subject: Subject | None = None,
    *,
    salts: Iterable[str] | Mapping[str, str | None] | None = None,
    elemental_mg: float | None = 300.0,
    salt_mg: float | None = 1000.0,
    n_tablets: float | None = 1.0,
    meals: Iterable[str] = ("fasted", "fed"),
    acid: Iterable[str] = ("normal", "blocked"),
    follow_h: float = 168.0,
    n_draws: int = 0,
    seed: int = 1,
    n_threads: int | None = None,
    progress: Progress = None,
) -> HeadToHead:
    """Gives one person each salt on several bases and in several conditions.

    The bases are equal magnesium, equal mass of the salt and equal number of tablets; ``None``
    leaves one out. The conditions are every pair of ``meals`` and ``acid``. What a tablet holds was
    read from trials where one names it, and is assumed elsewhere: see ``tablets`` of the result.

    Parameters
    ----------
    subject : Subject, optional
        The person; the reference adult unless given. An acid blocker is added where the acid is
        blocked, and must not be there before.
    salts : list of str or mapping of str to str, optional
        Names of salts, each once; a mapping gives each its hydrate. All salts unless given, each in
        its usual form.
    elemental_mg : float, optional
        Equal magnesium: mg of it as each salt, (0, 5000].
    salt_mg : float, optional
        Equal mass: mg of each salt, the water of its crystals included.
    n_tablets : float, optional
        Equal tablets: how many units of each; parts of one are allowed.
    meals : list of str
        "fasted": two hours before the first meal of the day. "fed": with that meal.
    acid : list of str
        "normal": the person as given. "blocked": with the modifier "proton_pump_inhibitor".
    follow_h : float
        How long in h each dose is followed; urine and stool water are counted until then.
    n_draws : int
        How many draws of the constants the bands rest on; 0 for no bands.
    seed : int
        Another seed draws other constants; all salts see the same ones.
    n_threads : int, optional
        All cores unless given.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    HeadToHead
        ``to_pandas()``, ``plot()``, ``to_page()``.

    Raises
    ------
    UnknownNameError
        A salt or a hydrate that is not known.
    ValueError
        A dose, a condition or a person that is refused.
    KeyboardInterrupt
        Ctrl-C during the solves.

    See Also
    --------
    mgpk.compare : the curves of several salts.
    mgpk.sweep : any grid.
    """
    person = subject_of(subject)
    check_acid(person)
    chosen = chosen_salts(salts)
    given = {"elemental_dose": elemental_mg, "salt_mass": salt_mg, "tablets": n_tablets}
    names = dict(zip(given, ("elemental_mg", "salt_mg", "n_tablets"), strict=True))
    amounts = {
        basis: _positive(names[basis], amount)
        for basis, amount in given.items()
        if amount is not None
    }
    if not amounts:
        _checks.refuse(
            "a head to head needs elemental_mg, salt_mg or n_tablets", "none", "give one of them"
        )
    hours = _positive("follow_h", follow_h)
    conditions = [
        (m, a) for a in _chosen("acid", acid, ACID) for m in _chosen("meals", meals, MEALS)
    ]
    people = {a: person_with(a, person) for _, a in conditions}
    points = [
        point_of(salt, basis, amount, m, a, people[a], hours)
        for basis, amount in amounts.items()
        for m, a in conditions
        for salt in chosen.values()
    ]
    draws = members_of(n_draws) if n_draws != 0 else 0
    drawn_from, threads = seed_of(seed), threads_of(n_threads)
    f_swept = 1.0 if draws == 0 else 0.1

    def solve(callback: Any) -> list[dict[str, Any]]:
        rows = swept(points, threads, part_of(callback, 0.0, f_swept, 1.0))
        if draws == 0:
            return rows
        rest = part_of(callback, f_swept, 1.0 - f_swept, 1.0)
        bands = bands_of(points, draws, drawn_from, n_threads, rest)
        return [{**row, **bands[point.acts_as]} for row, point in zip(rows, points, strict=True)]

    rows = watched("head to head", progress, solve)
    return HeadToHead(rows, person, amounts, hours, draws, drawn_from)


def _positive(name: str, value: object) -> float:
    number = _checks.number(name, value)
    if not 0.0 < number < float("inf"):
        _checks.refuse(
            f"{name} must be finite and positive", _checks.shown(number), "give more than 0"
        )
    return number
