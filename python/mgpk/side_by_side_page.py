"""A head to head as one HTML page that loads nothing: wide or narrow, light or dark."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib import pyplot

from mgpk.page import LIMITS as MODEL_LIMITS
from mgpk.page import _embedded, _listed, _picture_style, _written
from mgpk.plotting import _styled
from mgpk.side_by_side_grid import SHARES
from mgpk.side_by_side_plots import (
    ABSORBED,
    URINE,
    WATER,
    condition_in_words,
    draw_amounts,
    draw_doses,
    draw_water,
    limits_of,
)
from mgpk.side_by_side_tables import TextTable, given, numbers, span_in_words, tablets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mgpk.side_by_side import HeadToHead

__all__ = ["LIMITS", "write_head_to_head"]

#: What a reader has to know before believing any number of the page.
LIMITS = (
    "Published comparisons do not all agree with the model: Fogarty 2002 and Walker 2003 saw more in "
    "serum after citrate than after an amino-acid chelate, which come out alike here; Schuette 1994 saw "
    "glycinate and oxide alike in people whose ileum had been resected.",
    "How a salt dissolves is its class in the table of salts: soluble, sparing, or only with acid. "
    "Some classes are derived from published solubilities, others assumed; the bands do not vary them.",
    "Tablets fall apart at once here: coatings, slow release and the size of particles are left out.",
    "The size of the acid blocker's effect is one figure, the same for all salts; its range is not in "
    "the bands.",
    *MODEL_LIMITS,
)

_INCHES_PER_SALT = 0.2


def write_head_to_head(
    path: str | os.PathLike[str],
    result: HeadToHead,
    *,
    title: str = "Magnesium salts head to head",
    limits: Iterable[str] = LIMITS,
) -> Path:
    """Writes a head to head as one self-contained HTML page.

    Parameters
    ----------
    path : str or path
        The file; its folder is made.
    result : HeadToHead
        What ``mgpk.head_to_head`` gave.
    title : str
        The heading of the page.
    limits : list of str
        What the reader has to know, one sentence or two each.

    Returns
    -------
    pathlib.Path
        The file that was written.
    """
    ends = limits_of(result)
    parts = [_how_to_read(result)]
    parts += [_section(result, basis, ends) for basis in result.amounts]
    if result.tablets:
        parts.append(_listed("What one tablet or capsule holds", _tablets(result)))
    parts += [_listed("What the model does not know", limits), _assumed(result)]
    return _written(path, title, parts)


def _middle() -> str:
    return f"{100 * (SHARES[1] - SHARES[0]):.0f} %"


def _how_to_read(result: HeadToHead) -> str:
    days = f"{result.follow_h / 24:g}"
    bands = (
        f" The thin lines hold the middle {_middle()} of {result.n_draws} runs in which the "
        "constants were drawn within their ranges; a figure may lie at the edge of its line, or beside "
        "it, for some ranges are lopsided. They say how little is known of the constants, and "
        "not how people differ."
        if result.n_draws
        else ""
    )
    return (
        f"<p>Everything is simulated: {escape(result.words)}. The baseline is the same person in the "
        "same condition without the dose, and every number is above it.</p>"
        "<p><b>Absorbed</b> is how much more magnesium crossed the gut wall than without the dose, "
        "food's included: a dose taken with a meal takes places of uptake that the meal would have "
        "had. <b>One-way</b>, in the tables, counts the dose alone, as an isotope would show it. "
        f"<b>Urine</b> is the part of it that was passed within {days} days. <b>Stool water</b> is what "
        "the dissolved rest holds in the gut. Within each basis the salts are sorted by what is absorbed "
        f"in the first condition.{bands}</p>"
    )


def _given_in_words(result: HeadToHead, basis: str) -> str:
    rows = result.cell(basis, *result.conditions[0])
    magnesium = span_in_words(rows, "elemental_mg", "{:.0f}")
    with_glycine = [
        f"{row['glycine_mg']:.0f} mg with {row['salt']}" for row in rows if row["glycine_mg"]
    ]
    return f"Magnesium given, mg: {magnesium}. Glycine given: {', '.join(with_glycine) or 'none'}."


def _key(result: HeadToHead) -> str:
    samples = {
        ABSORBED: "absorbed above the baseline, mmol, and its share of the dose",
        URINE: f"of it in urine within {result.follow_h / 24:g} days, mmol",
        WATER: "stool water above the baseline, g",
    }
    if result.n_draws:
        samples["currentColor"] = f"thin line: middle {_middle()} of {result.n_draws} draws"
    items = "".join(f'<li style="--c:{color}">{words}</li>' for color, words in samples.items())
    return f'<ul class="key">{items}</ul>'


def _section(result: HeadToHead, basis: str, ends: Mapping[str, float]) -> str:
    cells = "".join(_cell(result, basis, meal, acid, ends) for meal, acid in result.conditions)
    return (
        f"<section><h2>{escape(result.basis_in_words(basis))}</h2>"
        f"<p>{escape(_given_in_words(result, basis))}</p>{_key(result)}"
        f'<div class="pair">{cells}</div>'
        f"<details><summary>What was given</summary>{_table(given(result, basis), 2)}</details>"
        "</section>"
    )


def _cell(result: HeadToHead, basis: str, meal: str, acid: str, ends: Mapping[str, float]) -> str:
    rows = result.cell(basis, meal, acid)
    absorbed = span_in_words(rows, "a_absorbed_above_baseline_mmol", "{:.2f}")
    water = span_in_words(rows, "stool_water_g", "{:.0f}")
    words = f"Absorbed, mmol: {absorbed}. Stool water, g: {water}."
    heading = condition_in_words(meal, acid)
    picture = _picture(result, basis, meal, acid, ends)
    return (
        f"<div><h3>{escape(heading)}</h3>{picture}"
        f'<p class="soft">{escape(words)}</p><details><summary>The numbers</summary>'
        f"{_table(numbers(result, basis, meal, acid), 1)}</details></div>"
    )


def _picture(
    result: HeadToHead, basis: str, meal: str, acid: str, ends: Mapping[str, float]
) -> str:
    rows = result.cell(basis, meal, acid)
    with _styled(_picture_style()):
        figure, (names, amounts, water) = pyplot.subplots(
            1,
            3,
            figsize=(4.1, 0.9 + _INCHES_PER_SALT * len(rows)),
            width_ratios=(1.0, 2.2, 1.0),
            layout="constrained",
        )
        draw_doses(names, rows, with_numbers=False)
        draw_amounts(amounts, rows, ends["mmol"])
        draw_water(water, rows, ends["g"])
        alt = (
            f"{result.basis_in_words(basis)}; {condition_in_words(meal, acid)}: magnesium absorbed and "
            "in urine above the baseline in mmol, stool water in g, for each salt; the numbers stand "
            "below"
        )
        return _embedded(figure, alt)


def _tablets(result: HeadToHead) -> list[str]:
    return [
        f"{salts}: {unit}{f' ({span} mg)' if ' to ' in span else ''}; {known}; {source}: {note}."
        for salts, unit, span, known, source, note in tablets(result).rows
    ]


def _table(of: TextTable, n_words: int) -> str:
    """A table whose first columns are words."""
    head = "".join(f"<th>{escape(words)}</th>" for words in of.heads)
    body = "".join(
        "<tr>"
        + "".join(
            f"<th>{escape(cell)}</th>"
            if i == 0
            else f'<td class="said">{escape(cell)}</td>'
            if i < n_words
            else f"<td>{_number(cell)}</td>"
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in of.rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _number(cell: str) -> str:
    """A number, its band below it."""
    number, _, band = cell.partition(" (")
    below = f'<span class="band">{escape(band.removesuffix(")"))}</span>' if band else ""
    return escape(number) + below


def _assumed(result: HeadToHead) -> str:
    person = result.subject.resolved
    lines = [
        f"The person: {person['weight_kg']:g} kg, GFR {person['gfr_mL_per_min']:g} mL/min, diet "
        f"{person['diet_mg_per_d']:g} mg of magnesium a day. Not said and therefore assumed: "
        f"{'; '.join(result.subject.assumptions) or 'nothing'}.",
        *(f"Blocked acid changes the person: {words}." for words in result.blocker),
        *(f"Failed: {words}." for words in result.failures),
    ]
    return _listed("What was assumed", lines)
