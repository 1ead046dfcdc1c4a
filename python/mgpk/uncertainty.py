"""How far a run may be off because its constants are not known exactly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk.ensembles import (
    Array,
    Ensemble,
    columns_of,
    members_of,
    quantiles_of,
    seed_of,
    threads_of,
)
from mgpk.progress import Progress, watched

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from mgpk.results import Run

__all__ = ["Bands"]


class Bands(Ensemble):
    """One person under one plan, again and again with constants drawn within their ranges.

    Draw ``i`` of a seed is the same whatever ``n`` is. What is drawn is how little is known, not
    how people differ: see ``mgpk.population`` for that.
    """

    __slots__ = ("_inner", "_run")
    _inner: _core.Bands
    _run: Run

    def __init__(self, core: _core.Bands, run: Run, quantiles: list[float]) -> None:
        self._inner = core
        self._ensemble = core.ensemble
        self._run = run
        self._quantiles = quantiles

    @property
    def run(self) -> Run:
        """The run that the bands are around."""
        return self._run

    @property
    def seed(self) -> int:
        """The seed that the constants were drawn with."""
        return self._inner.seed

    @property
    def parameters(self) -> list[str]:
        """The constants that were drawn, each in its own range."""
        return self._inner.drawn_names

    @property
    def following(self) -> list[str]:
        """The constants that follow one that was drawn, along a ridge."""
        return self._inner.following_names

    @property
    def drawn(self) -> dict[str, Array]:
        """The constants of each draw, shape (n draws,), in the units of ``mgpk.parameters()``."""
        table = self._inner.drawn
        names = [*self.parameters, *self.following]
        return {name: table[:, i] for i, name in enumerate(names)}

    def to_pandas(self) -> pandas.DataFrame:
        """The draws with their constants and numbers.

        Returns
        -------
        pandas.DataFrame
            One line per draw: the constants in their units, the usual day, the numbers of the
            run, and ``failure``, empty where there was none.
        """
        return self._frame(dict(self.drawn))

    def plot(self, **options: Any) -> Figure:
        """Plots each column that was kept as a band, with its median and the run itself.

        Parameters
        ----------
        **options
            Keywords of ``mgpk.ensemble_plots.plot_bands``.

        Returns
        -------
        matplotlib.figure.Figure
            Not yet shown or saved.
        """
        from mgpk import ensemble_plots

        return ensemble_plots.plot_bands(self, **options)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Bands, (self._inner, self._run, self._quantiles))

    def __repr__(self) -> str:
        return (
            f"<Bands: {len(self)} draws of {len(self.parameters)} parameters, seed {self.seed}"
            f"{self._words()}>"
        )


def bands_of(
    run: Run,
    *,
    n: int,
    seed: int,
    quantiles: Iterable[float] | None,
    parameters: Iterable[str] | None,
    columns: Iterable[str] | None,
    relative_tolerance: float,
    n_threads: int | None,
    progress: Progress,
) -> Bands:
    shares = quantiles_of(quantiles)
    if parameters is None:
        keys: list[str] = []
    else:
        if isinstance(parameters, str) or not isinstance(parameters, Iterable):
            _checks.refuse(
                "parameters must be a list", _checks.shown(parameters), "name the keys", TypeError
            )
        keys = [_checks.text("parameter", key, "give the key of a row") for key in parameters]
        if not keys:
            _checks.refuse(
                "parameters must hold at least one key", "empty", "leave it out for all of them"
            )
    arguments: dict[str, Any] = {
        "n": members_of(n),
        "seed": seed_of(seed),
        "parameters": keys,
        "columns": columns_of(columns),
        "relative_tolerance": _checks.number("relative_tolerance", relative_tolerance),
        "n_threads": threads_of(n_threads),
    }
    core: _core.Bands = watched(
        "bands",
        progress,
        lambda callback: _core.bands(run._inner, **arguments, progress=callback),
    )
    return Bands(core, run, shares)


@_checks.keywords("write n= and the like before the numbers")
def bands(
    self: Run,
    *,
    n: int = 200,
    seed: int = 1,
    quantiles: Iterable[float] | None = None,
    parameters: Iterable[str] | None = None,
    columns: Iterable[str] | None = None,
    relative_tolerance: float = 1e-6,
    n_threads: int | None = None,
    progress: Progress = None,
) -> Bands:
    """Runs the same person under the same plan with constants drawn within their ranges.

    Every constant of ``mgpk.parameters()`` that runs read and that has a range is drawn from the
    triangular law over it, with its mode at the value. Ridges are respected: Tm, for one, follows
    splay and the ultrafilterable share, so that the baseline stays. What the person states is not
    drawn.

    Parameters
    ----------
    n : int
        How many draws.
    seed : int
        Another seed draws other constants.
    quantiles : list of float, optional
        Shares of bands and summary, each a fraction; 0.025, 0.25, 0.5, 0.75, 0.975 unless given.
    parameters : list of str, optional
        Keys of the constants to draw, units in ``mgpk.parameters()``; all unless given.
    columns : list of str, optional
        Columns of the runs to be kept; plasma and urine unless given.
    relative_tolerance : float
        Relative error allowed per step, a fraction, [1e-14, 0.1).
    n_threads : int, optional
        All cores unless given.
    progress : bool or callable, optional
        As in ``mgpk.simulate``.

    Returns
    -------
    Bands
        The draws, their curves and numbers; failures are listed.

    Raises
    ------
    ValueError
        A constant without a range, one that makes the person or that the person states.
    UnknownNameError
        A constant or a column that is not known.
    KeyboardInterrupt
        Ctrl-C during the solves.

    See Also
    --------
    mgpk.population : how people differ.
    """
    return bands_of(
        self,
        n=n,
        seed=seed,
        quantiles=quantiles,
        parameters=parameters,
        columns=columns,
        relative_tolerance=relative_tolerance,
        n_threads=n_threads,
        progress=progress,
    )
