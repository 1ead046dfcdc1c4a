"""Claims as a figure and as one HTML page that loads nothing."""

from __future__ import annotations

import math
import os
import textwrap
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator

from mgpk import _checks
from mgpk.claiming import LITERATURE, VERDICTS, Claim, Claims, Measured
from mgpk.display import number
from mgpk.page import _embedded, _listed, _picture_style, _written
from mgpk.plotting import COLORS, _figure, _finish, _legend, _styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "HOW",
    "KNOW",
    "draw_numbers",
    "draw_verdicts",
    "interval_in_words",
    "plot_claims",
    "region_in_words",
    "write_claims_page",
]

_WORDS = {word: word.replace("_", " ") for word in (*VERDICTS, *LITERATURE)}


class _Family:
    """Numbers that share an axis."""

    def __init__(
        self,
        title: str,
        axis: str,
        factor: float,
        log: bool,
        has: Callable[[Measured], bool],
        ends: tuple[float, float] = (-math.inf, math.inf),
    ) -> None:
        self.title, self.axis, self.factor, self.log, self.has = title, axis, factor, log, has
        self.least, self.most = ends


def _begins(*words: str) -> Callable[[Measured], bool]:
    return lambda by: by.measure.startswith(words)


_FAMILIES = {
    "ratio": _Family(
        "One over the other", "times", 1.0, True, lambda by: by.how == "over" and by.value > 0
    ),
    "change": _Family(
        "Change in nerve, muscle and cells\n(nmj: transmitter release; nmda, ryr1: open channels)",
        "%",
        100.0,
        False,
        _begins("nmj_ch", "nmda_ch", "ryr1", "cells_g", "cells_m"),
    ),
    "share": _Family(
        "Share of the dose, of people, of receptors",
        "%",
        100.0,
        False,
        lambda by: by.how in ("value", "table", "people")
        and by.measure.startswith(("loose", "f_absorbed", "share_below", "f_nmda")),
        (0.0, 103.0),
    ),
    "plasma": _Family(
        "Change of mean total plasma magnesium", "mmol/L", 1.0, False, _begins("plasma_change")
    ),
}


def _deciding(claims: Claims, family: _Family) -> list[tuple[str, Claim]]:
    """Each number of a family once, with the claims that it decides."""
    chosen: dict[str, tuple[list[str], Claim]] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        if claim.by is None or claim.verdict == "not_testable" or not family.has(claim.by):
            continue
        chosen.setdefault(claim.by.measure, ([], claim))[0].append(claim.id)
    return [(", ".join(ids), claim) for ids, claim in chosen.values()]


def draw_verdicts(axes: Axes, claims: Claims) -> None:
    """Draws how many claims have which verdict, the model's beside the literature's.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; claims by verdict.
    claims : Claims
        What to count.
    """
    words = [*VERDICTS, *LITERATURE[4:]]
    places = np.arange(len(words))
    for i, (name, verdicts) in enumerate(
        (
            ("by the model", [claim.verdict for claim in claims]),
            ("by the literature", [claim.literature for claim in claims]),
        )
    ):
        counts = [verdicts.count(word) for word in words]
        bars = axes.barh(places + 0.2 * (2 * i - 1), counts, 0.38, color=COLORS[4 * i % 7], label=name)
        axes.bar_label(bars, [str(n) if n else "" for n in counts], padding=2, fontsize=8)
    axes.set_yticks(places, [_WORDS[word] for word in words])
    axes.invert_yaxis()
    axes.set_xlabel("claims")
    axes.set_title("Verdicts")
    axes.margins(x=0.12)
    _legend(axes)


def draw_numbers(axes: Axes, claims: Claims, family: str) -> None:
    """Draws numbers with their intervals, each against where its claim would hold.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; one line per number, named by its measure and the claims that it decides.
    claims : Claims
        What to draw.
    family : str
        "ratio", "change", "share" or "plasma": numbers that share an axis.
    """
    kind = _FAMILIES[_checks.one_of("family", family, _FAMILIES)]
    rows = _deciding(claims, kind)
    labels = []
    for place, (ids, claim) in enumerate(rows):
        by = claim.by
        assert by is not None
        value, low, high = (kind.factor * x for x in (by.value, *by.interval))
        axes.plot([low, high], [place, place], color=COLORS[0], linewidth=2.5, zorder=3)
        word = "_" if place else "the model, and how far it may be off"
        axes.plot(value, place, "o", color=COLORS[0], markersize=5, zorder=4, label=word)
        labels.append(f"{_name(by)}\n{textwrap.fill(ids, 40)}")
    if kind.log:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator([0.2, 0.3, 0.5, 1, 2, 3, 5]))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.axvline(1.0, color="#777777", linewidth=0.8)
    else:
        axes.axvline(0.0, color="#777777", linewidth=0.8)
    _draw_limits(axes, rows, kind)
    axes.set_yticks(range(len(rows)), labels, fontsize=7)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(kind.axis)
    axes.set_title(kind.title)


def _name(by: Measured) -> str:
    """The measure as a label: words, and its point."""
    return by.measure.removeprefix("f_").replace("0_75", "0.75 mmol/L").replace("_", " ")


def _draw_limits(axes: Axes, rows: list[tuple[str, Claim]], kind: _Family) -> None:
    """Where each claim would hold, to the edge of the axes and a little beyond each limit."""
    limits = [kind.factor * end for _, claim in rows for end in claim.holds if end == end]
    low, high = axes.get_xlim()
    if kind.log:
        low, high = min([low, *(0.7 * x for x in limits)]), max([high, *(1.4 * x for x in limits)])
    else:
        room = 0.25 * (max([high, *limits]) - min([low, *limits]))
        low, high = min([low, *(x - room for x in limits)]), max([high, *(x + room for x in limits)])
    for place, (_, claim) in enumerate(rows):
        ends = [kind.factor * end for end in claim.holds]
        left = low if ends[0] != ends[0] else ends[0]
        right = high if ends[1] != ends[1] else ends[1]
        axes.fill_between(
            [left, right], place - 0.36, place + 0.36, color=COLORS[2], alpha=0.3, linewidth=0,
            label="_" if place else "where the claim would hold",
        )
    axes.set_xlim(max(low, kind.least), min(high, kind.most))


def plot_claims(claims: Claims) -> Figure:
    """Draws verdicts, and numbers against where their claims would hold.

    Parameters
    ----------
    claims : Claims
        What to draw.

    Returns
    -------
    matplotlib.figure.Figure
        Five panels, fewer where a kind of number is missing, with the words of every output.
    """
    width = 11.0
    families = [key for key, kind in _FAMILIES.items() if _deciding(claims, kind)]
    heights = {key: max(2.2, 0.42 * len(_deciding(claims, _FAMILIES[key])) + 1.2) for key in families}
    with _styled({"axes.grid": False}):
        left = ["verdicts", *families[1::2]]
        right = families[0::2]
        height = max(
            2.6 + sum(heights[key] for key in left[1:]), sum(heights[key] for key in right)
        )
        figure, panels = _columns(left, right, heights, width, height)
        for key, axes in panels.items():
            if key == "verdicts":
                draw_verdicts(axes, claims)
            else:
                draw_numbers(axes, claims, key)
        for key in right[:1]:
            _legend(panels[key])
        return _finish(figure, "What the articles say, held against the model", width)


def _columns(
    left: list[str], right: list[str], heights: dict[str, float], width: float, height: float
) -> tuple[Figure, dict[str, Axes]]:
    from matplotlib import pyplot

    figure = pyplot.figure(figsize=(width, height), layout="constrained")
    columns: Any = figure.subfigures(1, 2, squeeze=False)
    panels: dict[str, Axes] = {}
    for column, keys in zip(columns[0], (left, right), strict=True):
        if keys:
            ratios = [heights.get(key, 2.6) for key in keys]
            grid = column.subplots(len(keys), 1, squeeze=False, height_ratios=ratios)
            panels |= dict(zip(keys, grid[:, 0], strict=True))
    return figure, panels


def interval_in_words(by: Measured) -> str:
    """The number with its unit and its interval."""
    low, high = by.interval
    unit = "" if by.unit == "1" else f" {by.unit}"
    alone = low == high
    return f"{number(by.value)}{unit}" + ("" if alone else f" ({number(low)} to {number(high)})")


def region_in_words(ends: tuple[float, float]) -> str:
    """Where a claim holds, in words."""
    low, high = ends
    if low != low and high != high:
        return "–"
    if low != low:
        return f"at most {high:g}"
    return f"at least {low:g}" if high != high else f"{low:g} to {high:g}"


def _badge(word: str) -> str:
    return f'<b class="badge {word}">{escape(_WORDS[word])}</b>'


def _card(claim: Claim) -> str:
    lines = []
    if claim.by is not None:
        lines.append(f"{escape(claim.by.meaning)}: <b>{escape(interval_in_words(claim.by))}</b>")
        if claim.limits:
            lines.append(
                f"the claim would hold for {region_in_words(claim.holds)}, its opposite for "
                f"{region_in_words(claim.opposite)} ({escape(claim.limits)})"
            )
    lines += [f"{escape(by.meaning)}: {escape(interval_in_words(by))}" for by in claim.also]
    numbers = "".join(f"<li>{line}</li>" for line in lines)
    figure = "" if claim.quantity == "-" else f" <span class=soft>[{escape(claim.quantity)}]</span>"
    return (
        f'<article id="{claim.id}"><h3>{claim.id} · {escape(claim.claim)}{figure}</h3>'
        f"<p>model {_badge(claim.verdict)} literature {_badge(claim.literature)}</p>"
        f"<p>{escape(claim.reason)}.</p>"
        f"<details><summary>numbers and sources</summary><ul>{numbers}</ul>"
        f"<p>Literature: {escape(claim.evidence)} <span class=soft>{escape(claim.reference)}</span>"
        "</p></details></article>"
    )


def _section(title: str, claims: Iterable[Claim]) -> str:
    cards = "".join(_card(claim) for claim in claims)
    return f'<section><h2>{escape(title)}</h2><div class="pair">{cards}</div></section>'


_CSS = """<style>article{border-top:1px solid var(--line);padding-top:.2rem}
article h3{overflow-wrap:anywhere}.badge{border:1px solid var(--ink);border-radius:3px;
padding:0 .35em;font-size:.85rem;white-space:nowrap}
.badge.supported{border-width:2px}.badge.contradicted{border-style:double;border-width:3px}
.badge.not_testable,.badge.not_checked,.badge.citation_not_found{border-style:dotted}

.counts{max-width:34rem}article li,article details p{overflow-wrap:anywhere;font-size:.9rem}</style>"""

#: How the page is read.
HOW = (
    "Each claim of four popular articles that a number can test was simulated. The number stands "
    "with its uncertainty, where the claim would hold, and two verdicts: the model's, by one rule on "
    "that number, and the literature's. Supported: all of the interval lies where the claim would "
    "hold. Mixed: some of it. Contradicted: all of it lies where the opposite would hold. "
    "Unsupported: none of it lies where the claim would hold. Nothing here says what anybody does "
    "well to take."
)

#: What a reader has to know before believing any number.
KNOW = (
    "A verdict of the model is about the model: its laws, its constants, one adult and the limits "
    "that are stated. Many limits are choices, and another choice gives another verdict.",
    "Loose stools are counted by weight (above 200 g/d) and by the spread between people alone. Trials "
    "count complaints and find far fewer: 18.6 % had diarrhoea on 600 mg a day as citrate.",
    "Cramps, sleep, mood, hormones and performance have no law in the model. Published effects are shown "
    "beside such claims, and the model stays silent.",
    "The laws of the neuromuscular junction are those of the frog, with constants that are recalled; "
    "the link from plasma to the fluid of the brain rests on four sets of infusions, of which one "
    "disagrees.",
    "All soluble salts come out alike because the model takes them to be: that is an assumption, not "
    "a finding.",
)


def write_claims_page(path: str | os.PathLike[str], claims: Claims) -> Path:
    """Writes claims as one self-contained HTML page; disagreements come first.

    Parameters
    ----------
    path : str or path
        The file; its folder is made.
    claims : Claims
        What to write.

    Returns
    -------
    pathlib.Path
        The file that was written.
    """
    with _styled({**_picture_style(), "axes.grid": False}):
        figure, panels = _figure(1, 1, 5.0, 3.2)
        draw_verdicts(panels[0], claims)
        picture = _embedded(figure, "claims by verdict, of the model and of the literature")
    parts = [_CSS, f"<p>{escape(HOW)}</p>", f'<div class="counts">{picture}</div>']
    parts.append(_section("Where model and literature differ", claims.disagreements))
    rest: dict[str, list[Claim]] = {}
    for claim in claims:
        if not claim.disagrees:
            rest.setdefault(claim.domain, []).append(claim)
    parts += [
        _section(domain.capitalize(), sorted(group, key=_by_verdict))
        for domain, group in sorted(rest.items())
    ]
    parts.append(_listed("What has to be known", KNOW))
    return _written(path, "What the articles say, answered with numbers", parts)


def _by_verdict(claim: Claim) -> tuple[int, Any]:
    return VERDICTS.index(claim.verdict), claim.id
