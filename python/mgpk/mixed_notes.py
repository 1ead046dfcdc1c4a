"""What a reviewer would say of a mixed-effects fit, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgpk.mixed_results import MixedFit

_TOO_CORRELATED = 0.95
_MUCH_SHRINKAGE = 0.3


def notes_of(fit: MixedFit, n_unsettled: int) -> list[str]:
    """All that should be said; ``n_unsettled`` people's random effects did not settle."""
    return [
        *_of_numbers(fit),
        *_of_pairs(fit),
        *_of_random_effects(fit, n_unsettled),
        *_of_the_search(fit),
    ]


def _of_numbers(fit: MixedFit) -> Iterator[str]:
    for name in fit.at_bound:
        if name in fit.without_spread and fit.estimates[name] < 1e-5:
            yield f"{name} is zero as far as these data can tell"
        else:
            yield (
                f"{name} stands at a bound of the search: the data would have it further out, "
                "and it has no standard error"
            )
    for name in fit.not_identified:
        yield f"{name} is not identified by these data: they fit with values that differ manyfold"
    if fit.not_identified and fit.loosest:
        yield (
            f"the data determine {fit.rank} of {len(fit.free)} combinations of these numbers; "
            + fit.loosest
        )


def _of_pairs(fit: MixedFit) -> Iterator[str]:
    for i, one in enumerate(fit.free):
        for j in range(i):
            if abs(fit.correlation[i, j]) > _TOO_CORRELATED:
                yield (
                    f"{fit.free[j]} and {one} can hardly be told apart: the correlation of "
                    f"their errors is {fit.correlation[i, j]:.2f}"
                )


def _of_random_effects(fit: MixedFit, n_unsettled: int) -> Iterator[str]:
    for name, share in fit.shrinkage.items():
        if share > _MUCH_SHRINKAGE and f"omega({name})" not in fit.without_spread:
            yield (
                f"{100 * share:.0f} % shrinkage of {name}: single people's values lean on the "
                "population"
            )
    if n_unsettled:
        yield f"the random effects of {n_unsettled} people did not settle"
    apart = abs(fit.laplace_objective - fit.objective)
    if fit._problem.random and not apart < 0.05 * fit._problem.data.limit.size:
        yield (
            f"Laplace's rule gives an objective of {fit.laplace_objective:.5g} and FOCE "
            f"{fit.objective:.5g}: the random effects are far from normal, given the data"
        )


def _of_the_search(fit: MixedFit) -> Iterator[str]:
    problem = fit._problem
    cold = problem.model.evaluate(fit._theta, problem.model.start(), False)
    if cold["failure"] or abs(cold["objective"] - fit.objective) > 1e-3:
        yield (
            "the random effects have several likely places: the objective depends on where "
            "their search starts"
        )
    if problem.n_means:
        yield (
            f"{problem.n_means} of the IDs are means: each stands for the typical person, with "
            "its standard error"
        )
    if problem.has_priors:
        yield "the objective includes the priors; the estimates are most probable values"
