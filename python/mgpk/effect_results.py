"""The effects of one run: columns with ranks, flags and the words that every output carries."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mgpk import _checks, _core
from mgpk.columns import describe
from mgpk.effect_catalogue import Effect, EffectCatalogue, refuse_not_computed, rows_of
from mgpk.errors import UnknownNameError
from mgpk.results import Run, Table

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["EffectDays", "RunEffects"]


class EffectDays(Table):
    """What is known by whole calendar day: urine, stool, glycine; ``time_h`` is the day's end."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<EffectDays: {len(self)} days, {', '.join(self.names[1:])}>"

    def __len__(self) -> int:
        return self._table.n_rows

    def __reduce__(self) -> tuple[Any, ...]:
        return (EffectDays, (self._table,))


class RunEffects(Table):
    """The computed effects at the times of a run, each with the rank of its law and its driver.

    ``effects["f_nmda_open"]`` is a column; ``effects.of("stool")`` gives those of one effect. The
    name of an effect that is not computed raises ``NotComputedError``, which says why. Columns
    that end in ``_per_d``, and ``f_loose_stool``, are of the last whole calendar day that has
    ended; NaN before, and where the run has no output at both midnights.
    """

    __slots__ = ("_nmda_law", "_run")
    _run: Run
    _nmda_law: str

    def __init__(self, table: _core.Trajectory, run: Run, nmda_law: str) -> None:
        super().__init__(table)
        self._run = run
        self._nmda_law = nmda_law

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        """A column, shape (n times,)."""
        if isinstance(name, str) and name not in self and name in self.catalogue:
            effect = self.catalogue[name]
            refuse_not_computed(effect)
            raise UnknownNameError(
                f'column must be one of the effects\', but it is "{name}"; its columns are '
                + ", ".join(effect.columns)
            )
        return super().__getitem__(name)

    def of(self, effect: str) -> dict[str, NDArray[np.float64]]:
        """The columns of one effect.

        Parameters
        ----------
        effect : str
            Name of an effect, such as "stool".

        Returns
        -------
        dict of str to ndarray
            Each column by its name, which ends in its unit; shape (n times,).

        Raises
        ------
        NotComputedError
            An effect that has no law; the message says why, and what trials have published.
        UnknownNameError
            A name that is not known.
        """
        found = self.catalogue[_checks.text("effect", effect, "give the name of an effect")]
        refuse_not_computed(found)
        return {name: self[name] for name in found.columns}

    @property
    def run(self) -> Run:
        """The run that the effects are read from."""
        return self._run

    @property
    def catalogue(self) -> EffectCatalogue:
        """All effects, with the flags that hold under the chosen law of NMDA block."""
        return EffectCatalogue(rows_of(self._nmda_law))

    @property
    def nmda_law(self) -> str:
        """The law of NMDA block that was read."""
        return self._nmda_law

    @property
    def ranks(self) -> dict[str, str]:
        """Rank of each computed effect, in words."""
        return {row.name: row.rank_words for row in self.catalogue if row.computed}

    @property
    def flags(self) -> dict[str, tuple[str, ...]]:
        """Parameters that are remembered and not yet verified, by the computed effect they enter."""
        rows = [row for row in self.catalogue if row.computed and row.to_verify]
        return {row.name: row.to_verify for row in rows}

    @property
    def days(self) -> EffectDays:
        """What is known by day, one row for each whole day."""
        return EffectDays(_core.effect_days_of(self._run._inner))

    def to_pandas(self) -> pandas.DataFrame:
        """All columns as a data frame over ``time_h``.

        Returns
        -------
        pandas.DataFrame
            Index ``time_h`` in h; ``attrs`` hold units, ``ranks``, what is to be verified
            (``verify``), and the words that every output carries.
        """
        frame = super().to_pandas()
        frame.attrs.update(ranks=self.ranks, verify=self.flags, nmda_law=self._nmda_law)
        return frame

    def plot(self, **options: Any) -> Figure:
        """Plots each effect with its rank in the title of its panel.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.effect_plots.plot_effects``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import effect_plots

        return effect_plots.plot_effects(self, **options)

    def _at_the_end(self, effect: Effect) -> str:
        """The columns of one effect at the last time, in words."""
        if effect.name == "toxicity":
            reached = [
                name.removeprefix("n_band_").replace("_", " ")
                for name in effect.columns[1:]
                if np.nanmax(np.append(self[name], 0.0)) > 0
            ]
            return "bands reached: " + (", ".join(reached) or "none")
        words = []
        for name in effect.columns:
            unit = _core.unit_of(name)
            value = float(self[name][-1])
            shown = "–" if value != value else f"{value:.4g}"
            words.append(f"{describe(name)} {shown}" + ("" if unit == "1" else f" {unit}"))
        return "; ".join(words)

    def _rows(self) -> list[tuple[str, str, str, str]]:
        """Title, rank, values at the end, and what is to be verified, of each computed effect."""
        return [
            (row.title, row.rank_words, self._at_the_end(row), ", ".join(row.to_verify))
            for row in self.catalogue
            if row.computed
        ]

    def __repr__(self) -> str:
        lines = [f"<RunEffects: at {self.time_h[-1]:g} h of {len(self.time_h)} times>"]
        for title, rank, values, verify in self._rows():
            lines.append(f"{title} ({rank})")
            lines += textwrap.wrap(values, 96, initial_indent="  ", subsequent_indent="  ")
            if verify:
                words = f"verify, remembered only: {verify}"
                lines += textwrap.wrap(words, 96, initial_indent="  ", subsequent_indent="  ")
        without = ", ".join(row.name for row in self.catalogue if not row.computed)
        lines += textwrap.wrap(f"not computed, rank or driver C: {without}", 98)
        return "\n".join([*lines, *textwrap.wrap(_core.disclaimer, 98)])

    def _repr_html_(self) -> str:
        from mgpk.display import table, words_below

        heads = ("effect", "rank", f"at {self.time_h[-1]:g} h", "to be verified (remembered only)")
        without = [row for row in self.catalogue if not row.computed]
        none = table(
            ("not computed", "rank", "why", "published trials"),
            [(row.title, row.rank_words, row.why_not, ", ".join(row.trials)) for row in without],
        )
        return (
            f"<p><b>Effects</b> · each with its rank</p>{table(heads, self._rows())}"
            f"<details><summary>what is not computed, and why</summary>{none}</details>"
            f"{words_below()}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (RunEffects, (self._table, self._run, self._nmda_law))
