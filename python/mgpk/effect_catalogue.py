"""What magnesium does, effect by effect: ranks, drivers, sources, and what is not computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mgpk import _checks, _core
from mgpk.errors import NotComputedError, UnknownNameError

if TYPE_CHECKING:
    import pandas

__all__ = ["Effect", "EffectCatalogue", "effects"]


@dataclass(frozen=True)
class Effect:
    """One effect of magnesium, computed or documented."""

    name: str  #: such as "stool"
    module: str  #: M1 to M16, as in docs/effects.md
    title: str  #: in words
    rank: str  #: of the law: A, B or C
    rank_driver: str  #: of what drives it in a person: A, B or C
    rank_words: str  #: both, in words
    computed: bool  #: whether runs have columns of it
    driver: str  #: what drives it
    columns: tuple[str, ...]  #: of ``run.effects()``
    parameters: tuple[str, ...]  #: keys for ``mgpk.parameter``
    says: str  #: one sentence
    why_not: str  #: why it is not computed; empty where it is
    trials: tuple[str, ...]  #: names for ``mgpk.trial_effects()``
    verify: bool  #: something in it is remembered and not yet verified
    to_verify: tuple[str, ...]  #: the parameters that are
    reference: str  #: key of the source
    citation: str  #: the source

    def __repr__(self) -> str:
        state = "computed" if self.computed else "not computed"
        flag = ", verify" if self.verify else ""
        return f"<Effect: {self.name}, {self.rank_words}, {state}{flag}>"


def rows_of(nmda_law: str) -> tuple[Effect, ...]:
    """The registry; flags are those under a law of NMDA block."""
    lists = ("columns", "parameters", "trials", "to_verify")
    return tuple(
        Effect(**{**row, **{key: tuple(row[key]) for key in lists}})
        for row in _core.effects(nmda_law)
    )


class EffectCatalogue:
    """All effects, in the order of their modules; ``["stool"]`` gives one."""

    __slots__ = ("_rows",)

    def __init__(self, rows: tuple[Effect, ...]) -> None:
        self._rows = rows

    @property
    def names(self) -> list[str]:
        """Names of all effects."""
        return [row.name for row in self._rows]

    @property
    def computed(self) -> list[str]:
        """Names of the effects that runs have columns of."""
        return [row.name for row in self._rows if row.computed]

    def __getitem__(self, name: str) -> Effect:
        """One effect by its name."""
        word = _checks.text("effect", name, "give the name of an effect")
        for row in self._rows:
            if row.name == word:
                return row
        raise UnknownNameError(
            f'an effect must be one of the table, but it is "{word}"; '
            + _checks.suggestion(word, self.names)
        )

    def __iter__(self) -> Iterator[Effect]:
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
            One line per effect: name, module, title, rank, rank_driver, computed, driver, columns,
            parameters, says, why_not, trials, verify, to_verify, reference, citation.
        """
        import pandas

        frame = pandas.DataFrame([vars(row) for row in self._rows])
        frame.attrs.update(disclaimer=_core.disclaimer, mgpk_version=_core.version)
        return frame

    def __repr__(self) -> str:
        width = max(len(name) for name in self.names)
        lines = [
            f"  {row.name:{width}}  {row.rank_words:18}  "
            + ("computed" if row.computed else "not computed")
            + (", verify" if row.verify else "")
            for row in self._rows
        ]
        return "\n".join([f"<EffectCatalogue: {len(self)} effects>", *lines, _core.disclaimer])

    def _repr_html_(self) -> str:
        from mgpk.display import table, words_below

        heads = ("effect", "rank", "computed", "driver", "says, or why there is none", "source")
        return (
            table(
                heads,
                [
                    (
                        row.title + (" (verify)" if row.verify else ""),
                        row.rank_words,
                        "yes" if row.computed else "no",
                        row.driver,
                        row.says if row.computed else row.why_not,
                        row.reference,
                    )
                    for row in self._rows
                ],
            )
            + words_below()
        )


def effects() -> EffectCatalogue:
    """All effects of magnesium that mgpk knows of, with rank, driver and source.

    Rank A and B are computed from runs; C is documented and not computed. A rank has no unit and is
    no probability.

    Returns
    -------
    EffectCatalogue
        One row for each effect; ``verify`` flags what rests on remembered figures.

    See Also
    --------
    mgpk.Run.effects : the columns of one run.
    mgpk.trial_effects : what trials have published.
    """
    return EffectCatalogue(rows_of("jahr_stevens"))


def refuse_not_computed(effect: Effect) -> None:
    """Raises where an effect has no law, with the reason and what trials have published."""
    if effect.computed:
        return
    listed = ", ".join(f'"{name}"' for name in effect.trials)
    advice = (
        f"see mgpk.trial_effects() for what trials have published: {listed}"
        if effect.trials
        else "no trial of it is in the tables; see docs/effects.md"
    )
    raise NotComputedError(
        f"{_core.why_not_computed(effect.name)}; {advice}", effect.name, list(effect.trials)
    )
