"""Looks among times and doses for those that tell most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mgpk import _checks, _core
from mgpk.design_inputs import Group, Numbers, PlannedPerson, Row, groups_of, numbers_of
from mgpk.designing import Design, design_of, with_values
from mgpk.mixed_inputs import Covariate

if TYPE_CHECKING:
    import pandas

__all__ = ["DesignSearch", "search_design"]

#: A choice within a column: places among its candidates.
Choice = dict[str, tuple[int, ...]]


class DesignSearch:
    """What ``search_design`` gives back.

    Attributes
    ----------
    best : Design
        The best that was found.
    plan : str
        The name of its plan among those that were given.
    times : dict of str to list
        By column, the chosen times in h, or (since_h, t_h) of collections.
    windows : dict of str to list of (float, float)
        By column, how far each chosen time may move alone, in h, before 5 % of the information are
        lost, as far as the candidates go.
    designs : dict of str to Design
        The best of each plan.
    criterion : str
        What was made best: "D", or the number whose error was made smallest.

    See Also
    --------
    search_design : makes it.
    """

    def __init__(self, criterion: str, found: dict[str, _Best]) -> None:
        self.criterion = criterion
        self._found = found
        self.plan = max(found, key=lambda name: found[name].score)
        self.best = found[self.plan].design
        self.times, self.windows = found[self.plan].times, found[self.plan].windows
        self.designs = {name: one.design for name, one in found.items()}

    @property
    def table(self) -> pandas.DataFrame:
        """A line per plan: efficiency relative to the best, chosen times, expected errors."""
        import pandas

        best = self._found[self.plan].score
        lines = [
            {
                "plan": name,
                "efficiency": math.exp(one.score - best),
                "times": str(one.times),
                **one.design.standard_errors,
            }
            for name, one in self._found.items()
        ]
        frame = pandas.DataFrame(lines)
        frame.attrs = {"disclaimer": _core.disclaimer, "mgpk_version": _core.version}
        return frame

    def __repr__(self) -> str:
        lines = [f"<DesignSearch: criterion {self.criterion}, best plan {self.plan}"]
        for column, times in self.times.items():
            lines.append(f"  {column}: {times}")
        return "\n".join([*lines, repr(self.best)]) + ">"


class _Best:
    def __init__(self, problem: _Search, choice: Choice, score: float) -> None:
        self.score = score
        self.design = problem.design(choice)
        self.times = {column: problem.shown(column, places) for column, places in choice.items()}
        self.windows = {
            column: [problem.window(choice, column, k) for k in range(len(places))]
            for column, places in choice.items()
            if problem.candidates[column][0].since_h is None
        }


class _Search:
    """The candidates of one plan, solved once; a choice of them costs only linear algebra."""

    def __init__(
        self,
        groups: list[Group],
        numbers: Numbers,
        choose: dict[str, int],
        criterion: str,
        priors: Mapping[str, float],
    ) -> None:
        self.groups, self.numbers, self.choose = groups, numbers, choose
        self.criterion, self.priors = criterion, priors
        self.candidates: dict[str, list[Row]] = {}
        for row in groups[0].rows:
            if row.period == 0 and row.column in choose:
                self.candidates.setdefault(row.column, []).append(row)
        for column, n in choose.items():
            known = self.candidates.get(column, [])
            if not 1 <= n <= len(known):
                _checks.refuse(
                    f"of {column} at least one and at most all candidates can be chosen",
                    f"{n} of {len(known)}",
                    "give it more times in the first period, or choose fewer",
                )

    def design(self, choice: Choice) -> Design:
        chosen = {(column, place) for column, places in choice.items() for place in places}

        def keep(row: Row) -> bool:
            return row.column not in self.choose or (row.column, row.place) in chosen

        return design_of(self.groups, self.numbers, keep, self.priors)

    def score(self, choice: Choice) -> float:
        """Ln of the information: by it two designs are compared as by numbers of people."""
        found = self.design(choice)
        if self.criterion == "D":
            d = found.d_criterion
            return math.log(d) if d > 0 else -math.inf
        error = found._error(self.criterion)
        return -2.0 * math.log(error) if math.isfinite(error) and error > 0 else -math.inf

    def shown(self, column: str, places: tuple[int, ...]) -> list[Any]:
        rows = [self.candidates[column][place] for place in sorted(places)]
        return [row.t_h if row.since_h is None else (row.since_h, row.t_h) for row in rows]

    def exchanged(self, choice: Choice) -> tuple[Choice, float]:
        """Swaps one chosen time for another as long as that tells more."""
        now = self.score(choice)
        better = True
        while better:
            better = False
            for column in self.choose:
                for k in range(len(choice[column])):
                    for place in range(len(self.candidates[column])):
                        if place in choice[column]:
                            continue
                        moved = _moved(choice, column, k, place)
                        score = self.score(moved)
                        if score > now + 1e-9:
                            choice, now, better = moved, score, True
        return choice, now

    def window(self, choice: Choice, column: str, k: int) -> tuple[float, float]:
        choice = {**choice, column: tuple(sorted(choice[column]))}
        rows = self.candidates[column]
        enough = self.score(choice) + math.log(0.95)
        low = high = choice[column][k]
        others = set(choice[column]) - {low}
        for step in (-1, 1):
            place = choice[column][k] + step
            while 0 <= place < len(rows) and place not in others:
                if self.score(_moved(choice, column, k, place)) < enough:
                    break
                low, high = min(low, place), max(high, place)
                place += step
        return rows[low].t_h, rows[high].t_h


def _moved(choice: Choice, column: str, k: int, place: int) -> Choice:
    places = list(choice[column])
    places[k] = place
    return {**choice, column: tuple(places)}


@_checks.keywords("write choose=, parameters= and the like before the values")
def search_design(
    plans: Mapping[str, Iterable[PlannedPerson]],
    *,
    choose: Mapping[str, int],
    criterion: str = "D",
    parameters: Iterable[str] = (),
    factors: Mapping[str, Iterable[str]] | None = None,
    errors: Mapping[str, tuple[Any, ...]],
    values: Mapping[str, float] | None = None,
    covariates: Iterable[Covariate | tuple[Any, ...]] | None = None,
    random: Mapping[str, float] | None = None,
    random_of_period: Mapping[str, float] | None = None,
    priors: Mapping[str, float] | None = None,
    relative_tolerance: float = 1e-8,
    n_starts: int = 3,
    seed: int = 1,
) -> DesignSearch:
    """Looks for the sampling times, and the plan, that tell most.

    Parameters
    ----------
    plans : mapping of str to list of PlannedPerson
        What may be done, by name: other doses, salts, people. The times of their periods are the
        candidates, such as every half hour of the windows in which blood can be taken.
    choose : mapping of str to int
        How many of the candidates of a column are measured; the same in all periods. A column that
        is not named is measured at all its times.
    criterion : str
        "D" for everything at once (the determinant of the information), or the name of a number,
        such as "uptake~glycinate", whose error is made smallest.
    parameters : list of str
        As in ``mgpk.design``.
    factors : mapping, optional
        As in ``mgpk.design``.
    errors : mapping
        As in ``mgpk.design``, in the unit of each column.
    values : mapping, optional
        As in ``mgpk.design``, in the unit of each parameter.
    covariates : list of Covariate, optional
        As in ``mgpk.design``.
    random : mapping, optional
        As in ``mgpk.design``, a relative number.
    random_of_period : mapping, optional
        As in ``mgpk.design``, a relative number.
    priors : mapping, optional
        As in ``mgpk.design``, a relative number.
    relative_tolerance : float
        Of the solver, a fraction, [1e-14, 0.1).
    n_starts : int
        Random choices that are improved by exchange; the best is kept.
    seed : int
        Names the random choices, 0 or more.

    Returns
    -------
    DesignSearch
        The best design with its times and their windows, and the best of each plan.

    Raises
    ------
    UnknownNameError
        A parameter, a column, a criterion or a word that is not known.
    ValueError
        Numbers that are refused, or candidates none of which would do.
    SolveError
        A period that cannot be solved.

    Notes
    -----
    Each candidate is solved once; then one time after the other is exchanged while that helps. An
    exchange can end at a choice that no single exchange betters, hence several starts.
    """
    given = _checks.mapping("plans", plans, "give {name: people}")
    if not given:
        _checks.refuse("a search needs plans", "none", "give {name: people}")
    wanted = _checks.mapping("choose", choose, "give {column: how many}")
    counts = {c: _checks.count(f"choose of {c}", n) for c, n in wanted.items()}
    starts, name = _checks.count("n_starts", n_starts), _checks.count("seed", seed)
    if starts < 1 or name < 0:
        _checks.refuse("n_starts must be at least 1 and seed 0", f"{starts} and {name}", "raise them")
    numbers = numbers_of(parameters, factors, values, covariates, errors, random, random_of_period)
    _checks.known_keys("choose", counts, list(numbers.errors))
    known = {} if priors is None else _checks.mapping("priors", priors, "give {name: sd}")
    found = {}
    for label, people in given.items():
        everyone = [people] if isinstance(people, PlannedPerson) else list(people)
        groups = groups_of(everyone, numbers, relative_tolerance)
        problem = _Search(groups, with_values(numbers, everyone), counts, criterion, known)
        found[label] = _searched(problem, label, starts, name)
    return DesignSearch(criterion, found)


def _searched(problem: _Search, label: str, n_starts: int, seed: int) -> _Best:
    whole = problem.design({c: tuple(range(len(rows))) for c, rows in problem.candidates.items()})
    _checks.known_keys("criterion", [problem.criterion], ["D", *whole.names])
    _checks.known_keys("priors", problem.priors, whole.names)
    random = np.random.default_rng(seed)
    best: tuple[float, Choice] | None = None
    for _ in range(n_starts):
        first = {
            column: tuple(
                int(i) for i in random.choice(len(problem.candidates[column]), n, replace=False)
            )
            for column, n in problem.choose.items()
        }
        choice, score = problem.exchanged(first)
        if best is None or score > best[0]:
            best = (score, choice)
    assert best is not None
    if not math.isfinite(best[0]):
        _checks.refuse(
            "a choice of candidates must determine what is asked for",
            f"none of {label} determines {', '.join(whole.not_identified) or problem.criterion}",
            "choose more times, offer other columns, or give priors",
        )
    return _Best(problem, best[1], best[0])
