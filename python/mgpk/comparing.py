"""The main job: the same person, the same magnesium, one salt at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.simulating import run_of, subject_of
from mgpk.subject import Subject

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["Comparison", "compare"]

#: How long after the last dose the gut is as good as empty.
HOURS_UNTIL_EMPTY = 168.0
_SEGMENTS = ("stomach", "duodenum", "jejunum", "ileum", "colon")


class Comparison:
    """What ``compare`` gives back: one run per salt, and a table of what became of each dose.

    ``runs`` holds the runs by salt, ``subject`` the person, ``words`` how all doses were taken.
    """

    def __init__(self, runs: dict[str, Run], subject: Subject, words: str) -> None:
        self.runs = runs
        self.subject = subject
        self.words = words

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table as plain dictionaries, one per salt; units stand in the names.

        ``f_dissolved`` to ``a_in_gut_mmol`` follow the salt itself, as a label would; urine, stool
        water and plasma are above the same person's baseline.
        """
        return [_row(salt, run) for salt, run in self.runs.items()]

    @property
    def table(self) -> pandas.DataFrame:
        """The table as a data frame, one line per salt, with the words every output carries."""
        import pandas

        frame = pandas.DataFrame(self.rows)
        frame.attrs = {
            "disclaimer": _core.disclaimer,
            "mgpk_version": _core.version,
            "doses": self.words,
        }
        return frame

    def plot(self, **options: Any) -> Figure:
        """Plots the plasma, the urine and where each dose went.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.plotting.plot_comparison``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import plotting

        return plotting.plot_comparison(self, **options)

    def __len__(self) -> int:
        return len(self.runs)

    def __repr__(self) -> str:
        lines = [f"<Comparison: {self.words}"]
        for row in self.rows:
            lines.append(
                f"  {row['salt']:<12} dissolved {row['f_dissolved']:6.1%}, "
                f"absorbed {row['f_absorbed']:6.1%} = {row['a_absorbed_mmol']:.2f} mmol, "
                f"urine +{row['ae_mmol']:.2f} mmol, stool water +{row['stool_water_g']:.0f} g"
            )
        return "\n".join(lines) + ">"

    def _repr_html_(self) -> str:
        from mgpk import display

        return display.comparison(self)


def _row(salt: str, run: Run) -> dict[str, Any]:
    summary = run.summary()
    names = [source["name"] for source in run.sources if source["label"] == salt]
    dose_mmol = summary.dose_mmol

    def total(*kinds: str) -> float:
        return float(sum(run[f"a_{kind}_{name}_mmol"][-1] for kind in kinds for name in names))

    solid = [f"solid_{segment}" for segment in _SEGMENTS]
    dissolved = [f"dissolved_{segment}" for segment in _SEGMENTS]
    return {
        "salt": salt,
        "dose_mmol": dose_mmol,
        "f_dissolved": 1.0 - total(*solid, "feces_solid") / dose_mmol,
        "f_absorbed": run.f_absorbed[salt],
        "a_absorbed_mmol": total("absorbed"),
        "a_feces_dissolved_mmol": total("feces_dissolved"),
        "a_feces_solid_mmol": total("feces_solid"),
        "a_in_gut_mmol": total(*solid, *dissolved),
        "ae_mmol": summary.ae_mmol,
        "f_excreted": summary.f_excreted,
        "stool_water_g": summary.stool_water_g,
        "c_max_above_baseline_mmol_per_L": summary.c_max_above_baseline_mmol_per_L,
        "t_max_h": summary.t_max_h,
        "a_glycine_mmol": _glycine_mmol(run),
    }


def _glycine_mmol(run: Run) -> float:
    """Glycine swallowed with the doses of a run."""
    doses = run.plan.to_dict()["doses"] if run.plan else []
    return float(
        sum(
            dose["times"] * part["mmol"] * _core.salt(part["salt"])["glycine_per_magnesium"]
            for dose in doses
            for part in dose["components"]
        )
    )


def _named_salts(salts: object) -> dict[str, str | Mapping[str, float]]:
    """The salts with the labels under which they stand in the table."""
    if isinstance(salts, Mapping):
        named = dict(_checks.mapping("salts", salts, "give labels with salts or shares"))
    elif isinstance(salts, str) or not isinstance(salts, Iterable):
        _checks.refuse(
            "salts must be a list",
            _checks.shown(salts),
            'give such as ["citrate", "oxide"]',
            TypeError,
        )
    else:
        named = {}
        for salt in salts:
            name = _core.salt(_checks.text("salt", salt, "give the name of a salt"))["salt"]
            if name in named:
                _checks.refuse("each salt must come once", f'"{name}" twice', "drop one")
            named[name] = salt
    if not named:
        _checks.refuse("salts must hold at least one salt", "empty", "name the salts to compare")
    return named


@_checks.keywords("write elemental_mg= or mmol= before the amount")
def compare(
    salts: Iterable[str] | Mapping[str, str | Mapping[str, float]],
    *,
    elemental_mg: float | None = None,
    mmol: float | None = None,
    mEq: float | None = None,
    subject: Subject | None = None,
    at_h: float = 8.0,
    with_meal: bool = True,
    every_h: float | None = None,
    times: int | None = None,
    until_h: float | None = None,
    output_every_h: float = 0.25,
    progress: Progress = None,
) -> Comparison:
    """Gives the same person the same magnesium as one salt at a time.

    Unless told otherwise: one dose at 8 h with the breakfast, followed for a week after the
    last dose, when the gut is as good as empty: 168 h after the last dose.

    Parameters
    ----------
    salts : list of str, or mapping
        Names of salts; or labels with a salt or with the shares of a mix, as
        ``{"plain": "oxide", "buffered": {"glycinate": 0.6, "oxide": 0.4}}``.
    elemental_mg : float, optional
        Magnesium of each dose in mg; give one of the three amounts.
    mmol : float, optional
        Magnesium of each dose in mmol.
    mEq : float, optional
        Magnesium of each dose in mEq.
    subject : Subject, optional
        The person; the reference adult unless given.
    at_h : float
        Time of the first dose in h after midnight.
    with_meal : bool
        Eaten with the diet's meal of that time, or with a standard meal added for it.
    every_h : float, optional
        Interval in h; needed when ``times`` is more than 1.
    times : int, optional
        How often; 1 unless given.
    until_h : float, optional
        End of the runs in h; 168 h after the last dose unless given.
    output_every_h : float
        Output interval in h.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    Comparison
        ``table``, ``runs``, ``plot()``.

    Raises
    ------
    UnknownNameError
        A salt that is not known.
    ValueError
        A dose or time that is refused.

    See Also
    --------
    mgpk.sweep : many doses, persons and regimens.
    """
    plans = {
        label: Schedule().oral(
            salt,
            elemental_mg=elemental_mg,
            mmol=mmol,
            mEq=mEq,
            at_h=at_h,
            every_h=every_h,
            times=times,
            with_meal=with_meal,
            label=label,
        )
        for label, salt in _named_salts(salts).items()
    }
    last_h = at_h + ((times or 1) - 1) * (every_h or 0.0)
    options = SimulationOptions(
        until_h=last_h + HOURS_UNTIL_EMPTY if until_h is None else until_h, every_h=output_every_h
    )
    person = subject_of(subject)

    def solve(callback: Any) -> dict[str, Run]:
        runs = {}
        for i, (label, plan) in enumerate(plans.items()):
            runs[label] = run_of(person, plan, options, _part(callback, i, len(plans)))
        return runs

    words = next(iter(plans.values())).in_words()[0]
    dose, _, when = words.partition(" as ")
    when = when.partition(" by mouth")[2].partition(" (label")[0]
    return Comparison(watched("compare", progress, solve), person, f"{dose} by mouth{when}")


def _part(callback: Any, i: int, n: int) -> Any:
    """The callback of one run out of several."""
    if callback is None:
        return False
    return lambda f_done: callback((i + f_done) / n)
