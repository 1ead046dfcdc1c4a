"""Runs in words and in the HTML of notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from mgpk import _core

if TYPE_CHECKING:
    from mgpk.comparing import Comparison
    from mgpk.fitting import Fit
    from mgpk.results import Run, Summary
    from mgpk.side_by_side import HeadToHead

__all__: list[str] = []


def header(run: Run) -> str:
    """The header of a run: everything that was chosen or assumed."""
    options, person = run.options, run.subject.resolved
    meals = ", ".join(f"{hour:g}" for hour in person["meals_at_h"])
    lines = [
        f"mgpk {_core.version}; doses are elemental magnesium; amounts in mmol, times in h",
        f"subject: {person['weight_kg']:g} kg, GFR {person['gfr_mL_per_min']:.4g} mL/min, "
        f"albumin {person['albumin_g_per_L']:g} g/L, gastric acid {person['f_acid_secreted']:g}",
        f"diet: {person['diet_mg_per_d']:g} mg/d in meals at {meals} h",
    ]
    lines += [f"own parameter: {k} = {v:g}" for k, v in run.subject.to_dict()["parameters"].items()]
    lines += [f"modifier: {k}, strength {v:g}" for k, v in run.subject.to_dict()["modifiers"].items()]
    lines += [f"plan: {words}" for words in (run.plan.in_words() if run.plan else ["none"])]
    lines.append(
        f"solver: {options.method}, relative tolerance {options.relative_tolerance:g}, "
        f"absolute tolerance {options.absolute_tolerance_mmol:g} mmol; {run.status.message}"
    )
    before = "" if run.history is None else f", {run.history.in_words()}"
    lines.append(
        f"start: the periodic state of the diet, residual {run.start['residual']:.1g}{before}"
        + (", gut emptied" if options.empty_gut_at_start else "")
        + (
            f", plasma set to {options.start_c_plasma_total_mmol_per_L:g} mmol/L"
            if options.start_c_plasma_total_mmol_per_L is not None
            else ""
        )
    )
    lines += [f"assumed: {words}" for words in run.assumptions]
    return "\n".join([*lines, _core.disclaimer])


def number(value: float) -> str:
    return "–" if value != value else f"{value:.4g}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """An HTML table; the first column is text, the others are numbers."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:{"right" if i else "left"}">{escape(cell)}</td>'
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def words_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """An HTML table of sentences."""
    head = "".join(f"<th style='text-align:left'>{escape(text)}</th>" for text in heads)
    body = "".join(
        "<tr>"
        + "".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def words_below() -> str:
    return f'<p style="font-size:smaller;max-width:60em">{escape(_core.disclaimer)}</p>'


def summary_table(summary: Summary) -> str:
    from mgpk.labels import label_and_unit

    rows = []
    for name, value in summary.to_dict().items():
        label, unit = label_and_unit(name)
        rows.append((label, number(value), unit))
    return table(("", "value", "unit"), rows)


def summary(of: Summary) -> str:
    return summary_table(of) + words_below()


def run(of: Run) -> str:
    head, *lines = header(of).splitlines()[:-1]
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    shown = summary_table(of.summary()) if of.has_baseline and len(of) > 1 else ""
    fractions = table(
        ("source", "absorbed"), [(name, f"{f:.1%}") for name, f in of.f_absorbed.items()]
    )
    return (
        f"<p><b>Run</b> · {escape(head)}</p><details><summary>how it was done</summary>"
        f"<ul>{listed}</ul></details>{shown}{fractions}{words_below()}"
    )


def comparison(of: Comparison) -> str:
    from mgpk.labels import label_and_unit

    rows = of.rows
    heads = []
    for name in rows[0]:
        label, unit = label_and_unit(name)
        heads.append(label if unit == "1" else f"{label}, {unit}")
    cells = [
        [
            f"{value:.1%}"
            if name.startswith("f_")
            else str(value)
            if name == "salt"
            else number(value)
            for name, value in row.items()
        ]
        for row in rows
    ]
    return f"<p><b>Comparison</b> · {escape(of.words)}</p>{table(heads, cells)}{words_below()}"


def head_to_head(of: HeadToHead) -> str:
    from mgpk.side_by_side import ACID, MEALS
    from mgpk.side_by_side_grid import SHARES
    from mgpk.side_by_side_tables import given, numbers

    middle = f"{100 * (SHARES[1] - SHARES[0]):.0f} %"
    bands = f"; in brackets the middle {middle} of {of.n_draws} draws" if of.n_draws else ""
    read = f"Absorbed, urine and stool water are above the same person's baseline{bands}."
    parts = [f"<p><b>Head to head</b> · {escape(of.words)}. {escape(read)}</p>"]
    for basis in of.amounts:
        parts.append(f"<p><b>{escape(of.basis_in_words(basis))}</b></p>{table(*given(of, basis))}")
        for meal, acid in of.conditions:
            cells = table(*numbers(of, basis, meal, acid))
            words = escape(f"{MEALS[meal]}, {ACID[acid]}")
            parts.append(f"<details><summary>{words}</summary>{cells}</details>")
    return "".join(parts) + words_below()


def fit(of: Fit) -> str:
    rows = [
        (
            row["parameter"],
            number(row["estimate"]),
            number(row["standard_error"]),
            row["unit"],
            f"{number(row['low'])} to {number(row['high'])}",
            row["remark"],
        )
        for row in of.rows
    ]
    heads = ("parameter", "estimate", "standard error", "unit", "bounds", "remark")
    notes = "".join(f"<li>{escape(note)}</li>" for note in of.notes)
    return (
        f"<p><b>Fit</b> · {escape(of.words)}</p>{table(heads, rows)}<ul>{notes}</ul>{words_below()}"
    )
