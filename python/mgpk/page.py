"""A comparison as one HTML page that loads nothing: wide or narrow, light or dark."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from matplotlib import pyplot
from matplotlib.figure import Figure

from mgpk import _core, evidence
from mgpk.comparing import Comparison
from mgpk.fates import PARTS, draw_plasma_of, fates
from mgpk.plotting import _legend, _styled

__all__ = ["LIMITS", "write_page"]

#: What a reader has to know before believing any number of the page.
LIMITS = (
    "Ten constants are fitted to published means. The data do not determine the rest of the gut's, and "
    "the model misses some published figures of absorption.",
    "A dissolved salt is magnesium ions here, whatever it was. That soluble salts come out alike "
    "is this assumption, not a finding.",
    "No salt has a limit of solubility here: citrate, of which only half dissolved in water without "
    "acid in a published test, dissolves in full.",
    "Unabsorbed sulfate hastens the passage through the colon by an assumed amount; other differences "
    "between dissolved salts are left out.",
    "Kidney disease changes filtration and uptake from the gut. How far uptake falls rests on two small "
    "groups of patients whose GFR was not seen; no figure tests a dose at a low GFR.",
    "Each person is one set of numbers. How much people differ from one another is not simulated.",
)

#: What each part of a bar means, in a sentence.
_MEANING = {
    "ae_mmol": "left in urine by the end, above what the person passes without the dose",
    "a_kept_mmol": "still in blood, tissue, cells and bone at the end, above the baseline",
    "a_returned_mmol": "lost in sweat or secreted back into the gut, above the baseline",
    "a_displaced_mmol": "absorbed, but food's magnesium stayed behind for it: no gain to the body",
    "a_in_gut_mmol": "still on its way through the gut at the end",
    "a_feces_dissolved_mmol": "dissolved, not absorbed; it draws water",
    "a_feces_solid_mmol": "never dissolved",
}

#: Below it the page says again that gut uptake was left as in health.
_LOW_GFR_ML_PER_MIN = 60.0

#: The one colour of a part on which black digits are hard to read.
_DARKEST = "#0072B2"

_QUANTITIES = (
    ("f_dissolved", "dissolved", "% of the dose", 100.0, "{:.1f}"),
    ("f_absorbed", "absorbed (one-way)", "% of the dose", 100.0, "{:.1f}"),
    ("a_absorbed_mmol", "absorbed (one-way)", "mmol", 1.0, "{:.2f}"),
    ("ae_mmol", "– in urine", "mmol", 1.0, "{:.2f}"),
    ("a_kept_mmol", "– still in the body", "mmol", 1.0, "{:.2f}"),
    ("a_returned_mmol", "– in sweat, or back in the gut", "mmol", 1.0, "{:.2f}"),
    ("a_displaced_mmol", "– in place of food's magnesium", "mmol", 1.0, "{:.2f}"),
    ("a_in_gut_mmol", "still in the gut", "mmol", 1.0, "{:.2f}"),
    ("a_feces_dissolved_mmol", "stool, soluble", "mmol", 1.0, "{:.2f}"),
    ("a_feces_solid_mmol", "stool, undissolved", "mmol", 1.0, "{:.2f}"),
    ("stool_water_g", "stool water above the baseline", "g", 1.0, "{:.0f}"),
    ("c_max_above_baseline_mmol_per_L", "largest rise of plasma", "mmol/L", 1.0, "{:.3f}"),
)

_CSS = """
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#555;--paper:#fff;--line:#ddd;--box:#f4f4f1}
@media(prefers-color-scheme:dark){
:root{--ink:#ececec;--soft:#b4b4b4;--paper:#17191c;--line:#3a3d42;--box:#22252a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:1rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem;margin:2.5rem 0 .3rem}
p,li,dd{max-width:46rem}
.words{background:var(--box);border-left:4px solid #D55E00;padding:.6rem 1rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.5rem}
.pair>*{min-width:0}
h3{font-size:1rem;margin:.8rem 0 .4rem}img{width:100%;height:auto}
.bar{margin:.5rem 0}.bar b{font-weight:600;font-size:.9rem}
.track{display:flex;height:1.7rem;overflow:hidden;border-radius:3px}
.track i{color:#000;font:600 .75rem/1.7rem system-ui,sans-serif;text-align:center;overflow:hidden}
.key{display:flex;flex-wrap:wrap;gap:.15rem .9rem;margin:.5rem 0;padding:0;list-style:none;
font-size:.82rem}
.key li::before,dt::before{content:"";display:inline-block;width:.8em;height:.8em;margin-right:.4em;
background:var(--c)}
dl{margin:.5rem 0}dd{margin:0 0 .4rem 1.2rem;color:var(--soft)}summary{cursor:pointer}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.88rem}
th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:right;
font-variant-numeric:tabular-nums}
th:first-child{text-align:left;font-weight:400}thead th{font-weight:600}
.unit{color:var(--soft);font-size:.92em}
pre{overflow-x:auto;font-size:.75rem;background:var(--box);padding:.8rem;white-space:pre-wrap;
overflow-wrap:anywhere}
@media(max-width:32rem){table{font-size:.75rem}th,td{padding:.25rem .2rem}}
.said{text-align:left}.band{display:block;white-space:nowrap;color:var(--soft);font-size:.85em}
.soft{color:var(--soft);font-size:.9rem}
"""

#: Stands for "the colour of the text" while a picture is drawn; the reader's scheme decides.
_INK = "#010203"
_SVG_CSS = (
    "<style>:root{--ink:#1b1b1b;--base:#777}@media(prefers-color-scheme:dark)"
    "{:root{--ink:#ececec;--base:#aaa}}</style>"
)


def write_page(
    path: str | os.PathLike[str],
    comparisons: Comparison | Mapping[str, Comparison],
    *,
    title: str = "What becomes of the magnesium",
    limits: Iterable[str] = LIMITS,
) -> Path:
    """Writes comparisons as one self-contained HTML page.

    Parameters
    ----------
    path : str or path
        The file; its folder is made.
    comparisons : Comparison, or mapping of str to Comparison
        One, or several by the heading of each.
    title : str
        The heading of the page.
    limits : list of str
        What the reader has to know, one sentence or two each.

    Returns
    -------
    pathlib.Path
        The file that was written.

    See Also
    --------
    mgpk.compare : makes a comparison.
    """
    if isinstance(comparisons, Comparison):
        comparisons = {comparisons.words: comparisons}
    parts = [_how_to_read()]
    parts += [_section(name, comparison) for name, comparison in comparisons.items()]
    parts += [_listed("What the model does not know", limits), _assumed(comparisons)]
    return _written(path, title, parts)


def _written(path: str | os.PathLike[str], title: str, parts: Iterable[str]) -> Path:
    """The file of a page: its parts between the words that every output carries, and the sources."""
    words = f'<p class="words">{escape(_core.disclaimer)}</p>'
    made = f'<p class="soft">Made by mgpk {escape(_core.version)}.</p>'
    body = "\n".join([f"<h1>{escape(title)}</h1>", words, *parts, _sources(), words, made])
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_document(title, body), encoding="utf-8")
    return file


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_CSS}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _how_to_read() -> str:
    terms = "".join(
        f'<dt style="--c:{color}">{escape(label)}</dt><dd>{escape(_MEANING[key])}</dd>'
        for key, (label, color) in PARTS.items()
    )
    return (
        "<p>Each bar is all the magnesium that was swallowed as one salt; the colours say where it "
        "was at the end. Everything is simulated. The baseline is the same person on the same diet "
        "without the dose. Amounts are elemental magnesium.</p>"
        f"<details><summary>What each colour means</summary><dl>{terms}</dl></details>"
    )


def _section(name: str, comparison: Comparison) -> str:
    rows = fates(comparison)
    bars = "".join(_bar(row) for row in rows)
    shown = [key for key in PARTS if any(abs(row[key]) > 5e-4 * row["dose_mmol"] for row in rows)]
    key = "".join(f'<li style="--c:{PARTS[k][1]}">{escape(PARTS[k][0])}</li>' for k in shown)
    return (
        f"<section><h2>{escape(name)}</h2><p>{escape(_in_words(comparison, rows))}</p>"
        f'<div class="pair"><div><h3>Where the dose went, % of it</h3>{bars}'
        f'<ul class="key">{key}</ul></div><div><h3>Magnesium in plasma, with and without</h3>'
        f"{_picture(name, comparison)}</div></div>{_table(rows)}</section>"
    )


def _span(values: Iterable[float], form: str) -> str:
    low, high = form.format(min(values := list(values))), form.format(max(values))
    return low if low == high else f"{low} to {high}"


def _in_words(comparison: Comparison, rows: list[dict[str, Any]]) -> str:
    run = next(iter(comparison.runs.values()))

    def percent(key: str) -> str:
        return _span((100 * row[key] / row["dose_mmol"] for row in rows), "{:.1f}")

    rises = _span((row["c_max_above_baseline_mmol_per_L"] for row in rows), "{:.3f}")
    level = run.baseline["c_plasma_total_mmol_per_L"].mean()
    low_gfr = comparison.subject.resolved["gfr_mL_per_min"] < _LOW_GFR_ML_PER_MIN
    return (
        f"{comparison.words}; followed for {run.time_h[-1] / 24:g} days. Of the "
        f"{rows[0]['dose_mmol']:.1f} mmol swallowed, {percent('a_absorbed_mmol')} % crossed the "
        f"gut wall. By the end urine had carried away {percent('ae_mmol')} %, and "
        f"{percent('a_kept_mmol')} % was still in the body. Plasma rose by at most {rises} mmol/L "
        f"above a baseline that is {level:.2f} mmol/L on average."
        + (
            " All else but the GFR is taken as healthy; no figure tests a dose at a low GFR."
            if low_gfr
            else ""
        )
    )


def _bar(row: Mapping[str, Any]) -> str:
    segments, said = [], []
    for key, (label, color) in PARTS.items():
        percent = 100.0 * row[key] / row["dose_mmol"]
        number = f"{percent:.0f}" if percent >= 5.0 else ""
        width = f"flex:0 0 {max(percent, 0.0):.3f}%"
        ink = ";color:#fff" if color == _DARKEST else ""
        segments.append(f'<i style="{width};background:{color}{ink}">{number}</i>')
        said.append(f"{label} {percent:.1f} %")
    salt = escape(str(row["salt"]))
    return (
        f'<div class="bar"><b>{salt}</b><div class="track" role="img" '
        f'aria-label="{salt}: {escape(", ".join(said))}">{"".join(segments)}</div></div>'
    )


def _picture_style() -> dict[str, Any]:
    """The style of pictures in a page; ``_embedded`` gives their text the reader's colours."""
    colors = {key: _INK for key in ("text.color", "axes.labelcolor", "axes.edgecolor")}
    colors |= {"xtick.color": _INK, "ytick.color": _INK}
    return {**colors, "svg.hashsalt": "mgpk", "font.size": 10, "legend.fontsize": 9}


def _picture(name: str, comparison: Comparison) -> str:
    with _styled(_picture_style()):
        figure, axes = pyplot.subplots(figsize=(4.4, 2.9), layout="constrained")
        draw_plasma_of(axes, comparison)
        axes.set_title("")
        _legend(axes)
        alt = f"{name}: total plasma magnesium over time in mmol/L, with each salt and without"
        return _embedded(figure, alt)


def _embedded(figure: Figure, alt: str) -> str:
    """A picture as an image in the page; the colour of its text follows the reader's scheme."""
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    pyplot.close(figure)
    svg = file.getvalue().replace(_INK, "var(--ink)").replace("#777777", "var(--base)")
    head, mark, rest = svg.partition("<defs>")
    image = base64.b64encode(f"{head}{_SVG_CSS}{mark}{rest}".encode()).decode()
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{image}">'


def _table(rows: list[dict[str, Any]]) -> str:
    head = "".join(f"<th>{escape(str(row['salt']))}</th>" for row in rows)
    lines = []
    for key, label, unit, factor, form in _QUANTITIES:
        cells = "".join(f"<td>{form.format(factor * row[key])}</td>" for row in rows)
        lines.append(f'<tr><th>{escape(label)}, <span class="unit">{unit}</span></th>{cells}</tr>')
    return (
        f'<div class="wide"><table><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _listed(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{escape(title)}</h2><ul>{items}</ul>"


def _assumed(comparisons: Mapping[str, Comparison]) -> str:
    lines = []
    for name, comparison in comparisons.items():
        run = next(iter(comparison.runs.values()))
        person = comparison.subject.resolved
        lines.append(
            f"{name}: {person['weight_kg']:g} kg, GFR {person['gfr_mL_per_min']:g} mL/min, diet "
            f"{person['diet_mg_per_d']:g} mg of magnesium a day; {comparison.words}. "
            f"Not said and therefore assumed: {'; '.join(run.assumptions) or 'nothing'}."
        )
    return _listed("What was assumed", lines)


def _sources() -> str:
    return (
        "<h2>Where the numbers come from</h2><details><summary>Each source, and the parameters "
        f"that rest on it</summary><pre>{escape(evidence.cite())}</pre></details>"
    )
