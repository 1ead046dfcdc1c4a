"""The lines of a head to head as tables of text, for notebooks, pages and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mgpk.side_by_side import HeadToHead

__all__ = ["TextTable", "given", "numbers", "span_in_words", "tablets"]

#: Stands behind a salt whose tablet was assumed.
ASSUMED = "\u00a0*"


class TextTable(NamedTuple):
    """Heads and rows of text; the first column is words, the others are numbers."""

    heads: list[str]
    rows: list[list[str]]


def name_of(row: Mapping[str, Any]) -> str:
    """The salt, marked where its tablet was assumed."""
    return str(row["salt"]) + (ASSUMED if row["amount_kind"] == "assumed" else "")


def given(result: HeadToHead, basis: str) -> TextTable:
    """What was given of each salt on one basis.

    Parameters
    ----------
    result : HeadToHead
        Where the lines come from.
    basis : str
        One of its bases.

    Returns
    -------
    TextTable
        Salt, form, mass of the salt, magnesium and glycine in mg.
    """
    heads = ["salt", "form", "salt, mg", "magnesium, mg", "magnesium, mmol", "glycine, mg"]
    rows = [
        [
            name_of(row),
            row["hydrate"],
            f"{row['salt_mg']:.0f}",
            f"{row['elemental_mg']:.0f}",
            f"{row['dose_mmol']:.2f}",
            f"{row['glycine_mg']:.0f}",
        ]
        for row in result.cell(basis, *result.conditions[0])
    ]
    return TextTable(heads, rows)


def _with_band(row: Mapping[str, Any], name: str, unit: str, form: str) -> str:
    words = form.format(row[f"{name}_{unit}"])
    if f"{name}_low_{unit}" not in row:
        return words
    low, high = (form.format(row[f"{name}_{end}_{unit}"]) for end in ("low", "high"))
    return f"{words} ({low} to {high})"


def numbers(result: HeadToHead, basis: str, meal: str, acid: str) -> TextTable:
    """What became of each salt on one basis in one condition, bands in brackets.

    Parameters
    ----------
    result : HeadToHead
        Where the lines come from.
    basis : str
        One of its bases.
    meal : str
        "fasted" or "fed".
    acid : str
        "normal" or "blocked".

    Returns
    -------
    TextTable
        Salt; absorbed, mmol and % of the dose; absorbed one-way, % of the dose; urine, mmol; stool
        water, g. All but the one-way share is above the baseline.
    """
    heads = [
        "salt",
        "absorbed, mmol",
        "% of dose",
        "one-way, % of dose",
        "urine, mmol",
        "stool water, g",
    ]
    rows = [
        [
            name_of(row),
            _with_band(row, "a_absorbed_above_baseline", "mmol", "{:.2f}"),
            f"{100 * row['f_absorbed_above_baseline']:.1f}",
            f"{100 * row['f_absorbed']:.1f}",
            _with_band(row, "ae", "mmol", "{:.2f}"),
            _with_band(row, "stool_water", "g", "{:.0f}"),
        ]
        for row in result.cell(basis, meal, acid)
    ]
    return TextTable(heads, rows)


def tablets(result: HeadToHead) -> TextTable:
    """What one tablet or capsule was taken to hold, and how that is known.

    Parameters
    ----------
    result : HeadToHead
        Where the salts come from.

    Returns
    -------
    TextTable
        Salt, what it holds in mg, its range, how that is known, source, note.
    """
    found = result.tablets
    own = {salt: tablet for salt, tablet in found.items() if tablet.kind != "assumed"}
    others = [salt for salt in found if salt not in own]
    lines = [(salt, tablet) for salt, tablet in own.items()]
    lines += [(", ".join(others), found[others[0]])] if others else []
    heads = ["salt", "one unit", "range, mg", "known how", "source", "note"]
    rows = [
        [
            names,
            f"{tablet.form}, {tablet.strength_mg:g} mg of {_what(tablet.of)}",
            f"{tablet.low_mg:g}"
            + (f" to {tablet.high_mg:g}" if tablet.high_mg > tablet.low_mg else ""),
            tablet.kind,
            tablet.citation,
            tablet.note,
        ]
        for names, tablet in lines
    ]
    return TextTable(heads, rows)


def _what(of: str) -> str:
    return "magnesium" if of == "magnesium" else "the salt"


def span_in_words(rows: Sequence[Mapping[str, Any]], key: str, form: str) -> str:
    """The least and the largest number of some lines, with the salts they belong to.

    Parameters
    ----------
    rows : list of dict
        Lines of a head to head.
    key : str
        The number, in the unit of its name.
    form : str
        How a number is written.

    Returns
    -------
    str
        Such as "0.80 (oxide) to 1.66 (acetate and 9 more)".
    """
    written = {str(row["salt"]): form.format(row[key]) for row in rows}
    values = {str(row["salt"]): float(row[key]) for row in rows}
    ends = [
        written[min(values, key=values.__getitem__)],
        written[max(values, key=values.__getitem__)],
    ]
    words = []
    for end in dict.fromkeys(ends):
        salts = [salt for salt, text in written.items() if text == end]
        more = f" and {len(salts) - 1} more" if len(salts) > 1 else ""
        words.append(f"{end} ({salts[0]}{more})")
    return " to ".join(words)
